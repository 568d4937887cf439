// The people with whom a rhythm of contact is agreed, and whose contact is overdue.
import {M, name, partnerOf} from "../model.js";
import {counted, el} from "../dom.js";
import {nodeButton, partnerMark, partnerName} from "../glyphs.js";
import {isoDay} from "./recent.js";
import {dataTable} from "./table.js";

/** @typedef {[number, number, number|null, boolean]} Paced a person, its cadence in days, the last day, whether it is overdue */

/** @param {Paced} one @returns {number|null} */
function daysSince([, , last]) { return last === null ? null : M.data.contact.as_of - last; }

/** @returns {HTMLElement|null} */
export function pacedPanel() {
  const rows = /** @type {Paced[]} */ (M.data.contact.paced), all = M.data.contact.of[2];
  if (!rows.length) return null;
  const late = rows.filter(one => one[3]).length;
  return el("div", {class: "block-inner"}, el("h3", {text: "People with an agreed rhythm"}),
    el("p", {class: "hint", text: `${late} of ${counted(rows.length, "person", "people")} are overdue: their last contact with another partner or a goal owner is older than agreed, or there is none.${rows.length < all ? ` The most overdue ${rows.length} of ${all} are here.` : ""}`}),
    dataTable({id: "paced", caption: "People with an agreed rhythm of contact", file: "rhythm.csv", noun: ["person", "people"], rows, attributes: one => ({"data-row-node": one[0], "data-overdue": String(one[3]), class: one[3] ? "is-overdue" : ""}), columns: [
      {id: "name", title: "Person", cell: one => nodeButton(one[0]), text: one => name(one[0])},
      {id: "partner", title: "Partner", cell: one => partnerOf(one[0]) < 0 ? "none" : partnerMark(partnerOf(one[0])), text: one => partnerName(partnerOf(one[0]))},
      {id: "cadence", title: "Every", class: "number", cell: one => `${one[1]} d`, text: one => one[1]},
      {id: "last", title: "Last", cell: one => one[2] === null ? "never" : isoDay(one[2]), text: one => one[2] === null ? "never" : isoDay(one[2])},
      {id: "days", title: "Ago", class: "number", first: "descending", cell: one => daysSince(one) === null ? "" : `${daysSince(one)} d`, text: one => daysSince(one)},
      {id: "bar", title: "Of the rhythm", class: "rhythm", fixed: true, cell: one => rhythmBar(one), text: one => one[3] ? "overdue" : "in time"},
    ]}).element);
}

/** How much of the rhythm has passed, as a bar with a word. @param {Paced} one */
function rhythmBar(one) {
  const days = daysSince(one), share = days === null ? 100 : Math.min(100, 50 * days / Math.max(1, one[1]));
  return el("span", {class: `rhythm-bar ${one[3] ? "late" : ""}`}, el("span", {class: "rhythm-track", "aria-hidden": "true"}, el("span", {class: "rhythm-fill", style: {"--share": `${share}%`}})), el("span", {text: one[3] ? "overdue" : "in time"}));
}
