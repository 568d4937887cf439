"""The Cypher of the store, from the files in queries/: none is written in Python, none is built of data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """Return the statement of queries/store/NAME.cypher.

    >>> statement("version").splitlines()[-1]
    'RETURN versions[0] AS version'
    """
    return (files("graphalign.queries") / "store" / f"{name}.cypher").read_text("utf-8")


@cache
def schema() -> tuple[str, ...]:
    """Return the statements of queries/schema.cypher, each without its remarks.

    >>> schema()[0].split()[:3]
    ['CREATE', 'CONSTRAINT', 'graphalign_entity_id']
    """
    text = (files("graphalign.queries") / "schema.cypher").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    return tuple(part.strip() for part in code.split(";") if part.strip())
