// Make elements without ever reading text as markup: the only way in which anything enters the page.

/** @typedef {Node|string|number|null|undefined|false|any[]} Child */
/** @typedef {{[name: string]: any}} Attributes */

/**
 * Give an element its attributes: `class`, `text`, `on` (listeners by event), `style` (values by property, set through
 * the CSSOM), `href` (http and https only), and any other by its name; null, undefined and false leave it out.
 * @param {Element} node @param {Attributes} attributes
 */
export function attribute(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = String(value);
    else if (key === "class") node.setAttribute("class", String(value));
    else if (key === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, /** @type {EventListener} */ (run));
    else if (key === "style") for (const [property, set] of Object.entries(value)) /** @type {HTMLElement} */ (node).style.setProperty(property, String(set));
    else if (key === "href" || key === "src" || key === "xlink:href") {
      const link = key === "href" && safeLink(value);
      if (link) { node.setAttribute("href", link); node.setAttribute("rel", "noopener noreferrer"); node.setAttribute("target", "_blank"); }
    } else if (!/^on/i.test(key)) node.setAttribute(key, value === true ? "" : String(value));
  }
}

/**
 * The address itself when it is http or https, otherwise null.
 * @param {unknown} value @returns {string|null}
 */
export function safeLink(value) {
  const text = String(value).trim();
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch { return null; }
}

/** @param {Node} node @param {any[]} children */
function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== null && child !== undefined && child !== false) node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * An HTML element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Attributes|null} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  if (attributes) attribute(node, attributes);
  append(node, children);
  return node;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Attributes|null} [attributes] @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  if (attributes) attribute(node, attributes);
  append(node, children);
  return node;
}

/** Remove everything inside. @template {Element} T @param {T} node @returns {T} */
export function clear(node) {
  node.replaceChildren();
  return node;
}

/** The element with this id, which the page is known to have. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no element ${id}.`);
  return node;
}

/** Save text or a blob as a file. @param {string} name @param {string} mime @param {string|Blob} content */
export function download(name, mime, content) {
  const blob = content instanceof Blob ? content : new Blob([content], {type: mime});
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.setAttribute("href", url);
  link.setAttribute("download", name);
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Copy text; where the clipboard is denied (a file, a frame), by a field that is selected. @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", {class: "offscreen", "aria-hidden": "true", tabindex: "-1"});
    field.value = text;
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (before) before.focus();
    return done;
  }
}

/** Run once the calls have paused for so many milliseconds. @template {any[]} A @param {(...args: A) => void} run @param {number} wait @returns {(...args: A) => void} */
export function debounce(run, wait) {
  /** @type {number|undefined} */
  let timer;
  return (...args) => {
    if (timer !== undefined) clearTimeout(timer);
    timer = window.setTimeout(() => run(...args), wait);
  };
}

/** Read what the browser keeps for this page; null where it is denied. @param {string} key @returns {string|null} */
export function recall(key) {
  try { return window.localStorage.getItem(key); } catch { return null; }
}

/** Keep it in the browser; false where that is denied. @param {string} key @param {string} value @returns {boolean} */
export function keep(key, value) {
  try { window.localStorage.setItem(key, value); return true; } catch { return false; }
}

/** Say it to who listens to the page (aria-live), one sentence. @param {string} sentence */
export function say(sentence) {
  const live = document.getElementById("live");
  if (live) live.textContent = sentence;
}

/** A count with its word: `1 goal`, `2 goals`. @param {number} count @param {string} one @param {string} [many] @returns {string} */
export function counted(count, one, many) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many || one + "s"}`;
}
