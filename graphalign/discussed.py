"""What was discussed: the ticks and notes that the view keeps in the browser and writes to a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from graphalign.errors import InputError
from graphalign.saved import read_json
from graphalign.waivers import MOST_TEXT

SCHEMA = "urn:graphalign:discussed:1"
# Notes are written by hand; what is larger is something else.
MOST_BYTES = 20_000_000
AGAIN = "export it from the view again"
_ID = re.compile(r"[0-9a-f]{12}")


class Discussed(NamedTuple):
    """A finding that was talked about: whether it is ticked, the note, and the day it was written."""

    id: str
    rule: str
    discussed: bool
    note: str
    on: str


def read_discussed(path: str | Path) -> list[Discussed]:
    """Read what the view exported.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    list of Discussed
        In the order of the file, each finding once.

    Raises
    ------
    graphalign.errors.InputError
        If it cannot be read or is something else.

    >>> import json
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "discussed.json")
    ...     item = {"id": "aba1a58003a6", "rule": "OWN101", "discussed": True, "note": "in May"}
    ...     _ = path.write_text(json.dumps({"schema": SCHEMA, "items": [item]}))
    ...     read_discussed(path)
    [Discussed(id='aba1a58003a6', rule='OWN101', discussed=True, note='in May', on='')]
    """
    where = str(path)
    document = read_json(path, MOST_BYTES, "holds no ticks and notes", AGAIN)
    if (
        not isinstance(document, dict)
        or document.get("schema") != SCHEMA
        or not isinstance(document.get("items"), list)
    ):
        raise InputError("holds no ticks and notes of a view", where=where, way_out=AGAIN)
    items = [_item(said, f"{where}, item {at}") for at, said in enumerate(document["items"], 1)]
    return list({item.id: item for item in items}.values())


def _item(said: Any, where: str) -> Discussed:  # noqa: ANN401 (whatever the file holds)
    held = said if isinstance(said, dict) else {}
    texts = [held.get(key, "") for key in ("id", "rule", "note", "on")]
    if not all(isinstance(text, str) for text in texts) or not _ID.fullmatch(texts[0]):
        raise InputError("is no tick or note", where=where, way_out=AGAIN)
    if len(texts[2]) > MOST_TEXT:
        raise InputError(f"has a note of more than {MOST_TEXT:,} characters", where=where, way_out="shorten it")
    return Discussed(texts[0], texts[1], held.get("discussed") is True, texts[2], texts[3])
