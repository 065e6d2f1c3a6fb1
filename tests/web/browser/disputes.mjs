// disputes.mjs: a dispute from its coming in to its answer, in every state, desk and phone width, with axe.
import { open, visitor, signIn, look, says, settings } from './lib.mjs'

const browser = await open()
try {
  const people = settings.people
  const one = people['Browser One']
  const two = people['Browser Two']
  const dispute = people['Browser Two dispute']

  const theo = await visitor(browser)
  await signIn(theo, 'theo')
  await theo.goto(`/casefiles/${one}/dispute?about=${people['Browser One decision']}`)
  await look(theo, 'dispute')
  await theo.click('#go')
  await says(theo, 'There is a problem')
  await look(theo, 'dispute-problems')
  await theo.goto(`/casefiles/${one}/dispute`)
  await look(theo, 'dispute-not-named')
  await theo.goto(`/casefiles/${two}/withdraw-dispute?about=${dispute}`)
  await look(theo, 'dispute-withdraw')

  const cleo = await visitor(browser)
  await signIn(cleo, 'cleo')
  await cleo.goto(`/casefiles/${two}/acknowledge-dispute?about=${dispute}`)
  await look(cleo, 'dispute-acknowledge')
  await cleo.click('#go')
  await says(cleo, 'We have your dispute')
  await look(cleo, 'dispute-acknowledge-check')

  await cleo.goto(`/casefiles/${two}/answer-dispute?about=${dispute}`)
  await look(cleo, 'dispute-answer')
  await cleo.check('input[name=outcome][value=different]')
  await cleo.fill('#reasons', 'Half of the calls were ours.')
  await cleo.click('button[value=take-over]')
  await says(cleo, '1. Not these ways of contact')
  await look(cleo, 'dispute-answer-different')
  await cleo.check('input[name="restrictions/0/arguments/channels[]"][value=email]')
  await cleo.click('#go')
  await says(cleo, 'never more')
  await look(cleo, 'dispute-answer-refused')
  await cleo.uncheck('input[name="restrictions/0/arguments/channels[]"][value=email]')
  await cleo.uncheck('input[name="restrictions/0/arguments/channels[]"][value=phone]')
  await cleo.click('#go')
  await says(cleo, 'Check your answers')
  await look(cleo, 'dispute-answer-check')
  await cleo.click('#go')
  await says(cleo, 'answered')
  await look(cleo, 'dispute-answered')
} finally {
  await browser.close()
}
