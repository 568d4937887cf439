// What has the focus: its number, and whether it shows that: by a ring or, drawn in an SVG, by a line that it has not otherwise.
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5;
  const lines = () => [...e.querySelectorAll("*")].map(one => { const s = getComputedStyle(one); return `${s.stroke} ${s.strokeWidth}`; }).join();
  let drawn = false;
  if (!ring && e instanceof SVGElement) {
    const with_ = lines();
    e.blur();
    drawn = lines() !== with_;
    e.focus();
  }
  return {reach: e.dataset.reach ?? null, visible: ring || drawn,
    what: `${e.tagName} #${e.id} .${e.getAttribute("class")} ${(e.textContent || "").slice(0, 40)}`};
}
