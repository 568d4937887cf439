"""The overview of the page: where the alliance is out of line, by family and partner, and what to act on first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.evidence import names_of
from graphalign.graph.walks import pairs_along
from graphalign.model import FAMILIES, SEVERITIES
from graphalign.views.concerns import concerned, ids_of

if TYPE_CHECKING:
    from graphalign.alignment import Alignment
    from graphalign.graph import Facts
    from graphalign.model import Comparison
    from graphalign.report import Report
    from graphalign.views.homes import Homes

FIRST = 3
# Among so many of each rule and severity, its worst, those to act on first are chosen.
MOST_CANDIDATES = 25


def overview(facts: Facts, report: Report, matrix: Alignment, homes: Homes) -> dict[str, Any]:
    """Return what the page says first.

    Parameters
    ----------
    facts
        The facts.
    report
        What the check found.
    matrix
        The alignment of all pairs of partners.
    homes
        Where each node belongs.

    Returns
    -------
    dict
        `sentences` (where the alliance is out of line), `heat` ({family code: {partner: [high, medium, low, info]}},
        partner as its place in `Homes.partners`, "-1" for nobody's, "all" for each finding once; those noted as custom
        and those folded are not counted), `first` ([id of the finding, why ...] of the three to act on first), `since`
        (null without a baseline: ids `new`, `open`, `fixed`, `unjudged`).
    """
    found = report.roots.filter(~pl.col("noted"))
    about = report.about.join(found, on="finding", how="semi", maintain_order="left")
    touched = concerned(homes, about)
    return {
        "sentences": _sentences(facts, report, matrix, found, touched, homes),
        "heat": _heat(found, touched),
        "first": _first(facts, report, found, about, touched),
        "since": None if report.baseline is None else _since(report, report.baseline),
    }


def _since(report: Report, baseline: Comparison) -> dict[str, list[str]]:
    """Return the ids of what is new, open, fixed and cannot be told, without what folds beneath another."""
    roots = set(report.ids.filter(~pl.col("waived") & ~pl.col("folded"))["id"])
    gone = {"fixed": baseline.fixed, "unjudged": baseline.unjudged}
    told = {word: sorted(roots & ids) for word, ids in (("new", baseline.new), ("open", baseline.open))}
    for word, known in gone.items():
        ids = {k.id for k in known}
        told[word] = [k.id for k in known if k.beneath not in ids]
    return told


def _heat(found: pl.DataFrame, touched: pl.DataFrame) -> dict[str, dict[str, list[int]]]:
    each = touched.with_columns(pl.col("partner").cast(pl.String)).vstack(
        found.select("finding", pl.lit("all").alias("partner"))
    )
    counts = (
        each.join(found.select("finding", "severity", pl.col("rule").str.slice(0, 3).alias("family")), on="finding")
        .group_by("family", "partner", "severity")
        .len()
    )
    heat: dict[str, dict[str, list[int]]] = {code: {} for code in FAMILIES}
    for family, partner, severity, n in counts.sort("family", "partner", "severity").iter_rows():
        heat[family].setdefault(partner, [0] * len(SEVERITIES))[SEVERITIES.index(severity)] = n
    return heat


def _first(
    facts: Facts, report: Report, found: pl.DataFrame, about: pl.DataFrame, touched: pl.DataFrame
) -> list[list[str]]:
    """Return the findings to act on first, each of another rule where there are such, and why these."""
    at = pl.int_range(pl.len()).over("severity", "rule")
    worst = found.filter((pl.col("severity") != "info") & (at < MOST_CANDIDATES))
    goals = facts.goals.select("goal", "shared", pl.col("priority").is_in(["high", "critical"]).alias("weighty"))
    on_goals = about.join(worst, on="finding", how="semi").join(goals, left_on="node", right_on="goal")
    weight = on_goals.group_by("finding").agg(
        pl.col("shared").sum().alias("shared"), pl.col("weighty").fill_null(value=False).sum().alias("weighty")
    )
    partners = touched.filter(pl.col("partner") >= 0).group_by("finding").agg(pl.len().alias("partners"))
    held = worst.join(weight, on="finding", how="left").join(partners, on="finding", how="left")
    held = held.join(_standing(facts, on_goals), on="finding", how="left").with_columns(
        pl.col("shared", "weighty", "partners", "standing").fill_null(0), pl.col("rule").str.slice(0, 3).alias("family")
    )
    keys = ["shared", "weighty", "partners", "folds", "standing"]
    ranked = held.sort("severity", *keys, "finding", descending=[False, *(True for _ in keys), False])
    # First of each family, then of each rule, then the rest; but nothing before what is more severe of another rule.
    of_rule = ranked.unique("rule", keep="first", maintain_order=True)
    of_family = of_rule.unique("family", keep="first", maintain_order=True)
    others = of_rule.join(of_family, on="finding", how="anti")
    apart = pl.concat([of_family, others]).sort("severity", maintain_order=True)
    shown = pl.concat([apart, ranked.join(apart, on="finding", how="anti")]).head(FIRST)
    ids = ids_of(report, shown)
    return [[one, *_reasons(row)] for one, row in zip(ids, shown.iter_rows(named=True), strict=True)]


def _standing(facts: Facts, on_goals: pl.DataFrame) -> pl.DataFrame:
    """Return (finding, standing): how many active goals contribute on from, or depend on, the goals of each finding."""
    active = facts.active_goals.select("goal")
    up = facts.contributions.rename({"goal": "at", "parent": "next"})
    needing = facts.dependencies.select(pl.col("needed").alias("at"), pl.col("goal").alias("next"))
    reached = pairs_along(on_goals.select("finding", "node"), pl.concat([up, needing]).unique())
    others = reached.join(on_goals.select("finding", "node"), on=["finding", "node"], how="anti")
    others = others.join(active, left_on="node", right_on="goal", how="semi")
    return others.group_by("finding").agg(pl.len().alias("standing"))


def _reasons(row: dict[str, Any]) -> list[str]:
    told = [
        (row["severity"] == "high", "its severity is high"),
        (row["shared"] == 1, "it is about a goal that the alliance shares"),
        (row["shared"] > 1, f"it is about {row['shared']} goals that the alliance shares"),
        (not row["shared"] and row["weighty"], "it is about a goal of high priority"),
        (row["partners"] > 1, f"{row['partners']} partners are concerned"),
        (row["standing"] == 1, "one other goal stands on it"),
        (row["standing"] > 1, f"{row['standing']:,} other goals stand on it"),
        (row["folds"] == 1, "it explains another finding"),
        (row["folds"] > 1, f"it explains {row['folds']} other findings"),
    ]
    return [text for holds, text in told if holds]


def _sentences(
    facts: Facts, report: Report, matrix: Alignment, found: pl.DataFrame, touched: pl.DataFrame, homes: Homes
) -> list[str]:
    """Return where the alliance is out of line, in at most four sentences."""
    by: dict[str, int] = dict(found.group_by(pl.col("severity").cast(pl.String)).len().iter_rows())
    judged = sum(r.verdict in ("found", "clean", "waived") for r in report.results)
    unjudged = sum(r.verdict == "cannot judge" for r in report.results)
    high, medium, low = (by.get(s, 0) for s in SEVERITIES[:3])
    if high + medium + low == 0:
        told = [f"Nothing is out of line in what the data tells: {_counted(judged, 'rule')} judged and found nothing."]
    else:
        parts = [(high, "urgent (high)"), (medium, "to mend (medium)"), (low, "small (low)")]
        listed = _listed([f"{n:,} {word}" for n, word in parts if n])
        places = _counted(high + medium + low, "place", "places")
        told = [f"The alliance is out of line in {places}: {listed}."]
        told += _most(facts, found, touched, homes)
    told += _pairs(matrix)
    if unjudged:
        told.append(f"{_counted(unjudged, 'rule')} could not judge, because the data does not say enough.")
    return told


def _most(facts: Facts, found: pl.DataFrame, touched: pl.DataFrame, homes: Homes) -> list[str]:
    """Return a sentence on the family and the partner that most is about."""
    loud = found.filter(pl.col("severity").is_in(["high", "medium"])).with_columns(
        (pl.col("severity") == "high").alias("high"), pl.col("rule").str.slice(0, 3).alias("family")
    )
    if loud.is_empty():
        return []

    def worst(frame: pl.DataFrame, column: str) -> tuple[Any, str]:
        counts = frame.group_by(column).agg(pl.col("high").sum(), (~pl.col("high")).sum().alias("medium"))
        what, high, medium = counts.sort("high", "medium", column, descending=[True, True, False]).row(0)
        return what, _listed([f"{n:,} {word}" for n, word in ((high, "urgent"), (medium, "to mend")) if n])

    code, told = worst(loud, "family")
    sentence = f"The most urgent family of findings is {FAMILIES[code].lower()} ({told})"
    where = touched.filter(pl.col("partner") >= 0).join(loud, on="finding")
    if where.is_empty():
        return [sentence + "."]
    partner, told = worst(where, "partner")
    named = facts.graph.names[int(homes.partners[partner])]
    return [f"{sentence}; the partner most concerned is {named} ({told})."]


def _pairs(matrix: Alignment) -> list[str]:
    poor = matrix.pairs.filter(pl.col("poor") > 0)
    if poor.is_empty():
        return []
    a, b, n = matrix.pairs.select("a", "b", "poor").row(0)
    names = names_of(matrix.graph, matrix.graph.ids.gather([a, b]))
    one, other = (names[str(matrix.graph.ids[x])] for x in (a, b))
    if matrix.pairs.height == 1:
        return [f"{one} and {other} are poorly aligned in {n} of 7 parts."]
    some = f"{_counted(poor.height, 'pair')} of partners, of {matrix.pairs.height:,}, "
    verb = "is" if poor.height == 1 else "are"
    return [f"{some}{verb} poorly aligned in some part; least of all {one} and {other} ({n} of 7 parts poor)."]


def _counted(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
