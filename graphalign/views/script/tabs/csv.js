// Tables as CSV that a spreadsheet takes for text and numbers, never for a formula.
import {copy, download, say} from "../dom.js";

/** A cell: quoted where it must be, and with a ' before what a spreadsheet would run. @param {string|number|null|undefined} value @returns {string} */
export function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value).replace(/\s+/g, " ").trim();
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = "'" + text;
  return /[",;\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows as CSV. @param {(string|number|null|undefined)[][]} rows @returns {string} */
export function csvText(rows) { return rows.map(row => row.map(csvCell).join(",")).join("\n") + "\n"; }

/** Save rows as a file. @param {string} file @param {(string|number|null|undefined)[][]} rows */
export function saveCsv(file, rows) { download(file, "text/csv;charset=utf-8", "\ufeff" + csvText(rows)); }

/** Copy rows. @param {(string|number|null|undefined)[][]} rows */
export function copyCsv(rows) {
  copy(csvText(rows)).then(done => say(done ? `Copied ${rows.length - 1} rows as CSV.` : "The browser did not let the table be copied."));
}
