// Search over all nodes and findings, and the field with a list beneath that it is shown in.
import {M, name, idOf, nodeIndex} from "./model.js";
import {clear, debounce, el, say, counted} from "./dom.js";

/** @typedef {{group: string, words: string, inside: Node[], run: () => void}} Option */

/** @type {{of: any, words: string[], findings: string[]}} */
const folded = {of: null, words: [], findings: []};

/** Fold all names and messages once, when something is first sought. */
function foldWords() {
  if (folded.of === M.data) return;
  folded.of = M.data;
  folded.words = M.data.nodes.id.map((/** @type {string} */ id, /** @type {number} */ i) => plain(M.data.nodes.name[i] ? `${M.data.nodes.name[i]}\n${id}` : id));
  folded.findings = M.all.map(f => plain(`${f.rule} ${f.name} ${f.id} ${f.message}`));
}

/** Lower case, without accents. @param {string} text @returns {string} */
export function plain(text) { return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase(); }

/** Nodes whose name or id holds every word, those that begin with the text first, then by name; an id written in full before all. @param {string} text @param {number} limit @returns {{found: number[], all: number}} */
export function searchNodes(text, limit) {
  foldWords();
  const sought = plain(text.trim()), words = sought.split(/\s+/).filter(Boolean);
  if (!words.length) return {found: [], all: 0};
  /** @type {number[][]} */
  const ranked = [[], [], []], known = nodeIndex(text.trim());
  for (let i = 0; i < folded.words.length; i++) {
    const said = folded.words[i];
    if (!words.every(word => said.includes(word))) continue;
    if (i === known) continue;
    ranked[said.startsWith(sought) ? 0 : words.every(word => said.startsWith(word) || said.includes(" " + word)) ? 1 : 2].push(i);
  }
  const found = known < 0 ? [] : [known];
  for (const rank of ranked) {
    if (found.length >= limit) break;
    if (rank.length < 3000) rank.sort((a, b) => (folded.words[a] < folded.words[b] ? -1 : folded.words[a] > folded.words[b] ? 1 : a - b));
    found.push(...rank.slice(0, limit - found.length));
  }
  return {found, all: ranked[0].length + ranked[1].length + ranked[2].length + (known < 0 ? 0 : 1)};
}

/** Findings whose rule, message or id holds every word, in the report's order. @param {string} text @param {number} limit @returns {{found: import("./model.js").Finding[], all: number}} */
export function searchFindings(text, limit) {
  const words = plain(text.trim()).split(/\s+/).filter(Boolean);
  if (!words.length) return {found: [], all: 0};
  foldWords();
  const all = M.all.filter((_, at) => words.every(word => folded.findings[at].includes(word)));
  return {found: all.slice(0, limit), all: all.length};
}

/** Whether two nodes have the same name, so that the id must tell them apart. @param {number} i @returns {string} */
export function idBeside(i) { return name(i) === idOf(i) ? "" : idOf(i); }

/**
 * A field with a list beneath: arrows move, Enter takes, Esc closes.
 * @param {{id: string, label: string, placeholder: string, options: (text: string) => {options: Option[], note: string}}} given
 * @returns {{root: HTMLElement, input: HTMLInputElement, close: () => void}}
 */
export function combobox(given) {
  const listId = `${given.id}-list`;
  const input = el("input", {id: given.id, class: "field", type: "text", role: "combobox", placeholder: given.placeholder, "aria-label": given.label, "aria-expanded": "false",
    "aria-controls": listId, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", enterkeyhint: "search"});
  const list = el("div", {id: listId, class: "options", role: "listbox", "aria-label": given.label});
  const note = el("p", {class: "options-note"});
  const box = el("div", {class: "options-box", hidden: true}, list, note);
  const root = el("div", {class: "combobox"}, input, box);
  /** @type {{shown: {node: HTMLElement, run: () => void}[], at: number}} */
  const held = {shown: [], at: -1};

  const close = () => { box.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); held.at = -1; };
  const point = (/** @type {number} */ at) => {
    if (held.shown[held.at]) held.shown[held.at].node.setAttribute("aria-selected", "false");
    held.at = at;
    const chosen = held.shown[at];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.node.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", chosen.node.id);
    chosen.node.scrollIntoView({block: "nearest"});
  };
  const take = (/** @type {number} */ at) => {
    const chosen = held.shown[at];
    if (!chosen) return;
    close();
    input.value = "";
    chosen.run();
  };
  const fill = () => {
    const text = input.value.trim();
    if (!text) return close();
    const {options, note: said} = given.options(text);
    clear(list);
    held.shown = [];
    held.at = -1;
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    options.forEach((option, at) => {
      let group = groups.get(option.group);
      if (!group) {
        group = el("div", {role: "group", "aria-label": option.group || given.label}, option.group && el("div", {class: "eyebrow", "aria-hidden": "true", text: option.group}));
        groups.set(option.group, group);
        list.appendChild(group);
      }
      const node = el("div", {id: `${given.id}-option-${at}`, class: "option", role: "option", "aria-selected": "false", "data-option": at,
        on: {mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: () => take(at)}}, option.inside);
      held.shown.push({node, run: option.run});
      group.appendChild(node);
    });
    list.hidden = !options.length;
    note.textContent = said;
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (options.length) point(0);
    say(options.length ? `${counted(options.length, "result")} shown. ${said}` : said);
  };
  const later = debounce(fill, 80);
  input.addEventListener("input", later);
  input.addEventListener("focus", () => { if (input.value.trim()) fill(); });
  input.addEventListener("blur", () => setTimeout(() => { if (!root.contains(document.activeElement)) close(); }, 0));
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (box.hidden) return fill();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (held.shown.length) point((held.at + step + held.shown.length) % held.shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (box.hidden || held.at < 0) fill();
      take(held.at);
    } else if (event.key === "/" && !input.value) {
      // Who is here already and asks for the search once more does not look for a slash.
      event.preventDefault();
    } else if (event.key === "Escape" && (!box.hidden || input.value)) {
      event.stopPropagation();
      input.value = "";
      close();
    }
  });
  return {root, input, close};
}
