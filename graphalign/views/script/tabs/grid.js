// The power/interest grid (Mendelow): each person a shape and letter by stance, its size by roles, coincident ones spread.
import {M, name, partnerOf} from "../model.js";
import {counted, el, svg} from "../dom.js";
import {nodeButton, partnerName} from "../glyphs.js";
import {keptBy, openFindings, selectNode, selectedNodes, typeScale} from "./marking.js";
import {placedTable} from "./placed.js";
import {placeLabels, spreadSpots, textWidth} from "./spread.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {[number, number, number, number, number]} Point a person, power, interest, stance by place (-1 unknown), roles */
const STANCE_LETTERS = ["U", "R", "N", "S", "L"];
/** The room kept at the top and the bottom for the quadrants' names. */
const NAMED = 32;
const PAD = {left: 46, right: 14, top: 14, bottom: 42};
const gridHeld = {box: /** @type {HTMLElement|null} */ (null), drawing: /** @type {SVGSVGElement|null} */ (null), width: 0};

/** @param {number} stance @returns {string} */
export function stanceWord(stance) { return stance < 0 ? "stance unknown" : M.data.grid.stances[stance]; }

/** The shape of a stance around a point: unaware a dashed ring, resistant a square, neutral a disc, supportive a diamond, leading a hexagon. @param {number} stance @param {number} x @param {number} y @param {number} r */
function stanceShape(stance, x, y, r) {
  const corners = (/** @type {number[]} */ turns, /** @type {number} */ far) => "M" + turns.map(turn => `${(x + far * Math.cos(turn * Math.PI)).toFixed(1)} ${(y + far * Math.sin(turn * Math.PI)).toFixed(1)}`).join("L") + "Z";
  const shape = {1: () => corners([.25, .75, 1.25, 1.75], 1.2 * r), 3: () => corners([0, .5, 1, 1.5], 1.22 * r), 4: () => corners([0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3], 1.1 * r)}[stance];
  const known = {class: `stance stance-${stance < 0 ? "unknown" : M.data.grid.stances[stance]}`};
  return [shape ? svg("path", {...known, d: shape()}) : svg("circle", {...known, cx: x, cy: y, r}), svg("text", {class: "stance-letter", x, y: y + r * .34, "font-size": Math.max(7, r * .98), "text-anchor": "middle", text: stance < 0 ? "?" : STANCE_LETTERS[stance]})];
}

/** @returns {HTMLElement} */
export function gridPanel() {
  const {of, points, unknown, high} = M.data.grid;
  gridHeld.box = el("div", {class: "chart"});
  const legend = el("ul", {class: "legend", "aria-label": "Stances"}, [...STANCE_LETTERS.keys(), -1].map(stance => el("li", null, svg("svg", {viewBox: "0 0 24 24", class: "legend-shape", "aria-hidden": "true"}, stanceShape(stance, 12, 12, 9)), stance < 0 ? "unknown" : stanceWord(stance))));
  return el("section", {class: "block", "aria-labelledby": "grid-title"}, el("h2", {id: "grid-title", text: "Power and interest"}),
    el("p", {class: "hint", text: `Each active person of known power and interest; high from ${high}. Larger: more roles. Where several are alike, they stand side by side.`}),
    of[0] ? legend : null, el("div", {class: of[1] ? "grid-beside" : ""}, of[0] ? gridHeld.box : el("p", {class: "empty", text: "Nobody's power and interest are both known: add the columns Power and Interest (0-10, or low, medium, high) to the stakeholders."}), unknownList(of, unknown)),
    points.length < of[0] ? el("p", {class: "count", "data-cut": "grid", text: `Of ${of[0].toLocaleString("en-GB")} people ${points.length} are drawn: those with most roles in each quadrant. The numbers count all.`}) : null, of[0] ? placedTable() : null);
}

/** Those who cannot be placed. @param {[number, number]} of @param {any[][]} unknown */
function unknownList(of, unknown) {
  return of[1] ? el("details", {class: "more-fold grid-unknown", id: "grid-unknown", open: of[1] <= 30}, el("summary", {"data-count": of[1], text: `Not to be placed: ${counted(of[1], "person", "people")}`}),
    el("ul", {class: "node-list"}, unknown.map(one => el("li", {"data-unknown": one[0]}, nodeButton(one[0]), el("span", {class: "count", text: missingWords(one)})))), unknown.length < of[1] ? el("p", {class: "count", text: `and ${of[1] - unknown.length} more`}) : null) : null;
}

/** @param {any[]} one a person, power, interest */
function missingWords([, power, interest]) { return [power === null ? "power" : "", interest === null ? "interest" : ""].filter(Boolean).join(" and ") + " unknown"; }

/** Draw it to the width there is. @param {State} state */
export function drawGrid(state) {
  const box = gridHeld.box;
  if (!box || !M.data.grid.points.length) return;
  const scale = typeScale(), width = Math.round(Math.max(300, Math.min((box.clientWidth || 640) / scale, 860))), small = width < 520;
  if (width !== gridHeld.width || !gridHeld.drawing) {
    gridHeld.width = width;
    gridHeld.drawing = gridDrawing(width, small);
    gridHeld.drawing.setAttribute("width", String(width * scale));
    gridHeld.drawing.removeAttribute("height");
    box.replaceChildren(gridHeld.drawing);
  }
  markGrid(state);
}

/** @param {number} width @param {boolean} small */
function gridDrawing(width, small) {
  const {high, quadrants} = M.data.grid, points = /** @type {Point[]} */ (M.data.grid.points);
  const height = Math.round(small ? width * 1.15 : width * .78), right = width - PAD.right, bottom = height - PAD.bottom;
  // The high part gets more room than its share of the scale: that is where the names are read.
  const split = Math.min(.62, Math.max(.38, high / 10 - .12));
  const part = (/** @type {number} */ value) => value < high ? (high > 0 ? value / high * split : 0) : high >= 10 ? 1 : split + (value - high) / (10 - high) * (1 - split);
  const px = (/** @type {number} */ interest) => PAD.left + 10 + part(interest) * (right - PAD.left - 20), py = (/** @type {number} */ power) => bottom - NAMED - part(power) * (bottom - PAD.top - 2 * NAMED);
  const edge = {x: high > 0 ? px(high) - (px(high) - px(Math.max(0, high - 1))) / 2 : PAD.left, y: high > 0 ? py(high) + (py(Math.max(0, high - 1)) - py(high)) / 2 : bottom};
  const most = Math.max(1, ...points.map(point => point[4])), base = points.length > 150 || (small && points.length > 80) ? 5 : small ? 6.5 : 8;
  const spots = points.map(([, power, interest, , roles]) => ({x: px(interest), y: py(power), r: base + (base < 6 ? 3 : small ? 4 : 7) * Math.sqrt(roles / most),
    low: /** @type {[number, number]} */ ([interest >= high ? edge.x + 2 : PAD.left, power >= high ? PAD.top + NAMED - 12 : edge.y + 2]), high: /** @type {[number, number]} */ ([interest >= high ? right : edge.x - 2, power >= high ? edge.y - 2 : bottom - NAMED + 12])}));
  const places = spreadSpots(spots, 2);
  const names = points.map(([i, power, interest], at) => power >= high || interest >= high || points.length <= 40 ? name(i) : "");
  const label = (/** @type {string} */ text) => text.length > 22 ? text.slice(0, 20) + "…" : text;
  const labels = placeLabels(places.map((place, at) => ({...spots[at], ...place, width: names[at] ? textWidth(label(names[at]), 11.5, document.body) + 3 : 0})), 13, at => points[at][1] >= high && points[at][2] >= high ? {low: [PAD.left, PAD.top], high: [right, bottom]} : {});
  const zone = (/** @type {number} */ at, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h) => svg("g", {class: `zone zone-${at}`, "data-quadrant": quadrants[at][0], "data-count": quadrants[at][1]}, svg("rect", {x, y, width: Math.max(0, w), height: Math.max(0, h)}));
  const zoneName = (/** @type {number} */ at, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h, /** @type {boolean} */ top, /** @type {boolean} */ side) => svg("text", {class: "zone-name", x: side ? x + w - 8 : x + 8, y: top ? y + 17 : y + h - 9, "text-anchor": side ? "end" : "start"}, quadrants[at][0], svg("tspan", {class: "zone-count", text: `  ${quadrants[at][1]}`}));
  const zones = /** @type {[number, number, number, number, number, boolean, boolean][]} */ ([[0, edge.x, PAD.top, right - edge.x, edge.y - PAD.top, true, true], [1, PAD.left, PAD.top, edge.x - PAD.left, edge.y - PAD.top, true, false], [2, edge.x, edge.y, right - edge.x, bottom - edge.y, false, true], [3, PAD.left, edge.y, edge.x - PAD.left, bottom - edge.y, false, false]]);
  const ticks = [0, 2, 4, 6, 8, 10];
  return svg("svg", {class: "grid-chart", id: "chart-grid", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": `Power and interest of ${counted(points.length, "person", "people")}: ${quadrants.map((/** @type {any} */ one) => `${one[0]} ${one[1]}`).join(", ")}`},
    zones.map(([at, x, y, w, h]) => zone(at, x, y, w, h)),
    ticks.map(at => [svg("text", {class: "tick-text", x: px(at), y: bottom + 15, "text-anchor": "middle", text: String(at)}), svg("text", {class: "tick-text", x: PAD.left - 8, y: py(at) + 4, "text-anchor": "end", text: String(at)})]),
    svg("text", {class: "axis-title", x: (PAD.left + right) / 2, y: height - 6, "text-anchor": "middle", text: "Interest →"}), svg("text", {class: "axis-title", transform: `translate(12 ${(PAD.top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle", text: "Power →"}),
    places.map((place, at) => personMark(points[at], place, spots[at].r)),
    labels.map((place, at) => place ? svg("text", {class: "person-label", "data-label": points[at][0], x: place.x, y: place.y + 4, "text-anchor": place.anchor, text: label(names[at])}) : null), zones.map(one => zoneName(...one)));
}

/** @param {Point} point @param {{x: number, y: number}} place @param {number} r */
function personMark([i, power, interest, stance, roles], place, r) {
  const partner = partnerOf(i), found = openFindings(i);
  const words = `${name(i)}${partner < 0 ? "" : `, ${partnerName(partner)}`}: power ${power}, interest ${interest}, ${stanceWord(stance)}, ${counted(roles, "role")}${found.length ? `, ${counted(found.length, "finding")}` : ""}`;
  const open = () => selectNode(i);
  return svg("g", {class: "person", "data-person": i, "data-x": place.x.toFixed(1), "data-y": place.y.toFixed(1), "data-r": r.toFixed(1), role: "button", tabindex: "0", "aria-label": words, on: {click: open, keydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } }}},
    svg("title", {text: words}), stanceShape(stance, place.x, place.y, r),
    found.length && ["high", "medium"].includes(found[0].severity) ? svg("circle", {class: `pip pip-${found[0].severity}`, cx: place.x + r * .82, cy: place.y - r * .82, r: 3.6}) : null);
}

/** Show the selection and the filters. @param {State} state */
function markGrid(state) {
  const chosen = selectedNodes(state), kept = keptBy(state);
  if (!gridHeld.drawing) return;
  for (const one of gridHeld.drawing.querySelectorAll("[data-person], [data-label]")) {
    const i = Number(one.getAttribute("data-person") || one.getAttribute("data-label"));
    one.classList.toggle("chosen", chosen.has(i));
    one.classList.toggle("left-out", !!kept && !kept.has(i));
  }
}

/** The drawing as shown. @returns {SVGSVGElement|null} */
export function gridSvg() { return gridHeld.drawing; }
