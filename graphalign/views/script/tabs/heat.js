// The heat table of the overview: how many findings by partner and rule family; a click filters.
import {M, FAMILIES, SEVERITIES, findingPartners, visible} from "../model.js";
import {counted, el} from "../dom.js";
import {setFilter} from "../state.js";
import {partnerMark, severityGlyph} from "../glyphs.js";
import {entry} from "../notes.js";
import {unseen} from "./marking.js";
import {rove, scroller, walkable} from "./table.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {{[family: string]: {[partner: string]: number[]}}} Heat */
const MOST_PARTNERS = 16;
const NONE = [0, 0, 0, 0];

/** Whether the page holds every finding that Python counted. @returns {boolean} */
function isWhole() {
  const told = Object.values(/** @type {Heat} */ (M.data.overview.heat)).reduce((n, row) => n + (row.all || NONE).reduce((a, b) => a + b, 0), 0);
  return M.findings.filter(f => !f.noted).length === told;
}

/** The counts that the other filters leave: by family, partner ("-1" nobody's, "all" each once) and severity. @param {State} state @returns {Heat} */
export function heatOf(state) {
  const {filter} = state;
  if (!isWhole() || !(filter.severity.length || filter.rule.length || filter.text || filter.status)) return M.data.overview.heat;
  /** @type {Heat} */
  const heat = Object.fromEntries(FAMILIES.map(([code]) => [code, {}]));
  for (const f of visible({filter: {...filter, family: [], partner: []}}, id => entry(id).discussed)) {
    const row = heat[f.rule.slice(0, 3)];
    for (const p of ["all", ...findingPartners(f).map(String)]) {
      row[p] = row[p] || [0, 0, 0, 0];
      row[p][SEVERITIES.indexOf(f.severity)]++;
    }
  }
  return heat;
}

/** The counts of a partner over all families. @param {Heat} heat @param {string} p @returns {number[]} */
function whole(heat, p) {
  return FAMILIES.reduce((sum, [code]) => sum.map((n, s) => n + (heat[code][p] || NONE)[s]), [...NONE]);
}

/** @param {number[]} counts @returns {number} */
function total(counts) { return counts.reduce((a, b) => a + b, 0); }

/** @param {number[]} counts @returns {string} */
function inWords(counts) { return SEVERITIES.map((s, at) => counts[at] ? `${counts[at]} ${s}` : "").filter(Boolean).join(", ") || "none"; }

/** Which partners have a row: those with findings, the worst first, then nobody's. @param {Heat} heat @returns {{shown: number[], rest: number}} */
function rowsOf(heat) {
  const all = M.data.partners.map((/** @type {any} */ _, /** @type {number} */ p) => p).filter((/** @type {number} */ p) => total(whole(M.data.overview.heat, String(p))));
  const key = (/** @type {number} */ p) => whole(M.data.overview.heat, String(p));
  all.sort((/** @type {number} */ a, /** @type {number} */ b) => { const x = key(a), y = key(b); return y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || a - b; });
  const shown = all.slice(0, MOST_PARTNERS);
  return {shown: total(whole(heat, "-1")) || total(whole(M.data.overview.heat, "-1")) ? [...shown, -1] : shown, rest: all.length - shown.length};
}

/** Draw the table anew. @param {HTMLElement} box @param {State} state */
export function drawHeat(box, state) {
  if (M.findings.every(f => f.noted)) return;
  const heat = heatOf(state), {shown, rest} = rowsOf(heat), {filter} = state;
  const most = Math.max(1, ...shown.flatMap(p => FAMILIES.map(([code]) => weight(heat[code][String(p)] || NONE))));
  const isFamily = (/** @type {string} */ code) => !filter.family.length || filter.family.includes(code);
  const isPartner = (/** @type {number} */ p) => !filter.partner.length || filter.partner.includes(p);
  const cell = (/** @type {string|null} */ code, /** @type {number|null} */ p) => {
    const key = p === null ? "all" : String(p), counts = code === null ? whole(heat, key) : heat[code][key] || NONE, n = total(counts);
    const pressed = filter.family.join() === (code === null ? "" : code) && filter.partner.join() === (p === null ? "" : String(p)) && !(code === null && p === null);
    const word = `${p === null ? "All partners" : p < 0 ? "No partner" : M.data.nodes.name[M.data.partners[p].node]}, ${code === null ? "all families" : FAMILIES.find(one => one[0] === code)?.[1]}: ${inWords(counts)}`;
    const share = code === null || p === null ? 0 : Math.round(60 * Math.sqrt(weight(counts) / most));
    return el("td", {class: `heat-cell ${code === null || p === null ? "sum" : ""} ${(code === null || isFamily(code)) && (p === null || isPartner(p)) ? "" : "left-out"}`},
      el("button", {type: "button", "data-cell": "", tabindex: "-1", class: `heat ${n ? "" : "zero"}`, "data-family": code || "all", "data-partner": key, "data-count": n, "aria-pressed": String(pressed), title: word,
        style: {"--share": `${share}%`}, on: {click: () => press(code, p, pressed)}},
        el("span", {class: "heat-number", text: n ? String(n) : "·"}),
        counts[0] ? el("span", {class: "heat-high"}, severityGlyph("high"), String(counts[0])) : null, unseen(word)));
  };
  const head = (/** @type {string} */ code, /** @type {string} */ title) => el("th", {scope: "col", class: isFamily(code) ? "" : "left-out"},
    el("button", {type: "button", class: "link-plain", "aria-pressed": String(filter.family.join() === code), title: `Only ${title.toLowerCase()}`, on: {click: () => setFilter({family: filter.family.join() === code ? [] : [code]})}}, title));
  const table = el("table", {class: "data heat-table", id: "table-heat"}, el("caption", {class: "offscreen", text: "Findings by partner and family of rules; a finding about several partners stands in the row of each"}),
    el("thead", null, el("tr", null, el("td", null), FAMILIES.map(([code, title]) => head(code, title)), el("th", {scope: "col", text: "All"}))),
    el("tbody", null,
      shown.map(p => el("tr", {"data-row-partner": p}, el("th", {scope: "row", class: isPartner(p) ? "" : "left-out"},
        el("button", {type: "button", class: "link-plain", "aria-pressed": String(filter.partner.join() === String(p)), on: {click: () => setFilter({partner: filter.partner.join() === String(p) ? [] : [p]})}}, partnerMark(p))),
        FAMILIES.map(([code]) => cell(code, p)), cell(null, p))),
      el("tr", {class: "sums"}, el("th", {scope: "row", text: "Each finding once"}), FAMILIES.map(([code]) => cell(code, null)), cell(null, null))));
  const focused = document.activeElement instanceof HTMLElement && box.contains(document.activeElement) ? document.activeElement.dataset : null;
  box.replaceChildren(scroller(table, "Findings by partner and family"), rest ? el("p", {class: "count", text: `${counted(rest, "more partner")} with fewer findings left out here; the list of findings has them.`}) : "");
  rove(table);
  walkable(table);
  const again = focused && focused.family ? /** @type {HTMLElement|null} */ (table.querySelector(`button[data-family="${focused.family}"][data-partner="${focused.partner}"]`)) : null;
  if (again) again.focus();
}

/** How heavy findings weigh for the shade, high ones most. @param {number[]} counts @returns {number} */
function weight(counts) { return 4 * counts[0] + 2 * counts[1] + counts[2] + counts[3] / 4; }

/** @param {string|null} code @param {number|null} p @param {boolean} pressed */
function press(code, p, pressed) {
  if (pressed || (code === null && p === null)) setFilter({family: [], partner: []});
  else setFilter({family: code === null ? [] : [code], partner: p === null ? [] : [p]});
}
