// The names of the marks: by importance, at one size on screen, in four places, where they cover no other name and few marks.
import {name} from "../model.js";
import {wrap, textWidth, drawText} from "./text.js";

/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {{mark: Mark, lines: string[], x: number, y: number, align: CanvasTextAlign, font: string, step: number, colour: string}} Label */

const CELL = 48, MOST = 160;

/** Boxes on a grid, so that each is only compared with those near it. */
function boxGrid() {
  /** @type {Map<number, number[][]>} */
  const cells = new Map();
  const each = (/** @type {number[]} */ box, /** @type {(cell: number) => void} */ run) => {
    for (let cx = Math.floor(box[0] / CELL); cx <= Math.floor((box[0] + box[2]) / CELL); cx++)
      for (let cy = Math.floor(box[1] / CELL); cy <= Math.floor((box[1] + box[3]) / CELL); cy++) run(cx * 4099 + cy);
  };
  return {
    /** @param {number[]} box */
    add(box) { each(box, cell => { const held = cells.get(cell); if (held) held.push(box); else cells.set(cell, [box]); }); },
    /** How many boxes this one meets, up to a limit. @param {number[]} box @param {number} limit @returns {number} */
    meets(box, limit) {
      let found = 0;
      /** @type {Set<number[]>} */
      const seen = new Set();
      each(box, cell => {
        for (const other of found < limit ? cells.get(cell) || [] : [])
          if (!seen.has(other) && box[0] < other[0] + other[2] && other[0] < box[0] + box[2] && box[1] < other[1] + other[3] && other[1] < box[1] + box[3]) { seen.add(other); found++; }
      });
      return found;
    },
  };
}

/** What a mark is called on the map. @param {Mark} mark @returns {string} */
export function markName(mark) { return mark.members.length > 1 ? `${mark.members.length} shared goals` : name(mark.i); }

/**
 * Choose and place names, the most important first; `taken` are boxes that no name may cover, `must` are named wherever there is room at all.
 * @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Mark[]} marks by importance @param {Mark[]} all the marks that names should not cover
 * @param {number[][]} taken @param {number[][]} soft boxes that names should not cover @param {Set<Mark>} must @param {number} least the smallest radius on screen of what is named @returns {Label[]}
 */
export function placeLabels(ctx, palette, camera, marks, all, taken, soft, must, least) {
  /** @type {Label[]} */
  const labels = [];
  const fixed = boxGrid(), covered = boxGrid(), {k, tx, ty, w, h} = camera;
  for (const box of taken) fixed.add(box);
  for (const box of soft) covered.add(box);
  for (const one of all) {
    const x = one.x * k + tx, y = one.y * k + ty, r = Math.max(2, one.r * k * 0.75);
    if (x > -r && y > -r && x < w + r && y < h + r) (one.kind === "shared" ? fixed : covered).add([x - r, y - r, 2 * r, 2 * r]);
  }
  for (const mark of marks) {
    if (labels.length >= MOST) break;
    const x = mark.x * k + tx, y = mark.y * k + ty, r = mark.r * k, wanted = must.has(mark);
    if (x < 0 || y < 0 || x > w || y > h || (r < least && !wanted) || (mark.members.length > 1 && r < 12 && !wanted)) continue;
    const shared = mark.kind === "shared", goal = shared || mark.kind === "goal";
    const size = (shared ? 12 : goal ? 11 : 10.5) * palette.size, step = size * 1.16, font = `${shared || (wanted && must.size < 12) ? 600 : 400} ${size}px ${palette.font}`;
    const lines = wrap(markName(mark), 18, 2), wide = Math.max(...lines.map(line => textWidth(ctx, font, line))), tall = lines.length * step, gap = (shared ? 5 : 3) + (wanted ? 4 : 0);
    const spots = /** @type {[number, number, CanvasTextAlign][]} */ ([[x, y + r + gap, "center"], [x, y - r - gap - tall, "center"], [x + r + gap + 1, y - tall / 2, "left"], [x - r - gap - 1, y - tall / 2, "right"],
      ...(shared ? [[x + r * 0.7, y + r * 0.8, "left"], [x - r * 0.7, y + r * 0.8, "right"], [x + r * 0.7, y - r * 0.8 - tall, "left"], [x - r * 0.7, y - r * 0.8 - tall, "right"]] : [])]);
    let best = null, least2 = wanted ? 99 : shared ? 5 : 1;
    for (const [sx, sy, align] of spots) {
      const left = align === "center" ? sx - wide / 2 : align === "left" ? sx : sx - wide, box = [left - 2, sy - 1, wide + 4, tall + 2];
      if (box[0] < 3 || box[1] < 3 || box[0] + box[2] > w - 3 || box[1] + box[3] > h - 3 || fixed.meets(box, 1)) continue;
      const over = covered.meets(box, least2);
      if (over < least2) { least2 = over; best = {sx, sy, align, box}; if (!over) break; }
    }
    if (!best) continue;
    fixed.add(best.box);
    labels.push({mark, lines, x: best.sx, y: best.sy + step / 2, align: best.align, font, step, colour: goal ? palette.ink : palette.ink2});
  }
  return labels;
}

/** @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Label[]} labels */
export function drawLabels(ctx, palette, labels) {
  for (const one of labels) {
    ctx.font = one.font;
    ctx.textAlign = one.align;
    drawText(ctx, one.lines, one.x, one.y, one.step, one.colour, palette.bg);
  }
}

/** Marks by importance: shared goals, then by the page's rank. @param {Mark[]} marks @returns {Mark[]} */
export function byImportance(marks) {
  return [...marks].sort((a, b) => (b.kind === "shared" ? 1 : 0) - (a.kind === "shared" ? 1 : 0) || b.rank - a.rank || b.r - a.r || a.i - b.i);
}
