// preview.mjs: the letter below the form, as it is while it is written; nothing is done by it.
import { check, look, open, says, settings, signIn, visitor } from './lib.mjs'

const browser = await open()
try {
  const mira = await visitor(browser)
  await signIn(mira, 'mira')
  await mira.goto(`/casefiles/${settings.casefile}/warn?about=${settings.assessment}`)
  await mira.waitForSelector('.evenhand-letter')
  await mira.fill('textarea[name=why]', 'Two people <b>wept</b>.')
  await mira.waitForFunction(() => document.querySelector('.evenhand-letter')?.innerText.includes('Two people <b>wept</b>.'))
  await look(mira, 'warn-preview')
  // What does not fit has no letter, and says so without taking anything away.
  await mira.fill('textarea[name=why]', 'x'.repeat(30000))
  await mira.waitForFunction(() => document.querySelector('.evenhand-letter') === null)
  await says(mira, 'as soon as every question')
  check(await mira.inputValue('textarea[name=why]') === 'x'.repeat(30000), 'what was typed was taken away')
} finally {
  await browser.close()
}
