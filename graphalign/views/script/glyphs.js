// Small signs and the buttons that carry them: severities, kinds of node, partners, links to a node or a finding.
import {el, svg} from "./dom.js";
import {M, label, name, partnerOf, partnersOf, properties} from "./model.js";
import {set} from "./state.js";

export const SEVERITY_WORDS = /** @type {{[severity: string]: string}} */ ({high: "High", medium: "Medium", low: "Low", info: "Info"});

/** The shape of a severity: disc with "!", diamond, bar or ring. The word stands beside it, or is its title. @param {string} severity @param {boolean} [alone] */
export function severityGlyph(severity, alone) {
  const shapes = {
    high: () => [svg("circle", {cx: 8, cy: 8, r: 7.5}), svg("path", {class: "sign", d: "M7 3.4h2l-.35 6h-1.3zM8 10.7a1.15 1.15 0 1 1 0 2.3a1.15 1.15 0 0 1 0-2.3z"})],
    medium: () => [svg("path", {d: "M8 0L16 8L8 16L0 8z"})],
    low: () => [svg("rect", {x: 1, y: 6, width: 14, height: 4.5, rx: 1})],
    info: () => [svg("circle", {cx: 8, cy: 8, r: 5.5})],
  };
  const draw = shapes[/** @type {keyof typeof shapes} */ (severity)] || shapes.info;
  return svg("svg", {class: `glyph glyph-${severity}`, viewBox: "0 0 16 16", ...(alone ? {role: "img", "aria-label": SEVERITY_WORDS[severity] || severity} : {"aria-hidden": "true"})}, draw());
}

/** A severity as shape and word. @param {string} severity */
export function severityMark(severity) {
  return el("span", {class: "severity"}, severityGlyph(severity), SEVERITY_WORDS[severity] || severity);
}

/** A partner's colour, as CSS reads it; grey for none. @param {number} p @returns {string} */
export function partnerColour(p) {
  const colour = p < 0 ? -1 : M.data.partners[p].colour;
  return `var(--partner-${colour < 0 ? "none" : colour})`;
}

/** A partner's colour for text. @param {number} p @returns {string} */
export function partnerInk(p) {
  const colour = p < 0 ? -1 : M.data.partners[p].colour;
  return `var(--partner-${colour < 0 ? "none" : colour}-ink)`;
}

/** A partner's name. @param {number} p @returns {string} */
export function partnerName(p) { return p < 0 ? "No partner" : name(M.data.partners[p].node); }

/** A dot in a partner's colour. @param {number} p */
export function swatch(p) { return el("span", {class: "swatch", "aria-hidden": "true", style: {"--swatch": partnerColour(p)}}); }

/** A partner as dot and name. @param {number} p */
export function partnerMark(p) { return el("span", {class: "partner-mark"}, swatch(p), el("bdi", {text: partnerName(p)})); }

/** The paths of the kinds, in a box of 16: the shapes of the map. */
const KINDS = /** @type {{[label: string]: string}} */ ({
  Goal: "M4.2 1.4h7.6L15.6 8l-3.8 6.6H4.2L.4 8z",
  Stakeholder: "M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 0 1 0-12.8z",
  Responsibility: "M2.2 2.2h11.6v11.6H2.2z",
  Kpi: "M8 1.6l7 12.4H1z",
  Partner: "M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8z",
});

/** The sign of a node's kind, in its partner's colour. @param {number} i */
export function nodeGlyph(i) {
  const kind = label(i), drawn = kind === "Stakeholder" ? "ring" : partnerOf(i) < 0 && partnersOf(i).length ? "shared" : "full";
  return svg("svg", {class: `kind kind-${drawn}`, viewBox: "0 0 16 16", "aria-hidden": "true", style: {"--swatch": partnerColour(partnerOf(i))}},
    svg("path", {d: KINDS[kind] || KINDS.Responsibility}));
}

/** The word for a node's kind. @param {number} i @returns {string} */
export function kindWord(i) {
  const kind = label(i), own = properties(i);
  if (kind === "Stakeholder") return own.kind === "group" ? "Group" : "Person";
  if (kind === "Goal") return own.shared === true ? "Shared goal" : "Goal";
  return kind === "Kpi" ? "KPI" : kind;
}

/** A node's name as a button that selects it. @param {number} i @param {string} [more] a class */
export function nodeButton(i, more) {
  return el("button", {type: "button", class: `node-link ${more || ""}`, "data-node": i, on: {click: () => set({selection: {kind: "node", id: i}})}},
    nodeGlyph(i), el("bdi", {text: name(i)}));
}

/** A finding in one line as a button that selects it. @param {import("./model.js").Finding} f */
export function findingButton(f) {
  return el("button", {type: "button", class: "finding-link", "data-opens": f.id, on: {click: () => set({selection: {kind: "finding", id: f.id}})}},
    severityGlyph(f.severity, true), el("span", null, el("bdi", {text: f.message}), " ", el("span", {class: "count", text: f.rule})));
}
