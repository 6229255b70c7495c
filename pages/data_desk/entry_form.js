// Fields of an entry form. Every letter goes into the browser's own store under the draft's name,
// so neither a reload nor a broken line loses it; it is cleared when the server has kept the file.
const PREFIX = "sejahtera-draft-"

function stored(name) {
  try { return JSON.parse(localStorage.getItem(PREFIX + name)) || {} } catch { return {} }
}

function store(name, values) {
  try { localStorage.setItem(PREFIX + name, JSON.stringify(values)) } catch { /* private window */ }
}

function forget(name) {
  try { localStorage.removeItem(PREFIX + name) } catch { /* private window */ }
}

function element(kind, properties, ...children) {
  const made = Object.assign(document.createElement(kind), properties)
  made.append(...children)
  return made
}

// One field: its label and unit, a big input, the value before. Texts are set as text, never as HTML.
function field(one, values, save) {
  const hint = element("span", { className: "hint", id: `hint-${one.name}`, textContent: one.last })
  const input = element("input", {
    type: "text", name: one.name, value: values[one.name] || "", autocomplete: "off", maxLength: 200,
    inputMode: one.isNumber ? "decimal" : "text",
  })
  input.setAttribute("aria-describedby", hint.id)
  input.oninput = () => { values[one.name] = input.value; save() }
  const unit = element("span", { className: "unit", textContent: one.unit })
  const line = element("span", { className: "line" }, input, unit)
  return element("label", { className: "field" },
    element("span", { className: "name", textContent: one.label }), line, hint)
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  if (data.forget) forget(data.forget)
  const shape = JSON.stringify([data.draft, data.fields, data.check])
  const before = parentElement.querySelector("form")
  if (before && before.dataset.shape === shape && data.forget !== data.draft) return
  before?.remove()

  const values = stored(data.draft)
  const form = element("form", { noValidate: true })
  form.dataset.shape = shape
  for (const one of data.fields) form.append(field(one, values, () => store(data.draft, values)))
  const discard = element("button", { type: "button", className: "quiet", textContent: data.discard })
  discard.onclick = () => {
    forget(data.draft)
    for (const name of Object.keys(values)) delete values[name]
    for (const input of form.querySelectorAll("input")) input.value = ""
  }
  const check = element("button", { type: "submit", className: "main", textContent: data.check })
  form.append(element("p", { className: "note", textContent: data.note }),
    element("div", { className: "buttons" }, check, discard))
  form.onsubmit = (event) => {
    event.preventDefault()
    setTriggerValue("sent", { ...values })
  }
  parentElement.append(form)
}
