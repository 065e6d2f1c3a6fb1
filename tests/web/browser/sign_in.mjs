// sign_in.mjs: the second factor, one's own account, and the links for a forgotten password, in every state.
import crypto from 'node:crypto'
import { open, visitor, signIn, look, says, check, settings } from './lib.mjs'

// What an authenticator app shows for a key, so many half minutes from now.
function code(key, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key.replace(/\s/g, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
  const at = Buffer.alloc(8)
  at.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps))
  const digest = crypto.createHmac('sha1', secret).update(at).digest()
  const from = digest[19] & 15
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, '0')
}

const send = (page) => page.click('main form[method=post] button[type=submit]:not(.govuk-password-input__toggle)')

const browser = await open()
try {
  const password = settings.passwords.tessa
  const tessa = await visitor(browser)
  await signIn(tessa, 'tessa')
  await tessa.click('header a[href="/account"]')
  await says(tessa, 'Your account')
  await look(tessa, 'account')

  // The password.
  await tessa.click('text=Change')
  await look(tessa, 'account-password')
  await tessa.fill('#old_password', 'not this one')
  await tessa.fill('#new_password', 'short')
  await send(tessa)
  await says(tessa, 'This is not your password')
  await look(tessa, 'account-password-wrong')
  await tessa.fill('#old_password', password)
  await tessa.fill('#new_password', 'Password-2026!!')
  await send(tessa)
  await says(tessa, 'first that are guessed')
  await tessa.goto('/account')

  // The second factor, turned on.
  await tessa.click('text=Set up a second factor')
  await look(tessa, 'second-factor-begin')
  await tessa.fill('#password', password)
  await send(tessa)
  await says(tessa, 'The key, to type')
  await look(tessa, 'second-factor-key')
  const key = await tessa.locator('#key').innerText()
  await tessa.fill('#code', '000000')
  await send(tessa)
  await says(tessa, 'not the code that the app shows')
  await look(tessa, 'second-factor-key-wrong')
  await tessa.fill('#code', code(key))
  await send(tessa)
  await says(tessa, 'Keep these recovery codes now')
  await look(tessa, 'recovery-codes')
  await tessa.emulateMedia({ media: 'print' })
  await tessa.screenshot({ path: `${settings.pictures}/recovery-codes-print.png`, fullPage: true })
  await tessa.emulateMedia({ media: null })
  const codes = await tessa.locator('.evenhand-codes li').allInnerTexts()
  check(codes.length === 10, `there are ${codes.length} recovery codes`)
  await tessa.click('text=I have kept them')
  await says(tessa, '10 of your 10 recovery codes are left')

  // Signed in elsewhere, in two steps.
  const elsewhere = await visitor(browser)
  await signIn(elsewhere, 'tessa')
  await says(elsewhere, 'Type your code')
  await look(elsewhere, 'sign-in-code')
  check(await elsewhere.locator('header').innerText().then((t) => !t.includes('Sign out')), 'half a session is shown as a whole one')
  await elsewhere.fill('#code', '123')
  await send(elsewhere)
  await says(elsewhere, 'This code is not right')
  await look(elsewhere, 'sign-in-code-wrong')
  await elsewhere.fill('#code', code(key, 1))
  await send(elsewhere)
  await elsewhere.goto('/account')
  await says(elsewhere, 'Where you are signed in')
  await tessa.goto('/account')
  await look(tessa, 'account-two-sessions')
  await tessa.click('text=End all but this one')
  await says(tessa, 'Your other sessions have ended')
  await look(tessa, 'account-others-ended')
  await tessa.click('text=Make new recovery codes')
  await look(tessa, 'recovery-codes-again')
  await tessa.goto('/account/second-factor/off')
  await look(tessa, 'second-factor-off')

  // The tab that was left open, sent when somebody else is signed in.
  await tessa.goto(`/?q=${settings.people["Mab O'Brien"]}`)
  await tessa.fill('#what', 'What Mab told me in confidence')
  const second = await tessa.context().newPage()
  second.problems = []
  await second.goto('/account')
  await second.click('header button[type=submit]')
  await signIn(second, 'sam')
  await tessa.click('#log')
  await says(tessa, 'This form is not yours')
  check(!(await tessa.content()).includes('in confidence'), 'the next person is shown what another one typed')
  await look(tessa, 'form-of-another')

  // A forgotten password.
  const amal = await visitor(browser)
  await signIn(amal, 'amal')
  await amal.goto('/admin/staff/tessa/reset-password')
  await look(amal, 'reset-password')
  await amal.fill('#reason', 'Came to my desk')
  await send(amal)
  await says(amal, 'Take it now')
  await look(amal, 'reset-password-link')
  const link = await amal.locator('#link').innerText()
  const guest = await visitor(browser)
  await guest.goto(link)
  await look(guest, 'reset')
  await guest.fill('#new_password', 'short')
  await send(guest)
  await says(guest, '12 to 200 characters')
  await look(guest, 'reset-wrong')
  await guest.fill('#new_password', 'one more good thing')
  await send(guest)
  await says(guest, 'Your new password is set')
  await look(guest, 'sign-in-after-reset')
  await guest.goto(link)
  await says(guest, 'This link does not open anything')
  await look(guest, 'reset-used')

  // A second factor that is lost.
  await amal.goto('/admin/staff/tessa/reset-second-factor')
  await send(amal)
  await says(amal, 'There is a problem')
  await look(amal, 'reset-second-factor-wrong')
  await amal.fill('#reason', 'Lost phone and codes; came to my desk')
  await send(amal)
  await says(amal, 'The second factor is off')
  await look(amal, 'reset-second-factor-done')
} finally {
  await browser.close()
}
