// The canvas: vis-network holds the marks, pans and zooms; physics is off, every place is given, and what it draws is ours.
import {el} from "../dom.js";
import {drawMark} from "./marks.js";
import {paintBack, paintFront, shownMark} from "./paint.js";

/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Camera} Camera */
/** @typedef {import("./paint.js").View} View */
/** What the stage tells. @typedef {{click: (x: number, y: number) => void, double: (x: number, y: number) => void, moved: () => void}} Heard */
/**
 * @typedef {{holder: HTMLElement, show: (marks: Mark[]) => void, camera: () => Camera, redraw: () => void, resize: () => boolean, fit: (animated: boolean) => void,
 *   moveTo: (x: number, y: number, k: number, animated: boolean) => void, fitted: () => {x: number, y: number, k: number}, canvas: () => HTMLCanvasElement}} Stage
 */

/** Room around the whole for the names on the rims, in pixels. */
const AIR = {x: 30, y: 34};

/** The browser's own clicks: it counts a double one right however busy the page is. @param {HTMLElement} holder @param {() => HTMLCanvasElement} canvas @param {Heard} heard */
function listenToClicks(holder, canvas, heard) {
  let from = [0, 0];
  holder.addEventListener("pointerdown", event => { from = [event.clientX, event.clientY]; });
  holder.addEventListener("click", event => {
    const box = canvas().getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    // What was dragged was not clicked.
    if (Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 5) return;
    if (event.detail === 2) heard.double(x, y); else heard.click(x, y);
  });
}

/** Make the canvas inside an element. @param {HTMLElement} container @param {View} view @param {Heard} heard @returns {Stage} */
export function makeStage(container, view, heard) {
  const vis = /** @type {any} */ (window).vis, holder = el("div", {class: "map-canvas"});
  container.appendChild(holder);
  const nodes = new vis.DataSet([]);
  const network = new vis.Network(holder, {nodes, edges: new vis.DataSet([])}, {
    autoResize: false, physics: false, layout: {randomSeed: 1, improvedLayout: false}, nodes: {shape: "custom", chosen: false, fixed: true},
    interaction: {dragNodes: false, selectable: false, hover: false, keyboard: false, zoomSpeed: 0.7}, configure: false, manipulation: false,
  });
  /** @type {Map<string|number, Mark>} */
  const marks = new Map();
  const canvas = () => /** @type {HTMLCanvasElement} */ (holder.querySelector("canvas"));
  const ratio = () => canvas().width / Math.max(1, canvas().clientWidth);
  const camera = () => {
    const at = network.getViewPosition(), k = network.getScale(), w = canvas().clientWidth, h = canvas().clientHeight;
    return {k, tx: w / 2 - at.x * k, ty: h / 2 - at.y * k, w, h};
  };
  /** @param {(ctx: CanvasRenderingContext2D, view: View) => void} paint */
  const inPixels = paint => (/** @type {CanvasRenderingContext2D} */ ctx) => {
    ctx.save();
    ctx.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    view.camera = camera();
    paint(ctx, view);
    ctx.restore();
  };
  network.on("beforeDrawing", inPixels(paintBack));
  network.on("afterDrawing", inPixels(paintFront));
  listenToClicks(holder, canvas, heard);
  for (const name of ["dragEnd", "zoom", "animationFinished"]) network.on(name, heard.moved);
  /** vis-network asks this for each mark that is in sight. @param {{ctx: CanvasRenderingContext2D, id: string|number, x: number, y: number}} asked */
  const render = ({ctx, id, x, y}) => ({
    drawNode() {
      const one = marks.get(id);
      if (one && shownMark(view, one)) drawMark(ctx, view.palette, one, x, y, one.r, 1 / view.camera.k);
    },
    nodeDimensions: {width: 2 * (marks.get(id)?.r || 1), height: 2 * (marks.get(id)?.r || 1)},
  });
  const fitted = () => {
    const [x0, y0, x1, y1] = view.scene.bounds, w = canvas().clientWidth, h = canvas().clientHeight, tight = w < 500 ? 0.4 : 1, bar = w < 620 ? 34 : 0;
    const cascade = view.scene.mode === "cascade", left = cascade && w > 700 ? 92 : 0;
    const k = Math.max(0.01, Math.min((w - left - 2 * AIR.x * tight) / Math.max(1, x1 - x0), (h - (cascade ? 150 : 2 * AIR.y + bar)) / Math.max(1, y1 - y0), cascade ? 1.25 : 2.4));
    return {x: (x0 + x1) / 2 - left / 2 / k, y: (y0 + y1) / 2 + (cascade ? 26 : -bar / 2) / k, k};
  };
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {Stage["moveTo"]} */
  const moveTo = (x, y, k, animated) => network.moveTo({position: {x, y}, scale: k, ...(animated && !calm() ? {animation: {duration: 320, easingFunction: "easeInOutQuad"}} : {})});
  return {
    holder, camera, canvas, moveTo, fitted,
    /** Bring in a scene's marks; only what differs is written. */
    show(list) {
      const held = new Map(list.map(one => [one.members.length > 1 ? `g${one.i}` : one.i, one]));
      const gone = [...marks.keys()].filter(id => !held.has(id));
      marks.clear();
      for (const [id, one] of held) marks.set(id, one);
      if (gone.length) nodes.remove(gone);
      nodes.update([...held].map(([id, one]) => ({id, x: one.x, y: one.y, size: one.r, shape: "custom", ctxRenderer: render})));
    },
    redraw() { network.redraw(); },
    resize() {
      const w = container.clientWidth, h = container.clientHeight;
      if (!w || !h || (canvas().clientWidth === w && canvas().clientHeight === h && Math.abs(ratio() - (window.devicePixelRatio || 1)) < 0.01)) return false;
      network.setSize(`${w}px`, `${h}px`);
      network.redraw();
      return true;
    },
    fit(animated) { const to = fitted(); moveTo(to.x, to.y, to.k, animated); },
  };
}
