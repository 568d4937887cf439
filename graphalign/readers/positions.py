"""On which line of a file something was said: a row of a CSV file, a key path of a YAML or JSON file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from graphalign.errors import InputError

# Beyond these a position is not looked for: a report is not worth reading a large file row by row once more.
MOST_BYTES = 20_000_000
MOST_NODES = 1_000_000
DELIMITED = (".csv", ".tsv", ".txt")
NESTED = (".yaml", ".yml", ".json")


def lines_of(path: str, sha256: str, rows: Collection[int] = (), keys: Collection[str] = ()) -> Mapping[int | str, int]:
    """Return the line, from 1, on which rows and key paths of a file begin.

    Parameters
    ----------
    path
        The file.
    sha256
        What its bytes hashed to when it was read: a file that has changed, or is gone, has no lines to tell.
    rows
        Rows as a spreadsheet numbers them; a quoted line break makes a row longer than a line.
    keys
        Key paths, such as `goals[2].raci`.

    Returns
    -------
    Mapping
        A line for each row and key that was found.
    """
    file = Path(path)
    ending = file.suffix.lower()
    if ending not in (*DELIMITED, *NESTED):
        return {}
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return {}
        data = file.read_bytes()
    except (OSError, ValueError):
        return {}
    if hashlib.sha256(data).hexdigest() != sha256:
        return {}
    found: Mapping[Any, int] = _of_rows(data, set(rows)) if ending in DELIMITED else _of_keys(data, set(keys))
    return found


def _of_rows(data: bytes, rows: set[int]) -> dict[int, int]:
    from graphalign.readers.delimited import _delimiter, _records, _utf8

    try:
        data = _utf8(data, "")
        text = data.decode("utf-8")
    except (InputError, UnicodeDecodeError):
        return {}
    if '"' not in text:
        return {row: row for row in rows}
    found: dict[int, int] = {}
    line = 1
    for number, record, _ in _records(text, _delimiter(data)):
        if number in rows:
            found[number] = line
        line += max(1, len(io.StringIO(record, newline="").readlines()))
    return found


def _of_keys(data: bytes, keys: set[str]) -> dict[str, int]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return {}
    found: dict[str, int] = {}
    for count, (key, line) in enumerate(_walk(root)):
        if key in keys:
            found.setdefault(key, line)
        if count > MOST_NODES or len(found) == len(keys):
            break
    return found


def _walk(root: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 (yaml's nodes have no common type)
    """Yield (key path, line) of every value, in the order of the document; an alias is walked where it stands first."""
    import yaml

    seen: set[int] = set()
    open_: list[tuple[str, Any, int]] = [("", root, 1)]
    while open_:
        path, node, line = open_.pop()
        if path:
            yield path, line
        if id(node) in seen:
            continue
        seen.add(id(node))
        inner: list[tuple[str, Any, int]] = []
        if isinstance(node, yaml.SequenceNode):
            inner = [(f"{path}[{i}]", v, v.start_mark.line + 1) for i, v in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            start = f"{path}." if path else ""
            inner = [(f"{start}{k.value}", v, k.start_mark.line + 1) for k, v in node.value]
        open_ += reversed(inner)
