"""Cascade: partners as columns, from shared goals down to the people in rows, everything on a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphalign.views import marks
from graphalign.views.homes import ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.views.layout import Layout

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

GRID = 44.0
# Between two columns, between two rows, and above the first row of a partner's column for its name.
BETWEEN, APART, HEAD = 56.0, 30.0, 56.0
# Shared goals need room for their names.
SHARED_GRID, SHARED_LINE = 114.0, 70.0
ASPECT, MOST_ROOM = 1.05, 1.5
# Goals further below than this stand in the lowest row of goals.
MOST_LEVELS, MOST_STEPS = 4, 200
MOST_PEOPLE = 400
SWEEPS = 6
LEVELS = ("Goals", "Sub-goals", "Sub-sub-goals", "Goals further below")
LABELS = ("Shared goals", *LEVELS, "Responsibilities", "KPIs", "People", "Other")
PEOPLE = (marks.PERSON, marks.KEY_PERSON, marks.GROUP)


@dataclass(frozen=True, eq=False)
class Cascade:
    """Where everything stands in the cascade.

    Parameters
    ----------
    x, y
        By node; NaN where it is not drawn.
    columns
        (region, x of its middle, width), from the left.
    rows
        (label, y of its middle, height), from the top; the first is of the shared goals, across all columns.
    goals_only
        Whether work, KPIs and people are left out, as there are too many.
    """

    x: Floats
    y: Floats
    columns: list[tuple[int, float, float]]
    rows: list[tuple[str, float, float]]
    goals_only: bool


def cascade(plan: Layout) -> Cascade:
    """Return the cascade of an alliance; of one with more than 400 people only the goals."""
    goals_only = int(np.isin(plan.kind, PEOPLE).sum()) > MOST_PEOPLE
    row = _rows(plan, goals_only=goals_only)
    drawn = np.flatnonzero(row >= 0) if plan.drawn else np.zeros(0, np.int64)
    columns, many = len(plan.where.regions), len(LABELS)
    seat = np.append(np.empty(columns, dtype=np.int64), 0)
    seat[plan.around] = np.arange(columns)
    # Shared goals stand across all columns: theirs is one beyond the last.
    column = np.where(row == 0, columns, seat[_column(plan)])
    held = np.bincount(column[drawn] * many + row[drawn], minlength=(columns + 1) * many).reshape(columns + 1, many)
    lanes, depth = _lanes(held)
    width = float((lanes * GRID + BETWEEN).sum() - BETWEEN) if columns else 4 * SHARED_GRID
    abreast = max(1, int(width // SHARED_GRID))
    depth[0] = -(-int(held[-1, 0]) // abreast)
    left = np.cumsum(lanes * GRID + BETWEEN) - lanes * GRID - BETWEEN
    pitch = np.append(np.full(columns, GRID), width / abreast)
    # Where it is wider than high, names get more room between the lines.
    tall = float((depth * GRID).sum() + APART * len(depth[depth > 0])) + HEAD
    line = float(np.clip(width / tall / ASPECT, 1, MOST_ROOM))
    tops, rows = _stacked(depth, line)
    table = _Table(held, np.append(lanes, abreast), np.append(left, 0.0), pitch, tops, line)
    x, y = _swept(plan, table, drawn, column, row)
    ladder = [
        (int(plan.around[i]), float(left[i] + lanes[i] * GRID / 2), float(lanes[i] * GRID)) for i in range(columns)
    ]
    return Cascade(x, y, ladder, rows, goals_only)


@dataclass(frozen=True, eq=False)
class _Table:
    """The cells: how many marks each holds; by column its lanes, left edge and pitch; by row its top; how stretched."""

    held: Ints
    lanes: Ints
    left: Floats
    pitch: Floats
    tops: Floats
    line: float


def _rows(plan: Layout, *, goals_only: bool) -> Ints:
    """Return the row of each node, a place in `LABELS`; -1 for what is not drawn."""
    kind = plan.kind
    row = np.where(kind == marks.GOAL, 1 + _levels(plan), -1)
    row[kind == marks.SHARED] = 0
    if not goals_only:
        below = 1 + len(LEVELS)
        for at, held in enumerate(((marks.RESPONSIBILITY,), (marks.KPI,), PEOPLE, (marks.OTHER,))):
            row[np.isin(kind, held)] = below + at
    return row


def _stacked(depth: Ints, line: float) -> tuple[Floats, list[tuple[str, float, float]]]:
    """Return the top of each row, and the rows that are not empty, given how many lines each has."""
    tops, rows, at = np.zeros(len(depth)), [], 0.0
    for i in np.flatnonzero(depth).tolist():
        tall = float(depth[i]) * line * (SHARED_LINE if i == 0 else GRID)
        tops[i] = at
        rows.append((LABELS[i], at + tall / 2, tall))
        at += tall + (HEAD if i == 0 else APART)
    return tops, rows


def _swept(plan: Layout, table: _Table, drawn: Ints, column: Ints, row: Ints) -> tuple[Floats, Floats]:
    """Return where each mark stands, its order in its cell that of what it is related to (barycentre sweeps)."""
    n = plan.facts.n
    x, y = np.full(n, np.nan), np.full(n, np.nan)
    a, b = _related(plan, row)
    around = np.bincount(a, minlength=n)
    cells = table.held.ravel()
    first = np.cumsum(cells) - cells
    wish = np.zeros(n)
    for _ in range(SWEEPS + 1):
        order = drawn[np.lexsort((drawn, wish[drawn], row[drawn], column[drawn]))]
        c, r = column[order], row[order]
        k = np.arange(len(order)) - first[c * len(LABELS) + r]
        lanes = table.lanes[c]
        line = k // lanes
        # A last line that is not full is centred, as a short line of type is.
        short = lanes - np.minimum(lanes, table.held[c, r] - line * lanes)
        x[order] = table.left[c] + (k % lanes + 0.5 + short / 2) * table.pitch[c]
        y[order] = table.tops[r] + (line + 0.5) * table.line * np.where(r == 0, SHARED_LINE, GRID)
        mean = np.bincount(a, weights=x[b], minlength=n) / np.maximum(around, 1)
        wish = np.where(around > 0, mean, x)
    return x, y


def _column(plan: Layout) -> Ints:
    where = plan.where
    region = where.region.copy()
    node, partner = where.more
    shared = np.zeros(len(region), dtype=np.bool_)
    shared[where.shared] = True
    use = shared[node]
    first = np.full(len(region), len(where.regions))
    np.minimum.at(first, node[use], where.within[partner[use]])
    beside = (region < 0) & (where.satellite_of >= 0)
    region[beside] = first[where.satellite_of[beside]]
    # A shared goal that nobody claims has no column to give: what is beside it stands in the last.
    region[region == len(where.regions)] = max(len(where.regions) - 1, 0)
    result: Ints = np.maximum(region, 0)
    return result


def _levels(plan: Layout) -> Ints:
    """Return how many steps each goal is below the top, at most 3; what contributes to a shared goal is at the top."""
    facts = plan.facts
    source, target = ends(facts, "CONTRIBUTES_TO")
    own = source != target
    source, target = source[own], target[own]
    unreached = MOST_STEPS + 1
    far = np.full(facts.n, unreached)
    far[np.bincount(source, minlength=facts.n) == 0] = 0
    far[plan.kind == marks.SHARED] = -1
    for _ in range(MOST_STEPS):
        before = far.copy()
        np.minimum.at(far, source, np.where(far[target] < unreached, far[target] + 1, unreached))
        if (before == far).all():
            break
    # On a circle nothing is at the top: as there is no first, all of it stands there.
    far[far == unreached] = 0
    result: Ints = np.clip(far, 0, MOST_LEVELS - 1)
    return result


def _lanes(held: Ints) -> tuple[Ints, Ints]:
    """Return how many marks stand side by side in each column, and how many lines each row has: near the aspect."""
    columns = held[:-1]
    if not len(columns):
        return np.ones(0, np.int64), np.zeros(held.shape[1], np.int64)
    best = np.inf, np.zeros(0, np.int64), np.zeros(0, np.int64)
    largest = columns.max(axis=1, initial=1)
    for f in np.arange(2.0, 0.2, -0.125):
        lanes = np.maximum(np.ceil(f * np.sqrt(largest)), 2).astype(np.int64)
        depth = np.ceil(columns / lanes[:, None]).max(axis=0, initial=0).astype(np.int64)
        width = float((lanes * GRID + BETWEEN).sum())
        height = float((depth * GRID + np.where(depth > 0, APART, 0)).sum()) + HEAD + 2 * GRID
        off = abs(np.log(width / height / ASPECT))
        if off < best[0] - 1e-9:
            best = off, lanes, depth
    return best[1], best[2]


def _related(plan: Layout, row: Ints) -> tuple[Ints, Ints]:
    """Return (a, b), both ways, for what stands in different rows of the cascade."""
    parts = [
        ends(plan.facts, t) for t in ("CONTRIBUTES_TO", "SERVES", "MEASURES", "ACCOUNTABLE_FOR", "RESPONSIBLE_FOR")
    ]
    a = np.concatenate([p[0] for p in parts] + [p[1] for p in parts])
    b = np.concatenate([p[1] for p in parts] + [p[0] for p in parts])
    keep = (row[a] >= 0) & (row[b] >= 0) & (row[a] != row[b]) & plan.drawn
    return a[keep], b[keep]
