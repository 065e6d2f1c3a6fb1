// suggest.mjs: names offered while the look-up is typed, by keyboard.
import { check, look, open, says, signIn, visitor } from './lib.mjs'

const browser = await open()
try {
  const sam = await visitor(browser)
  await signIn(sam, 'sam')
  const start = async (typed) => {
    await sam.goto('/')
    await sam.waitForSelector('.autocomplete__wrapper')
    check(await sam.evaluate(() => document.activeElement.id) === 'q', 'the look-up is ready to type into')
    await sam.keyboard.type(typed)
  }
  const offered = () => sam.waitForSelector('[role=option]')

  await start('qui')
  await offered()
  await look(sam, 'contact-suggested')
  check((await sam.locator('[role=option]').allInnerTexts()).some((text) => text.includes('Jordan Quill')), 'Jordan Quill is offered')
  await sam.keyboard.press('ArrowDown')
  await sam.keyboard.press('Enter')
  await sam.waitForURL(/q=C-/)
  await says(sam, 'Jordan Quill')

  // Whoever does not choose looks up what they typed, at once.
  await start('qui')
  await offered()
  await sam.keyboard.press('Enter')
  await sam.waitForURL(/q=qui/)

  // A number is nobody's name: nothing is asked for, and Enter is the first key after it.
  let asked = 0
  sam.on('request', (request) => { if (request.url().includes('/suggest/')) asked++ })
  await start('07700 900123')
  await sam.keyboard.press('Enter')
  await sam.waitForURL(/q=07700/)
  check(asked === 0, 'names were asked for a number')

  // A name is text, whatever it holds.
  await start('gil &')
  await offered()
  check((await sam.locator('[role=option]').first().innerText()).includes('Gil & <Sons> "Ltd"'), 'the name is not as it was written')
} finally {
  await browser.close()
}
