// The legend: partners with their counts, kinds, findings, lines; each entry also filters or switches a layer off.
import {SEVERITIES, visible} from "../model.js";
import {el, svg, clear} from "../dom.js";
import {get, setFilter, noFilter} from "../state.js";
import {regionName, regionCounts, regionPartner} from "./titles.js";
import {discColour} from "./marks.js";

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Hidden} Hidden */

const KINDS = [["shared", "Shared goal", "a slice for each partner"], ["goal", "Goal", "size: priority"], ["person", "Person", "thick: high power"], ["group", "Group", ""], ["responsibility", "Responsibility", ""], ["kpi", "KPI", ""], ["partner", "Partner", "inside another"], ["other", "Other", ""]];
const LINES = [["talk", "Partners talk", "the strongest; darker: lately"], ["silent", "Dependency without contact", "the most, and the selected"], ["conflict", "Goals in conflict", ""], ["depends", "Depends on another partner's", ""], ["spoke", "Commits to a shared goal", ""], ["thin", "Accountable, contributes", ""]];
const SEVERITY_WORDS = /** @type {{[severity: string]: string}} */ ({high: "High", medium: "Medium", low: "Low, in the list only", info: "Info, in the list only"});

/** A small picture of a kind, as it is drawn. @param {string} kind @returns {SVGElement} */
function kindSign(kind) {
  const shapes = /** @type {{[kind: string]: () => SVGElement[]}} */ ({
    shared: () => [svg("path", {d: "M1 8 4.5 2h7L15 8l-3.5 6h-7z", class: "sign-shared"}), svg("path", {d: "M8 8V2h3.5L15 8l-3.5 6H8z", class: "sign-slice"}), svg("circle", {cx: 8, cy: 8, r: 2.8, class: "sign-hole"})],
    goal: () => [svg("path", {d: "M2 8 5 2.8h6L14 8l-3 5.2H5z", class: "sign-full"})],
    person: () => [svg("circle", {cx: 8, cy: 8, r: 5, class: "sign-ring"})],
    group: () => [svg("circle", {cx: 8, cy: 8, r: 5.5, class: "sign-ring"}), svg("circle", {cx: 8, cy: 8, r: 2, class: "sign-full"})],
    responsibility: () => [svg("rect", {x: 3.5, y: 3.5, width: 9, height: 9, class: "sign-half"})],
    kpi: () => [svg("path", {d: "M8 3l5 9.5H3z", class: "sign-line"})],
    partner: () => [svg("circle", {cx: 8, cy: 8, r: 5.5, class: "sign-half"})],
    other: () => [svg("path", {d: "M8 3l5 5-5 5-5-5z", class: "sign-line"})],
    talk: () => [svg("rect", {x: 0, y: 4, width: 16, height: 8, class: "sign-talk"}), svg("rect", {x: 0, y: 6, width: 16, height: 4, class: "sign-talk"})],
    silent: () => [svg("path", {d: "M0 8h16", class: "sign-silent"})],
    conflict: () => [svg("path", {d: "M0 8h16M5.5 5.5l5 5m0-5l-5 5", class: "sign-conflict"})],
    depends: () => [svg("path", {d: "M0 8h12", class: "sign-depends"}), svg("path", {d: "M11 5l5 3-5 3z", class: "sign-tip"})],
    spoke: () => [svg("path", {d: "M0 3l16 4.5v1L0 13z", class: "sign-spoke"})],
    thin: () => [svg("path", {d: "M0 8h16", class: "sign-thin"})],
    high: () => [svg("circle", {cx: 8, cy: 8, r: 6.5, class: "sign-high"}), svg("path", {d: "M8 4.3v4.2M8 10.4v1.3", class: "sign-mark"})],
    medium: () => [svg("path", {d: "M8 .5L15.5 8 8 15.5.5 8z", class: "sign-medium"})],
    low: () => [svg("rect", {x: 1.5, y: 6, width: 13, height: 4, class: "sign-low"})],
    info: () => [svg("circle", {cx: 8, cy: 8, r: 5, class: "sign-info"})],
  });
  return svg("svg", {viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "map-sign-svg"}, ...shapes[kind]());
}

/** One entry, a button. @param {Element} sign @param {string} word @param {string} remark @param {string|number} count @param {boolean} pressed @param {string} what @param {() => void} run @param {{[name: string]: any}} [more] */
function entry(sign, word, remark, count, pressed, what, run, more) {
  return el("li", null, el("button", {type: "button", class: "map-entry", "aria-pressed": String(pressed), title: what, on: {click: run}, ...more}, sign,
    el("span", {class: "map-entry-word"}, word, remark ? el("small", {text: remark}) : null), count === "" ? null : el("span", {class: "map-entry-count", text: typeof count === "number" ? count.toLocaleString("en-GB") : count})));
}

/** @template T @param {T[]} list @param {T} one @returns {T[]} */
function toggled(list, one) { return list.includes(one) ? list.filter(other => other !== one) : [...list, one]; }

/** Fill the legend. @param {HTMLElement} box @param {Scene} scene @param {Hidden} hidden @param {() => void} changed called when a layer was switched */
export function fillLegend(box, scene, hidden, changed) {
  const {filter} = get(), focused = /** @type {HTMLElement|null} */ (document.activeElement), key = focused && box.contains(focused) ? focused.dataset.key : undefined;
  const findings = visible({filter: {...filter, severity: []}}), top = box.scrollTop;
  const flip = (/** @type {Set<string>} */ set, /** @type {string} */ one) => () => { if (set.has(one)) set.delete(one); else set.add(one); changed(); };
  const partners = scene.regions.map(region => {
    const {goals, people} = regionCounts(region.p), colour = discColour(region.p), partner = regionPartner(region.p);
    const dot = el("span", {class: "map-dot", "data-colour": String(colour), "aria-hidden": "true"});
    return entry(dot, regionName(region.p), "", goals + people, filter.partner.includes(partner), `Only ${regionName(region.p)}: ${goals} goals, ${people} people`, () => setFilter({partner: toggled(get().filter.partner, partner)}), {"data-key": `p${region.p}`, disabled: partner < -1});
  });
  const counts = new Map();
  for (const one of scene.marks) counts.set(one.kind, (counts.get(one.kind) || 0) + one.members.length);
  const kinds = KINDS.filter(([kind]) => counts.has(kind)).map(([kind, word, remark]) =>
    entry(kindSign(kind), word, remark, counts.get(kind), !hidden.kinds.has(kind), `Show or hide: ${word}`, flip(hidden.kinds, kind), {"data-key": `k${kind}`}));
  const severities = SEVERITIES.map(severity =>
    entry(kindSign(severity), SEVERITY_WORDS[severity], "", findings.filter(f => f.severity === severity).length, filter.severity.includes(severity), `Only findings that are ${severity}`, () => setFilter({severity: toggled(get().filter.severity, severity)}), {"data-key": `s${severity}`}));
  const lines = LINES.filter(([kind]) => hasLine(scene, kind)).map(([kind, word, remark]) =>
    entry(kindSign(kind), word, remark, "", !hidden.lines.has(kind), `Show or hide: ${word}`, flip(hidden.lines, kind), {"data-key": `l${kind}`}));
  const part = (/** @type {string} */ title, /** @type {HTMLElement[]} */ list, /** @type {string} */ kind) => (list.length ? el("section", {class: `map-part map-part-${kind}`}, el("h3", {text: title}), el("ul", null, ...list)) : null);
  const first = part("Partners", partners, "filter"), sections = [partners.length > 14 ? null : first, part("Findings", severities, "filter"), part("Marks", kinds, "layer"), part("Lines", lines, "layer"), partners.length > 14 ? first : null];
  clear(box).append(...sections.filter(one => one !== null));
  if (hidden.kinds.size || hidden.lines.size || JSON.stringify(filter) !== JSON.stringify(noFilter()))
    box.append(el("button", {type: "button", class: "map-reset", "data-key": "reset", text: "Show all again", on: {click: () => { hidden.kinds.clear(); hidden.lines.clear(); setFilter(noFilter()); changed(); }}}));
  box.scrollTop = top;
  if (key) { const again = [...box.querySelectorAll("button")].find(one => one.dataset.key === key); if (again) again.focus(); }
}

/** @param {Scene} scene @param {string} kind @returns {boolean} */
function hasLine(scene, kind) {
  if (kind === "talk") return scene.ties.length > 0;
  if (kind === "silent") return scene.silent.length > 0;
  if (kind === "spoke") return scene.spokes.length > 0;
  return scene.lines.some(line => line.kind === kind || (kind === "thin" && (line.kind === "accountable" || line.kind === "contributes")));
}
