// The RACI matrix: goals by parties, parties beneath their partner, what is out of line framed.
import {M, finding, name} from "../model.js";
import {counted, el} from "../dom.js";
import {get} from "../state.js";
import {nodeButton, partnerInk, partnerName, severityGlyph, swatch} from "../glyphs.js";
import {keptBy, mark, selectFinding, selectNode, selectedNodes, unseen} from "./marking.js";
import {compareKnown, rove, scroller, tableTools, walkable} from "./table.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {{partner: number, columns: number[]}} Group */
const LETTERS = ["A", "R", "C", "I"];
const LETTER_WORDS = ["accountable", "responsible", "consulted", "informed"];
const ORDERS = /** @type {[string, string][]} */ ([["given", "shared and priority first"], ["findings", "most findings first"], ["name", "by name"], ["due", "due first"]]);
const raciHeld = {
  open: /** @type {Set<number>} */ (new Set()), order: "given", only: false, words: /** @type {string[]} */ ([]),
  box: /** @type {HTMLElement|null} */ (null), tools: /** @type {HTMLElement|null} */ (null), run: () => {}, drawn: /** @type {{row: number, tr: HTMLTableRowElement}[]} */ ([]),
};

/** The parties' groups, in order. @returns {Group[]} */
function groups() {
  /** @type {Map<number, number[]>} */
  const held = new Map();
  M.data.raci.partner.forEach((/** @type {number} */ p, /** @type {number} */ column) => held.set(p, [...(held.get(p) || []), column]));
  return [...held].map(([partner, columns]) => ({partner, columns}));
}

/** Cells and frames by row and column. */
function raciIndex() {
  /** @type {Map<string, number>} */ const cells = new Map();
  /** @type {Map<string, string[]>} */ const framed = new Map();
  /** @type {Map<number, string[]>} */ const rows = new Map();
  const id = (/** @type {number} */ at) => M.data.raci.findings[at];
  for (const [row, column, letters] of M.data.raci.cells) cells.set(`${row} ${column}`, letters);
  const here = (/** @type {number} */ at) => finding(id(at)) !== null;
  for (const [row, column, at] of M.data.raci.framed) if (here(at)) framed.set(`${row} ${column}`, [...(framed.get(`${row} ${column}`) || []), id(at)]);
  for (const [row, at] of M.data.raci.rows) if (here(at)) rows.set(row, [...(rows.get(row) || []), id(at)]);
  return {cells, framed, rows};
}

/** The letters of a cell: large for the goal itself, small where only by a responsibility. @param {number} bits @returns {[string, number][]} */
export function raciLetters(bits) {
  return LETTERS.map((letter, at) => /** @type {[string, number]} */ ([bits & (1 << at) ? letter : bits & (16 << at) ? letter.toLowerCase() : "", at])).filter(([letter]) => letter);
}

/** @returns {HTMLElement} */
export function raciPanel() {
  const {goals, parties, of} = M.data.raci, index = raciIndex(), all = groups();
  if (!goals.length) return el("p", {class: "empty", text: "There is no goal that is active or proposed."});
  if (parties.length <= 14) all.forEach(group => raciHeld.open.add(group.partner));
  raciHeld.box = el("div", {class: "raci-box"});
  const order = el("select", {class: "field small", "aria-label": "Order of the goals", on: {change: () => { raciHeld.order = order.value; draw(); }}}, ORDERS.map(([value, text]) => el("option", {value, text})));
  const only = el("button", {type: "button", class: "button small", "aria-pressed": "false", text: "Only framed", on: {click: () => { raciHeld.only = !raciHeld.only; only.setAttribute("aria-pressed", String(raciHeld.only)); raciHeld.run(); }}});
  const every = el("button", {type: "button", class: "button small", on: {click: () => { if (raciHeld.open.size === all.length) raciHeld.open.clear(); else all.forEach(group => raciHeld.open.add(group.partner)); draw(); }}}, "All people");
  const draw = () => { drawRaci(all, index, draw); every.setAttribute("aria-pressed", String(raciHeld.open.size === all.length)); raciHeld.run(); showRaci(get()); };
  const {tools, run} = tableTools({noun: ["goal", "goals"], file: "raci.csv", label: "RACI", extra: [order, every, only],
    keep: words => { raciHeld.words = words; return keepRows(index); }, rows: () => raciRows(index)});
  raciHeld.run = run;
  draw();
  const cut = goals.length < of[0] || parties.length < of[1];
  return el("div", null, el("p", {class: "hint"}, el("b", {text: "A"}), " accountable, ", el("b", {text: "R"}), " responsible, ", el("b", {text: "C"}), " consulted, ", el("b", {text: "I"}), " informed; a small letter: by way of a responsibility that serves the goal. Framed: a finding is about it. A number counts the people; a partner's head opens its people.",
    cut ? el("b", {"data-cut": "raci", text: ` The first ${goals.length} of ${of[0].toLocaleString("en-GB")} open goals and the ${parties.length} of ${of[1].toLocaleString("en-GB")} parties with most roles on them are here.`}) : null), el("div", {class: "table-block"}, tools, raciHeld.box));
}

/** @param {ReturnType<typeof raciIndex>} index @returns {[number, number]} */
function keepRows(index) {
  let kept = 0;
  for (const {row, tr} of raciHeld.drawn) {
    const words = [name(M.data.raci.goals[row]), ...M.data.raci.parties.filter((/** @type {any} */ _, /** @type {number} */ column) => index.cells.has(`${row} ${column}`)).map(name)].join(" ").toLowerCase();
    tr.hidden = !raciHeld.words.every(word => words.includes(word)) || (raciHeld.only && !tr.querySelector(".framed, .row-framed"));
    if (!tr.hidden) kept++;
  }
  return [kept, raciHeld.drawn.length];
}

/** @param {Group[]} all @param {ReturnType<typeof raciIndex>} index @param {() => void} draw */
function drawRaci(all, index, draw) {
  const {goals, parties} = M.data.raci;
  const value = /** @type {{[order: string]: (row: number) => any}} */ ({given: row => row, findings: row => -(index.rows.get(row) || []).length, name: row => name(goals[row]), due: row => M.data.raci.due[row]})[raciHeld.order];
  const rows = goals.map((/** @type {number} */ _, /** @type {number} */ row) => row).sort((/** @type {number} */ a, /** @type {number} */ b) => compareKnown(value(a), value(b), 1) || a - b);
  const toggle = (/** @type {number} */ p) => { if (raciHeld.open.has(p)) raciHeld.open.delete(p); else raciHeld.open.add(p); draw(); const again = /** @type {HTMLElement|null} */ (raciHeld.box && raciHeld.box.querySelector(`[data-group="${p}"]`)); if (again) again.focus(); };
  const any = all.some(group => raciHeld.open.has(group.partner));
  const top = el("tr", null, el("th", {scope: "col", class: "corner", rowspan: any ? 2 : 1, text: "Goal"}), all.map(group => {
    const open = raciHeld.open.has(group.partner);
    return el("th", {scope: open ? "colgroup" : "col", class: "raci-group", colspan: open ? group.columns.length : 1, rowspan: any && !open ? 2 : 1, style: {"--group": partnerInk(group.partner)}},
      el("button", {type: "button", class: "group-toggle", "data-group": group.partner, "aria-expanded": String(open), title: open ? "Close to one column" : `Open its ${group.columns.length} parties`, on: {click: () => toggle(group.partner)}}, swatch(group.partner), el("bdi", {text: partnerName(group.partner)}), el("span", {class: "count", text: ` ${group.columns.length}`})));
  }));
  const second = any ? el("tr", {class: "people-row"}, all.filter(group => raciHeld.open.has(group.partner)).flatMap(group => group.columns.map((column, at) => el("th", {scope: "col", class: `person-head ${at ? "" : "group-start"}`, "data-node": parties[column]},
    el("button", {type: "button", class: "link-plain upright", on: {click: () => selectNode(parties[column])}}, el("bdi", {text: name(parties[column])})))))) : null;
  raciHeld.drawn = rows.map((/** @type {number} */ row) => {
    const about = index.rows.get(row) || [];
    const tr = el("tr", {"data-row-node": goals[row]}, el("th", {scope: "row", class: about.length ? "row-framed" : ""}, nodeButton(goals[row]), about.length ? worstOf(about) : null),
      all.flatMap(group => raciHeld.open.has(group.partner) ? group.columns.map((column, at) => raciCell(row, [column], index, at === 0)) : [raciCell(row, group.columns, index, true)]));
    return {row, tr};
  });
  const table = el("table", {class: `data raci ${any ? "with-people" : ""}`, id: "table-raci"}, el("caption", {class: "offscreen", text: "RACI: goals by parties, by partner"}), el("thead", null, top, second), el("tbody", null, raciHeld.drawn.map(one => one.tr)));
  if (raciHeld.box) raciHeld.box.replaceChildren(scroller(table, "RACI"));
  rove(table);
  walkable(table);
}

/** The worst of some findings, as its sign with their number. @param {string[]} ids */
export function worstOf(ids) {
  const found = ids.map(id => finding(id)).filter(Boolean);
  const worst = found[0];
  if (!worst) return null;
  return el("button", {type: "button", class: "badge-button", "data-opens": worst.id, "data-count": found.length, title: found.map(f => f && f.message).join("\n"), on: {click: () => selectFinding(worst.id)}}, severityGlyph(worst.severity), found.length > 1 ? String(found.length) : null, unseen(`${counted(found.length, "finding")}, the first: ${worst.message}`));
}

/** @param {number} row @param {number[]} columns @param {ReturnType<typeof raciIndex>} index @param {boolean} start */
function raciCell(row, columns, index, start) {
  const {goals, parties} = M.data.raci, filled = columns.filter(column => index.cells.has(`${row} ${column}`));
  const framed = [...new Set(columns.flatMap(column => index.framed.get(`${row} ${column}`) || []))];
  if (!filled.length) return el("td", {class: start ? "group-start" : ""});
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const column of filled) for (const [letter] of raciLetters(index.cells.get(`${row} ${column}`) || 0)) counts.set(letter, (counts.get(letter) || 0) + 1);
  const shown = [...counts].sort(([a], [b]) => "ARCI".indexOf(a.toUpperCase()) - "ARCI".indexOf(b.toUpperCase()) || (a < b ? -1 : 1));
  const who = filled.map(column => `${name(parties[column])}: ${raciLetters(index.cells.get(`${row} ${column}`) || 0).map(([letter, at]) => LETTER_WORDS[at] + (letter === LETTERS[at] ? "" : " by way of a responsibility")).join(", ")}`).join("\n");
  const worst = framed.length ? finding(framed[0]) : null;
  return el("td", {class: `${start ? "group-start" : ""} ${worst ? `framed framed-${worst.severity}` : ""}`, "data-nodes": filled.map(column => parties[column]).join(" ")},
    el("button", {type: "button", "data-cell": "", tabindex: "-1", class: "raci-cell", "data-goal": goals[row], "data-letters": shown.map(([letter, n]) => letter + (n > 1 ? n : "")).join(" "), title: worst ? `${who}\n${worst.message}` : who,
      on: {click: () => worst ? selectFinding(worst.id) : selectNode(filled.length === 1 ? parties[filled[0]] : goals[row])}},
      shown.map(([letter, n]) => el("span", {class: `letter letter-${letter}`}, letter, n > 1 ? el("sub", {text: String(n)}) : null)), worst ? severityGlyph(worst.severity) : null, unseen(`${name(goals[row])}. ${who}${worst ? `. ${worst.message}` : ""}`)));
}

/** @param {ReturnType<typeof raciIndex>} index */
function raciRows(index) {
  const {goals, parties} = M.data.raci;
  return [["goal", ...parties.map((/** @type {number} */ i, /** @type {number} */ column) => `${name(i)} (${partnerName(M.data.raci.partner[column])})`), "findings"],
    ...raciHeld.drawn.filter(one => !one.tr.hidden).map(({row}) => [name(goals[row]), ...parties.map((/** @type {any} */ _, /** @type {number} */ column) => raciLetters(index.cells.get(`${row} ${column}`) || 0).map(([letter]) => letter).join(" ")), (index.rows.get(row) || []).map(id => (finding(id) || {rule: ""}).rule).join(" ")])];
}

/** Show the selection and the filters. @param {State} state */
export function showRaci(state) {
  const chosen = selectedNodes(state), kept = keptBy(state);
  for (const {row, tr} of raciHeld.drawn) {
    const i = M.data.raci.goals[row];
    mark(tr, chosen.has(i), !!kept && !kept.has(i));
    for (const td of tr.querySelectorAll("td[data-nodes]")) td.classList.toggle("chosen-cell", (td.getAttribute("data-nodes") || "").split(" ").some(one => chosen.has(Number(one))) && (chosen.has(i) || chosen.size === 1));
  }
  for (const head of raciHeld.box ? raciHeld.box.querySelectorAll(".person-head") : []) head.classList.toggle("chosen", chosen.has(Number(head.getAttribute("data-node"))));
}
