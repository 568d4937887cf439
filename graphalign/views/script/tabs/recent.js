// What a window of days says of contact: which pairs talked in it, how many people, how long ago at its end.
import {M} from "../model.js";

/** @typedef {[number, number, number, number]} Talk a pair by place, a day of the epoch, a person, an other */
/** @typedef {{talks: number, people: number, last: number|null, days: number|null, recent: boolean}} Contact */

/** A day of the epoch as 2026-06-30. @param {number} day @returns {string} */
export function isoDay(day) { return new Date(day * 864e5).toISOString().slice(0, 10); }

/** A day as a number of the epoch; null for none. @param {string} text @returns {number|null} */
export function epochDay(text) {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) ? Math.round(at / 864e5) : null;
}

/** A day in words, 30 Jun 2026. @param {number} day @returns {string} */
export function shortDay(day) { return new Date(day * 864e5).toLocaleDateString("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"}); }

/**
 * Contact of each pair as one would have judged it at the end of the window: `talks` and distinct pairs of `people` within it, the `last`
 * day up to its end (of any age), how many `days` before its end that was (a member of both: 0), and whether it is `recent`.
 * @param {number} from @param {number} to @returns {Contact[]}
 */
export function contactWithin(from, to) {
  const {pairs, talks} = M.data.contact;
  const held = pairs.map((/** @type {any[]} */ pair) => ({talks: 0, people: new Set(), last: /** @type {number|null} */ (null), common: pair[6] > 0}));
  for (const [at, day, person, other] of /** @type {Talk[]} */ (talks)) {
    if (day > to) continue;
    const one = held[at];
    if (one.last === null || day > one.last) one.last = day;
    if (day >= from) { one.talks++; one.people.add(`${person} ${other}`); }
  }
  return held.map((/** @type {any} */ one) => ({talks: one.talks, people: one.people.size, last: one.last, days: one.common ? 0 : one.last === null ? null : to - one.last, recent: one.common || one.talks > 0}));
}

/** How long ago, in words. @param {Contact} contact @param {any[]} pair @returns {string} */
export function agoWords(contact, pair) {
  if (pair[6] > 0) return "0 d";
  if (contact.days !== null) return contact.days === 0 ? "today" : `${contact.days} d`;
  return pair[4] ? "undated only" : "never";
}
