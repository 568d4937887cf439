"""diff: two states of an alliance, what came and went between them, and which change brought it about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.baseline import Snapshot, snapshot
from graphalign.graph.alignment_graph import PROVENANCE, AlignmentGraph
from graphalign.model import Known, Tie
from graphalign.report import Report
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    from graphalign.settings import Settings

CONTACT = "COMMUNICATES_WITH"
# Rules that count contact although none of them needs it to judge.
COUNT_CONTACT = ("ENG301", "ENG305")
READ = sorted({name for properties in LABELS.values() for name in properties})
_VERBS = "|".join(sorted({kind.verb for kind in TYPES.values()}, key=len, reverse=True))
_TIE = rf"^(.*?) (?:{_VERBS}) (.*?)(?: \(.*\))?$"
SCHEMA: Mapping[str, Any] = {
    "what": pl.String,
    "how": pl.String,
    "kind": pl.String,
    "id": pl.String,
    "target": pl.String,
    "date": pl.String,
    "name": pl.String,
    "target_name": pl.String,
    "property": pl.String,
    "old": pl.String,
    "new": pl.String,
}


@dataclass(frozen=True, eq=False, repr=False)
class Diff:
    """What came and went between two states of an alliance.

    Parameters
    ----------
    old, new
        The two reports, as far as they can be compared.
    changes
        What changed in the graph, one row each; None where a report without its graph was given. `what` is node or
        relationship, `how` added, removed or changed, `kind` the label or type, `id` the node or the source, `target`
        and `date` those of a relationship, `name` and `target_name` what people call them, then for what changed
        `property`, `old` and `new` (null: not said).
    """

    old: Snapshot
    new: Snapshot
    changes: pl.DataFrame | None = None

    def __repr__(self) -> str:
        return f"<Diff: {len(self.opened)} findings new, {len(self.fixed)} fixed, {len(self.open)} still open>"

    @cached_property
    def opened(self) -> tuple[Known, ...]:
        """The findings that are new, those that fold beneath another new one left out."""
        return _roots(k for i, k in self.new.findings.items() if i not in self.old.findings)

    @cached_property
    def fixed(self) -> tuple[Known, ...]:
        """The findings that are gone although their rule judged, likewise."""
        return _roots(k for k in self._gone if self.new.judged(k.rule))

    @cached_property
    def unjudged(self) -> tuple[Known, ...]:
        """The findings of which nobody can tell whether they are fixed: their rule did not judge this time."""
        return _roots(k for k in self._gone if not self.new.judged(k.rule))

    @cached_property
    def waived(self) -> tuple[Known, ...]:
        """The findings that a waiver sets aside now and did not before."""
        return _roots(k for i, k in self.old.findings.items() if i in self.new.waived)

    @cached_property
    def open(self) -> tuple[tuple[Known, Known], ...]:
        """The findings that are in both, as they were and as they are; those that fold beneath another left out."""
        both = [(self.old.findings[i], k) for i, k in self.new.findings.items() if i in self.old.findings]
        return tuple((before, now) for before, now in both if not now.beneath)

    @cached_property
    def moved(self) -> tuple[tuple[Known, Known], ...]:
        """The findings that are still open with another severity, as they were and as they are."""
        return tuple((before, now) for before, now in self.open if before.severity != now.severity)

    @cached_property
    def _gone(self) -> list[Known]:
        return [k for i, k in self.old.findings.items() if i not in self.new.findings and i not in self.new.waived]

    @cached_property
    def causes(self) -> pl.DataFrame:
        """Which change may have brought about which finding (`id`) that is new, fixed or moved: `change` is its row.

        A change is told with a finding when what changed is among the finding's subjects or its evidence.
        """
        empty = pl.DataFrame(schema={"change": pl.UInt32, "id": pl.String})
        if self.changes is None or self.changes.is_empty():
            return empty
        found = (*self.opened, *self.fixed, *(now for _, now in self.moved))
        changes = self.changes.with_row_index("change").filter(
            (pl.col("how") != "changed")
            | (pl.col("what") == "relationship")
            | pl.col("property").is_in([*READ, "label"])
        )
        subjects = pl.DataFrame(
            [(k.id, k.rule, i) for k in found for i in k.subjects],
            schema={"id": pl.String, "rule": pl.String, "node": pl.String},
            orient="row",
        )
        said = pl.DataFrame(
            [(k.id, k.rule, e.text) for k in found for e in k.evidence],
            schema={"id": pl.String, "rule": pl.String, "text": pl.String},
            orient="row",
        )
        ties = said.select("id", "rule", a=pl.col("text").str.extract(_TIE, 1), b=pl.col("text").str.extract(_TIE, 2))
        edges, nodes = changes.filter(what="relationship"), changes.filter(what="node")
        ends = [edges.select("change", "kind", node="id"), edges.select("change", "kind", node="target")]
        hits = [end.join(subjects, on="node").select("change", "kind", "id", "rule") for end in ends]
        hits.append(
            edges.join(ties, left_on=["name", "target_name"], right_on=["a", "b"]).select(
                "change", "kind", id="id_right", rule="rule"
            )
        )
        hits.append(
            nodes.select("change", "kind", node="id").join(subjects, on="node").select("change", "kind", "id", "rule")
        )
        named = pl.concat([ties.select("id", "rule", name=end) for end in ("a", "b")]).drop_nulls().unique()
        hits.append(
            nodes.select("change", "kind", "name").join(named, on="name").select("change", "kind", "id", "rule")
        )
        pairs = pl.concat(hits)
        # Contact would else be told with everything.
        pairs = pairs.filter((pl.col("kind") != CONTACT) | pl.col("rule").is_in(_on_contact()))
        return pl.concat([empty, pairs.select("change", "id").unique()]).sort("change", "id")


def diff(
    old: AlignmentGraph | Report | Snapshot,
    new: AlignmentGraph | Report | Snapshot,
    *,
    as_of: date | str | None = None,
    as_of_old: date | str | None = None,
    settings: Settings | None = None,
) -> Diff:
    """Return what came and went between two states of an alliance.

    Parameters
    ----------
    old, new
        Each a graph, which is checked; a report; or a report read with `graphalign.baseline.read_report`.
    as_of
        The day to judge a graph on; default today.
    as_of_old
        The day to judge the old graph on; default `as_of`.
    settings
        What both graphs are judged under.

    Returns
    -------
    Diff
        Findings new, fixed and still open; where both have their graph, what changed in it.

    Raises
    ------
    graphalign.errors.UsageError
        If a day is none.

    Examples
    --------
    >>> import graphalign as ga
    >>> before = ga.example()
    >>> after = before.copy()
    >>> after.nodes["g2"]["priority"] = "low"
    >>> found = ga.diff(ga.from_networkx(before), ga.from_networkx(after), as_of="2026-06-30")
    >>> found.changes.select("how", "kind", "id", "property", "old", "new").rows()
    [('changed', 'Goal', 'g2', 'priority', 'high', 'low')]
    """
    from graphalign.check import check

    before = as_of_old if as_of_old is not None else as_of
    if isinstance(old, AlignmentGraph):
        old = check(old, as_of=before, settings=settings)
    if isinstance(new, AlignmentGraph):
        new = check(new, as_of=as_of, settings=settings)
    changed = changes(old.graph, new.graph) if isinstance(old, Report) and isinstance(new, Report) else None
    held = [snapshot(side) if isinstance(side, Report) else side for side in (old, new)]
    return Diff(held[0], held[1], changed)


def _on_contact() -> list[str]:
    """Return the codes of the rules that contact has a say in."""
    from graphalign.rules import catalogue

    ties = {r.code for r in catalogue().values() for e in r.evidence if isinstance(e, Tie) and CONTACT in e.types}
    covered = {r.code for r in catalogue().values() if r.covered_on is not None}
    return sorted({*COUNT_CONTACT, *ties, *covered})


def _roots(found: Iterable[Known]) -> tuple[Known, ...]:
    """Return findings without those that fold beneath another of them."""
    held = list(found)
    ids = {k.id for k in held}
    return tuple(k for k in held if k.beneath not in ids)


# --- what changed in the graph ----------------------------------------------------------------------------------------


def changes(old: AlignmentGraph, new: AlignmentGraph) -> pl.DataFrame:
    """Return what changed from one graph to another, one row each; see `Diff.changes`.

    Nodes are the same by id, relationships by type, ends and, where they have one, date.
    """
    parts = [
        _compared("node", _nodes(old), _nodes(new), ("id",)),
        _compared("relationship", _edges(old), _edges(new), ("kind", "id", "target", "date", "nth")),
    ]
    order = ["what", "kind", "how", "id", "target", "date", "property", "old", "new"]
    return pl.concat(parts).sort(order, nulls_last=True)


def _nodes(graph: AlignmentGraph) -> pl.DataFrame:
    frame = graph.nodes.drop(PROVENANCE, strict=False).with_columns(pl.col("label").cast(pl.String))
    shown = graph.names.alias("_name")
    return _as_text(frame, ("id",)).with_columns(
        shown,
        pl.col("label").alias("kind"),
        *[pl.lit(None, dtype=pl.String).alias(f"_{c}") for c in ("target", "date")],
    )


def _edges(graph: AlignmentGraph) -> pl.DataFrame:
    frame = graph.edges.drop(PROVENANCE, strict=False)
    a, b = frame["source"], frame["target"]
    rest = _as_text(frame.drop("source", "target", "type"), ())
    day = rest["date"] if "date" in rest.columns else pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    key = frame.select(
        pl.col("type").cast(pl.String).alias("kind"),
        graph.ids.gather(a).alias("id"),
        graph.ids.gather(b).alias("target"),
        day.alias("date"),
    )
    # Of several that agree in all this, the first is compared with the first.
    key = key.with_columns(pl.int_range(pl.len()).over("kind", "id", "target", "date").alias("nth"))
    names = [graph.names.gather(a).alias("_name"), graph.names.gather(b).alias("_target")]
    return pl.concat([key, rest.drop("date", strict=False)], how="horizontal").with_columns(*names, day.alias("_date"))


def _as_text(frame: pl.DataFrame, kept: Sequence[str]) -> pl.DataFrame:
    """Return values as a sentence shows them, so that two graphs compare whatever types their columns have."""
    shown = []
    for name in frame.columns:
        if name in kept:
            continue
        text = pl.col(name).cast(pl.String)
        if frame.schema[name] == pl.Boolean:
            text = pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no"))
        elif frame.schema[name].is_float():
            text = text.str.strip_suffix(".0")
        shown.append(text.alias(name))
    return frame.with_columns(shown)


def _compared(what: str, old: pl.DataFrame, new: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    parts = [
        _whole(what, "removed", old.join(new, on=key, how="anti", nulls_equal=True)),
        _whole(what, "added", new.join(old, on=key, how="anti", nulls_equal=True)),
    ]
    both = old.join(new, on=key, how="inner", nulls_equal=True, suffix="__new")
    apart = {*key, "kind", "_name", "_target", "_date"}
    for name in sorted({*old.columns, *new.columns} - apart):
        before = pl.col(name) if name in old.columns else pl.lit(None, dtype=pl.String)
        after = name if name not in old.columns else f"{name}__new"
        now = pl.col(after) if name in new.columns else pl.lit(None, dtype=pl.String)
        rows = both.filter(before.ne_missing(now))
        if rows.height:
            shown = rows.with_columns(pl.col("_name__new").alias("_name"), pl.col("_target__new").alias("_target"))
            told = [pl.lit(name).alias("property"), before.alias("old"), now.alias("new")]
            parts.append(_whole(what, "changed", shown, told))
    return pl.concat(parts)


def _whole(what: str, how: str, rows: pl.DataFrame, told: Sequence[pl.Expr] = ()) -> pl.DataFrame:
    target = "target" if what == "relationship" else "_target"
    nothing = [pl.lit(None, dtype=pl.String).alias(c) for c in ("property", "old", "new")]
    return rows.select(
        pl.lit(what).alias("what"),
        pl.lit(how).alias("how"),
        pl.col("kind").cast(pl.String),
        pl.col("id"),
        pl.col(target).alias("target"),
        pl.col("_date").alias("date"),
        pl.col("_name").alias("name"),
        pl.col("_target").alias("target_name"),
        *(told or nothing),
    ).cast(pl.Schema(SCHEMA))
