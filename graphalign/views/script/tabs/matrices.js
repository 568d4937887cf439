// The tab of matrices: alignment, RACI and engagement, one at a time, all of them in print.
import {el} from "../dom.js";
import {get, set} from "../state.js";
import {register} from "../tabs.js";
import {alignmentPanel, showAlignment} from "./alignment.js";
import {engagementPanel, showEngagement} from "./engagement.js";
import {raciPanel, showRaci} from "./raci.js";

/** @typedef {import("../state.js").State} State */
const MATRICES = /** @type {{id: string, title: string, draw: () => HTMLElement, show: (state: State) => void}[]} */ ([
  {id: "alignment", title: "Alignment of partners", draw: alignmentPanel, show: showAlignment},
  {id: "raci", title: "RACI", draw: raciPanel, show: showRaci},
  {id: "engagement", title: "Engagement", draw: engagementPanel, show: showEngagement},
]);
const matrixPanels = /** @type {Map<string, HTMLElement>} */ (new Map());
const matrixButtons = /** @type {Map<string, HTMLElement>} */ (new Map());

/** Which matrix is shown. @param {State} state @returns {string} */
function shownMatrix(state) { return MATRICES.some(one => one.id === state.sub.matrices) ? state.sub.matrices : MATRICES[0].id; }

/** @param {HTMLElement} container */
function mountMatrices(container) {
  for (const {id, title} of MATRICES) {
    matrixButtons.set(id, el("button", {type: "button", class: "button", "data-matrix": id, text: title, on: {click: () => set({sub: {...get().sub, matrices: id === MATRICES[0].id ? "" : id}})}}));
    matrixPanels.set(id, el("div", {class: "matrix", id: `matrix-${id}`, hidden: true}));
  }
  container.append(el("div", {class: "tab-body"}, el("div", {class: "segmented", role: "group", "aria-label": "Matrix"}, [...matrixButtons.values()]), [...matrixPanels.values()]));
  MATRICES.forEach(one => fill(one.id));
}

/** Draw a matrix: all three at once, so that all are there to be printed. @param {string} id */
function fill(id) {
  const panel = matrixPanels.get(id), matrix = MATRICES.find(one => one.id === id);
  if (panel && matrix && !panel.firstChild) panel.append(el("h2", {class: "print-only", text: matrix.title}), matrix.draw());
}

/** @param {State} state */
function updateMatrices(state) {
  const shown = shownMatrix(state);
  for (const {id, show} of MATRICES) {
    const panel = matrixPanels.get(id), button = matrixButtons.get(id);
    if (panel) panel.hidden = id !== shown;
    if (button) button.setAttribute("aria-pressed", String(id === shown));
    if (id === shown) show(state);
  }
}

register({id: "matrices", title: "Matrices", mount: mountMatrices, update: updateMatrices});
