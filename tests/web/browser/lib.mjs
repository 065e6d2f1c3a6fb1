// lib.mjs: a real browser (Debian's Chromium) for the tests of the pages.
//
// `look` is what every page and state goes through: axe finds nothing, nothing sticks out at 320 pixels, nothing was
// blocked by the content security policy, and a picture of each width is kept.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const require = createRequire(path.join(process.env.NODE_MODULES, 'x.js'))
const { chromium } = require('playwright-core')
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const settings = JSON.parse(process.env.SETTINGS) // url, passwords, people, pictures
const WIDTHS = { desk: { width: 1280, height: 900 }, phone: { width: 320, height: 640 } }

export async function open() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run']
  })
}

// A page in a browser of its own (cookies apart); problems that the browser itself tells are collected.
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({ baseURL: settings.url, viewport: WIDTHS.desk, locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.problems = []
  page.on('console', (message) => { if (message.type() === 'error' && !/status of (400|403|404|409)/.test(message.text())) page.problems.push(message.text()) })
  page.on('dialog', (dialog) => { page.asked = dialog.type(); dialog.accept() }) // leaves a form that was not sent
  page.on('pageerror', (error) => page.problems.push(String(error)))
  page.setDefaultTimeout(20000)
  return page
}

export async function signIn(page, user) {
  await page.goto('/sign-in')
  await page.fill('#user_name', user)
  await page.fill('#password', settings.passwords[user])
  await page.click('main button[type=submit]')
}

export async function look(page, name) {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    await page.screenshot({ path: path.join(settings.pictures, `${name}-${width}.png`), fullPage: true })
    check(wide <= viewport.width, `${name}: at ${viewport.width} pixels the page is ${wide} wide`)
  }
  await page.setViewportSize(WIDTHS.desk)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const told = violations.map((v) => `${v.id} (${v.help}): ${v.nodes.map((n) => n.html).join(' | ')}`)
  check(told.length === 0, `${name}: axe found ${told.join('; ')}`)
  check(await page.locator('h1').count() === 1, `${name}: there must be one h1`)
  check(page.problems.length === 0, `${name}: the browser says ${page.problems.join('; ')}`)
}

// The page as the printer gets it: black on white, without what is only for the screen.
export async function print(page, address, name) {
  await page.goto(address)
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: path.join(settings.pictures, `${name}-print.png`), fullPage: true })
  await page.emulateMedia({ media: null })
}

export function check(truth, sentence) {
  if (!truth) throw new Error(sentence)
}

export async function says(page, words) {
  const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  check(text.includes(words), `'${words}' does not stand on ${page.url()}: ${text.slice(0, 1500)}`)
}
