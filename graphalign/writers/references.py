"""How files for people refer to a node: by its name where that is safe, else by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.references import is_placeholder, normal
from graphalign.readers.headings import bare, property_of, slug
from graphalign.readers.synonyms import ID, LINKS, NAME
from graphalign.vocabulary import LABELS

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

LONGEST_NAME = 200
# Several in a cell are parted by these.
SEPARATORS = r"[,;\n\r|/]"
# A name of such letters in every cell would make a RACI table look like a matrix of letters.
LETTERS = r"(?i)^[racis]([ +-]?[racis])*$"


def handles(graph: AlignmentGraph) -> pl.Series:
    """Return by what each node is referred to: its name if nothing else has it for name or id, else its id."""
    frame = graph.nodes.select("id", "name", plain=normal(pl.col("name")), plain_id=normal(pl.col("id")))
    alone = pl.col("plain").is_unique()
    no_id = ~pl.col("plain").is_in(frame["plain_id"].implode()) | (pl.col("plain") == pl.col("plain_id"))
    fit = (pl.col("name").str.len_chars() <= LONGEST_NAME) & ~pl.col("name").str.contains(SEPARATORS)
    safe = alone & no_id & fit & ~pl.col("name").str.contains(LETTERS) & ~is_placeholder(pl.col("name"))
    return frame.select(pl.when(safe.fill_null(value=False)).then("name").otherwise("id").alias("handle"))["handle"]


def can_be_listed(references: pl.Series) -> pl.Series:
    """Return which references can stand with others in one cell."""
    held = pl.col(references.name)
    unsafe = held.str.contains(SEPARATORS) | held.str.contains(LETTERS) | is_placeholder(held)
    return references.to_frame().select(~unsafe).to_series()


def reads_back(extra: str, label: str) -> bool:
    """Return whether a property outside the vocabulary, as a heading of this label's table, would be read as itself.

    >>> reads_back("budget", "Goal"), reads_back("owner", "Goal")
    (True, False)
    """
    links = {bare(word) for link in LINKS.get(label, ()) for word in link.words}
    own = (f"{label} id", f"{label} code")
    taken = {*map(bare, (*ID, *own)), *map(bare, NAME.get(label, ())), *links}
    return label in LABELS and bare(extra) not in taken and property_of(extra, label) is None and slug(extra) == extra
