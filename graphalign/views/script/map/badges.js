// Where findings stand on the map: on a mark, on the middle of a line, between two partners, on a partner.
import {M, subjects, findingPartners, label, partnerOf} from "../model.js";
import {pairKey} from "./types.js";
import {discOf, regionFor} from "./scene.js";

/** @typedef {import("../model.js").Finding} Finding */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Line} Line */
/** How many of each severity stand somewhere. @typedef {{high: number, medium: number}} Count */
/** @typedef {{marks: Map<Mark, Count>, lines: Map<Line, Count>, pairs: Map<string, Count>, regions: Map<number, Count>}} Badges */

/** @template K @param {Map<K, Count>} table @param {K} key @param {string} severity */
function count(table, key, severity) {
  const held = table.get(key) || {high: 0, medium: 0};
  held[/** @type {"high"|"medium"} */ (severity)]++;
  table.set(key, held);
}

/** Put each high and medium finding in one place, and count it for every partner it is about. @param {Scene} scene @param {Finding[]} findings @param {boolean} whole whether no filter leaves any out @returns {Badges} */
export function placeBadges(scene, findings, whole) {
  /** @type {Badges} */
  const badges = {marks: new Map(), lines: new Map(), pairs: new Map(), regions: new Map()};
  if (whole) M.data.map.regions.forEach((/** @type {{findings: Count}} */ one, /** @type {number} */ p) => badges.regions.set(p, one.findings));
  /** @type {Map<string, Line>} */
  const byEnds = new Map();
  for (const line of scene.lines) if (line.kind === "conflict" || line.kind === "depends") byEnds.set(pairKey(line.a.i, line.b.i), line);
  for (const f of findings) {
    if (f.severity !== "high" && f.severity !== "medium") continue;
    if (!whole) for (const disc of new Set(findingPartners(f).map(regionFor))) count(badges.regions, disc, f.severity);
    const about = subjects(f);
    if (!about.length) continue;
    if (about.length === 2) {
      const line = byEnds.get(pairKey(about[0], about[1]));
      if (line) { count(badges.lines, line, f.severity); continue; }
      const [a, b] = about.map(i => (label(i) === "Partner" ? regionFor(partnerOf(i)) : scene.at.has(i) ? undefined : discOf(i)));
      if (a !== undefined && b !== undefined && a !== b) {
        const key = pairKey(a, b), tied = (/** @type {{a: number, b: number}} */ one) => pairKey(one.a, one.b) === key;
        if (scene.silent.some(tied) || scene.ties.some(tied)) { count(badges.pairs, key, f.severity); continue; }
      }
    }
    const one = about.map(i => scene.at.get(i)).find(found => found);
    if (one) count(badges.marks, one, f.severity);
  }
  return badges;
}
