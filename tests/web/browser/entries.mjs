// entries.mjs: evidence, breaches, the safety sentence, striking and correcting, in every state, desk and phone width.
import { open, visitor, signIn, look, says, settings } from './lib.mjs'

const browser = await open()
try {
  const people = settings.people
  const casefile = people['entries casefile']
  const restricted = people['entries restricted']

  const sam = await visitor(browser)
  await signIn(sam, 'sam')
  await sam.goto(`/casefiles/${casefile}/attach-evidence`)
  await look(sam, 'evidence')
  await sam.click('#go')
  await says(sam, 'There is a problem')
  await look(sam, 'evidence-problems')
  await sam.fill('#what', 'The e-mail of that morning')
  await sam.setInputFiles('#file', { name: 'call.wav', mimeType: 'audio/x-wav', buffer: Buffer.alloc(12 << 20) })
  await sam.click('#go')
  await says(sam, 'too large')
  sam.problems.length = 0 // the browser tells of every answer that is no 200
  await look(sam, 'evidence-too-large')
  await sam.setInputFiles('#file', { name: 'letter.eml', mimeType: 'message/rfc822', buffer: Buffer.from('From: Fern\n\nAgain.\n') })
  await sam.click('#go')
  await says(sam, 'Evidence kept')
  await look(sam, 'evidence-done')

  await sam.click('a:has-text("Correct")')
  await look(sam, 'correct')
  await sam.goto(`/casefiles/${casefile}`)
  await sam.click('a:has-text("Strike out")')
  await look(sam, 'strike')
  await sam.click('#go')
  await says(sam, 'There is a problem')
  await look(sam, 'strike-problems')
  await sam.fill('#reason', 'It was another customer.')
  await sam.click('#go')
  await says(sam, 'struck out')
  await look(sam, 'strike-done')

  await sam.goto(`/casefiles/${restricted}/log-breach?about=${people['entries arrangement']}`)
  await look(sam, 'breach')
  await sam.click('#go')
  await says(sam, 'There is a problem')
  await look(sam, 'breach-problems')
  await sam.fill('#what', 'Rang the helpline, and gave their name.')
  await sam.fill('#staff_did', 'Said that we answer letters, and ended the call.')
  await sam.click('#go')
  await says(sam, 'Breach logged')
  await look(sam, 'breach-done')

  const hana = await visitor(browser)
  await signIn(hana, 'hana')
  await hana.goto(`/casefiles/${people['entries violent']}/approve-safety-sentence`)
  await look(hana, 'safety')
  await hana.click('#go')
  await says(hana, 'There is a problem')
  await look(hana, 'safety-problems')
  await hana.fill('#words', 'Meet them only with a second person, in the front office.')
  await hana.click('#go')
  await says(hana, 'Safety sentence approved')
  await look(hana, 'safety-done')
} finally {
  await browser.close()
}
