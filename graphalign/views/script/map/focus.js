// What a selection or a filter keeps in sight: its marks, partners and relationships; all else fades under a veil.
import {M, label, partnerOf, edgesOf, otherEnd, finding, subjects, shortestPath} from "../model.js";
import {noFilter} from "../state.js";
import {pairKey} from "./types.js";
import {line, discOf, regionFor} from "./scene.js";
import {guest} from "./partners.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Focus} Focus */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../model.js").Finding} Finding */

/** So many neighbours in closed partners are shown as guests. */
const MOST_GUESTS = 60, MOST_LINES = 400, MOST_TALKS = 80;
const LINE_KINDS = /** @type {{[type: string]: string}} */ ({ACCOUNTABLE_FOR: "accountable", CONTRIBUTES_TO: "contributes", DEPENDS_ON: "depends", CONFLICTS_WITH: "conflict"});

/** @param {boolean} soft @returns {Focus} */
function emptyFocus(soft) { return {soft, marks: new Set(), main: new Set(), lines: [], regions: new Set(), pairs: new Set(), spokes: new Set()}; }

/** Whether any filter is set. @param {State} state @returns {boolean} */
export function filtered(state) { return JSON.stringify(state.filter) !== JSON.stringify(noFilter()); }

/** What the state keeps in sight; null for all. @param {Scene} scene @param {State} state @param {Finding[]} shown @returns {Focus|null} */
export function focusOf(scene, state, shown) {
  const {selection, path} = state;
  if (path) return pathFocus(scene, shortestPath(path[0], path[1]) || path);
  if (selection && selection.kind === "node") return nodeFocus(scene, selection.id);
  if (selection && selection.kind === "pair") return pairFocus(scene, selection.id);
  const chosen = selection && selection.kind === "finding" ? finding(selection.id) : null;
  if (chosen) return subjectsFocus(scene, subjects(chosen));
  return filtered(state) ? filterFocus(scene, state, shown) : null;
}

/** The mark of a node, a guest where its partner is closed, or null; a partner is kept as a disc. @param {Scene} scene @param {Focus} focus @param {Map<number, Mark>} guests @param {number} i @returns {Mark|null} */
function keep(scene, focus, guests, i) {
  if (label(i) === "Partner" && !scene.at.has(i)) { focus.regions.add(regionFor(partnerOf(i))); return null; }
  let mark = scene.at.get(i) || guests.get(i) || null;
  if (!mark && guests.size < MOST_GUESTS) {
    mark = guest(scene, i, guests.size);
    if (mark) guests.set(i, mark);
  }
  const disc = discOf(i);
  if (disc !== undefined) focus.regions.add(disc);
  if (mark) focus.marks.add(mark);
  return mark;
}

/** @param {Scene} scene @param {Focus} focus @param {number} e @param {Mark|null} a @param {Mark|null} b */
function tie(scene, focus, e, a, b) {
  if (!a || !b || a === b || focus.lines.length >= MOST_LINES) return;
  focus.lines.push(line(scene, e, LINE_KINDS[M.data.types[M.data.edges.type[e]]] || "other", a, b));
}

/** @param {Scene} scene @param {number} i @returns {Focus} */
function nodeFocus(scene, i) {
  const focus = emptyFocus(false), guests = new Map();
  if (label(i) === "Partner" && !scene.at.has(i)) return partnerFocus(scene, regionFor(partnerOf(i)));
  const own = keep(scene, focus, guests, i);
  if (own) focus.main.add(own);
  for (const e of edgesOf(i)) {
    const other = otherEnd(e, i);
    if (label(other) === "Partner" && !scene.at.has(other)) {
      const disc = regionFor(partnerOf(other));
      focus.regions.add(disc);
      for (const spoke of scene.spokes) if (spoke.mark === own && spoke.p === disc) focus.spokes.add(spoke);
      continue;
    }
    const mark = keep(scene, focus, guests, other);
    if (M.data.edges.source[e] === i) tie(scene, focus, e, own, mark); else tie(scene, focus, e, mark, own);
  }
  return focus;
}

/** @param {Scene} scene @param {number} p @returns {Focus} */
function partnerFocus(scene, p) {
  const focus = emptyFocus(false);
  focus.regions.add(p);
  for (const mark of scene.marks) if (discOf(mark.i) === p || (mark.kind === "shared" && mark.parts.includes(p))) focus.marks.add(mark);
  for (const spoke of scene.spokes) if (spoke.p === p) focus.spokes.add(spoke);
  for (const one of [...scene.ties, ...scene.silent]) if (one.a === p || one.b === p) focus.pairs.add(pairKey(one.a, one.b));
  for (const one of scene.lines) if (discOf(one.a.i) === p || discOf(one.b.i) === p) { focus.lines.push(one); focus.marks.add(one.a); focus.marks.add(one.b); }
  return focus;
}

/** @param {Scene} scene @param {number[]} about @returns {Focus} */
function subjectsFocus(scene, about) {
  const focus = emptyFocus(false), guests = new Map(), all = new Set(about);
  const marks = new Map(about.map(i => [i, keep(scene, focus, guests, i)]));
  for (const mark of marks.values()) if (mark) focus.main.add(mark);
  for (const i of about) for (const e of edgesOf(i)) {
    const {source, target} = M.data.edges;
    if (source[e] === i && all.has(target[e])) tie(scene, focus, e, marks.get(i) || null, marks.get(target[e]) || null);
  }
  const partners = about.filter(i => label(i) === "Partner").map(i => regionFor(partnerOf(i)));
  partners.forEach((a, at) => partners.slice(at + 1).forEach(b => focus.pairs.add(pairKey(a, b))));
  for (const spoke of scene.spokes) if (partners.includes(spoke.p) && focus.main.has(spoke.mark)) focus.spokes.add(spoke);
  return focus;
}

/** Who of two partners talks with whom, where both are drawn. @param {Scene} scene @param {Focus} focus @param {number} a @param {number} b */
function talk(scene, focus, a, b) {
  const {type, source, target} = M.data.edges || {type: [], source: [], target: []}, kind = M.data.types.indexOf("COMMUNICATES_WITH"), seen = new Set();
  for (let e = 0; e < type.length && seen.size < MOST_TALKS; e++) {
    if (type[e] !== kind) continue;
    const from = scene.at.get(source[e]), to = scene.at.get(target[e]);
    if (!from || !to || seen.has(pairKey(from.i, to.i))) continue;
    const [p, q] = [discOf(from.i), discOf(to.i)];
    if (!((p === a && q === b) || (p === b && q === a))) continue;
    seen.add(pairKey(from.i, to.i));
    focus.marks.add(from).add(to);
    tie(scene, focus, e, from, to);
  }
}

/** @param {Scene} scene @param {string} id @returns {Focus} */
function pairFocus(scene, id) {
  const focus = emptyFocus(false), [a, b] = id.split("-").map(p => regionFor(Number(p)));
  focus.regions.add(a).add(b);
  focus.pairs.add(pairKey(a, b));
  for (const mark of scene.marks) if (mark.kind === "shared" && mark.parts.includes(a) && mark.parts.includes(b)) focus.marks.add(mark);
  for (const spoke of scene.spokes) if (focus.marks.has(spoke.mark) && (spoke.p === a || spoke.p === b)) focus.spokes.add(spoke);
  for (const one of scene.lines) {
    const from = discOf(one.a.i), to = discOf(one.b.i);
    if ((from === a && to === b) || (from === b && to === a)) { focus.lines.push(one); focus.marks.add(one.a); focus.marks.add(one.b); }
  }
  talk(scene, focus, a, b);
  return focus;
}

/** @param {Scene} scene @param {number[]} path @returns {Focus} */
function pathFocus(scene, path) {
  const focus = emptyFocus(false), guests = new Map();
  const marks = path.map(i => keep(scene, focus, guests, i));
  for (const mark of marks) if (mark) focus.main.add(mark);
  path.slice(1).forEach((i, at) => {
    for (const e of edgesOf(i)) if (otherEnd(e, i) === path[at]) {
      if (M.data.edges.source[e] === i) tie(scene, focus, e, marks[at + 1], marks[at]); else tie(scene, focus, e, marks[at], marks[at + 1]);
    }
  });
  return focus;
}

/** @param {Scene} scene @param {State} state @param {Finding[]} shown @returns {Focus} */
function filterFocus(scene, state, shown) {
  const focus = emptyFocus(true);
  for (const f of shown) for (const i of subjects(f)) {
    const mark = scene.at.get(i), disc = discOf(i);
    if (mark) focus.marks.add(mark);
    if (disc !== undefined) focus.regions.add(disc);
  }
  const discs = new Set(state.filter.partner.map(p => (p < -1 ? M.data.map.regions.findIndex((/** @type {{partner: number}} */ one) => one.partner === p) : regionFor(p))));
  if (discs.size) {
    for (const disc of discs) focus.regions.add(disc);
    for (const mark of scene.marks) { const disc = discOf(mark.i); if (disc !== undefined && discs.has(disc)) focus.marks.add(mark); }
  }
  for (const one of scene.lines) if (focus.marks.has(one.a) && focus.marks.has(one.b)) focus.lines.push(one);
  // What a few findings are about is joined by whatever relates it.
  const drawn = new Set(focus.lines.map(one => one.e));
  if (shown.length <= MOST_TALKS) for (const f of shown) {
    const about = new Set(subjects(f));
    for (const i of about) for (const e of edgesOf(i)) if (M.data.edges.source[e] === i && about.has(M.data.edges.target[e]) && !drawn.has(e)) {
      drawn.add(e);
      tie(scene, focus, e, scene.at.get(i) || null, scene.at.get(M.data.edges.target[e]) || null);
    }
  }
  for (const spoke of scene.spokes) if (focus.marks.has(spoke.mark) && (!discs.size || discs.has(spoke.p))) focus.spokes.add(spoke);
  return focus;
}
