// How far a KPI has come, as a bar: the way from baseline to target, where it should be by now, and a word for its state.
import {M, name} from "../model.js";
import {el} from "../dom.js";
import {get, set} from "../state.js";
import {unseen} from "./marking.js";

/** @typedef {[number, number, string, number|null, number|null, number|null, number|null, number|null, number|null, string|null, string|null]} Reading a KPI, its goal, its state, the shares attained and of the time passed, their ratio, baseline, target, actual, unit, the day it was read */
const STATE_WORDS = /** @type {{[state: string]: string}} */ ({good: "on course", low: "a little behind", medium: "behind", high: "far behind", stale: "stale: read too long ago", never: "never read", unjudged: "not to be judged yet"});
export const STATE_ORDER = ["high", "medium", "low", "stale", "never", "unjudged", "good"];

/** @param {number|null} share @returns {string} */
export function percent(share) { return share === null ? "" : `${Math.round(100 * share)}%`; }

/** A KPI's reading in a sentence. @param {Reading} reading @returns {string} */
export function readingWords([kpi, , state, attained, passed, , baseline, target, actual, unit, day]) {
  const values = target === null ? "no target" : `${actual === null ? "no value" : actual}, ${baseline === null ? "" : `from ${baseline} `}to ${target}${unit ? ` ${unit}` : ""}`;
  return `${name(kpi)}: ${STATE_WORDS[state]}; ${values}${attained === null ? "" : `; ${percent(attained)} of the way`}${passed === null ? "" : `, ${percent(passed)} of the time passed`}${day ? `; read ${day}` : ""}`;
}

/** The bar of a reading: filled as far as attained, a line where it should be. @param {Reading} reading */
export function attainmentBar(reading) {
  const [kpi, goal, state, attained, passed, , , target, actual] = reading, grey = ["stale", "never", "unjudged"].includes(state);
  const share = attained === null ? (state === "good" ? 1 : 0) : Math.min(1, Math.max(0, attained));
  const figure = attained !== null ? percent(attained) : actual !== null && target !== null ? `${actual} / ${target}` : state === "never" ? "unread" : target === null ? "no target" : "";
  return el("button", {type: "button", class: `kpi kpi-${state}`, "data-kpi": kpi, "data-goal": goal, "data-state": state, "data-attained": attained === null ? "" : attained, title: readingWords(reading),
    on: {click: () => { const {selection} = get(), mine = selection && selection.kind === "node" && selection.id === kpi; set({selection: mine ? null : {kind: "node", id: kpi}}); }}},
    el("span", {class: "kpi-name"}, el("bdi", {text: name(kpi)})),
    el("span", {class: "kpi-line"},
      el("span", {class: `kpi-track ${attained === null && state !== "good" ? "blank" : ""}`, "aria-hidden": "true"}, el("span", {class: "kpi-fill", style: {"--share": `${100 * share}%`}}), passed === null || grey ? null : el("span", {class: "kpi-due", style: {"--share": `${100 * Math.min(1, passed)}%`}})),
      el("span", {class: "kpi-figure", text: figure}), el("span", {class: "kpi-word", text: STATE_WORDS[state].split(":")[0]})), unseen(readingWords(reading)));
}

/** The readings of each goal. @returns {Map<number, Reading[]>} */
export function readingsByGoal() {
  /** @type {Map<number, Reading[]>} */
  const held = new Map();
  for (const reading of /** @type {Reading[]} */ (M.data.cascadeTable.kpis)) held.set(reading[1], [...(held.get(reading[1]) || []), reading]);
  return held;
}
