/* Paints another commodity or period at the moment it is chosen; the page's own answer follows.
 *
 * The filters are Streamlit's own and stand on the page around this frame. What the map would
 * show for their other choices is fetched when the reader comes near them: by pointer, by finger
 * or by keyboard. The page has the last word: its answer is painted over, and a choice that it
 * has not confirmed after a while is taken back. Where the page looks different than expected
 * here, nothing is painted ahead and the map waits for the page.
 */
(function () {
  "use strict";

  const PATIENCE_MS = 4000; // how long the page may take to confirm a choice
  const KEPT = 300; // views in memory
  const AT_A_TIME = 2; // fetches beside each other

  class Ahead {
    /* `show(message)` paints; a message names its view and where the other views are. */
    constructor(show) {
      this.show = show;
      this.kept = new Map();
      this.queue = [];
      this.running = 0;
      this.awaited = null;
      this.isHeld = false;
      this.listen();
    }

    /* The page's answer. One that belongs to an earlier choice is held back for a while. */
    hear(message) {
      this.answer = message;
      const isOfAnEarlierChoice = this.awaited !== null && message.view && message.view !== this.awaited;
      if (isOfAnEarlierChoice) return;
      this.awaited = null;
      this.showIfNew(message);
    }

    showIfNew(message) {
      const words = JSON.stringify(message);
      if (words === this.shownWords) return;
      this.shownWords = words;
      this.shown = message;
      this.show(message);
    }

    /* The reader has chosen: paint it if it is there, else when it comes before the answer. */
    async choose(address) {
      this.latest = address;
      const answer = this.answer;
      let message = this.kept.get(address);
      if (!message) {
        this.awaited = null;
        message = await this.fetched(address);
      }
      const isLate = this.latest !== address || this.answer !== answer;
      if (!message || isLate || message.view === this.shown.view) return;
      this.wait(message.view);
      this.showIfNew(message);
    }

    wait(view) {
      this.awaited = view;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        if (this.awaited !== null) this.showIfNew(this.answer);
        this.awaited = null;
      }, PATIENCE_MS);
    }

    async fetched(address) {
      try {
        const answer = await fetch(address);
        if (!answer.ok) return null;
        const message = await answer.json();
        if (this.kept.size >= KEPT) this.kept.clear();
        this.kept.set(address, message);
        return message;
      } catch {
        return null; // the page answers by itself
      }
    }

    /* Fetches what may be chosen next, the nearest last asked for first. */
    prepare(addresses) {
      this.queue = [...addresses, ...this.queue].filter((address) => !this.kept.has(address));
      this.work();
    }

    async work() {
      if (this.running >= AT_A_TIME || !this.queue.length) return;
      this.running += 1;
      const address = this.queue.shift();
      if (!this.kept.has(address)) await this.fetched(address);
      this.running -= 1;
      this.work();
    }

    /* Filters and their lists on the page around the frame */

    listen() {
      const around = window.parent;
      if (around === window) return;
      const ended = new AbortController();
      const options = { capture: true, passive: true, signal: ended.signal };
      const on = (names, does) => names.forEach((name) => around.document.addEventListener(name, does, options));
      on(["pointerover", "focusin", "keyup", "pointerup"], (event) => this.comeNear(event.target));
      on(["pointerdown"], (event) => { this.isHeld = Boolean(this.filterOf(event.target)); });
      on(["pointerup", "pointercancel"], () => this.letGo());
      on(["click"], (event) => this.chooseOption(event.target.closest && event.target.closest("[role=option]")));
      on(["keydown"], (event) => { if (event.key === "Enter") this.chooseOption(this.activeOption(event.target)); });
      const steps = new MutationObserver((changes) => this.seeStep(changes[0].target));
      steps.observe(around.document.body, { subtree: true, attributeFilter: ["aria-valuetext"] });
      window.addEventListener("pagehide", () => { ended.abort(); steps.disconnect(); });
    }

    /* The filter that a place on the page belongs to, as `{box, address}`. */
    filterOf(place) {
      if (!this.shown || !this.shown.ahead || !place.closest) return null;
      const list = place.closest("[role=listbox]");
      const near = list ? place.ownerDocument.querySelector(`[aria-controls="${CSS.escape(list.id)}"]`) : place;
      if (!near) return null;
      const found = this.shown.ahead.find(([selector]) => near.closest(selector));
      return found ? { box: near.closest(found[0]), address: found[1] } : null;
    }

    optionAddress(option) {
      const filter = this.filterOf(option);
      return filter && `${filter.address}&words=${encodeURIComponent(option.textContent.trim())}`;
    }

    stepAddress(filter, step) {
      return `${filter.address}&step=${step}`;
    }

    activeOption(field) {
      const id = field.getAttribute && field.getAttribute("aria-activedescendant");
      return id ? field.ownerDocument.getElementById(id) : null;
    }

    chooseOption(option) {
      const address = option && this.optionAddress(option);
      if (address) this.choose(address);
    }

    /* While a handle is dragged the page is told nothing: the map waits for the hand as well. */
    seeStep(handle) {
      const filter = this.filterOf(handle);
      if (!filter || handle.type !== "range") return;
      this.moved = handle;
      if (!this.isHeld) this.takeStep();
    }

    letGo() {
      this.isHeld = false;
      if (this.moved) this.takeStep();
    }

    takeStep() {
      const handle = this.moved;
      const filter = this.filterOf(handle);
      this.moved = null;
      if (filter) this.choose(this.stepAddress(filter, handle.value));
    }

    comeNear(place) {
      const filter = this.filterOf(place);
      if (!filter) return;
      const handle = filter.box.querySelector("input[type=range]");
      if (handle) this.prepare(this.stepsAround(filter, handle));
      else requestAnimationFrame(() => this.prepareOptions(place, filter));
    }

    stepsAround(filter, handle) {
      const at = Number(handle.value);
      const all = Array.from({ length: Number(handle.max) + 1 }, (_, step) => step);
      all.sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
      return all.map((step) => this.stepAddress(filter, step));
    }

    prepareOptions(place, filter) {
      const field = filter.box.querySelector("[role=combobox]");
      const list = field && field.ownerDocument.getElementById(field.getAttribute("aria-controls"));
      if (!list) return;
      const pointed = place.closest("[role=option]") || this.activeOption(field);
      const options = Array.from(list.querySelectorAll("[role=option]"));
      options.sort((a, b) => Number(b === pointed) - Number(a === pointed));
      this.prepare(options.map((option) => this.optionAddress(option)).filter(Boolean));
    }
  }

  window.paintAhead = (show) => new Ahead(show);
})();
