// The shortest path from a node to another: a field to pick it, the steps in words; the map draws the same.
import {M, edgesOf, name, otherEnd, shortestPath} from "./model.js";
import {clear, counted, el} from "./dom.js";
import {get, set} from "./state.js";
import {kindWord, nodeButton, nodeGlyph} from "./glyphs.js";
import {combobox, idBeside, searchNodes} from "./search.js";

/** A type of relationship in words. @param {number} e @returns {string} */
export function verb(e) {
  const type = M.data.types[M.data.edges.type[e]];
  return Object.hasOwn(M.data.typeWords, type) ? M.data.typeWords[type] : type;
}

/** How two neighbours stand to each other, each way once. @param {number} a @param {number} b @returns {{words: string, back: boolean}[]} */
function between(a, b) {
  /** @type {Map<string, {words: string, back: boolean}>} */
  const found = new Map();
  for (const e of edgesOf(a)) if (otherEnd(e, a) === b) {
    const back = M.data.edges.source[e] !== a, words = verb(e);
    found.set(`${words} ${back}`, {words, back});
  }
  return [...found.values()];
}

/** The section of the details panel. @param {number} i @returns {HTMLElement} */
export function pathSection(i) {
  const steps = el("div", {class: "path", role: "status"});
  const picker = combobox({id: "path-to", label: "Shortest path to: search a node", placeholder: "To whom or what…", options: text => {
    const {found, all} = searchNodes(text, 12);
    return {options: found.filter(j => j !== i).map(j => ({group: "", words: name(j), inside: [nodeGlyph(j), el("bdi", {class: "option-name", text: name(j)}), el("span", {class: "count", text: `${kindWord(j)} ${idBeside(j)}`})], run: () => set({path: [i, j]})})),
      note: all > found.length ? `${found.length} of ${all.toLocaleString("en-GB")} shown` : all ? "" : "Nothing has that name."};
  }});
  const section = el("section", {class: "details-section", "aria-labelledby": "path-title"}, el("h3", {id: "path-title", text: "Shortest path to another"}), picker.root, steps);
  showPath(section, i);
  return section;
}

/** Show the path that the state holds. @param {HTMLElement} section @param {number} i */
export function showPath(section, i) {
  const steps = section.querySelector(".path"), {path} = get();
  if (!steps) return;
  clear(steps);
  if (!path || !path.includes(i)) return;
  const other = path[0] === i ? path[1] : path[0], found = shortestPath(i, other);
  if (!found) return void steps.appendChild(el("p", {class: "quiet-text"}, "No path leads to ", el("bdi", {text: name(other)}), "."));
  steps.setAttribute("data-length", String(found.length - 1));
  steps.append(
    el("p", {class: "count"}, `${counted(found.length - 1, "step")}. `, el("button", {type: "button", class: "link small", text: "Clear", on: {click: () => set({path: null})}})),
    el("ol", null, found.map((j, at) => el("li", null, at > 0 && el("span", {class: "path-step"}, between(found[at - 1], j).map(one => el("span", {text: one.back ? `↑ ${one.words}` : `↓ ${one.words}`}))), nodeButton(j)))));
}
