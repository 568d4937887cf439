// The words of the map's modules: what a scene is made of, and the three ways to show the alliance.

/**
 * A mark: `i` the node it stands for (the first, of a group), `kind` its shape, `p` its partner (-1 none), `parts` the partners
 * of a shared goal (their discs), `members` the nodes it stands for, `guest` whether it only shows where a selected node is in a closed partner.
 * @typedef {{i: number, x: number, y: number, r: number, kind: string, p: number, strong: boolean, pale: boolean, parts: number[], members: number[], rank: number, guest: boolean}} Mark
 */
/** A partner's disc, `p` its number in map.regions (in the cascade its column: x, y the middle, w and h the sides). @typedef {{p: number, x: number, y: number, r: number, open: boolean, w: number, h: number}} Region */
/** A drawn relationship, a curve over cx, cy. @typedef {{e: number, kind: string, a: Mark, b: Mark, cx: number, cy: number}} Line */
/** What two partners have to do with each other. @typedef {{a: number, b: number, ties: number, recent: number}} Tie */
/** Dependencies between two partners without contact. @typedef {{a: number, b: number, n: number}} Silence */
/** A commitment of a partner, by its disc, to a shared goal. @typedef {{p: number, mark: Mark}} Spoke */
/**
 * All that is drawn in a mode, in world units; `turned` where the sides are exchanged for a picture that is higher than wide.
 * @typedef {{mode: string, turned: boolean, marks: Mark[], at: Map<number, Mark>, regions: Region[], region: Map<number, Region>, ties: Tie[], strong: Set<string>, silent: Silence[], spokes: Spoke[],
 *   lines: Line[], rows: {label: string, y: number, height: number}[], bounds: [number, number, number, number], cx: number, cy: number}} Scene
 */
/** From the world to the screen (CSS pixels): x * k + tx; w and h are the canvas. @typedef {{k: number, tx: number, ty: number, w: number, h: number}} Camera */
/** What a selection or a filter keeps in sight. @typedef {{soft: boolean, marks: Set<Mark>, main: Set<Mark>, lines: Line[], regions: Set<number>, pairs: Set<string>, spokes: Set<Spoke>}} Focus */
/** What stands at a point. @typedef {{kind: "mark", mark: Mark}|{kind: "region", region: Region}|{kind: "pair", a: number, b: number, silent: boolean}|{kind: "line", line: Line}|null} Hit */
/** What the legend switches off. @typedef {{kinds: Set<string>, lines: Set<string>}} Hidden */

export const MAP_MODES = [["map", "Map", "Everyone: each partner a disc, shared goals between them"], ["partners", "Partners", "Partners as a whole; double-click one to open it"], ["cascade", "Cascade", "Goals from shared to local, a column for each partner"]];

/** Above so many marks the whole alliance is not drawn at once. */
export const MOST_MARKS = 3000;
/** Above so many nodes the map opens on Partners. */
export const MANY_NODES = 1200;

/** The key of a pair of partners, either way round. @param {number} a @param {number} b @returns {string} */
export function pairKey(a, b) { return a < b ? `${a}-${b}` : `${b}-${a}`; }
