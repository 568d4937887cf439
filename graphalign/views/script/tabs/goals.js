// The tab of goals and KPIs: the cascade as a tree table, with owners, attainment, due dates, risks and findings.
import {M, name} from "../model.js";
import {counted, el} from "../dom.js";
import {nodeButton} from "../glyphs.js";
import {register} from "../tabs.js";
import {attainmentBar, percent, readingsByGoal, STATE_ORDER} from "./bars.js";
import {dayWords} from "./overview.js";
import {keptBy, mark, openFindings, selectNode, selectedNodes} from "./marking.js";
import {worstOf} from "./raci.js";
import {scroller, tableTools} from "./table.js";

/** @typedef {import("../state.js").State} State */
/** What a goal says of itself. @typedef {{status: string, priority: string|null, due: string|null, shared: boolean, coOwned: boolean}} Said */
/** @typedef {{goal: number, said: Said, level: number, here: number, all: number, parent: number, closed: boolean, tr: HTMLTableRowElement, words: string}} Line */
const MOST_PEOPLE_SHOWN = 3;
const goalsHeld = {lines: /** @type {Line[]} */ ([]), words: /** @type {string[]} */ ([]), only: "", run: () => {}};

/** Days from one ISO day to another. @param {string} a @param {string} b @returns {number} */
function daysBetween(a, b) { return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 864e5); }

/** @param {HTMLElement} container */
function mountGoals(container) {
  const {rows, of} = M.data.cascadeTable;
  if (!rows.length) { container.append(el("div", {class: "tab-body"}, el("p", {class: "empty", text: "There is no goal in the data."}))); return; }
  const readings = readingsByGoal(), risks = new Map(M.data.cascadeTable.risk.map((/** @type {number[]} */ way) => [way[0], way]));
  /** @type {number[]} */
  const path = [];
  goalsHeld.lines = rows.map((/** @type {any[]} */ [goal, level, here, all, status, priority, due, shared, coOwned], /** @type {number} */ at) => {
    path[level] = at;
    const said = {status, priority, due, shared, coOwned}, tr = goalRow(goal, said, level, here, all, readings.get(goal) || [], risks.get(goal) || null);
    return {goal, said, level, here, all, parent: level ? path[level - 1] : -1, closed: false, tr, words: (tr.textContent || "").toLowerCase()};
  });
  const table = el("table", {class: "data goals", id: "table-goals", role: "treegrid", "aria-label": "Goals and KPIs"}, el("thead", null, el("tr", {role: "row"}, ["Goal", "Findings", "Status", "Owner", "Does it", "KPIs", "Due", "At risk from"].map(text => el("th", {scope: "col", role: "columnheader", class: `col-${text.toLowerCase().replace(/ /g, "-")}`, text})))),
    el("tbody", null, goalsHeld.lines.map(line => line.tr)));
  const filters = /** @type {[string, string][]} */ ([["", "all goals"], ["shared", "shared goals"], ["off", "with a KPI behind"], ["late", "overdue"], ["risk", "at risk"], ["unowned", "without an owner"], ["found", "with findings"]]);
  const only = el("select", {class: "field small", id: "goals-only", "aria-label": "Which goals", on: {change: () => { goalsHeld.only = only.value; run(); }}}, filters.map(([value, text]) => el("option", {value, text})));
  const fold = (/** @type {boolean} */ closed) => { for (const line of goalsHeld.lines) if (line.here) line.closed = closed; showLines(); };
  const {tools, run} = tableTools({noun: ["goal", "goals"], file: "goals.csv", label: "goals", extra: [only, el("button", {type: "button", class: "button small", text: "Open all", on: {click: () => fold(false)}}), el("button", {type: "button", class: "button small", text: "Close all", on: {click: () => fold(true)}})],
    keep: words => { goalsHeld.words = words; return showLines(); }, rows: () => goalCsv(readings, risks)});
  goalsHeld.run = run;
  container.append(el("div", {class: "tab-body"},
    el("p", {class: "hint"}, "Goals beneath the goal they contribute to. A bar is how far a KPI has come from its baseline to its target; the line in it is how much of the time has passed; a grey one says nothing.",
      rows.length < of ? el("b", {"data-cut": "goals", text: ` The ${rows.length} goals nearest the top, of ${of.toLocaleString("en-GB")}, are here.`}) : null), summaryLine(readings, risks),
    el("div", {class: "table-block"}, tools, scroller(table, "Goals and KPIs"))));
  table.addEventListener("keydown", walkTree);
  table.addEventListener("focusin", event => { const tr = /** @type {HTMLElement} */ (event.target).closest("tbody tr"); if (tr) for (const line of goalsHeld.lines) line.tr.tabIndex = line.tr === tr ? 0 : -1; });
  if (goalsHeld.lines.length) goalsHeld.lines[0].tr.tabIndex = 0;
  run();
}

/** @param {Map<number, any[]>} readings @param {Map<any, any>} risks */
function summaryLine(readings, risks) {
  const states = [...readings.values()].flat().map(reading => reading[2]), n = (/** @type {string[]} */ kinds) => states.filter(state => kinds.includes(state)).length;
  const late = goalsHeld.lines.filter(line => overdueDays(line.said) > 0).length;
  return el("p", {class: "tiles", id: "goals-summary"}, states.length ? null : el("span", {class: "tile", text: "No KPI measures these goals."}), [["behind", n(["high", "medium", "low"]), "KPIs behind"], ["good", n(["good"]), "on course"], ["grey", n(["stale", "never"]), "stale or unread"], ["late", late, counted(late, "goal").replace(/^\S+ /, "") + " overdue"], ["risk", risks.size, "at risk from another"]].filter(([key, count]) => states.length || (count && !["behind", "good", "grey"].includes(String(key)))).map(([key, count, text]) => el("span", {class: `tile tile-${key}`, "data-summary": key, "data-count": count}, el("b", {text: String(count)}), ` ${text}`)));
}

/** How many days an active goal is past due; 0 or less for none. @param {Said} said @returns {number} */
function overdueDays(said) {
  return said.status === "active" && said.due ? daysBetween(said.due, M.data.made.as_of) : 0;
}

/** Names of parties, the first ones, the rest as a number. @param {number[]} parties */
function people(parties) {
  return el("span", {class: "people-list"}, parties.slice(0, MOST_PEOPLE_SHOWN).map(i => nodeButton(i)), parties.length > MOST_PEOPLE_SHOWN ? el("span", {class: "count", title: parties.slice(MOST_PEOPLE_SHOWN).map(name).join(", "), text: `and ${parties.length - MOST_PEOPLE_SHOWN} more`}) : null);
}

/** @param {number} goal @param {Said} own @param {number} level @param {number} here @param {number} all @param {any[]} readings @param {number[]|null} risk @returns {HTMLTableRowElement} */
function goalRow(goal, own, level, here, all, readings, risk) {
  const table = M.data.cascadeTable, owners = table.owners[goal] || [], doers = table.doers[goal] || [], also = table.also[goal] || [], work = table.work[goal] || [], found = openFindings(goal);
  const status = own.status, days = overdueDays(own), left = own.due && status === "active" ? daysBetween(M.data.made.as_of, own.due) : null;
  const toggle = el("button", {type: "button", class: "tree-toggle", tabindex: "-1", "aria-label": `Open or close what is beneath ${name(goal)}`, hidden: !here, on: {click: (/** @type {Event} */ event) => { event.stopPropagation(); toggleLine(goal); }}});
  return el("tr", {role: "row", class: `goal-row is-${status} ${own.shared ? "shared" : ""}`, "aria-level": level + 1, "aria-expanded": here ? "true" : null, "data-row-node": goal, tabindex: "-1"},
    el("th", {scope: "row", role: "rowheader"}, el("div", {class: "goal-name", style: {"--level": String(Math.min(level, 8))}}, here ? toggle : el("span", {class: "tree-space"}),
      el("div", null, nodeButton(goal), el("div", {class: "goal-notes"}, own.shared ? el("span", {class: "badge", text: "shared"}) : null, own.priority && ["high", "critical"].includes(own.priority) ? el("span", {class: "badge", text: `${own.priority} priority`}) : null,
        also.length ? el("span", {class: "count", title: also.map(name).join("\n"), text: `also contributes to ${also.length === 1 ? name(also[0]) : `${also.length} others`}`}) : null, work.length ? el("span", {class: "count", title: work.map(name).join("\n"), text: counted(work.length, "responsibility", "responsibilities")}) : null, all > here ? el("span", {class: "count", text: `${counted(all - here, "more goal")} beneath`}) : null)))),
    el("td", {role: "gridcell", class: "badges"}, worstOf(found.map(f => f.id))),
    el("td", {role: "gridcell"}, el("span", {class: `status status-${status}`, text: status})),
    el("td", {role: "gridcell", "data-owners": owners.length}, owners.length ? people(owners) : status === "active" ? el("span", {class: "lack", text: "nobody"}) : null, owners.length > 1 && own.coOwned ? el("span", {class: "count", text: "co-owned"}) : null),
    el("td", {role: "gridcell"}, people(doers)),
    el("td", {role: "gridcell", class: "kpis"}, readings.length ? readings.map(attainmentBar) : el("span", {class: "quiet-text", text: "–"})),
    el("td", {role: "gridcell", class: "due"}, own.due ? el("span", {class: days > 0 ? "late" : ""}, el("span", {class: "nowrap", title: dayWords(own.due), text: own.due}), el("span", {class: "count", text: days > 0 ? counted(days, "day") + " late" : left === null ? "" : left === 0 ? "today" : `in ${counted(left, "day")}`})) : null),
    el("td", {role: "gridcell", class: "risk"}, risk ? riskPath(risk) : null));
}

/** The way from a goal at risk to the goal whose KPI is far behind. @param {number[]} way */
function riskPath(way) {
  return el("span", {class: "risk-path", "data-risk": way.join(" "), title: way.map(name).join(" ← ")}, way.slice(1).map((i, at) => [el("span", {class: "risk-arrow", "aria-label": at ? "which stands on" : "stands on", text: "←"}), nodeButton(i, at === way.length - 2 ? "risk-cause" : "")]));
}

/** @param {number} goal */
function toggleLine(goal) {
  const line = goalsHeld.lines.find(one => one.goal === goal);
  if (!line || !line.here) return;
  line.closed = !line.closed;
  showLines();
}

/** Whether a goal is among those asked for. @param {Line} line @returns {boolean} */
function isAsked(line) {
  const table = M.data.cascadeTable, own = line.said;
  const asked = /** @type {{[key: string]: () => boolean}} */ ({"": () => true, shared: () => own.shared, off: () => !!line.tr.querySelector(".kpi-high, .kpi-medium, .kpi-low"), late: () => overdueDays(line.said) > 0, risk: () => !!line.tr.querySelector(".risk-path"), unowned: () => !(table.owners[line.goal] || []).length && own.status === "active", found: () => openFindings(line.goal).length > 0})[goalsHeld.only];
  return asked() && goalsHeld.words.every(word => line.words.includes(word));
}

/** Show what is asked for with what is above it, and hide what is closed. @returns {[number, number]} */
function showLines() {
  const {lines} = goalsHeld, free = !goalsHeld.only && !goalsHeld.words.length;
  const hit = lines.map(isAsked), shown = [...hit];
  lines.forEach((line, at) => { if (hit[at]) for (let up = line.parent; up >= 0; up = lines[up].parent) shown[up] = true; });
  lines.forEach((line, at) => {
    let hidden = !shown[at];
    if (free) for (let up = line.parent; up >= 0 && !hidden; up = lines[up].parent) hidden = lines[up].closed;
    line.tr.hidden = hidden;
    line.tr.classList.toggle("above-only", !hit[at]);
    if (line.here) line.tr.setAttribute("aria-expanded", String(!line.closed || !free));
  });
  return [hit.filter(Boolean).length, lines.length];
}

/** Arrow keys as in a tree: up and down by row, right opens, left closes or goes to the goal above; Enter selects. @param {KeyboardEvent} event */
function walkTree(event) {
  const tr = /** @type {HTMLElement} */ (event.target), at = goalsHeld.lines.findIndex(line => line.tr === tr);
  if (at < 0) return;
  const line = goalsHeld.lines[at], open = goalsHeld.lines.filter(one => !one.tr.hidden), place = open.indexOf(line);
  const go = (/** @type {Line|undefined} */ next) => { if (next) { next.tr.focus(); next.tr.scrollIntoView({block: "nearest"}); } };
  const run = {ArrowDown: () => go(open[place + 1]), ArrowUp: () => go(open[place - 1]), Home: () => go(open[0]), End: () => go(open[open.length - 1]), Enter: () => selectNode(line.goal),
    ArrowRight: () => line.here && line.closed ? toggleLine(line.goal) : go(open[place + 1]), ArrowLeft: () => line.here && !line.closed ? toggleLine(line.goal) : go(goalsHeld.lines[line.parent])}[event.key];
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

/** @param {Map<number, any[]>} readings @param {Map<any, any>} risks @returns {(string|number|null)[][]} */
function goalCsv(readings, risks) {
  const table = M.data.cascadeTable;
  return [["goal", "level", "beneath", "status", "priority", "owners", "does it", "KPIs", "due", "at risk from", "findings"], ...goalsHeld.lines.filter(line => !line.tr.hidden).map(({goal, said: own, level, parent}) => {
    const risk = risks.get(goal);
    return [name(goal), level + 1, parent < 0 ? "" : name(goalsHeld.lines[parent].goal), own.status, own.priority || "", (table.owners[goal] || []).map(name).join("; "), (table.doers[goal] || []).map(name).join("; "),
      [...(readings.get(goal) || [])].sort((a, b) => STATE_ORDER.indexOf(a[2]) - STATE_ORDER.indexOf(b[2])).map(reading => `${name(reading[0])} ${percent(reading[3])} ${reading[2]}`).join("; "), own.due || "", risk ? risk.slice(1).map(name).join(" < ") : "", openFindings(goal).map(f => f.rule).join(" ")];
  })];
}

/** @param {State} state */
function updateGoals(state) {
  const chosen = selectedNodes(state), kept = keptBy(state);
  for (const line of goalsHeld.lines) mark(line.tr, chosen.has(line.goal), !!kept && !kept.has(line.goal));
  for (const kpi of document.querySelectorAll("#tab-goals .kpi")) kpi.classList.toggle("chosen", chosen.has(Number(kpi.getAttribute("data-kpi"))));
}

register({id: "goals", title: "Goals and KPIs", mount: mountGoals, update: updateGoals});
