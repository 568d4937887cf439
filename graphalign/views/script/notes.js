// What was discussed and noted of the findings: kept in the browser, written to and read from a file.
import {M, finding, tickedBy} from "./model.js";
import {download, keep, recall} from "./dom.js";

export const DISCUSSED = "urn:graphalign:discussed:1";

/** @typedef {{discussed: boolean, note: string, on: string, rule: string, subjects: {[word: string]: string|string[]}}} Entry */

/** @type {{entries: Map<string, Entry>, heard: (() => void)[], lasting: boolean}} */
const book = {entries: new Map(), heard: [], lasting: true};

/** Where the browser keeps it: by the page's title, so that next month's page of the same alliance finds it again. @returns {string} */
function storageKey() { return `graphalign:discussed:${M.data.title}`; }

/** Take up what the browser kept. */
export function recallNotes() {
  book.entries.clear();
  book.lasting = true;
  const text = recall(storageKey());
  if (text) try { enterAll(JSON.parse(text)); } catch { /* Not ours, or cut off: begin afresh. */ }
  tickedBy(id => entry(id).discussed);
}

/** Call `run` after each change. @param {() => void} run */
export function onNotes(run) { book.heard.push(run); }

/** What is kept of a finding. @param {string} id @returns {{discussed: boolean, note: string, on: string}} */
export function entry(id) { return book.entries.get(id) || {discussed: false, note: "", on: ""}; }

/** How many entries there are. @returns {number} */
export function noteCount() { return book.entries.size; }

/** Whether the browser keeps them when the page is closed. @returns {boolean} */
export function lasting() { return book.lasting; }

/** Tick a finding, or write a note to it. @param {string} id @param {{discussed?: boolean, note?: string}} patch */
export function write(id, patch) {
  const now = {...entry(id), ...patch}, f = finding(id);
  if (!now.discussed && !now.note) book.entries.delete(id);
  else book.entries.set(id, {...now, on: today(), rule: f ? f.rule : "", subjects: f ? f.subjects : {}});
  changed();
}

function changed() {
  book.lasting = keep(storageKey(), JSON.stringify(asDocument()));
  for (const run of book.heard) run();
}

/** @returns {string} */
function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** All of it as a document, by id. */
export function asDocument() {
  const ids = [...book.entries.keys()].sort();
  return {schema: DISCUSSED, items: ids.map(id => { const one = /** @type {Entry} */ (book.entries.get(id)); return {id, rule: one.rule, subjects: one.subjects, discussed: one.discussed, note: one.note, on: one.on}; })};
}

/** @param {any} given @returns {number} how many it held */
function enterAll(given) {
  if (!given || given.schema !== DISCUSSED || !Array.isArray(given.items)) throw new Error("not ours");
  let count = 0;
  for (const one of given.items) {
    if (!one || typeof one.id !== "string" || !/^[0-9a-f]{12}$/.test(one.id)) continue;
    const f = finding(one.id), note = typeof one.note === "string" ? one.note : "", discussed = one.discussed === true;
    if (!note && !discussed) continue;
    const on = typeof one.on === "string" && /^\d{4}-\d\d-\d\d$/.test(one.on) ? one.on : "";
    const subjects = one.subjects && typeof one.subjects === "object" && !Array.isArray(one.subjects) ? one.subjects : {};
    book.entries.set(one.id, {discussed, note, on, rule: f ? f.rule : String(one.rule || ""), subjects: f ? f.subjects : subjects});
    count++;
  }
  return count;
}

/** Save them as a file. */
export function exportNotes() {
  download("discussed.json", "application/json", JSON.stringify(asDocument(), null, 2) + "\n");
}

/** Read them from a file's text, over what is there. @param {string} text @returns {string} what came of it, in a sentence */
export function importNotes(text) {
  let count = 0;
  try { count = enterAll(JSON.parse(text)); } catch { return `That file holds no ticks and notes; one that this page exported is JSON with "schema": "${DISCUSSED}".`; }
  const here = asDocument().items.filter(one => finding(one.id)).length;
  changed();
  return `${count} ${count === 1 ? "entry" : "entries"} read; of all kept, ${here} ${here === 1 ? "is" : "are"} about findings of this page.`;
}
