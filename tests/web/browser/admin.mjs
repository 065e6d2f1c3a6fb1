// admin.mjs: administration in every state.
import { open, visitor, signIn, look, says, check } from './lib.mjs'

const browser = await open()
try {
  const amal = await visitor(browser)
  await signIn(amal, 'amal')
  for (const [name, address] of Object.entries({
    'admin-staff': '/admin/staff',
    'admin-person': '/admin/staff/sam',
    'admin-staff-new': '/admin/staff/new',
    'admin-grant': '/admin/staff/sam/grant',
    'admin-revoke': '/admin/staff/sam/revoke?role=staff&function=casework',
    'admin-end': '/admin/staff/sam/end',
    'admin-functions': '/admin/functions',
    'admin-function-new': '/admin/functions/new',
    'admin-stand-in': '/admin/functions/casework/stand-in',
    'admin-doors': '/admin/doors',
    'admin-door-new': '/admin/doors/new',
    'admin-tokens': '/admin/tokens',
    'gate-state': '/gate',
    'record': '/record',
    'pack': '/pack',
    'pack-letter': '/pack/letters/decision'
  })) {
    await amal.goto(address)
    await look(amal, name)
  }

  // What does not fit comes back with the problem at its field, and what was typed.
  await amal.goto('/admin/staff/new')
  await amal.fill('#name', 'Nell & <Tan>')
  await amal.fill('#user_name', 'NOT GOOD')
  await amal.click('#go')
  await says(amal, 'There is a problem')
  check(await amal.inputValue('#name') === 'Nell & <Tan>', 'what was typed is given back')
  await look(amal, 'admin-staff-refused')
  await amal.fill('#user_name', 'nell.tan')
  await amal.click('#go')
  await says(amal, 'Added')
  await look(amal, 'admin-staff-added')

  await amal.goto('/record')
  await amal.click('main form button')
  await says(amal, 'The record proves itself')
  await look(amal, 'record-proved')
} finally {
  await browser.close()
}
