// Text in sight whose colour, laid over what is behind it, is too near to it; grounds are laid over one another. Text over a
// picture or a gradient is left to axe and the eye.
() => {
  const parse = text => { const m = text.match(/[\d.]+/g).map(Number); const s = text.startsWith("color(") ? 255 : 1;
    return [m[0] * s, m[1] * s, m[2] * s, m.length > 3 ? m[3] : 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = c => { const l = [0, 1, 2].map(i => { const v = c[i] / 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * l[0] + .7152 * l[1] + .0722 * l[2]; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const ground = node => { const stack = []; for (let n = node; n; n = n.parentElement) {
      const s = getComputedStyle(n); if (s.backgroundImage !== "none") return null;
      stack.push(parse(s.backgroundColor)); if (stack.at(-1)[3] === 1) break; }
    return stack.reverse().reduce((under, one) => over(one, under), [255, 255, 255, 1]); };
  const faded = node => { let o = 1; for (let n = node; n; n = n.parentElement) o *= Number(getComputedStyle(n).opacity); return o; };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
    if (!text || !node || node.closest("script, noscript, .offscreen, [disabled], option, [inert]")) continue;
    if (!node.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const style = getComputedStyle(node), drawn = node instanceof SVGElement;
    const shape = drawn ? node.previousElementSibling : null, filled = shape ? getComputedStyle(shape).fill : "none";
    let under = ground(drawn ? node.closest("svg").parentElement : node);
    // A letter in an SVG stands on the shape before it, when that is filled and lies beneath its middle.
    if (under && filled !== "none" && filled.startsWith("rgb")) {
      const box = shape.getBoundingClientRect(), own = node.getBoundingClientRect(), x = own.x + own.width / 2, y = own.y + own.height / 2;
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) under = over(parse(filled), under);
    }
    if (!under || style.fill === "none" && drawn) continue;
    const ink = parse(drawn ? style.fill : style.color); ink[3] *= faded(node);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
    const value = ratio(over(ink, under), under);
    if (value < (large ? 3 : 4.5) - .005) found.push(`${text.slice(0, 40)} (${node.tagName}.${node.getAttribute("class")}): ${value.toFixed(2)}`);
  }
  return found;
}
