"""The page's data written small: what repeats is said once; `script/unpack.js` is the inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphalign.model import SEVERITIES


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the page in its small form.

    Parameters
    ----------
    data
        What `graphalign.views.content.content` returns.

    Returns
    -------
    dict
        The same, but: findings as lists (id, rule, severity, noted, message, subjects, lines of evidence, remedy,
        folded), of which rules and lines are numbers into `packed`; properties of nodes and relationships by column
        (the distances of their rows, then the values); places as numbers of a file and sheet, and a row.
    """
    sources, texts, lines = _Table(), _Table(), _Table()
    report = data["report"]
    rules = {rule["code"]: at for at, rule in enumerate(report["rules"])}
    subjects: dict[str, list[str]] = {}

    def line(said: Mapping[str, Any]) -> int:
        source = sources.at((said.get("file"), said.get("sheet")))
        return lines.at((said["text"], source, said.get("row"), said.get("key")))

    def finding(said: Mapping[str, Any]) -> list[Any]:
        names = subjects.setdefault(said["rule"], list(said["subjects"]))
        return [
            said["id"],
            rules[said["rule"]],
            SEVERITIES.index(said["severity"]),
            int(said["noted"]),
            said["message"],
            [said["subjects"][name] for name in names],
            [line(e) for e in said["evidence"]],
            texts.at(said["remedy"]),
            [finding(f) for f in said["folded"]],
        ]

    findings = [finding(f) for f in report["findings"]]
    waived = [{**held, "finding": finding(held["finding"])} for held in report["waived"]]
    columns = {
        part: {
            **data[part],
            "properties": _by_column(data[part]["properties"]),
            "place": _places(data[part]["place"], sources),
        }
        for part in ("nodes", "edges")
    }
    small = {**report, "findings": findings, "waived": waived}
    held = {"sources": sources.rows, "texts": texts.rows, "lines": lines.rows, "subjects": subjects}
    return {**data, "report": small, **columns, "packed": held}


class _Table:
    """What was said, each once, and where."""

    def __init__(self) -> None:
        self._at: dict[Any, int] = {}

    def at(self, row: Any) -> int:  # noqa: ANN401 (text, or a tuple of it)
        return self._at.setdefault(row, len(self._at))

    @property
    def rows(self) -> list[Any]:
        return list(self._at)


def _by_column(properties: Sequence[Mapping[str, Any] | int]) -> dict[str, Any]:
    """Return records as columns: by name the distance of each row that has it from the one before, and the values."""
    columns: dict[str, tuple[list[int], list[Any]]] = {}
    last: dict[str, int] = {}
    for at, row in enumerate(properties):
        for name, value in row.items() if isinstance(row, Mapping) else ():
            steps, values = columns.setdefault(name, ([], []))
            steps.append(at - last.get(name, 0))
            values.append(value)
            last[name] = at
    # A list of pairs, as a name may be any text, `__proto__` too.
    return {"of": len(properties), "columns": [[name, *column] for name, column in columns.items()]}


def _places(places: Sequence[Any], sources: _Table) -> dict[str, Any]:
    """Return places by column: which file and sheet (-1 for none), which row, which key."""
    of = [-1 if place is None else sources.at((place[0], place[1])) for place in places]
    keys = [[at, place[3]] for at, place in enumerate(places) if place is not None and place[3]]
    return {"of": of, "row": [0 if place is None else place[2] or 0 for place in places], "key": keys}
