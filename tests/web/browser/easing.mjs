// easing.mjs: an arrangement made easier and lifted, and a casefile closed, in every state, desk and phone width, with axe.
import { open, visitor, signIn, look, says, settings } from './lib.mjs'

const browser = await open()
try {
  const people = settings.people
  const hana = await visitor(browser)
  await signIn(hana, 'hana')

  const one = people['Eased One']
  await hana.goto(`/casefiles/${one}/vary?about=${people['Eased One arrangement']}`)
  await says(hana, 'What applies from now on?')
  await look(hana, 'vary')
  await hana.fill('#reasons', 'They kept to it for three months.')
  await hana.check('input[name="restrictions/0/arguments/channels[]"][value=email]')
  await hana.click('#go')
  await says(hana, 'authorisation anew')
  await look(hana, 'vary-refused')
  await hana.uncheck('input[name="restrictions/0/arguments/channels[]"][value=email]')
  await hana.uncheck('input[name="restrictions/0/arguments/channels[]"][value=phone]')
  await hana.fill('#lifting', 'Three more months without threats.')
  await hana.click('#go')
  await says(hana, 'Check your answers')
  await look(hana, 'vary-check')
  await hana.click('#go')
  await says(hana, 'easier from now on')
  await look(hana, 'vary-done')
  await hana.goto(`/casefiles/${one}/vary?about=A-2026-999999`)
  await look(hana, 'vary-not-named')

  const two = people['Eased Two']
  await hana.goto(`/casefiles/${two}/lift?about=${people['Eased Two arrangement']}`)
  await look(hana, 'lift')
  await hana.click('#go')
  await says(hana, 'There is a problem')
  await look(hana, 'lift-problems')
  await hana.fill('#reasons', 'It is no longer needed.')
  await hana.click('#go')
  await says(hana, 'Check your answers')
  await look(hana, 'lift-check')
  await hana.click('#go')
  await says(hana, 'The arrangement has ended')
  await look(hana, 'lift-done')

  const mira = await visitor(browser)
  await signIn(mira, 'mira')
  await mira.goto(`/casefiles/${two}/end-arrangement?about=${people['Eased Two arrangement']}`)
  await look(mira, 'end-arrangement')
  await mira.goto(`/casefiles/${two}/close-casefile`)
  await look(mira, 'close-in-the-way')
  const three = people['Eased Three']
  await mira.goto(`/casefiles/${three}/close-casefile`)
  await look(mira, 'close')
  await mira.check('input[name=outcome][value=warning-sufficed]')
  await mira.fill('#words', 'Quiet for a month.')
  await mira.click('#go')
  await says(mira, 'Check your answers')
  await look(mira, 'close-check')
  await mira.click('#go')
  await says(mira, 'Casefile closed')
  await look(mira, 'close-done')
} finally {
  await browser.close()
}
