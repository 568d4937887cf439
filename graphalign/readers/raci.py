"""RACI in both shapes people use: names in four columns, and a matrix with one column a party."""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from graphalign.readers.cells import Known, names_in
from graphalign.readers.headings import find
from graphalign.readers.synonyms import RACI_HEADINGS

LETTERS = {"A": "ACCOUNTABLE_FOR", "R": "RESPONSIBLE_FOR", "C": "CONSULTED_ON", "I": "INFORMED_OF"}
_WORDS = {
    **dict.fromkeys(("ACCOUNTABLE", "OWNER"), "A"),
    **dict.fromkeys(("RESPONSIBLE", "LEAD"), "R"),
    **dict.fromkeys(("CONSULTED", "CONSULT"), "C"),
    **dict.fromkeys(("INFORMED", "INFORM"), "I"),
}
NOTHING = ("", "-", "--", "–", "—", ".", "n/a", "none", "0")


class Roles(NamedTuple):
    """The role statements of a table, by the row they stand in (`_i`), and the cells that are none."""

    edges: pl.DataFrame
    refused: pl.DataFrame


def letters(cell: str) -> tuple[str, ...] | None:
    """Return the types that a matrix cell says, none for a blank, None if it is no RACI cell.

    >>> letters("A/R"), letters("-"), letters("accountable"), letters("maybe")
    (('ACCOUNTABLE_FOR', 'RESPONSIBLE_FOR'), (), ('ACCOUNTABLE_FOR',), None)
    """
    text = cell.strip()
    if text.lower() in NOTHING:
        return ()
    parts = [p for p in re.split(r"[\s/,;+&|\\()*]+", text.upper()) if p and p != "AND"]
    found = [_WORDS.get(p, p) for p in parts]
    if not found or any(not re.fullmatch("[ARCI]{1,4}", p) or len(set(p)) < len(p) for p in found):
        return None
    return tuple(LETTERS[x] for x in dict.fromkeys("".join(found)))


def role_columns(headings: list[str]) -> dict[str, str]:
    """Return the headings of a table that are RACI roles, each with its type."""
    found = {type_: find(headings, words) for type_, words in RACI_HEADINGS.items()}
    return {heading: type_ for type_, heading in found.items() if heading}


def matrix_columns(frame: pl.DataFrame, among: list[str]) -> list[str]:
    """Return the columns whose cells are RACI letters, half of them at least."""
    return [c for c in among if _share(frame[c]) >= 0.5]


def _share(column: pl.Series) -> float:
    if column.dtype not in (pl.String, pl.Categorical):
        return 0.0
    counts = column.drop_nulls().value_counts()
    good = total = 0
    for cell, n in counts.head(200).select(pl.nth(0).cast(pl.String), pl.nth(1)).iter_rows():
        roles = letters(cell)
        total += n if roles is None or roles else 0
        good += n if roles else 0
    return good / total if total else 0.0


def from_columns(frame: pl.DataFrame, item: str, roles: dict[str, str], known: Known) -> Roles:
    """Read names in Responsible, Accountable, Consulted, Informed columns; each name is one statement."""
    parts = []
    for heading, type_ in roles.items():
        cells = names_in(
            frame.select("_i", pl.col(item).alias("target"), pl.col(heading).alias("source")), "source", known
        )
        parts.append(cells.select("_i", "source", "target", pl.lit(type_).alias("type")))
    return Roles(pl.concat(parts), _none_refused())


def from_matrix(frame: pl.DataFrame, item: str, parties: list[str]) -> Roles:
    """Read a matrix: a party a column, letters in the cells."""
    long = frame.select("_i", pl.col(item).alias("target"), *parties).unpivot(
        parties, index=["_i", "target"], variable_name="source", value_name="cell"
    )
    long = long.filter(pl.col("cell").is_not_null())
    cells = long["cell"].unique().to_list()
    said = {cell: letters(cell) for cell in cells}
    table = pl.DataFrame(
        [(cell, list(types)) for cell, types in said.items() if types],
        schema={"cell": pl.String, "type": pl.List(pl.String)},
        orient="row",
    )
    edges = long.join(table, on="cell", maintain_order="left").explode("type").select("_i", "source", "target", "type")
    bad = [cell for cell, types in said.items() if types is None]
    refused = long.filter(pl.col("cell").is_in(bad)).select(
        "_i", pl.concat_str("source", "cell", pl.col("target").fill_null("?"), separator=" ").alias("text")
    )
    return Roles(edges, refused)


def _none_refused() -> pl.DataFrame:
    return pl.DataFrame(schema={"_i": pl.UInt32, "text": pl.String})
