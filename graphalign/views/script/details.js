// The panel of one node: what is known of it, its findings, relationships, surroundings, a path; or of a pair of partners.
import {M, SEVERITIES, edgeCount, edgesOf, findingPartners, findingsOf, idOf, label, name, otherEnd, partnersOf, place, properties} from "./model.js";
import {clear, copy, counted, el, safeLink, say} from "./dom.js";
import {get, set, setFilter, subscribe} from "./state.js";
import {findingButton, kindWord, nodeButton, partnerMark, partnerName, severityMark} from "./glyphs.js";
import {egoSection} from "./ego.js";
import {pathSection, showPath, verb} from "./paths.js";
import {pairStory} from "./tabs/story.js";

/** @typedef {import("./state.js").Selection} Selection */

const FIRST = 20;
/** @type {{trail: Selection[], back: HTMLElement|null, going: boolean}} */
const drawer = {trail: [], back: null, going: false};

/** Keep the panel in step with the selection. @param {HTMLElement} panel @param {HTMLElement} list what it covers meanwhile */
export function mountDetails(panel, list) {
  /** @type {Selection|null} */
  let before = null;
  const show = () => {
    const {selection} = get(), was = before, focused = document.activeElement;
    before = selection;
    const shown = !!selection && selection.kind !== "finding", inside = panel.contains(focused), fromList = list.contains(focused) || inside || !!(focused && focused.closest("#top"));
    if (shown && was && !drawer.going) drawer.trail.push(was);
    if (!selection) drawer.trail = [];
    drawer.going = false;
    if (shown && panel.hidden && focused instanceof HTMLElement && focused !== document.body) drawer.back = focused;
    panel.hidden = !shown;
    list.toggleAttribute("inert", shown);
    document.body.toggleAttribute("data-details", shown);
    if (!shown) {
      clear(panel);
      if (inside) { const to = drawer.back && drawer.back.isConnected && drawer.back.offsetParent ? drawer.back : document.getElementById("findings-title"); if (to) to.focus(); }
      drawer.back = null;
      return;
    }
    clear(panel).appendChild(selection.kind === "node" ? nodePanel(selection.id) : pairPanel(String(selection.id)));
    panel.scrollTop = 0;
    const title = panel.querySelector("h2");
    if (title && fromList) title.focus({preventScroll: true});
    if (title) say(`Details of ${title.textContent}`);
  };
  subscribe((_, changed) => {
    if (changed.has("selection")) show();
    else if (changed.has("path")) { const {selection} = get(), section = panel.querySelector("#path-title"); if (selection && selection.kind === "node" && section && section.parentElement) showPath(section.parentElement, selection.id); }
  });
  show();
}

/** @param {string} eyebrow @param {string} title @param {(Node|null|false)[]} more */
function head(eyebrow, title, more) {
  const last = drawer.trail.at(-1);
  return el("header", {class: "details-head"},
    el("div", {class: "details-bar"},
      last ? el("button", {type: "button", class: "button small quiet", id: "details-back", text: "‹ Back", on: {click: () => { drawer.going = true; drawer.trail.pop(); set({selection: last}); }}}) : el("span", {class: "eyebrow", text: eyebrow}),
      el("button", {type: "button", class: "button icon small quiet", id: "details-close", "aria-label": "Close the details", title: "Close (Esc)", text: "×", on: {click: () => set({selection: null})}})),
    last && el("p", {class: "eyebrow", text: eyebrow}),
    el("h2", {tabindex: "-1"}, el("bdi", {text: title})), more);
}

/** @param {number} i */
function nodePanel(i) {
  const homes = partnersOf(i), about = findingsOf(i), own = M.data.partners.findIndex((/** @type {{node: number}} */ one) => one.node === i);
  const links = [
    el("button", {type: "button", class: "button small", text: "On the map", on: {click: () => set({tab: "map"})}}),
    own >= 0 && el("button", {type: "button", class: "button small", text: "Only its findings", on: {click: () => setFilter({partner: [own]})}}),
    el("button", {type: "button", class: "button small", text: "Copy the link", on: {click: async () => say((await copy(location.href)) ? "The link is copied." : "The browser did not let it be copied.")}}),
  ];
  return el("article", {class: "details-inside", "data-details-of": i},
    head(kindWord(i), name(i), [
      own < 0 && homes.length ? el("p", {class: "details-partners"}, homes.map(p => el("button", {type: "button", class: "node-link", "data-node": M.data.partners[p].node, on: {click: () => set({selection: {kind: "node", id: M.data.partners[p].node}})}}, partnerMark(p)))) : null,
      place(i) ? el("p", {class: "place", text: place(i)}) : null,
      el("p", {class: "filter-row"}, links)]),
    propertyList(i),
    el("section", {class: "details-section", "aria-labelledby": "details-findings"}, el("h3", {id: "details-findings"}, "Findings ", el("span", {class: "number", "data-count": about.length, text: String(about.length)})),
      about.length ? limited(about.map(f => el("li", null, findingButton(f))), "finding-list") : el("p", {class: "quiet-text", text: "Nothing was found about it."})),
    edgeCount() ? [relationships(i), egoSection(i), pathSection(i)] : el("p", {class: "empty", text: "At this size the page holds no relationships; the report and the graph do."}));
}

/** @param {number} i */
function propertyList(i) {
  const entries = Object.entries(properties(i));
  return el("dl", {class: "properties"}, el("div", null, el("dt", {text: "id"}), el("dd", null, el("code", null, el("bdi", {text: idOf(i)})))),
    entries.map(([key, value]) => el("div", null, el("dt", null, el("bdi", {text: key.replace(/_/g, " ")})), el("dd", null, valueOf(value)))));
}

/** A value as text; http and https addresses as links. @param {any} value @returns {Node} */
function valueOf(value) {
  const text = typeof value === "object" && value ? JSON.stringify(value) : value === true ? "yes" : value === false ? "no" : String(value), link = typeof value === "string" ? safeLink(value) : null;
  return link ? el("a", {href: link}, el("bdi", {text})) : el("bdi", {text});
}

/** A list of which the first are shown, the rest on demand. @param {HTMLElement[]} items @param {string} kind */
function limited(items, kind) {
  const list = el("ul", {class: kind}, items.slice(0, FIRST));
  if (items.length > FIRST) list.appendChild(el("li", null, el("button", {type: "button", class: "link small", text: `Show all ${items.length}`, on: {click: (/** @type {Event} */ event) => {
    const line = /** @type {HTMLElement} */ (event.currentTarget).parentElement;
    list.append(...items.slice(FIRST));
    if (line) line.remove();
    items[FIRST].querySelector("button")?.focus();
  }}})));
  return list;
}

/** @param {number} i */
function relationships(i) {
  /** @type {Map<string, {title: string, edges: number[], order: number}>} */
  const groups = new Map();
  const {source, target, type} = M.data.edges, both = new Set(["CONFLICTS_WITH", "COMMUNICATES_WITH"]);
  for (const e of edgesOf(i)) {
    const out = source[e] === i, mutual = both.has(M.data.types[type[e]]), key = `${type[e]} ${out || mutual}`, words = verb(e);
    const held = groups.get(key);
    if (held) held.edges.push(e);
    else groups.set(key, {title: out || mutual ? capital(words) : `${["Stakeholder", "Partner"].includes(label(source[e])) ? "Who" : "What"} ${words} it`, edges: [e], order: type[e] * 2 + (out ? 0 : 1)});
  }
  if (!groups.size) return el("section", {class: "details-section"}, el("h3", {text: "Relationships"}), el("p", {class: "quiet-text", text: "It has none."}));
  const all = [...groups.values()].sort((a, b) => a.order - b.order);
  return el("section", {class: "details-section", "aria-labelledby": "details-relationships"}, el("h3", {id: "details-relationships"}, "Relationships ", el("span", {class: "number", "data-count": edgesOf(i).length, text: String(edgesOf(i).length)})),
    all.map(group => el("div", {class: "relation"}, el("h4", null, group.title, " ", el("span", {class: "number", text: String(group.edges.length)})),
      limited(group.edges.map(e => el("li", null, nodeButton(source[e] === i ? target[e] : otherEnd(e, i)), remarks(e))), "node-list"))));
}

/** @param {string} text @returns {string} */
function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

/** What is known of a relationship, and where it was read. @param {number} e */
function remarks(e) {
  const held = (M.data.edges.properties && M.data.edges.properties[e]) || {}, where = (M.data.edges.place && M.data.edges.place[e]) || "";
  const words = Object.entries(held).map(([key, value]) => (key === "date" || key === "channel" ? String(value) : `${key.replace(/_/g, " ")} ${value}`)).join(", ");
  return words || where ? el("span", {class: "edge-note", title: where}, el("bdi", {text: words})) : null;
}

/** Two partners: the story of the seven parts of their alignment, and what is found between them. @param {string} id */
function pairPanel(id) {
  const [a, b] = id.split("-").map(Number), story = pairStory(id);
  const between = M.findings.filter(f => { const found = findingPartners(f); return found.includes(a) && found.includes(b); });
  return el("article", {class: "details-inside", "data-details-of": id},
    head("Two partners", `${partnerName(a)} and ${partnerName(b)}`, [el("p", {class: "details-partners"}, [a, b].map(p => nodeButton(M.data.partners[p].node)))]),
    story,
    el("section", {class: "details-section"}, el("h3", null, "Findings about both ", el("span", {class: "number", "data-count": between.length, text: String(between.length)})),
      SEVERITIES.filter(severity => between.some(f => f.severity === severity)).map(severity => el("div", {class: "relation"}, el("h4", null, severityMark(severity)), limited(between.filter(f => f.severity === severity).map(f => el("li", null, findingButton(f))), "finding-list"))),
      between.length ? null : el("p", {class: "quiet-text", text: "Nothing was found that touches both."}),
      el("p", {class: "count", text: counted(between.length, "finding") + " with a subject of each."})));
}
