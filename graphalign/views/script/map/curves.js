// Geometry without drawing: points on curves, the edge of a disc, distances.

/** A point of the quadratic curve a, c, b at t. @param {number} a @param {number} c @param {number} b @param {number} t @returns {number} */
export function bezier(a, c, b, t) { return (1 - t) * (1 - t) * a + 2 * (1 - t) * t * c + t * t * b; }

/** A point at a distance from one towards another. @param {number} x @param {number} y @param {number} toX @param {number} toY @param {number} distance @returns {[number, number]} */
export function towards(x, y, toX, toY, distance) {
  const dx = toX - x, dy = toY - y, d = Math.hypot(dx, dy) || 1;
  return [x + dx / d * distance, y + dy / d * distance];
}

/** How far a point is from a quadratic curve, by 16 pieces. @param {number} px @param {number} py @param {number[]} curve x1, y1, cx, cy, x2, y2 @returns {number} */
export function curveDistance(px, py, curve) {
  let best = Infinity, [x, y] = curve;
  for (let step = 1; step <= 16; step++) {
    const nx = bezier(curve[0], curve[2], curve[4], step / 16), ny = bezier(curve[1], curve[3], curve[5], step / 16);
    const dx = nx - x, dy = ny - y, along = Math.max(0, Math.min(1, ((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(px - x - along * dx, py - y - along * dy));
    x = nx; y = ny;
  }
  return best;
}

/**
 * The curve between two discs, from edge to edge, bent towards the middle of all; far sides bend more.
 * @param {{x: number, y: number, r: number}} a @param {{x: number, y: number, r: number}} b @param {number} cx @param {number} cy @param {number} bend @returns {number[]} x1, y1, cx, cy, x2, y2
 */
export function between(a, b, cx, cy, bend) {
  const mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2;
  const qx = mx + (cx - mx) * bend, qy = my + (cy - my) * bend;
  const [x1, y1] = towards(a.x, a.y, qx, qy, a.r), [x2, y2] = towards(b.x, b.y, qx, qy, b.r);
  return [x1, y1, qx, qy, x2, y2];
}

/** Whether two boxes (x, y, w, h) overlap. @param {number[]} a @param {number[]} b @returns {boolean} */
export function boxesMeet(a, b) { return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]; }
