// The page's data and its indexes: nodes by index, findings by id, neighbours, shortest paths, what the filters keep.

/** @typedef {{text: string, file?: string, sheet?: string, row?: number, key?: string}} Evidence */
/** @typedef {{id: string, rule: string, name: string, severity: string, noted: boolean, message: string, subjects: {[word: string]: string|string[]}, evidence: Evidence[], remedy: string, folded: Finding[]}} Finding */
/** @typedef {{node: number, colour: number, goals: number, people: number, findings: {[severity: string]: number}}} Partner */
/** @typedef {{severity: string[], family: string[], rule: string[], partner: number[], text: string, status: string}} Filter */

/**
 * M.data: the page data, as content.py says; M.findings: those of the report that are neither folded nor waived, noted ones included;
 * M.all: these and the folded ones, each before what is folded beneath it; M.count: how many nodes there are.
 * @type {{data: any, findings: Finding[], all: Finding[], count: number}}
 */
export const M = {data: {}, findings: [], all: [], count: 0};

export const FAMILIES = [["OWN", "Ownership"], ["CON", "Conflict"], ["ENG", "Engagement"], ["COO", "Coordination"], ["OUT", "Outcome"], ["DAT", "Data"]];
export const SEVERITIES = ["high", "medium", "low", "info"];

/** What is indexed of the data, made by `load`. */
const index = {
  /** @type {Map<string, number>} */ nodes: new Map(),
  /** @type {Map<string, Finding>} */ findings: new Map(),
  /** @type {Map<string, Finding>} */ parents: new Map(),
  /** @type {Map<number, Finding[]>} */ about: new Map(),
  /** @type {Map<number, number>} */ partners: new Map(),
  /** @type {Map<string, string>} */ words: new Map(),
  /** @type {Map<string, string>} */ status: new Map(),
  /** @type {{starts: Int32Array, edges: Int32Array}|null} */ adjacent: null,
  /** @type {(id: string) => boolean} */ ticked: () => false,
};

/** Say which findings are ticked as discussed; the filter on it asks here. @param {(id: string) => boolean} ask */
export function tickedBy(ask) { index.ticked = ask; }

/** Take the page data and index it. @param {any} data */
export function load(data) {
  M.data = data;
  M.count = data.nodes.id.length;
  M.findings = data.report.findings;
  M.all = [];
  for (const table of [index.nodes, index.findings, index.parents, index.about, index.partners, index.words, index.status]) table.clear();
  index.adjacent = null;
  data.nodes.id.forEach((/** @type {string} */ id, /** @type {number} */ i) => index.nodes.set(id, i));
  data.partners.forEach((/** @type {Partner} */ partner, /** @type {number} */ p) => index.partners.set(partner.node, p));
  M.findings.forEach(finding => enter(finding, null));
  for (const {finding} of data.report.waived) { index.findings.set(finding.id, finding); index.status.set(finding.id, "waived"); }
  if (data.report.baseline) for (const id of data.report.baseline.new) index.status.set(id, "new");
}

/** @param {Finding} finding @param {Finding|null} parent */
function enter(finding, parent) {
  M.all.push(finding);
  index.findings.set(finding.id, finding);
  if (parent) index.parents.set(finding.id, parent);
  for (const i of subjects(finding)) {
    const list = index.about.get(i);
    if (list) list.push(finding); else index.about.set(i, [finding]);
  }
  finding.folded.forEach(folded => enter(folded, finding));
}

/** The index of the node with this id; -1 for none. @param {string} id @returns {number} */
export function nodeIndex(id) { const i = index.nodes.get(id); return i === undefined ? -1 : i; }
/** A node's id. @param {number} i @returns {string} */
export function idOf(i) { return M.data.nodes.id[i]; }
/** A node's name, or its id without one. @param {number} i @returns {string} */
export function name(i) { return M.data.nodes.name[i] || M.data.nodes.id[i]; }
/** A node's label: Goal, Stakeholder, Partner ... @param {number} i @returns {string} */
export function label(i) { return M.data.labels[M.data.nodes.label[i]]; }
/** What is known of a node beside its name; empty where the page left it out. @param {number} i @returns {{[key: string]: any}} */
export function properties(i) { const all = M.data.nodes.properties; return (all && all[i]) || {}; }
/** Where a node was read: file, sheet and row, or "". @param {number} i @returns {string} */
export function place(i) { const all = M.data.nodes.place; return (all && all[i]) || ""; }
/** How many relationships the page holds. @returns {number} */
export function edgeCount() { return M.data.edges && M.data.edges.type ? M.data.edges.type.length : 0; }

/** The partner (its index in M.data.partners) of a node: itself, or its home; -1 for none. @param {number} i @returns {number} */
export function partnerOf(i) {
  const own = index.partners.get(i);
  return own !== undefined ? own : M.data.nodes.home ? M.data.nodes.home[i] : -1;
}

/** All partners of a node, by index. @param {number} i @returns {number[]} */
export function partnersOf(i) {
  const first = partnerOf(i), more = (M.data.nodes.more && M.data.nodes.more[i]) || [];
  return first < 0 ? more : [first, ...more.filter((/** @type {number} */ p) => p !== first)];
}

/** Where each node's edges stand in one list; made when first asked for. @returns {{starts: Int32Array, edges: Int32Array}} */
function adjacency() {
  if (index.adjacent) return index.adjacent;
  const size = edgeCount(), {source, target} = M.data.edges || {source: [], target: []};
  const starts = new Int32Array(M.count + 2);
  for (let e = 0; e < size; e++) { starts[source[e] + 2]++; if (source[e] !== target[e]) starts[target[e] + 2]++; }
  for (let i = 2; i < starts.length; i++) starts[i] += starts[i - 1];
  const edges = new Int32Array(starts[starts.length - 1]);
  for (let e = 0; e < size; e++) { edges[starts[source[e] + 1]++] = e; if (source[e] !== target[e]) edges[starts[target[e] + 1]++] = e; }
  index.adjacent = {starts, edges};
  return index.adjacent;
}

/** The edges at a node, either way, by index. @param {number} i @returns {Int32Array} */
export function edgesOf(i) { const {starts, edges} = adjacency(); return edges.subarray(starts[i], starts[i + 1]); }

/** The other end of an edge. @param {number} e @param {number} i @returns {number} */
export function otherEnd(e, i) { const {source, target} = M.data.edges; return source[e] === i ? target[e] : source[e]; }

/** The nodes within so many steps, the node first, then by distance and index. @param {number} i @param {number} steps @returns {number[]} */
export function neighbours(i, steps) {
  const seen = new Set([i]), found = [i];
  let rim = [i];
  for (let step = 0; step < steps && rim.length; step++) {
    /** @type {number[]} */
    const next = [];
    for (const at of rim) for (const e of edgesOf(at)) {
      const other = otherEnd(e, at);
      if (!seen.has(other)) { seen.add(other); next.push(other); }
    }
    rim = next.sort((a, b) => a - b);
    for (const other of rim) found.push(other);
  }
  return found;
}

/** A shortest path between two nodes over relationships of any kind, either way; null for none. @param {number} a @param {number} b @returns {number[]|null} */
export function shortestPath(a, b) {
  const before = new Int32Array(M.count).fill(-1);
  before[a] = a;
  let rim = [a];
  while (rim.length && before[b] < 0) {
    /** @type {number[]} */
    const next = [];
    for (const at of rim) for (const e of edgesOf(at)) {
      const other = otherEnd(e, at);
      if (before[other] < 0) { before[other] = at; next.push(other); }
    }
    rim = next;
  }
  if (before[b] < 0) return null;
  const path = [b];
  while (path[0] !== a) path.unshift(before[path[0]]);
  return path;
}

/** The finding with this id, folded and waived ones included; null for none. @param {string} id @returns {Finding|null} */
export function finding(id) { return index.findings.get(id) || null; }
/** What a finding is folded beneath; null for none. @param {Finding} f @returns {Finding|null} */
export function foldedUnder(f) { return index.parents.get(f.id) || null; }
/** The findings about a node, folded ones included, waived ones not, in the report's order. @param {number} i @returns {Finding[]} */
export function findingsOf(i) { return index.about.get(i) || []; }
/** `waived`, `new` (since the baseline) or "". @param {Finding} f @returns {string} */
export function standing(f) { return index.status.get(f.id) || ""; }

/** The nodes a finding is about, by index, each once. @param {Finding} f @returns {number[]} */
export function subjects(f) {
  const found = new Set();
  for (const value of Object.values(f.subjects)) for (const id of Array.isArray(value) ? value : [value]) {
    const i = nodeIndex(id);
    if (i >= 0) found.add(i);
  }
  return [...found];
}

/** The partners of a finding's subjects, by index, in ring order; [-1] where none has one. @param {Finding} f @returns {number[]} */
export function findingPartners(f) {
  const found = new Set();
  for (const i of subjects(f)) for (const p of partnersOf(i)) found.add(p);
  return found.size ? [...found].sort((a, b) => a - b) : [-1];
}

/** What a text search looks in, lower case. @param {Finding} f @returns {string} */
function wording(f) {
  let text = index.words.get(f.id);
  if (text === undefined) {
    const said = [f.rule, f.name, f.message, f.remedy, ...Object.values(f.subjects).flat(), ...subjects(f).map(name), ...f.evidence.map(one => one.text), ...f.folded.map(wording)];
    text = said.join("\n").toLowerCase();
    index.words.set(f.id, text);
  }
  return text;
}

/** Whether the filters keep a finding; those noted as custom are kept only by status `noted`. @param {Finding} f @param {Filter} filter @param {(id: string) => boolean} [ticked] @returns {boolean} */
export function keeps(f, filter, ticked = index.ticked) {
  if (f.noted !== (filter.status === "noted")) return false;
  if (filter.severity.length && !filter.severity.includes(f.severity)) return false;
  if (filter.family.length && !filter.family.includes(f.rule.slice(0, 3))) return false;
  if (filter.rule.length && !filter.rule.includes(f.rule)) return false;
  if (filter.status === "new" && standing(f) !== "new" && !f.folded.some(one => standing(one) === "new")) return false;
  if (filter.status === "discussed" && !ticked(f.id)) return false;
  if (filter.status === "open" && ticked(f.id)) return false;
  if (filter.partner.length && !findingPartners(f).some(p => filter.partner.includes(p))) return false;
  return !filter.text || filter.text.toLowerCase().split(/\s+/).every(word => wording(f).includes(word));
}

/** The findings that the filters keep, in the report's order. @param {{filter: Filter}} state @param {(id: string) => boolean} [ticked] @returns {Finding[]} */
export function visible(state, ticked) { return M.findings.filter(f => keeps(f, state.filter, ticked)); }
