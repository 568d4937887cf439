// The power/interest grid as a table: the same people, for who does not see the drawing, for print and for CSV.
import {M, name, partnerOf} from "../model.js";
import {el} from "../dom.js";
import {nodeButton, partnerMark, partnerName} from "../glyphs.js";
import {dataTable} from "./table.js";

/** @typedef {[number, number, number, number, number]} Placed a person, power, interest, stance by place (-1 unknown), roles */

/** The quadrant a person stands in. @param {Placed} one @returns {string} */
function quadrantOf([, power, interest]) {
  const {high, quadrants} = M.data.grid;
  return quadrants[(power >= high ? 0 : 2) + (interest >= high ? 0 : 1)][0];
}

/** @returns {HTMLElement} */
export function placedTable() {
  const {points, stances} = M.data.grid, stance = (/** @type {Placed} */ one) => one[3] < 0 ? "unknown" : stances[one[3]];
  return el("details", {class: "more-fold", id: "grid-as-table"}, el("summary", {text: "The same as a table"}),
    dataTable({id: "grid", caption: "Power and interest of people", file: "power-interest.csv", noun: ["person", "people"], rows: points, attributes: one => ({"data-row-node": one[0]}), columns: [
      {id: "name", title: "Person", cell: one => nodeButton(one[0]), text: one => name(one[0])},
      {id: "partner", title: "Partner", class: "wide-only", cell: one => partnerOf(one[0]) < 0 ? "none" : partnerMark(partnerOf(one[0])), text: one => partnerName(partnerOf(one[0]))},
      {id: "quadrant", title: "Quadrant", cell: quadrantOf, text: quadrantOf, sort: one => M.data.grid.quadrants.findIndex((/** @type {any} */ two) => two[0] === quadrantOf(one))},
      {id: "power", title: "Power", class: "number", first: "descending", cell: one => String(one[1]), text: one => one[1]},
      {id: "interest", title: "Interest", class: "number", first: "descending", cell: one => String(one[2]), text: one => one[2]},
      {id: "stance", title: "Stance", cell: stance, text: stance, sort: one => one[3] < 0 ? null : one[3]},
      {id: "roles", title: "Roles", class: "number", first: "descending", cell: one => String(one[4]), text: one => one[4]},
    ]}).element);
}
