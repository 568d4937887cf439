// What stands at a point of the canvas; small marks are easier to meet than they look.
import {curveDistance} from "./curves.js";
import {lineCurve, pairCurve, screenCurve, ribbonWidth} from "./strokes.js";
import {pairKey} from "./types.js";

/** @typedef {import("./types.js").Hit} Hit */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./paint.js").View} View */

/** What a point meets: a finding on a line, a mark, a line, a name, a ribbon, a partner. @param {View} view @param {number} x @param {number} y @returns {Hit} */
export function hitAt(view, x, y) {
  return badgeHit(view, x, y) || markHit(view, x, y) || lineHit(view, x, y) || titleHit(view, x, y) || regionHit(view, x, y) || ribbonHit(view, x, y);
}

/** Whether a region holds a point of the screen. @param {View} view @param {Region} one @param {number} x @param {number} y @returns {boolean} */
function within(view, one, x, y) {
  const {k, tx, ty} = view.camera, px = (x - tx) / k, py = (y - ty) / k;
  return one.r ? Math.hypot(px - one.x, py - one.y) <= one.r : Math.abs(px - one.x) <= one.w / 2 && Math.abs(py - one.y) <= one.h / 2;
}

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function badgeHit(view, x, y) {
  const spot = view.spots.find(one => Math.hypot(one.x - x, one.y - y) <= 9);
  return spot ? spot.hit : null;
}

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function markHit(view, x, y) {
  const {k, tx, ty} = view.camera;
  /** @type {Mark|null} */
  let best = null;
  let least = Infinity;
  const test = (/** @type {Mark} */ one) => {
    if (view.hidden.kinds.has(one.kind)) return;
    const r = one.r * k, d = Math.hypot(one.x * k + tx - x, one.y * k + ty - y);
    // Inside a mark nothing else is nearer; beside one, the nearest edge counts.
    if (d <= Math.max(r + 2, 7) && d - r < least) { least = d - r; best = one; }
  };
  view.scene.marks.forEach(test);
  if (view.focus) view.focus.marks.forEach(one => { if (one.guest) test(one); });
  return best ? {kind: "mark", mark: best} : null;
}

/** @param {View} view @param {string} kind @returns {boolean} */
function shownLine(view, kind) { return !view.hidden.lines.has(kind === "accountable" || kind === "contributes" ? "thin" : kind); }

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function lineHit(view, x, y) {
  for (const line of view.focus && !view.focus.soft ? view.focus.lines : view.scene.lines)
    if ((line.kind === "conflict" || line.kind === "depends") && shownLine(view, line.kind) && curveDistance(x, y, screenCurve(view.camera, lineCurve(line, 0))) <= 4) return {kind: "line", line};
  for (const pair of view.silences) {
    const curve = pairCurve(view.scene, pair, true);
    if (curve && curveDistance(x, y, screenCurve(view.camera, curve)) <= 5) return {kind: "pair", a: pair.a, b: pair.b, silent: true};
  }
  return null;
}

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function titleHit(view, x, y) {
  const title = view.titles.find(one => !one.inside && x >= one.box[0] && y >= one.box[1] && x <= one.box[0] + one.box[2] && y <= one.box[1] + one.box[3]);
  return title ? {kind: "region", region: title.region} : null;
}

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function regionHit(view, x, y) {
  const region = view.scene.regions.find(one => within(view, one, x, y));
  return region ? {kind: "region", region} : null;
}

/** @param {View} view @param {number} x @param {number} y @returns {Hit} */
function ribbonHit(view, x, y) {
  if (view.hidden.lines.has("talk")) return null;
  for (const one of view.scene.ties) {
    const key = pairKey(one.a, one.b);
    if (!view.scene.strong.has(key) && !(view.focus && view.focus.pairs.has(key))) continue;
    const curve = pairCurve(view.scene, one, false);
    if (curve && curveDistance(x, y, screenCurve(view.camera, curve)) <= ribbonWidth(one.ties, view.camera) / 2 + 2) return {kind: "pair", a: one.a, b: one.b, silent: false};
  }
  return null;
}
