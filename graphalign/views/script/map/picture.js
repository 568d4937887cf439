// The map as a picture to keep: what is shown, at twice its size, with a title above and the partners and signs below.
import {M, SEVERITIES} from "../model.js";
import {get, selectionWords} from "../state.js";
import {paintBack, paintMarks, paintFront} from "./paint.js";
import {MAP_MODES} from "./types.js";
import {partnerColour} from "./palette.js";
import {regionName} from "./titles.js";
import {circle, discColour, drawBadge} from "./marks.js";
import {drawText, textWidth, wrap} from "./text.js";

/** @typedef {import("./paint.js").View} View */

/** @param {View} view @returns {HTMLCanvasElement} */
export function mapPicture(view) {
  const {w, h} = view.camera, scale = Math.max(2, Math.min(3, window.devicePixelRatio || 1)), {palette} = view;
  const canvas = document.createElement("canvas"), ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const font = (/** @type {number} */ size, /** @type {number} */ weight) => `${weight} ${size}px ${palette.font}`, entries = view.scene.regions.map(one => ({text: wrap(regionName(one.p), 34, 1)[0], p: one.p}));
  // The legend's rows, filled from the left.
  let x = 20, rows = 1;
  const spots = entries.map(({text}) => {
    const width = textWidth(ctx, font(11, 400), text) + 32;
    if (x + width > w - 10 && x > 20) { x = 20; rows++; }
    const spot = [x, rows];
    x += width;
    return spot;
  });
  const top = 58, bottom = 18 + rows * 19 + 22;
  canvas.width = w * scale;
  canvas.height = (top + h + bottom) * scale;
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.fillStyle = palette.bg;
  ctx.fillRect(0, 0, w, top + h + bottom);
  ctx.save();
  ctx.translate(0, top);
  ctx.beginPath();
  ctx.rect(0, 0, w, h);
  ctx.clip();
  const drawn = {...view, hover: null, cursor: null};
  paintBack(ctx, drawn);
  paintMarks(ctx, drawn, view.scene.marks);
  paintFront(ctx, drawn);
  ctx.restore();
  ctx.textAlign = "left";
  ctx.font = font(17, 700);
  drawText(ctx, wrap(M.data.title, Math.floor(w / 10), 1), 20, 24, 0, palette.ink, null);
  const {selection} = get(), mode = MAP_MODES.find(([id]) => id === view.scene.mode);
  ctx.font = font(11.5, 400);
  drawText(ctx, wrap(`${mode ? mode[1] : ""}, as of ${M.data.made.as_of}${selection ? ` · ${selectionWords()}` : ""}`, Math.floor(w / 6.4), 1), 20, 45, 0, palette.ink2, null);
  ctx.font = font(11, 400);
  entries.forEach(({text, p}, at) => {
    const y = top + h + 14 + (spots[at][1] - 1) * 19;
    circle(ctx, spots[at][0] + 5, y, 5);
    ctx.fillStyle = partnerColour(palette, discColour(p));
    ctx.fill();
    drawText(ctx, [text], spots[at][0] + 15, y, 0, palette.ink, null);
  });
  signs(ctx, view, top + h + 18 + rows * 19);
  return canvas;
}

/** @param {CanvasRenderingContext2D} ctx @param {View} view @param {number} y */
function signs(ctx, view, y) {
  const {palette} = view, font = `400 11px ${palette.font}`;
  let x = 20;
  for (const severity of SEVERITIES.slice(0, 2)) {
    drawBadge(ctx, palette, x + 6, y, {high: severity === "high" ? 1 : 0, medium: severity === "medium" ? 1 : 0}, 6);
    ctx.font = font;
    ctx.textAlign = "left";
    const text = `${severity} finding`;
    drawText(ctx, [text], x + 18, y, 0, palette.ink2, null);
    x += textWidth(ctx, font, text) + 38;
  }
  ctx.font = font;
  drawText(ctx, ["hexagon: goal · ring: person · square: responsibility · triangle: KPI"], x, y, 0, palette.ink2, null);
}
