// The order of a briefing: one list of sections and parts. A row is dragged, or moved by Alt with
// an arrow key, or by the two buttons (for those who cannot drag); each move is told to screen
// readers. The whole order is sent each time, so of two fast moves the later holds both.
const EDGE_PX = 36
const NEAR_PX = 5

function element(kind, properties, ...children) {
  const made = Object.assign(document.createElement(kind), properties)
  made.append(...children)
  return made
}

class OrderList {
  constructor(parent) {
    this.rows = []
    this.lines = new Map()
    this.up = this.button(-1)
    this.down = this.button(1)
    this.hint = element("span", { className: "hint", id: "order-hint" })
    this.list = element("ul", { role: "listbox" })
    this.list.setAttribute("aria-describedby", this.hint.id)
    this.told = element("div", { className: "told", role: "status" })
    parent.append(element("div", { className: "order" },
      element("div", { className: "tools" }, this.up, this.down, this.hint), this.list, this.told))
    this.list.onkeydown = (event) => this.pressed(event)
    this.list.onpointerdown = (event) => this.grabbed(event)
  }

  button(step) {
    const made = element("button", { type: "button" })
    made.onclick = () => this.step(step)
    return made
  }

  // Takes what the server says. An answer to an older move must not undo a newer one.
  take({ rows, words }, send) {
    this.send = send
    this.words = words
    this.up.textContent = `↑ ${words.up}`
    this.down.textContent = `↓ ${words.down}`
    this.hint.textContent = words.hint
    this.list.setAttribute("aria-label", words.list)
    const names = rows.map((row) => row.name)
    const isSame = names.length === this.rows.length && names.every((name) => this.lines.has(name))
    if (this.sent && isSame && names.join() !== this.sent) {
      const said = new Map(rows.map((row) => [row.name, row]))
      this.rows = this.rows.map((row) => said.get(row.name))
    } else {
      this.rows = rows
      this.sent = null
    }
    if (!names.includes(this.chosen)) this.chosen = names[0]
    for (const name of [...this.lines.keys()]) if (!names.includes(name)) this.lines.delete(name)
    for (const row of this.rows) this.lines.set(row.name, this.line(row, this.lines.get(row.name)))
    this.draw()
  }

  // Texts are set as text, never as HTML.
  line(row, before) {
    const grip = element("span", { className: "grip", textContent: "⠿" })
    grip.setAttribute("aria-hidden", "true")
    const line = before || element("li", { role: "option" })
    line.id = `order-${row.name}`
    line.className = row.isSection ? "section" : "part"
    line.replaceChildren(grip, element("span", { className: "label", textContent: row.label }),
      element("span", { className: "kind", textContent: row.kind }))
    return line
  }

  draw() {
    const hadFocus = this.list.contains(this.list.getRootNode().activeElement)
    const wanted = this.rows.map((row) => this.lines.get(row.name))
    if (wanted.some((line, at) => this.list.children[at] !== line) ||
        this.list.children.length !== wanted.length) this.list.replaceChildren(...wanted)
    for (const [name, line] of this.lines) {
      const isChosen = name === this.chosen
      line.tabIndex = isChosen ? 0 : -1
      line.setAttribute("aria-selected", String(isChosen))
    }
    this.up.disabled = this.target(-1) === null
    this.down.disabled = this.target(1) === null
    if (hadFocus) this.lines.get(this.chosen)?.focus()
  }

  at(name) { return this.rows.findIndex((row) => row.name === name) }

  // Where what starts at a row ends: a section takes its parts along.
  end(start) {
    if (!this.rows[start].isSection) return start + 1
    const next = this.rows.findIndex((row, at) => at > start && row.isSection)
    return next < 0 ? this.rows.length : next
  }

  // Gaps between rows where the row may be put: sections between sections, parts under one.
  gaps(start) {
    const all = [...Array(this.rows.length + 1).keys()]
    if (!this.rows[start].isSection) return all.filter((gap) => gap > 0)
    return all.filter((gap) => gap === this.rows.length || this.rows[gap].isSection)
  }

  target(step) {
    const start = this.at(this.chosen)
    if (start < 0) return null
    const end = this.end(start)
    const open = this.gaps(start).filter((gap) => (step < 0 ? gap < start : gap > end))
    return open.length ? (step < 0 ? open[open.length - 1] : open[0]) : null
  }

  step(step) {
    const gap = this.target(step)
    if (gap !== null) this.move(gap)
  }

  move(gap) {
    const start = this.at(this.chosen)
    const end = this.end(start)
    if (gap >= start && gap <= end) return
    const block = this.rows.slice(start, end)
    const rest = [...this.rows.slice(0, start), ...this.rows.slice(end)]
    rest.splice(gap > end ? gap - block.length : gap, 0, ...block)
    this.rows = rest
    this.sent = rest.map((row) => row.name).join()
    this.draw()
    this.lines.get(this.chosen).scrollIntoView({ block: "nearest" })
    this.tell()
    this.send(rest.map((row) => row.name))
  }

  // "Harga telur: Harga pangan, 2/5." in the reader's language.
  tell() {
    const at = this.at(this.chosen)
    const row = this.rows[at]
    const head = this.rows.slice(0, at + 1).findLastIndex((one) => one.isSection)
    const among = row.isSection ? this.rows.filter((one) => one.isSection)
      : this.rows.slice(head + 1, this.end(head))
    const told = row.isSection ? this.words.movedSection : this.words.movedPart
    const values = { name: row.label, section: this.rows[head].label,
      place: among.indexOf(row) + 1, all: among.length }
    this.told.textContent = told.replace(/\{(\w+)\}/g, (_, key) => values[key])
  }

  pressed(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const last = this.rows.length - 1
    const to = { Home: 0, End: last }[event.key] ??
      (step && Math.min(last, Math.max(0, this.at(this.chosen) + step)))
    if (to === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (event.altKey && step) return this.step(step)
    this.choose(this.rows[to].name)
  }

  choose(name) {
    this.chosen = name
    this.draw()
    this.lines.get(name).focus()
  }

  // A mouse takes a row anywhere, a finger by its grip: the rest of the row scrolls the list.
  grabbed(event) {
    const line = event.target.closest("li")
    if (!line || event.button) return
    this.choose(this.rows[[...this.list.children].indexOf(line)].name)
    if (event.pointerType !== "mouse" && !event.target.closest(".grip")) return
    event.preventDefault()
    this.drag = { y: event.clientY, from: event.clientY, gap: null, isMoving: false }
    this.list.setPointerCapture(event.pointerId)
    this.list.onpointermove = (moved) => this.dragged(moved.clientY)
    this.list.onpointerup = () => this.dropped(true)
    this.list.onpointercancel = () => this.dropped(false)
    this.list.onkeyup = (key) => key.key === "Escape" && this.dropped(false)
  }

  dragged(y) {
    this.drag.y = y
    if (Math.abs(y - this.drag.from) < NEAR_PX || this.drag.isMoving) return this.mark()
    this.drag.isMoving = true
    this.list.classList.add("moving")
    const frame = () => {
      if (!this.drag?.isMoving) return
      const box = this.list.getBoundingClientRect()
      if (this.drag.y < box.top + EDGE_PX) this.list.scrollTop -= 6
      if (this.drag.y > box.bottom - EDGE_PX) this.list.scrollTop += 6
      this.mark()
      requestAnimationFrame(frame)
    }
    frame()
  }

  // The nearest gap where the row may go gets a line.
  mark() {
    if (!this.drag.isMoving) return
    const lines = [...this.list.children]
    const top = (gap) => gap < lines.length ? lines[gap].getBoundingClientRect().top
      : lines[gap - 1].getBoundingClientRect().bottom
    const start = this.at(this.chosen)
    const gaps = this.gaps(start).filter((gap) => gap <= start || gap >= this.end(start))
    const far = (gap) => Math.abs(top(gap) - this.drag.y)
    this.drag.gap = gaps.reduce((best, gap) => (far(gap) < far(best) ? gap : best))
    lines.forEach((line, at) => {
      line.classList.toggle("before", at === this.drag.gap)
      line.classList.toggle("after", at === lines.length - 1 && this.drag.gap === lines.length)
    })
  }

  dropped(isMeant) {
    const { gap, isMoving } = this.drag || {}
    this.drag = this.list.onpointermove = this.list.onpointerup = this.list.onpointercancel = null
    this.list.classList.remove("moving")
    for (const line of this.list.children) line.classList.remove("before", "after")
    if (isMeant && isMoving && gap !== null) this.move(gap)
  }
}

const made = new WeakMap()

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  if (!made.has(parentElement)) made.set(parentElement, new OrderList(parentElement))
  made.get(parentElement).take(data, (names) => setTriggerValue("order", names))
}
