"""One driver to one database: reads routed to readers, writes in managed transactions, no password anywhere."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from graphalign.errors import StoreError, UsageError
from graphalign.neo4j.errors import told
from graphalign.neo4j.statements import statement

if TYPE_CHECKING:
    from types import TracebackType

    from neo4j import Driver, ManagedTransaction, Session

Parameters = Mapping[str, Any]
Row = dict[str, Any]
T = TypeVar("T")
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
PATIENCE = 15.0  # seconds to wait for a server to take up a connection
OLDEST = (5, 26)
ROWS_A_RECORD = 1000


@dataclass(frozen=True)
class Connection:
    """An open connection to a database; a context manager that closes it.

    Made with `connect`. One `neo4j.Driver` serves all threads.

    Parameters
    ----------
    driver
        The driver.
    where
        The address for messages: the URI, and the database where one is named.
    database
        The database; None is the user's home database.
    version
        The server's version, such as `5.26.28`.
    """

    driver: Driver = field(repr=False)
    where: str
    database: str | None
    version: str

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the driver."""
        self.close()

    def close(self) -> None:
        """Close the driver and its connections."""
        self.driver.close()

    @contextlib.contextmanager
    def session(self, access: Literal["READ", "WRITE"] = "READ") -> Iterator[Session]:
        """Give a session that sees what earlier sessions of this connection wrote, on any member of a cluster.

        Raises
        ------
        graphalign.errors.StoreError
            Instead of any error of the driver in the block.
        """
        with (
            told(self.where),
            self.driver.session(
                database=self.database,
                default_access_mode=access,
                bookmark_manager=self.driver.execute_query_bookmark_manager,
            ) as session,
        ):
            yield session

    def read(
        self,
        query: str,
        parameters: Parameters | None = None,
        *,
        seconds: float | None = None,
        columns: Sequence[str] = (),
    ) -> list[Row]:
        """Return the rows of a query that only reads, from any member that can answer it.

        Parameters
        ----------
        query
            Cypher; one that writes is refused by the server.
        parameters
            Its parameters.
        seconds
            How long it may take; None is the server's limit.
        columns
            What it returns, where that may be many rows: they come by the thousand, which costs a fraction.

        Raises
        ------
        graphalign.errors.StoreError
            If the server cannot be reached or does not answer.
        """
        with self.session() as session:
            if not columns:
                return session.execute_read(timed(_rows, seconds), query, parameters)
            packed = session.execute_read(timed(_rows, seconds), _by_the_thousand(query, columns), parameters)
            return [dict(zip(columns, row, strict=True)) for record in packed for row in record["rows"]]

    def write(self, query: str, parameters: Parameters | None = None) -> list[Row]:
        """Return the rows of a query that may write, in a transaction that is tried again on transient errors.

        Raises
        ------
        graphalign.errors.StoreError
            If the server cannot be reached, or refuses it.
        """
        with self.session("WRITE") as session:
            return session.execute_write(_rows, query, parameters)


def timed(work: Callable[..., T], seconds: float | None) -> Callable[..., T]:
    """Return a unit of work whose transaction the server ends after so many seconds."""
    from neo4j import unit_of_work

    # The driver takes None as the server's own limit; 0 would be none at all.
    return unit_of_work(timeout=seconds)(work)


def _rows(transaction: ManagedTransaction, query: str, parameters: Parameters | None) -> list[Row]:
    # The driver asks for literal strings to keep Cypher from being built of data: ours comes from files.
    result = transaction.run(query, dict(parameters or {}))
    keys = result.keys()
    return [dict(zip(keys, record.values(), strict=True)) for record in result]


def _by_the_thousand(query: str, columns: Sequence[str]) -> str:
    """Return a query of ours that answers with lists of a thousand rows: a record costs more than what is in it."""
    row = ", ".join(f"`{column}`" for column in columns)
    return (
        f"CALL () {{\n{query}\n}}\nWITH collect([{row}]) AS rows\n"
        f"UNWIND range(0, size(rows) - 1, {ROWS_A_RECORD}) AS start\n"
        f"RETURN rows[start..start + {ROWS_A_RECORD}] AS rows"
    )


def connect(
    uri: str, user: str, password: str, database: str | None = None, *, patience: float = PATIENCE
) -> Connection:
    """Connect to a database, and make sure that it answers.

    Parameters
    ----------
    uri
        `neo4j://host:7687` (a cluster, Aura, or a single server) or `bolt://host:7687` (one server and no other), with
        `+s` for TLS with a trusted certificate, `+ssc` for TLS with any.
    user, password
        Who asks. The password is kept by the driver only.
    database
        The database's name; default the user's home database.
    patience
        Seconds to wait for the server to take up a connection; a transaction is tried again for twice as long.

    Returns
    -------
    Connection
        Open; close it, or use it in a `with`.

    Raises
    ------
    graphalign.errors.UsageError
        If the URI is none.
    graphalign.errors.StoreError
        If the server cannot be reached, refuses the user, lacks the database, or is too old.
    """
    where = address(uri, database)
    import neo4j

    _quiet()
    with told(where):
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=patience,
            connection_acquisition_timeout=2 * patience,
            max_transaction_retry_time=2 * patience,
            # Each query is a file with a plan of its own; hints on it are for whoever writes it.
            notifications_min_severity="OFF",
            user_agent="graphalign",
        )
    try:
        with told(where):
            driver.verify_connectivity()
        opened = Connection(driver, where, database, "")
        return Connection(driver, where, database, _version(opened))
    except BaseException:
        driver.close()
        raise


def address(uri: str, database: str | None = None) -> str:
    """Return a database's address as messages have it.

    Raises
    ------
    graphalign.errors.UsageError
        If the URI is no address of a Neo4j server, or holds a password.

    >>> address("neo4j://db.example:7687", "alliance")
    'neo4j://db.example:7687, database alliance'
    >>> address("bolt://ana:secret@db.example")
    Traceback (most recent call last):
    ...
    graphalign.errors.UsageError: the URI holds a user or password; give them in NEO4J_USERNAME and NEO4J_PASSWORD
    """
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if "@" in uri:
        raise UsageError("the URI holds a user or password", way_out="give them in NEO4J_USERNAME and NEO4J_PASSWORD")
    if parts.scheme not in SCHEMES or not host:
        raise UsageError(
            f"{uri!r} is no address of a Neo4j server",
            way_out=f"write it as neo4j://host:7687; schemes are {', '.join(SCHEMES)}",
        )
    return f"{uri}, database {database}" if database else uri


def _version(connection: Connection) -> str:
    rows = connection.read(statement("version"))
    version = str(rows[0]["version"]) if rows else ""
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if not numbers or (int(numbers[1]), int(numbers[2])) < OLDEST:
        raise StoreError(
            f"the server is of version {version or 'unknown'}",
            where=connection.where,
            way_out=f"use Neo4j {OLDEST[0]}.{OLDEST[1]} or newer",
        )
    return version


def _quiet() -> None:
    """Keep the driver's log off the terminal where nobody asked for it: an error is one sentence of ours."""
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
