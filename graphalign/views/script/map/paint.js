// The picture, layer by layer, in screen pixels: what lies under the marks, and what lies over them.
import {placeTitles, drawTitle, regionName, regionPartner} from "./titles.js";
import {placeLabels, drawLabels, byImportance} from "./labels.js";
import {drawMark, drawBadge, circle, roundBox, discColour} from "./marks.js";
import {drawRibbons, drawSpokes, drawSilences, drawLines, pairCurve, lineCurve, screenCurve} from "./strokes.js";
import {drawText, wrap} from "./text.js";
import {bezier} from "./curves.js";
import {discOf} from "./scene.js";
import {partnerColour} from "./palette.js";
import {pairKey} from "./types.js";

/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Line} Line */
/**
 * All that a drawing needs; titles, silences and spots (badges of lines) are what was drawn last, for the mouse.
 * @typedef {{scene: import("./types.js").Scene, camera: import("./types.js").Camera, palette: import("./palette.js").Palette, badges: import("./badges.js").Badges, focus: import("./types.js").Focus|null,
 *   hidden: import("./types.js").Hidden, hover: import("./types.js").Hit, cursor: Mark|Region|null, ordered: Mark[], titles: import("./titles.js").Title[], silences: import("./types.js").Silence[], spots: {x: number, y: number, hit: import("./types.js").Hit}[]}} View
 */

/** Silent pairs drawn without being asked for. */
const TOP_SILENCES = 8;

/** @param {View} view @param {Mark} one @returns {boolean} */
export function shownMark(view, one) { return !view.hidden.kinds.has(one.kind); }

/** Whether a layer of lines is on. @param {View} view @param {Line} line @returns {boolean} */
function shownLine2(view, line) {
  const {lines} = view.hidden;
  return !lines.has(line.kind === "accountable" || line.kind === "contributes" ? "thin" : line.kind) && shownMark(view, line.a) && shownMark(view, line.b);
}

/** Under the marks. @param {CanvasRenderingContext2D} ctx @param {View} view */
export function paintBack(ctx, view) {
  const {scene, camera, palette, hidden} = view;
  if (scene.mode === "cascade") paintRows(ctx, view);
  if (!hidden.lines.has("talk")) drawRibbons(ctx, palette, camera, scene, (a, b) => scene.strong.has(pairKey(a, b)));
  if (!hidden.lines.has("spoke") && !hidden.kinds.has("shared")) drawSpokes(ctx, palette, camera, scene, scene.spokes, 1);
  view.silences = hidden.lines.has("silent") ? [] : [...scene.silent].sort((a, b) => b.n - a.n || a.a - b.a || a.b - b.b).filter((one, at) => at < TOP_SILENCES || (view.focus && view.focus.pairs.has(pairKey(one.a, one.b))));
  drawSilences(ctx, palette, camera, scene, view.silences);
  for (const region of scene.regions) paintRegion(ctx, view, region, false);
  drawLines(ctx, palette, camera, scene.lines.filter(line => shownLine2(view, line)), 1);
}

/** The marks, where vis-network does not draw them. @param {CanvasRenderingContext2D} ctx @param {View} view @param {Iterable<Mark>} marks */
export function paintMarks(ctx, view, marks) {
  const {k, tx, ty, w, h} = view.camera;
  for (const one of marks) {
    const x = one.x * k + tx, y = one.y * k + ty, r = one.r * k;
    if (shownMark(view, one) && x > -r && y > -r && x < w + r && y < h + r) drawMark(ctx, view.palette, one, x, y, one.guest ? Math.max(r, 5) : r, 1);
  }
}

/** Over the marks: names and badges; with a selection a veil, and over it what was selected, drawn again. @param {CanvasRenderingContext2D} ctx @param {View} view */
export function paintFront(ctx, view) {
  const {scene, camera, palette, focus} = view;
  if (scene.mode === "cascade" && camera.w <= 700) paintRowNames(ctx, view);
  const guests = focus ? [...focus.marks].filter(one => one.guest) : [];
  view.titles = placeTitles(ctx, palette, camera, scene, new Set(guests.map(one => discOf(one.i) ?? -1)));
  if (focus) {
    paintBadges(ctx, view, null);
    ctx.globalAlpha = focus.soft ? 0.76 : palette.veil;
    ctx.fillStyle = palette.bg;
    ctx.fillRect(0, 0, camera.w, camera.h);
    ctx.globalAlpha = 1;
    paintFocus(ctx, view);
  }
  const kept = (/** @type {Region} */ region) => !focus || focus.regions.has(region.p) || (focus.soft && !focus.regions.size);
  for (const title of view.titles) drawTitle(ctx, palette, camera, title, view.badges.regions.get(title.region.p), kept(title.region));
  paintBadges(ctx, view, focus ? focus.marks : undefined);
  const named = focus ? byImportance([...focus.marks]) : view.ordered, must = focus ? new Set([...focus.main]) : new Set();
  const order = focus ? [...focus.main, ...named.filter(one => !focus.main.has(one))] : named;
  const few = !!focus && (!focus.soft || focus.marks.size <= 40), all = (few && focus ? [...focus.marks] : scene.marks).filter(one => shownMark(view, one));
  const taken = view.titles.map(title => title.box).concat(scene.mode === "cascade" && camera.w > 700 ? [[0, 0, 100, camera.h]] : []);
  drawLabels(ctx, palette, placeLabels(ctx, palette, camera, order.filter(one => shownMark(view, one)), all, taken, badgeBoxes(view), must, few ? 0 : 5));
  paintPointers(ctx, view);
}

/** @param {CanvasRenderingContext2D} ctx @param {View} view */
function paintFocus(ctx, view) {
  const {scene, camera, palette, focus} = view;
  if (!focus) return;
  if (focus.pairs.size) {
    drawRibbons(ctx, palette, camera, scene, (a, b) => focus.pairs.has(pairKey(a, b)));
    const tied = new Set([...scene.ties, ...scene.silent].map(one => pairKey(one.a, one.b)));
    drawSilences(ctx, palette, camera, scene, scene.silent.filter(one => focus.pairs.has(pairKey(one.a, one.b))));
    // Two partners that nothing ties: the finding is about just that.
    drawSilences(ctx, palette, camera, scene, [...focus.pairs].filter(key => !tied.has(key)).map(key => { const [a, b] = key.split("-").map(Number); return {a, b, n: 1}; }));
    for (const region of scene.regions) if (focus.regions.has(region.p)) paintRegion(ctx, view, region, true);
  } else for (const region of scene.regions) if (focus.regions.has(region.p)) paintRegion(ctx, view, region, true);
  drawSpokes(ctx, palette, camera, scene, [...focus.spokes], 1.4);
  drawLines(ctx, palette, camera, focus.lines.filter(line => shownLine2(view, line)), focus.soft ? 1 : 1.35);
  paintMarks(ctx, view, focus.marks);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = palette.accent;
  for (const one of focus.main) { circle(ctx, one.x * camera.k + camera.tx, one.y * camera.k + camera.ty, Math.max(one.r * camera.k, one.guest ? 5 : 0) + 4.5); ctx.stroke(); }
}

/** @param {CanvasRenderingContext2D} ctx @param {View} view @param {Region} region @param {boolean} again over the veil, fainter for what is open, so its marks stay veiled */
function paintRegion(ctx, view, region, again) {
  const {camera, palette} = view, colour = partnerColour(palette, discColour(region.p)), [x, y] = [region.x * camera.k + camera.tx, region.y * camera.k + camera.ty];
  if (region.r) circle(ctx, x, y, region.r * camera.k);
  else roundBox(ctx, x - region.w / 2 * camera.k, y - region.h / 2 * camera.k, region.w * camera.k, region.h * camera.k, 8);
  if (!again || !region.open) {
    ctx.fillStyle = palette.bg;
    ctx.fill();
    ctx.globalAlpha = palette.dark ? 0.16 : 0.09;
    ctx.fillStyle = colour;
    ctx.fill();
  }
  ctx.globalAlpha = again || !region.r ? (region.r ? 1 : 0.45) : 0.75;
  ctx.strokeStyle = colour;
  ctx.lineWidth = again && region.r ? 2 : 1.4;
  if (regionPartner(region.p) < 0) ctx.setLineDash([5, 4]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {View} view */
function paintRows(ctx, view) {
  const {scene, camera, palette} = view, x0 = scene.bounds[0] * camera.k + camera.tx, x1 = scene.bounds[2] * camera.k + camera.tx, size = 11 * palette.size;
  ctx.textAlign = "left";
  scene.rows.forEach((row, at) => {
    const y = row.y * camera.k + camera.ty, h = row.height * camera.k;
    ctx.globalAlpha = at % 2 ? 0.02 : 0.05;
    ctx.fillStyle = palette.ink;
    ctx.fillRect(Math.min(x0 - 120, 0), y, Math.max(x1 - x0 + 240, camera.w), h);
    ctx.globalAlpha = 1;
    ctx.font = `600 ${size}px ${palette.font}`;
    if (h > size && camera.w > 700) drawText(ctx, wrap(row.label, 15, 2), Math.max(10, x0 - 96), Math.max(y + size, Math.min(y + h - size, 14)), size * 1.2, palette.ink2, palette.bg);
  });
}

/** Where there is no room beside the rows, their names stand between them. @param {CanvasRenderingContext2D} ctx @param {View} view */
function paintRowNames(ctx, {scene, camera, palette}) {
  ctx.textAlign = "left";
  ctx.font = `600 9px ${palette.font}`;
  for (const row of scene.rows) drawText(ctx, [row.label], 5, row.y * camera.k + camera.ty - 1, 0, palette.ink2, palette.bg);
}

/** Where the badge of a mark stands: at its upper right. @param {View} view @param {Mark} one @returns {[number, number]} */
function badgePlace(view, one) {
  const {k, tx, ty} = view.camera, reach = Math.max(one.r * k, 2) * 0.72 + (one.r * k < 8 ? 2.4 : 0);
  return [one.x * k + tx + reach, one.y * k + ty - reach];
}

/** @param {View} view @returns {number} */
function badgeSize(view) { return Math.max(3.6, Math.min(7, 3 + 8.5 * view.camera.k)) * Math.min(1.2, view.palette.size) * (view.camera.w < 500 ? 0.82 : 1); }

/** @param {View} view @returns {number[][]} */
function badgeBoxes(view) {
  const size = badgeSize(view) + 1;
  const marks = [...view.badges.marks.keys()].filter(one => (!view.focus || view.focus.marks.has(one)) && shownMark(view, one)).map(one => badgePlace(view, one));
  return [...marks, ...lineBadges(view)].map(([x, y]) => [x - size, y - size, 2 * size, 2 * size]);
}

/** Where on a curve a badge covers neither a partner nor a shared goal: the middle, or near it. @param {import("./types.js").Scene} scene @param {number[]} c @param {boolean} pair @returns {number} */
function clearSpot(scene, c, pair) {
  if (!pair) return 0.5;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]) {
    const x = bezier(c[0], c[2], c[4], t), y = bezier(c[1], c[3], c[5], t);
    if (scene.regions.every(one => Math.hypot(one.x - x, one.y - y) > one.r + 14) && scene.marks.every(one => one.kind !== "shared" || Math.hypot(one.x - x, one.y - y) > one.r + 12)) return t;
  }
  return 0.5;
}

/** The badges on the middle of lines and between partners. @param {View} view @param {boolean} [all] also those a selection leaves out @returns {[number, number, {high: number, medium: number}][]} */
function lineBadges(view, all) {
  const {scene, camera, badges, focus} = view, kept = focus && !all ? new Set(focus.lines.map(line => line.e)) : null;
  /** @type {[number, number, {high: number, medium: number}][]} */
  const placed = [];
  view.spots = [];
  const put = (/** @type {number[]|null} */ curve, /** @type {{high: number, medium: number}} */ count, /** @type {import("./types.js").Hit} */ hit, /** @type {boolean} */ pair) => {
    if (!curve) return;
    const t = clearSpot(scene, curve, pair), c = screenCurve(camera, curve), x = bezier(c[0], c[2], c[4], t), y = bezier(c[1], c[3], c[5], t);
    placed.push([x, y, count]);
    view.spots.push({x, y, hit});
  };
  for (const [line, count] of badges.lines) if (shownLine2(view, line) && (!kept || kept.has(line.e))) put(lineCurve(line, 0), count, {kind: "line", line}, false);
  for (const [key, count] of badges.pairs) {
    if (focus && !all && !focus.pairs.has(key)) continue;
    const silent = view.silences.find(one => pairKey(one.a, one.b) === key), tie = scene.ties.find(one => pairKey(one.a, one.b) === key);
    if (silent) put(pairCurve(scene, silent, true), count, {kind: "pair", a: silent.a, b: silent.b, silent: true}, true); else if (tie && !view.hidden.lines.has("talk") && (scene.strong.has(key) || (focus && focus.pairs.has(key)))) put(pairCurve(scene, tie, false), count, {kind: "pair", a: tie.a, b: tie.b, silent: false}, true);
  }
  return placed;
}

/** @param {CanvasRenderingContext2D} ctx @param {View} view @param {Set<Mark>|null|undefined} only marks of a selection; null: those under its veil */
function paintBadges(ctx, view, only) {
  const {palette, badges} = view, size = badgeSize(view);
  for (const [x, y, count] of lineBadges(view, !only)) drawBadge(ctx, palette, x, y, count, size);
  // Medium first: where badges meet, the high one lies on top.
  const marks = [...badges.marks].sort((a, b) => Math.min(a[1].high, 1) - Math.min(b[1].high, 1));
  const {w, h} = view.camera;
  for (const [one, count] of marks) if (shownMark(view, one) && (!only || only.has(one))) {
    const [x, y] = badgePlace(view, one);
    if (x > -9 && y > -9 && x < w + 9 && y < h + 9) drawBadge(ctx, palette, x, y, count, size);
  }
}

/** What the mouse is over and where the keyboard stands. @param {CanvasRenderingContext2D} ctx @param {View} view */
function paintPointers(ctx, view) {
  const {camera, palette, hover, cursor} = view;
  const ring = (/** @type {Mark|Region} */ one, /** @type {number} */ gap, /** @type {string} */ colour, /** @type {number} */ width) => {
    const x = one.x * camera.k + camera.tx, y = one.y * camera.k + camera.ty;
    if (one.r) circle(ctx, x, y, one.r * camera.k + gap);
    else if ("w" in one) roundBox(ctx, x - one.w / 2 * camera.k - gap, y - one.h / 2 * camera.k - gap, one.w * camera.k + 2 * gap, one.h * camera.k + 2 * gap, 8);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  };
  if (hover && hover.kind === "mark") ring(hover.mark, 2.5, palette.ink, 1.6);
  if (hover && hover.kind === "region") ring(hover.region, 0, partnerColour(palette, discColour(hover.region.p)), 2.4);
  if (hover && hover.kind === "line") drawLines(ctx, palette, camera, [hover.line], 1.8);
  if (cursor) { ring(cursor, 5, palette.bg, 5); ring(cursor, 5, palette.accent, 3); }
}

/** The picture in words, for who does not see it. @param {View} view @returns {string} */
export function pictureWords(view) {
  const {scene, badges} = view, sum = (/** @type {Iterable<{high: number, medium: number}>} */ counts, /** @type {"high"|"medium"} */ key) => [...counts].reduce((total, one) => total + one[key], 0);
  const all = [...badges.marks.values(), ...badges.lines.values(), ...badges.pairs.values()];
  const names = scene.regions.filter(one => regionPartner(one.p) >= 0).map(one => regionName(one.p)), shared = scene.marks.filter(one => one.kind === "shared").reduce((total, one) => total + one.members.length, 0);
  const listed = names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");
  return `${names.length} partners: ${listed}. ${scene.marks.length} marks, ${shared} shared goals. ${sum(all, "high")} high and ${sum(all, "medium")} medium findings are marked. The same is in the findings list and the tables of the other tabs.`;
}
