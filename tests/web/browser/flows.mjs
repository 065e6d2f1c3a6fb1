// flows.mjs: the casefile's page and each flow in a real browser: new, with problems, on 'check your answers', done.
import { check, look, open, print, says, settings, signIn, visitor } from './lib.mjs'

const at = settings.people // references by what they are for

async function press(page, value) {
  await page.locator(`.govuk-button-group button[name=go][value=${value}]`).click()
}

const browser = await open()
try {
  const mira = await visitor(browser)
  await signIn(mira, 'mira')
  const sam = await visitor(browser)
  await signIn(sam, 'sam')

  await mira.goto(`/casefiles/${at.reported}`)
  await look(mira, 'casefile-reported')
  await mira.goto(`/casefiles/${at.violent}`)
  await says(mira, 'Something is in the way')
  await look(mira, 'casefile-in-the-way')
  await mira.goto(`/casefiles/${at.full}`)
  await look(mira, 'casefile-in-force')
  await print(mira, `/casefiles/${at.full}`, 'casefile-in-force')
  await sam.goto(`/casefiles/${at.reported}`)
  await look(sam, 'casefile-as-reporter')

  // Report: whom, new, problems, done.
  await sam.goto('/report?q=Quill')
  await look(sam, 'report-whom')
  await sam.getByText('record somebody new').click()
  await look(sam, 'report-new')
  await sam.goto(`/report?customer=${at.customer}`)
  await look(sam, 'report')
  await press(sam, 'send')
  await look(sam, 'report-problems')
  await sam.check('input[name=example][value=verbal-abuse]')
  await sam.fill('#what', 'Shouted that we would all regret it, and would not stop.')
  await sam.fill('#effect', 'The line was blocked for an hour.')
  await sam.check('input[name=channel][value=phone]')
  await sam.check('input[name=disability][value=no]')
  await press(sam, 'send')
  await says(sam, 'Reported as R-')
  await look(sam, 'report-done')

  // Assess: new, problems, a colleague's change, check, done.
  await mira.goto(`/casefiles/${at.reported}/assess-report`)
  await look(mira, 'assess')
  await press(mira, 'check')
  await look(mira, 'assess-problems')
  check(await mira.evaluate(() => document.activeElement.className.includes('error-summary')), 'the summary of errors has no focus')
  const first = await mira.locator('.govuk-error-summary__list a').first().getAttribute('href')
  await mira.locator('.govuk-error-summary__list a').first().click()
  check(await mira.evaluate((id) => document.activeElement.id === id.slice(1), first), `the summary does not lead to ${first}`)
  await mira.fill('[id="tests/beyond-anger"]', 'It was meant for one person, by name.')
  await mira.fill('#needs_considered', 'Looked at the file; none is known.')
  await mira.fill('#behaviour', 'You shouted at our staff and would not stop.')
  await mira.check('input[name=outcome][value=informal-advice]')
  await mira.fill('#advice', 'Please write to one address only.')
  await press(mira, 'check')
  await says(mira, 'Check your answers')
  await look(mira, 'assess-check')
  await press(mira, 'send')
  await says(mira, 'Assessed:')
  await look(mira, 'assess-done')

  // Warn: new, a draft that was saved, the letter, done.
  await mira.goto(`/casefiles/${at.assessed}/warn`)
  await look(mira, 'warn')
  await mira.fill('#why', 'Nobody should be shouted at.')
  mira.asked = null
  await mira.locator('#main-content').getByText('Cancel').click()
  check(mira.asked === 'beforeunload', 'the page was left with text that was not sent, and nobody was asked')
  await mira.goto(`/casefiles/${at.assessed}/warn`)
  await mira.fill('#why', 'Nobody should be shouted at.')
  mira.asked = null
  await press(mira, 'draft')
  await says(mira, 'Your draft is saved')
  check(mira.asked === null, 'sending a form asked whether to leave it')
  await look(mira, 'warn-draft')
  await mira.check('input[name=delivery][value=by-hand]')
  await press(mira, 'check')
  await says(mira, 'The letter that goes out')
  await look(mira, 'warn-check')
  await press(mira, 'send')
  await says(mira, 'Warning W-')
  await look(mira, 'warn-done')

  for (const [name, address] of [
    ['refer-to-police', `/casefiles/${at.violent}/refer-to-police`],
    ['warn-in-the-way', `/casefiles/${at.violent}/warn`],
    ['record-answer', `/casefiles/${at.warned}/record-answer`],
    ['withdraw-request', `/casefiles/${at.requested}/withdraw-request`],
    ['notify', `/casefiles/${at.decided}/notify`],
    ['confirm-notice', `/casefiles/${at.warned}/confirm-notice?about=${at.notice}`],
    ['record-need', `/customers/${at.customer}/record-need`],
    ['ask-adjustment', `/customers/${at.customer}/ask-adjustment`],
    ['answer-adjustment', `/customers/${at.customer}/answer-adjustment?about=${at.adjustment}`]
  ]) {
    await mira.goto(address)
    await look(mira, `flow-${name}`)
    // What cannot be sent yet says why first; its form is there for whoever wants to write it meanwhile.
    if (name === 'warn-in-the-way') {
      check(await mira.locator('#go').count() === 0, 'a form that cannot be sent is not offered')
      await mira.click('text=Write it meanwhile, and save it as a draft')
    }
    const button = await mira.locator('.govuk-button-group button[name=go]').first().getAttribute('value')
    await press(mira, button)
    await look(mira, `flow-${name}-sent`)
  }

  await mira.goto(`/letters/${at.notice}`)
  await look(mira, 'letter')
  await print(mira, `/letters/${at.notice}`, 'letter')
} finally {
  await browser.close()
}
