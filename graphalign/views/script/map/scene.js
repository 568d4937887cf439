// What is drawn of the whole alliance: marks, partners and lines of the Map and of the Cascade, from the places the page brings.
import {M, label, partnerOf, partnersOf, properties, edgeCount} from "../model.js";
import {MOST_MARKS, pairKey} from "./types.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Line} Line */

/** The page's kinds of marks in the words used here. */
const SHAPES = /** @type {{[kind: string]: string}} */ ({"shared goal": "shared", goal: "goal", "key person": "person", person: "person", group: "group", responsibility: "responsibility", KPI: "kpi", partner: "partner"});
const DRAWN = /** @type {{[type: string]: string}} */ ({ACCOUNTABLE_FOR: "accountable", CONTRIBUTES_TO: "contributes", DEPENDS_ON: "depends", CONFLICTS_WITH: "conflict"});
const LIFT = 34;
/** Statuses of what is over: drawn pale. */
const PALE = ["done", "dropped", "left"];
const mapFacts = {/** @type {any} */ data: null, /** @type {Set<number>} */ shared: new Set(), drawn: 0};

/** What the map says once, for all modes. */
function once() {
  if (mapFacts.data === M.data) return;
  mapFacts.data = M.data;
  mapFacts.shared = new Set(M.data.map.shared);
  mapFacts.drawn = M.data.map.x.filter((/** @type {number|null} */ at) => at !== null).length;
}

/** How many marks the whole map has. @returns {number} */
export function drawnCount() { once(); return mapFacts.drawn; }
/** Why a mode cannot be drawn; "" where it can. @param {string} mode @returns {string} */
export function modeRefused(mode) {
  if (mode === "partners") return "";
  const count = drawnCount();
  if (mode === "map" && count > MOST_MARKS) return `The map of everyone is drawn up to ${MOST_MARKS.toLocaleString("en-GB")} marks, and this alliance has ${count.toLocaleString("en-GB")}: open the partners you need in place instead.`;
  return count || !M.count ? "" : "This page holds no places for the single nodes: the alliance is too large for it. Partners are shown as a whole; search finds everyone.";
}
/** Whether a node is a goal of several partners, between their discs. @param {number} i @returns {boolean} */
export function isShared(i) { once(); return mapFacts.shared.has(i); }
/** The disc (a number into map.regions) that a node stands in, a partner's own included; undefined for what stands between them. @param {number} i @returns {number|undefined} */
export function discOf(i) {
  if (isShared(i)) return undefined;
  const disc = label(i) === "Partner" ? regionFor(partnerOf(i)) : M.data.map.region[i];
  return disc === undefined || disc < 0 ? undefined : disc;
}
/** The disc of a partner: its own, or the one it is drawn inside. @param {number} p @returns {number} */
export function regionFor(p) {
  if (p >= 0) return M.data.partners[p].region;
  return M.data.map.regions.findIndex((/** @type {{partner: number}} */ one) => one.partner === -1);
}
/** Whether a place is given. @param {number[]} x @param {number} i @returns {boolean} */
export function isPlaced(x, i) { return x[i] !== null && x[i] !== undefined; }
/** The nodes of a disc that have a place, by index. @param {number} disc @returns {number[]} */
export function membersOf(disc) {
  const {region, x} = M.data.map, found = [];
  for (let i = 0; i < x.length; i++) if (region[i] === disc && isPlaced(x, i)) found.push(i);
  return found;
}

/** The partners of a shared goal, in ring order. @param {number[]} nodes @returns {number[]} */
export function partsOf(nodes) { return [...new Set(nodes.flatMap(i => partnersOf(i).map(regionFor)))].filter(disc => disc >= 0).sort((a, b) => a - b); }

/** One mark. @param {number} i @param {number} x @param {number} y @param {number} r @returns {Mark} */
export function mark(i, x, y, r) {
  const word = M.data.marks[M.data.nodes.kind[i]].kind, shared = isShared(i);
  return {
    i, x, y, r, kind: shared ? "shared" : SHAPES[word] || "other", p: partnerOf(i), strong: word === "key person", pale: PALE.includes(properties(i).status), parts: shared ? partsOf([i]) : [],
    members: [i], rank: (M.data.map.rank && M.data.map.rank[i]) || 0, guest: false,
  };
}

/** An empty scene. @param {string} mode @returns {Scene} */
export function emptyScene(mode) {
  return {mode, turned: false, marks: [], at: new Map(), regions: [], region: new Map(), ties: [], strong: new Set(), silent: [], spokes: [], lines: [], rows: [], bounds: [0, 0, 1, 1], cx: 0, cy: 0};
}

/** Add a mark for all it stands for. @param {Scene} scene @param {Mark} one */
export function addMark(scene, one) {
  scene.marks.push(one);
  for (const i of one.members) scene.at.set(i, one);
}
/** @param {Scene} scene @param {Region} region */
export function addRegion(scene, region) {
  scene.regions.push(region);
  scene.region.set(region.p, region);
}

/** Finish a scene: its middle, ties between the regions it has, spokes and lines. @param {Scene} scene @returns {Scene} */
export function finish(scene) {
  const [x0, y0, x1, y1] = scene.bounds;
  scene.cx = scene.regions.length ? scene.regions.reduce((sum, one) => sum + one.x, 0) / scene.regions.length : (x0 + x1) / 2;
  scene.cy = scene.regions.length ? scene.regions.reduce((sum, one) => sum + one.y, 0) / scene.regions.length : (y0 + y1) / 2;
  if (scene.mode !== "cascade") {
    const has = (/** @type {{a: number, b: number}} */ pair) => scene.region.has(pair.a) && scene.region.has(pair.b);
    scene.ties = M.data.map.ribbons.filter(has);
    scene.strong = strongest(scene.ties);
    scene.silent = M.data.map.silent.filter(has);
    for (const one of scene.marks) if (one.kind === "shared") for (const p of one.parts) if (scene.region.has(p)) scene.spokes.push({p, mark: one});
  }
  scene.marks.sort((a, b) => (a.kind === "shared" ? 1 : 0) - (b.kind === "shared" ? 1 : 0) || b.r - a.r || a.i - b.i);
  lines(scene);
  return scene;
}

/** So many ribbons are drawn at once; of more, the strongest of each disc, the others when it is selected. @param {import("./types.js").Tie[]} ties @returns {Set<string>} */
function strongest(ties) {
  const most = 24, kept = new Set(), held = new Map(), {regions} = M.data.map, each = regions.length > 20 ? 1 : 2;
  // Discs that stand for no partner, or for many, talk with everybody: that ties no two partners.
  const order = ties.filter(({a, b}) => regions[a].partner >= 0 && regions[b].partner >= 0).sort((x, y) => y.ties - x.ties || x.a - y.a || x.b - y.b);
  for (const {a, b} of order) {
    const [m, n] = [held.get(a) || 0, held.get(b) || 0];
    if (ties.length > most && m >= each && n >= each) continue;
    kept.add(pairKey(a, b));
    held.set(a, m + 1);
    held.set(b, n + 1);
  }
  return kept;
}

/** @param {Scene} scene */
function lines(scene) {
  const {type, source, target} = M.data.edges || {type: [], source: [], target: []};
  const kinds = M.data.types.map((/** @type {string} */ one) => DRAWN[one] || "");
  for (let e = 0; e < edgeCount(); e++) {
    const kind = kinds[type[e]];
    if (!kind) continue;
    const a = scene.at.get(source[e]), b = scene.at.get(target[e]);
    if (!a || !b || a === b) continue;
    if (kind === "depends" && scene.mode === "partners" && a.kind === "shared" && b.kind === "shared") continue;
    if (kind === "depends" && (scene.marks.length > 700 || (a.p === b.p && a.p >= 0 && scene.mode === "map"))) continue;
    if (kind === "accountable" && (scene.mode === "cascade" || discOf(a.i) !== discOf(b.i))) continue;
    // A spoke says already that the partner of this goal works for that shared one.
    if (kind === "contributes" && scene.mode !== "cascade" && b.kind === "shared" && b.parts.includes(discOf(a.i) ?? -1)) continue;
    scene.lines.push(line(scene, e, kind, a, b));
  }
}

/** The curve of a relationship: straight within a partner, bent towards the middle between partners. @param {Scene} scene @param {number} e @param {string} kind @param {Mark} a @param {Mark} b @returns {Line} */
export function line(scene, e, kind, a, b) {
  const mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2, dx = b.x - a.x, dy = b.y - a.y;
  if (scene.mode === "cascade") {
    const level = Math.abs(dy) < 30;
    return {e, kind, a, b, cx: mx, cy: level ? my - Math.min(70, 12 + Math.abs(dx) * 0.08) : my};
  }
  const far = a.p !== b.p || kind === "conflict" || kind === "depends";
  const side = kind === "conflict" ? 0.1 : kind === "depends" ? -0.08 : 0;
  const bend = far && a.kind !== "shared" && b.kind !== "shared" ? 0.16 : 0;
  return {e, kind, a, b, cx: mx + (scene.cx - mx) * bend - dy * side, cy: my + (scene.cy - my) * bend + dx * side};
}

/** Exchange the sides: alliances are laid out wider than high, a telephone is held upright. @param {Scene} scene */
export function turn(scene) {
  scene.turned = true;
  for (const one of [...scene.marks, ...scene.regions]) [one.x, one.y] = [one.y, one.x];
  const [x0, y0, x1, y1] = scene.bounds;
  scene.bounds = [y0, x0, y1, x1];
}

/** Everyone. @param {boolean} upright @returns {Scene} */
export function mapScene(upright) {
  once();
  const {x, y, r, regions, bounds} = M.data.map, scene = emptyScene("map");
  regions.forEach((/** @type {Region} */ one, /** @type {number} */ p) => { if (isPlaced([one.x], 0)) addRegion(scene, {p, x: one.x, y: one.y, r: one.r, open: true, w: 0, h: 0}); });
  for (let i = 0; i < x.length; i++) if (isPlaced(x, i)) addMark(scene, mark(i, x[i], y[i], r[i]));
  // The page's bounds leave room for names in world units; here they are given theirs in pixels.
  scene.bounds = scene.regions.length ? extent([...scene.regions, ...scene.marks]) : bounds;
  if (upright) turn(scene);
  return finish(scene);
}

/** The box around discs and marks. @param {{x: number, y: number, r: number}[]} all @returns {[number, number, number, number]} */
export function extent(all) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const {x, y, r} of all) { x0 = Math.min(x0, x - r); y0 = Math.min(y0, y - r); x1 = Math.max(x1, x + r); y1 = Math.max(y1, y + r); }
  return x1 > x0 ? [x0, y0, x1, y1] : [0, 0, 1, 1];
}

/** Goals from shared to local, a column for each partner. @returns {Scene} */
export function cascadeScene() {
  once();
  const {x, y, columns, rows, bounds} = M.data.cascade, scene = emptyScene("cascade");
  scene.rows = rows.map((/** @type {{label: string, y: number, height: number}} */ row) => ({label: row.label, y: row.y - row.height / 2 - 8, height: row.height + 16}));
  const local = scene.rows.filter(row => row.label !== "Shared goals"), top = local.length ? local[0].y : 0, bottom = local.length ? local[local.length - 1].y + local[local.length - 1].height : 1;
  for (const one of columns) addRegion(scene, {p: one.partner, x: one.x, y: (top + bottom) / 2, r: 0, open: true, w: one.width + 20, h: bottom - top + 8});
  // Between the shared goals and the columns there is to be room for three lines of a partner's name.
  const first = scene.rows.find(row => row.label === "Shared goals"), lift = first ? LIFT : 0;
  if (first) first.y -= lift;
  for (let i = 0; i < x.length; i++) if (isPlaced(x, i)) addMark(scene, mark(i, x[i], first && y[i] < first.y + first.height + lift ? y[i] - lift : y[i], Math.min(19, M.data.map.r[i] || 8)));
  scene.bounds = [bounds[0], bounds[1] - lift, bounds[2], bounds[3]];
  return finish(scene);
}
