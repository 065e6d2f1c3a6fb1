// Shows, below a form that makes a letter, the letter as it would go out, whenever somebody pauses. Nothing is done by
// it: the form's own address tries the act. Until the form is complete there is no letter, and this says so.
const PAUSE = 800 // milliseconds

export default function preview(form) {
  const place = document.createElement('div')
  const waiting = '<p class="govuk-hint">The letter is shown here as soon as every question that it needs is answered.</p>'
  let timer, latest = 0

  async function show() {
    const mine = ++latest
    const body = new URLSearchParams(new FormData(form))
    body.set('go', 'preview')
    const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null)
    const letter = answer !== null && answer.status === 200 && !answer.redirected ? await answer.text() : waiting
    if (mine === latest) place.innerHTML = letter
  }

  place.innerHTML = waiting
  form.after(place)
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(show, PAUSE)
  })
  show()
}
