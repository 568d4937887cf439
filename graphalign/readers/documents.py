"""YAML and JSON, in the form people write and in the flat node-link form that networkx writes.

What people write (every key is optional; references are ids or names; a list of records may be a mapping id: record):

    partners:       [{id, name, part_of, stakeholders: [...], partners: [...], commits_to: [{goal, weight}]}]
    stakeholders:   [{id, name, title, power, interest, engagement, member_of: [...], reports_to}]
    goals:          [{id, name, status, priority, shared, start, due, raci: {accountable: [...], responsible: [...]},
                      contributes_to: [{to, weight}], depends_on: [...], conflicts_with: [...], sponsors: [...],
                      commitments: [{partner, weight}], responsibilities: [{name, raci}], kpis: [{name, target}]}]
    communications: [{between: [Ana, Ben], date, channel}]
    relationships:  [{source, target, type, ...}]

Any other section is a table by its name, such as dependencies or commitments, as a sheet of a workbook would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import polars as pl

from graphalign.errors import InputError
from graphalign.model import Note, Place, Refusal
from graphalign.readers.frames import MOST_COLUMNS
from graphalign.readers.markup import is_text, parse
from graphalign.tables import Table

ENTITIES = {
    "partners": "Partner",
    "stakeholders": "Stakeholder",
    "goals": "Goal",
    "responsibilities": "Responsibility",
    "kpis": "Kpi",
}
# Keys of a record that state relationships: the type, and whether the record is the source.
LINKS: dict[str, dict[str, tuple[str, bool]]] = {
    "partners": {"part_of": ("PART_OF", True), "commits_to": ("COMMITS_TO", True)},
    "stakeholders": {"member_of": ("MEMBER_OF", True), "reports_to": ("REPORTS_TO", True)},
    "goals": {
        "contributes_to": ("CONTRIBUTES_TO", True),
        "depends_on": ("DEPENDS_ON", True),
        "conflicts_with": ("CONFLICTS_WITH", True),
        "sponsors": ("SPONSORS", False),
        "commitments": ("COMMITS_TO", False),
    },
    "responsibilities": {"serves": ("SERVES", True)},
    "kpis": {"measures": ("MEASURES", True)},
}
# Records inside records: the type of the relationship, from the inner to the outer.
NESTED = {
    ("partners", "partners"): "PART_OF",
    ("partners", "stakeholders"): "MEMBER_OF",
    ("goals", "goals"): "CONTRIBUTES_TO",
    ("goals", "responsibilities"): "SERVES",
    ("goals", "kpis"): "MEASURES",
}
RACI = {
    "accountable": "ACCOUNTABLE_FOR",
    "responsible": "RESPONSIBLE_FOR",
    "consulted": "CONSULTED_ON",
    "informed": "INFORMED_OF",
}
REFERENCES = ("to", "partner", "goal", "party", "stakeholder", "id", "name")
FLAT = {"nodes": "nodes", "links": "relationships", "edges": "relationships", "relationships": "relationships"}
OF_NETWORKX = ("directed", "multigraph", "graph")
SHOWN = 120
# Of a larger meeting nobody can say who talked with whom, and its pairs grow with the square.
MOST_PEOPLE = 50
MOST_CELLS = 50_000_000
Record = dict[str, Any]


@dataclass
class _Found:
    """What one document is taken apart into."""

    file: str
    tables: dict[str, list[Record]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, table: str, key: str, record: Record) -> None:
        self.tables.setdefault(table, []).append({**record, "_key": key})

    def refuse(self, what: str, key: str, value: object, reason: str) -> None:
        kind: Any = what
        self.refusals.append(Refusal(kind, Place(self.file, key=key), _shown(value), reason))


def _shown(value: object) -> str:
    """Return the beginning of a value as text that can be printed."""
    return str(value)[:SHOWN].replace("\0", "?").encode("utf-8", "replace").decode()


def read_document(data: bytes, file: str) -> tuple[list[Table], list[Refusal], list[Note]]:
    """Read a YAML or JSON document.

    Raises
    ------
    graphalign.errors.InputError
        If it cannot be read, or holds no section of an alliance.

    >>> tables, _, _ = read_document(b"goals: [{name: Dig, raci: {accountable: [Ana]}}]", "a.yaml")
    >>> [(t.name, t.frame.drop("_key").rows()) for t in tables]
    [('goals', [('Dig',)]), ('relationships', [('Ana', 'ACCOUNTABLE_FOR', 'Dig')])]
    """
    document = parse(data, file, as_json=file.lower().endswith(".json"))
    if not isinstance(document, dict):
        raise InputError("holds no sections", where=file, way_out="begin it with partners:, stakeholders: or goals:")
    found = _Found(file)
    for section, value in document.items():
        name = section.strip().lower()
        if name in OF_NETWORKX and "nodes" in document:
            continue
        if value is None:
            continue
        if not isinstance(value, list | dict):
            found.notes.append(
                Note(f"the key {section[:80]!r} is no list of records and was passed over", Place(file, key=section))
            )
            continue
        for key, record in _records(found, section, value):
            if name in ENTITIES:
                _entity(found, name, key, record)
            else:
                _row(found, FLAT.get(name, name), key, record)
    if not found.tables:
        raise InputError(
            "holds no records of an alliance", where=file, way_out="begin it with partners:, stakeholders: or goals:"
        )
    # Relationships come last, as they do in a workbook.
    tables = sorted(found.tables.items(), key=lambda t: t[0] == "relationships")
    return [_table(name, rows, file) for name, rows in tables], found.refusals, found.notes


def _records(found: _Found, path: str, value: list[Any] | dict[str, Any]) -> Iterator[tuple[str, Record]]:
    """Yield (key path, record) of a list of records, or of a mapping from id to record; a bare text is a name."""
    items = (
        [(f"{path}[{i}]", None, v) for i, v in enumerate(value)]
        if isinstance(value, list)
        else [(f"{path}.{k}", k, v) for k, v in value.items()]
    )
    for key, name, item in items:
        record = item
        if isinstance(item, str):
            record = {"name": item}
        elif item is None and name is not None:
            record = {"name": name}
        if not isinstance(record, dict):
            found.refuse("row", key, item, "it is no record: write it as key: value pairs")
            continue
        yield key, record if name is None or "id" in record else {"id": name, **record}


def _entity(found: _Found, section: str, key: str, record: Record, outer: tuple[str, str] | None = None) -> None:
    """Take a record apart: its own row, the relationships it states, the records inside it."""
    itself = record.get("id") or record.get("name")
    if not isinstance(itself, str) or not itself.strip() or not is_text(itself):
        found.refuse("row", key, record, "it has neither id nor name: give it a name")
        return
    links, row, inner = LINKS[section], {}, []
    for name, value in record.items():
        path, plain = f"{key}.{name}", name.strip().lower().replace(" ", "_")
        if (section, plain) in NESTED and isinstance(value, list | dict):
            inner.append((plain, path, value))
        elif plain in links:
            kind, is_source = links[plain]
            for at, other, rest in _references(found, path, value):
                ends = (itself, other) if is_source else (other, itself)
                found.add("relationships", at, {"source": ends[0], "type": kind, "target": ends[1], **rest})
        elif plain == "raci" and isinstance(value, dict):
            _raci(found, path, value, itself)
        else:
            row[name] = value
    _row(found, section, key, row)
    if outer:
        found.add("relationships", key, {"source": itself, "type": outer[0], "target": outer[1]})
    for section_inside, path, value in inner:
        for at, child in _records(found, path, value):
            _entity(found, section_inside, at, child, (NESTED[section, section_inside], itself))


def _raci(found: _Found, path: str, value: Record, item: str) -> None:
    for role, parties in value.items():
        kind = RACI.get(role.strip().lower())
        if kind is None:
            found.refuse(
                "relationship", f"{path}.{role}", parties, f"{role[:40]!r} is no role of RACI: use {', '.join(RACI)}"
            )
            continue
        for at, party, rest in _references(found, f"{path}.{role}", parties):
            found.add("relationships", at, {"source": party, "type": kind, "target": item, **rest})


def _references(found: _Found, path: str, value: Any) -> Iterator[tuple[str, str, Record]]:  # noqa: ANN401
    """Yield (key path, reference, properties) of what stands for one node or several."""
    many = isinstance(value, list)
    for i, item in enumerate(value if many else [value]):
        at = f"{path}[{i}]" if many else path
        if item is None:
            continue
        if isinstance(item, str) and is_text(item):
            yield at, item, {}
            continue
        said = {k: v for k, v in item.items() if isinstance(v, str) and is_text(v)} if isinstance(item, dict) else {}
        name = next((r for r in REFERENCES if r in said), None)
        if name is None:
            found.refuse("relationship", at, item, f"it names nobody: write a name, or {{{REFERENCES[0]}: name}}")
            continue
        yield at, item[name], _cells(found, at, {k: v for k, v in item.items() if k != name})


def _row(found: _Found, table: str, key: str, record: Record) -> None:
    """Add a record as a row; people `between` whom something happened become pairs."""
    between = next((k for k in record if k.strip().lower() == "between"), None)
    if between is not None and isinstance(record[between], list):
        people = [p for p in record[between] if isinstance(p, str) and is_text(p)]
        rest = _cells(found, key, {k: v for k, v in record.items() if k != between})
        if len(people) < len(record[between]) or not 2 <= len(people) <= MOST_PEOPLE:
            reason = f"it must name two people or more, {MOST_PEOPLE} at most, each as text"
            found.refuse("relationship", key, record[between], reason)
            return
        for a, b in combinations(people, 2):
            found.add(table, key, {"from": a, "to": b, **rest})
        return
    found.add(table, key, _cells(found, key, record))


def _cells(found: _Found, key: str, record: Record) -> Record:
    """Return a record's cells as text; a list of texts is several lines of one cell, anything deeper is refused."""
    result: Record = {}
    for name, value in record.items():
        if name.startswith("_"):
            continue
        if isinstance(value, list) and all(isinstance(v, str) and is_text(v) for v in value):
            result[name] = "\n".join(value)
        elif isinstance(value, list | dict):
            found.refuse("value", f"{key}.{name}", value, "a list or record cannot be a property: write it as text")
        elif value is not None and not is_text(value):
            found.refuse("value", f"{key}.{name}", value, "it holds a NUL or half a character: write it again")
        else:
            result[name] = value
    return result


def _table(name: str, rows: list[Record], file: str) -> Table:
    headings = list(dict.fromkeys(k for row in rows for k in row))
    if len(headings) > MOST_COLUMNS or len(headings) * len(rows) > MOST_CELLS:
        what = f"has {len(headings):,} different keys in {len(rows):,} records of {name[:80]!r}"
        raise InputError(what, where=file, way_out=f"keep the keys that count, {MOST_COLUMNS:,} at most")
    columns = {h: pl.Series(h, [(row.get(h) or "").strip() or None for row in rows], dtype=pl.String) for h in headings}
    frame = pl.DataFrame(columns)
    if name == "relationships":
        frame = frame.drop("key", strict=False)
    return Table(name, frame.select(*[c for c in frame.columns if c != "_key"], "_key"), file)
