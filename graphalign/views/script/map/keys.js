// The map by keyboard: arrows walk from mark to mark, Enter selects, + and - zoom, f fits, Space opens a partner.
import {findingsOf, edgesOf} from "../model.js";
import {say, counted} from "../dom.js";
import {hitWords} from "./tooltip.js";
import {shownMark} from "./paint.js";

/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./paint.js").View} View */
/** @typedef {import("./stage.js").Stage} Stage */

const ARROWS = /** @type {{[key: string]: [number, number]}} */ ({ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]});

export const KEY_HELP = "Arrow keys go from mark to mark, Enter selects, Space opens or closes a partner, plus and minus zoom, F shows the whole, Shift with an arrow moves the picture, Escape undoes the selection.";

/** Whether this is a partner's disc. @param {Mark|Region} one @returns {boolean} */
export function isRegion(one) { return "w" in one; }

/** Where something stands on screen; an open partner by its name. @param {View} view @param {Mark|Region} one @returns {[number, number]} */
function standing2(view, one) {
  const {k, tx, ty} = view.camera, title = "w" in one ? view.titles.find(other => other.region === one) : undefined;
  return title ? [title.box[0] + title.box[2] / 2, title.box[1] + title.box[3] / 2] : [one.x * k + tx, one.y * k + ty];
}

/** The nearest mark in a direction: what lies aside counts for more than twice. @param {View} view @param {Mark|Region} from @param {[number, number]} way @returns {Mark|Region|null} */
export function nextInDirection(view, from, way) {
  const [x, y] = standing2(view, from);
  /** @type {Mark|Region|null} */
  let best = null;
  let least = Infinity;
  for (const one of [...view.scene.marks.filter(mark => shownMark(view, mark)), ...view.scene.regions]) {
    if (one === from) continue;
    const [ox, oy] = standing2(view, one), along = (ox - x) * way[0] + (oy - y) * way[1], aside = Math.abs((ox - x) * way[1]) + Math.abs((oy - y) * way[0]);
    const price = along + 2.2 * aside;
    if (along > 1 && price < least) { least = price; best = one; }
  }
  return best;
}

/** What a mark or a partner is, in a sentence. @param {Mark|Region} one @returns {string} */
function spoken(one) {
  const words = hitWords("w" in one ? {kind: "region", region: one} : {kind: "mark", mark: one});
  if (!words) return "";
  const more = "w" in one ? [] : [counted(one.members.flatMap(findingsOf).length, "finding"), counted(one.members.reduce((sum, i) => sum + edgesOf(i).length, 0), "relationship")];
  return `${words.kind}: ${words.title}. ${[...words.lines, ...more].join(", ")}.`;
}

/**
 * Listen to the keys.
 * @param {Stage} stage @param {View} view
 * @param {{select: (one: Mark|Region) => void, toggle: (one: Mark|Region) => void, start: () => Mark|Region|null, zoom: (factor: number) => void, moved: () => void}} act
 */
export function listenToKeys(stage, view, act) {
  const land = (/** @type {Mark|Region|null} */ one) => {
    view.cursor = one;
    if (!one) return;
    const [x, y] = standing2(view, one), {w, h, k} = view.camera;
    if (x < 20 || y < 20 || x > w - 20 || y > h - 20) { stage.moveTo(one.x, one.y, k, true); act.moved(); }
    stage.redraw();
    say(spoken(one));
  };
  stage.holder.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key], here = view.cursor;
    if (way && event.shiftKey) {
      const {k, tx, ty, w, h} = view.camera;
      stage.moveTo((w / 2 - tx + way[0] * w * 0.2) / k, (h / 2 - ty + way[1] * h * 0.2) / k, k, true);
      act.moved();
    } else if (way) land(here ? nextInDirection(view, here, way) || here : act.start());
    else if (event.key === "Enter" && here) act.select(here);
    else if (event.key === "Enter") land(act.start());
    else if (event.key === " " && here) act.toggle(here);
    else if (event.key === "+" || event.key === "=") act.zoom(1.35);
    else if (event.key === "-" || event.key === "_") act.zoom(1 / 1.35);
    else if (event.key === "f" || event.key === "0") { stage.fit(true); act.moved(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  stage.holder.addEventListener("focusout", () => { if (view.cursor) { view.cursor = null; stage.redraw(); } });
}
