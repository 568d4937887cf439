// The register of tabs: what each gives to the shell, which calls it.

/** @typedef {import("./state.js").State} State */
/**
 * `mount` is called once, when the tab is first shown, with its empty panel; `update` after that and whenever the state
 * changed while the tab is shown (`changed`: the keys of the state that did; all of them when it comes to the front);
 * `resize` when the panel's size changed; `svg` gives the drawing as shown, for saving, `png` likewise as a data address,
 * `drawings` all drawings that the tab can show, for paper.
 * @typedef {{id: string, title: string, mount: (container: HTMLElement) => void, update: (state: State, changed: Set<string>) => void, resize?: () => void, svg?: () => SVGElement|null, png?: () => string|null, drawings?: () => {title: string, drawing: SVGElement}[]}} Tab
 */

export const TAB_ORDER = ["overview", "map", "matrices", "people", "goals"];

/** @type {Map<string, Tab>} */
const registered = new Map();

/** Add a tab. @param {Tab} tab */
export function register(tab) { registered.set(tab.id, tab); }

/** All tabs, in their order on the page. @returns {Tab[]} */
export function allTabs() {
  return [...registered.values()].sort((a, b) => TAB_ORDER.indexOf(a.id) - TAB_ORDER.indexOf(b.id));
}

/** One tab by its id. @param {string} id @returns {Tab|undefined} */
export function tab(id) { return registered.get(id); }
