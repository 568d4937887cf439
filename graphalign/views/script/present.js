// For a meeting: theme, large type, full screen, the picture of what is shown, print; a small menu in the top bar.
import {byId, download, el, keep, recall, say} from "./dom.js";
import {get, set, subscribe} from "./state.js";
import {tab} from "./tabs.js";

const THEMES = ["auto", "light", "dark"];

/** Take up the theme and the type size kept, and follow both. */
export function followTheme() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)"), root = document.documentElement;
  const theme = recall("graphalign:theme") || "auto";
  set({theme: THEMES.includes(theme) ? theme : "auto", large: recall("graphalign:large") === "yes"});
  const apply = () => {
    const {theme: chosen, large} = get();
    root.setAttribute("data-theme", chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen);
    root.toggleAttribute("data-large", large);
  };
  apply();
  dark.addEventListener("change", () => { apply(); if (get().theme === "auto") repaint(); });
  subscribe((state, changed) => {
    if (!changed.has("theme") && !changed.has("large")) return;
    apply();
    keep("graphalign:theme", state.theme);
    keep("graphalign:large", state.large ? "yes" : "no");
  });
}

/** Let the tab shown read the tokens again. */
function repaint() {
  const shown = tab(get().tab);
  if (shown) shown.update(get(), new Set(["theme"]));
}

/** The menu's button and panel. @returns {HTMLElement} */
export function presentMenu() {
  const themes = el("div", {class: "segments", role: "group", "aria-label": "Theme"}, THEMES.map(key => el("button", {type: "button", class: "segment", "data-theme-choice": key, "aria-pressed": "false", text: key[0].toUpperCase() + key.slice(1), on: {click: () => set({theme: key})}})));
  const large = el("button", {type: "button", class: "menu-item", id: "large-type", "aria-pressed": "false", text: "Large type", on: {click: () => set({large: !get().large})}});
  const full = el("button", {type: "button", class: "menu-item", id: "full-screen", text: "Full screen", hidden: !document.fullscreenEnabled, on: {click: fullScreen}});
  const picture = el("button", {type: "button", class: "menu-item", id: "save-picture", text: "Save the picture", on: {click: savePicture}});
  const print = el("button", {type: "button", class: "menu-item", id: "print", text: "Print or save as PDF", on: {click: () => window.print()}});
  const panel = el("div", {id: "present-panel", class: "menu-panel", hidden: true}, el("div", {class: "menu-row"}, el("span", {class: "eyebrow", text: "Theme"}), themes), large, full, picture, print);
  const button = el("button", {type: "button", class: "button", id: "present", "aria-expanded": "false", "aria-controls": "present-panel", text: "Present"});
  const open = (/** @type {boolean} */ shown) => { panel.hidden = !shown; button.setAttribute("aria-expanded", String(shown)); };
  button.addEventListener("click", () => open(panel.hidden));
  const root = el("div", {class: "menu"}, button, panel);
  root.addEventListener("keydown", event => { if (event.key === "Escape" && !panel.hidden) { event.stopPropagation(); open(false); button.focus(); } });
  root.addEventListener("focusout", event => { if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) open(false); });
  document.addEventListener("pointerdown", event => { if (event.target instanceof Node && !root.contains(event.target)) open(false); });
  const show = () => {
    const state = get(), shown = tab(state.tab);
    for (const choice of themes.querySelectorAll("button")) choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === state.theme));
    large.setAttribute("aria-pressed", String(state.large));
    picture.disabled = !(shown && (shown.svg || shown.png));
    picture.textContent = picture.disabled ? "No picture in this tab" : shown && shown.png ? "Save the picture (PNG)" : "Save the picture (SVG)";
  };
  subscribe((_, changed) => { if (["theme", "large", "tab"].some(key => changed.has(key))) show(); });
  show();
  return root;
}

/** Into full screen, or out of it. */
export function fullScreen() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => say("The browser did not allow full screen."));
}

/** Save the tab's picture as shown. */
function savePicture() {
  const shown = tab(get().tab), name = `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "view"}-${get().tab}`;
  const png = shown && shown.png ? shown.png() : null, drawing = shown && shown.svg ? shown.svg() : null;
  if (png) download(`${name}.png`, "image/png", bytesOf(png));
  else if (drawing) download(`${name}.svg`, "image/svg+xml", svgText(drawing));
  else say("There is nothing to save in this tab as it is shown.");
}

/** The bytes behind a data address. @param {string} address @returns {Blob} */
function bytesOf(address) {
  const text = atob(address.slice(address.indexOf(",") + 1)), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new Blob([bytes], {type: "image/png"});
}

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "paint-order", "visibility", "display"];

/** An SVG that stands alone: what the style sheet says is written into it. @param {SVGElement} drawing @returns {string} */
export function svgText(drawing) {
  const copy = /** @type {SVGElement} */ (drawing.cloneNode(true)), from = [drawing, ...drawing.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((node, at) => {
    const seen = getComputedStyle(node);
    for (const property of DRAWN) to[at].setAttribute(property, seen.getPropertyValue(property));
    for (const gone of ["class", "style", "tabindex", "href"]) to[at].removeAttribute(gone);
  });
  const box = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(box.width)));
  copy.setAttribute("height", String(Math.round(box.height)));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect"), view = (drawing.getAttribute("viewBox") || "").split(/[\s,]+/);
  for (const [key, value] of [["x", view[0] || "0"], ["y", view[1] || "0"], ["width", view[2] || "100%"], ["height", view[3] || "100%"], ["fill", getComputedStyle(byId("main")).backgroundColor]]) ground.setAttribute(key, value);
  copy.prepend(ground);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy) + "\n";
}
