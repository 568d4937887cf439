"""Right of the row: rows become findings, get their severity, fold beneath their cause. Frames throughout.

Rows come from a rule in Python or from its twin in Cypher; from here on there is one code for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph.pairs import frame_of, keys_of, lists, put, unlisted
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.walks import components
from graphalign.model import SEVERITIES, Rule
from graphalign.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What a finding's row has beside the rule's own columns: `under_code` and `under_at` name the finding it folds beneath.
EXTRA = ("severity", "case", "rank", "noted", "under_code", "under_at")


def with_ids(rows: pl.DataFrame, rule: Rule, ids: pl.Series) -> pl.DataFrame:
    """Return rows with ids (lists of ids) in place of node indices, in the order of their subjects.

    Indices are put in order many times as fast as the ids, whose order is theirs.
    """
    by_node = all(rows.schema.get(subject) == pl.UInt32 for subject in rule.subjects)
    if by_node and not _in_order(rows, rule.subjects):
        rows = rows.sort(rule.subjects)
    nodes = {*rule.subjects, *rule.also, *(rule.cluster or ())}
    columns = rows.get_columns()
    for at, column in enumerate(columns):
        if column.name in nodes and column.dtype == pl.UInt32:
            columns[at] = ids[column].alias(column.name)
        elif column.name in nodes and column.dtype == pl.List(pl.UInt32):
            columns[at] = _gather_lists(column, ids).alias(column.name)
        if by_node and column.name == rule.subjects[0]:
            columns[at] = columns[at].set_sorted()
    return pl.DataFrame(columns)


def grouped(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with node indices as `to_findings` groups those with ids: one a finding, `rows` of them.

    Numbers are in order and in lists many times as fast as texts, and there may be a million findings. The columns in
    `also` name a node in each row.
    """
    rows = rows.sort(rule.subjects)
    start = starts_of_runs(*(rows[subject] for subject in rule.subjects))
    sizes = np.diff(start, append=rows.height)
    at = pl.Series("at", np.repeat(np.arange(len(start), dtype=np.uint32), sizes)).set_sorted()
    held = [c for c in rows.columns if c not in rule.subjects and c not in rule.also]
    value = {c: pl.col(c).cast(pl.Enum(SEVERITIES)) if c == "severity" else pl.col(c) for c in held}
    first = [v.max() if c == "rank" else v.min() for c, v in value.items()]
    told = rows.select(at, *held).group_by("at", maintain_order=True).agg(first).drop("at")
    many = [lists(rows.select(at, c), c)[c] for c in rule.also if c in rows.columns]
    count = pl.Series("rows", sizes, dtype=pl.Int64)
    return rows.select(rule.subjects)[start].hstack([*told.get_columns(), count, *many])


def _gather_lists(column: pl.Series, ids: pl.Series) -> pl.Series:
    """Return lists of ids, sorted, for lists of indices; a null or empty list is empty."""
    # A smaller index is a smaller id.
    flat = frame_of(np.sort(keys_of(unlisted(column))), "row", "at")
    named = pl.DataFrame([flat["row"], ids[flat["at"]].alias("id")])
    gathered = named.group_by("row", maintain_order=True).agg("id")
    if gathered.height == len(column):
        return gathered["id"]
    rows = pl.Series("row", np.arange(len(column), dtype=np.uint32))
    whole = pl.DataFrame([rows]).join(gathered, on="row", how="left", maintain_order="left")
    return whole["id"].fill_null(pl.Series([[]], dtype=pl.List(pl.String)).first())


def to_findings(rule: Rule, rows: pl.DataFrame, judged: int, settings: Settings) -> pl.DataFrame:
    """Return one row a finding, sorted as reports show them.

    Parameters
    ----------
    rule
        The rule that found the rows.
    rows
        Its rows, nodes as ids.
    judged
        How many candidates it judged.
    settings
        For a severity set by the user, and the custom clause.

    Returns
    -------
    polars.DataFrame
        The columns of the rule, with `severity`, `case`, `rank` and `noted`. Where several rows make one finding,
        the other columns that hold nodes become sorted lists and `rows` counts them.
    """
    n, chosen = rows.height, settings.rule(rule).severity
    ranked, by_severity = "rank" in rows.columns, not chosen and "severity" in rows.columns
    level = rows["severity"] if by_severity else _constant("severity", chosen or rule.severity, n)
    findings = put(
        rows,
        _filled(level, rule.severity).cast(pl.Enum(SEVERITIES)),
        _filled(rows["rank"].cast(pl.Float64), 0.0) if ranked else _constant("rank", 0.0, n),
        rows["case"] if "case" in rows.columns else _constant("case", "", n),
    )
    several = rule.cluster or (rule.grouped and "rows" not in rows.columns)
    in_order = not several and _in_order(findings, rule.subjects)
    customary = _customary(rule, rows, judged, settings, in_order=in_order)
    if several:
        findings = _clustered(rule, findings) if rule.cluster else _grouped(rule, findings)
    high_too = rule.noted_high or not customary
    noted = _constant("noted", customary, findings.height) if high_too else findings["severity"] != "high"
    findings = put(findings, noted.alias("noted"))
    if in_order:
        by = [-findings["rank"].to_numpy()] if ranked else []
        return _sorted_by(findings, [*by, findings["severity"].to_physical().to_numpy()] if by_severity else by)
    keys = [pl.col(s).list.join("\n") if findings.schema[s] == pl.List(pl.String) else pl.col(s) for s in rule.subjects]
    return findings.sort(pl.col("severity"), -pl.col("rank"), *keys)


def _sorted_by(findings: pl.DataFrame, keys: Sequence[NDArray[Any]]) -> pl.DataFrame:
    """Return findings sorted by the last of the keys, then by those before it, and else in their order."""
    order = np.lexsort(keys) if keys else np.arange(0)
    return findings if (order[1:] > order[:-1]).all() else findings[pl.Series(order)]


def _constant(name: str, value: object, height: int) -> pl.Series:
    return pl.Series(name, [value]).new_from_index(0, height)


def _filled(column: pl.Series, value: object) -> pl.Series:
    return column.fill_null(value) if column.null_count() else column


def _in_order(rows: pl.DataFrame, subjects: Sequence[str]) -> bool:
    """Return whether rows come in the order of their subjects, as findings of files do."""
    columns = [rows[subject] for subject in subjects]
    if any(column.dtype == pl.List or column.null_count() for column in columns):
        return False
    if len(columns) == 1 and columns[0].flags["SORTED_ASC"]:
        return True
    below, equal = pl.Series([False]), pl.Series([True])
    for column in columns:
        before, after = column[:-1], column[1:]
        below |= equal & (before < after)
        equal &= before == after
    return bool((below | equal).all())


def _customary(rule: Rule, rows: pl.DataFrame, judged: int, settings: Settings, *, in_order: bool) -> bool:
    """Return whether a rule fired on so many of the judged candidates that it is custom here."""
    least = float(settings.get("custom", "share")) * judged
    if judged < settings.get("custom", "least") or rows.height * (2 if rule.cluster else 1) <= least:
        return False
    if rule.cluster:
        return bool(pl.concat([rows[c] for c in rule.cluster]).n_unique() > least)
    candidates = rule.candidates or rule.subjects
    if in_order and candidates == rule.subjects[: len(candidates)]:
        differ = reduce(or_, (rows[c][1:] != rows[c][:-1] for c in candidates))
        return 1 + int(differ.sum()) > least
    return rows.select(candidates).unique().height > least


def _grouped(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    others = [c for c in rows.columns if c not in rule.subjects and c not in ("severity", "rank")]
    lists = [pl.col(c).unique().sort() for c in others if c in rule.also]
    first = [pl.col(c).min() for c in others if c not in rule.also]
    return rows.group_by(rule.subjects).agg(
        pl.col("severity").min(), pl.col("rank").max(), pl.len().cast(pl.Int64).alias("rows"), *lists, *first
    )


def _clustered(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    a, b = rule.cluster or ("", "")
    members, alike = rule.subjects[-1], rule.subjects[:-1]
    ends = [rows.select(*alike, pl.col(c).alias("id")) for c in (a, b)]
    at = pl.concat(ends).unique().sort(*alike, "id").with_row_index("n")
    numbers = [end.join(at, on=[*alike, "id"], how="left", maintain_order="left")["n"].to_numpy() for end in ends]
    label = components(at.height, *numbers) if at.height else np.zeros(0, dtype=np.int32)
    lists = at.with_columns(pl.Series("component", label)).group_by("component").agg(pl.col("id").sort().alias(members))
    own = rows.with_columns(pl.Series("component", label[numbers[0]] if at.height else [], dtype=pl.Int32))
    others = [c for c in rows.columns if c not in (a, b, members, "severity", "rank")]
    told = [pl.col(c).drop_nulls().unique().sort() if c in rule.also else pl.col(c).min() for c in others]
    facts = own.group_by("component").agg(
        pl.col("severity").min(), pl.col("rank").max(), pl.len().cast(pl.Int64).alias("rows"), *told
    )
    return facts.join(lists, on="component").drop("component")


def fold(findings: Mapping[str, pl.DataFrame], rules: Mapping[str, Rule]) -> dict[str, pl.DataFrame]:
    """Return the findings with `under_code` and `under_at`: the finding that each folds beneath, null for a root.

    A finding folds under one of a superseding rule when the subjects of one contain those of the other, order aside;
    the first by code, then in that rule's order. `under_at` is the row in the frame of `under_code`.
    """
    result: dict[str, pl.DataFrame] = {}
    for code, frame in findings.items():
        candidates = [
            _contained(frame, rules[code], findings[above], rules[above]).with_columns(under_code=pl.lit(above))
            for above in sorted(findings)
            if code in rules[above].supersedes and findings[above].height
        ]
        if candidates and frame.height:
            first = pl.concat(candidates).unique("at", keep="first", maintain_order=True)
            frame = frame.with_row_index("at").join(first, on="at", how="left", maintain_order="left").drop("at")  # noqa: PLW2901
        else:
            none = [pl.Series(c, [None], dtype=t) for c, t in (("under_at", pl.UInt32), ("under_code", pl.String))]
            frame = frame.hstack([column.new_from_index(0, frame.height) for column in none])  # noqa: PLW2901
        result[code] = frame
    return result


def _contained(frame: pl.DataFrame, rule: Rule, above: pl.DataFrame, above_rule: Rule) -> pl.DataFrame:
    """(at, under_at): each finding with the first one above it whose subjects contain its own, or are contained."""
    ours, theirs = len(rule.subjects), len(above_rule.subjects)
    size = min(ours, theirs)
    key = [f"k{i}" for i in range(size)]

    def keyed(part: pl.DataFrame, subjects: tuple[str, ...], name: str) -> pl.DataFrame:
        parts = []
        for chosen in combinations(subjects, size):
            ordered = pl.concat_list(chosen).list.sort()
            keys = [ordered.list.get(i).alias(k) for i, k in enumerate(key)]
            if size <= 2:  # as nearly all are, and this is many times as fast
                keys = [f(chosen).alias(k) for f, k in zip((pl.min_horizontal, pl.max_horizontal), key, strict=False)]
            parts.append(part.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias(name), *keys))
        return pl.concat(parts)

    pairs = keyed(frame, rule.subjects, "at").join(keyed(above, above_rule.subjects, "under_at"), on=key)
    return pairs.group_by("at").agg(pl.col("under_at").min()).sort("at")


def heads(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return what is not a rule's own of its findings, for all rules in one frame.

    Parameters
    ----------
    tables
        The findings of each rule, as `fold` returns them.

    Returns
    -------
    polars.DataFrame
        `rule` (its code), `at` (the row in its table), `severity`, `noted`, `under_code`, `under_at`; table by table.
    """
    held = {code: table for code, table in tables.items() if table.height}
    columns = ("severity", "noted", "under_code", "under_at")
    none = pl.DataFrame(
        schema={"severity": pl.Enum(SEVERITIES), "noted": pl.Boolean, "under_code": pl.String, "under_at": pl.UInt32}
    )
    sizes = [table.height for table in held.values()]
    return pl.concat([none, *(pl.DataFrame([table[c] for c in columns]) for table in held.values())]).with_columns(
        pl.Series("rule", list(held), dtype=pl.String)[np.repeat(np.arange(len(held)), sizes)],
        pl.Series("at", np.concatenate([np.arange(0), *map(np.arange, sizes)]), dtype=pl.UInt32),
    )
