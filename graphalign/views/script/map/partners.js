// Partners as a whole, and what happens to the rest when some are opened in place.
import {M, label} from "../model.js";
import {counted} from "../dom.js";
import {MOST_MARKS} from "./types.js";
import {mark, emptyScene, addMark, addRegion, finish, extent, turn, membersOf, discOf, isPlaced, isShared} from "./scene.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */

const LEAST_GROWTH = 2.3;

/** Why a partner cannot be opened beside those that are open; "" where it can. @param {number} p @param {number[]} open @returns {string} */
export function openRefused(p, open) {
  const inside = membersOf(p).length, who = M.data.map.regions[p].name;
  if (!inside) return `${who} has nobody to show in place: the page holds no places for its members.`;
  const all = open.filter(one => one !== p).reduce((sum, one) => sum + membersOf(one).length, inside);
  return all > MOST_MARKS ? `${who} has ${counted(inside, "member")}, too many to draw beside what is open: close another first, or search.` : "";
}

/** The aggregate with some partners opened. @param {number[]} open @param {boolean} upright @returns {Scene} */
export function partnersScene(open, upright) {
  const {aggregate, map} = M.data, scene = emptyScene("partners");
  // Opened, a disc is at least a little more than twice as wide: its members are to be seen.
  const factor = (/** @type {number} */ closed, /** @type {number} */ whole) => Math.max(aggregate.scale || 1, Math.min(1, LEAST_GROWTH * closed / whole));
  const opened = aggregate.regions.flatMap((/** @type {any} */ one, /** @type {number} */ p) => (open.includes(p) && membersOf(p).length ? [{p, x: one.x, y: one.y, k: factor(one.r, map.regions[p].r), grow: Math.max(0, factor(one.r, map.regions[p].r) * map.regions[p].r + 6 - one.r)}] : []));
  // All else moves out on its ray from each opened partner, as far as that grew.
  const moved = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number|null} */ self) => {
    let mx = x, my = y;
    for (const one of opened) {
      if (one.p === self) continue;
      const dx = x - one.x, dy = y - one.y, d = Math.hypot(dx, dy) || 1;
      mx += dx / d * one.grow; my += dy / d * one.grow;
    }
    return [mx, my];
  };
  aggregate.regions.forEach((/** @type {Region} */ one, /** @type {number} */ p) => {
    const [x, y] = moved(one.x, one.y, p), grown = opened.find((/** @type {any} */ other) => other.p === p);
    addRegion(scene, {p, x, y, r: one.r + (grown ? grown.grow : 0), open: !!grown, w: 0, h: 0});
  });
  for (const {p, k} of opened) {
    const region = scene.region.get(p), large = map.regions[p];
    if (region) for (const i of membersOf(p)) addMark(scene, mark(i, region.x + k * (map.x[i] - large.x), region.y + k * (map.y[i] - large.y), k * map.r[i]));
  }
  for (const group of aggregate.shared) {
    const [x, y] = moved(group.x, group.y, null), one = mark(group.nodes[0], x, y, 24);
    addMark(scene, {...one, kind: "shared", members: group.nodes, parts: group.partners, rank: 1e9});
  }
  scene.bounds = extent([...scene.regions, ...scene.marks]);
  if (upright) turn(scene);
  return finish(scene);
}

/** A shared goal that no hexagon stands for (only the commonest sets of partners have one): between its partners. @param {Scene} scene @param {number} i @returns {Mark|null} */
function loneGoal(scene, i) {
  const one = mark(i, scene.cx, scene.cy, 20), around = one.parts.flatMap(p => scene.region.get(p) || []);
  for (const axis of /** @type {const} */ (["x", "y"])) if (around.length) one[axis] += 0.8 * (around.reduce((sum, region) => sum + region[axis], 0) / around.length - one[axis]);
  return {...one, guest: true};
}

/**
 * Where a node is that no mark stands for: a guest in its closed partner's disc, at the place it has there; null where even that is not drawn.
 * @param {Scene} scene @param {number} i @param {number} turn which guest it is, where the page holds no places @returns {Mark|null}
 */
export function guest(scene, i, turn) {
  if (scene.mode !== "partners" || label(i) === "Partner") return null;
  if (isShared(i)) return loneGoal(scene, i);
  const disc = discOf(i), region = disc === undefined ? undefined : scene.region.get(disc);
  if (!region || region.open) return null;
  const {map} = M.data, large = map.regions[region.p], spread = 0.75 * Math.sqrt((turn % 40 + 0.5) / 40);
  let dx = Math.cos(turn * 2.39996) * spread, dy = Math.sin(turn * 2.39996) * spread;
  if (isPlaced(map.x, i)) { dx = (map.x[i] - large.x) / large.r; dy = (map.y[i] - large.y) / large.r; }
  if (scene.turned) [dx, dy] = [dy, dx];
  return {...mark(i, region.x + dx * region.r * 0.9, region.y + dy * region.r * 0.9, Math.max(6, Math.min(14, (map.r[i] || 9) * 0.7))), guest: true};
}
