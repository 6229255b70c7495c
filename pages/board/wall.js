/* Turns the scenes, keeps the clock, and tells when figures stand still. Kept by the page's root:
   what React draws anew does not matter. Nothing is added to the page, so nothing can pile up. */
(() => {
  const told = BOARD_SETTINGS;
  const root = document.documentElement;
  if (window.sejahteraBoard) window.sejahteraBoard.stop();

  const LOST_AFTER = 3; // refreshes that may fail before it is said
  const GRACE_S = 10;
  const LOOK_EVERY_S = 10;
  const clock = new Intl.DateTimeFormat(told.locale, {
    timeZone: told.zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit",
  });
  const hour = new Intl.DateTimeFormat(told.locale, {
    timeZone: told.zone, hour: "2-digit", minute: "2-digit",
  });
  const state = {
    scene: Number(root.dataset.boardScene) || 0, until: 0, isPaused: false,
    pulse: "", pulseAt: performance.now(), start: "", offset: 0, lookedAt: 0, isLooking: false,
  };

  const one = (name) => document.querySelector(`.${name}`);
  const scenes = () => document.querySelectorAll(".board-scene");
  const timeOf = (date) => `${hour.format(date)} ${told.zoneName}`;
  const write = (name, words) => {
    const element = one(name);
    if (element && element.textContent !== words) element.textContent = words;
  };

  /* Rows that do not fit are not cut through: they are left out and counted. */
  function fit(scene) {
    const body = scene.querySelector(".board-body");
    const more = scene.querySelector(".board-more");
    if (!body || !more) return;
    const rows = [...body.querySelectorAll("tbody tr")];
    const tell = (left) => {
      const count = Number(more.dataset.further) + left;
      const words = count ? more.dataset.words.replace("{count}", count) : "";
      if (more.textContent !== words) more.textContent = words;
    };
    let shown = rows.length;
    rows.forEach((row) => { row.hidden = false; });
    tell(0);
    while (shown > 1 && body.scrollHeight > body.clientHeight + 1) {
      shown -= 1;
      rows[shown].hidden = true;
      tell(rows.length - shown);
    }
  }

  function show(scene) {
    const count = scenes().length;
    if (!count) return;
    state.scene = ((scene % count) + count) % count;
    root.dataset.boardScene = String(state.scene);
    const shown = scenes()[state.scene];
    state.until = performance.now() + 1000 * Number(shown.dataset.seconds || 20);
    fit(shown);
  }

  function turn() {
    const count = scenes().length;
    if (!count) return;
    if (state.scene >= count || root.dataset.boardScene === undefined) show(0);
    else if (!state.isPaused && performance.now() >= state.until) show(state.scene + 1);
  }

  /* A new pulse means that the figures are of now. A new start means another program: take it. */
  function feel() {
    const pulse = one("board-pulse");
    if (!pulse || pulse.dataset.at === state.pulse) return;
    if (state.start && pulse.dataset.start !== state.start) return location.reload();
    state.start = pulse.dataset.start;
    state.pulse = pulse.dataset.at;
    state.pulseAt = performance.now();
    state.offset = 1000 * Number(pulse.dataset.at) - Date.now();
    fitShown();
  }

  function fitShown() {
    const shown = scenes()[state.scene];
    if (shown) fit(shown);
  }

  function isLost() {
    const every = Number((one("board-pulse") || { dataset: {} }).dataset.every || 60);
    return performance.now() - state.pulseAt > 1000 * (LOST_AFTER * every + GRACE_S);
  }

  function tell() {
    const now = new Date(Date.now() + state.offset);
    const lost = isLost();
    const newest = timeOf(new Date(1000 * Number(state.pulse || 0)));
    root.dataset.boardLost = String(lost);
    write("board-clock", `${clock.format(now)} ${told.zoneName}`);
    write("board-updated", state.pulse ? told.words.updated.replace("{time}", newest) : "");
    write("board-lost", lost && state.pulse ? told.words.lost.replace("{time}", newest) : "");
    write("board-paused", state.isPaused ? told.words.paused : "");
    if (lost) look();
  }

  /* The server answers but the page got nothing: its session is gone. Start the page afresh. */
  async function look() {
    const now = performance.now();
    if (state.isLooking || now - state.lookedAt < 1000 * LOOK_EVERY_S) return;
    state.lookedAt = now;
    state.isLooking = true;
    try {
      const answer = await fetch(told.health, { cache: "no-store" });
      if (answer.ok) location.reload();
    } catch { /* still away */ }
    state.isLooking = false;
  }

  function onKey(event) {
    const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
    if (event.key === " ") state.isPaused = !state.isPaused;
    else if (event.key in steps) show(state.scene + steps[event.key]);
    else if (event.key === "Escape") location.assign(told.exit);
    else return;
    if (!state.isPaused) state.until = Math.max(state.until, performance.now() + 1000);
    event.preventDefault();
    event.stopPropagation();
    tell();
  }

  function beat() {
    if (!one("board-top")) return stop(); // another page of the app is shown
    feel();
    turn();
    tell();
  }

  let awake = null;
  const stayAwake = () => {
    if (!navigator.wakeLock || document.hidden) return;
    navigator.wakeLock.request("screen").then((lock) => { awake = lock; }).catch(() => null);
  };

  function stop() {
    clearInterval(timer);
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("visibilitychange", stayAwake);
    window.removeEventListener("resize", fitShown);
    if (awake) awake.release().catch(() => null);
    delete root.dataset.boardScene;
    delete root.dataset.boardLost;
    window.sejahteraBoard = null;
  }

  const timer = setInterval(beat, 500);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("visibilitychange", stayAwake);
  window.addEventListener("resize", fitShown);
  document.fonts.ready.then(fitShown);
  window.sejahteraBoard = { stop };
  stayAwake();
  beat();
})();
