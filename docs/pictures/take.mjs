// take.mjs: takes the picture of the README anew, from a demonstration that runs (script/server), with Debian's Chromium:
//   node docs/pictures/take.mjs http://localhost:8080 output/demo/evenhand.db.sign-ins
import fs from 'node:fs'
import { chromium } from 'playwright-core'

const [url, signIns] = process.argv.slice(2)
const line = fs.readFileSync(signIns, 'utf8').split('\n').find((each) => each.startsWith('sam'))
const [user, password] = line.split(/\s+/)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage({ baseURL: url, viewport: { width: 1040, height: 780 }, locale: 'en-GB' })
await page.goto('/sign-in')
await page.fill('#user_name', user)
await page.fill('#password', password)
await page.click('main button[type=submit]')
await page.goto('/?q=Robin+Vale')
await page.screenshot({ path: new URL('contact-now.png', import.meta.url).pathname })
await browser.close()
