// The filters over the findings: severities, rule, partner, standing, words; each in force is a chip that removes it.
import {FAMILIES, M, SEVERITIES, keeps} from "./model.js";
import {clear, el} from "./dom.js";
import {get, noFilter, set, setFilter, subscribe} from "./state.js";
import {SEVERITY_WORDS, partnerName, severityGlyph} from "./glyphs.js";

/** @typedef {import("./model.js").Filter} Filter */

export const STATUS_WORDS = /** @type {{[status: string]: string}} */ ({open: "Not discussed", discussed: "Discussed", new: "New since the baseline", noted: "Custom here"});

/** A family's name by its code. @param {string} code @returns {string} */
export function familyName(code) { const found = FAMILIES.find(([key]) => key === code); return found ? found[1] : code; }

/** A rule's name as words. @param {string} code @returns {string} */
export function ruleName(code) {
  const rule = M.data.report.rules.find((/** @type {{code: string}} */ one) => one.code === code);
  return rule ? rule.name.replace(/-/g, " ") : code;
}

/** Put a value in, or take it out. @template T @param {T[]} values @param {T} value @returns {T[]} */
export function toggled(values, value) { return values.includes(value) ? values.filter(one => one !== value) : [...values, value]; }

/** How many findings each severity has under the other filters. @param {Filter} filter @returns {{[severity: string]: number}} */
function counts(filter) {
  const others = {...filter, severity: []};
  /** @type {{[severity: string]: number}} */
  const count = {high: 0, medium: 0, low: 0, info: 0};
  for (const f of M.findings) if (keeps(f, others)) count[f.severity]++;
  return count;
}

/** Every filter in force: its words and what removes it. @param {Filter} filter @returns {{words: string, without: Partial<Filter>}[]} */
export function inForce(filter) {
  return [
    ...filter.severity.map(one => ({words: SEVERITY_WORDS[one] || one, without: {severity: toggled(filter.severity, one)}})),
    ...filter.family.map(one => ({words: familyName(one), without: {family: toggled(filter.family, one)}})),
    ...filter.rule.map(one => ({words: `${one} ${ruleName(one)}`, without: {rule: toggled(filter.rule, one)}})),
    ...filter.partner.map(one => ({words: partnerName(one), without: {partner: toggled(filter.partner, one)}})),
    ...(filter.status ? [{words: STATUS_WORDS[filter.status] || filter.status, without: {status: ""}}] : []),
    ...(filter.text ? [{words: `“${filter.text}”`, without: {text: ""}}] : []),
  ];
}

/** @param {string} id @param {string} label @param {(Node|string)[]} options @param {(value: string) => void} choose */
function select(id, label, options, choose) {
  const field = el("select", {id, class: "field small", "aria-label": label, on: {change: () => { choose(field.value); field.value = ""; }}}, options);
  return field;
}

/** @param {string} value @param {string} text */
function option(value, text) { return el("option", {value, text}); }

/** The filters, kept in step with the state. @returns {HTMLElement} */
export function filterBar() {
  const found = new Set(M.findings.map(f => f.rule));
  const severities = el("div", {class: "severity-toggles", role: "group", "aria-label": "Severities shown"});
  const buttons = SEVERITIES.map(severity => {
    const number = el("span", {class: "number"});
    const button = el("button", {type: "button", class: "toggle", "data-severity": severity, "aria-pressed": "false", on: {click: () => setFilter({severity: toggled(get().filter.severity, severity)})}},
      severityGlyph(severity), el("span", {text: SEVERITY_WORDS[severity]}), number);
    severities.appendChild(button);
    return {severity, button, number};
  });

  const text = el("input", {id: "findings-text", class: "field", type: "search", placeholder: "Filter by words", "aria-label": "Filter the findings by words", autocomplete: "off", spellcheck: "false"});
  text.addEventListener("input", () => setFilter({text: text.value.trim()}));

  const rule = select("filter-rule", "Add a rule or family to the filters", [option("", "Rule…"), ...FAMILIES.filter(([key]) => [...found].some(code => code.startsWith(key))).map(([key, words]) =>
    el("optgroup", {label: words}, option(key, `All of ${words.toLowerCase()}`), [...found].filter(code => code.startsWith(key)).sort().map(code => option(code, `${code} ${ruleName(code)}`))))],
    value => value && setFilter(value.length === 3 ? {family: toggled(get().filter.family, value)} : {rule: toggled(get().filter.rule, value)}));
  const partner = select("filter-partner", "Add a partner to the filters", [option("", "Partner…"), ...M.data.partners.map((/** @type {any} */ _, /** @type {number} */ p) => option(String(p), partnerName(p))), option("-1", "No partner")],
    value => value !== "" && setFilter({partner: toggled(get().filter.partner, Number(value))}));
  const standings = ["open", "discussed", ...(M.data.report.baseline ? ["new"] : []), ...(M.findings.some(f => f.noted) ? ["noted"] : [])];
  const status = select("filter-status", "Filter by what was discussed or is new", [option("", "Status…"), ...standings.map(key => option(key, STATUS_WORDS[key]))], value => setFilter({status: value}));

  const group = el("div", {class: "segments", role: "group", "aria-label": "Group the findings by"}, ["severity", "rule", "partner"].map(key =>
    el("button", {type: "button", class: "segment", "data-group": key, "aria-pressed": "false", text: key[0].toUpperCase() + key.slice(1), on: {click: () => set({group: key})}})));
  const chips = el("ul", {class: "chips", "aria-label": "Filters in force"});

  const show = () => {
    const {filter, group: grouped} = get(), count = counts(filter);
    for (const {severity, button, number} of buttons) {
      button.setAttribute("aria-pressed", String(filter.severity.includes(severity)));
      number.textContent = count[severity].toLocaleString("en-GB");
      button.setAttribute("data-count", String(count[severity]));
    }
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.group === grouped));
    if (text.value.trim() !== filter.text) text.value = filter.text;
    const active = inForce(filter), had = chips.contains(document.activeElement);
    clear(chips);
    for (const {words, without} of active) chips.appendChild(el("li", null, el("button", {type: "button", class: "chip", "aria-label": `Remove the filter ${words}`, on: {click: () => setFilter(without)}}, el("bdi", {text: words}), el("span", {"aria-hidden": "true", text: "×"}))));
    if (active.length) chips.appendChild(el("li", null, el("button", {type: "button", class: "link small", id: "filters-clear", text: "Clear all", on: {click: () => set({filter: noFilter()})}})));
    chips.hidden = !active.length;
    if (had) (chips.querySelector("button") || text).focus();
  };
  subscribe((_, changed) => { if (changed.has("filter") || changed.has("group")) show(); });
  show();
  return el("div", {class: "filters", role: "search", "aria-label": "Filter the findings"}, severities, el("div", {class: "filter-row"}, text), el("div", {class: "filter-row thirds"}, rule, partner, status), chips, el("div", {class: "filter-row"}, el("span", {class: "eyebrow", text: "Grouped by"}), group));
}
