// Starts the components that a page uses. All pages work without scripts.
import { initAll as initGovuk } from './govuk-frontend.min.js'
import { initAll as initMoj } from './moj-frontend.min.js'

initGovuk()
initMoj()
for (const input of document.querySelectorAll('input[data-suggest]')) {
  import('./suggest.js').then((names) => names.default(input))
}
for (const form of document.querySelectorAll('form[data-preview]')) {
  import('./preview.js').then((letter) => letter.default(form))
}

// A form that holds what was not sent asks before its page is left.
const typed = (form) => new URLSearchParams(new FormData(form)).toString()
for (const form of document.querySelectorAll('form.evenhand-form')) {
  const opened = typed(form)
  let sent = false
  form.addEventListener('submit', () => { sent = true })
  window.addEventListener('pageshow', () => { sent = false })
  window.addEventListener('beforeunload', (event) => {
    if (!sent && typed(form) !== opened) event.preventDefault()
  })
}
