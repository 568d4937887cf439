"""Titles: the names of regions beside their discs, in at most two lines, where they cover least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Box = tuple[float, float, float, float]

# A title is up to two lines of so many characters.
TITLE = 18
# The pixels of a usual map, of a character and a line of a title, and around it all.
SCREEN, CHARACTER, LINE, AROUND = 850.0, 8.0, 17.0, 14.0


def bounds(discs: tuple[Floats, Floats, Floats], points: tuple[Floats, Floats], regions: list[Any]) -> list[float]:
    """Return what is to be seen at first (left, top, right, bottom): discs, marks, and the titles of regions."""
    (cx, cy, size), (x, y) = discs, points
    if not len(cx) or np.isnan(cx).all():
        return [-100.0, -100.0, 100.0, 100.0]
    low = [float(np.nanmin(np.concatenate([c - size, p]))) for c, p in ((cx, x), (cy, y))]
    high = [float(np.nanmax(np.concatenate([c + size, p]))) for c, p in ((cx, x), (cy, y))]
    # Titles have the same size at any zoom: so wide are they when all of it is shown.
    unit = max(high[0] - low[0], high[1] - low[1]) / SCREEN
    left, top, right, bottom = *low, *high
    for region in regions:
        box = _box(region["x"], region["y"], region["r"], region["title"], region["side"], unit)
        left, top = min(left, box[0]), min(top, box[1])
        right, bottom = max(right, box[2]), max(bottom, box[3])
    around = AROUND * unit
    return [round(v, 1) for v in (left - around, top - around, right + around, bottom + around)]


def sides(discs: tuple[Floats, Floats, Floats], lines: list[list[str]]) -> list[str]:
    """Return on which side of its disc each title stands: outside of the alliance where it can, off other discs.

    Parameters
    ----------
    discs
        x, y and radius of each region.
    lines
        The title of each.

    Returns
    -------
    list of str
        Each `top`, `bottom`, `left` or `right`.
    """
    cx, cy, size = discs
    if not len(cx) or np.isnan(cx).all():
        return ["top"] * len(cx)
    whole = size.sum()
    mx, my = float((cx * size).sum() / whole), float((cy * size).sum() / whole)
    unit = max(float(np.ptp(cx)), float(np.ptp(cy)), float(size.max())) / SCREEN
    taken: list[Box] = []
    result = []
    # From the outside in: who stands inside has fewer places left, and more discs around that leave none anyway.
    for i in np.argsort(-np.hypot(cx - mx, cy - my), kind="stable").tolist():
        dx, dy = float(cx[i]) - mx, float(cy[i]) - my
        upright = "bottom" if dy > 1 else "top"
        order = (upright, "right" if dx >= 0 else "left", "top" if dy > 1 else "bottom", "left" if dx >= 0 else "right")
        boxes = [_box(float(cx[i]), float(cy[i]), float(size[i]), lines[i], side, unit) for side in order]
        cover = [_covered(box, discs, i) + sum(_overlap(box, other) for other in taken) for box in boxes]
        best = int(np.argmin(np.round(cover, 3)))
        taken.append(boxes[best])
        result.append((i, order[best]))
    return [side for _, side in sorted(result)]


def _box(x: float, y: float, r: float, lines: list[str], side: str, unit: float) -> Box:
    """Return the box of a title (left, top, right, bottom)."""
    wide, tall = max(len(line) for line in lines) * CHARACTER * unit, len(lines) * LINE * unit
    if side == "left":
        return x - r - wide, y - tall / 2, x - r, y + tall / 2
    if side == "right":
        return x + r, y - tall / 2, x + r + wide, y + tall / 2
    above = side == "top"
    return x - wide / 2, y - r - tall if above else y + r, x + wide / 2, y - r if above else y + r + tall


def _covered(box: Box, discs: tuple[Floats, Floats, Floats], own: int) -> float:
    """Return about how much of other discs a box covers, as a square in each disc's place."""
    cx, cy, size = discs
    wide = np.minimum(box[2], cx + size) - np.maximum(box[0], cx - size)
    tall = np.minimum(box[3], cy + size) - np.maximum(box[1], cy - size)
    area = np.maximum(wide, 0) * np.maximum(tall, 0)
    area[own] = 0
    return float(area.sum())


def _overlap(a: Box, b: Box) -> float:
    wide, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0.0) * max(tall, 0.0)


def wrapped(name: str) -> list[str]:
    """Return a name in at most two lines of about 18 characters, what is more cut off.

    >>> wrapped("Northern University Hospital Trust")
    ['Northern', 'University Hospita…']
    >>> wrapped("City Council")
    ['City Council']
    """
    words = name.split()
    if len(" ".join(words)) <= TITLE:
        return [_cut(" ".join(words))]
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= TITLE or not lines[-1] or len(lines) == 2:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(line) for line in lines]


def _cut(line: str) -> str:
    return line if len(line) <= TITLE + 2 else line[:TITLE].rstrip() + "…"
