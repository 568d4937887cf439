// A window of days on a drawing: dragged, moved by its ends, or set by two fields of dates.
import {el, svg} from "../dom.js";
import {epochDay, isoDay} from "./recent.js";

/** @typedef {{from: number, to: number}} Days */

/** Two fields of dates and a button that resets them. @param {Days} now @param {Days} limits @param {(days: Days) => void} change @param {() => void} reset */
export function dateFields(now, limits, change, reset) {
  const field = (/** @type {"from"|"to"} */ end, /** @type {string} */ title) => {
    const input = el("input", {type: "date", class: "field", id: `brush-${end}`, min: isoDay(limits.from), max: isoDay(limits.to), value: isoDay(now[end])});
    input.addEventListener("change", () => {
      const day = epochDay(input.value);
      if (day === null) { input.value = isoDay(now[end]); return; }
      change(end === "from" ? {from: day, to: Math.max(day, now.to)} : {from: Math.min(now.from, day), to: day});
    });
    return {label: el("label", {class: "date-field"}, el("span", {text: title}), input), input};
  };
  const from = field("from", "Recent from"), to = field("to", "to");
  const show = () => { from.input.value = isoDay(now.from); to.input.value = isoDay(now.to); };
  return {fields: el("span", {class: "date-fields"}, from.label, to.label, el("button", {type: "button", class: "button small", id: "brush-reset", text: "As the report", on: {click: reset}})), show};
}

/**
 * The window on a drawing, from the top to the bottom of its rows; its ends and its middle are dragged, and moved by the arrow keys.
 * @param {{days: Days, limits: Days, x: (day: number) => number, day: (x: number) => number, top: number, bottom: number, change: (days: Days) => void}} spec
 */
export function brushLayer({days, limits, x, day, top, bottom, change}) {
  const band = svg("rect", {class: "brush-band", y: top, height: bottom - top});
  const handle = (/** @type {"from"|"to"} */ end) => svg("g", {class: "brush-handle", "data-handle": end, tabindex: "0", role: "slider", "aria-label": end === "from" ? "Recent from" : "Recent until", "aria-orientation": "horizontal"},
    svg("line", {y1: top, y2: bottom}), svg("rect", {class: "grip", x: -5, y: top - 2, width: 10, height: 20, rx: 3}), svg("rect", {class: "grip-area", x: -11, y: top - 8, width: 22, height: bottom - top + 8}));
  const ends = {from: handle("from"), to: handle("to")};
  const root = svg("g", {class: "brush"}, band, ends.from, ends.to);
  const clamp = (/** @type {number} */ value) => Math.min(Math.max(Math.round(value), limits.from), limits.to);
  const show = () => {
    band.setAttribute("x", String(x(days.from)));
    band.setAttribute("width", String(Math.max(1, x(days.to) - x(days.from))));
    for (const end of /** @type {const} */ (["from", "to"])) {
      ends[end].setAttribute("transform", `translate(${x(days[end]).toFixed(1)} 0)`);
      for (const [key, value] of Object.entries({valuemin: end === "from" ? limits.from : days.from, valuemax: end === "to" ? limits.to : days.to, valuenow: days[end], valuetext: isoDay(days[end])})) ends[end].setAttribute(`aria-${key}`, String(value));
    }
  };
  const put = (/** @type {"from"|"to"} */ end, /** @type {number} */ value) => {
    const at = clamp(value);
    change(end === "from" ? {from: Math.min(at, days.to), to: days.to} : {from: days.from, to: Math.max(at, days.from)});
  };
  const dayAt = (/** @type {PointerEvent} */ event) => {
    const drawing = root.ownerSVGElement, box = drawing && drawing.getBoundingClientRect();
    return drawing && box ? day((event.clientX - box.left) * drawing.viewBox.baseVal.width / box.width) : days.from;
  };
  const drag = (/** @type {SVGElement} */ target, /** @type {(event: PointerEvent) => (event: PointerEvent) => void} */ start) => target.addEventListener("pointerdown", event => {
    const move = start(event);
    event.preventDefault();
    target.setPointerCapture(event.pointerId);
    const stop = () => { target.removeEventListener("pointermove", move); target.removeEventListener("pointerup", stop); target.removeEventListener("pointercancel", stop); };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", stop);
    target.addEventListener("pointercancel", stop);
  });
  for (const end of /** @type {const} */ (["from", "to"])) {
    drag(ends[end], () => { ends[end].focus(); return event => put(end, dayAt(event)); });
    ends[end].addEventListener("keydown", event => {
      const step = {ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -30, PageUp: 30}[event.key];
      if (step === undefined && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      event.stopPropagation();
      put(end, event.key === "Home" ? limits.from : event.key === "End" ? limits.to : days[end] + (event.shiftKey ? 7 : 1) * (step || 0));
    });
  }
  drag(band, first => {
    const grip = dayAt(first), {from, to} = days;
    return event => {
      const shift = Math.round(Math.min(Math.max(dayAt(event) - grip, limits.from - from), limits.to - to));
      change({from: from + shift, to: to + shift});
    };
  });
  show();
  return {root, show};
}
