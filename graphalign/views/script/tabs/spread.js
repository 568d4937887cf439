// Points that lie on one another are spread: each takes the nearest free place around its own, the same one every time.

/** @typedef {{x: number, y: number, r: number, low: [number, number], high: [number, number]}} Spot its place, radius, and the box it stays in */

/**
 * Where each spot is drawn; the largest are placed first, then in the order given.
 * @param {Spot[]} spots @param {number} gap @returns {{x: number, y: number}[]}
 */
export function spreadSpots(spots, gap) {
  const order = spots.map((_, at) => at).sort((a, b) => spots[b].r - spots[a].r || a - b);
  const size = 2 * (Math.max(1, ...spots.map(spot => spot.r)) + gap);
  /** @type {Map<string, number[]>} */
  const cells = new Map();
  const placed = /** @type {{x: number, y: number}[]} */ (new Array(spots.length));
  const free = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
    const cx = Math.floor(x / size), cy = Math.floor(y / size);
    for (let i = cx - 1; i <= cx + 1; i++) for (let j = cy - 1; j <= cy + 1; j++) for (const other of cells.get(`${i} ${j}`) || []) {
      if (Math.hypot(placed[other].x - x, placed[other].y - y) < spots[other].r + r + gap) return false;
    }
    return true;
  };
  for (const at of order) {
    const {x, y, r, low, high} = spots[at], inside = (/** @type {number} */ value, /** @type {0|1} */ axis) => Math.min(Math.max(value, low[axis] + r), high[axis] - r);
    let found = {x: inside(x, 0), y: inside(y, 1)};
    for (let step = 0; step < 900; step++) {
      const angle = 2.39996 * step, far = 0.62 * r * Math.sqrt(step);
      const here = {x: inside(x + far * Math.cos(angle), 0), y: inside(y + far * Math.sin(angle), 1)};
      if (free(here.x, here.y, r)) { found = here; break; }
    }
    placed[at] = found;
    const key = `${Math.floor(found.x / size)} ${Math.floor(found.y / size)}`;
    cells.set(key, [...(cells.get(key) || []), at]);
  }
  return placed;
}

const ruler = {pen: /** @type {CanvasRenderingContext2D|null} */ (null)};

/** How wide a text is drawn, in pixels. @param {string} text @param {number} size @param {Element} like whose font counts @returns {number} */
export function textWidth(text, size, like) {
  ruler.pen = ruler.pen || document.createElement("canvas").getContext("2d");
  if (!ruler.pen) return text.length * size * .6;
  ruler.pen.font = `500 ${size}px ${getComputedStyle(like).fontFamily}`;
  return ruler.pen.measureText(text).width;
}

/**
 * Which labels fit beside their points without lying on one another or on a point: right, left, above or below; null for none.
 * @param {{x: number, y: number, r: number, width: number, low: [number, number], high: [number, number]}[]} points each with the box its label stays in @param {number} height
 * @param {(at: number) => {low?: [number, number], high?: [number, number]}} [wide] a wider box for those that found no place
 * @returns {({x: number, y: number, anchor: string}|null)[]}
 */
export function placeLabels(points, height, wide) {
  /** @type {[number, number, number, number][]} */
  const taken = points.map(({x, y, r}) => [x - r, y - r, x + r, y + r]);
  const place = (/** @type {typeof points[0]} */ {x, y, r, width, low, high}) => {
    const tries = /** @type {[number, number, string][]} */ ([[x + r + 4, y, "start"], [x - r - 4, y, "end"], [x, y - r - height / 2 - 1, "middle"], [x, y + r + height / 2 + 1, "middle"]]);
    for (const [tx, ty, anchor] of tries) {
      const left = anchor === "start" ? tx : anchor === "end" ? tx - width : tx - width / 2;
      const box = /** @type {[number, number, number, number]} */ ([left, ty - height / 2, left + width, ty + height / 2]);
      if (box[0] < low[0] || box[2] > high[0] || box[1] < low[1] || box[3] > high[1] || taken.some(one => one[0] < box[2] && one[2] > box[0] && one[1] < box[3] && one[3] > box[1])) continue;
      taken.push(box);
      return {x: tx, y: ty, anchor};
    }
    return null;
  };
  const first = points.map(point => point.width ? place(point) : null);
  return first.map((found, at) => found || !points[at].width || !wide ? found : place({...points[at], ...wide(at)}));
}
