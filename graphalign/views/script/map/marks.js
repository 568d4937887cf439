// The shapes: one a kind, coloured by partner alone; and the badges of findings, at a size that does not change with the zoom.
import {M} from "../model.js";
import {partnerColour} from "./palette.js";

/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./types.js").Mark} Mark */

/** The colour of a partner's marks; -1 for none. @param {number} p @returns {number} */
export function colourOf(p) { return p < 0 ? -1 : M.data.partners[p].colour; }
/** The colour of a disc. @param {number} disc @returns {number} */
export function discColour(disc) { return disc < 0 ? -1 : M.data.map.regions[disc].colour; }

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} r */
export function hexagon(ctx, x, y, r) {
  ctx.beginPath();
  for (let side = 0; side < 6; side++) ctx.lineTo(x + r * Math.cos(side * Math.PI / 3), y + r * Math.sin(side * Math.PI / 3));
  ctx.closePath();
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} r */
export function circle(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, Math.max(0, r), 0, 2 * Math.PI);
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
export function roundBox(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, Math.min(r, w / 2, h / 2));
}

/**
 * Draw a mark; `px` is the size of a CSS pixel in the units of the canvas as it is now.
 * @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Mark} one @param {number} x @param {number} y @param {number} r @param {number} px
 */
export function drawMark(ctx, palette, one, x, y, r, px) {
  const colour = partnerColour(palette, colourOf(one.p));
  ctx.strokeStyle = colour;
  ctx.lineJoin = "round";
  if (one.kind === "shared") return drawShared(ctx, palette, one, x, y, r, px);
  if (r < 1.6 * px) { ctx.fillStyle = colour; circle(ctx, x, y, Math.max(r, 1.1 * px)); ctx.fill(); return; }
  if (one.kind === "goal") {
    hexagon(ctx, x, y, r);
    ctx.fillStyle = one.pale ? palette.bg : colour;
    ctx.fill();
    if (one.pale) { tint(ctx, colour, 0.3); ctx.lineWidth = Math.min(1.2 * px, r * 0.3); ctx.stroke(); }
    return;
  }
  if (one.kind === "person" || one.kind === "group") {
    const wide = one.pale ? 0.1 : one.strong ? 0.42 : 0.2;
    ctx.lineWidth = Math.max(r * wide, Math.min(1.1 * px, r * 0.4));
    circle(ctx, x, y, r - ctx.lineWidth / 2);
    ctx.fillStyle = palette.bg;
    ctx.fill();
    ctx.stroke();
    if (one.kind === "group") { circle(ctx, x, y, r * 0.36); ctx.fillStyle = colour; ctx.fill(); }
    return;
  }
  if (one.kind === "partner") {
    circle(ctx, x, y, r);
    ctx.fillStyle = palette.bg;
    ctx.fill();
    tint(ctx, colour, 0.28);
    ctx.lineWidth = Math.max(Math.min(1.2 * px, r * 0.3), r * 0.1);
    ctx.stroke();
    return;
  }
  ctx.beginPath();
  if (one.kind === "responsibility") ctx.rect(x - r * 0.84, y - r * 0.84, r * 1.68, r * 1.68);
  else if (one.kind === "kpi") { ctx.moveTo(x, y - r); ctx.lineTo(x + r * 0.95, y + r * 0.72); ctx.lineTo(x - r * 0.95, y + r * 0.72); ctx.closePath(); }
  else { ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath(); }
  ctx.fillStyle = palette.bg;
  ctx.fill();
  if (one.kind === "responsibility") tint(ctx, colour, 0.42);
  ctx.lineWidth = Math.max(Math.min(1.1 * px, r * 0.3), r * 0.13);
  ctx.stroke();
}

/** Fill what is traced with a part of a colour. @param {CanvasRenderingContext2D} ctx @param {string} colour @param {number} share */
function tint(ctx, colour, share) {
  const before = ctx.globalAlpha;
  ctx.globalAlpha = before * share;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = before;
}

/** A large hexagon, a slice for each partner. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Mark} one @param {number} x @param {number} y @param {number} r @param {number} px */
function drawShared(ctx, palette, one, x, y, r, px) {
  const parts = one.parts.length ? one.parts : [-1], step = 2 * Math.PI / parts.length;
  ctx.save();
  hexagon(ctx, x, y, r);
  ctx.fillStyle = palette.bg;
  ctx.fill();
  ctx.clip();
  parts.forEach((p, at) => {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, r * 1.1, -Math.PI / 2 + at * step, -Math.PI / 2 + (at + 1) * step);
    ctx.closePath();
    ctx.fillStyle = partnerColour(palette, discColour(p));
    ctx.globalAlpha *= one.pale ? 0.35 : 1;
    ctx.fill();
    ctx.globalAlpha /= one.pale ? 0.35 : 1;
    if (parts.length > 1) { ctx.strokeStyle = palette.bg; ctx.lineWidth = Math.min(1.5 * px, r * 0.1); ctx.stroke(); }
  });
  ctx.restore();
  circle(ctx, x, y, r * 0.47);
  ctx.fillStyle = palette.bg;
  ctx.fill();
  hexagon(ctx, x, y, r);
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = Math.min(1.8 * px, r * 0.2);
  ctx.stroke();
  if (one.members.length > 1 && r > 7 * px) {
    ctx.fillStyle = palette.ink;
    ctx.font = `700 ${r * 0.62}px ${palette.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(String(one.members.length), x, y + r * 0.04);
  }
}

/** A finding's badge: a red disc for high, an orange diamond for medium, in it the count or "!". @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {number} x @param {number} y @param {{high: number, medium: number}} count @param {number} size */
export function drawBadge(ctx, palette, x, y, count, size) {
  const high = count.high > 0;
  if (!high) size *= 0.86;
  const number = high ? count.high : count.medium;
  const text = number > 99 ? "99+" : number > 1 ? String(number) : "!";
  ctx.beginPath();
  if (high) ctx.arc(x, y, size, 0, 2 * Math.PI);
  else { const d = size * 1.2; ctx.moveTo(x, y - d); ctx.lineTo(x + d, y); ctx.lineTo(x, y + d); ctx.lineTo(x - d, y); ctx.closePath(); }
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette.bg;
  ctx.lineWidth = 2.4;
  ctx.stroke();
  ctx.fillStyle = high ? palette.high : palette.medium;
  ctx.fill();
  if (!high && number < 2 && size < 5.6) return;
  ctx.fillStyle = high ? palette.onHigh : palette.onMedium;
  ctx.font = `700 ${size * [1.4, 1.15, 0.85][text.length - 1]}px ${palette.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + size * 0.08);
}
