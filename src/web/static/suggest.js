// Offers the customers whose names fit what is typed into the look-up. Choosing one looks that customer up; whoever
// types on and presses Enter looks up what they typed, as without this.
import './accessible-autocomplete.min.js'

const WAIT = 150 // milliseconds, until somebody has paused
const style = document.createElement('link')
style.rel = 'stylesheet'
style.href = new URL('./accessible-autocomplete.min.css', import.meta.url)
document.head.append(style)

const as_text = (text) => Object.assign(document.createElement('span'), { textContent: text }).innerHTML
const is_name = (text) => /^[^\d@+][^\d@]+$/.test(text.trim())

function names_from(address) {
  let timer, latest
  return (typed, show) => {
    clearTimeout(timer)
    latest = typed
    if (!is_name(typed)) return show([])
    timer = setTimeout(async () => {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed.trim())}`).catch(() => null)
      const found = answer !== null && answer.ok && !answer.redirected ? await answer.json() : []
      if (typed === latest) show(found)
    }, WAIT)
  }
}

export default function suggest(input) {
  const { form, id, name, value } = input
  const described = document.getElementById(input.getAttribute('aria-describedby'))?.textContent.trim()
  const had_focus = input.autofocus || document.activeElement === input
  const place = document.createElement('div')

  input.replaceWith(place)
  window.accessibleAutocomplete({
    element: place,
    id,
    name,
    defaultValue: value,
    minLength: 2,
    confirmOnBlur: false,
    displayMenu: 'overlay',
    inputClasses: input.className,
    showNoOptionsFound: false,
    source: names_from(input.dataset.suggest),
    tAssistiveHint: () => [described, 'When names are offered, choose one with the up and down arrows and Enter.'].filter(Boolean).join(' '),
    tStatusSelectedOption: (option, length, index) => `${option.name}, ${option.ref}, ${index + 1} of ${length} is highlighted`,
    templates: {
      inputValue: (option) => option?.ref ?? '',
      suggestion: (option) => typeof option === 'string' ? as_text(option) : `${as_text(option.name)} <span class="evenhand-suggest__ref">${as_text(option.ref)}</span>`
    },
    onConfirm: (option) => {
      if (!option) return
      place.querySelector('input').value = option.ref
      form.requestSubmit()
    }
  })
  // Enter looks up what was typed, unless somebody went to one of the names.
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || place.querySelector('[role=option][aria-selected=true]')) return
    event.preventDefault()
    event.stopPropagation()
    form.requestSubmit()
  }, true)
  if (had_focus) place.querySelector('input').focus()
}
