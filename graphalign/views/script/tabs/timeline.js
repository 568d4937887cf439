// Contact over time: a line a pair of partners, a dot a communication, a window on it that says what counts as recent.
import {M, name, partnerOf} from "../model.js";
import {counted, debounce, el, say, svg} from "../dom.js";
import {get, set} from "../state.js";
import {partnerMark, partnerName} from "../glyphs.js";
import {brushLayer, dateFields} from "./brush.js";
import {agoWords, contactWithin, isoDay, shortDay} from "./recent.js";
import {typeScale} from "./marking.js";
import {pacedPanel} from "./paced.js";
import {textWidth} from "./spread.js";
import {dataTable} from "./table.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("./brush.js").Days} Days */
const ROW = 25, HEAD = 34, FOOT = 8;
const timelineHeld = {
  days: /** @type {Days} */ ({from: 0, to: 0}), box: /** @type {HTMLElement|null} */ (null), drawing: /** @type {SVGSVGElement|null} */ (null), width: 0,
  summary: /** @type {HTMLElement|null} */ (null), table: /** @type {HTMLElement|null} */ (null), fields: /** @type {ReturnType<typeof dateFields>|null} */ (null), layer: /** @type {ReturnType<typeof brushLayer>|null} */ (null),
};

/** The days the drawing spans: from the first communication (or the window's start) to the last one or the as-of day. @returns {Days} */
function span() {
  const {talks, as_of, since} = M.data.contact, days = talks.map((/** @type {number[]} */ talk) => talk[1]);
  return {from: days.reduce((/** @type {number} */ a, /** @type {number} */ b) => Math.min(a, b), since) - 5, to: days.reduce((/** @type {number} */ a, /** @type {number} */ b) => Math.max(a, b), as_of) + 5};
}

/** The pair's key in the state. @param {any[]} pair @returns {string} */
function keyOf(pair) { return [partnerOf(pair[0]), partnerOf(pair[1])].sort((a, b) => a - b).join("-"); }

/** @param {any[]} pair */
function choosePair(pair) { set({selection: {kind: "pair", id: keyOf(pair)}, sub: {...get().sub, part: "contact"}}); }

/** Whether a pair is overdue as the report has it: it must talk and its contact is poor. @param {any[]} pair @returns {boolean} */
export function isOverdue(pair) { return pair[5] && pair[2] === "poor"; }

/** @returns {HTMLElement} */
export function timelinePanel() {
  const {pairs, talks, of, as_of, since, window} = M.data.contact;
  const title = el("h2", {id: "timeline-title", text: "Contact over time"});
  if (!pairs.length) return el("section", {class: "block", "aria-labelledby": "timeline-title"}, title, el("p", {class: "empty", text: "There are fewer than two partners, so there is no contact between partners to show."}));
  timelineHeld.days = {from: since, to: as_of};
  const limits = span();
  timelineHeld.fields = dateFields(timelineHeld.days, limits, days => moveBrush(days), () => moveBrush({from: since, to: as_of}));
  timelineHeld.summary = el("p", {class: "timeline-summary", id: "timeline-summary"});
  timelineHeld.box = el("div", {class: "chart timeline"});
  timelineHeld.table = el("div", {class: "timeline-table"});
  const legend = el("ul", {class: "legend"}, [["talk", "a communication"], ["planned", "planned, after the day of the report"], ["overdue", `overdue: they share goals or depend on each other, and have had no contact for long or at all`]].map(([kind, text]) => el("li", null, svg("svg", {viewBox: "0 0 16 16", class: "legend-shape", "aria-hidden": "true"}, dotOf(kind, 8, 8)), text)));
  recount(false);
  return el("section", {class: "block", "aria-labelledby": "timeline-title"}, title,
    el("p", {class: "hint"}, `Communications between members of each two partners. Drag the shaded window, its ends, or set its dates: what is recent is counted anew. The report counts ${window} days.`),
    pairs.length < of[0] || talks.length < of[1] ? el("p", {class: "count", "data-cut": "contact", text: [pairs.length < of[0] ? `The ${pairs.length} of ${of[0].toLocaleString("en-GB")} pairs that most need to talk are here.` : "", talks.length < of[1] ? `Of ${of[1].toLocaleString("en-GB")} communications the last ${talks.length.toLocaleString("en-GB")} are here.` : ""].filter(Boolean).join(" ")}) : null,
    talks.length ? null : el("p", {class: "empty", text: "No dated communication between members of two partners is recorded: add communications (who, with whom, date)."}),
    el("div", {class: "table-tools"}, timelineHeld.fields.fields), timelineHeld.summary, legend, timelineHeld.box,
    el("details", {class: "more-fold", id: "timeline-as-table"}, el("summary", {text: "The same as a table"}), timelineHeld.table), pacedPanel());
}

/** @param {string} kind @param {number} x @param {number} y */
function dotOf(kind, x, y) {
  if (kind === "overdue") return svg("path", {class: "dot-overdue", d: `M${x - 6} ${y - 6}h12v12h-12z M${x - 1} ${y - 4}h2l-.3 5h-1.4z M${x - 1} ${y + 2}h2v2h-2z`, "fill-rule": "evenodd"});
  return svg("circle", {class: `dot dot-${kind}`, cx: x, cy: y, r: 4});
}

/** Draw it to the width there is. @param {State} state */
export function drawTimeline(state) {
  const {box} = timelineHeld;
  if (!box || !M.data.contact.pairs.length) return;
  const scale = typeScale(), inside = box.clientWidth - 2 * 12, width = Math.round(Math.max(300, Math.min((inside > 0 ? inside : 900) / scale, 1500)));
  if (width !== timelineHeld.width || !timelineHeld.drawing) {
    timelineHeld.width = width;
    timelineHeld.drawing = timelineDrawing(width);
    timelineHeld.drawing.setAttribute("width", String(width * scale));
    timelineHeld.drawing.removeAttribute("height");
    box.replaceChildren(timelineHeld.drawing);
    recount(false);
  }
  markTimeline(state);
}

/** @param {number} width */
function timelineDrawing(width) {
  const {pairs, talks, as_of} = M.data.contact, limits = span(), small = width < 620;
  const left = small ? 12 : Math.min(330, Math.round(width * .34)), right = width - (small ? 64 : 150), row = small ? 40 : ROW, height = HEAD + pairs.length * row + FOOT;
  const x = (/** @type {number} */ day) => left + (day - limits.from) / Math.max(1, limits.to - limits.from) * (right - left), back = (/** @type {number} */ at) => limits.from + (at - left) / (right - left) * (limits.to - limits.from);
  const middle = (/** @type {number} */ at) => HEAD + at * row + (small ? 28 : row / 2);
  const room = (small ? width - 24 : left - 20) - textWidth(" + ", 12, document.body);
  const fitted = pairs.map((/** @type {any[]} */ pair) => fitNames(name(pair[0]), name(pair[1]), room, isOverdue(pair) ? 13.6 : 12.2));
  const lines = pairs.map((/** @type {any[]} */ pair, /** @type {number} */ at) => svg("g", {class: `pair-row ${isOverdue(pair) ? "overdue" : ""}`, "data-row": at, "data-pair": keyOf(pair), role: "button", tabindex: "0", on: {click: () => choosePair(pair), keydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choosePair(pair); } }}},
    svg("rect", {class: "row-back", x: 0, y: HEAD + at * row, width, height: row}),
    svg("text", {class: "row-name", x: small ? 12 : left - 12, y: small ? HEAD + at * row + 15 : middle(at) + 4, "text-anchor": small ? "start" : "end"}, fitted[at][0], svg("tspan", {class: "row-and", text: " + "}), fitted[at][1]),
    svg("line", {class: "row-line", x1: left, x2: right, y1: middle(at), y2: middle(at)}), isOverdue(pair) ? dotOf("overdue", right + 14, middle(at)) : null,
    svg("text", {class: "row-people", x: right + (small ? 60 : 72), y: middle(at) + 4, "text-anchor": "end"}), small ? null : svg("text", {class: "row-days", x: width - 4, y: middle(at) + 4, "text-anchor": "end"})));
  const dots = talks.map((/** @type {number[]} */ [at, day, person, other]) => svg("circle", {class: `dot ${day > as_of ? "dot-planned" : "dot-talk"}`, "data-day": day, cx: x(day).toFixed(1), cy: middle(at), r: 4}, svg("title", {text: `${isoDay(day)}: ${name(person)} and ${name(other)}${day > as_of ? " (planned)" : ""}`})));
  timelineHeld.layer = brushLayer({days: timelineHeld.days, limits, x, day: back, top: HEAD - 6, bottom: height - FOOT + 2, change: moveBrush});
  return svg("svg", {class: "timeline-chart", id: "chart-timeline", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": `Contact over time of ${counted(pairs.length, "pair")} of partners, from ${isoDay(limits.from)} to ${isoDay(limits.to)}`},
    months(limits, x, right - left).map(([day, text]) => [svg("line", {class: "month", x1: x(day), x2: x(day), y1: HEAD - 8, y2: height - FOOT}), svg("text", {class: "tick-text", x: x(day) + 3, y: 12, text})]),
    small ? null : [svg("text", {class: "axis-title", x: right + 72, y: 12, "text-anchor": "end", text: "people"}), svg("text", {class: "axis-title", x: width - 4, y: 12, "text-anchor": "end", text: "last"})],
    lines, timelineHeld.layer.root, svg("g", {class: "dots"}, dots),
    svg("line", {class: "as-of", x1: x(as_of), x2: x(as_of), y1: HEAD - 10, y2: height - FOOT}), svg("text", {class: "as-of-text", x: Math.min(x(as_of) - 4, right), y: 26, "text-anchor": "end", text: shortDay(as_of)}));
}

/** Two names cut until both fit: the longer one first. @param {string} one @param {string} other @param {number} room @param {number} size @returns {[string, string]} */
function fitNames(one, other, room, size) {
  const held = [one, other].map(text => text.length > 60 ? text.slice(0, 58) + "…" : text), wide = () => held.map(text => textWidth(text, size, document.body));
  for (let at = wide(), n = 0; at[0] + at[1] > room && n < 120; at = wide(), n++) {
    const long = at[0] >= at[1] ? 0 : 1;
    held[long] = held[long].replace(/…$/, "").slice(0, -1).trimEnd() + "…";
  }
  return [held[0], held[1]];
}

/** Firsts of months, as many as fit. @param {Days} limits @param {(day: number) => number} x @param {number} width @returns {[number, string][]} */
function months(limits, x, width) {
  const first = new Date(limits.from * 864e5), all = /** @type {[number, string][]} */ ([]), fits = Math.max(2, Math.floor(width / 62));
  const total = (limits.to - limits.from) / 30.44, step = [1, 2, 3, 6, 12, 24, 60, 120, 600].find(n => total / n <= fits) || 1200;
  for (let year = first.getUTCFullYear(), month = 0; ; month += step) {
    const day = Date.UTC(year, month, 1) / 864e5;
    if (day > limits.to - 8) return all;
    const at = new Date(day * 864e5);
    if (day >= limits.from) all.push([day, at.toLocaleDateString("en-GB", step >= 12 ? {year: "numeric", timeZone: "UTC"} : {month: "short", year: at.getUTCMonth() < step || !all.length ? "2-digit" : undefined, timeZone: "UTC"})]);
  }
}

/** @param {Days} days */
function moveBrush(days) {
  Object.assign(timelineHeld.days, days);
  recount(true);
}

const fillTable = debounce(drawTable, 60);
const sayCount = debounce((/** @type {string} */ text) => say(text), 600);

/** Count anew what is recent in the window. @param {boolean} aloud */
function recount(aloud) {
  const {pairs} = M.data.contact, {from, to} = timelineHeld.days, held = contactWithin(from, to);
  if (timelineHeld.layer) timelineHeld.layer.show();
  if (timelineHeld.fields) timelineHeld.fields.show();
  const recent = held.filter(one => one.recent).length, silent = pairs.filter((/** @type {any[]} */ pair, /** @type {number} */ at) => pair[5] && !held[at].recent).length;
  const text = `From ${shortDay(from)} to ${shortDay(to)} (${counted(to - from, "day")}): ${recent} of ${counted(pairs.length, "pair")} of partners had contact; ${silent} that share goals or depend on each other had none.`;
  if (timelineHeld.summary) { timelineHeld.summary.textContent = text; timelineHeld.summary.dataset.recent = String(recent); timelineHeld.summary.dataset.silent = String(silent); }
  if (aloud) sayCount(text);
  for (const row of timelineHeld.drawing ? timelineHeld.drawing.querySelectorAll("[data-row]") : []) {
    const at = Number(row.getAttribute("data-row")), one = held[at], days = row.querySelector(".row-days"), people = row.querySelector(".row-people"), ago = agoWords(one, pairs[at]);
    row.classList.toggle("silent", !one.recent);
    if (days) days.textContent = ago;
    if (people) people.textContent = days ? (one.people ? String(one.people) : "·") : ago;
    row.setAttribute("aria-description", `${name(pairs[at][0])} and ${name(pairs[at][1])}: ${counted(one.people, "pair")} of people in the window, last ${ago}${pairs[at][6] ? ", as one is a member of both" : ""}${isOverdue(pairs[at]) ? ", overdue" : ""}`);
    for (const [key, value] of Object.entries({recent: one.recent, talks: one.talks, people: one.people, days: one.days ?? ""})) row.setAttribute(`data-${key}`, String(value));
  }
  for (const dot of timelineHeld.drawing ? timelineHeld.drawing.querySelectorAll(".dot-talk") : []) { const day = Number(dot.getAttribute("data-day")); dot.classList.toggle("outside", day < from || day > to); }
  if (aloud) fillTable(); else drawTable();
}

/** The same as a table, for who does not see the drawing, for print and for CSV. */
function drawTable() {
  const {pairs} = M.data.contact, {from, to} = timelineHeld.days, held = contactWithin(from, to);
  const rows = pairs.map((/** @type {any[]} */ pair, /** @type {number} */ at) => ({pair, one: held[at]}));
  if (timelineHeld.table) timelineHeld.table.replaceChildren(dataTable({id: "contact", caption: `Contact of partners from ${isoDay(from)} to ${isoDay(to)}`, file: "contact.csv", noun: ["pair", "pairs"], rows, attributes: row => ({"data-pair": keyOf(row.pair)}), columns: [
    {id: "pair", title: "Pair", class: "pair-head", cell: row => el("button", {type: "button", class: "link-plain pair-open", on: {click: () => choosePair(row.pair)}}, partnerMark(partnerOf(row.pair[0])), partnerMark(partnerOf(row.pair[1]))), text: row => `${partnerName(partnerOf(row.pair[0]))} + ${partnerName(partnerOf(row.pair[1]))}`},
    {id: "recent", title: "Recent", cell: row => row.one.recent ? "yes" : "no", text: row => row.one.recent ? "yes" : "no"},
    {id: "talks", title: "Communications", class: "number", first: "descending", cell: row => String(row.one.talks), text: row => row.one.talks},
    {id: "people", title: "Pairs of people", class: "number", first: "descending", cell: row => String(row.one.people), text: row => row.one.people},
    {id: "last", title: "Last", cell: row => row.one.last === null ? "" : isoDay(row.one.last), text: row => row.one.last === null ? null : isoDay(row.one.last)},
    {id: "days", title: "Ago", class: "number", first: "descending", cell: row => agoWords(row.one, row.pair) + (row.pair[6] ? ", a member of both" : ""), text: row => agoWords(row.one, row.pair) + (row.pair[6] ? ", a member of both" : ""), sort: row => row.one.days},
    {id: "overdue", title: "Overdue", cell: row => isOverdue(row.pair) ? "overdue" : "", text: row => isOverdue(row.pair) ? "overdue" : ""},
  ]}).element);
}

/** Show the selection and the filters. @param {State} state */
function markTimeline(state) {
  const {selection, filter} = state, chosen = selection && selection.kind === "pair" ? selection.id : null;
  for (const row of document.querySelectorAll("#tab-people [data-pair]")) {
    const key = row.getAttribute("data-pair") || "", ends = key.split("-").map(Number);
    row.classList.toggle("chosen", key === chosen || (!!selection && selection.kind === "node" && ends.includes(partnerOf(selection.id)) && M.data.partners[partnerOf(selection.id)].node === selection.id));
    row.classList.toggle("left-out", filter.partner.length > 0 && !ends.some(p => filter.partner.includes(p)));
  }
}

/** The drawing as shown. @returns {SVGSVGElement|null} */
export function timelineSvg() { return timelineHeld.drawing; }

