// Below the list: what is custom here, what is waived, and which rules could not be judged and why; a line each.
import {M, FAMILIES} from "./model.js";
import {counted, el} from "./dom.js";
import {set} from "./state.js";
import {severityGlyph} from "./glyphs.js";

/** @typedef {{code: string, name: string, verdict: string, missing: string, judged: number}} Rule */

/** @param {string} id @param {string} title @param {number} count @param {Node[]} lines */
function fold(id, title, count, lines) {
  return count ? el("details", {class: "aside-fold", id}, el("summary", null, title, " ", el("span", {class: "number", "data-count": count, text: String(count)})), el("ul", null, lines)) : null;
}

/** @returns {HTMLElement} */
export function verdictNotes() {
  const rules = /** @type {Rule[]} */ (M.data.report.rules);
  /** @type {Map<string, number>} */
  const noted = new Map();
  for (const f of M.findings) if (f.noted) noted.set(f.rule, (noted.get(f.rule) || 0) + 1);
  const waived = M.data.report.waived;
  const of = (/** @type {string} */ verdict) => rules.filter(rule => rule.verdict === verdict);
  const line = (/** @type {Rule} */ rule) => el("li", {"data-rule": rule.code}, el("span", {class: "code", text: rule.code}), " ", rule.name.replace(/-/g, " "), rule.missing && el("span", {class: "quiet-text", text: `: ${rule.missing}`}));
  const cannot = of("cannot judge");
  return el("div", {class: "asides"},
    fold("noted", "Custom here", noted.size, rules.filter(rule => noted.has(rule.code)).map(rule => el("li", null,
      el("button", {type: "button", class: "link", on: {click: () => set({filter: {severity: [], family: [], rule: [rule.code], partner: [], text: "", status: "noted"}})}}, `${rule.code} ${rule.name.replace(/-/g, " ")}`),
      el("span", {class: "quiet-text", text: `: ${noted.get(rule.code)} of ${rule.judged} judged, so common that it is how things are done here`})))),
    fold("waived", "Waived", waived.length, waived.map((/** @type {any} */ one) => el("li", null, severityGlyph(one.finding.severity, true), " ",
      el("button", {type: "button", class: "link", "data-opens": one.finding.id, on: {click: () => set({selection: {kind: "finding", id: one.finding.id}})}}, el("bdi", {text: one.finding.message})),
      el("span", {class: "quiet-text"}, " ", el("bdi", {text: one.waiver.reason}), `, ${one.waiver.by ? `by ${one.waiver.by}, ` : ""}until ${one.waiver.until}`)))),
    fold("unjudged", "Could not be judged", cannot.length, cannot.map(line)),
    fold("inapplicable", "Not applicable", of("not applicable").length, of("not applicable").map(line)),
    fold("disabled", "Switched off", of("disabled").length, of("disabled").map(line)));
}

/** How the rules ended, in one sentence. @returns {string} */
export function verdictSentence() {
  const rules = /** @type {Rule[]} */ (M.data.report.rules), n = (/** @type {string} */ verdict) => rules.filter(rule => rule.verdict === verdict).length;
  const parts = [`${n("found")} found something`, `${n("clean")} found nothing`, n("cannot judge") ? `${n("cannot judge")} could not be judged` : "", n("not applicable") ? `${n("not applicable")} do not apply` : "", n("waived") ? `${n("waived")} are waived` : "", n("disabled") ? `${n("disabled")} are switched off` : ""];
  return `Of ${counted(rules.length, "rule")} in ${FAMILIES.length} families, ${parts.filter(Boolean).join(", ")}.`;
}
