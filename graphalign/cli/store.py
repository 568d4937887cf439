"""What the commands on a Neo4j database share: where it is, who asks, and how the password comes in."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from graphalign.cli.options import PATH
from graphalign.errors import UsageError

if TYPE_CHECKING:
    from graphalign.neo4j.connection import Connection


class Where(NamedTuple):
    """The database that a command was told of, by options and by the environment.

    Parameters
    ----------
    uri
        Of --neo4j; None where it was not given.
    database, user, password_file
        Of the options of these names.
    """

    uri: str | None = None
    database: str | None = None
    user: str | None = None
    password_file: Path | None = None

    @property
    def address(self) -> str | None:
        """The URI of --neo4j, else of NEO4J_URI."""
        return self.uri or os.environ.get("NEO4J_URI") or None

    def open(self) -> Connection:
        """Connect, asking for the password where nothing says it and somebody can answer.

        Raises
        ------
        graphalign.errors.UsageError
            If no database is named, there is no password, or the driver is not installed.
        graphalign.errors.StoreError
            If the database cannot be reached, or refuses.
        """
        if self.address is None:
            raise UsageError("no database is named", way_out="give --neo4j URI, or set NEO4J_URI")
        try:
            from graphalign.neo4j.connection import address, connect
        except ModuleNotFoundError as error:  # pragma: no cover (the driver is there in tests)
            raise _no_driver(error) from None
        database = self.database or os.environ.get("NEO4J_DATABASE") or None
        user = self.user or os.environ.get("NEO4J_USERNAME") or "neo4j"
        where = address(self.address, database)
        try:
            return connect(self.address, user, self._password(user, where), database)
        except ModuleNotFoundError as error:  # pragma: no cover
            raise _no_driver(error) from None

    def _password(self, user: str, where: str) -> str:
        if self.password_file is not None:
            try:
                return self.password_file.read_text("utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError):
                raise UsageError(
                    "the password cannot be read",
                    where=str(self.password_file),
                    way_out="name a text file that holds it",
                ) from None
        if (said := os.environ.get("NEO4J_PASSWORD")) is not None:
            return said
        if not sys.stdin.isatty():
            raise UsageError(
                f"the password of {user} is not known",
                where=where,
                way_out="set NEO4J_PASSWORD, or give --password-file",
            )
        return str(
            click.prompt(f"Password of {user} at {where}", hide_input=True, err=True, default="", show_default=False)
        )


def _no_driver(error: ModuleNotFoundError) -> UsageError:
    return UsageError(
        f"Neo4j's driver is not installed ({error.name})", way_out="install it: pip install 'graphalign[neo4j]'"
    )


def store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --neo4j, --database, --user and --password-file to a command, which gets them as one `where`."""

    @functools.wraps(command)
    def told(
        *args: Any,  # noqa: ANN401
        neo4j: str | None,
        database: str | None,
        user: str | None,
        password_file: Path | None,
        **others: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return command(*args, where=Where(neo4j, database, user, password_file), **others)

    options = (
        click.option("--neo4j", metavar="URI", help="The server, as neo4j://host:7687; default NEO4J_URI."),
        click.option("--database", metavar="NAME", help="The database; default NEO4J_DATABASE, else the user's own."),
        click.option("--user", metavar="NAME", help="Who asks; default NEO4J_USERNAME, else neo4j."),
        click.option(
            "--password-file",
            type=PATH,
            metavar="FILE",
            help="Where the password is; default NEO4J_PASSWORD, else you are asked for it.",
        ),
    )
    for option in reversed(options):
        told = option(told)
    return told
