"""Who is meant: references by id, else by a name that is unambiguous among the labels allowed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.nodes import cleaned
from graphalign.vocabulary import RACI, TYPES

if TYPE_CHECKING:
    from graphalign.graph.interning import Interner

PLACEHOLDERS = (
    *("tbd", "tba", "tbc", "to be decided", "?", "??", "???", "n/a", "none", "nobody"),
    *("vacant", "help wanted", "open", "*owner*", "unassigned", "-", "--", "–", "—"),
)
PLACEHOLDER = f"(?i)^(?:{'|'.join(map(re.escape, PLACEHOLDERS))})$"
# How many unknown references are compared with all names; the rest are refused without a nearest candidate.
LOOKUPS = 200
# Between these labels a word means another type than its own (`part_of` between goals is a contribution).
BETWEEN: dict[tuple[str, str, str], str] = {
    ("PART_OF", "Goal", "Goal"): "CONTRIBUTES_TO",
    ("PART_OF", "Stakeholder", "Partner"): "MEMBER_OF",
    ("PART_OF", "Stakeholder", "Stakeholder"): "MEMBER_OF",
    ("PART_OF", "Responsibility", "Goal"): "SERVES",
    ("CONTRIBUTES_TO", "Responsibility", "Goal"): "SERVES",
}


def allowed(type_: str, end: int) -> tuple[str, ...]:
    """Return the labels a type allows at an end (0 its source, 1 its target), those it means between others included.

    >>> allowed("PART_OF", 0)
    ('Partner', 'Goal', 'Stakeholder', 'Responsibility')
    """
    if type_ not in TYPES:
        return ()
    kind = TYPES[type_]
    more = [key[1 + end] for key in BETWEEN if key[0] == type_]
    return tuple(dict.fromkeys([*(kind.source, kind.target)[end], *more]))


def normal(text: pl.Expr) -> pl.Expr:
    """Return names as they are compared second: lower case, runs of blanks as one."""
    return text.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def is_placeholder(text: pl.Expr) -> pl.Expr:
    """Return whether a text stands for nobody yet (TBD, ?, n/a, *owner*)."""
    return normal(text).is_in(PLACEHOLDERS)


def meant(
    ends: pl.DataFrame, nodes: pl.DataFrame, interner: Interner, implied: frozenset[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find out whom references mean that are no id, or the id of something that cannot stand there.

    Parameters
    ----------
    ends
        Distinct references: `type`, `end` (0 source, 1 target), `text` as written, `at` (the node of that id, or
        null).
    nodes
        `id`, `label`, `name`, by index.
    interner
        Of the nodes' ids.
    implied
        The labels no table declares: a name used for one of these makes a node.

    Returns
    -------
    tuple of polars.DataFrame
        `ends` with `node` (null where nobody is meant) and `why` it is refused; and the nodes to make, `text`, `label`,
        whose references in the first frame have `makes` (a text of the second).
    """
    ends = ends.with_columns(cleaned(pl.col("text")).alias("clean"))
    again = interner.look(ends["clean"])
    exact = pl.Series("node", again, dtype=pl.UInt32)
    ends = ends.with_columns(
        pl.when(pl.col("at").is_null() & (exact < interner.n)).then(exact).otherwise("at").alias("at")
    )
    names = nodes.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("node"),
        pl.col("label").cast(pl.String),
        pl.col("name"),
        normal(pl.col("name")).alias("plain"),
    ).filter(pl.col("name").is_not_null())
    wanted = ends.select(normal(pl.col("clean")).alias("plain")).unique()
    names = names.join(wanted, on="plain", how="semi")
    held = nodes["label"].cast(pl.String)
    parts = []
    for (type_, end), part in ends.group_by("type", "end", maintain_order=True):
        labels = allowed(str(type_), int(str(end)))
        among = names.filter(pl.col("label").is_in(labels)) if labels else names
        parts.append(_named(part, among, held, labels))
    found = pl.concat(parts).with_columns(is_placeholder(pl.col("clean")).fill_null(value=False).alias("placeholder"))
    found, made = _implied(found, implied)
    return _explained(found, nodes), made


def _named(part: pl.DataFrame, among: pl.DataFrame, held: pl.Series, labels: Sequence[str]) -> pl.DataFrame:
    """Give each reference the node of that id if its label fits, else the only one of that name, else the id's."""
    exact = among.group_by("name").agg(
        pl.col("node").n_unique().alias("n"),
        pl.col("node").min().alias("by_name"),
        pl.col("node").unique().sort().head(4).alias("some"),
    )
    loose = among.group_by("plain").agg(
        pl.col("node").n_unique().alias("n2"),
        pl.col("node").min().alias("by_plain"),
        pl.col("node").unique().sort().head(4).alias("some2"),
    )
    part = (
        part.with_columns(
            normal(pl.col("clean")).alias("plain"),
            pl.Series("label", held.gather(part["at"].fill_null(0)))
            if len(held)
            else pl.lit(None, dtype=pl.String).alias("label"),
        )
        .join(exact, left_on="clean", right_on="name", how="left", maintain_order="left")
        .join(loose, on="plain", how="left", maintain_order="left")
    )
    fits = pl.col("at").is_not_null() & (pl.col("label").is_in(list(labels)) if labels else pl.lit(value=True))
    one = pl.when(pl.col("n") == 1).then("by_name").when(pl.col("n").is_null() & (pl.col("n2") == 1)).then("by_plain")
    several = pl.when(pl.col("n") > 1).then("some").when(pl.col("n").is_null() & (pl.col("n2") > 1)).then("some2")
    return part.select(
        "type", "end", "text", "clean", "plain",
        pl.when(fits).then("at").otherwise(pl.coalesce(one, "at")).alias("node"),
        pl.when(~fits & pl.col("at").is_null() & one.is_null()).then(several).alias("some"),
    )  # fmt: skip


def _implied(found: pl.DataFrame, implied: frozenset[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make nodes of the names used for labels that no table declares; what only one label can be settles the rest."""
    nothing = pl.DataFrame(schema={"text": pl.String, "label": pl.String})
    if not implied:
        return found.with_columns(pl.lit(None, dtype=pl.String).alias("makes")), nothing
    order = ("Partner", "Goal", "Responsibility", "Kpi", "Stakeholder")
    choices = {}
    for type_ in TYPES:
        for end in (0, 1):
            could = [label for label in order if label in allowed(type_, end) and label in implied]
            if type_ in (*RACI, "REPORTS_TO") and "Stakeholder" in could:
                could = ["Stakeholder", *[c for c in could if c != "Stakeholder"]]
            own = [label for label in could if label in (TYPES[type_].source, TYPES[type_].target)[end]] or could
            if own:
                choices[type_, end] = (own[0], len(own) == 1)
    table = pl.DataFrame(
        [(t, e, label, sure) for (t, e), (label, sure) in choices.items()],
        schema={"type": pl.String, "end": pl.Int8, "implied": pl.String, "sure": pl.Boolean},
        orient="row",
    )
    joined = found.join(table, on=["type", "end"], how="left", maintain_order="left")
    makes = (
        pl.col("node").is_null()
        & pl.col("some").is_null()
        & ~pl.col("placeholder")
        & pl.col("clean").is_not_null()
        & pl.col("implied").is_not_null()
    )
    new = joined.filter(makes)
    made = (
        new.sort("plain", pl.col("sure"), "implied", "clean", descending=[False, True, False, False])
        .group_by("plain", maintain_order=True)
        .agg(pl.col("clean").min().alias("text"), pl.col("implied").first().alias("label"))
    )
    joined = joined.join(
        made.select("plain", pl.col("text").alias("makes")), on="plain", how="left", maintain_order="left"
    )
    joined = joined.with_columns(pl.when(makes).then("makes").alias("makes"))
    return joined.select(*found.columns, "makes"), made.select("text", "label")


def _explained(found: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    """Say why a reference is refused, with the nearest candidates."""
    lost = found.filter(pl.col("node").is_null() & pl.col("makes").is_null())
    if lost.is_empty():
        return found.with_columns(pl.lit(None, dtype=pl.String).alias("why"))
    ids = nodes["id"]
    rows = lost.unique(["type", "end", "text"]).sort("type", "end", "text", nulls_last=True)
    looked: dict[tuple[str, tuple[str, ...]], str] = {}
    reasons = []
    for type_, end, text, some, placeholder in rows.select("type", "end", "clean", "some", "placeholder").iter_rows():
        labels = allowed(type_, end)
        what = " or ".join(labels).lower() or "node"
        if text is None:
            reasons.append(f"its {('source', 'target')[end]} is empty; fill it in")
        elif placeholder:
            reasons.append(
                "a placeholder is nobody; name who it is"
                if type_ in RACI
                else "a placeholder names nothing; leave the cell empty or fill it in"
            )
        elif some:
            reasons.append(f"{_short(text)} could be any of {', '.join(ids[i] for i in some)}; refer to it by its id")
        else:
            key = (text, labels)
            if key not in looked and len(looked) < LOOKUPS:
                looked[key] = _nearest(text, labels, nodes)
            reasons.append(f"there is no {what} {_short(text)}{looked.get(key, '; add it, or mend the name')}")
    why = rows.select("type", "end", "text", pl.Series("why", reasons, dtype=pl.String))
    return found.join(why, on=["type", "end", "text"], how="left", maintain_order="left", nulls_equal=True)


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:77] + "...")


def _nearest(text: str, labels: Sequence[str], nodes: pl.DataFrame) -> str:
    from rapidfuzz import fuzz, process, utils

    # A bounded number of candidates: 200 look-ups among 20,000 take about a second.
    among = nodes.filter(pl.col("label").cast(pl.String).is_in(list(labels))) if labels else nodes
    among = among.select("id", pl.coalesce("name", "id").alias("name")).head(20_000)
    words = [*among["name"].to_list(), *among["id"].to_list()]
    near = process.extract(
        text[:200], words, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=70
    )
    found = list(dict.fromkeys(words[i] for _, _, i in near))
    return f"; did you mean {' or '.join(_short(w) for w in found[:2])}?" if found else "; add it, or mend the name"
