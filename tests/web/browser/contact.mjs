// contact.mjs: what can be done from 'contact, now': each state at desk and phone width with axe, and the steps of a call
// by keyboard alone with how long each takes.
import { open, visitor, signIn, look, says, check, settings } from './lib.mjs'

// Presses Tab until the element is focused: no trap, and no detour of more than `most` stops.
async function tabTo(page, selector, most = 60) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return i + 1
  }
  check(false, `${selector} is not reached by Tab on ${page.url()}`)
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

const browser = await open()
try {
  const people = settings.people
  const sam = await visitor(browser)
  await signIn(sam, 'sam')

  // What they want, what it is about, and before we call them.
  const asked = {
    'contact-emergency': [{ q: people['Jordan Quill'], purpose: 'emergency' }, 'Take this call now'],
    'contact-dispute': [{ q: people['Jordan Quill'], purpose: 'dispute' }, 'Tell them the way for this'],
    'contact-outward': [{ q: people['Jordan Quill'], direction: 'out' }, 'them'],
    'contact-create': [{ q: '01632 960899' }, 'Record who they are'],
    'contact-meant': [{ q: '7700 900123', channel: 'fax' }, 'Did you mean'],
    'contact-nobody': [{ q: 'Nobody Atall' }, 'Nobody found']
  }
  for (const [name, [question, words]] of Object.entries(asked)) {
    await sam.goto('/?' + new URLSearchParams(question))
    await says(sam, words)
    await look(sam, name)
  }

  // A letter that waits to be read out.
  if (people['Ron Read']) {
    await sam.goto('/?q=' + people['Ron Read'])
    await says(sam, 'Read this out to them')
    await look(sam, 'contact-read-out')
  }

  // Held, logged, the same again, and back.
  await sam.goto('/?q=' + people['Lukasz Zolty'])
  await sam.click('#hold')
  await says(sam, 'On hold')
  await look(sam, 'contact-held')
  await sam.click('#log')
  await says(sam, 'Logged as K-')
  await sam.click('#again')
  await says(sam, 'Logged as K-')
  await look(sam, 'contact-again')
  await sam.goBack()
  await says(sam, 'need not be logged again')
  await look(sam, 'contact-back')

  // The same text, sent once more from the form that was gone back to.
  for (const words of ['Logged as K-', 'This was sent already']) {
    await sam.goto('/?q=' + people['Lukasz Zolty'])
    await sam.fill('#what', 'About the hearing')
    await sam.click('#log')
    await says(sam, words)
  }
  await look(sam, 'contact-sent-already')
  await sam.click('#log')
  await says(sam, 'Logged as K-')

  // An ended call with its report: refused with what was typed, then sent.
  await sam.goto('/?q=' + people['Lukasz Zolty'])
  await sam.check('[name=reason][value=abusive]')
  await sam.click('#end')
  await says(sam, 'You ended a call')
  await look(sam, 'end-call')
  await sam.fill('#what', 'Called me names and would not stop.')
  await sam.click('#end')
  await says(sam, 'There is a problem')
  check(await sam.inputValue('#what') === 'Called me names and would not stop.', 'what was typed comes back')
  await look(sam, 'end-call-refused')
  await sam.check('[name=example][value=verbal-abuse]')
  await sam.fill('#effect', 'I could not take the next call.')
  await sam.check('[name=disability][value=not-known]')
  await sam.check('[name=targets]')
  await sam.fill('#welfare', 'I would like to talk about it.')
  await sam.click('#end')
  await says(sam, 'and reported')
  await look(sam, 'contact-ended')
  await sam.goto('/?q=01632 960899')
  await sam.click('#end')
  await says(sam, 'you have not said who it was')
  await look(sam, 'end-call-unknown')

  // Recording who they are, from the contact: who has the same name is said before.
  await sam.goto('/?q=01632 960840')
  await sam.click('a:text-is("Record who they are")')
  await look(sam, 'customer-new')
  await sam.fill('#name', 'Jordan Quill')
  await sam.click('#go')
  await says(sam, 'is recorded already')
  await look(sam, 'customer-new-check')
  await sam.click('[value=send]')
  await says(sam, 'Answer as usual')
  const made = new URL(sam.url()).searchParams.get('customer')
  check(made !== people['Jordan Quill'], 'a customer of their own')

  // Numbers, who speaks for them, matters.
  await sam.goto(`/customers/${made}/add-identifier`)
  await sam.check('[name=kind][value=phone]')
  await sam.fill('#value', '07700 900123')
  await sam.click('#go')
  await says(sam, 'Fay Quill')
  await look(sam, 'identifier-check')
  await sam.click('[value=send]')
  await says(sam, 'Added')
  await look(sam, 'customer-shared')
  await sam.click('text=Others use it')
  await says(sam, 'Do others use it too?')
  await look(sam, 'identifier-shared')
  for (const act of ['register-representative', 'open-matter']) {
    await sam.goto(`/customers/${made}/${act}`)
    await look(sam, act)
    await sam.click('#go')
    await says(sam, 'There is a problem')
    await look(sam, `${act}-refused`)
  }

  // The customer's page with what did not go by the arrangement.
  await sam.goto(`/customers/${people['Ada Routed']}`)
  await sam.click('text=They did not keep to it')
  await sam.fill('#what', 'Rang the front desk three times.')
  await sam.fill('#staff_did', 'Named the point of contact and ended the call.')
  await sam.click('#go')
  await sam.goto(`/customers/${people['Ada Routed']}`)
  await says(sam, 'Rang the front desk three times.')
  await look(sam, 'customer-breach')

  // By keyboard alone, with and without scripts: each step, how many stops it takes and how long.
  for (const javaScriptEnabled of [true, false]) {
    const page = await visitor(browser, { javaScriptEnabled })
    await signIn(page, 'sam')
    const steps = []
    // Each round says something else: what is sent twice is asked about first.
    const typeWhat = async (page, text) => {
      const stops = await tabTo(page, '#what')
      await page.keyboard.type(javaScriptEnabled ? text : `${text}, once more`)
      return stops
    }
    const step = async (name, most, deed) => {
      const begun = Date.now()
      const stops = await deed()
      const took = Date.now() - begun
      steps.push(`${name}: ${stops} stops, ${took} ms`)
      check(took < most, `${name} took ${took} ms by keyboard`)
    }
    await step('look up', 2000, async () => {
      await page.waitForSelector('#q:focus') // the box has the focus
      await page.keyboard.type('01632 960803')
      await enter(page)
      await says(page, 'this call is recorded')
      return 0
    })
    await step('log', 2000, async () => {
      const stops = await typeWhat(page, 'About the dates') + await tabTo(page, '#log')
      await enter(page)
      await says(page, 'Logged as K-')
      return stops
    })
    await step('same again', 2000, async () => {
      const stops = await tabTo(page, '#again')
      await enter(page)
      await says(page, 'Logged as K-')
      return stops
    })
    await step('hold', 2000, async () => {
      const stops = await typeWhat(page, 'One moment') + await tabTo(page, '#hold')
      await enter(page)
      await says(page, 'On hold')
      return stops
    })
    await step('end', 3000, async () => {
      const stops = await tabTo(page, '[name=reason]')
      await page.keyboard.press('Space')
      const more = await tabTo(page, '[value=only]', 4)
      await enter(page)
      await says(page, 'The call was ended and logged as K-')
      return stops + more
    })
    await step('the next caller', 2000, async () => {
      const stops = await tabTo(page, '#q')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('01632 960802')
      await enter(page)
      await says(page, 'Next time')
      return stops
    })
    console.log(`keyboard, ${javaScriptEnabled ? 'with' : 'without'} scripts: ${steps.join('; ')}`)
  }
} finally {
  await browser.close()
}
