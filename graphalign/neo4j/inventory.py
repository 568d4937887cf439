"""The inventory: what a database has at all, asked once, so that rules are told and need not look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from graphalign.neo4j.twins import Query, header, query_of

COUNTS = ("partners", "proposed")


class Reads(Protocol):
    """What answers Cypher: a connection to a database, or an engine in memory."""

    def read(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        columns: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Return the rows of a query that only reads; `columns` names them where they may be many."""
        ...


@dataclass(frozen=True)
class Inventory:
    """What the whole graph has at all.

    Parameters
    ----------
    answers
        What it has, by the names that twins read as parameters: `has_contact`, `has_raci`, ...
    partners, proposed
        How many partners and proposed goals there are.
    """

    answers: Mapping[str, bool]
    partners: int
    proposed: int


@cache
def query() -> Query:
    """Return the statement that takes the inventory.

    >>> "has_contact" in query().columns
    True
    """
    text = (files("graphalign.queries") / "inventory.cypher").read_text("utf-8")
    file = "inventory.cypher"
    head = header(text, file, ("columns", "params", "kglite"), ("columns", "params"))
    return query_of(head, file, text)


def take(connection: Reads, as_of: date) -> Inventory:
    """Ask a database what it has.

    Parameters
    ----------
    connection
        The database.
    as_of
        The day: contact after it is none yet.
    """
    row = connection.read(query().text, {"as_of": as_of.isoformat()})[0]
    answers = {name: bool(value) for name, value in row.items() if name not in COUNTS}
    return Inventory(answers, *(int(row[name]) for name in COUNTS))
