// What is around a node within one or two steps: a small drawing, and the same as a list.
import {M, edgesOf, label, name, neighbours, otherEnd} from "./model.js";
import {clear, counted, el, svg} from "./dom.js";
import {kindWord, nodeButton, nodeGlyph} from "./glyphs.js";
import {set} from "./state.js";

const INNER = 22, OUTER = 44, LISTED = 60, W = 340, H = 270;

/** @param {string} text @param {number} size */
function cut(text, size) { return text.length > size ? text.slice(0, size - 1).trimEnd() + "…" : text; }

/** A name in at most two lines, centred on y, or above (-1) or below (1) it. @param {number} j @param {number} x @param {number} y @param {string} side @param {number} up */
function caption(j, x, y, side, up) {
  const whole = name(j), split = whole.length > 14 ? whole.lastIndexOf(" ", 14) : -1;
  const lines = split > 3 ? [whole.slice(0, split), cut(whole.slice(split + 1), 14)] : [cut(whole, 14)];
  const top = up > 0 ? y + 19 : up < 0 ? y - 12 - 12 * (lines.length - 1) : y + 4 - 6 * (lines.length - 1);
  return svg("text", {"text-anchor": side}, lines.map((line, k) => svg("tspan", {x, y: top + 12 * k, text: line})));
}

/** The section of the details panel. @param {number} i @returns {HTMLElement} */
export function egoSection(i) {
  const figure = el("div", {class: "ego"}), summary = el("p", {class: "count", id: "ego-count"}), list = el("div", {class: "ego-list"});
  const buttons = [1, 2].map(steps => el("button", {type: "button", class: "segment", "data-steps": steps, text: `${steps} ${steps === 1 ? "step" : "steps"}`, on: {click: () => show(steps)}}));
  /** @param {number} steps */
  function show(steps) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.steps === String(steps)));
    const around = neighbours(i, steps);
    summary.textContent = `${counted(around.length - 1, "node")} within ${steps === 1 ? "one step" : "two steps"}.`;
    summary.setAttribute("data-count", String(around.length));
    clear(figure).appendChild(drawing(i, steps));
    clear(list).append(...listed(around.slice(1)));
  }
  show(1);
  return el("section", {class: "details-section", "aria-labelledby": "ego-title"},
    el("div", {class: "section-head"}, el("h3", {id: "ego-title", text: "Around it"}), el("div", {class: "segments", role: "group", "aria-label": "Steps"}, buttons)),
    figure, summary, list);
}

/** @param {number[]} around @returns {Node[]} */
function listed(around) {
  /** @type {Map<string, number[]>} */
  const kinds = new Map();
  for (const j of around) { const kind = kindWord(j), held = kinds.get(kind); if (held) held.push(j); else kinds.set(kind, [j]); }
  return [...kinds.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, all]) => {
    const box = el("ul", {class: "node-list"});
    const put = (/** @type {number[]} */ some) => some.forEach(j => box.appendChild(el("li", null, nodeButton(j))));
    const details = el("details", {"data-ego": all.length}, el("summary", null, `${kind} `, el("span", {class: "number", text: String(all.length)})), box);
    details.addEventListener("toggle", () => {
      if (!details.open || box.childElementCount) return;
      put(all.slice(0, LISTED));
      if (all.length > LISTED) box.appendChild(el("li", null, el("button", {type: "button", class: "link small", text: `Show all ${all.length}`, on: {click: (/** @type {Event} */ event) => {
        const line = /** @type {HTMLElement} */ (event.currentTarget).parentElement;
        put(all.slice(LISTED));
        if (line) line.remove();
      }}})));
    });
    return details;
  });
}

/** @param {number} i @param {number} steps */
function drawing(i, steps) {
  const first = neighbours(i, 1).slice(1).sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a - b)), shown = first.slice(0, INNER);
  const inner = steps === 1 ? {x: 88, y: 88} : {x: 66, y: 56}, cx = W / 2, cy = H / 2;
  /** @type {Map<number, {x: number, y: number, angle: number, ring: number}>} */
  const at = new Map([[i, {x: cx, y: cy, angle: 0, ring: 0}]]);
  shown.forEach((j, k) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * (k + .5)) / shown.length;
    at.set(j, {x: cx + inner.x * Math.cos(angle), y: cy + inner.y * Math.sin(angle), angle, ring: 1});
  });
  if (steps === 2) {
    /** @type {{j: number, angle: number}[]} */
    const outer = [], seen = new Set([i, ...first]);
    for (const j of shown) for (const e of edgesOf(j)) {
      const other = otherEnd(e, j), near = at.get(j);
      if (near && !seen.has(other) && outer.length < OUTER) { seen.add(other); outer.push({j: other, angle: near.angle}); }
    }
    outer.sort((a, b) => a.angle - b.angle || a.j - b.j).forEach(({j}, k) => {
      const angle = -Math.PI / 2 + (2 * Math.PI * (k + .5)) / outer.length;
      at.set(j, {x: cx + 150 * Math.cos(angle), y: cy + 116 * Math.sin(angle), angle, ring: 2});
    });
  }
  /** @type {Set<string>} */
  const lines = new Set();
  const drawn = svg("g", {class: "ego-lines"});
  for (const j of at.keys()) for (const e of edgesOf(j)) {
    const other = otherEnd(e, j), a = at.get(j), b = at.get(other), key = j < other ? `${j} ${other}` : `${other} ${j}`;
    if (!a || !b || j === other || lines.has(key)) continue;
    lines.add(key);
    drawn.appendChild(svg("line", {x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: a.ring && b.ring ? "faint" : ""}));
  }
  const marks = [...at.entries()].reverse().map(([j, {x, y, angle, ring}]) => {
    const size = ring === 0 ? 20 : ring === 1 ? 13 : 9, glyph = nodeGlyph(j), words = steps === 1 && ring === 1 && shown.length <= 12;
    for (const [key, value] of Object.entries({x: x - size / 2, y: y - size / 2, width: size, height: size})) glyph.setAttribute(key, String(value));
    const side = Math.cos(angle) > .25 ? "start" : Math.cos(angle) < -.25 ? "end" : "middle";
    return svg("g", {class: `ego-node ring-${ring}`, "data-ego-node": j, on: {click: () => set({selection: {kind: "node", id: j}})}},
      svg("title", {text: `${kindWord(j)}: ${cut(name(j), 120)}`}), svg("circle", {cx: x, cy: y, r: size, class: "target"}), glyph,
      words ? caption(j, x + (side === "start" ? 10 : side === "end" ? -10 : 0), y, side, side === "middle" ? Math.sign(Math.sin(angle)) : 0) : null);
  });
  const more = first.length - shown.length;
  return svg("svg", {viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${cut(name(i), 120)} and ${counted(at.size - 1, "node")} around it${more > 0 ? `; ${more} more beside it are in the list` : ""}. The list below holds the same.`}, drawn, marks,
    more > 0 ? svg("text", {x: W - 4, y: H - 4, "text-anchor": "end", class: "quiet", text: `${more} more in the list`}) : null);
}

/** Whether the page holds relationships at all. @returns {boolean} */
export function hasEdges() { return !!(M.data.edges && M.data.edges.type && M.data.edges.type.length); }
