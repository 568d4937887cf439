// Real tables: sorted by their heads, filtered by words, copied and saved as CSV, walked by the arrow keys.
import {clear, counted, el} from "../dom.js";
import {copyCsv, saveCsv} from "./csv.js";

/**
 * A column: `cell` draws it, `text` is what a filter and CSV read, `sort` what it is ordered by (default the text); `first` says
 * that numbers start with the largest; `head` draws the heading in place of the title.
 * @typedef {{id: string, title: string, class?: string, hint?: string, first?: "descending", fixed?: boolean, head?: () => any, cell: (row: any) => any, text: (row: any) => string|number|null, sort?: (row: any) => string|number|null}} Column
 */
/**
 * `scope` adds attributes to a row's element; `order` is the column to start with.
 * @typedef {{id: string, caption: string, file: string, columns: Column[], rows: any[], attributes?: (row: any) => {[name: string]: any}, noun?: [string, string], extra?: any, order?: [string, "ascending"|"descending"]}} TableSpec
 */
/** @typedef {{element: HTMLElement, table: HTMLTableElement, each: (run: (row: any, tr: HTMLTableRowElement) => void) => void}} Table */

/** Compare what is known first, numbers as numbers, words as people order them. @param {any} a @param {any} b @param {number} sign */
export function compareKnown(a, b, sign) {
  const none = (/** @type {any} */ value) => value === null || value === undefined || value === "";
  if (none(a) || none(b)) return Number(none(a)) - Number(none(b));
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", {numeric: true, sensitivity: "base"}));
}

/**
 * The tools above a table: a filter by words, how many rows it keeps, CSV.
 * @param {{noun: [string, string], file: string, keep: (words: string[]) => [number, number], rows: () => (string|number|null)[][], extra?: any, label: string}} spec
 */
export function tableTools({noun, file, keep, rows, extra, label}) {
  const shown = el("span", {class: "count", "data-count": "rows", "aria-live": "polite"});
  const run = () => {
    const [kept, all] = keep(input.value.toLowerCase().split(/\s+/).filter(Boolean));
    shown.textContent = kept === all ? counted(all, ...noun) : `${kept} of ${counted(all, ...noun)}`;
  };
  const input = el("input", {type: "search", class: "field table-filter", placeholder: `Filter ${noun[1]}`, "aria-label": `Filter ${noun[1]} of the table ${label}`, autocomplete: "off", on: {input: run}});
  const tools = el("div", {class: "table-tools"}, input, shown, extra, el("span", {class: "spring"}),
    el("button", {type: "button", class: "button small", text: "Copy as CSV", on: {click: () => copyCsv(rows())}}),
    el("button", {type: "button", class: "button small", text: "Save CSV", "data-save": file, on: {click: () => saveCsv(file, rows())}}));
  return {tools, run};
}

/** A table as the spec says. @param {TableSpec} spec @returns {Table} */
export function dataTable(spec) {
  const noun = spec.noun || ["row", "rows"];
  const held = spec.rows.map((row, at) => ({row, at, tr: el("tr", spec.attributes ? spec.attributes(row) : null,
    spec.columns.map((column, c) => c ? el("td", {class: column.class}, column.cell(row)) : el("th", {scope: "row", class: column.class}, column.cell(row))))}));
  const words = held.map(({row}) => spec.columns.map(column => column.text(row)).join(" ").toLowerCase());
  const body = el("tbody", null);
  const heads = spec.columns.map(column => el("th", {scope: "col", class: column.class, "data-column": column.id, title: column.hint},
    column.fixed ? (column.head ? column.head() : column.title) : el("button", {type: "button", class: "sort", on: {click: () => sortBy(column)}}, column.head ? column.head() : column.title, el("span", {class: "arrow", "aria-hidden": "true"}))));
  const table = el("table", {class: "data", id: `table-${spec.id}`}, el("caption", {class: "offscreen", text: spec.caption}), el("thead", null, el("tr", null, heads)), body);

  /** @param {Column} column @param {"ascending"|"descending"} [way] */
  function sortBy(column, way) {
    const head = heads[spec.columns.indexOf(column)], now = head.getAttribute("aria-sort");
    const next = way || (now ? (now === "ascending" ? "descending" : "ascending") : column.first || "ascending");
    for (const one of heads) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", next);
    const value = column.sort || column.text;
    held.sort((a, b) => compareKnown(value(a.row), value(b.row), next === "ascending" ? 1 : -1) || a.at - b.at);
    show();
  }
  function show() { clear(body).append(...held.map(one => one.tr)); rove(table); }
  const {tools, run} = tableTools({
    noun: /** @type {[string, string]} */ (noun), file: spec.file, label: spec.caption, extra: spec.extra,
    keep: asked => { let kept = 0; for (const one of held) { one.tr.hidden = !asked.every(word => words[one.at].includes(word)); if (!one.tr.hidden) kept++; } return [kept, held.length]; },
    rows: () => [spec.columns.map(column => column.title), ...held.filter(one => !one.tr.hidden).map(one => spec.columns.map(column => column.text(one.row)))],
  });
  const order = spec.order && spec.columns.find(column => column.id === (spec.order || [""])[0]);
  if (order && spec.order) sortBy(order, spec.order[1]); else show();
  run();
  walkable(table);
  return {element: el("div", {class: "table-block"}, tools, scroller(table, spec.caption)), table, each: act => held.forEach(one => act(one.row, one.tr))};
}

/** A box that scrolls, reachable by the keyboard. @param {HTMLElement} inside @param {string} label */
export function scroller(inside, label) { return el("div", {class: "scroller", tabindex: "0", role: "region", "aria-label": label}, inside); }

/** The cells that the arrow keys walk, row by row, hidden ones left out. @param {HTMLTableElement} table @returns {HTMLElement[][]} */
function cellGrid(table) {
  return [...table.tBodies].flatMap(body => [...body.rows]).filter(row => !row.hidden).map(row => /** @type {HTMLElement[]} */ ([...row.querySelectorAll("[data-cell]")])).filter(row => row.length);
}

/** Leave one of a table's cells in the order of the Tab key. @param {HTMLTableElement} table */
export function rove(table) {
  const cells = cellGrid(table).flat();
  if (!cells.length) return;
  const first = cells.find(cell => cell.tabIndex === 0) || cells[0];
  for (const cell of table.querySelectorAll("[data-cell]")) /** @type {HTMLElement} */ (cell).tabIndex = cell === first ? 0 : -1;
}

/** Let the arrow keys, Home and End walk a table's cells. @param {HTMLTableElement} table */
export function walkable(table) {
  table.addEventListener("focusin", event => {
    const cell = /** @type {HTMLElement} */ (event.target);
    if (!cell.hasAttribute("data-cell")) return;
    for (const other of table.querySelectorAll('[data-cell][tabindex="0"]')) /** @type {HTMLElement} */ (other).tabIndex = -1;
    cell.tabIndex = 0;
  });
  table.addEventListener("keydown", event => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (!at.hasAttribute("data-cell") || event.ctrlKey || event.metaKey || event.altKey) return;
    const grid = cellGrid(table), y = grid.findIndex(row => row.includes(at));
    if (y < 0) return;
    const x = grid[y].indexOf(at);
    const target = {
      ArrowRight: () => grid[y][x + 1], ArrowLeft: () => grid[y][x - 1], Home: () => grid[y][0], End: () => grid[y][grid[y].length - 1],
      ArrowDown: () => grid[y + 1] && grid[y + 1][Math.min(x, grid[y + 1].length - 1)], ArrowUp: () => grid[y - 1] && grid[y - 1][Math.min(x, grid[y - 1].length - 1)],
    }[event.key];
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    const next = target();
    if (next) { next.focus(); next.scrollIntoView({block: "nearest", inline: "nearest"}); }
  });
}
