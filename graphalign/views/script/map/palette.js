// The colours and fonts of the canvas, read from the page's own tokens, so that light, dark and large type hold there too.

/**
 * @typedef {{bg: string, panel: string, ink: string, ink2: string, line: string, accent: string, high: string, medium: string, low: string, onHigh: string, onMedium: string,
 *   partner: string[], partnerInk: string[], none: string, noneInk: string, font: string, dark: boolean, size: number, veil: number}} Palette
 */

/** @param {CSSStyleDeclaration} style @param {string} token @param {string} otherwise @returns {string} */
function token(style, token, otherwise) { return style.getPropertyValue(token).trim() || otherwise; }

/** Read the tokens as they are on an element now. @param {HTMLElement} node @returns {Palette} */
export function readPalette(node) {
  const style = getComputedStyle(node), partner = [], partnerInk = [];
  for (let c = 0; c < 8; c++) {
    partner.push(token(style, `--partner-${c}`, "#64707f"));
    partnerInk.push(token(style, `--partner-${c}-ink`, partner[c]));
  }
  const bg = token(style, "--map-bg", token(style, "--panel", "#ffffff"));
  const dark = luminance(bg) < 0.3;
  return {
    bg, dark, panel: token(style, "--panel", "#ffffff"), ink: token(style, "--ink", "#1c2430"), ink2: token(style, "--ink-2", "#566273"), line: token(style, "--line", "#d9dee5"),
    accent: token(style, "--accent", "#1f5fbf"), high: token(style, "--high", "#b3122b"), medium: token(style, "--medium", "#e07b00"), low: token(style, "--low", "#64707f"),
    onHigh: token(style, "--on-high", "#ffffff"), onMedium: token(style, "--on-medium", "#1b1205"), partner, partnerInk, none: token(style, "--partner-none", "#8b93a0"), noneInk: token(style, "--partner-none-ink", "#565e6b"), font: style.fontFamily || "sans-serif", size: Math.min(1.4, Math.max(1, parseFloat(style.fontSize) / 14 || 1)),
    veil: dark ? 0.82 : 0.86,
  };
}

/** A partner's colour; grey for none. @param {Palette} palette @param {number} colour @returns {string} */
export function partnerColour(palette, colour) { return colour < 0 ? palette.none : palette.partner[colour % 8]; }

/** A partner's colour for text. @param {Palette} palette @param {number} colour @returns {string} */
export function partnerInk(palette, colour) { return colour < 0 ? palette.noneInk : palette.partnerInk[colour % 8]; }

/** How light a colour of the form #rrggbb or rgb() is, 0 to 1. @param {string} colour @returns {number} */
export function luminance(colour) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour) || /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const parts = hex ? hex.slice(1).map(part => parseInt(part.length === 1 ? part + part : part, 16)) : (colour.match(/[\d.]+/g) || ["255", "255", "255"]).slice(0, 3).map(Number);
  return (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) / 255;
}
