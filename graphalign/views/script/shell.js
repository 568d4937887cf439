// The page around the tabs: the bar with tabs and search, the columns, what is shown when.
import {M, load, name} from "./model.js";
import {unpack} from "./unpack.js";
import {attribute, byId, clear, debounce, el, say} from "./dom.js";
import {follow, get, set, subscribe} from "./state.js";
import {allTabs, tab} from "./tabs.js";
import {kindWord, nodeGlyph, severityGlyph} from "./glyphs.js";
import {combobox, idBeside, searchFindings, searchNodes} from "./search.js";
import {mountFindings} from "./findings.js";
import {mountDetails} from "./details.js";
import {recallNotes} from "./notes.js";
import {followTheme, presentMenu} from "./present.js";
import {followKeys, helpOverlay} from "./keys.js";
import {followPrint} from "./printout.js";
import {followWatch} from "./watch.js";

/** Which tabs were mounted, and which still has to hear of everything. */
const mounted = new Set();

/** Read the data, build the page, follow the address. */
export function start() {
  load(unpack(JSON.parse(byId("data").textContent || "{}")));
  recallNotes();
  follow();
  followTheme();
  const help = helpOverlay();
  document.body.appendChild(help);
  buildBar(help);
  mountFindings(byId("findings"));
  mountDetails(byId("details"), byId("findings"));
  followKeys(help);
  followPrint(mountRest);
  for (const one of allTabs()) attribute(byId(`tab-${one.id}`), {"aria-labelledby": `to-${one.id}`, tabindex: "-1"});
  sheets();
  subscribe((state, changed) => {
    if (changed.has("tab")) { showTab(); say(`${(tab(state.tab) || {title: ""}).title}`); }
    else update(changed);
    if (changed.has("selection") && state.selection && state.selection.kind === "finding" && document.activeElement && !byId("tabs").contains(document.activeElement)) document.body.setAttribute("data-sheet", "findings");
  });
  window.addEventListener("resize", debounce(resized, 100));
  if ("ResizeObserver" in window) new ResizeObserver(debounce(resized, 60)).observe(byId("tabs"));
  showTab();
  followWatch();
}

/** Everything of the state, for a tab that comes to the front. */
const ALL = new Set(["tab", "mode", "sub", "selection", "path", "open", "filter", "zoom", "group", "theme", "large"]);

/** Bring the tab of the state to the front; one that the page has not is the first. */
function showTab() {
  const tabs = allTabs(), shown = tab(get().tab) || tabs[0];
  if (!shown) return;
  for (const one of tabs) {
    const here = one === shown, button = byId(`to-${one.id}`);
    byId(`tab-${one.id}`).hidden = !here;
    attribute(button, {"aria-selected": String(here), tabindex: here ? "0" : "-1"});
    if (here) button.scrollIntoView({block: "nearest", inline: "nearest"});
  }
  if (!mounted.has(shown.id)) { mounted.add(shown.id); shown.mount(byId(`tab-${shown.id}`)); }
  shown.update(get(), new Set(ALL));
}

/** Bring up the tabs that nobody looked at yet, for what is on paper of them. */
function mountRest() {
  for (const one of allTabs()) if (!mounted.has(one.id)) {
    const panel = byId(`tab-${one.id}`);
    mounted.add(one.id);
    // A picture is drawn to the room there is: for a moment, that nobody sees, there is some.
    panel.hidden = false;
    one.mount(panel);
    one.update(get(), new Set(ALL));
    panel.hidden = true;
  }
}

/** @param {Set<string>} changed */
function update(changed) {
  const shown = tab(get().tab) || allTabs()[0];
  if (shown && mounted.has(shown.id)) shown.update(get(), changed);
}

function resized() {
  const shown = tab(get().tab) || allTabs()[0];
  if (shown && shown.resize && mounted.has(shown.id)) shown.resize();
}

/** @param {HTMLDialogElement} help */
function buildBar(help) {
  const tabs = allTabs();
  const list = el("div", {class: "tablist", role: "tablist", "aria-label": "Views"}, tabs.map(one =>
    el("button", {type: "button", id: `to-${one.id}`, class: "tab", role: "tab", "aria-controls": `tab-${one.id}`, "aria-selected": "false", tabindex: "-1", text: one.title, on: {click: () => set({tab: one.id})}})));
  list.addEventListener("keydown", event => {
    const at = tabs.findIndex(one => document.activeElement === byId(`to-${one.id}`)), last = tabs.length - 1;
    const to = event.key === "ArrowRight" ? (at + 1) % tabs.length : event.key === "ArrowLeft" ? (at + last) % tabs.length : event.key === "Home" ? 0 : event.key === "End" ? last : -1;
    if (at < 0 || to < 0) return;
    event.preventDefault();
    set({tab: tabs[to].id});
    byId(`to-${tabs[to].id}`).focus();
  });
  const {made, title} = M.data;
  clear(byId("top")).append(
    el("nav", {class: "skips", "aria-label": "Skip"}, el("button", {type: "button", class: "skip", text: "Skip to the view", on: {click: () => byId(`tab-${(tab(get().tab) || tabs[0]).id}`).focus()}}),
      el("button", {type: "button", class: "skip", text: "Skip to the findings", on: {click: () => { document.body.setAttribute("data-sheet", "findings"); byId("findings-title").focus(); }}})),
    el("div", {class: "brand"}, el("h1", {title}, el("bdi", {text: title})), el("p", {class: "count", text: `as of ${made.as_of}${made.pseudonymised ? " · pseudonyms" : ""}`})),
    list,
    el("div", {class: "tools"}, searchField(), presentMenu(), el("button", {type: "button", class: "button icon", id: "help-open", "aria-label": "Help and keys", title: "Help and keys (?)", text: "?", on: {click: () => help.showModal()}})));
}

/** The search over everything. */
function searchField() {
  const field = combobox({id: "search", label: "Search all nodes and findings", placeholder: "Search  /", options: text => {
    const nodes = searchNodes(text, 10), found = searchFindings(text, 6), left = nodes.all - nodes.found.length + found.all - found.found.length;
    return {
      options: [
        ...nodes.found.map(i => ({group: "People, goals and more", words: name(i), inside: [nodeGlyph(i), el("bdi", {class: "option-name", text: name(i)}), el("span", {class: "count", text: `${kindWord(i)} ${idBeside(i)}`})], run: () => set({selection: {kind: "node", id: i}})})),
        ...found.found.map(f => ({group: "Findings", words: f.message, inside: [severityGlyph(f.severity, true), el("bdi", {class: "option-name", text: f.message}), el("span", {class: "count", text: f.rule})], run: () => set({selection: {kind: "finding", id: f.id}})})),
      ],
      note: left > 0 ? `${left.toLocaleString("en-GB")} more; write more of the name.` : nodes.all + found.all ? "" : "Nothing has these words.",
    };
  }});
  return field.root;
}

/** On a narrow screen the findings are a sheet that a button opens. */
function sheets() {
  const count = M.findings.filter(f => !f.noted), high = count.filter(f => f.severity === "high").length;
  const open = el("button", {type: "button", id: "sheet-open", class: "sheet-open", on: {click: () => { document.body.setAttribute("data-sheet", "findings"); byId("findings-title").focus(); }}},
    high ? severityGlyph("high") : null, `${count.length} findings${high ? `, ${high} high` : ""}`);
  byId("main").appendChild(open);
  for (const button of document.querySelectorAll("[data-sheet-close]")) button.addEventListener("click", () => { document.body.removeAttribute("data-sheet"); open.focus(); });
}
