// Lines: ribbons of contact, spokes to shared goals, dependencies without contact, and single relationships, each kind in one stroke.
import {M} from "../model.js";
import {between, bezier, towards} from "./curves.js";
import {partnerColour} from "./palette.js";
import {colourOf, discColour} from "./marks.js";

/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./types.js").Region} Region */

/** A curve in screen pixels. @param {Camera} camera @param {number[]} curve @returns {number[]} */
export function screenCurve(camera, curve) { return curve.map((value, at) => value * camera.k + (at % 2 ? camera.ty : camera.tx)); }

/** The world's curve between two partners. @param {Scene} scene @param {{a: number, b: number}} pair @param {boolean} silent @returns {number[]|null} */
export function pairCurve(scene, pair, silent) {
  const a = scene.region.get(pair.a), b = scene.region.get(pair.b);
  if (!a || !b) return null;
  const curve = between(a, b, scene.cx, scene.cy, silent ? 0.02 : 0.28);
  if (!silent) return curve;
  // Beside the ribbon, not on it: bent away to a side.
  const dx = b.x - a.x, dy = b.y - a.y, side = 0.1 * ((pair.a + pair.b) % 2 ? 1 : -1);
  curve[2] -= dy * side; curve[3] += dx * side;
  const [x1, y1] = towards(a.x, a.y, curve[2], curve[3], a.r), [x2, y2] = towards(b.x, b.y, curve[2], curve[3], b.r);
  return [x1, y1, curve[2], curve[3], x2, y2];
}

/** The world's curve of a relationship, from edge to edge of its marks. @param {Line} line @param {number} gap @returns {number[]} */
export function lineCurve(line, gap) {
  const [x1, y1] = towards(line.a.x, line.a.y, line.cx, line.cy, line.a.r), [x2, y2] = towards(line.b.x, line.b.y, line.cx, line.cy, line.b.r + gap);
  return [x1, y1, line.cx, line.cy, x2, y2];
}

/** @param {CanvasRenderingContext2D} ctx @param {number[]} c */
function trace(ctx, c) { ctx.moveTo(c[0], c[1]); ctx.quadraticCurveTo(c[2], c[3], c[4], c[5]); }

/** How wide a ribbon is on screen. @param {number} ties @param {Camera} camera @returns {number} */
export function ribbonWidth(ties, camera) {
  const most = Math.max(1, ...M.data.map.ribbons.map((/** @type {{ties: number}} */ one) => one.ties));
  return (3 + 15 * Math.sqrt(ties / most)) * Math.min(1, Math.max(0.45, Math.min(camera.w, camera.h) / 760));
}

/** Contact between partners: as wide as there are ties, the darker core those of late. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Scene} scene @param {(a: number, b: number) => boolean} shown */
export function drawRibbons(ctx, palette, camera, scene, shown) {
  const most = Math.max(1, ...M.data.map.ribbons.map((/** @type {{ties: number}} */ one) => one.ties));
  const thin = Math.min(1, Math.max(0.45, Math.min(camera.w, camera.h) / 760));
  ctx.lineCap = "butt";
  ctx.strokeStyle = palette.ink2;
  for (const tie of scene.ties) {
    if (!shown(tie.a, tie.b)) continue;
    const world = pairCurve(scene, tie, false);
    if (!world) continue;
    const curve = screenCurve(camera, world);
    for (const core of [false, true]) {
      const ties = core ? tie.recent : tie.ties;
      if (!ties) continue;
      ctx.globalAlpha = (palette.dark ? 0.18 : 0.11) + (core ? 0.05 : 0);
      ctx.lineWidth = (3 + 15 * Math.sqrt(ties / most)) * thin * (core ? 0.55 : 1);
      ctx.beginPath();
      trace(ctx, curve);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
}

/** Commitments: wide at the partner, a point at the goal. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Scene} scene @param {import("./types.js").Spoke[]} spokes @param {number} strength */
export function drawSpokes(ctx, palette, camera, scene, spokes, strength) {
  const many = Math.min(1, Math.sqrt(36 / Math.max(1, spokes.length)));
  for (const {p, mark} of spokes) {
    const region = scene.region.get(p);
    if (!region) continue;
    const [ex, ey] = towards(region.x, region.y, mark.x, mark.y, region.r), [gx, gy] = towards(mark.x, mark.y, region.x, region.y, mark.r * 0.9);
    const x = ex * camera.k + camera.tx, y = ey * camera.k + camera.ty, tx = gx * camera.k + camera.tx, ty = gy * camera.k + camera.ty;
    const d = Math.hypot(tx - x, ty - y) || 1, wide = Math.min(7, 2 + mark.r * camera.k * 0.4), nx = -(ty - y) / d, ny = (tx - x) / d;
    ctx.globalAlpha = Math.min(0.8, strength * many * (palette.dark ? 0.42 : 0.32));
    ctx.fillStyle = partnerColour(palette, discColour(p));
    ctx.beginPath();
    ctx.moveTo(x + nx * wide, y + ny * wide);
    ctx.lineTo(tx + nx * 1.2, ty + ny * 1.2);
    ctx.lineTo(tx - nx * 1.2, ty - ny * 1.2);
    ctx.lineTo(x - nx * wide, y - ny * wide);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** Dependencies without contact. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Scene} scene @param {{a: number, b: number, n: number}[]} pairs */
export function drawSilences(ctx, palette, camera, scene, pairs) {
  ctx.strokeStyle = palette.high;
  ctx.setLineDash([7, 5]);
  for (const pair of pairs) {
    const world = pairCurve(scene, pair, true);
    if (!world) continue;
    ctx.lineWidth = Math.min(3.4, 1.5 + 0.5 * Math.log2(pair.n));
    ctx.beginPath();
    trace(ctx, screenCurve(camera, world));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** How each kind of line is drawn: width, dashes, strength, arrow. */
const PENS = /** @type {{[kind: string]: {width: number, dash: number[], alpha: number, arrow: boolean}}} */ ({
  accountable: {width: 1, dash: [], alpha: 0.4, arrow: false}, contributes: {width: 1, dash: [], alpha: 0.5, arrow: true}, depends: {width: 1.2, dash: [4, 3], alpha: 0.6, arrow: true},
  conflict: {width: 1.8, dash: [], alpha: 0.95, arrow: false}, other: {width: 1, dash: [], alpha: 0.5, arrow: false},
});

/** Relationships, those of one kind and colour in one stroke. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Line[]} lines @param {number} strong 1, or more for a selection */
export function drawLines(ctx, palette, camera, lines, strong) {
  /** @type {Map<string, Line[]>} */
  const batches = new Map();
  for (const line of lines) {
    const colour = line.kind === "conflict" ? palette.high : line.kind === "depends" ? palette.ink : line.kind === "other" ? palette.ink2 : partnerColour(palette, colourOf(line.a.p));
    const key = `${line.kind} ${colour}`, batch = batches.get(key);
    if (batch) batch.push(line); else batches.set(key, [line]);
  }
  for (const [key, batch] of batches) {
    const kind = key.slice(0, key.indexOf(" ")), pen = PENS[kind];
    ctx.strokeStyle = ctx.fillStyle = key.slice(kind.length + 1);
    ctx.globalAlpha = Math.min(1, pen.alpha * (strong > 1 ? 1.6 : kind === "conflict" ? 1 : Math.min(1, Math.sqrt(160 / lines.length))));
    ctx.lineWidth = pen.width * strong;
    ctx.setLineDash(pen.dash);
    const curves = batch.map(line => screenCurve(camera, lineCurve(line, 1 / camera.k)));
    ctx.beginPath();
    for (const curve of curves) trace(ctx, curve);
    ctx.stroke();
    ctx.setLineDash([]);
    if (pen.arrow) { ctx.beginPath(); for (const curve of curves) arrow(ctx, curve, 4 + 1.5 * strong); ctx.fill(); }
    if (kind === "conflict") { ctx.beginPath(); for (const curve of curves) cross(ctx, curve); ctx.lineWidth = 2.2; ctx.stroke(); }
  }
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {number[]} c @param {number} size */
function arrow(ctx, c, size) {
  const d = Math.hypot(c[4] - c[0], c[5] - c[1]);
  if (d < size * 2) return;
  const angle = Math.atan2(c[5] - c[3], c[4] - c[2]);
  ctx.moveTo(c[4], c[5]);
  ctx.lineTo(c[4] - size * Math.cos(angle - 0.42), c[5] - size * Math.sin(angle - 0.42));
  ctx.lineTo(c[4] - size * Math.cos(angle + 0.42), c[5] - size * Math.sin(angle + 0.42));
  ctx.closePath();
}

/** @param {CanvasRenderingContext2D} ctx @param {number[]} c */
function cross(ctx, c) {
  const x = bezier(c[0], c[2], c[4], 0.36), y = bezier(c[1], c[3], c[5], 0.36), s = 4.5;
  ctx.moveTo(x - s, y - s); ctx.lineTo(x + s, y + s); ctx.moveTo(x - s, y + s); ctx.lineTo(x + s, y - s);
}
