// The levels of an alignment part, each a shape, a letter and a colour; and what the cells of the matrix say.
import {M, partnerOf} from "../model.js";
import {el, svg} from "../dom.js";

/** @typedef {{a: number, b: number, poor: number, watch: number, patterns: string[], parts: any[][], first: string[]}} Pair */
export const LEVELS = ["poor", "watch", "good", "cannot judge"];
export const LEVEL_LETTERS = /** @type {{[level: string]: string}} */ ({poor: "P", watch: "W", good: "G", "cannot judge": "?"});
const LEVEL_SHAPES = /** @type {{[level: string]: string}} */ ({poor: "M1.5 1.5h13v13h-13z", watch: "M8 .8L15.2 8L8 15.2L.8 8z", good: "M8 1.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 0 1 0-13.2z", "cannot judge": "M3 8h10"});

/** @param {string} level @returns {string} */
export function levelClass(level) { return `level-${level.replace(" ", "-")}`; }

/** The sign of a level: square, diamond, disc or dash. @param {string} level @param {boolean} [lettered] */
export function levelGlyph(level, lettered) {
  return svg("svg", {class: `level-glyph ${levelClass(level)}`, viewBox: "0 0 16 16", "aria-hidden": "true"}, svg("path", {d: LEVEL_SHAPES[level]}),
    lettered && level !== "cannot judge" ? svg("text", {x: 8, y: 11.4, "text-anchor": "middle", text: LEVEL_LETTERS[level]}) : null);
}

/** A level as sign and word. @param {string} level */
export function levelMark(level) { return el("span", {class: "level-mark"}, levelGlyph(level, true), level); }

/** A part's value as the alignment's reports write it. @param {number} part its place @param {any[]} said @returns {string} */
export function valueWords(part, said) {
  const [value, , level] = said, name = M.data.alignment.parts[part][0];
  if (level === "cannot judge") return "?";
  if (value === null) return "never";
  if (name === "contact") return `${value} d`;
  return ["clear_roles", "coordination", "shared_measurement"].includes(name) ? `${Math.round(100 * value)}%` : value.toFixed(2);
}

/** A pair as the state knows it: its partners' places, smaller first. @param {Pair} pair @returns {string} */
export function pairKey(pair) { return [partnerOf(pair.a), partnerOf(pair.b)].sort((x, y) => x - y).join("-"); }

/** The pair of a key; null where the page left it out. @param {string} key @returns {Pair|null} */
export function pairOf(key) { return /** @type {Pair[]} */ (M.data.alignment.pairs).find(pair => pairKey(pair) === key) || null; }

/** What the signs mean. */
export function levelLegend() {
  const words = /** @type {{[level: string]: string}} */ ({poor: "poor", watch: "to watch", good: "good", "cannot judge": "cannot be judged"});
  return el("ul", {class: "legend", "aria-label": "Signs"}, LEVELS.map(level => el("li", null, levelGlyph(level, true), words[level])));
}
