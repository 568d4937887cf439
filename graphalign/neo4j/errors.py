"""What the driver raises, as one sentence: what is wrong, with which database, what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphalign.errors import StoreError

if TYPE_CHECKING:
    from neo4j.exceptions import Neo4jError

UNREACHABLE = "the server cannot be reached"
START = "start it, or mend the URI (--neo4j or NEO4J_URI)"
# What the server answers, by the beginning of its code, the longest first: what is wrong, what to do.
ANSWERS = {
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "there were too many attempts with a wrong password",
        "wait some seconds, then give the right one",
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        "the password has to be changed before it can be used",
        "change it in cypher-shell or Neo4j Browser (ALTER CURRENT USER SET PASSWORD ...)",
    ),
    "Neo.ClientError.Security.Forbidden": (
        "the user may not do this",
        "use one that may: a check needs read rights, push needs write and schema rights",
    ),
    "Neo.ClientError.Security": (
        "the user or the password is wrong",
        "set NEO4J_USERNAME and NEO4J_PASSWORD, or give --user and --password-file",
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "there is no such database",
        "name one that is (--database); SHOW DATABASES lists them",
    ),
    "Neo.ClientError.Statement.AccessMode": (
        "the query writes, and only reading is allowed here",
        "take out what writes (CREATE, MERGE, SET, DELETE, REMOVE)",
    ),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": (
        "the database only allows reading",
        "name one that may be written to (--database)",
    ),
    "Neo.ClientError.Cluster.NotALeader": (
        "this member of the cluster only allows reading",
        "give a neo4j:// URI, which finds the one to write to",
    ),
    "Neo.ClientError.Transaction.TransactionTimedOut": (
        "the query took longer than its time limit",
        "raise the limit, or ask for less",
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "the query needs more memory than the server allows",
        "raise db.memory.transaction.max or dbms.memory.transaction.total.max, or ask for less",
    ),
    "Neo.TransientError.General.DatabaseUnavailable": ("the database is not online", "start it, or try again shortly"),
}


def explain(error: Exception, where: str) -> StoreError:
    """Return what the driver raised as an error of ours.

    Parameters
    ----------
    error
        What it raised.
    where
        The database's address, without credentials.
    """
    from neo4j import exceptions

    if isinstance(error, exceptions.Neo4jError):
        return _answered(error, where)
    said = " ".join(str(error).split())
    if isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired | OSError):
        # The driver tells that TLS failed only where it does not route.
        if "+s" in where.partition("://")[0]:
            return StoreError(
                f"{UNREACHABLE} through TLS",
                where=where,
                way_out="start it, mend the URI, or take another scheme: +s for a certificate that is trusted, "
                "+ssc for one signed by itself, none where the server has no TLS",
            )
        return StoreError(UNREACHABLE, where=where, way_out=START)
    if isinstance(error, exceptions.ConfigurationError):
        return StoreError(
            "the URI cannot be used",
            where=where,
            way_out="write it as neo4j://host:7687, bolt://host:7687, or with +s or +ssc for TLS",
        )
    return StoreError(f"the driver gave up ({said[:200]})", where=where, way_out="check the URI and try again")


def _answered(error: Neo4jError, where: str) -> StoreError:
    code = error.code or ""
    for start in sorted(ANSWERS, key=len, reverse=True):
        if code.startswith(start):
            what, way_out = ANSWERS[start]
            return StoreError(what, where=where, way_out=way_out)
    said = " ".join((error.message or str(error)).split())
    if "ReadOnly" in code or "read only" in said.lower():
        what, way_out = ANSWERS["Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"]
        return StoreError(what, where=where, way_out=way_out)
    return StoreError(f"the server answered: {said[:400]}", where=where, way_out=f"look up {code}" if code else "")


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the driver raises in the block into one sentence.

    Raises
    ------
    graphalign.errors.StoreError
        Instead of any error of the driver.
    """
    from neo4j import exceptions

    try:
        yield
    except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
        raise explain(error, where) from error
