"""The graph of a database as a report reads it: looked up by the nodes it is asked about, pulled only when all is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph import AlignmentGraph
from graphalign.model import ImportReport, Source

if TYPE_CHECKING:
    from graphalign.neo4j.connection import Connection


class StoredGraph(AlignmentGraph):
    """An AlignmentGraph whose nodes and relationships stay in a database until somebody reads them all."""

    def __init__(self, connection: Connection, inputs: Sequence[Source] = ()) -> None:
        self.__dict__["_connection"] = connection
        self.__dict__["data"] = ImportReport(tuple(inputs))

    def __repr__(self) -> str:
        return f"<StoredGraph: {self.__dict__['_connection'].where}>"

    @cached_property
    def _whole(self) -> AlignmentGraph:
        raise NotImplementedError

    @property
    def nodes(self) -> pl.DataFrame:
        """All nodes; see `AlignmentGraph`."""
        return self._whole.nodes

    @property
    def edges(self) -> pl.DataFrame:
        """All relationships; see `AlignmentGraph`."""
        return self._whole.edges
