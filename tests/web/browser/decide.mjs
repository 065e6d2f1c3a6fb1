// decide.mjs: a request and the decision on it, in every state, desk and phone width, with axe.
import { open, visitor, signIn, look, says, check, settings } from './lib.mjs'

// The page is long: what a person sees of it at a time.
async function closer(page, name) {
  for (const [part, place] of [['criteria', '#criteria'], ['proportion', '#lesser_step'], ['decided', '#review_on']]) {
    await page.locator(`[id="${place.slice(1)}"]`).scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${settings.pictures}/${name}-${part}-desk.png` })
  }
}

const browser = await open()
try {
  const people = settings.people
  const mira = await visitor(browser)
  await signIn(mira, 'mira')
  await mira.goto(`/casefiles/${people['request casefile']}/request`)
  await look(mira, 'request')
  await mira.click('#go')
  await says(mira, 'There is a problem')
  await look(mira, 'request-problems')
  await mira.selectOption('#restrictions', 'call-slot')
  await mira.click('button[value=add-restriction]')
  await says(mira, '1. Calls at set times')
  await mira.click('button[value=add-complaint]')
  await says(mira, 'Complaint 1')
  await look(mira, 'request-restriction')

  const hana = await visitor(browser)
  await signIn(hana, 'hana')
  await hana.goto(`/casefiles/${people['decide casefile']}/decide?about=${people['decide request']}`)
  await look(hana, 'decide-answer')
  await hana.click('#go')
  await says(hana, 'Select your answer')
  await look(hana, 'decide-no-answer')
  await hana.check('input[name=outcome][value=returned]')
  await hana.click('#go')
  await says(hana, 'What do you want to know first?')
  await look(hana, 'decide-returned')
  await hana.click('button[value=change-answer]')
  await hana.check('input[name=outcome][value=different]')
  await hana.click('#go')
  await says(hana, 'What you authorise instead')
  await look(hana, 'decide-different')
  await hana.click('button[value=change-answer]')
  await hana.check('input[name=outcome][value=as-asked]')
  await hana.click('#go')
  await says(hana, 'You chose: Authorise as asked')
  check(hana.url().endsWith('#answer'), 'the page stands at the answer, and what it needs follows')
  await look(hana, 'decide')
  await closer(hana, 'decide')
  await hana.check('input[name="findings/0/finding"][value=not-met-but-now]')
  await hana.click('#go')
  await says(hana, 'There is a problem')
  await look(hana, 'decide-problems')
  for (let i = 0; i < 6; i++) {
    await hana.check(`input[name="findings/${i}/finding"][value=met]`)
    await hana.check(`input[name="findings/${i}/adopt"]`)
  }
  await hana.fill('#lesser_step', 'Advice changed nothing.')
  await hana.fill('#affected', 'Nobody else lives there.')
  await hana.fill('#confirms_no_warning', 'There was no time.')
  await hana.fill('#reasons', 'You threatened a member of staff on the phone.')
  // Enter in a field presses the main button, and no other.
  await hana.focus('[id="review_on"]')
  await hana.keyboard.press('Enter')
  await hana.waitForSelector('h1:has-text("Check your answers")')
  await says(hana, 'The letter that goes out')
  for (const words of ['What is restricted', 'Applies to', 'Until', 'Review on', 'You adopt what the manager says'])
    await says(hana, words)
  await look(hana, 'decide-check')
  await hana.click('#go')
  await says(hana, 'Authorised as asked')
  check(hana.url().includes(people['decide casefile']), 'afterwards the casefile is there')
} finally {
  await browser.close()
}
