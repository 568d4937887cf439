// The Map tab: puts the canvas, its legend and its buttons together and keeps them to the state.
import {M, label, findingsOf, visible, partnerOf} from "../model.js";
import {el, clear, debounce, download, say} from "../dom.js";
import {get, set} from "../state.js";
import {register} from "../tabs.js";
import {MAP_MODES, MANY_NODES, pairKey} from "./types.js";
import {readPalette} from "./palette.js";
import {mapScene, cascadeScene, emptyScene, modeRefused, discOf, regionFor} from "./scene.js";
import {partnersScene, openRefused} from "./partners.js";
import {placeBadges} from "./badges.js";
import {focusOf, filtered} from "./focus.js";
import {hitAt} from "./hit.js";
import {byImportance} from "./labels.js";
import {pictureWords, shownMark} from "./paint.js";
import {makeStage} from "./stage.js";
import {makeTooltip} from "./tooltip.js";
import {fillLegend} from "./legend.js";
import {regionPartner} from "./titles.js";
import {listenToKeys, KEY_HELP} from "./keys.js";
import {mapPicture} from "./picture.js";

/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Hit} Hit */
/** @typedef {import("./paint.js").View} View */
/** @typedef {import("../state.js").State} State */

const REBUILD = ["mode", "open"], REFOCUS = [...REBUILD, "selection", "path", "filter"];
const mapTab = {
  /** @type {ReturnType<typeof makeParts>|null} */
  parts: null,
  /** @type {string|null} */
  zoom: null,
  /** @type {Hit} */
  last: null,
  shown: "",
  ownClick: false,
};

/** The mode that is shown: the one asked for where it can be drawn, else its own choice by size. @param {State} state @returns {string} */
export function effectiveMode(state) {
  const known = MAP_MODES.some(([id]) => id === state.mode) ? state.mode : M.count > MANY_NODES ? "partners" : "map";
  return modeRefused(known) ? "partners" : known;
}

/** @param {HTMLElement} container */
function makeParts(container) {
  const legend = el("aside", {class: "map-legend", id: "map-legend", "aria-label": "Legend of the map"}), place = el("div", {class: "map-stage"}), words = el("p", {class: "map-words", id: "map-words"});
  const modes = el("div", {class: "map-modes", role: "group", "aria-label": "What the map shows"}, ...MAP_MODES.map(([id, word, what]) => el("button", {type: "button", "data-mode": id, title: what, text: word, on: {click: () => chooseMode(id)}})));
  const button = (/** @type {string} */ text, /** @type {string} */ what, /** @type {() => void} */ run, /** @type {string} */ kind) => el("button", {type: "button", class: `map-button map-${kind}`, title: what, "aria-label": text.length > 1 ? `${text}: ${what.toLowerCase()}` : what, text, on: {click: run}});
  const sheet = el("button", {type: "button", class: "map-button map-sheet", "aria-expanded": "false", "aria-controls": "map-legend", text: "Legend", on: {click: () => { sheet.setAttribute("aria-expanded", String(container.classList.toggle("map-legend-open"))); }}});
  const note = el("p", {class: "map-note", role: "status", hidden: true});
  const tools = el("div", {class: "map-tools"}, button("+", "Zoom in", () => zoomBy(1.35), "in"), button("−", "Zoom out", () => zoomBy(1 / 1.35), "out"), button("Fit", "Show the whole", () => { mapTab.parts?.stage.fit(true); wrote(); }, "fit"), button("PNG", "Save the map as a picture", savePicture, "png"));
  clear(container).append(legend, el("div", {class: "map-field"}, place, el("div", {class: "map-bar"}, sheet, modes, tools), note, words));
  container.classList.add("map-tab");
  /** @type {View} */
  const view = {
    scene: emptyScene("map"), camera: {k: 1, tx: 0, ty: 0, w: 1, h: 1}, palette: readPalette(place), badges: {marks: new Map(), lines: new Map(), pairs: new Map(), regions: new Map()}, focus: null,
    hidden: {kinds: new Set(), lines: new Set()}, hover: null, cursor: null, ordered: [], titles: [], silences: [], spots: [],
  };
  const stage = makeStage(place, view, {click: clicked, double: doubled, moved: () => wrote()});
  stage.holder.setAttribute("tabindex", "0");
  stage.holder.setAttribute("role", "application");
  stage.holder.setAttribute("aria-roledescription", "map");
  stage.holder.setAttribute("aria-describedby", "map-words");
  stage.holder.firstElementChild?.setAttribute("tabindex", "-1");
  const tip = makeTooltip(place);
  const parts = {container, legend, place, words, modes, note, view, stage, tip};
  listenToMouse(parts);
  listenToKeys(stage, view, {select: one => choose("w" in one ? {kind: "region", region: one} : {kind: "mark", mark: one}), toggle: one => toggleOpen("w" in one ? one.p : discOf(one.i)), start: firstMark, zoom: zoomBy, moved: () => wrote()});
  new ResizeObserver(() => resized()).observe(place);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  /** @type {any} */ (container).picture = told(view, stage);
  return parts;
}

/** What a script may ask of the picture: where a node stands in the window, what is selected, where the names are. @param {View} view @param {ReturnType<typeof makeStage>} stage */
function told(view, stage) {
  return {
    /** @param {number} i */
    whereIs(i) {
      const {k, tx, ty} = stage.camera(), {scene, focus} = view, box = stage.canvas().getBoundingClientRect();
      const one = scene.at.get(i) || [...(focus ? focus.marks : [])].find(mark => mark.i === i) || (label(i) === "Partner" ? scene.region.get(regionFor(partnerOf(i))) : undefined);
      return one ? {x: box.left + one.x * k + tx, y: box.top + one.y * k + ty, r: one.r * k} : null;
    },
    selected: () => (view.focus ? [...new Set([...view.focus.main].flatMap(mark => mark.members).concat([...view.focus.regions].filter(p => regionPartner(p) >= 0).map(p => M.data.partners[regionPartner(p)].node)))] : []),
    redraw: () => stage.redraw(),
    names: () => view.titles.filter(title => !title.slanted).map(title => ({name: title.lines.join(" "), box: title.box, inside: title.inside})),
  };
}

/** @param {ReturnType<typeof makeParts>} parts */
function listenToMouse({place, view, stage, tip}) {
  let waiting = false;
  place.addEventListener("pointermove", event => {
    if (waiting || event.buttons) { if (event.buttons) tip.hide(); return; }
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = stage.canvas().getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
      const hit = event.pointerType === "touch" ? null : hitAt(view, x, y), before = JSON.stringify(hitKey(view.hover));
      view.hover = hit;
      place.classList.toggle("map-pointing", !!hit);
      if (hit) tip.show(hit, x, y); else tip.hide();
      if (before !== JSON.stringify(hitKey(hit))) stage.redraw();
    });
  });
  place.addEventListener("pointerleave", () => { tip.hide(); if (view.hover) { view.hover = null; stage.redraw(); } });
}

/** @param {Hit} hit @returns {unknown} */
function hitKey(hit) {
  return hit && (hit.kind === "mark" ? hit.mark.i : hit.kind === "region" ? `r${hit.region.p}` : hit.kind === "line" ? `l${hit.line.e}` : `p${hit.a}-${hit.b}`);
}

/** @param {number} x @param {number} y */
function clicked(x, y) {
  if (!mapTab.parts) return;
  const {view, stage, tip} = mapTab.parts;
  view.camera = stage.camera();
  mapTab.last = hitAt(view, x, y);
  tip.hide();
  choose(mapTab.last);
}

/** The second click of a double one means what the first met: a drawer may have moved the picture between them. */
function doubled() {
  const hit = mapTab.last;
  if (!mapTab.parts || !hit) return;
  const {view, stage} = mapTab.parts;
  if (hit.kind === "region" && view.scene.mode === "partners") toggleOpen(hit.region.p);
  else if (hit.kind === "region" && hit.region.r) { stage.moveTo(hit.region.x, hit.region.y, Math.min(view.camera.w, view.camera.h) / (2.4 * hit.region.r), true); wrote(); }
  else if (hit.kind === "mark" && view.scene.mode === "partners" && !hit.mark.guest) toggleOpen(discOf(hit.mark.i));
}

/** Select what was met; nothing met undoes the selection. @param {Hit} hit */
function choose(hit) {
  const {selection} = get();
  mapTab.ownClick = true;
  if (!hit) set({selection: null, path: null});
  else if (hit.kind === "mark") {
    // Goals that share one mark take turns.
    const {members} = hit.mark, turn = selection && selection.kind === "node" ? members.indexOf(selection.id) : -1;
    set({selection: {kind: "node", id: members[(turn + 1) % members.length]}, path: null});
  } else if (hit.kind === "region" && regionPartner(hit.region.p) >= 0) set({selection: {kind: "node", id: M.data.partners[regionPartner(hit.region.p)].node}, path: null});
  else if (hit.kind === "pair" && regionPartner(hit.a) >= 0 && regionPartner(hit.b) >= 0) set({selection: {kind: "pair", id: pairKey(regionPartner(hit.a), regionPartner(hit.b))}, path: null});
  else if (hit.kind === "line") {
    const found = findingsOf(hit.line.a.i).find(f => findingsOf(hit.line.b.i).includes(f));
    set({selection: found ? {kind: "finding", id: found.id} : {kind: "node", id: hit.line.a.i}, path: null});
  }
  mapTab.ownClick = false;
}

/** Open a partner in place, or close it. @param {number|undefined} p */
function toggleOpen(p) {
  if (p === undefined || !mapTab.parts || mapTab.parts.view.scene.mode !== "partners") return;
  const {open} = get(), refused = open.includes(p) ? "" : openRefused(p, open);
  tell(refused);
  if (!refused) set({open: open.includes(p) ? open.filter(one => one !== p) : [...open, p]});
}

/** @param {string} id */
function chooseMode(id) {
  const refused = modeRefused(id);
  tell(refused);
  if (!refused) set({mode: id, zoom: null});
}

/** A sentence on the map itself; "" takes it away. @param {string} sentence */
function tell(sentence) {
  if (!mapTab.parts) return;
  mapTab.parts.note.textContent = sentence;
  mapTab.parts.note.hidden = !sentence;
}

/** @param {number} factor */
function zoomBy(factor) {
  if (!mapTab.parts) return;
  const {k, tx, ty, w, h} = mapTab.parts.stage.camera();
  mapTab.parts.stage.moveTo((w / 2 - tx) / k, (h / 2 - ty) / k, Math.max(0.02, Math.min(8, k * factor)), true);
  wrote();
}

/** Where the keyboard starts: at the selection, else at the most important mark. @returns {Mark|Region|null} */
function firstMark() {
  if (!mapTab.parts) return null;
  const {view} = mapTab.parts, main = view.focus ? [...view.focus.main][0] : undefined;
  return main || view.ordered.find(one => shownMark(view, one)) || view.scene.regions[0] || null;
}

function savePicture() {
  if (!mapTab.parts) return;
  mapPicture(mapTab.parts.view).toBlob(blob => {
    if (blob) { download(`${M.data.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "map"}-map.png`, "image/png", blob); say("The map was saved as a picture."); }
  }, "image/png");
}

/** Write where the picture stands into the address, once it has come to rest; the whole is no zoom. */
const wrote = debounce(() => {
  if (!mapTab.parts || !mapTab.parts.container.offsetParent) return;
  const {k, tx, ty, w, h} = mapTab.parts.stage.camera(), whole = mapTab.parts.stage.fitted(), x = (w / 2 - tx) / k, y = (h / 2 - ty) / k;
  const zoom = Math.abs(k / whole.k - 1) < 0.02 && Math.hypot(x - whole.x, y - whole.y) * k < 6 ? null : {x: Number(x.toPrecision(5)), y: Number(y.toPrecision(5)), k: Number((k / whole.k).toPrecision(5))};
  mapTab.zoom = JSON.stringify(zoom);
  set({zoom});
}, 420);

/** Go where the state says, at once. @param {State["zoom"]} zoom @param {boolean} animated */
function goTo(zoom, animated) {
  if (!mapTab.parts) return;
  const {stage} = mapTab.parts;
  mapTab.zoom = JSON.stringify(zoom);
  if (zoom) stage.moveTo(zoom.x, zoom.y, Math.max(0.02, zoom.k * stage.fitted().k), animated); else stage.fit(animated);
}

/** Bring what is selected into sight, when some of it is not. */
function reveal() {
  if (!mapTab.parts) return;
  const {view, stage} = mapTab.parts, {focus, scene} = view;
  if (!focus || focus.soft) return;
  const main = focus.main.size ? [...focus.main] : scene.regions.filter(one => focus.regions.has(one.p));
  if (!main.length) return;
  const {k, tx, ty, w, h} = stage.camera(), side = (/** @type {Mark|Region} */ one, /** @type {number} */ at) => (at ? Math.max(one.r, "w" in one ? one.h / 2 : 0) : Math.max(one.r, "w" in one ? one.w / 2 : 0));
  const out = main.some(one => one.x * k + tx < 12 || one.y * k + ty < 12 || one.x * k + tx > w - 12 || one.y * k + ty > h - 12);
  if (!out) return;
  const x0 = Math.min(...main.map(one => one.x - side(one, 0))), x1 = Math.max(...main.map(one => one.x + side(one, 0))), y0 = Math.min(...main.map(one => one.y - side(one, 1))), y1 = Math.max(...main.map(one => one.y + side(one, 1)));
  stage.moveTo((x0 + x1) / 2, (y0 + y1) / 2, Math.max(stage.fitted().k * 0.6, Math.min(k, (w - 160) / Math.max(1, x1 - x0), (h - 140) / Math.max(1, y1 - y0))), true);
  wrote();
}

/** Whether the picture is clearly higher than wide. @returns {boolean} */
function isUpright() {
  const box = mapTab.parts ? mapTab.parts.place.getBoundingClientRect() : null;
  return !!box && box.height > 1.25 * box.width;
}

function resized() {
  if (!mapTab.parts || !mapTab.shown || !mapTab.parts.stage.resize()) return;
  updateMap(get(), new Set());
  goTo(get().zoom, false);
}

function repaint() {
  requestAnimationFrame(() => {
    if (!mapTab.parts) return;
    mapTab.parts.view.palette = readPalette(mapTab.parts.place);
    mapTab.parts.stage.redraw();
  });
}

/** @param {State} state @param {Set<string>} changed */
function updateMap(state, changed) {
  if (!mapTab.parts) return;
  const {view, stage, legend, words, modes, container} = mapTab.parts, mode = effectiveMode(state), upright = isUpright(), key = JSON.stringify([mode, mode === "partners" ? state.open : [], upright && mode !== "cascade"]), before = mapTab.shown;
  if (changed.has("theme") || changed.has("large") || !before) { view.palette = readPalette(mapTab.parts.place); repaint(); }
  stage.resize();
  if (key !== before) {
    view.scene = mode === "map" ? mapScene(upright) : mode === "cascade" ? cascadeScene() : partnersScene(state.open, upright);
    view.ordered = byImportance(view.scene.marks);
    view.hover = view.cursor = null;
    mapTab.shown = key;
    stage.show(view.scene.marks);
    for (const one of modes.children) one.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (one).dataset.mode === mode));
    container.dataset.mode = mode;
  }
  const shown = visible(state);
  if (key !== before || changed.has("filter")) view.badges = placeBadges(view.scene, shown, !filtered(state));
  if (key !== before || REFOCUS.some(one => changed.has(one))) {
    view.focus = focusOf(view.scene, state, shown);
  }
  if (key !== before || changed.has("filter")) {
    fillLegend(legend, view.scene, view.hidden, () => updateMap(get(), new Set(["filter"])));
    words.textContent = `${pictureWords(view)} ${KEY_HELP}`;
    stage.holder.setAttribute("aria-label", `Map of ${M.data.title}, ${mode === "map" ? "everyone" : mode}`);
  }
  if (key !== before || (changed.has("zoom") && JSON.stringify(state.zoom) !== mapTab.zoom)) goTo(state.zoom, before !== "" && key === before);
  stage.redraw();
  if (!mapTab.ownClick && (changed.has("selection") || changed.has("path") || key !== before)) reveal();
}

register({id: "map", title: "Map", mount(container) { mapTab.parts = makeParts(container); }, update: updateMap, resize: resized, png: () => (mapTab.parts ? mapPicture(mapTab.parts.view).toDataURL("image/png") : null)});
