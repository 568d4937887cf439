// The keys of the page, and the overlay that tells of them.
import {byId, el, keep, recall, say} from "./dom.js";
import {set, undo} from "./state.js";
import {allTabs} from "./tabs.js";
import {step} from "./findings.js";
import {fullScreen} from "./present.js";
import {M, SEVERITIES} from "./model.js";
import {severityMark} from "./glyphs.js";

const KEYS = [
  ["/", "Search all nodes and findings"], ["1 2 3 4 5", "Overview, map, matrices, people, goals"], ["j n", "Next finding"], ["k p", "Previous finding"],
  ["Enter", "Open what has the focus"], ["Esc", "Take back: the path, the selection, then filters one by one"], ["← →", "Between tabs, when one has the focus"],
  ["↑ ↓", "Between findings, when one has the focus"], ["f", "Full screen"], ["?", "This page"],
];

/** Whether letters are meant for a field. @param {EventTarget|null} target */
function writing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=button])"));
}

/** Listen to the keys. @param {HTMLDialogElement} help */
export function followKeys(help) {
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") {
      if (document.fullscreenElement) return;
      if (event.target instanceof HTMLInputElement && event.target.type === "search") event.preventDefault();
      if (writing(event.target) && !(event.target instanceof HTMLInputElement)) return /** @type {HTMLElement} */ (event.target).blur();
      if (undo()) say("Taken back.");
      else document.body.removeAttribute("data-sheet");
      return;
    }
    if (writing(event.target) || recall("graphalign:keys") === "no") return;
    const tabs = allTabs();
    if (event.key === "/") byId("search").focus();
    else if (event.key === "?") help.showModal();
    else if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else if (event.key === "f" && document.fullscreenEnabled) fullScreen();
    else if (/^[1-5]$/.test(event.key) && tabs[Number(event.key) - 1]) set({tab: tabs[Number(event.key) - 1].id});
    else return;
    event.preventDefault();
  });
}

/** The overlay of help. @returns {HTMLDialogElement} */
export function helpOverlay() {
  const single = el("input", {type: "checkbox", id: "single-keys", on: {change: () => keep("graphalign:keys", single.checked ? "yes" : "no")}});
  single.checked = recall("graphalign:keys") !== "no";
  const words = /** @type {{[severity: string]: string}} */ ({high: "act on it", medium: "see to it", low: "when there is time", info: "worth knowing"});
  const dialog = el("dialog", {id: "help", class: "help", "aria-labelledby": "help-title"},
    el("div", {class: "help-head"}, el("h2", {id: "help-title", text: "How to read this page"}), el("button", {type: "button", class: "button icon quiet", "aria-label": "Close", text: "×", on: {click: () => dialog.close()}})),
    el("p", {text: "Five tabs show the same alliance; the findings stand beside each of them. Select a finding, a person, a goal or a partner, and every tab shows it. Filters hold for all tabs. The address keeps what you see: copy it to show another the same."}),
    el("ul", {class: "help-marks"}, SEVERITIES.map(severity => el("li", null, severityMark(severity), el("span", {class: "quiet-text", text: words[severity]})))),
    el("h3", {text: "Keys"}), el("dl", {class: "help-keys"}, KEYS.map(([key, what]) => el("div", null, el("dt", null, key.split(" ").map(one => el("kbd", {text: one}))), el("dd", {text: what})))),
    el("p", null, el("label", {class: "tick", for: "single-keys"}, single, "Single keys work (all but Esc)")),
    el("p", {class: "count", text: `Judged on ${M.data.made.as_of} by graphalign ${M.data.made.version}. Nothing leaves this page; ticks and notes stay in this browser.`}));
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  return dialog;
}

