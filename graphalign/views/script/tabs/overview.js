// The overview: where the alliance is out of line, what to act on first, what changed, what was read and could not be judged.
import {M, finding, findingPartners, subjects} from "../model.js";
import {counted, el} from "../dom.js";
import {setFilter} from "../state.js";
import {partnerName, severityGlyph, severityMark, swatch} from "../glyphs.js";
import {register} from "../tabs.js";
import {drawHeat} from "./heat.js";
import {mark, selectFinding} from "./marking.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../model.js").Finding} Finding */
const LABEL_WORDS = /** @type {{[label: string]: [string, string]}} */ ({Stakeholder: ["stakeholder", "stakeholders"], Kpi: ["KPI", "KPIs"], Responsibility: ["responsibility", "responsibilities"], Goal: ["goal", "goals"], Partner: ["partner", "partners"]});
const MOST_LINES = 6;
const LONG_DAY = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
const shownHere = {heat: /** @type {HTMLElement|null} */ (null), cards: /** @type {HTMLElement[]} */ ([])};

/** @param {string} day @returns {string} */
export function dayWords(day) {
  return LONG_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** @param {HTMLElement} container */
function mountOverview(container) {
  const {sentences, first} = M.data.overview, [lead, ...rest] = sentences;
  const cards = first.map((/** @type {string[]} */ one, /** @type {number} */ at) => firstCard(one, at));
  shownHere.heat = el("div", {class: "heat-box"});
  shownHere.cards = cards.filter(Boolean);
  container.append(el("div", {class: "tab-body overview"},
    el("header", {class: "lead"},
      el("p", {class: "eyebrow", text: `${M.data.title}, as of ${dayWords(M.data.made.as_of)}`}),
      el("p", {class: "lead-line", id: "lead", text: lead}),
      rest.length ? el("p", {class: "lead-more", text: rest.join(" ")}) : null),
    cards.length ? el("section", {class: "block", "aria-labelledby": "first-title"}, el("h2", {id: "first-title", text: cards.length === 1 ? "Act on this first" : `Act on these ${["", "", "two", "three"][cards.length] || cards.length} first`}), el("ol", {class: "first-cards"}, cards)) : null,
    M.findings.every(f => f.noted) ? null : el("section", {class: "block", "aria-labelledby": "heat-title"}, el("h2", {id: "heat-title", text: "Where the findings are"}),
      el("p", {class: "hint", text: "Findings by partner and kind of rule; the darker, the heavier. A click on a number lists just these; a click on it again lists all."}), shownHere.heat),
    sinceBaseline(),
    el("div", {class: "two-columns"}, whatWasRead(), whatWasNotJudged()),
    M.data.left_out.length ? el("section", {class: "block"}, el("h2", {text: "Left out of this page"}), el("ul", {class: "plain-list"}, M.data.left_out.map((/** @type {string} */ text) => el("li", {text})))) : null));
}

/** @param {string[]} one the finding's id, then why it comes first @param {number} at */
function firstCard([id, ...why], at) {
  const f = finding(id);
  if (!f) return null;
  const partners = findingPartners(f).filter(p => p >= 0), alike = M.findings.filter(one => one.rule === f.rule && one.severity === f.severity && !one.noted).length - 1;
  return el("li", {class: "first-card", "data-first": id},
    el("button", {type: "button", class: "first-open", on: {click: () => selectFinding(id)}},
      el("span", {class: "first-eyebrow"}, el("span", {class: "first-number", "aria-hidden": "true", text: String(at + 1)}), severityMark(f.severity), el("span", {class: "count", text: `${f.rule} ${f.name.replace(/-/g, " ")}`})),
      el("bdi", {class: "first-message", text: f.message})),
    el("p", {class: "first-why"}, el("b", {text: "Why first: "}), why.join("; ") + "."),
    el("p", {class: "first-remedy"}, el("b", {text: "What to do: "}), el("bdi", {text: f.remedy})),
    alike ? el("p", null, el("button", {type: "button", class: "link small", "data-alike": f.rule, "data-count": alike, text: `${alike.toLocaleString("en-GB")} more of the same kind`, on: {click: () => setFilter({rule: [f.rule], severity: [f.severity]})}})) : null,
    partners.length ? el("p", {class: "first-partners"}, partners.map(p => el("span", {class: "partner-mark"}, swatch(p), el("bdi", {text: partnerName(p)})))) : null);
}

function sinceBaseline() {
  const {baseline} = M.data.report;
  if (!baseline) return null;
  const {since} = M.data.overview, told = (/** @type {"fixed"|"unjudged"} */ key) => { const ids = new Set(since[key]); return baseline[key].filter((/** @type {any} */ one) => ids.has(one.id)); };
  const fresh = M.findings.filter(f => since.new.includes(f.id)), groups = /** @type {[string, string, any[]][]} */ ([["New", "new", fresh], ["Fixed", "fixed", told("fixed")], ["Cannot be told", "unjudged", told("unjudged")]]);
  return el("section", {class: "block", id: "since", "aria-labelledby": "since-title"}, el("h2", {id: "since-title", text: `Since ${dayWords(baseline.as_of)}`}),
    el("p", {class: "tiles"}, groups.map(([title, key, list]) => el("span", {class: `tile tile-${key}`, "data-since": key, "data-count": since[key].length}, el("b", {text: String(since[key].length)}), ` ${title.toLowerCase()}`)),
      el("span", {class: "tile", "data-since": "open", "data-count": since.open.length}, el("b", {text: String(since.open.length)}), " still open"), el("span", {class: "count"}, "compared with ", el("bdi", {text: baseline.file}))),
    el("div", {class: "two-columns"}, groups.filter(([, , list]) => list.length).map(([title, key, list]) => el("div", null, el("h3", {text: title}),
      cutList(list.map(f => el("li", null, severityGlyph(f.severity, true), " ", key === "new" ? el("button", {type: "button", class: "link-plain", "data-opens": f.id, on: {click: () => selectFinding(f.id)}}, el("bdi", {text: f.message})) : el("bdi", {text: f.message}), " ", el("span", {class: "count", text: f.rule}))))))));
}

/** A list of which the rest opens on demand. @param {HTMLElement[]} lines */
function cutList(lines) {
  const list = el("ul", {class: "plain-list"}, lines.slice(0, MOST_LINES)), rest = lines.slice(MOST_LINES);
  return el("div", null, list, rest.length ? el("details", {class: "more-fold"}, el("summary", {text: `${rest.length.toLocaleString("en-GB")} more`}), el("ul", {class: "plain-list"}, rest.slice(0, 300)), rest.length > 300 ? el("p", {class: "count", text: `and ${rest.length - 300} more, in the report`}) : null) : null);
}

/** Counts by kind, the most first, as a table of two columns with bars. @param {string} caption @param {[string, number][]} pairs @param {string} hook */
function tally(caption, pairs, hook) {
  const most = Math.max(1, ...pairs.map(([, n]) => n));
  return el("table", {class: "tally"}, el("caption", {text: caption}), el("tbody", null, pairs.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word, n]) => el("tr", null, el("th", {scope: "row"}, el("bdi", {text: word})),
    el("td", {[`data-${hook}`]: word, "data-count": n}, n.toLocaleString("en-GB")), el("td", {class: "tally-bar", "aria-hidden": "true"}, el("span", {style: {"--share": `${Math.max(1, 100 * n / most)}%`}}))))));
}

function whatWasRead() {
  const {data} = M.data.report, words = M.data.typeWords;
  const nodes = /** @type {[string, number][]} */ (Object.entries(data.nodes)).map(([label, n]) => /** @type {[string, number]} */ ([(LABEL_WORDS[label] || ["", label])[1], n]));
  const ties = /** @type {[string, number][]} */ (Object.entries(data.relationships)).map(([type, n]) => /** @type {[string, number]} */ ([words[type] || type.toLowerCase().replace(/_/g, " "), n]));
  const sum = (/** @type {[string, number][]} */ pairs) => pairs.reduce((n, pair) => n + pair[1], 0).toLocaleString("en-GB");
  return el("section", {class: "block", id: "read", "aria-labelledby": "read-title"}, el("h2", {id: "read-title", text: "What was read"}),
    el("p", null, el("b", {"data-count": data.read, text: data.read.toLocaleString("en-GB")}), " rows and relationships read = ", el("b", {text: data.kept.toLocaleString("en-GB")}), " kept + ", el("b", {text: data.refused.toLocaleString("en-GB")}), " refused; of the values in columns that rules read, ", `${data.values.refused.toLocaleString("en-GB")} of ${data.values.read.toLocaleString("en-GB")} refused.`),
    data.files.length ? el("table", {class: "data files"}, el("caption", {class: "offscreen", text: "Rows and relationships by file"}), el("thead", null, el("tr", null, ["File", "Read", "Kept", "Refused"].map(text => el("th", {scope: "col", text})))),
      el("tbody", null, data.files.slice(0, 12).map((/** @type {any} */ file) => el("tr", null, el("th", {scope: "row"}, el("bdi", {text: file.file})), ["read", "kept", "refused"].map(key => el("td", {class: "number", text: file[key].toLocaleString("en-GB")})))))) : null,
    el("div", {class: "tallies"}, tally(`${sum(nodes)} nodes`, nodes, "nodes"), tally(`${sum(ties)} relationships`, ties, "ties")),
    notices("Refused", data.refusals, (/** @type {any} */ one) => [el("bdi", {text: one.reason}), " ", el("bdi", {class: "count", text: `${one.text ? `“${one.text}”, ` : ""}${[one.file, one.sheet && `sheet ${one.sheet}`, one.row && `row ${one.row}`, one.key].filter(Boolean).join(", ")}`})]),
    notices("Said while reading", data.notes, (/** @type {any} */ one) => [el("bdi", {text: one.text}), one.count > 1 ? el("span", {class: "count", text: ` (${one.count} times)`}) : null, one.way_out ? el("span", {class: "count"}, " ", el("bdi", {text: one.way_out})) : null]));
}

/** @param {string} title @param {any[]} list @param {(one: any) => any[]} draw */
function notices(title, list, draw) {
  return list.length ? el("details", {class: "more-fold"}, el("summary", {text: `${title}: ${list.length.toLocaleString("en-GB")}`}), cutList(list.slice(0, 306).map(one => el("li", null, draw(one))))) : null;
}

function whatWasNotJudged() {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const rule of M.data.report.rules) if (rule.verdict === "cannot judge") groups.set(rule.missing, [...(groups.get(rule.missing) || []), rule]);
  const all = [...groups.values()].flat().length, judged = M.data.report.rules.filter((/** @type {any} */ rule) => ["found", "clean", "waived"].includes(rule.verdict)).length;
  const noted = M.findings.filter(f => f.noted).length, proposed = Math.max(0, ...M.data.report.rules.map((/** @type {any} */ rule) => rule.left_out));
  return el("section", {class: "block", id: "unjudged-block", "aria-labelledby": "unjudged-title"}, el("h2", {id: "unjudged-title", text: "What could not be judged"}),
    el("p", null, `${counted(judged, "rule")} of ${M.data.report.rules.length} judged.`, all ? ` ${counted(all, "rule")} could not; to have them judge, add what is missing:` : " None was kept from it by missing data."),
    all ? el("ul", {class: "plain-list missing"}, [...groups].map(([missing, rules]) => {
      const at = missing.indexOf(": add"), why = at < 0 ? missing : missing.slice(0, at), add = at < 0 ? "" : missing.slice(at + 2);
      return el("li", {"data-missing": rules.map(rule => rule.code).join(" ")}, add ? el("b", {text: add[0].toUpperCase() + add.slice(1) + "."}) : null, " ", el("bdi", {text: why[0].toUpperCase() + why.slice(1)}), ". ",
        el("span", {class: "count", text: rules.map(rule => `${rule.code} ${rule.name.replace(/-/g, " ")}`).join(", ")}));
    })) : null,
    proposed ? el("p", {text: `${counted(proposed, "proposed goal")} left out by rules on active goals.`}) : null,
    noted ? el("p", {text: `${counted(noted, "finding")} so common here that ${noted === 1 ? "it is" : "they are"} noted as a custom, not counted; the list of findings has them under “Custom here”.`}) : null);
}

/** @param {State} state */
function updateOverview(state) {
  if (shownHere.heat) drawHeat(shownHere.heat, state);
  const {selection} = state;
  for (const card of shownHere.cards) {
    const f = finding(card.dataset.first || "");
    mark(card, !!f && !!selection && (selection.kind === "finding" ? selection.id === f.id : selection.kind === "node" && subjects(f).includes(selection.id)), false);
  }
}

register({id: "overview", title: "Overview", mount: mountOverview, update: updateOverview});
