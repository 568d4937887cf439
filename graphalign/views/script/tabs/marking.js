// How the tabs show the selection and the filters: rows and cells that are selected, or that the filters leave out.
import {M, finding, findingsOf, foldedUnder, partnersOf, subjects, visible} from "../model.js";
import {el} from "../dom.js";
import {noFilter, set} from "../state.js";
import {entry} from "../notes.js";

/** @typedef {import("../state.js").State} State */

/** The nodes that the selection is about: itself, a finding's subjects, the partners of a pair. @param {State} state @returns {Set<number>} */
export function selectedNodes(state) {
  const {selection} = state;
  if (!selection) return new Set();
  if (selection.kind === "node") return new Set([selection.id]);
  if (selection.kind === "pair") return new Set(selection.id.split("-").map(p => M.data.partners[Number(p)].node));
  const f = finding(selection.id);
  return new Set(f ? subjects(f) : []);
}

/** Whether any filter is set. @param {State} state @returns {boolean} */
export function isFiltered(state) { return JSON.stringify(state.filter) !== JSON.stringify(noFilter()); }

/** What the filters keep: the findings, their nodes, and nodes of the partners filtered by; null without a filter. @param {State} state */
export function keptBy(state) {
  if (!isFiltered(state)) return null;
  const findings = visible(state, id => entry(id).discussed), partners = new Set(state.filter.partner);
  const others = JSON.stringify({...state.filter, partner: []}) !== JSON.stringify(noFilter());
  const ids = new Set(findings.map(f => f.id)), nodes = new Set(findings.flatMap(subjects));
  return {ids, nodes, has: (/** @type {number} */ i) => nodes.has(i) || (!others && partnersOf(i).some(p => partners.has(p)))};
}

/** Mark an element as selected, and as left out by the filters. @param {Element} element @param {boolean} chosen @param {boolean} out */
export function mark(element, chosen, out) {
  element.classList.toggle("chosen", chosen);
  element.classList.toggle("left-out", out);
}

/** Words beside a sign that only who hears the page needs; so that the name of a button begins with what is seen. @param {string} text */
export function unseen(text) { return el("span", {class: "offscreen", text: ` ${text}`}); }

/** How much larger type is than at first: drawings follow it. @returns {number} */
export function typeScale() { return Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 14 || 1); }

/** @param {number} i */
export function selectNode(i) { set({selection: {kind: "node", id: i}}); }
/** @param {string} id */
export function selectFinding(id) { set({selection: {kind: "finding", id}}); }

/** The findings about a node that are neither noted nor folded, the worst first. @param {number} i */
export function openFindings(i) { return findingsOf(i).filter(f => !f.noted && !foldedUnder(f)); }
