// Text on the canvas: wrapped by characters, measured once, drawn with a halo.

/** @type {Map<string, number>} */
const measured = new Map();

/** How wide a text is in a font, in pixels. @param {CanvasRenderingContext2D} ctx @param {string} font @param {string} text @returns {number} */
export function textWidth(ctx, font, text) {
  const key = font + "\n" + text;
  let width = measured.get(key);
  if (width === undefined) {
    if (measured.size > 20000) measured.clear();
    ctx.font = font;
    width = ctx.measureText(text).width;
    measured.set(key, width);
  }
  return width;
}

/** A text in at most so many lines of at most so many characters, the last with an ellipsis where it goes on. @param {string} text @param {number} chars @param {number} lines @returns {string[]} */
export function wrap(text, chars, lines) {
  const words = text.slice(0, 400).replace(/\s+/g, " ").trim().split(" ");
  const result = [""];
  for (let word of words) {
    const last = result[result.length - 1];
    if (!last) result[result.length - 1] = word;
    else if (last.length + 1 + word.length <= chars) result[result.length - 1] = `${last} ${word}`;
    else result.push(word);
    while ((word = result[result.length - 1]).length > chars + 4) {
      const hyphen = word.slice(0, chars).search(/[-_/.][^-_/.]*$/), cut = hyphen > 2 ? word.slice(0, hyphen + 1) : [...word].slice(0, chars).join("");
      result[result.length - 1] = cut;
      result.push(word.slice(cut.length));
    }
    if (result.length > lines) break;
  }
  if (result.length > lines) {
    result.length = lines;
    result[lines - 1] = [...result[lines - 1]].slice(0, chars - 1).join("").trimEnd() + "…";
  }
  return result;
}

/**
 * The same for names that are told apart by their ends as much as by their starts: what does not fit is left out in the middle.
 * @param {string} text @param {number} chars @param {number} lines @returns {string[]}
 */
export function wrapMiddle(text, chars, lines) {
  const whole = wrap(text, chars, lines);
  if (!whole[whole.length - 1].endsWith("…")) return whole;
  const letters = [...text.slice(0, 400).replace(/\s+/g, " ").trim()], tail = letters.slice(-Math.floor(chars * 0.8)).join("");
  const end = tail.includes(" ") ? tail.slice(tail.indexOf(" ") + 1) : tail;
  if (lines === 1) return [`${letters.slice(0, Math.max(3, chars - end.length - 1)).join("").trimEnd()}…${end}`];
  const start = wrap(text, chars, lines - 1);
  if (start[start.length - 1].endsWith("…")) return [...start, end];
  start[start.length - 1] += "…";
  return [...start, end];
}

/** Lines of text around x, the first at y (its middle). @param {CanvasRenderingContext2D} ctx @param {string[]} lines @param {number} x @param {number} y @param {number} step @param {string} colour @param {string|null} halo */
export function drawText(ctx, lines, x, y, step, colour, halo) {
  ctx.textBaseline = "middle";
  if (halo) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = 3.5;
    ctx.lineJoin = "round";
    lines.forEach((line, at) => ctx.strokeText(line, x, y + at * step));
  }
  ctx.fillStyle = colour;
  lines.forEach((line, at) => ctx.fillText(line, x, y + at * step));
}
