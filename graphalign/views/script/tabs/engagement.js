// The stakeholder engagement assessment matrix: where each person stands (C) and is wanted (D), unaware to leading.
import {M, name, partnerOf} from "../model.js";
import {el} from "../dom.js";
import {nodeButton, partnerMark, partnerName} from "../glyphs.js";
import {keptBy, mark, openFindings, selectNode, selectedNodes, unseen} from "./marking.js";
import {dataTable} from "./table.js";
import {worstOf} from "./raci.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {[number, number, number, number|null, number|null]} Assessed a person, the current and the desired level by place (-1 unknown), power, interest */
const engagementHeld = {each: /** @type {((run: (row: any, tr: HTMLTableRowElement) => void) => void)|null} */ (null)};

/** How many levels a person is short; null where one of the two is unknown. @param {Assessed} one @returns {number|null} */
export function engagementGap([, current, desired]) { return current < 0 || desired < 0 ? null : desired - current; }

/** @param {number|null} gap @returns {string} */
function gapWords(gap) { return gap === null ? "" : gap > 0 ? `${gap} short` : gap < 0 ? `${-gap} above` : "as wanted"; }

/** @returns {HTMLElement} */
export function engagementPanel() {
  const {levels, people, of, unknown} = M.data.engagement;
  if (!people.length) return el("p", {class: "empty", text: "Nobody's engagement is known: add the columns Current Engagement and Desired Engagement (unaware, resistant, neutral, supportive, leading) to the stakeholders."});
  const cell = (/** @type {Assessed} */ one, /** @type {number} */ at) => {
    const [i, current, desired] = one, from = Math.min(current, desired), to = Math.max(current, desired);
    const between = current >= 0 && desired >= 0 && at >= from && at <= to && from !== to;
    const mine = [current === at ? "C" : "", desired === at ? "D" : ""].filter(Boolean);
    return el("span", {class: `sea ${between ? `way ${desired > current ? "up" : "down"} ${at === from ? "from" : ""} ${at === to ? "to" : ""}` : ""}`},
      mine.length ? el("button", {type: "button", "data-cell": "", tabindex: "-1", class: "sea-cell", "data-node": i, on: {click: () => selectNode(i)}}, mine.map(letter => el("span", {class: `sea-chip sea-${letter}`, text: letter})), unseen(`${name(i)}: ${mine.map(letter => letter === "C" ? `is ${levels[at]}` : `is wanted ${levels[at]}`).join(" and ")}`)) : null);
  };
  const built = dataTable({id: "engagement", caption: "Stakeholder engagement assessment matrix", file: "engagement.csv", noun: ["person", "people"], rows: people,
    attributes: (/** @type {Assessed} */ one) => ({"data-row-node": one[0], "data-gap": engagementGap(one) ?? ""}),
    columns: [
      {id: "name", title: "Person", cell: one => nodeButton(one[0]), text: one => name(one[0])},
      {id: "partner", title: "Partner", class: "partner-cell wide-only", cell: one => partnerOf(one[0]) < 0 ? el("span", {class: "quiet-text", text: "none"}) : partnerMark(partnerOf(one[0])), text: one => partnerName(partnerOf(one[0]))},
      {id: "power", title: "Power", class: "number wide-only", first: "descending", cell: one => known(one[3]), text: one => one[3]},
      {id: "interest", title: "Interest", class: "number wide-only", first: "descending", cell: one => known(one[4]), text: one => one[4]},
      ...levels.map((/** @type {string} */ level, /** @type {number} */ at) => ({id: level, title: level, class: "sea-column", first: "descending", cell: (/** @type {Assessed} */ one) => cell(one, at), text: (/** @type {Assessed} */ one) => [one[1] === at ? "C" : "", one[2] === at ? "D" : ""].join(""), sort: (/** @type {Assessed} */ one) => (one[1] === at ? 2 : 0) + (one[2] === at ? 1 : 0)})),
      {id: "gap", title: "Gap", class: "gap-cell", first: "descending", cell: one => el("span", {class: (engagementGap(one) || 0) > 0 ? "short" : "quiet-text", text: gapWords(engagementGap(one))}), text: one => engagementGap(one)},
      {id: "findings", title: "Findings", class: "badges", first: "descending", cell: one => worstOf(openFindings(one[0]).map(f => f.id)), text: one => openFindings(one[0]).map(f => f.rule).join(" "), sort: one => openFindings(one[0]).length},
    ]});
  engagementHeld.each = built.each;
  return el("div", null, el("p", {class: "hint"}, el("b", {text: "C"}), " where the person stands, ", el("b", {text: "D"}), " where the person is wanted (PMBOK); the widest gap first.",
    unknown ? ` Of ${unknown} more active people neither is known.` : "", people.length < of ? el("b", {"data-cut": "engagement", text: ` The ${people.length} of ${of.toLocaleString("en-GB")} with the widest gaps are here.`}) : null), built.element);
}

/** @param {any} value */
function known(value) { return value === undefined || value === null ? el("span", {class: "quiet-text", "aria-label": "unknown", text: "?"}) : String(value); }

/** Show the selection and the filters. @param {State} state */
export function showEngagement(state) {
  const chosen = selectedNodes(state), kept = keptBy(state);
  if (engagementHeld.each) engagementHeld.each((one, tr) => mark(tr, chosen.has(one[0]), !!kept && !kept.has(one[0])));
}
