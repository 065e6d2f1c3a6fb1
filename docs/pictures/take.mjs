// take.mjs: takes the pictures of the README anew, from a demonstration that runs (script/server), with Debian's Chromium:
//   node docs/pictures/take.mjs http://localhost:8080 output/demo/evenhand.db.sign-ins
import fs from 'node:fs'
import { chromium } from 'playwright-core'

const [url, signIns] = process.argv.slice(2)
const lines = fs.readFileSync(signIns, 'utf8').split('\n').map((line) => line.split(/\s+/))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

// A page of somebody who has signed in, in a browser of their own.
async function visitor(user, viewport) {
  const context = await browser.newContext({ baseURL: url, viewport, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.fill('#user_name', user)
  await page.fill('#password', lines.find(([name]) => name === user)[1])
  await page.click('main button[type=submit]')
  return page
}

async function take(page, name) {
  await page.screenshot({ path: new URL(`${name}.png`, import.meta.url).pathname })
}

// Whoever answers the phone.
const sam = await visitor('sam', { width: 1040, height: 780 })
await sam.goto('/?q=Robin+Vale')
await take(sam, 'contact-now')

// The head of function, with the request that waits for their decision.
const hana = await visitor('hana', { width: 1180, height: 800 })
await hana.goto('/work')
await hana.goto(await hana.getAttribute('main a[href*="/decide"]', 'href'))
// The six criteria, with what the manager says and what the file shows beside each.
await hana.evaluate(() => document.querySelector('#criteria').scrollIntoView())
await take(hana, 'decide')

await browser.close()
