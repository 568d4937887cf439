// Pairs of tokens, ink and ground, that are too near to each other: below 4.5 to 1.
() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const light = hex => { const l = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * l[0] + .7152 * l[1] + .0722 * l[2]; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const partners = [0, 1, 2, 3, 4, 5, 6, 7, "none"].map(p => `--partner-${p}-ink`);
  const pairs = [];
  for (const ground of ["--bg", "--panel", "--raised", "--sunken", "--hover"])
    for (const ink of ["--ink", "--ink-2", "--ink-3", "--accent-ink", "--high-ink", "--medium-ink", "--low-ink", "--ok-ink"])
      pairs.push([ink, ground]);
  for (const ground of ["--bg", "--panel"]) for (const ink of partners) pairs.push([ink, ground]);
  for (const kind of ["high", "medium", "low", "ok"]) pairs.push([`--on-${kind}`, `--${kind}`], [`--${kind}-ink`, `--${kind}-soft`], ["--ink", `--${kind}-soft`]);
  pairs.push(["--on-accent", "--accent"], ["--accent-ink", "--accent-soft"], ["--ink", "--accent-soft"], ["--ink-2", "--accent-soft"], ["--ink", "--mark"]);
  return pairs.map(([a, b]) => [a, b, ratio(colour(a), colour(b))]).filter(([, , r]) => !(r >= 4.5)).map(([a, b, r]) => `${a} on ${b}: ${r.toFixed(2)}`);
}
