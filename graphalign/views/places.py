"""What the page knows of places: the layout as columns of numbers, small enough to be read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.model import SEVERITIES
from graphalign.views import marks, titles
from graphalign.views.aggregate import Aggregate, aggregate
from graphalign.views.cascade import cascade
from graphalign.views.homes import NO_PARTNER, OTHER_PARTNERS
from graphalign.views.ties import silent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.report import Report
    from graphalign.views.layout import Layout

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def layout_content(plan: Layout, report: Report | None = None) -> dict[str, Any]:
    """Return the layout as the page holds it.

    Nodes, partners and regions are numbers: places in the graph, in `partners`, in `map.regions`. The first regions are
    the first partners, in the same order, so that both have the same number; after these come, where needed, "Other
    partners" and "No partner".

    Parameters
    ----------
    plan
        The layout.
    report
        The findings that are counted.

    Returns
    -------
    dict
        `home`
            By node, its partner; -1 for none, and for shared goals.
        `more`
            By node, further partners: those of a shared goal or of what is beside one, and those a person has besides;
            empty where nobody has any, else 0 for none.
        `kind`
            By node, its place in `marks`.
        `marks`
            The kinds of marks: `kind`, `shape`, `line`, `filled`.
        `partners`
            In ring order, those drawn inside another's region last: `node`, `region`, `colour` (0 to 7; -1 none),
            and of its own `goals`, `people` and `findings` (by severity).
        `map`
            `x`, `y`, `r` by node (null for partners that are regions; empty where nothing is drawn), `rank` by node
            (the importance of its label), `regions` (`partner`: -1 "No partner", -2 "Other partners"; `name`, `title`
            in lines, `side` of the title, `x`, `y`, `r`, `colour`, and all inside it: `goals`, `people`, `findings`,
            `partners` drawn inside), `around` (the regions in ring order), `region` by node (-1 for shared goals and
            what stands beside them), `shared` (nodes), `ribbons` (regions `a`, `b`; `ties`, `recent`), `silent`
            (regions `a`, `b`; `n`), `bounds` (left, top, right, bottom).
        `aggregate`
            `regions` (`partner`, `x`, `y`, `r`, as in the map), `shared` (`nodes`, `partners` as regions, `x`, `y`),
            `scale` (of the map's distances inside a region opened in place), `bounds`.
        `cascade`
            `x`, `y` by node, as in the map, `columns` (`partner` as a region, `x`, `width`), `rows` (`label`, `y`,
            `height`), `bounds`.
        `left_out`
            Sentences: what is not drawn, and why.
    """
    gathered, ladder = aggregate(plan), cascade(plan)
    found = found_at(report)
    partners, regions = _counted(plan, found)
    where = plan.where
    region_x = {"partner": where.regions.tolist()}
    return {
        "home": where.home.tolist(),
        "more": _more(plan),
        "kind": plan.kind.tolist(),
        "marks": [{"kind": m.kind, "shape": m.shape, "line": m.line, "filled": m.filled} for m in marks.MARKS],
        "partners": partners,
        "map": {
            "x": _numbers(plan.x),
            "y": _numbers(plan.y),
            "r": _numbers(plan.r),
            "rank": _rank(plan, found),
            "regions": regions,
            "around": plan.around.tolist(),
            "region": where.region.tolist(),
            "shared": where.shared.tolist(),
            "ribbons": _ribbons(plan),
            "silent": [{"a": a, "b": b, "n": n} for a, b, n in (silent(report, where) if report else [])],
            "bounds": titles.bounds((plan.cx, plan.cy, plan.size), (plan.x, plan.y), regions),
        },
        "aggregate": {
            "regions": [
                {"partner": p, "x": x, "y": y, "r": r}
                for p, x, y, r in zip(
                    region_x["partner"],
                    *(v.round(1).tolist() for v in (gathered.cx, gathered.cy, gathered.size)),
                    strict=True,
                )
            ],
            "shared": _hexagons(plan, gathered),
            "scale": round(gathered.scale, 4),
            "bounds": titles.bounds((gathered.cx, gathered.cy, gathered.size), (gathered.x, gathered.y), []),
        },
        "cascade": {
            "x": _numbers(ladder.x),
            "y": _numbers(ladder.y),
            "columns": [{"partner": p, "x": round(x, 1), "width": w} for p, x, w in ladder.columns],
            "rows": [{"label": label, "y": round(y, 1), "height": round(h, 1)} for label, y, h in ladder.rows],
            "bounds": _ladder_bounds(ladder.columns, ladder.rows),
        },
        "left_out": _left_out(plan, gathered, goals_only=ladder.goals_only),
    }


def _numbers(values: Floats) -> list[float | None]:
    """Return numbers with one decimal, None where there is none; nothing where there is none at all."""
    if np.isnan(values).all():
        return []
    return pl.Series(values).fill_nan(None).round(1).to_list()


def _more(plan: Layout) -> list[list[int] | int]:
    node, partner = plan.where.more
    if not len(node):
        return []
    frame = pl.DataFrame({"node": node, "partner": partner}).group_by("node").agg(pl.col("partner").sort())
    result: list[list[int] | int] = [0] * plan.facts.n
    for at, partners in frame.iter_rows():
        result[at] = partners
    return result


def _ribbons(plan: Layout) -> list[dict[str, int]]:
    a, b = np.nonzero(np.triu(plan.talking, 1))
    columns = (a.tolist(), b.tolist(), plan.talking[a, b].astype(int).tolist(), plan.recent[a, b].astype(int).tolist())
    return [{"a": p, "b": q, "ties": t, "recent": r} for p, q, t, r in zip(*columns, strict=True)]


def _hexagons(plan: Layout, gathered: Aggregate) -> list[dict[str, Any]]:
    goals = plan.where.shared
    return [
        {
            "nodes": goals[gathered.group == i].tolist(),
            "partners": regions,
            "x": round(float(gathered.x[i]), 1),
            "y": round(float(gathered.y[i]), 1),
        }
        for i, regions in enumerate(gathered.regions)
    ]


def found_at(report: Report | None) -> pl.DataFrame:
    """Return (finding, node, rule, severity): what all findings that neither fold nor are noted are about."""
    if report is None:
        ends: dict[str, pl.DataType] = dict.fromkeys(("finding", "node"), pl.UInt32())
        schema = {**ends, "rule": pl.String(), "severity": pl.Enum(SEVERITIES)}
        return pl.DataFrame(schema=schema)
    found = report.roots.filter(~pl.col("noted")).select("finding", "rule", "severity")
    return report.about.join(found, on="finding", maintain_order="left")


def _counted(plan: Layout, found: pl.DataFrame) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return partners and regions with what they have."""
    where, kind = plan.where, plan.kind
    count, n = len(where.partners), len(where.regions)
    node, partner = where.more
    homeless = where.home[node] < 0
    of = pl.concat(
        [
            pl.DataFrame({"node": np.flatnonzero(where.home >= 0), "partner": where.home[where.home >= 0]}),
            pl.DataFrame({"node": node[homeless], "partner": partner[homeless]}),
        ]
    ).with_columns(pl.col("node").cast(pl.UInt32))
    region_of = np.append(where.within, -1)
    in_region = of.with_columns(pl.Series("partner", region_of[of["partner"].to_numpy()]))
    if n and where.regions[-1] == NO_PARTNER:
        loose = np.flatnonzero((where.region == n - 1) & (where.home < 0)).astype(np.uint32)
        in_region = pl.concat([in_region, pl.DataFrame({"node": loose, "partner": np.full(len(loose), n - 1)})])
    people = np.isin(kind, (marks.PERSON, marks.KEY_PERSON))
    goals = np.isin(kind, (marks.GOAL, marks.SHARED))
    result = []
    for pairs, many in ((of, count), (in_region.unique(), n)):
        at, owner = pairs["node"].to_numpy(), pairs["partner"].to_numpy()
        by_finding = found.join(pairs, on="node").select("partner", "severity", "finding").unique()
        by = np.zeros((many, len(SEVERITIES)), np.int64)
        np.add.at(by, (by_finding["partner"].to_numpy(), by_finding["severity"].to_physical().to_numpy()), 1)
        result.append(
            [
                {"goals": g, "people": p, "findings": dict(zip(SEVERITIES, f, strict=True))}
                for g, p, f in zip(
                    np.bincount(owner[goals[at]], minlength=many).tolist(),
                    np.bincount(owner[people[at]], minlength=many).tolist(),
                    by.tolist(),
                    strict=True,
                )
            ]
        )
    own, whole = result
    colours = region_colours(plan)
    partners = [
        {"node": node, "region": region, "colour": colours[region], **held}
        for node, region, held in zip(where.partners.tolist(), where.within.tolist(), own, strict=True)
    ]
    within = np.bincount(where.within, minlength=n).tolist()
    regions = []
    names = region_names(plan)
    lines = [titles.wrapped(name) for name in names]
    sides = titles.sides((plan.cx, plan.cy, plan.size), lines)
    for i, (stands_for, name) in enumerate(zip(where.regions.tolist(), names, strict=True)):
        disc = {k: _number(v[i]) for k, v in (("x", plan.cx), ("y", plan.cy), ("r", plan.size))}
        title = {"name": name, "title": lines[i], "side": sides[i]}
        regions.append(
            {"partner": stands_for, **title, **disc, "colour": colours[i], **whole[i], "partners": within[i]}
        )
    return partners, regions


def region_names(plan: Layout) -> list[str]:
    """Return what each region is called."""
    where, names = plan.where, plan.facts.graph.names
    return [names[int(where.partners[p])] if p >= 0 else PSEUDO[p] for p in where.regions.tolist()]


PSEUDO = {NO_PARTNER: "No partner", OTHER_PARTNERS: "Other partners"}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 1)


def region_colours(plan: Layout) -> list[int]:
    """Return the colour of each region: up to 8 by id, above in ring order, neighbours never alike."""
    where = plan.where
    real = [i for i, p in enumerate(where.regions.tolist()) if p >= 0]
    colours = [-1] * len(where.regions)
    many = len(marks.PALETTE)
    by_id = sorted(real, key=lambda i: int(where.partners[i])) if len(real) <= many else real
    for k, i in enumerate(by_id):
        colours[i] = k % many
    if len(real) > many and len(real) % many == 1:
        colours[by_id[-1]] = many // 2
    return colours


def _rank(plan: Layout, found: pl.DataFrame) -> list[int]:
    """Return how important each node's label is: shared goals, then what high findings are about, goals, key people."""
    base = np.array([50, 100, 40, 30, 10, 20, 8, 6, 4])[plan.kind]
    result = base + 5 * plan.weight.astype(np.int64)
    for severity, more in (("high", 30), ("medium", 12)):
        nodes = found.filter(severity=severity)["node"].unique().to_numpy()
        result[nodes] += more
    ranks: list[int] = result.tolist()
    return ranks


def _ladder_bounds(columns: list[tuple[int, float, float]], rows: list[tuple[str, float, float]]) -> list[float]:
    if not columns or not rows:
        return [0.0, 0.0, 100.0, 100.0]
    right = columns[-1][1] + columns[-1][2] / 2
    bottom = rows[-1][1] + rows[-1][2] / 2
    return [-30.0, -30.0, round(right + 30, 1), round(bottom + 30, 1)]


def _left_out(plan: Layout, gathered: Aggregate, *, goals_only: bool) -> list[str]:
    where, result = plan.where, []
    if not plan.drawn:
        result.append(
            f"The map and the cascade of all {plan.facts.n} nodes are not drawn: their partners are, as discs."
        )
    if where.merged:
        result.append(
            f"{where.merged} of {len(where.partners)} partners are drawn inside the partner they are part of."
        )
    if (where.regions == OTHER_PARTNERS).any():
        other = int((where.within == np.flatnonzero(where.regions == OTHER_PARTNERS)[0]).sum())
        result.append(f"{other} smaller partners are drawn as one, Other partners.")
    if gathered.left_out:
        result.append(
            f"{gathered.left_out} shared goals of rarer combinations of partners are not drawn among Partners."
        )
    if goals_only and plan.drawn:
        result.append("The cascade shows goals only: there are too many people.")
    return result
