// keyboard.mjs: 'contact, now' by keyboard alone: signed in, looked up, told what to do and logged without a mouse, with
// and without scripts.
import { open, visitor, check, says, settings } from './lib.mjs'

// Presses Tab until the element is focused, and makes sure that everybody can see where the focus is.
async function tabTo(page, selector, most = 30) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate((wanted) => {
      const at = document.activeElement
      const style = getComputedStyle(at)
      return { there: at.matches(wanted), marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none', what: at.outerHTML.slice(0, 120) }
    }, selector)
    check(seen.marked, `the focus cannot be seen on ${seen.what}`)
    if (seen.there) return
  }
  check(false, `${selector} is not reached by Tab on ${page.url()}`)
}

async function submitted(page, press) {
  await Promise.all([page.waitForNavigation(), press()])
}

const browser = await open()
try {
  for (const javaScriptEnabled of [true, false]) {
    const page = await visitor(browser, { javaScriptEnabled })
    await page.goto('/')
    await tabTo(page, '#user_name')
    await page.keyboard.type('sam')
    await tabTo(page, '#password')
    await page.keyboard.type(settings.passwords.sam)
    await submitted(page, () => page.keyboard.press('Enter'))

    // The box has the focus: a number, Enter, and the answer is there.
    check(await page.evaluate(() => document.activeElement.id) === 'q', 'the box must have the focus')
    const begun = Date.now()
    await page.keyboard.type('07700 900123')
    await submitted(page, () => page.keyboard.press('Enter'))
    await says(page, 'Ask who it is')
    await tabTo(page, '.evenhand-choices__name')
    await submitted(page, () => page.keyboard.press('Enter'))
    await says(page, 'Decline this call')
    check(Date.now() - begun < 5000, `it took ${Date.now() - begun} ms`)

    await tabTo(page, '#minutes')
    await page.keyboard.type('many')
    await submitted(page, () => page.keyboard.press('Enter'))
    if (javaScriptEnabled) check(await page.evaluate(() => document.activeElement.matches('.govuk-error-summary')), 'the summary must have the focus')
    await tabTo(page, '.govuk-error-summary a')
    await page.keyboard.press('Enter')
    check(await page.evaluate(() => document.activeElement.id) === 'minutes', 'the summary leads to the field')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(javaScriptEnabled ? '3' : '4') // the same twice would be asked about
    await submitted(page, () => page.keyboard.press('Enter'))
    await says(page, 'Logged as K-')

    // The skip link leads past the header.
    await page.goto('/policy')
    await tabTo(page, '.govuk-skip-link', 1)
    await page.keyboard.press('Enter')
    check(new URL(page.url()).hash === '#main-content', 'the skip link leads to the main part')
  }
} finally {
  await browser.close()
}
