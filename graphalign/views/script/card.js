// One finding: its line in the list, and what it opens to: remedy, subjects, evidence, what is folded beneath, the query, the note.
import {M, findingPartners, foldedUnder, nodeIndex, standing} from "./model.js";
import {copy, debounce, el, say} from "./dom.js";
import {get, set, setFilter} from "./state.js";
import {findingButton, nodeButton, partnerName, severityGlyph, severityMark, swatch} from "./glyphs.js";
import {entry, lasting, write} from "./notes.js";

/** @typedef {import("./model.js").Finding} Finding */

/** Where a piece of evidence stands. @param {import("./model.js").Evidence} one @returns {string} */
export function placeWords(one) {
  return [one.file, one.sheet && `sheet ${one.sheet}`, one.row && `row ${one.row}`, one.key].filter(Boolean).join(", ");
}

/** A finding in the list. @param {Finding} f @param {string} key of its group, for the ids @param {boolean} open */
export function findingItem(f, key, open) {
  const bodyId = `body-${key}-${f.id}`, partners = findingPartners(f).filter(p => p >= 0);
  const head = el("button", {type: "button", class: "finding-head", "aria-expanded": String(open), "aria-controls": bodyId, on: {click: () => {
    const {selection} = get(), mine = selection && selection.kind === "finding" && selection.id === f.id;
    set({selection: mine ? null : {kind: "finding", id: f.id}});
  }}},
    el("span", {class: "finding-sign"}, severityGlyph(f.severity, true)),
    el("span", {class: "finding-text"},
      el("span", {class: "finding-eyebrow"}, el("span", {class: "code", text: f.rule}), " ", el("span", {text: f.name.replace(/-/g, " ")}), badges(f),
        partners.length ? el("span", {class: "finding-partners", title: partners.map(partnerName).join(", ")}, partners.slice(0, 4).map(swatch), el("span", {class: "offscreen", text: partners.slice(0, 4).map(partnerName).join(", ")})) : null),
      el("bdi", {class: "finding-message", text: f.message})));
  const body = el("div", {id: bodyId, class: "finding-body", hidden: !open});
  if (open) body.appendChild(findingBody(f, key));
  return el("li", {class: `finding ${open ? "is-open" : ""} ${entry(f.id).discussed ? "is-discussed" : ""}`, "data-finding": f.id, "data-severity": f.severity}, head, body);
}

/** @param {Finding} f */
function badges(f) {
  return [
    standing(f) === "new" && el("span", {class: "badge new", text: "New"}),
    f.folded.length > 0 && el("span", {class: "badge", text: `+${f.folded.length} folded`}),
    entry(f.id).discussed && el("span", {class: "badge done", text: "Discussed"}),
    !!entry(f.id).note && el("span", {class: "badge", text: "Note"}),
  ];
}

/** What a finding opens to. @param {Finding} f @param {string} key for the ids */
export function findingBody(f, key) {
  const parent = foldedUnder(f);
  return el("div", {class: "finding-inside"},
    parent && el("div", null, el("h4", {text: "Folded under"}), findingButton(parent)),
    f.remedy && el("div", {class: "remedy"}, el("h4", {text: "What to do"}), el("p", {text: f.remedy})),
    el("div", null, el("h4", {text: "About"}), subjectList(f)),
    evidenceList(f),
    f.folded.length > 0 && el("div", null, el("h4", {text: f.folded.length === 1 ? "It explains also" : `It explains also these ${f.folded.length}`}), el("ul", {class: "folded"}, f.folded.map(one => foldedItem(one)))),
    queryOf(f),
    noteField(f, key),
    el("p", {class: "finding-foot"},
      el("button", {type: "button", class: "link small", text: `Only ${f.rule}`, on: {click: () => setFilter({rule: [f.rule]})}}),
      el("button", {type: "button", class: "link small", text: "Copy the link", on: {click: async () => say((await copy(location.href)) ? "The link is copied." : "The browser did not let it be copied.")}}),
      el("button", {type: "button", class: "link small", text: "On the map", on: {click: () => set({tab: "map"})}}),
      el("code", {class: "count", title: "The finding's id", text: f.id})));
}

/** @param {Finding} f */
function subjectList(f) {
  return el("dl", {class: "subjects"}, Object.entries(f.subjects).map(([word, value]) => {
    const ids = Array.isArray(value) ? value : [value], shown = ids.slice(0, 40);
    return el("div", null, el("dt", {text: word.replace(/_/g, " ")}), el("dd", null, shown.map(id => {
      const i = nodeIndex(id);
      return i >= 0 ? nodeButton(i) : el("bdi", {class: "plain-subject", text: id});
    }), ids.length > shown.length && el("span", {class: "count", text: `and ${ids.length - shown.length} more`})));
  }));
}

/** @param {Finding} f */
function evidenceList(f) {
  if (!f.evidence.length) return null;
  const list = el("ol", {class: "evidence"}), first = 12;
  const put = (/** @type {import("./model.js").Evidence[]} */ some) => some.forEach(one => list.appendChild(el("li", null, el("bdi", {text: one.text}), placeWords(one) && el("span", {class: "place", text: placeWords(one)}))));
  put(f.evidence.slice(0, first));
  const more = f.evidence.length > first && el("button", {type: "button", class: "link small", text: `Show all ${f.evidence.length} lines of evidence`, on: {click: (/** @type {Event} */ event) => {
    put(f.evidence.slice(first));
    /** @type {HTMLElement} */ (event.currentTarget).remove();
  }}});
  return el("div", null, el("h4", {text: "Evidence"}), list, more);
}

/** @param {Finding} f @returns {HTMLElement} */
function foldedItem(f) {
  return el("li", null, el("details", {"data-folded": f.id},
    el("summary", null, severityGlyph(f.severity, true), el("span", null, el("span", {class: "finding-eyebrow"}, el("span", {class: "code", text: f.rule}), " ", f.name.replace(/-/g, " ")), el("bdi", {text: f.message}))),
    f.remedy && el("p", {class: "small", text: f.remedy}), evidenceList(f), f.folded.length > 0 && el("ul", {class: "folded"}, f.folded.map(foldedItem))));
}

/** @param {Finding} f */
function queryOf(f) {
  const twin = M.data.cypher && Object.hasOwn(M.data.cypher, f.rule) ? String(M.data.cypher[f.rule]) : "";
  if (!twin) return null;
  return el("details", {class: "query"}, el("summary", {text: "The same rule in Cypher"}),
    el("button", {type: "button", class: "button small", text: "Copy the query", on: {click: async () => say((await copy(twin)) ? "The query is copied." : "The browser did not let it be copied.")}}),
    el("pre", {tabindex: "0", "aria-label": `Cypher of ${f.rule}`}, el("code", {text: twin})));
}

/** @param {Finding} f @param {string} key */
function noteField(f, key) {
  const kept = entry(f.id), tickId = `tick-${key}-${f.id}`, noteId = `note-${key}-${f.id}`;
  const tick = el("input", {id: tickId, type: "checkbox", "data-tick": f.id, on: {change: () => { write(f.id, {discussed: tick.checked}); say(tick.checked ? "Ticked as discussed." : "No longer ticked."); }}});
  tick.checked = kept.discussed;
  const note = el("textarea", {id: noteId, class: "field note", rows: "2", placeholder: "What was said, who will see to it"});
  note.value = kept.note;
  const hint = el("p", {class: "count", hidden: lasting(), text: "This browser keeps nothing for this page: export your notes before you close it."});
  note.addEventListener("input", debounce(() => { write(f.id, {note: note.value.trim()}); hint.hidden = lasting(); }, 250));
  note.addEventListener("blur", () => { if (note.value.trim() !== entry(f.id).note) write(f.id, {note: note.value.trim()}); });
  return el("div", {class: "talk"}, el("label", {class: "tick", for: tickId}, tick, "Discussed"), el("label", {class: "offscreen", for: noteId, text: "Note"}), note, hint);
}

/** A finding opened on its own, with its severity in words. @param {Finding} f @param {string} why it stands apart from the list */
export function pinnedFinding(f, why) {
  return el("section", {class: "pinned", "aria-label": "The finding selected", "data-finding": f.id},
    el("p", {class: "finding-eyebrow"}, severityMark(f.severity), " ", el("span", {class: "code", text: f.rule}), " ", f.name.replace(/-/g, " "), badges(f)),
    el("bdi", {class: "finding-message", text: f.message}), el("p", {class: "count", text: why}), findingBody(f, "pinned"));
}
