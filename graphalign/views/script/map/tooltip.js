// The words beside the mouse: what stands there, and what was found about it.
import {M, name, label, findingsOf, partnersOf, visible} from "../model.js";
import {el, clear, counted} from "../dom.js";
import {get} from "../state.js";
import {regionName, regionCounts, regionPartner} from "./titles.js";

/** @typedef {import("./types.js").Hit} Hit */
/** @typedef {import("../model.js").Finding} Finding */

const KIND_WORDS = /** @type {{[kind: string]: string}} */ ({shared: "Shared goal", goal: "Goal", person: "Person", group: "Group", responsibility: "Responsibility", kpi: "KPI", partner: "Partner"});

/** What a mark is, in a word. @param {import("./types.js").Mark} mark @returns {string} */
export function kindWord(mark) { return mark.members.length > 1 ? "Shared goals" : KIND_WORDS[mark.kind] || label(mark.i); }

/** Title, remark and findings of what was met. @param {Hit} hit @returns {{kind: string, title: string, lines: string[], found: Finding[]}|null} */
export function hitWords(hit) {
  if (!hit) return null;
  if (hit.kind === "mark") {
    const {mark} = hit, partners = partnersOf(mark.i).map(p => name(M.data.partners[p].node)).slice(0, 6).join(", ");
    if (mark.members.length > 1) return {kind: "Shared goals", title: `${mark.members.length} goals of ${mark.parts.map(regionName).join(", ")}`, lines: mark.members.slice(0, 6).map(name), found: mark.members.flatMap(findingsOf)};
    return {kind: kindWord(mark), title: name(mark.i), lines: partners ? [partners] : ["No partner"], found: findingsOf(mark.i)};
  }
  if (hit.kind === "region") {
    const {region} = hit, {goals, people} = regionCounts(region.p);
    return {kind: regionPartner(region.p) >= 0 ? "Partner" : "", title: regionName(region.p), lines: [`${counted(goals, "goal")}, ${people === 1 ? "1 person" : counted(people, "people", "people")}`, region.open ? "" : "Double-click to open it in place"].filter(line => line), found: []};
  }
  if (hit.kind === "line") {
    const {line} = hit, verb = M.data.typeWords[M.data.types[M.data.edges.type[line.e]]] || "";
    return {kind: line.kind === "conflict" ? "Conflict" : "Dependency", title: `${name(line.a.i)} ${verb} ${name(line.b.i)}`, lines: [], found: findingsOf(line.a.i).filter(f => findingsOf(line.b.i).includes(f))};
  }
  const same = (/** @type {{a: number, b: number}} */ one) => (one.a === hit.a && one.b === hit.b) || (one.a === hit.b && one.b === hit.a);
  const tie = M.data.map.ribbons.find(same), silent = M.data.map.silent.find(same);
  const lines = [tie ? `${counted(tie.ties, "pair")} of people in contact, ${tie.recent} of them lately` : "Nobody of the one is in contact with anybody of the other"];
  if (silent) lines.push(`${counted(silent.n, "dependency", "dependencies")} without recent contact`);
  return {kind: "Two partners", title: `${regionName(hit.a)} and ${regionName(hit.b)}`, lines, found: []};
}

/** Make the tooltip inside an element. @param {HTMLElement} container */
export function makeTooltip(container) {
  const box = el("div", {class: "map-tip", role: "presentation", hidden: true});
  container.appendChild(box);
  return {
    /** @param {Hit} hit @param {number} x @param {number} y */
    show(hit, x, y) {
      const words = hitWords(hit);
      if (!words) { box.hidden = true; return; }
      const kept = new Set(visible(get())), found = words.found.filter(f => kept.has(f));
      clear(box).append(el("p", {class: "map-tip-kind", text: words.kind}), el("p", {class: "map-tip-title", text: words.title.slice(0, 200)}), ...words.lines.map(line => el("p", {class: "map-tip-line", text: line.slice(0, 160)})));
      for (const f of found.slice(0, 3)) box.append(el("p", {class: "map-tip-found"}, el("span", {class: `map-sign map-sign-${f.severity}`, "aria-hidden": "true"}), el("span", {text: `${f.name.replace(/-/g, " ")}, ${f.severity}`})));
      if (found.length > 3) box.append(el("p", {class: "map-tip-line", text: `and ${counted(found.length - 3, "more finding", "more findings")}`}));
      box.hidden = false;
      const w = container.clientWidth, h = container.clientHeight, bw = box.offsetWidth, bh = box.offsetHeight;
      box.style.setProperty("left", `${Math.max(4, x + 16 + bw > w ? x - bw - 12 : x + 16)}px`);
      box.style.setProperty("top", `${Math.max(4, Math.min(y + 14, h - bh - 6))}px`);
    },
    hide() { box.hidden = true; },
  };
}
