// The story of two partners: patterns, the seven parts each in a sentence with what bears it out, and what to do first.
import {M, name, partnerOf} from "../model.js";
import {el} from "../dom.js";
import {set} from "../state.js";
import {nodeButton} from "../glyphs.js";
import {levelGlyph} from "./levels.js";

/** @typedef {import("./levels.js").Pair} Pair */

/** The story as it is shown beside the matrix. @param {Pair} pair @param {number} [open] the part to point at */
export function storyOf(pair, open) {
  return el("article", {class: "story", "data-pair": `${partnerOf(pair.a)}-${partnerOf(pair.b)}`, "aria-label": `${name(pair.a)} and ${name(pair.b)}`},
    el("header", null, el("h2", null, nodeButton(pair.a), el("span", {class: "quiet-text", text: " and "}), nodeButton(pair.b)),
      el("button", {type: "button", class: "button small quiet", text: "Close", on: {click: () => set({selection: null})}})),
    pair.patterns.length ? el("ul", {class: "patterns"}, pair.patterns.map(one => el("li", null, el("b", {text: one}), ` ${M.data.alignment.patterns[one]}`))) : null,
    pair.first.length ? el("div", {class: "do-first"}, el("h3", {text: "Do first"}), el("ol", null, pair.first.map(text => el("li", null, el("bdi", {text}))))) : el("p", {class: "hint", text: "Nothing is poor or to watch."}),
    el("ol", {class: "chapters"}, M.data.alignment.parts.map((/** @type {string[]} */ part, /** @type {number} */ at) => chapter(part, pair.parts[at], at, at === open))));
}

/** @param {string[]} part @param {any[]} said @param {number} at @param {boolean} open */
function chapter(part, said, at, open) {
  const [, , level, sentence, ...details] = said;
  return el("li", {class: `chapter ${open ? "pointed" : ""}`, "data-part": part[0], "data-level": level},
    el("h3", null, levelGlyph(level, true), el("span", {text: part[1][0].toUpperCase() + part[1].slice(1)}), el("span", {class: "count", text: level})),
    el("p", null, el("bdi", {text: sentence})),
    details.length ? el("ul", {class: "plain-list small"}, details.map(text => el("li", null, el("bdi", {text})))) : null);
}

/** Levels of a pair in a line, for who hears the page. @param {Pair} pair @returns {string} */
export function levelsInWords(pair) {
  return M.data.alignment.parts.map((/** @type {string[]} */ part, /** @type {number} */ at) => `${part[1]} ${pair.parts[at][2]}`).join(", ");
}

