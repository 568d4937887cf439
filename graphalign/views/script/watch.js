// In watch mode the page says when it was written, and loads itself again while nobody uses it: its file may be newer.
import {M} from "./model.js";
import {el} from "./dom.js";

/** So long nobody has touched the page before it loads again, in milliseconds. */
const REST = 3000;
const KEPT = "graphalign:scrolled";

/** Follow the file, where the page was made by --watch. */
export function followWatch() {
  const watching = M.data.made.watching;
  if (!watching) return;
  let touched = Date.now(), paused = false;
  for (const event of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) document.addEventListener(event, () => { touched = Date.now(); }, {capture: true, passive: true});
  const button = el("button", {type: "button", class: "link", text: "Pause", on: {click: () => {
    paused = !paused;
    button.textContent = paused ? "Go on" : "Pause";
  }}});
  document.body.appendChild(el("p", {id: "watching"}, el("span", {text: `Watching ${watching.input}: written at ${watching.written}, loaded again when you rest.`}), " ", button));
  scrollBack();
  setInterval(() => {
    const writing = document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (paused || writing || document.hidden || Date.now() - touched < REST) return;
    keepScrolled();
    location.reload();
  }, 1000);
}

/** What is scrolled stays so: by id, as far as the elements have one. */
function keepScrolled() {
  const found = [...document.querySelectorAll("[id]")].filter(one => one.scrollTop > 0).map(one => [one.id, one.scrollTop]);
  try { sessionStorage.setItem(KEPT, JSON.stringify(found)); } catch { /* Denied: it begins at the top. */ }
}

function scrollBack() {
  try {
    for (const [id, top] of JSON.parse(sessionStorage.getItem(KEPT) || "[]")) {
      const one = document.getElementById(id);
      if (one) one.scrollTop = top;
    }
    sessionStorage.removeItem(KEPT);
  } catch { /* Denied, or not ours. */ }
}
