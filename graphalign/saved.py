"""JSON that graphalign or a page of its own saved, read back: bounded in size, one sentence for what it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphalign.errors import InputError


def read_json(path: str | Path, most_bytes: int, what: str, way_out: str) -> Any:  # noqa: ANN401 (what JSON holds)
    """Return what a JSON file holds.

    Parameters
    ----------
    path
        The file.
    most_bytes
        How large it may be.
    what
        What is wrong with one that is not JSON, as the beginning of a sentence.
    way_out
        How to get a right one.

    Raises
    ------
    graphalign.errors.InputError
        If it cannot be read, is larger, or is not JSON.

    >>> read_json("no-such.json", 1000, "is no report", "write one")
    Traceback (most recent call last):
    ...
    graphalign.errors.InputError: no-such.json: cannot be read (No such file or directory); write one
    """
    where = str(path)
    try:
        with Path(path).open("rb") as file:
            content = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({reason})", where=where, way_out=way_out) from None
    if len(content) > most_bytes:
        raise InputError(f"is larger than {most_bytes:,} bytes", where=where, way_out=way_out)
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # ValueError: no JSON, no UTF-8, an endless number
        raise InputError(f"{what}: it is not JSON", where=where, way_out=way_out) from None
