// What is shown: tab, mode, selection, filters, zoom; kept in location.hash, so a link, a reload and the back button agree.
import {M, idOf, nodeIndex, finding, name} from "./model.js";

/** @typedef {import("./model.js").Filter} Filter */
/**
 * A node by its index, a finding by its id, a pair of partners by their indexes as "2-5", smaller first.
 * @typedef {{kind: "node", id: number}|{kind: "finding", id: string}|{kind: "pair", id: string}} Selection
 */
/**
 * `mode` is the map's (map, partners or cascade; "": its own choice), `sub` what a tab shows within itself, by tab;
 * `open` the partners opened in place; `path` two nodes whose shortest path is drawn; `large` the large-type mode.
 * @typedef {{tab: string, mode: string, sub: {[tab: string]: string}, selection: Selection|null, path: [number, number]|null, open: number[], filter: Filter, zoom: {x: number, y: number, k: number}|null, group: string, theme: string, large: boolean}} State
 */

/** No filter at all. @returns {Filter} */
export function noFilter() { return {severity: [], family: [], rule: [], partner: [], text: "", status: ""}; }

/** @returns {State} */
function initial() {
  return {tab: "overview", mode: "", sub: {}, selection: null, path: null, open: [], filter: noFilter(), zoom: null, group: "severity", theme: "auto", large: false};
}

/** @type {{state: State, undo: Filter[], written: string}} */
const held = {state: initial(), undo: [], written: ""};
/** @type {((state: State, changed: Set<string>) => void)[]} */
const listeners = [];
/** What makes a step that the back button undoes; the rest replaces the present one. */
const STEPS = ["tab", "mode", "sub", "selection", "path", "open"];

/** The state; not to be changed but by `set`. @returns {State} */
export function get() { return held.state; }

/** Call `run` after each change. @param {(state: State, changed: Set<string>) => void} run */
export function subscribe(run) { listeners.push(run); }

/** Change some keys of the state; who listens hears which. @param {Partial<State>} patch */
export function set(patch) { change(patch, true); }

/** Change some of the filters, the others stay. @param {Partial<Filter>} patch */
export function setFilter(patch) { set({filter: {...held.state.filter, ...patch}}); }

/** @param {Partial<State>} patch @param {boolean} write */
function change(patch, write) {
  const before = held.state, after = {...before, ...patch};
  /** @type {Set<string>} */
  const changed = new Set();
  for (const key of /** @type {(keyof State)[]} */ (Object.keys(patch))) if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed.add(key);
  if (!changed.size) return;
  held.state = after;
  if (changed.has("filter") && write) remember(before.filter, after.filter);
  if (write) writeHash(STEPS.some(key => changed.has(key)));
  for (const run of listeners) run(after, changed);
}

/** Typing is one step, however many letters. @param {Filter} before @param {Filter} after */
function remember(before, after) {
  const last = held.undo[held.undo.length - 1];
  const typed = (/** @type {Filter} */ a, /** @type {Filter} */ b) => JSON.stringify({...a, text: ""}) === JSON.stringify({...b, text: ""});
  if (!(last && typed(last, before) && typed(before, after))) held.undo.push(before);
}

/** Undo by Esc: first the path, then the selection, then the filters step by step. @returns {boolean} whether there was anything. */
export function undo() {
  const {path, selection, filter} = held.state;
  if (path) change({path: null}, true);
  else if (selection) change({selection: null}, true);
  else if (JSON.stringify(filter) !== JSON.stringify(noFilter())) {
    const back = held.undo.pop() || noFilter();
    change({filter: back}, false);
    writeHash(false);
  } else return false;
  return true;
}

/** Several parts in one text; a part may hold anything. @param {string[]} parts @returns {string} */
function join(parts) { return parts.map(part => encodeURIComponent(part).replace(/~/g, "%7E")).join("~"); }
/** @param {string} text @returns {string[]} */
function split(text) {
  try { return text.split("~").map(decodeURIComponent); } catch { return []; }
}
/** @param {number} p @returns {string} */
function partnerKey(p) { return p < 0 ? "" : idOf(M.data.partners[p].node); }
/** @param {string} key @returns {number} */
function partnerAt(key) {
  const i = nodeIndex(key);
  return M.data.partners.findIndex((/** @type {{node: number}} */ partner) => partner.node === i && i >= 0);
}

/** The state as the hash says it; what is as at the start is left out. @returns {string} */
export function hashOf() {
  const {tab, mode, sub, selection, path, open, filter, zoom, group} = held.state;
  /** @type {[string, string][]} */
  const parts = [["tab", tab]];
  if (mode) parts.push(["mode", join([mode])]);
  for (const key of Object.keys(sub).sort()) if (sub[key]) parts.push(["sub." + key, join([sub[key]])]);
  if (selection && selection.kind === "node") parts.push(["node", join([idOf(selection.id)])]);
  if (selection && selection.kind === "finding") parts.push(["finding", join([selection.id])]);
  if (selection && selection.kind === "pair") parts.push(["pair", join(selection.id.split("-").map(p => partnerKey(Number(p))))]);
  if (path) parts.push(["path", join(path.map(idOf))]);
  if (open.length) parts.push(["open", join(open.map(partnerKey))]);
  for (const key of /** @type {const} */ (["severity", "family", "rule"])) if (filter[key].length) parts.push([key, join(filter[key])]);
  if (filter.partner.length) parts.push(["partner", join(filter.partner.map(partnerKey))]);
  if (filter.text) parts.push(["text", join([filter.text])]);
  if (filter.status) parts.push(["status", join([filter.status])]);
  if (zoom) parts.push(["zoom", [zoom.x, zoom.y, zoom.k].map(value => Number(value.toPrecision(5))).join("~")]);
  if (group !== "severity") parts.push(["group", join([group])]);
  return "#" + parts.map(([key, value]) => `${key}=${value}`).join("&");
}

/** @param {boolean} step */
function writeHash(step) {
  const hash = hashOf();
  if (hash === held.written) return;
  held.written = hash;
  try {
    if (step) history.pushState(null, "", hash); else history.replaceState(null, "", hash);
  } catch { /* A frame without an address of its own (a notebook) goes without links. */ }
}

/** What a hash says; what it does not know or cannot find is left out. @param {string} hash @returns {Partial<State>} */
export function readHash(hash) {
  const said = {...initial(), theme: held.state.theme, large: held.state.large};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, text] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    const values = split(text), first = values[0] || "";
    if (key === "tab") said.tab = first;
    else if (key === "mode") said.mode = first;
    else if (/^sub\.[a-z]+$/.test(key)) said.sub = {...said.sub, [key.slice(4)]: first};
    else if (key === "node" && nodeIndex(first) >= 0) said.selection = {kind: "node", id: nodeIndex(first)};
    else if (key === "finding" && finding(first)) said.selection = {kind: "finding", id: first};
    else if (key === "pair" && values.length === 2 && values.every(one => partnerAt(one) >= 0)) said.selection = {kind: "pair", id: values.map(partnerAt).join("-")};
    else if (key === "path" && values.length === 2 && values.every(one => nodeIndex(one) >= 0)) said.path = [nodeIndex(values[0]), nodeIndex(values[1])];
    else if (key === "open") said.open = values.map(partnerAt).filter(p => p >= 0);
    else if (key === "severity" || key === "family" || key === "rule") said.filter[key] = values;
    else if (key === "partner") said.filter.partner = values.map(partnerAt).filter((p, at) => p >= 0 || values[at] === "");
    else if (key === "text") said.filter.text = first;
    else if (key === "status") said.filter.status = first;
    else if (key === "group" && ["rule", "partner"].includes(first)) said.group = first;
    else if (key === "zoom" && values.length === 3 && values.every(one => Number.isFinite(Number(one)))) said.zoom = {x: Number(values[0]), y: Number(values[1]), k: Number(values[2])};
  }
  return said;
}

/** Follow the address from now on: what it says now, the back button, a link within the page. */
export function follow() {
  const read = () => {
    if (location.hash === held.written) return;
    held.written = location.hash;
    held.undo = [];
    change(readHash(location.hash), false);
  };
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  read();
}

/** The selection in words. @returns {string} */
export function selectionWords() {
  const {selection} = held.state;
  if (!selection) return "Nothing selected";
  if (selection.kind === "node") return name(selection.id);
  if (selection.kind === "pair") return selection.id.split("-").map(p => name(M.data.partners[Number(p)].node)).join(" and ");
  const f = finding(selection.id);
  return f ? `${f.rule} ${f.message}` : "";
}
