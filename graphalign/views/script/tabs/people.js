// The tab of people: the power/interest grid, and contact over time.
import {el} from "../dom.js";
import {get, set} from "../state.js";
import {register} from "../tabs.js";
import {drawGrid, gridPanel, gridSvg} from "./grid.js";
import {drawTimeline, timelinePanel, timelineSvg} from "./timeline.js";

/** @typedef {import("../state.js").State} State */
const PEOPLE_PARTS = /** @type {{id: string, title: string, panel: () => HTMLElement, draw: (state: State) => void, svg: () => SVGElement|null}[]} */ ([
  {id: "grid", title: "Power and interest", panel: gridPanel, draw: drawGrid, svg: gridSvg},
  {id: "contact", title: "Contact over time", panel: timelinePanel, draw: drawTimeline, svg: timelineSvg},
]);
const peopleParts = /** @type {Map<string, {button: HTMLElement, box: HTMLElement}>} */ (new Map());

/** @param {State} state @returns {typeof PEOPLE_PARTS[0]} */
function shownPart(state) { return PEOPLE_PARTS.find(one => one.id === state.sub.people) || PEOPLE_PARTS[0]; }

/** @param {HTMLElement} container */
function mountPeople(container) {
  for (const {id, title, panel} of PEOPLE_PARTS) {
    const button = el("button", {type: "button", class: "button", "data-part": id, text: title, on: {click: () => set({sub: {...get().sub, people: id === PEOPLE_PARTS[0].id ? "" : id}})}});
    peopleParts.set(id, {button, box: el("div", {class: "people-part", id: `people-${id}`, hidden: true}, panel())});
  }
  const parts = [...peopleParts.values()];
  container.append(el("div", {class: "tab-body"}, el("div", {class: "segmented", role: "group", "aria-label": "People"}, parts.map(part => part.button)), parts.map(part => part.box)));
}

/** Both drawings, drawn now. */
function drawings() {
  return PEOPLE_PARTS.flatMap(({title, draw, svg}) => {
    draw(get());
    const drawing = svg();
    return drawing ? [{title, drawing}] : [];
  });
}

/** @param {State} state */
function updatePeople(state) {
  const shown = shownPart(state);
  for (const [id, {button, box}] of peopleParts) {
    box.hidden = id !== shown.id;
    button.setAttribute("aria-pressed", String(id === shown.id));
  }
  shown.draw(state);
}

register({id: "people", title: "People", mount: mountPeople, update: updatePeople, resize: () => shownPart(get()).draw(get()), svg: () => shownPart(get()).svg(), drawings});
