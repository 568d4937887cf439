// The report on paper: title, what was read, the map and the charts, all findings with evidence, how every rule ended, the tables.
import {M, SEVERITIES} from "./model.js";
import {byId, clear, el} from "./dom.js";
import {get} from "./state.js";
import {SEVERITY_WORDS, severityMark} from "./glyphs.js";
import {placeWords} from "./card.js";
import {verdictSentence} from "./verdicts.js";
import {allTabs} from "./tabs.js";
import {entry} from "./notes.js";

/**
 * Make the report when the browser is about to print, remove it after.
 * @param {() => void} mountRest brings up the tabs that nobody looked at yet
 */
export function followPrint(mountRest) {
  const paper = el("div", {id: "paper", hidden: true});
  document.body.appendChild(paper);
  const root = document.documentElement;
  let theme = root.getAttribute("data-theme") || "light";
  // Paper is white: the pictures are drawn by the light theme, whichever is shown.
  const lit = (/** @type {string} */ to) => {
    if (root.getAttribute("data-theme") === to) return;
    root.setAttribute("data-theme", to);
    for (const one of allTabs()) if (one.png && byId(`tab-${one.id}`).childElementCount) one.update(get(), new Set(["theme"]));
  };
  window.addEventListener("beforeprint", () => { theme = root.getAttribute("data-theme") || "light"; mountRest(); lit("light"); fillPaper(clear(paper)); paper.hidden = false; });
  window.addEventListener("afterprint", () => { clear(paper); paper.hidden = true; lit(theme); });
}

/** @param {HTMLElement} paper */
function fillPaper(paper) {
  const {title, made, report, left_out: leftOut} = M.data, shown = M.findings.filter(f => !f.noted);
  paper.append(
    el("h1", null, el("bdi", {text: title})),
    el("p", {class: "lead", text: `Judged on ${made.as_of} by graphalign ${made.version}${made.pseudonymised ? "; persons are shown by pseudonyms" : ""}.`}),
    el("p", {text: SEVERITIES.map(severity => `${shown.filter(f => f.severity === severity).length} ${SEVERITY_WORDS[severity].toLowerCase()}`).join(", ") + `. ${verdictSentence()}`}),
    el("h2", {text: "What was read"}), readTable(report.data), leftOut.length ? el("ul", {class: "plain"}, leftOut.map((/** @type {string} */ one) => el("li", {text: one}))) : "",
    ...pictures(),
    el("h2", {text: "Findings"}));
  for (const severity of SEVERITIES) {
    const some = shown.filter(f => f.severity === severity);
    if (some.length) paper.append(el("h3", null, severityMark(severity), ` (${some.length})`), ...some.map(f => paperFinding(f)));
  }
  const noted = M.findings.filter(f => f.noted);
  if (noted.length) paper.append(el("h3", {text: `Custom here (${noted.length})`}), ...noted.map(f => paperFinding(f)));
  if (report.waived.length) paper.append(el("h3", {text: `Waived (${report.waived.length})`}), el("ul", {class: "plain"}, report.waived.map((/** @type {any} */ one) => el("li", null, `${one.finding.rule} `, el("bdi", {text: one.finding.message}), ` ${one.waiver.reason}, until ${one.waiver.until}`))));
  paper.append(el("h2", {text: "How every rule ended"}), verdictTable(report.rules), ...tables());
}

/** @param {any} data */
function readTable(data) {
  return el("table", null, el("thead", null, el("tr", null, ["File", "Read", "Kept", "Refused"].map((word, at) => el("th", {scope: "col", class: at ? "number" : "", text: word})))),
    el("tbody", null, data.files.map((/** @type {any} */ file) => el("tr", null, el("th", {scope: "row"}, el("bdi", {text: file.file})), [file.read, file.kept, file.refused].map(value => el("td", {class: "number", text: String(value)}))))),
    el("tfoot", null, el("tr", null, el("td", {colspan: 4, text: `${Object.entries(data.nodes).map(([word, n]) => `${n} ${word}`).join(", ")}; ${Object.values(data.relationships).reduce((/** @type {number} */ sum, n) => sum + Number(n), 0)} relationships.`}))));
}

/** @param {import("./model.js").Finding} f @returns {HTMLElement} */
function paperFinding(f) {
  const kept = entry(f.id);
  return el("article", {class: "paper-finding"},
    el("p", null, el("strong", null, `${f.rule} ${f.name.replace(/-/g, " ")}. `), el("bdi", {text: f.message}), kept.discussed ? " (Discussed)" : ""),
    f.remedy && el("p", null, el("em", {text: "What to do: "}), f.remedy), kept.note && el("p", null, el("em", {text: "Note: "}), kept.note),
    f.evidence.length > 0 && el("ul", {class: "evidence"}, f.evidence.map(one => el("li", null, el("bdi", {text: one.text}), placeWords(one) && el("span", {class: "place", text: ` ${placeWords(one)}`})))),
    f.folded.map(paperFinding));
}

/** @param {any[]} rules */
function verdictTable(rules) {
  return el("table", null, el("thead", null, el("tr", null, ["Rule", "Name", "Verdict", "Judged", "Findings", ""].map((word, at) => el("th", {scope: "col", class: at === 3 || at === 4 ? "number" : "", text: word})))),
    el("tbody", null, rules.map(rule => el("tr", null, el("th", {scope: "row", text: rule.code}), el("td", {text: rule.name.replace(/-/g, " ")}), el("td", {text: rule.verdict}), el("td", {class: "number", text: String(rule.judged)}), el("td", {class: "number", text: String(rule.findings)}), el("td", {text: rule.missing})))));
}

/** The pictures of the tabs: as they were shown, else as they would be. @returns {Node[]} */
function pictures() {
  /** @type {Node[]} */
  const found = [];
  for (const one of allTabs()) {
    const png = one.png ? one.png() : null;
    if (png && png.startsWith("data:image/")) {
      const image = el("img", {alt: one.title});
      image.src = png;
      found.push(el("figure", null, image, el("figcaption", {text: one.title})));
    }
    for (const {title, drawing} of one.drawings ? one.drawings() : []) {
      const copy = /** @type {SVGElement} */ (drawing.cloneNode(true)), legend = drawing.closest(".block")?.querySelector(".legend");
      for (const part of [copy, ...copy.querySelectorAll("*")]) for (const gone of ["id", "tabindex", "role"]) part.removeAttribute(gone);
      found.push(el("figure", {class: "chart"}, copy, el("figcaption", {text: title}), legend ? legend.cloneNode(true) : null));
    }
  }
  return found;
}

/** The tables of the tabs, without what only a screen can do. @returns {Node[]} */
function tables() {
  /** @type {Node[]} */
  const found = [];
  for (const one of allTabs()) {
    const panel = document.getElementById(`tab-${one.id}`), all = panel ? [...panel.querySelectorAll("table")] : [];
    if (!all.length) continue;
    const part = el("section", {class: "paper-wide"}, el("h2", {text: one.title}));
    found.push(part);
    for (const table of all) {
      const copy = /** @type {HTMLElement} */ (table.cloneNode(true));
      for (const gone of copy.querySelectorAll("[id]")) gone.removeAttribute("id");
      for (const button of copy.querySelectorAll("button")) button.replaceWith(el("span", {class: button.getAttribute("class")}, [...button.childNodes]));
      for (const field of copy.querySelectorAll("input, select, textarea")) field.remove();
      copy.removeAttribute("id");
      const first = table.querySelector("tr"), many = !!first && first.children.length > 14;
      part.appendChild(el("div", {class: `paper-table ${many ? "paper-many" : ""}`}, copy));
    }
  }
  return found;
}
