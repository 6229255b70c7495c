"use strict";
// Shows the slides of this page. Nothing is fetched, nothing is kept; windows of the same
// story tell each other where they are.
(() => {
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const find = (id) => document.getElementById(id);
  const isPresenter = location.hash === "#presenter";
  const state = { at: 0, table: false, dark: matchMedia("(prefers-color-scheme: dark)").matches };
  const name = `sejahtera-${root.dataset.story}`;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let partner = isPresenter ? window.opener : null;
  let started = Date.now();
  let digits = "";

  // Two windows ------------------------------------------------------------------------------
  function tell(what = {}) {
    const message = { story: name, ...state, ...what };
    if (channel) channel.postMessage(message);
    // Where files share no channel; their origin has no name, hence the star. Nothing secret.
    if (partner && !partner.closed) partner.postMessage(message, "*");
  }
  function hear(message) {
    if (!message || message.story !== name) return;
    if (message.asks) { tell(); return; }
    if (!Number.isInteger(message.at) || !slides[message.at]) return;
    if (message.at === state.at && message.table === state.table && message.dark === state.dark) return;
    Object.assign(state, { at: message.at, table: message.table === true, dark: message.dark === true });
    draw();
  }
  if (channel) channel.onmessage = (event) => hear(event.data);
  window.addEventListener("message", (event) => {
    if (partner && event.source === partner) hear(event.data);
  });

  // What is seen -----------------------------------------------------------------------------
  function shows() { return root.classList.contains("show"); }
  function figureOf(slide) { return slide && slide.dataset.figure ? Number(slide.dataset.figure) : 0; }
  function headingOf(slide) { return slide.querySelector("h1, h2").textContent.trim(); }

  function place(kind, left, top, width, height) {
    const scale = Math.min(width / 1920, height / 1080);
    root.style.setProperty(`--${kind}-scale`, scale);
    root.style.setProperty(`--${kind}-x`, `${left + (isPresenter ? 0 : (width - 1920 * scale) / 2)}px`);
    root.style.setProperty(`--${kind}-y`, `${top + (isPresenter ? 0 : (height - 1080 * scale) / 2)}px`);
  }
  function measure() {
    const [width, height] = [innerWidth, innerHeight];
    if (!isPresenter) { place("now", 0, 0, width, height); return; }
    place("now", width * 0.02, height * 0.05, width * 0.58, height);
    place("next", width * 0.62, height * 0.05, width * 0.36, height);
  }
  function overflows(slide) {
    return slide.scrollHeight > slide.clientHeight + 1 || slide.scrollWidth > slide.clientWidth + 1 ||
      [...slide.querySelectorAll(".body, .beside-words, .cover-words")].some((part) => part.scrollHeight > part.clientHeight + 1);
  }
  // The words beside a picture shrink first, the slide only when that is not enough.
  function fit(slide) {
    slide.style.setProperty("--fit", 1);
    const side = slide.querySelector(".beside-words");
    for (let size = 1; side && size >= 0.6; size -= 0.05) {
      slide.style.setProperty("--side", size.toFixed(2));
      if (side.scrollHeight <= side.clientHeight + 1) break;
    }
    for (let size = 1; size >= 0.5; size -= 0.05) {
      slide.style.setProperty("--fit", size.toFixed(2));
      if (!overflows(slide)) break;
    }
  }
  function draw() {
    root.dataset.theme = state.dark ? "dark" : "light";
    if (!shows()) return;
    slides.forEach((slide, n) => {
      slide.classList.toggle("now", n === state.at);
      slide.classList.toggle("next", isPresenter && n === state.at + 1);
      if (slide.dataset.figure && slide.dataset.drawn !== "no") slide.classList.toggle("with-table", state.table);
      slide.inert = isPresenter;
    });
    if (root.classList.contains("overview")) return;
    [slides[state.at], isPresenter && slides[state.at + 1]].forEach((slide) => slide && fit(slide));
    if (isPresenter) drawPresenter();
    else if (!document.querySelector("dialog[open]")) slides[state.at].focus({ preventScroll: true });
    const said = `${slides[state.at].getAttribute("aria-label")}: ${headingOf(slides[state.at])}`;
    if (find("said").textContent !== said) find("said").textContent = said;
  }
  function drawPresenter() {
    const [now, next] = [slides[state.at], slides[state.at + 1]];
    find("now-place").textContent = now.getAttribute("aria-label");
    find("next-place").textContent = next ? next.getAttribute("aria-label") : "–";
    const coming = slides.slice(state.at + 1).find(figureOf);
    const line = find("next-figure");
    line.textContent = coming ? `${line.dataset.prefix} ${figureOf(coming)}. ${headingOf(coming)}` : line.dataset.none;
    copy(now.querySelector(".notes"), find("speaker-notes"));
    copy(now.querySelector(".sheet"), find("speaker-questions"));
    if (!find("speaker-notes").textContent.trim()) find("speaker-notes").textContent = find("speaker-notes").dataset.none;
  }
  function copy(from, to) {
    to.replaceChildren(...(from ? [...from.childNodes].map((node) => node.cloneNode(true)) : []));
  }
  function tick() {
    const seconds = Math.floor((Date.now() - started) / 1000);
    const two = (value) => String(value).padStart(2, "0");
    find("elapsed").textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    find("time-of-day").textContent = new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" });
  }

  // What one can do --------------------------------------------------------------------------
  function go(to) {
    const at = Math.max(0, Math.min(slides.length - 1, to));
    if (at === state.at) return;
    Object.assign(state, { at, table: false });
    draw();
    tell();
  }
  function goToFigure(number) {
    const at = slides.findIndex((slide) => figureOf(slide) === number);
    if (at >= 0) go(at);
  }
  function openSheet(number) {
    const figures = slides.filter(figureOf);
    if (!figures.length) return;
    const slide = figures.find((one) => figureOf(one) === number) || figures[0];
    find("sheet-choice").value = String(figureOf(slide));
    find("sheet-title").textContent = `${find("sheet-title").dataset.prefix} · ${figureOf(slide)}. ${headingOf(slide)}`;
    copy(slide.querySelector(".sheet"), find("sheet-body"));
    if (!find("sheet").open) find("sheet").showModal();
  }
  const deeds = {
    show() { root.classList.replace("read", "show"); measure(); draw(); },
    read() { document.exitFullscreen && document.fullscreenElement && document.exitFullscreen();
      root.classList.remove("overview"); root.classList.replace("show", "read"); slides[state.at].scrollIntoView(); },
    on() { go(state.at + 1); },
    back() { go(state.at - 1); },
    first() { go(0); },
    last() { go(slides.length - 1); },
    overview() {
      if (isPresenter) return;
      const isOpen = root.classList.toggle("overview");
      slides.forEach((slide) => { slide.tabIndex = isOpen ? 0 : -1; });
      draw();
      if (isOpen) { slides.forEach(fit); slides[state.at].scrollIntoView({ block: "center" }); slides[state.at].focus(); }
    },
    sheet() { openSheet(Number(digits) || figureOf(slides[state.at])); },
    table() { state.table = !state.table; draw(); tell(); },
    theme() { state.dark = !state.dark; draw(); tell(); },
    presenter() {
      if (isPresenter) return;
      partner = window.open(`${location.href.split("#")[0]}#presenter`, name, "popup,width=1280,height=760");
    },
    full() { document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen && root.requestFullscreen(); },
    restart() { started = Date.now(); tick(); },
    help() { find("help").showModal(); },
    close() { document.querySelectorAll("dialog[open]").forEach((one) => one.close()); },
    "go-to-figure"() { deeds.close(); goToFigure(Number(find("sheet-choice").value)); },
  };
  const KEYS = {
    ArrowRight: "on", ArrowDown: "on", PageDown: "on", " ": "on", n: "on",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last", o: "overview", q: "sheet", t: "table", d: "theme",
    p: "presenter", f: "full", l: "read", "?": "help", h: "help",
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (document.querySelector("dialog[open]")) {
      if (key === "q") { event.preventDefault(); deeds.close(); }
      return;
    }
    if (!shows()) {
      if (key === "F5" || key === "f") { event.preventDefault(); deeds.show(); }
      else if (key === "d" || key === "?") deeds[KEYS[key]]();
      return;
    }
    if (/^[0-9]$/.test(key)) { digits = (digits + key).slice(-3); return; }
    const where = event.target;
    if (key === "Enter" && digits) { goToFigure(Number(digits)); digits = ""; return; }
    if (root.classList.contains("overview") && (key === "Enter" || key === " ") && slides.includes(where)) {
      event.preventDefault(); choose(where); return;
    }
    if (key === "Escape" && root.classList.contains("overview")) { deeds.overview(); return; }
    if ((key === " " || key === "Enter") && where.tagName === "BUTTON") return;
    if (where.classList && where.classList.contains("table-region") && /^(Arrow|Page|Home|End)/.test(key) &&
        !(key === "ArrowLeft" || key === "ArrowRight")) return;
    const deed = key === " " && event.shiftKey ? "back" : KEYS[key];
    if (deed) { event.preventDefault(); deeds[deed](); }
    digits = "";
  });
  function choose(slide) {
    deeds.overview();
    go(slides.indexOf(slide));
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) { deeds[button.dataset.do](); if (shows() && !isPresenter && !button.closest("dialog")) button.blur(); return; }
    if (event.target.tagName === "DIALOG") { event.target.close(); return; }
    const slide = event.target.closest(".slide");
    if (root.classList.contains("overview") && slide) choose(slide);
  });
  if (find("sheet-choice")) find("sheet-choice").addEventListener("change", (event) => openSheet(Number(event.target.value)));

  // Fingers ----------------------------------------------------------------------------------
  let from = null;
  document.addEventListener("touchstart", (event) => {
    const isOne = event.touches.length === 1 && !event.target.closest(".table-region, dialog, #bar");
    from = isOne ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    wake();
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!from || !shows() || root.classList.contains("overview")) return;
    const across = event.changedTouches[0].clientX - from.x;
    const down = event.changedTouches[0].clientY - from.y;
    if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) go(state.at + (across < 0 ? 1 : -1));
    from = null;
  }, { passive: true });
  let sleeping = 0;
  function wake() {
    root.classList.add("awake");
    clearTimeout(sleeping);
    sleeping = setTimeout(() => root.classList.remove("awake"), 2500);
  }
  document.addEventListener("mousemove", wake);

  window.addEventListener("resize", () => { if (shows()) { measure(); draw(); } });
  slides.forEach((slide) => { if (slide.dataset.figure && !slide.querySelector(".picture")) slide.dataset.drawn = "no"; });
  if (isPresenter) {
    root.classList.add("presenting");
    find("presenter").hidden = false;
    tick();
    setInterval(tick, 1000);
  }
  // A telephone held upright reads; everything else begins the show.
  if (isPresenter || innerWidth >= 700 || innerWidth > innerHeight) deeds.show(); else draw();
  if (isPresenter) tell({ asks: true });
})();
