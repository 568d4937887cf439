// The list of findings beside every tab: in groups, the first fifty of each, one open at a time.
import {FAMILIES, M, SEVERITIES, finding, findingPartners, foldedUnder, standing, visible} from "./model.js";
import {clear, counted, el, say} from "./dom.js";
import {get, set, subscribe} from "./state.js";
import {SEVERITY_WORDS, partnerName, severityGlyph, swatch} from "./glyphs.js";
import {familyName, filterBar, ruleName} from "./filters.js";
import {findingItem, pinnedFinding} from "./card.js";
import {exportNotes, importNotes, noteCount, onNotes} from "./notes.js";
import {verdictNotes} from "./verdicts.js";

/** @typedef {import("./model.js").Finding} Finding */
/** @typedef {{key: string, title: Node[], items: Finding[]}} Group */

const STEP = 50, EAGER = 200;

/** @type {{list: HTMLElement, count: HTMLElement, groups: Group[], order: [string, number][], drawn: Map<string, number>, shut: Map<string, boolean>, at: number, nodes: Map<string, HTMLElement>}} */
const shelf = {list: document.createElement("div"), count: document.createElement("span"), groups: [], order: [], drawn: new Map(), shut: new Map(), at: -1, nodes: new Map()};

/** Fill the column of findings and keep it in step with the state. @param {HTMLElement} column */
export function mountFindings(column) {
  shelf.count = el("span", {class: "count"});
  shelf.list = el("div", {id: "findings-list", class: "findings-list"});
  const file = el("input", {type: "file", class: "offscreen", accept: "application/json,.json", "aria-label": "A file of ticks and notes to import", tabindex: "-1", id: "notes-file"});
  file.addEventListener("change", async () => {
    const chosen = file.files && file.files[0];
    if (chosen) said.textContent = importNotes(await chosen.text());
    file.value = "";
  });
  const said = el("p", {class: "count", role: "status"});
  const kept = el("span", {class: "count"});
  const notes = el("details", {class: "notes-menu"}, el("summary", null, "Ticks and notes ", kept),
    el("p", {class: "small quiet-text", text: "They stay in this browser. Export them to keep or share them; importing adds to what is here."}),
    el("p", {class: "filter-row"}, el("button", {type: "button", class: "button small", id: "notes-export", text: "Export as JSON", on: {click: exportNotes}}),
      el("button", {type: "button", class: "button small", id: "notes-import", text: "Import", on: {click: () => file.click()}}), file), said);
  const showKept = () => { kept.textContent = noteCount() ? String(noteCount()) : ""; };
  column.append(
    el("div", {class: "findings-bar"}, el("h2", {id: "findings-title", tabindex: "-1"}, "Findings ", shelf.count),
      el("span", {class: "steps"},
        el("button", {type: "button", class: "button icon small", id: "finding-previous", "aria-label": "Previous finding", title: "Previous (k)", text: "↑", on: {click: () => step(-1)}}),
        el("button", {type: "button", class: "button icon small", id: "finding-next", "aria-label": "Next finding", title: "Next (j)", text: "↓", on: {click: () => step(1)}})),
      el("button", {type: "button", class: "button icon small quiet only-narrow", "data-sheet-close": "", "aria-label": "Close the findings", text: "×"})),
    filterBar(), shelf.list, verdictNotes(), notes);
  column.addEventListener("keydown", walk);
  subscribe((state, changed) => {
    if (changed.has("filter") || changed.has("group")) { shelf.drawn.clear(); shelf.shut.clear(); fill(); say(`${counted(visible(state).length, "finding")} shown.`); }
    else if (changed.has("selection")) openSelected();
  });
  onNotes(() => { showKept(); refreshMarks(); });
  showKept();
  fill();
}

/** @returns {Group[]} */
function grouped() {
  const {group} = get(), shown = visible(get());
  if (group === "rule") {
    const codes = [...new Set(shown.map(f => f.rule))].sort((a, b) => FAMILIES.findIndex(([key]) => a.startsWith(key)) - FAMILIES.findIndex(([key]) => b.startsWith(key)) || (a < b ? -1 : 1));
    return codes.map(code => ({key: code, title: [el("span", {class: "code", text: code}), el("span", {text: ` ${ruleName(code)}`}), el("span", {class: "count", text: ` ${familyName(code.slice(0, 3))}`})], items: shown.filter(f => f.rule === code)}));
  }
  if (group === "partner") {
    /** @type {Map<number, Finding[]>} */
    const by = new Map();
    for (const f of shown) for (const p of findingPartners(f)) { const list = by.get(p); if (list) list.push(f); else by.set(p, [f]); }
    return [...by.keys()].sort((a, b) => (a < 0 ? 1 : b < 0 ? -1 : a - b)).map(p => ({key: `p${p}`, title: [swatch(p), el("bdi", {text: partnerName(p)})], items: by.get(p) || []}));
  }
  return SEVERITIES.map(severity => ({key: severity, title: [severityGlyph(severity), el("span", {text: SEVERITY_WORDS[severity]})], items: shown.filter(f => f.severity === severity)})).filter(one => one.items.length);
}

/** Draw the whole list anew. */
function fill() {
  shelf.groups = grouped();
  shelf.order = shelf.groups.flatMap(group => group.items.map((_, at) => /** @type {[string, number]} */ ([group.key, at])));
  const shown = new Set(shelf.groups.flatMap(group => group.items.map(f => f.id))).size, all = M.findings.filter(f => f.noted === (get().filter.status === "noted")).length;
  shelf.count.textContent = shown === all ? all.toLocaleString("en-GB") : `${shown.toLocaleString("en-GB")} of ${all.toLocaleString("en-GB")}`;
  shelf.count.setAttribute("data-count", String(shown));
  clear(shelf.list);
  shelf.nodes.clear();
  shelf.at = -1;
  let room = EAGER;
  for (const group of shelf.groups) {
    if (!shelf.shut.has(group.key)) shelf.shut.set(group.key, room <= 0);
    room -= Math.min(STEP, group.items.length);
    const node = el("section", {class: "finding-group", "data-group": group.key});
    shelf.nodes.set(group.key, node);
    shelf.list.appendChild(node);
    fillGroup(group);
  }
  if (!shelf.groups.length) shelf.list.appendChild(el("p", {class: "empty"}, M.findings.length ? "No finding passes these filters. Esc takes the last one back." : "Nothing was found out of line by what could be judged."));
  openSelected();
}

/** @param {Group} group */
function fillGroup(group) {
  const node = shelf.nodes.get(group.key);
  if (!node) return;
  const shut = shelf.shut.get(group.key) || false, drawn = Math.min(group.items.length, shelf.drawn.get(group.key) || STEP), left = group.items.length - drawn;
  const listId = `group-${group.key}`, had = node.contains(document.activeElement) && document.activeElement instanceof HTMLElement && document.activeElement.matches(".group-head, .more");
  clear(node).append(
    el("h3", null, el("button", {type: "button", class: "group-head", "aria-expanded": String(!shut), "aria-controls": listId, on: {click: () => { shelf.shut.set(group.key, !shut); fillGroup(group); }}},
      el("span", {class: "chevron", "aria-hidden": "true"}), group.title, el("span", {class: "number", "data-count": group.items.length, text: group.items.length.toLocaleString("en-GB")}))),
    el("ul", {id: listId, hidden: shut}, shut ? null : group.items.slice(0, drawn).map((f, at) => findingItem(f, group.key, isOpen(group.key, at, f)))));
  if (!shut && left) node.appendChild(el("button", {type: "button", class: "more link small", text: `Show ${Math.min(STEP, left)} more of ${left.toLocaleString("en-GB")}`, on: {click: () => {
    shelf.drawn.set(group.key, drawn + STEP);
    fillGroup(group);
    const next = node.querySelectorAll(".finding-head")[drawn];
    if (next instanceof HTMLElement) next.focus();
  }}}));
  if (had && !node.contains(document.activeElement)) { const head = node.querySelector(".group-head"); if (head instanceof HTMLElement) head.focus(); }
}

/** Whether this line of the list is the one that is open. @param {string} key @param {number} at @param {Finding} f @returns {boolean} */
function isOpen(key, at, f) {
  const here = shelf.order[shelf.at];
  return !!here && here[0] === key && here[1] === at && f.id === selectedId();
}

/** @returns {string} the finding selected, or "" */
function selectedId() { const {selection} = get(); return selection && selection.kind === "finding" ? selection.id : ""; }

/** @param {[string, number]|undefined} place @returns {Finding|null} */
function at(place) {
  const group = place && shelf.groups.find(one => one.key === place[0]);
  return group && place ? group.items[place[1]] : null;
}

/** Open the line of the finding selected, shut the other; one that the filters hide is shown above the list. */
function openSelected() {
  const id = selectedId(), before = shelf.order[shelf.at], held = at(before);
  if (!held || held.id !== id) shelf.at = id ? shelf.order.findIndex(place => { const f = at(place); return !!f && f.id === id; }) : -1;
  const place = shelf.order[shelf.at], pinned = shelf.list.querySelector(".pinned");
  if (pinned) pinned.remove();
  for (const open of shelf.list.querySelectorAll(".finding.is-open")) {
    const f = finding(open.getAttribute("data-finding") || ""), group = open.closest(".finding-group");
    const focus = open.contains(document.activeElement), fresh = f && group && findingItem(f, group.getAttribute("data-group") || "", false);
    if (fresh) { open.replaceWith(fresh); const head = fresh.querySelector("button"); if (focus && head) head.focus({preventScroll: true}); }
  }
  const f = id ? finding(id) : null;
  if (!f) return;
  if (!place) {
    const parent = foldedUnder(f), why = standing(f) === "waived" ? "Waived: it is not in the list." : parent ? `Folded under ${parent.rule}: it is not in the list on its own.` : f.noted && get().filter.status !== "noted" ? "So common here that it is custom: it is not in the list." : "The filters hide it in the list.";
    shelf.list.prepend(pinnedFinding(f, why));
    shelf.list.scrollIntoView({block: "nearest"});
    return;
  }
  const group = shelf.groups.find(one => one.key === place[0]);
  if (!group) return;
  if (shelf.shut.get(group.key) || place[1] >= (shelf.drawn.get(group.key) || STEP)) {
    shelf.shut.set(group.key, false);
    shelf.drawn.set(group.key, Math.max(shelf.drawn.get(group.key) || STEP, Math.ceil((place[1] + 1) / STEP) * STEP));
    fillGroup(group);
  }
  const node = shelf.nodes.get(group.key), item = node && node.querySelectorAll(":scope > ul > .finding")[place[1]];
  if (!item) return;
  const focus = item.contains(document.activeElement), fresh = findingItem(f, group.key, true);
  item.replaceWith(fresh);
  const head = fresh.querySelector("button");
  if (focus && head) head.focus({preventScroll: true});
  const high = fresh.getBoundingClientRect().height > (shelf.list.parentElement || shelf.list).clientHeight - 60;
  fresh.scrollIntoView({block: high ? "start" : "nearest"});
}

/** Badges follow the ticks and notes; the open line stays as it is, for it is being written in. */
function refreshMarks() {
  if (["discussed", "open"].includes(get().filter.status)) return;
  for (const item of shelf.list.querySelectorAll(".finding")) {
    const f = finding(item.getAttribute("data-finding") || ""), group = item.closest(".finding-group");
    if (!f || !group) continue;
    const fresh = findingItem(f, group.getAttribute("data-group") || "", false), old = item.querySelector(".finding-eyebrow"), now = fresh.querySelector(".finding-eyebrow");
    if (old && now && old.textContent !== now.textContent) old.replaceWith(now);
    item.classList.toggle("is-discussed", fresh.classList.contains("is-discussed"));
  }
}

/** Select the next (1) or previous (-1) finding of the list. @param {number} by */
export function step(by) {
  if (!shelf.order.length) return;
  const next = shelf.at < 0 ? (by > 0 ? 0 : shelf.order.length - 1) : shelf.at + by;
  const f = at(shelf.order[next]);
  if (!f) return say(by > 0 ? "This is the last finding." : "This is the first finding.");
  shelf.at = next;
  if (selectedId() === f.id) openSelected(); else set({selection: {kind: "finding", id: f.id}});
  say(`${next + 1} of ${shelf.order.length}: ${SEVERITY_WORDS[f.severity]}, ${f.message}`);
}

/** Arrows walk over the heads of groups and findings. @param {KeyboardEvent} event */
function walk(event) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || !(event.target instanceof HTMLElement) || !event.target.matches(".finding-head, .group-head")) return;
  const heads = [...shelf.list.querySelectorAll(".group-head, .finding-head")].filter(one => one instanceof HTMLElement && one.offsetParent);
  const next = heads[heads.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (next instanceof HTMLElement) next.focus();
}

