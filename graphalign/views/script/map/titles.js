// The names of the partners: on the rim of an open disc, where they cover neither each other nor another disc; inside a closed one.
import {M} from "../model.js";
import {counted} from "../dom.js";
import {boxesMeet} from "./curves.js";
import {partnerInk} from "./palette.js";
import {discColour, drawBadge, roundBox} from "./marks.js";
import {wrapMiddle, textWidth, drawText} from "./text.js";

/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {{region: Region, lines: string[], box: number[], size: number, inside: boolean, slanted?: boolean}} Title */

/** What a disc is called. @param {number} p @returns {string} */
export function regionName(p) { return M.data.map.regions[p].name; }

/** The partner that a disc stands for; -1 none, -2 several. @param {number} p @returns {number} */
export function regionPartner(p) { return M.data.map.regions[p].partner; }

/** How many goals and people a disc holds. @param {number} p @returns {{goals: number, people: number}} */
export function regionCounts(p) { return M.data.map.regions[p]; }

/** @param {Region} one @param {Camera} camera @returns {[number, number, number]} */
function onScreen(one, camera) { return [one.x * camera.k + camera.tx, one.y * camera.k + camera.ty, one.r * camera.k]; }

/** Place the names. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Scene} scene @param {Set<number>} [taken] closed discs in which something else is shown @returns {Title[]} */
export function placeTitles(ctx, palette, camera, scene, taken) {
  /** @type {Title[]} */
  const titles = [];
  const many = scene.regions.length, size = (many > 24 || camera.w < 500 ? 10.5 : many > 9 || camera.w < 700 ? 11.5 : 13) * palette.size;
  const font = `700 ${size}px ${palette.font}`;
  const discs = scene.regions.map(one => onScreen(one, camera));
  const shared = scene.marks.filter(one => one.kind === "shared").map(one => [(one.x - one.r) * camera.k + camera.tx, (one.y - one.r) * camera.k + camera.ty, 2 * one.r * camera.k, 2 * one.r * camera.k]);
  const narrow = narrowColumns(scene, camera);
  const order = scene.regions.map((one, at) => at).sort((a, b) => scene.regions[b].r - scene.regions[a].r || a - b);
  for (const at of order) {
    const region = scene.regions[at], [x, y, r] = discs[at];
    if (x + r < -60 || y + r < -60 || x - r > camera.w + 60 || y - r > camera.h + 60) continue;
    if (!region.r) { titles.push(narrow ? slantedTitle(ctx, palette, camera, region) : columnTitle(ctx, palette, camera, region)); continue; }
    const inside = !region.open && r >= 24 && !taken?.has(region.p) ? insideTitle(ctx, palette, region, x, y, r) : null;
    if (inside && (r >= 44 || inside.size >= 8.5)) { titles.push(inside); continue; }
    const lines = wrapMiddle(regionName(region.p), many > 9 ? 18 : 26, many > 24 ? 2 : 3);
    const w = Math.max(...lines.map(line => textWidth(ctx, font, line))) + 14, h = lines.length * size * 1.2 + 7;
    let best = [0, 0], least = Infinity;
    for (const [sx, sy, cost] of spots(x, y, r, w, h, region, scene)) {
      // A disc that reaches into the picture keeps its name in it.
      const cx = Math.min(Math.max(sx, w / 2 + 5), camera.w - w / 2 - 5), cy = Math.min(Math.max(sy, h / 2 + 5), camera.h - h / 2 - 5), box = [cx - w / 2, cy - h / 2, w, h];
      let price = cost + 0.8 * Math.hypot(cx - sx, cy - sy);
      for (const title of titles) if (boxesMeet(box, title.box)) price += 400;
      discs.forEach(([dx, dy, dr], other) => { if (other !== at) price += 3 * Math.max(0, dr - Math.hypot(Math.max(Math.abs(dx - cx) - w / 2, 0), Math.max(Math.abs(dy - cy) - h / 2, 0))); });
      for (const one of shared) if (boxesMeet(box, one)) price += 60;
      if (price < least) { least = price; best = [cx, cy]; }
    }
    const [cx, cy] = best;
    if (Math.hypot(Math.max(Math.abs(cx - x) - w / 2, 0), Math.max(Math.abs(cy - y) - h / 2, 0)) > r + 24) continue;
    titles.push({region, lines, box: [cx - w / 2, cy - h / 2, w, h], size, inside: false});
  }
  return titles;
}

/** Whether columns are too narrow for names above them: then these stand below, slanted. @param {Scene} scene @param {Camera} camera @returns {boolean} */
export function narrowColumns(scene, camera) { return scene.mode === "cascade" && scene.regions.some(one => one.w * camera.k < 36); }

/** A name below a narrow column. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Region} region @returns {Title} */
function slantedTitle(ctx, palette, camera, region) {
  const size = (camera.w < 500 ? 9.5 : 10.5) * palette.size, x = region.x * camera.k + camera.tx;
  const lines = wrapMiddle(regionName(region.p), Math.max(9, Math.min(22, Math.floor(x / 0.64 / (size * 0.6)))), 1), w = textWidth(ctx, `700 ${size}px ${palette.font}`, lines[0]);
  const y = Math.min((region.y + region.h / 2) * camera.k + camera.ty, camera.h - 84);
  return {region, lines, box: [x - 8, y + 2, 16, w * 0.75 + 8], size, inside: false, slanted: true};
}

/** The head of a column, above it; it stays in sight. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Region} region @returns {Title} */
function columnTitle(ctx, palette, camera, region) {
  const x = region.x * camera.k + camera.tx, top = (region.y - region.h / 2) * camera.k + camera.ty, wide = (region.w + 12) * camera.k;
  let size = 12.5 * palette.size, lines = [""];
  for (; size >= 8.5; size -= 0.5) {
    lines = wrapMiddle(regionName(region.p), Math.max(6, Math.floor(wide / (size * 0.56))), size > 10.5 ? 2 : 3);
    if (size > 9.5 && lines.some(line => line.endsWith("…"))) continue;
    if (Math.max(...lines.map(line => textWidth(ctx, `700 ${size}px ${palette.font}`, line))) <= wide) break;
  }
  size = Math.max(8.5, size);
  const w = Math.max(...lines.map(line => textWidth(ctx, `700 ${size}px ${palette.font}`, line))) + 8, h = lines.length * size * 1.2 + 5;
  return {region, lines, box: [x - w / 2, Math.max(4, top - h - 3), w, h], size, inside: false};
}

/** Where a name may stand, and what the spot costs. @param {number} x @param {number} y @param {number} r @param {number} w @param {number} h @param {Region} region @param {Scene} scene @returns {number[][]} */
function spots(x, y, r, w, h, region, scene) {
  const up = region.y <= scene.cy + 1e-6, rim = r + h * 0.28, first = up ? -1 : 1;
  const result = [[x, y + first * rim, 0], [x, y - first * rim, 30]];
  for (const turn of [0.35, -0.35, 0.7, -0.7, 1.1, -1.1]) {
    const angle = first * Math.PI / 2 + turn, [ax, ay] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
    // Out along the ray, until no more of the disc than its rim is covered.
    let reach = r;
    while (Math.hypot(Math.max(ax * reach - w / 2, 0), Math.max(ay * reach - h / 2, 0)) < r - 4) reach += 3;
    result.push([x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, 12 + 14 * Math.abs(turn)]);
  }
  return result;
}

/** @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Region} region @param {number} x @param {number} y @param {number} r @returns {Title} */
function insideTitle(ctx, palette, region, x, y, r) {
  let size = Math.min(17, Math.max(10, r * 0.17)) * palette.size, lines = [""];
  for (; size >= 8.5; size -= 0.75) {
    const chars = Math.max(5, Math.floor(r * 1.6 / (size * 0.56)));
    lines = wrapMiddle(regionName(region.p), chars, r > 25 ? 3 : 2);
    if (size > 10 && lines.some(line => line.endsWith("…"))) continue;
    if (Math.max(...lines.map(line => textWidth(ctx, `700 ${size}px ${palette.font}`, line))) < r * 1.75) break;
  }
  return {region, lines, box: [x - r * 0.88, y - r * 0.6, r * 1.76, r * 1.2], size, inside: true};
}

/** Draw one name. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Title} title @param {{high: number, medium: number}|undefined} found @param {boolean} strong */
export function drawTitle(ctx, palette, camera, title, found, strong) {
  const {region, lines, box, size} = title, ink = partnerInk(palette, discColour(region.p));
  ctx.textAlign = "center";
  ctx.globalAlpha = strong ? 1 : 0.4;
  if (title.slanted) {
    ctx.save();
    ctx.translate(box[0] + 12, box[1] + 6);
    ctx.rotate(-Math.PI / 3.6);
    ctx.textAlign = "right";
    ctx.font = `700 ${size}px ${palette.font}`;
    drawText(ctx, lines, 0, 0, 0, ink, palette.bg);
    ctx.restore();
  } else if (title.inside) drawInside(ctx, palette, camera, title, found, ink);
  else {
    const [x, y, r] = onScreen(region, camera);
    roundBox(ctx, box[0], box[1], box[2], box[3], 6);
    ctx.fillStyle = palette.bg;
    ctx.globalAlpha = strong ? 0.93 : 0.6;
    ctx.fill();
    ctx.globalAlpha = strong ? 1 : 0.4;
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1;
    if (region.r) ctx.stroke();
    ctx.font = `700 ${size}px ${palette.font}`;
    drawText(ctx, lines, box[0] + box[2] / 2, box[1] + (region.r ? 3.5 : 2.5) + size * 0.62, size * 1.2, ink, null);
    if (!region.open && region.r && found && r > 8) drawBadges(ctx, palette, x, y, r, found);
  }
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {Camera} camera @param {Title} title @param {{high: number, medium: number}|undefined} found @param {string} ink */
function drawInside(ctx, palette, camera, title, found, ink) {
  const {region, lines} = title, size = Math.max(8.5, title.size), [x, y, r] = onScreen(region, camera), counts = regionCounts(region.p);
  const small = Math.max(9.5, Math.min(12.5 * palette.size, size * 0.86)), more = r > 46 ? [counted(counts.goals, "goal"), counts.people === 1 ? "1 person" : counted(counts.people, "people", "people")] : [];
  const pills = found && (found.high || found.medium) && r > 40 ? small * 1.9 : 0;
  let at = y - (lines.length * size * 1.18 + more.length * small * 1.3 + pills) / 2 + size * 0.6;
  ctx.font = `700 ${size}px ${palette.font}`;
  drawText(ctx, lines, x, at, size * 1.18, ink, null);
  at += lines.length * size * 1.18;
  ctx.font = `400 ${small}px ${palette.font}`;
  drawText(ctx, more, x, at, small * 1.3, palette.ink, null);
  at += more.length * small * 1.3 + small * 0.35;
  if (!pills && found) drawBadges(ctx, palette, x, y, r, found);
  if (pills && found) drawPills(ctx, palette, x, at, found, small);
}

/** The same on the rim of a disc too small for pills. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {number} x @param {number} y @param {number} r @param {{high: number, medium: number}} found */
function drawBadges(ctx, palette, x, y, r, found) {
  if (found.medium) drawBadge(ctx, palette, x + r * 1.02, y - r * 0.3, {high: 0, medium: found.medium}, 8);
  if (found.high) drawBadge(ctx, palette, x + r * 0.76, y - r * 0.78, {high: found.high, medium: 0}, 7.5);
}

/** How many findings of a partner are high and medium: a red pill with "!" and an orange one with a diamond. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {number} x @param {number} y @param {{high: number, medium: number}} found @param {number} size */
export function drawPills(ctx, palette, x, y, found, size) {
  const font = `700 ${size * 0.92}px ${palette.font}`, h = size * 1.5;
  const pills = [["!", found.high, palette.high, palette.onHigh, h / 2], ["◆", found.medium, palette.medium, palette.onMedium, 3]].filter(([, count]) => Number(count) > 0);
  const texts = pills.map(([sign, count]) => `${sign} ${count}`), widths = texts.map(text => textWidth(ctx, font, text) + size * 1.1);
  let left = x - (widths.reduce((sum, w) => sum + w, 0) + 5 * (pills.length - 1)) / 2;
  ctx.font = font;
  ctx.textAlign = "center";
  pills.forEach(([, , back, ink, radius], at) => {
    roundBox(ctx, left, y - h / 2, widths[at], h, Number(radius));
    ctx.fillStyle = String(back);
    ctx.fill();
    drawText(ctx, [texts[at]], left + widths[at] / 2, y + 0.5, 0, String(ink), null);
    left += widths[at] + 5;
  });
}
