"""What a reader gives: tables as their makers wrote them, then the statements they make.

    file --reader--> Tables --shapes--> Statements --build--> AlignmentGraph

Both stages keep text as text (a typed source such as Parquet may keep its types); words, numbers and dates are
understood once, in `graphalign.graph.build`. Every frame carries its provenance in four columns: `_file`,
`_sheet`, `_row` (as a spreadsheet numbers it, headings included) and `_key` (the path in YAML and JSON).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from graphalign.model import Note, Refusal, Source

if TYPE_CHECKING:
    from concurrent.futures import Future

PROVENANCE: dict[str, pl.DataType] = {
    "_file": pl.String(),
    "_sheet": pl.String(),
    "_row": pl.UInt32(),
    "_key": pl.String(),
}


@dataclass(frozen=True)
class Table:
    """One table: a CSV file, a sheet, or the like-shaped records of a document.

    `name` is what its maker called it (the file's stem, the sheet's title, the document's key); `frame` has one
    String column a heading (a Categorical where it says what a row is, such as a type), as written, an empty cell being
    null, and `_row` or `_key`. `file` and `sheet` are its place. `clean`: surely no cell holds a control
    character, or white space at an end.
    """

    name: str
    frame: pl.DataFrame
    file: str
    sheet: str | None = None
    clean: bool = False


class Tables(NamedTuple):
    """All tables of one input, with what could not be read as a row of any and what the reader did on the way.

    `inputs` are its files, which may still be being hashed.
    """

    tables: tuple[Table, ...]
    inputs: tuple[Future[Source], ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Statements:
    """Nodes and relationships as said: references not yet looked up, words not yet understood.

    `nodes` has the columns `id`, `label`, `name`, then one a property, then provenance; `edges` has `source`,
    `target` (ids or names), `type`, then one a property, then provenance. `label` and `type` are those of
    `graphalign.vocabulary` where the word was known, otherwise as written. `implied` names the labels no table
    declares, whose nodes are made from the names that relationships use. `clean`: see `Table`, of all ids and names.
    """

    nodes: pl.DataFrame
    edges: pl.DataFrame
    inputs: tuple[Source, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    meanings: tuple[tuple[str, str, str], ...] = ()
    implied: frozenset[str] = field(default_factory=frozenset)
    clean: bool = False
