// states.mjs: every page in every state, desk and phone width, with axe.
import { open, visitor, signIn, look, print, says, check, settings } from './lib.mjs'

const browser = await open()
try {
  const people = settings.people

  // Nobody is signed in.
  const guest = await visitor(browser)
  await guest.goto('/policy')
  await look(guest, 'policy')
  await guest.goto(`/customers/${people['Jordan Quill']}`)
  await look(guest, 'sign-in')
  await guest.fill('#user_name', 'sam')
  await guest.fill('#password', 'not this')
  await guest.click('main button[type=submit]')
  await says(guest, 'There is a problem')
  await look(guest, 'sign-in-wrong')
  await guest.fill('#password', settings.passwords.sam)
  await guest.click('main button[type=submit]')
  await says(guest, 'Jordan Quill') // back to where they wanted to go
  await guest.goto('/nowhere')
  await look(guest, 'not-found')

  // A member of staff.
  const sam = await visitor(browser)
  await signIn(sam, 'sam')
  await look(sam, 'contact')
  const asked = {
    'contact-decline': [{ q: people['Jordan Quill'] }, 'Decline this call'],
    'contact-usual-email': [{ q: people['Jordan Quill'], channel: 'email' }, 'Answer as usual'],
    'contact-shared': [{ q: '07700 900123' }, 'Ask who it is'],
    'contact-shared-named': [{ q: '07700 900123', customer: people['Fay Quill'] }, 'Answer as usual'],
    'contact-route': [{ q: '01632 960801' }, 'Pass this call to Ada Lin'],
    'contact-not-now': [{ q: '01632 960802' }, 'Next time'],
    'contact-recorded': [{ q: '01632 960803' }, 'this call is recorded'],
    'contact-file': [{ q: 'filed@example.org', channel: 'email' }, 'Take this e-mail and file it'],
    'contact-decided': [{ q: '01632 960805' }, 'not yet in force'],
    'contact-unknown': [{ q: '01632 960999' }, 'We do not know them'],
    'contact-withheld': [{ q: 'withheld' }, 'Ask who is calling'],
    'contact-several': [{ q: 'Quill' }, 'Several people fit'],
    'contact-representative': [{ q: '01632 960900' }, 'who acts for'],
    'contact-hostile': [{ q: 'Gil & <Sons> "Ltd"' }, 'Gil & <Sons> "Ltd"']
  }
  for (const [name, [question, words]] of Object.entries(asked)) {
    await sam.goto('/?' + new URLSearchParams(question))
    await says(sam, words)
    await look(sam, name)
  }

  // Logging: done, and refused with what was typed.
  await sam.goto(`/?q=${people["Mab O'Brien"]}`)
  await says(sam, 'Letters in large print')
  await sam.fill('#what', 'About the review')
  await sam.fill('#minutes', 'seven')
  await sam.click('#log')
  await says(sam, 'There is a problem')
  await look(sam, 'contact-log-refused')
  await sam.fill('#minutes', '7')
  await sam.click('#log')
  await says(sam, 'Logged as K-')
  await look(sam, 'contact-logged')

  // The session ends while somebody types: the text is carried through the sign-in.
  await sam.fill('#what', 'A long account of the call,\non two lines.')
  await sam.context().clearCookies()
  await sam.click('#log')
  await says(sam, 'What you typed is kept')
  await look(sam, 'sign-in-kept')
  await sam.fill('#user_name', 'sam')
  await sam.fill('#password', settings.passwords.sam)
  await sam.click('main button[type=submit]')
  await says(sam, 'A long account of the call')
  await look(sam, 'sign-in-resumed')
  await sam.click('main button[type=submit]')
  await says(sam, 'Logged as K-')
  await sam.click('header button[type=submit]')
  await says(sam, 'You have signed out')
  await look(sam, 'signed-out')
  await signIn(sam, 'sam')

  // Customers.
  for (const [name, file] of [['Jordan Quill', 'customer-in-force'], ["Mab O'Brien", 'customer-needs'], ['Lukasz Zolty', 'customer-plain'],
    ['Robin Vale', 'customer-timeline'], ['Ed Decided', 'customer-decided'], ['Gil & <Sons> "Ltd"', 'customer-hostile']]) {
    await sam.goto(`/customers/${people[name]}`)
    await says(sam, name)
    await look(sam, file)
  }
  await sam.goto(`/customers/${people['Robin Vale']}`)
  await sam.click('text=Older')
  await says(sam, 'Newest')
  await look(sam, 'customer-timeline-older')
  await sam.goto('/customers/C-2026-999999')
  await look(sam, 'customer-unknown')

  // The head of function sees why.
  const hana = await visitor(browser)
  await signIn(hana, 'hana')
  await hana.goto(`/customers/${people['Robin Vale']}`)
  await hana.selectOption('#act', 'warn')
  await hana.click('text=Apply')
  await says(hana, 'Warned')
  check(await hana.locator('.moj-timeline__item').count() === 1, 'the timeline is narrowed to the one warning')
  await hana.goto(`/?q=${people['Jordan Quill']}`)
  await hana.click('summary')
  await says(hana, 'rule R2')
  await look(hana, 'contact-why')
  await print(hana, `/customers/${people['Jordan Quill']}`, 'customer-in-force')

  // The administrator sees no case.
  const amal = await visitor(browser)
  await signIn(amal, 'amal')
  await says(amal, 'You run the system')
  await look(amal, 'contact-no-cases')
  await amal.goto(`/customers/${people['Jordan Quill']}`)
  await look(amal, 'forbidden')
} finally {
  await browser.close()
}
