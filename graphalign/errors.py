"""What can go wrong, as one tree of exceptions.

GraphalignError
├── InputError       an input cannot be read at all (missing, wrong format, hostile)
├── SettingsError    graphalign.toml or an option has an unknown key or a value out of range
├── OutputError      a result cannot be written where it was asked for
├── StoreError       a Neo4j database cannot be reached, or refuses or lacks what is asked of it
└── UsageError       a question that makes no sense (an unknown rule, a date that is none)

Each message is one sentence or two: what is wrong, where, what to do. A single bad row is never an
exception; it is a refusal (`graphalign.model.Refusal`) and the rest is read.
"""

from __future__ import annotations


class GraphalignError(Exception):
    """The root of all errors that graphalign raises on purpose.

    Parameters
    ----------
    what
        What is wrong, as a sentence without a full stop.
    where
        The file, sheet, row or key it was met at; empty when there is none.
    way_out
        What the reader can do about it.
    """

    def __init__(self, what: str, *, where: str = "", way_out: str = "") -> None:
        self.what = what
        self.where = where
        self.way_out = way_out
        place = f"{where}: " if where else ""
        advice = f"; {way_out}" if way_out else ""
        super().__init__(f"{place}{what}{advice}")


class InputError(GraphalignError):
    """An input cannot be read at all."""


class SettingsError(GraphalignError):
    """A setting is unknown or out of range."""


class OutputError(GraphalignError):
    """A result cannot be written."""


class StoreError(GraphalignError):
    """A Neo4j database cannot be reached, or refuses or lacks what is asked of it."""


class UsageError(GraphalignError):
    """A question that cannot be answered as it was put."""
