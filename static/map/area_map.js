/* Draws the areas of a region once, from one GeoJSON address, and repaints them when told to.
 *
 * mountAreaMap(map, {geometry, aspect}) takes a Leaflet map; map.areaMap.paint(message) recolours it.
 * The message is made by analytics/figures/map_layer.py (paint_message). All words in it are
 * plain text and are only ever set as text, never as HTML.
 */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const PADDING = 14;
  const NARROW = 520; // below this width the buttons stand in a row above the outlines
  const BUTTON_ROW = 48;
  const LEAST_HEIGHT = 240;
  const BORDER = 1;
  const STRONG_BORDER = 3;
  const DOTTED = "0.1 5";
  const TILE = 7;

  /* Textures over a class colour: what is drawn on each tile of the pattern. */
  const TEXTURES = {
    hatch: [["path", { d: "M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2", "stroke-opacity": 0.6 }]],
    dots: [["circle", { cx: 3.5, cy: 3.5, r: 1.5, stroke: "none" }]],
    bars: [["path", { d: "M3.5,0 v7", "stroke-width": 1.6 }]],
    dashes: [["path", { d: "M1,3.5 h4", "stroke-width": 1.8 }]],
  };

  function element(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (parent) parent.appendChild(made);
    return made;
  }

  function division(className, parent) {
    const made = document.createElement("div");
    made.className = className;
    parent.appendChild(made);
    return made;
  }

  /* A place whose sign is not a circle: corners around its middle, y upwards, in radii. */
  const SignMarker = L.CircleMarker.extend({
    _updatePath() {
      const { corners } = this.options;
      if (!corners.length || this._empty()) { L.CircleMarker.prototype._updatePath.call(this); return; }
      const at = corners.map(([x, y]) => `${this._point.x + x * this._radius},${this._point.y - y * this._radius}`);
      this._renderer._setPath(this, `M${at.join("L")}Z`);
    },
  });

  class AreaMap {
    constructor(map, options) {
      this.map = map;
      this.options = options;
      this.container = map.getContainer();
      this.message = null;
      this.byCode = new Map();
      this.circles = new Map();
      this.wasMoved = false;
      this.bounds = null;
      this.container.classList.add("area-map", "is-waiting");
      this.container.setAttribute("role", "group");
      this.patterns = element("defs", {}, element("svg", { width: 0, height: 0, "aria-hidden": "true" }, this.container));
      this.tooltip = division("area-tooltip", this.container);
      this.tooltip.setAttribute("aria-hidden", "true");
      this.areas = L.geoJSON(null, { onEachFeature: (feature, layer) => this.know(feature, layer) }).addTo(map);
      this.outlines = L.layerGroup().addTo(this.pane("outlines", 450));
      this.points = L.featureGroup().addTo(this.pane("points", 460));
      this.highlight = L.layerGroup().addTo(this.pane("highlight", 470));
      this.names = L.layerGroup().addTo(this.pane("names", 480));
      this.setUpMap();
      this.keepHeight();
      this.load(new URL(options.geometry, new URL("../../", window.location.href)));
    }

    /* A pane above the areas that lets the pointer through, except for the points. */
    pane(name, order) {
      const pane = this.map.createPane(name);
      pane.style.zIndex = order;
      if (name !== "points") pane.style.pointerEvents = "none";
      return this.map;
    }

    setUpMap() {
      const map = this.map;
      // On a telephone one finger scrolls the page; two fingers move and zoom the map.
      if (L.Browser.mobile) map.dragging.disable();
      map.on("dragstart", () => { this.wasMoved = true; });
      map.on("resize", () => { if (!this.wasMoved) this.fit(); });
      map.on("zoomend", () => this.placeNames());
      map.on("zoomstart movestart", () => this.hideTooltip());
      this.home = new (L.Control.extend({
        options: { position: "topleft" },
        onAdd: () => {
          const bar = L.DomUtil.create("div", "leaflet-bar");
          const link = L.DomUtil.create("a", "area-map-home", bar);
          link.href = "#";
          link.setAttribute("role", "button");
          link.textContent = "⤢";
          L.DomEvent.disableClickPropagation(bar);
          L.DomEvent.on(link, "click", (event) => { L.DomEvent.stop(event); this.goHome(); });
          return bar;
        },
      }))().addTo(map);
    }

    /* Never higher than its outlines need: a telephone shows no empty bands. */
    keepHeight() {
      if (!window.Streamlit) return;
      const setFrameHeight = window.Streamlit.setFrameHeight.bind(window.Streamlit);
      window.Streamlit.setFrameHeight = (asked) => {
        const outlines = this.container.offsetWidth / this.options.aspect;
        const needed = Math.max(LEAST_HEIGHT, Math.ceil(outlines + this.topPadding() + PADDING));
        const height = asked ? Math.min(asked, needed) : asked;
        if (height) this.container.style.height = `${height}px`;
        setFrameHeight(height);
      };
    }

    topPadding() {
      const isNarrow = this.container.offsetWidth < NARROW;
      this.container.classList.toggle("is-narrow", isNarrow);
      return isNarrow ? PADDING + BUTTON_ROW : PADDING;
    }

    async load(address) {
      try {
        const [answer] = await Promise.all([fetch(address), this.stylesAreThere()]);
        if (!answer.ok) throw new Error(`${answer.status} ${address.pathname}`);
        const geometry = await answer.json();
        this.areas.addData(geometry);
        this.bounds = this.areas.getBounds();
        this.focus = this.boundsOf(geometry.focus) || this.bounds;
        this.map.invalidateSize({ animate: false });
        this.fit();
      } catch (error) {
        console.error(error);
        this.hasFailed = true;
      }
      this.draw();
      this.container.classList.remove("is-waiting");
    }

    /* The stylesheets are not awaited by the component; without them nothing has its place. */
    stylesAreThere() {
      const pane = this.map.getPane("mapPane");
      const giveUpAt = performance.now() + 3000;
      return new Promise((resolve) => {
        const look = () => {
          const isStyled = getComputedStyle(pane).position === "absolute";
          if (isStyled || performance.now() > giveUpAt) resolve();
          else requestAnimationFrame(look);
        };
        look();
      });
    }

    boundsOf(edges) {
      return edges && L.latLngBounds([edges[1], edges[0]], [edges[3], edges[2]]);
    }

    /* The first view shows every area's main part; far islets are reached by zooming out. */
    fit() {
      if (!this.bounds) return;
      this.map.setMinZoom(0);
      this.map.fitBounds(this.focus, {
        paddingTopLeft: [PADDING, this.topPadding()],
        paddingBottomRight: [PADDING, PADDING],
        animate: false,
      });
      this.map.setMinZoom(this.map.getBoundsZoom(this.bounds) - 0.5);
      this.map.setMaxBounds(this.bounds.pad(0.3));
    }

    goHome() {
      this.wasMoved = false;
      this.fit();
    }

    know(feature, layer) {
      const code = feature.properties.code;
      this.byCode.set(code, layer);
      // The component asks every clicked layer for its GeoJSON: the code is enough.
      layer.toGeoJSON = () => this.chosen || null;
      this.listen(layer, () => this.linesOf(code), feature.properties.hole ? null : code);
    }

    /* Pointer, finger and keyboard on an area or a point. */
    listen(layer, lines, code) {
      layer.on("mouseover mousemove", (event) => {
        this.showTooltip(lines(), event.containerPoint);
        this.emphasise(layer);
      });
      layer.on("mouseout", () => { this.hideTooltip(); this.emphasise(null); });
      if (code !== null) layer.on("click", () => this.choose(code));
      layer.on("add", () => this.makeReachable(layer, lines, code));
    }

    makeReachable(layer, lines, code) {
      const path = layer.getElement();
      if (!path || code === null) return;
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      path.dataset.code = code;
      path.addEventListener("focus", () => {
        if (!path.matches(":focus-visible")) return;
        this.showTooltip(lines(), this.map.latLngToContainerPoint(this.middleOf(layer)));
        this.emphasise(layer);
      });
      path.addEventListener("blur", () => { this.hideTooltip(); this.emphasise(null); });
      path.addEventListener("keydown", (event) => this.onKey(event, path, code));
    }

    onKey(event, path, code) {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (event.key === "Enter" || event.key === " ") this.choose(code);
      else if (event.key in steps) this.step(path, steps[event.key]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    step(path, by) {
      const paths = this.reachable();
      const next = paths[(paths.indexOf(path) + by + paths.length) % paths.length];
      path.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    }

    reachable() {
      return Array.from(this.container.querySelectorAll("path[data-code]"));
    }

    middleOf(layer) {
      if (layer.getLatLng) return layer.getLatLng();
      const { x, y } = layer.feature.properties;
      return x === undefined ? layer.getCenter() : L.latLng(y, x);
    }

    linesOf(code) {
      const area = this.message && this.message.areas[code];
      if (area) return area.slice(2);
      const name = this.byCode.get(code).feature.properties.name;
      return this.message ? [name, this.message.words.hole] : [name];
    }

    /* Tells the page at once: the component itself would wait a quarter of a second. */
    choose(code) {
      this.chosen = { type: "Feature", properties: { code: code, click: Date.now() }, geometry: null };
      const state = window.__GLOBAL_DATA__;
      if (!state || !window.Streamlit) return;
      state.last_active_drawing = this.chosen;
      state.previous_data = { last_active_drawing: this.chosen };
      window.Streamlit.setComponentValue(state.previous_data);
    }

    /* The page's answer to what is chosen; the reader's next choice is painted before it comes. */
    paint(message) {
      this.ahead = this.ahead || window.paintAhead((shown) => { this.message = shown; this.draw(); });
      this.ahead.hear(message);
    }

    draw() {
      if (!this.message) return;
      this.useTheme();
      this.useWords();
      if (this.hasFailed) this.showFailure();
      if (!this.byCode.size) return;
      this.outlines.clearLayers();
      this.byCode.forEach((layer, code) => this.paintArea(layer, code));
      this.drawPoints();
      this.outlineSelected();
      this.drawNames();
      this.letTabIn();
      this.container.dataset.painted = Number(this.container.dataset.painted || 0) + 1;
    }

    paintArea(layer, code) {
      const area = this.message.areas[code];
      const isHole = Boolean(layer.feature.properties.hole);
      const [fill, texture, outline] = this.message.looks[area ? area[0] : isHole ? 0 : 1];
      layer.setStyle({
        color: this.message.theme.ground,
        weight: BORDER,
        fillColor: this.filling(fill, texture),
        fillOpacity: 1,
      });
      const path = layer.getElement();
      if (path) {
        if (isHole) path.setAttribute("role", "img"); // a name needs a role; the others are buttons
        path.setAttribute("aria-label", this.linesOf(code).join(". "));
      }
      if (outline === "dotted") this.trace(layer, this.outlines, { weight: 2.4, dashArray: DOTTED });
    }

    trace(layer, group, style) {
      L.polygon(layer.getLatLngs(), {
        pane: group === this.highlight ? "highlight" : "outlines",
        interactive: false,
        fill: false,
        color: this.message.theme.ink,
        ...style,
      }).addTo(group);
    }

    outlineSelected() {
      const layer = this.byCode.get(this.message.selected);
      if (layer) this.trace(layer, this.outlines, { weight: STRONG_BORDER });
    }

    emphasise(layer) {
      if (layer === this.emphasised) return;
      this.emphasised = layer;
      this.highlight.clearLayers();
      if (layer && !layer.getLatLng && this.message) {
        this.trace(layer, this.highlight, { weight: STRONG_BORDER - 0.5 });
      }
    }

    /* A plain colour, or the address of a pattern that lays a texture over it. */
    filling(fill, texture) {
      if (!texture) return fill || "none";
      const ink = texture === "hatch" ? this.message.theme.grey : this.message.theme.ground;
      const id = ["texture", texture, fill, ink].join("-").replaceAll("#", "");
      if (!document.getElementById(id)) this.addPattern(id, { fill, texture, ink });
      return `url(#${id})`;
    }

    addPattern(id, { fill, texture, ink }) {
      const size = { width: TILE, height: TILE };
      const pattern = element("pattern", { id, patternUnits: "userSpaceOnUse", ...size }, this.patterns);
      element("rect", { fill, ...size }, pattern);
      TEXTURES[texture].forEach(([name, shape]) => {
        const colour = name === "circle" ? { fill: ink } : { stroke: ink, fill: "none" };
        element(name, { ...colour, ...shape }, pattern);
      });
    }

    drawPoints() {
      this.points.clearLayers();
      this.message.points.forEach(([place, latitude, longitude, radius, look, shape, ...lines]) => {
        const [fill, , outline] = this.message.looks[look];
        const isDotted = outline === "dotted";
        const sign = new SignMarker([latitude, longitude], {
          pane: "points",
          radius: radius,
          corners: this.message.shapes[shape],
          color: isDotted || !fill ? this.message.theme.ink : this.message.theme.ground,
          weight: isDotted ? 2.2 : 1.5,
          dashArray: isDotted ? "0.1 4" : fill ? null : "3 3",
          fillColor: fill || this.message.theme.ground,
          fillOpacity: fill ? 0.78 : 0.5,
        });
        sign.toGeoJSON = () => this.chosen || null;
        this.listen(sign, () => lines, place);
        sign.addTo(this.points);
        sign.getElement().setAttribute("aria-label", lines.join(". "));
      });
    }

    drawNames() {
      this.names.clearLayers();
      this.byCode.forEach((layer, code) => {
        const area = this.message.areas[code];
        const words = area ? area[1] : layer.feature.properties.hole ? layer.feature.properties.name : "";
        if (words) this.addName(layer, words, !area);
      });
      this.placeNames();
    }

    addName(layer, words, isHole) {
      const text = document.createElement("span");
      text.textContent = words;
      const icon = L.divIcon({ className: isHole ? "area-name is-hole" : "area-name", html: text, iconSize: null });
      const { _northEast: high, _southWest: low } = layer.getBounds();
      const room = (high.lat - low.lat) * (high.lng - low.lng);
      L.marker(this.middleOf(layer), { icon, room, pane: "names", interactive: false, keyboard: false })
        .addTo(this.names);
    }

    /* Names that would lie on another one or be cut off are hidden; larger areas go first. */
    placeNames() {
      const markers = this.names.getLayers().sort((a, b) => b.options.room - a.options.room);
      const taken = [];
      markers.forEach((marker) => { marker.getElement().hidden = false; });
      const frame = this.container.getBoundingClientRect();
      const boxes = new Map(markers.map((m) => [m, m.getElement().firstChild.getBoundingClientRect()]));
      markers.forEach((marker) => {
        const box = boxes.get(marker);
        const isInside = box.left >= frame.left && box.right <= frame.right;
        const isFree = isInside && taken.every((other) => box.right < other.left || box.left > other.right
          || box.bottom < other.top || box.top > other.bottom);
        if (isFree) taken.push(box);
        marker.getElement().hidden = !isFree;
      });
    }

    /* One stop of the tab key for the whole map; arrow keys go from area to area. */
    letTabIn() {
      const paths = this.reachable();
      if (!paths.length || paths.some((path) => path.getAttribute("tabindex") === "0")) return;
      const start = paths.find((path) => path.dataset.code === this.message.selected) || paths[0];
      start.setAttribute("tabindex", "0");
    }

    useTheme() {
      Object.entries(this.message.theme).forEach(([name, value]) => {
        this.container.style.setProperty(`--${name}`, value);
      });
      document.documentElement.style.colorScheme = this.message.theme.name;
      document.body.style.background = this.message.theme.ground;
    }

    useWords() {
      const { language, map, home, zoomIn, zoomOut } = this.message.words;
      if (language) document.documentElement.lang = language;
      this.container.setAttribute("aria-label", map);
      this.nameFrame(map);
      this.name(".area-map-home", home);
      this.name(".leaflet-control-zoom-in", zoomIn);
      this.name(".leaflet-control-zoom-out", zoomOut);
    }

    /* The frame is called after the component; readers of the page hear what the map shows. */
    nameFrame(words) {
      document.title = words;
      if (window.frameElement) window.frameElement.setAttribute("aria-label", words);
      const view = document.querySelector("meta[name=viewport]");
      if (view) view.content = "width=device-width, initial-scale=1";
    }

    name(selector, words) {
      const button = this.container.querySelector(selector);
      if (!button) return;
      button.title = words;
      button.setAttribute("aria-label", words);
    }

    showFailure() {
      this.failure = this.failure || division("area-map-failure", this.container);
      this.failure.setAttribute("role", "alert");
      this.failure.textContent = this.message.words.failed;
    }

    showTooltip(lines, at) {
      this.tooltip.replaceChildren(...lines.map((line) => {
        const row = document.createElement("div");
        row.textContent = line;
        return row;
      }));
      this.tooltip.classList.add("is-shown");
      const { offsetWidth: width, offsetHeight: height } = this.tooltip;
      const room = this.map.getSize();
      const left = at.x + 16 + width < room.x ? at.x + 16 : at.x - 16 - width;
      const top = Math.min(Math.max(4, at.y - height / 2), room.y - height - 4);
      this.tooltip.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
    }

    hideTooltip() {
      this.tooltip.classList.remove("is-shown");
    }
  }

  window.mountAreaMap = function (map, options) {
    map.areaMap = new AreaMap(map, options);
  };
})();
