// The alignment of partners: a square of partners by partners, or a list of pairs, with the story of the pair selected.
import {M, name, partnerOf} from "../model.js";
import {counted, el} from "../dom.js";
import {get, set} from "../state.js";
import {partnerMark} from "../glyphs.js";
import {copyCsv, saveCsv} from "./csv.js";
import {LEVELS, levelClass, levelGlyph, levelLegend, pairKey, pairOf, valueWords} from "./levels.js";
import {unseen} from "./marking.js";
import {levelsInWords, pointAtPart} from "./story.js";
import {dataTable, rove, scroller, walkable} from "./table.js";

/** @typedef {import("./levels.js").Pair} Pair */
/** @typedef {import("../state.js").State} State */
const MOST_SQUARE = 12;
const alignmentHeld = {box: /** @type {HTMLElement|null} */ (null), way: ""};

/** The pairs on this page. @returns {Pair[]} */
function pairsHere() { return M.data.alignment.pairs; }

/** Open the story of a pair in the details, at a part of it. @param {Pair} pair @param {number} part -1 for none */
function openPair(pair, part) {
  const name = part < 0 ? "" : M.data.alignment.parts[part][0];
  set({selection: {kind: "pair", id: pairKey(pair)}, sub: {...get().sub, part: name}});
}

/** @returns {HTMLElement} */
export function alignmentPanel() {
  const pairs = pairsHere(), all = M.data.alignment.of, partners = [...new Set(pairs.flatMap(pair => [pair.a, pair.b]))];
  if (!pairs.length) return el("p", {class: "empty", text: "There are fewer than two partners that are not part of one another, so there is nothing to compare."});
  alignmentHeld.way = alignmentHeld.way || (partners.length > 2 && partners.length <= MOST_SQUARE ? "square" : "list");
  const choose = (/** @type {string} */ way, /** @type {string} */ title) => el("button", {type: "button", class: "button small", "data-way": way, "aria-pressed": String(alignmentHeld.way === way), on: {click: () => { alignmentHeld.way = way; draw(); }}}, title);
  alignmentHeld.box = el("div", {class: "alignment-main"});
  const ways = el("span", {class: "segmented", role: "group", "aria-label": "Shown as"}, choose("square", "Partner by partner"), choose("list", "List of pairs"));
  const draw = () => {
    for (const one of ways.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.way === alignmentHeld.way));
    if (alignmentHeld.box) alignmentHeld.box.replaceChildren(alignmentHeld.way === "square" ? square(pairs, partners, ways) : list(pairs, ways));
    showAlignment(get());
  };
  const panel = el("div", {class: "alignment"},
    el("p", {class: "hint"}, "How well each two partners are aligned, in seven parts that are never added up; least aligned first. Open a cell for what bears it out.",
      all > pairs.length ? el("b", {"data-cut": "alignment", text: ` The ${pairs.length} least aligned of ${all.toLocaleString("en-GB")} pairs are here.`}) : null), levelLegend(),
    alignmentHeld.box);
  draw();
  return panel;
}

/** @param {Pair[]} pairs @param {HTMLElement} ways */
function list(pairs, ways) {
  const parts = /** @type {string[][]} */ (M.data.alignment.parts);
  return dataTable({id: "alignment", caption: "Alignment of partners, a row a pair", file: "alignment.csv", noun: ["pair", "pairs"], rows: pairs, extra: ways,
    attributes: pair => ({"data-pair": pairKey(pair), "data-a": pair.a, "data-b": pair.b}),
    columns: [
      {id: "pair", title: "Pair", class: "pair-head", cell: pair => el("button", {type: "button", class: "link-plain pair-open", on: {click: () => openPair(pair, -1)}}, partnerMark(partnerOf(pair.a)), partnerMark(partnerOf(pair.b))), text: pair => `${name(pair.a)} + ${name(pair.b)}`},
      ...parts.map((part, at) => /** @type {import("./table.js").Column} */ ({id: part[0], title: part[1], hint: part[2], class: "level-cell",
        cell: pair => el("button", {type: "button", "data-cell": "", tabindex: "-1", class: `level-button ${levelClass(pair.parts[at][2])}`, "data-part": part[0], "data-level": pair.parts[at][2], title: pair.parts[at][3], on: {click: () => openPair(pair, at)}}, levelGlyph(pair.parts[at][2], true), el("span", {text: valueWords(at, pair.parts[at])}), unseen(`${part[1]}: ${pair.parts[at][2]}, ${pair.parts[at][3]}`)),
        text: pair => `${valueWords(at, pair.parts[at])} ${pair.parts[at][2]}`, sort: pair => LEVELS.indexOf(pair.parts[at][2]) * 1e6 + (pair.parts[at][0] === null ? 0 : part[0] === "contact" ? -pair.parts[at][0] : pair.parts[at][0])})),
      {id: "poor", title: "poor", class: "number", first: "descending", hint: "How many parts are poor, then to watch", cell: pair => `${pair.poor}`, text: pair => pair.poor, sort: pair => pair.poor * 10 + pair.watch},
      {id: "patterns", title: "patterns", class: "pattern-cell", cell: pair => pair.patterns.map((/** @type {string} */ one) => el("span", {class: "badge", title: M.data.alignment.patterns[one], text: one})), text: pair => pair.patterns.join("; ")},
    ]}).element;
}

/** @param {Pair[]} pairs @param {number[]} partners @param {HTMLElement} ways */
function square(pairs, partners, ways) {
  const order = partners.sort((a, b) => partnerOf(a) - partnerOf(b)).slice(0, 24), parts = /** @type {string[][]} */ (M.data.alignment.parts);
  const at = new Map(pairs.flatMap(pair => [[`${pair.a} ${pair.b}`, pair], [`${pair.b} ${pair.a}`, pair]]));
  const cell = (/** @type {number} */ a, /** @type {number} */ b) => {
    const pair = at.get(`${a} ${b}`);
    if (!pair) return el("td", {class: "none"}, el("span", {class: "offscreen", text: a === b ? "itself" : "no pair: one is part of the other, or left out here"}), "·");
    const button = el("button", {type: "button", "data-cell": "", tabindex: "-1", class: `square ${pair.poor ? "has-poor" : ""}`, "data-a": a, "data-b": b, on: {click: () => openPair(pair, -1)}},
      el("span", {class: "strip"}, pair.parts.map((said, p) => el("span", {class: "tick", title: `${parts[p][1]}: ${said[2]}. ${said[3]}`, "data-level": said[2]}, levelGlyph(said[2])))),
      el("span", {class: "square-words"}, pair.poor ? el("b", {text: `${pair.poor} poor`}) : null, pair.poor && pair.watch ? ", " : "", pair.watch ? `${pair.watch} watch` : pair.poor ? "" : "well"), pair.patterns.length ? el("span", {class: "has-pattern", title: pair.patterns.join(", "), text: pair.patterns.length > 1 ? `${pair.patterns.length} patterns` : pair.patterns[0]}) : null, unseen(`${name(a)} and ${name(b)}: ${levelsInWords(pair)}${pair.patterns.length > 1 ? "; " + pair.patterns.join(", ") : ""}`));
    return el("td", {"data-pair": pairKey(pair)}, button);
  };
  const table = el("table", {class: "data squares", id: "table-square"}, el("caption", {class: "offscreen", text: `Partner by partner; in each cell the parts in this order: ${parts.map(part => part[1]).join(", ")}`}),
    el("thead", null, el("tr", null, el("td", null), order.map(p => el("th", {scope: "col"}, partnerMark(partnerOf(p)))))),
    el("tbody", null, order.map(a => el("tr", null, el("th", {scope: "row"}, partnerMark(partnerOf(a))), order.map(b => cell(a, b))))));
  rove(table);
  walkable(table);
  const rows = () => [["partner", "other", ...parts.map(part => part[1]), "patterns"], ...pairs.map(pair => [name(pair.a), name(pair.b), ...pair.parts.map((said, p) => `${valueWords(p, said)} ${said[2]}`), pair.patterns.join("; ")])];
  return el("div", {class: "table-block"}, el("div", {class: "table-tools"}, ways, el("span", {class: "count", "data-count": "rows", text: counted(pairs.length, "pair")}), el("span", {class: "spring"}),
    el("button", {type: "button", class: "button small", text: "Copy as CSV", on: {click: () => copyCsv(rows())}}), el("button", {type: "button", class: "button small", text: "Save CSV", on: {click: () => saveCsv("alignment.csv", rows())}})),
    scroller(table, "Alignment, partner by partner"),
    el("p", {class: "hint"}, "The seven signs of a cell, from left: ", parts.map((part, p) => `${p + 1} ${part[1]}`).join(", ") + "."));
}

/** Show the selection and the filters. @param {State} state */
export function showAlignment(state) {
  const {selection, filter} = state, chosen = selection && selection.kind === "pair" ? selection.id : selection && selection.kind === "node" ? partnerOf(selection.id) : null;
  for (const cell of alignmentHeld.box ? alignmentHeld.box.querySelectorAll("[data-pair]") : []) {
    const key = cell.getAttribute("data-pair") || "", ends = key.split("-").map(Number);
    cell.classList.toggle("chosen", key === chosen);
    cell.classList.toggle("left-out", filter.partner.length > 0 && !ends.some(p => filter.partner.includes(p)));
  }
  pointAtPart();
}

