// The story of two partners: patterns, what to do first, the seven parts each in a sentence with what bears it out.
import {M} from "../model.js";
import {el} from "../dom.js";
import {get} from "../state.js";
import {levelGlyph, pairOf} from "./levels.js";

/** @typedef {import("./levels.js").Pair} Pair */

/** The story of the pair with this key, for the panel of details. @param {string} key two partners' places, as `2-5` @returns {HTMLElement} */
export function pairStory(key) {
  const pair = pairOf(key);
  if (!pair) return el("p", {class: "quiet-text", text: "How the two are aligned is not on this page: graphalign alignment --pair tells it."});
  return el("div", {class: "story", "data-pair": key},
    pair.patterns.length ? el("ul", {class: "patterns"}, pair.patterns.map(one => el("li", null, el("b", {text: one}), `: ${M.data.alignment.patterns[one]}`))) : null,
    pair.first.length ? el("div", {class: "do-first"}, el("h3", {text: "Do first"}), el("ol", null, pair.first.map(text => el("li", null, el("bdi", {text}))))) : el("p", {class: "hint", text: "Nothing is poor or to watch."}),
    el("ol", {class: "chapters", "aria-label": "The seven parts of their alignment"}, M.data.alignment.parts.map((/** @type {string[]} */ part, /** @type {number} */ at) => chapter(part, pair.parts[at]))));
}

/** @param {string[]} part @param {any[]} said */
function chapter(part, said) {
  const [, , level, sentence, ...details] = said;
  return el("li", {class: `chapter ${get().sub.part === part[0] ? "pointed" : ""}`, "data-part": part[0], "data-level": level},
    el("h3", null, levelGlyph(level, true), el("span", {text: part[1][0].toUpperCase() + part[1].slice(1)}), el("span", {class: "count", text: level})),
    el("p", null, el("bdi", {text: sentence})),
    details.length ? el("ul", {class: "plain-list small"}, details.map(text => el("li", null, el("bdi", {text})))) : null);
}

/** Point at the part of the state in the story shown. */
export function pointAtPart() {
  const {part} = get().sub;
  for (const one of document.querySelectorAll(".chapter")) {
    const here = one.getAttribute("data-part") === part;
    one.classList.toggle("pointed", here);
    if (here) one.scrollIntoView({block: "nearest"});
  }
}

/** Levels of a pair in a line, for who hears the page. @param {Pair} pair @returns {string} */
export function levelsInWords(pair) {
  return M.data.alignment.parts.map((/** @type {string[]} */ part, /** @type {number} */ at) => `${part[1]} ${pair.parts[at][2]}`).join(", ");
}
