// whole_path.mjs: both of the source policy's examples through pages alone, from the first call to the closing of the
// casefile: each role in a browser of its own, with scripts or without (settings.javaScript).
import { check, look, open, says, settings, signIn, visitor } from './lib.mjs'

const LINE = '01632960100' // casework's
const CRITERIA = 6
const people = {}

async function seen(page, name) {
  if (settings.javaScript) await look(page, `path-${name}`)
}

async function helm(what) {
  const done = await fetch(`${settings.helm}/${what}`, { method: 'POST' })
  check(done.ok, `${what}: ${done.status}`)
}

// The demonstration's clock goes forward.
async function later(days) {
  await helm(`move?days=${days}`)
}

// The gate's answer to a phone system, as soon as it is this one: it knows of a change within a moment.
async function gateSays(verdict, from) {
  let answer = null
  for (let i = 0; i < 50; i++) {
    const asked = await fetch(`${settings.url}/api/v1/gate/ask`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${settings.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel: 'phone', from, to: LINE, machine: true })
    })
    answer = await asked.json()
    if (answer.verdict === verdict) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  check(false, `the gate must say ${verdict}, and says ${JSON.stringify(answer)}`)
}

// Fills in what a form asks, by the names of its fields: a text, a choice, or several.
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) {
      const field = page.locator(`main [name="${name}"]`)
      check(await field.count() > 0, `${name} is not asked on ${page.url()}`)
      const kind = await field.first().evaluate((e) => e.type)
      if (kind === 'radio' || kind === 'checkbox') await page.check(`main [name="${name}"][value="${one}"]`)
      else if (kind.startsWith('select')) await field.selectOption(one)
      else await field.fill(one)
    }
  }
}

async function press(page, value) {
  await page.locator(`main button[name=go][value="${value}"]:not([aria-hidden])`).click()
}

async function checked(page, ...words) {
  await press(page, 'check')
  const heading = (await page.locator('h1').innerText()).trim()
  if (heading !== 'Check your answers') await says(page, `Check your answers (and not: ${heading})`)
  for (const word of words) await says(page, word)
}

async function sent(page, ...words) {
  await press(page, 'send')
  const problem = page.locator('.govuk-error-summary')
  if (await problem.count() > 0) check(false, `${page.url()}: ${await problem.innerText()}`)
  for (const word of words) await says(page, word)
}

// Opens the flow of an act from 'My work', where it waits for somebody about this customer.
async function task(page, who, act) {
  await page.click('header a:has-text("My work"), nav a:has-text("My work")')
  const link = page.locator('.evenhand-work__line', { hasText: who }).locator(`a[href*="${act}"]`)
  if (await link.count() === 0) await says(page, `a link to ${act} for ${who}`)
  await link.first().click()
}

// Opens the customer's casefile from 'contact, now', and the flow of an act from its list of steps.
async function step(page, who, act) {
  await lookUp(page, who)
  await page.locator('main a[href^="/customers/C-"]').first().click()
  await page.locator('main a[href^="/casefiles/CF-"]').first().click()
  await page.locator(`main a[href*="/${act}"]`).first().click()
}

async function lookUp(page, what, channel) {
  await page.goto('/')
  await page.fill('#q', what)
  if (channel) await page.selectOption('#channel', channel)
  await page.click('main button:has-text("Look up")')
}

async function day(page, name, days) {
  const at = new Date(Date.now() + days * 86400000)
  await fill(page, { [`${name}/day`]: String(at.getDate()), [`${name}/month`]: String(at.getMonth() + 1), [`${name}/year`]: String(at.getFullYear()) })
}

async function ask(page, values, words) {
  await page.selectOption('#restrictions', 'channels-not')
  await press(page, 'add-restriction')
  await says(page, '1. Not these ways of contact')
  const account = await page.locator('main [name^="account/"]').evaluateAll((all) => all.map((e) => e.name))
  check(account.length === CRITERIA, `${account.length} criteria`)
  await fill(page, { ...Object.fromEntries(account.map((name) => [name, 'Looked at on the file; done.'])), 'restrictions/0/arguments/channels[]': 'phone', no_complaints: 'true', ...values })
  const reports = await page.locator('main [name="restrictions/0/report"] option').evaluateAll((all) => all.map((e) => e.value))
  await fill(page, { 'restrictions/0/report': reports.at(-1) })
  await day(page, 'review_on', 150)
  await checked(page)
  await seen(page, `${words}-request-check`)
  await sent(page, 'sent')
}

async function decide(page, values, ...letter) {
  await fill(page, { outcome: 'as-asked' })
  await press(page, 'onward')
  for (let i = 0; i < CRITERIA; i++) await fill(page, { [`findings/${i}/finding`]: 'met', [`findings/${i}/adopt`]: 'true' })
  await fill(page, { lesser_step: 'Advice and a warning changed nothing.', affected: 'Nobody else lives there.', ...values })
  await day(page, 'review_on', 150)
  await checked(page, 'The letter that goes out', ...letter)
}

// Waits until the letter has gone by e-mail, as 'contact, now' shows it.
async function gone(page, number, title) {
  for (let i = 0; i < 50; i++) {
    await lookUp(page, number)
    if ((await page.locator('main').innerText()).includes(`${title}. Sent on`)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await says(page, `${title}. Sent on`)
}

// From 'My work' to the letter, and from there to what became of it.
async function letterBecame(page, who, how) {
  await task(page, who, '/letters/')
  await page.click('main a:has-text("Record what became of it")')
  await fill(page, { how })
  await sent(page, 'Recorded: ')
}

// The back button after 'check your answers' was sent: there is nothing to send any more, and the form says what was done.
async function backAfterSending(page, ...words) {
  await page.goBack()
  check(!page.url().includes('check='), `there is still something to check at ${page.url()}`)
  for (const word of words) await says(page, word)
}

// The back button after a form that is sent at once: the browser fills it again with what was typed. Sent once more, it
// does nothing and says so.
async function againAfterBack(page, title, ...words) {
  await page.goBack()
  await press(page, 'send')
  await says(page, 'This was sent already')
  for (const word of words) await says(page, word)
  await seen(page, title)
}

async function calls(sam) {
  await lookUp(sam, '07700 900123')
  await says(sam, 'Answer as usual')
  await fill(sam, { what: 'Asks again how the complaint was decided.', minutes: '3' })
  await sam.click('#log')
  await says(sam, 'Logged as K-')
  // 'Same again' for each of them.
  for (let i = 0; i < settings.calls - 1; i++) await sam.click('#again')
  await seen(sam, 'calls')
}

async function report(sam, values, ...words) {
  await sam.click('main a:has-text("Report behaviour")')
  await fill(sam, { channel: 'phone', disability: 'no', ...values })
  await sent(sam, 'Reported as R-', ...words)
  await againAfterBack(sam, 'report-again', 'Nothing was done now')
  await lookUp(sam, '07700 900123')
}

async function firstExample({ sam, mira, hana, theo, cleo }) {
  const who = 'Jordan Quill'
  await calls(sam)
  await report(sam, { example: 'continual-contact', what: '52 calls today, all about the same decision.', effect: 'Nobody else got through.' })
  await seen(sam, 'reported')

  const tests = { 'tests/circumstances': 'The complaint was decided in June.', 'tests/seriousness': 'It matters to them.', 'tests/impact': 'Half a day of one person.' }
  await task(mira, who, 'assess-report')
  await fill(mira, { ...tests, needs_considered: 'Asked; none known.', behaviour: 'You called us 52 times in one day.', outcome: 'warning' })
  await checked(mira)
  await sent(mira, 'Assessed:')
  await seen(mira, 'assessed')
  await task(mira, who, 'warn')
  await fill(mira, { why: 'Other callers could not reach us.' })
  await checked(mira, 'The letter that goes out', 'You called us 52 times in one day.', '14 days')
  await sent(mira, 'Warning W-')
  await seen(mira, 'warned')
  await gone(sam, '07700 900123', 'Warning about contact')

  await later(3)
  await step(sam, '07700 900123', 'record-answer')
  await fill(sam, { words: 'I did not know that each call is counted.' })
  await sent(sam, 'Answer recorded')
  await task(mira, who, 'acknowledge-answer')
  await checked(mira)
  await sent(mira, 'We have your answer')
  await gone(sam, '07700 900123', 'We have your answer')

  await later(13)
  await lookUp(sam, '07700 900123')
  await sam.click('#log')
  await report(sam, { example: 'continual-contact', what: 'Twelve calls today, nothing new.', effect: 'The line was taken for an hour.' })
  await task(mira, who, 'assess-report')
  await fill(mira, { ...tests, needs_considered: 'Asked; none known.', behaviour: 'You called us twelve times in one day, after our warning.', outcome: 'request' })
  await checked(mira)
  await sent(mira, 'Assessed:')
  await task(mira, who, 'request')
  await ask(mira, { reasons: 'It goes on after the warning.' }, 'first')

  await task(hana, who, 'decide')
  await decide(hana, { reasons: 'The calls went on after the warning.' }, 'by phone', 'You called us twelve times', 'The calls went on')
  await seen(hana, 'decide-check')
  await helm('restart')
  await sent(hana, 'Authorised as asked')
  await gateSays('proceed', '07700900123')
  await lookUp(sam, '07700 900123')
  await says(sam, 'not yet in force')
  await seen(sam, 'not-yet-in-force')

  await task(mira, who, 'notify')
  await fill(mira, { delivery: 'post' })
  await checked(mira, 'The letter that goes out', 'complaints@opcr.example.org')
  await sent(mira, 'Letter')
  await letterBecame(mira, who, 'posted')
  await seen(mira, 'posted')
  await gateSays('proceed', '07700900123')
  await later(5)
  await gateSays('decline', '07700900123')
  await lookUp(sam, '07700 900123')
  await says(sam, 'Decline this call')
  await seen(sam, 'declined')

  await sam.click('main a:has-text("They did not keep to the arrangement")')
  await fill(sam, { what: 'Rang again, by name.', staff_did: 'Said that we take no calls, and ended it.' })
  await sent(sam, 'Breach logged')

  await later(2)
  await lookUp(theo, 'jordan.quill@example.org', 'email')
  await says(theo, 'Answer as usual')
  await theo.click('main a:has-text("They disagree with the decision")')
  await fill(theo, { words: 'I cannot write well.', channel: 'email' })
  await sent(theo, 'recorded')
  await task(cleo, who, 'acknowledge-dispute')
  await checked(cleo, 'We have your dispute')
  await sent(cleo, 'We have your dispute')
  await gone(sam, '07700 900123', 'We have your dispute')
  await task(cleo, who, 'answer-dispute')
  await fill(cleo, { outcome: 'still-apply', reasons: 'You wrote to us twice since, and were answered.' })
  await checked(cleo, 'The letter that goes out', 'You wrote to us twice since')
  await sent(cleo, 'still apply')
  await seen(cleo, 'dispute-still-apply')
  await gateSays('decline', '07700900123')

  await later(60)
  await step(hana, '07700 900123', 'lift')
  await fill(hana, { reasons: 'Two quiet months.' })
  await checked(hana, 'The letter that goes out', 'Two quiet months.')
  await sent(hana, 'The arrangement has ended')
  await gateSays('proceed', '07700900123')
  await lookUp(sam, '07700 900123')
  await says(sam, 'Answer as usual')
  await seen(sam, 'lifted')
  await gone(sam, '07700 900123', 'End of the arrangements for contact')
  await close(mira, who, { outcome: 'ended', words: 'It was lifted, and the letter went out.' })
}

async function secondExample({ sam, mira, hana, cleo }) {
  const who = "Mab O'Brien"
  const abuse = { 'tests/beyond-anger': 'It was meant for one person.', needs_considered: 'Asked; none known.' }
  await lookUp(sam, '07700 900456')
  await fill(sam, { reason: 'abusive' })
  await sam.click('#end')
  await fill(sam, { example: 'verbal-abuse', what: 'Shouted abuse at two of us.', effect: 'I could not take the next call.', disability: 'no' })
  await sam.click('#end')
  await says(sam, 'and reported')
  await task(mira, who, 'assess-report')
  await fill(mira, { ...abuse, behaviour: 'You shouted abuse at two members of staff.', outcome: 'informal-advice', advice: 'Please write to us rather than ring.' })
  await checked(mira, 'The letter that goes out', 'Please write to us rather than ring.')
  await sent(mira, 'Assessed:')
  await gateSays('proceed', '07700900456')
  await lookUp(sam, '07700 900456')
  await seen(sam, 'advised')

  await later(1)
  await lookUp(sam, '07700 900456')
  await report(sam, { example: 'violence-threatened', what: 'Said that they would come and hurt somebody.', effect: 'Staff are afraid.' }, 'Next: Refer to the police')
  await seen(sam, 'violence')
  await task(mira, who, 'assess-report')
  await fill(mira, { ...abuse, behaviour: 'You said that you would come and hurt a member of staff.', outcome: 'request', ground: 'violence' })
  await checked(mira)
  await sent(mira, 'Assessed:', 'Refer to the police')
  await seen(mira, 'police-first')
  await task(mira, who, 'refer-to-police')
  await fill(mira, { force: 'Oldtown Police', police_reference: 'OT/1234' })
  await sent(mira, 'Recorded: ')
  await task(mira, who, 'request')
  await ask(mira, { skip_reason: 'violence', skip_risk: 'A warning would have told them whom to look for.', reasons: 'Staff are in danger.' }, 'second')

  // Pressed twice, the server gone in between and back again, and the back button after it: decided once.
  await task(hana, who, 'decide')
  await decide(hana, { confirms_no_warning: 'A warning would have put them in danger.', reasons: 'You threatened a member of staff.' }, 'You said that you would come and hurt')
  const button = hana.locator('main button[name=go][value=send]:not([aria-hidden])')
  await button.dblclick({ noWaitAfter: true })
  // The second press breaks off the first one's navigation, which playwright takes for an error of the page.
  await hana.waitForURL(/done=decide/).catch(() => hana.waitForURL(/done=decide/))
  await says(hana, 'Authorised as asked')
  await backAfterSending(hana, 'waits for no decision any more', 'Authorised')
  await gateSays('proceed', '07700900456')

  await task(mira, who, 'notify')
  await checked(mira, 'The letter that goes out', 'by phone')
  await sent(mira, 'Letter')
  await gateSays('decline', '07700900456')
  await lookUp(sam, '07700 900456')
  await says(sam, 'Decline this call')
  await seen(sam, 'declined-after-threats')
  await sam.click('main a:has-text("They did not keep to the arrangement")')
  await fill(sam, { what: 'Rang again, by name.', staff_did: 'Said that we take no calls, and ended it.' })
  await sent(sam, 'Breach logged')

  await lookUp(sam, who, 'letter')
  await sam.click('main a:has-text("They disagree with the decision")')
  await fill(sam, { words: 'It was my brother who rang.', channel: 'letter' })
  await sent(sam, 'recorded')
  await task(cleo, who, 'acknowledge-dispute')
  await checked(cleo)
  await sent(cleo, 'We have your dispute')
  await gone(sam, '07700 900456', 'We have your dispute')
  await task(cleo, who, 'answer-dispute')
  await fill(cleo, { outcome: 'ended', reasons: 'The voice on the recording is another.' })
  await checked(cleo, 'The letter that goes out', 'The voice on the recording is another.')
  await sent(cleo, 'answered')
  await cleo.waitForURL(/done=answer-dispute/)
  await seen(cleo, 'dispute-ended')
  await gateSays('proceed', '07700900456')
  await gone(sam, '07700 900456', 'Outcome of your dispute')
  await close(mira, who, { outcome: 'overturned', words: 'The dispute ended it.' })
}

// The casefile closes once its last letter went out (G3).
async function close(mira, who, values) {
  await task(mira, who, 'close-casefile')
  await fill(mira, values)
  await checked(mira)
  await sent(mira, 'Casefile closed')
  await seen(mira, 'closed')
}

const browser = await open()
try {
  for (const user of ['sam', 'mira', 'hana', 'theo', 'cleo']) {
    people[user] = await visitor(browser, { javaScriptEnabled: settings.javaScript })
    await signIn(people[user], user)
  }
  await firstExample(people)
  await secondExample(people)
} finally {
  await browser.close()
}
