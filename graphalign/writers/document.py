"""The alliance as people write it in YAML and JSON: what belongs together stands together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from graphalign.vocabulary import LABELS, RACI
from graphalign.writers.plain import edge_table, node_table
from graphalign.writers.references import can_be_listed, reads_back

if TYPE_CHECKING:
    import polars as pl

    from graphalign.graph import AlignmentGraph

Record = dict[str, Any]
SECTIONS = {
    "Partner": "partners",
    "Stakeholder": "stakeholders",
    "Goal": "goals",
    "Responsibility": "responsibilities",
    "Kpi": "kpis",
}
# Relationships that stand in the record of their source, and under which key.
OF_SOURCE = {
    "PART_OF": "part_of",
    "MEMBER_OF": "member_of",
    "REPORTS_TO": "reports_to",
    "CONTRIBUTES_TO": "contributes_to",
    "DEPENDS_ON": "depends_on",
    "CONFLICTS_WITH": "conflicts_with",
    "SERVES": "serves",
    "MEASURES": "measures",
}
RACI_KEYS = dict(zip(RACI, ("accountable", "responsible", "consulted", "informed"), strict=True))
# Records nested in that of what they alone belong to: by this relationship, in a list of this name.
NESTED = {
    "MEMBER_OF": ("Partner", "stakeholders"),
    "SERVES": ("Goal", "responsibilities"),
    "MEASURES": ("Goal", "kpis"),
}


def document(graph: AlignmentGraph, *, dates_as_text: bool) -> Record:
    """Return the alliance as nested records, every node with its id, references by id.

    Parameters
    ----------
    graph
        The alliance.
    dates_as_text
        Whether days are given as text in ISO form (JSON has no days).
    """
    nodes = node_table(graph)
    labels = dict(zip(nodes["id"].to_list(), nodes["label"].to_list(), strict=True))
    held = [c for c in nodes.columns if c not in ("id", "label", "name")]
    # A label with a property whose name means something else in such a record is told in the flat list of nodes.
    flat = {label for label in set(labels.values()) if label not in SECTIONS or not _readable(nodes, label, held)}
    records: dict[str, Record] = {}
    for row in _rows(nodes, dates_as_text=dates_as_text):
        label, node = row.pop("label"), row["id"]
        records[node] = {"id": node, "label": label, **row} if label in flat else row
    listable = dict(zip(nodes["id"].to_list(), can_be_listed(nodes["id"]).to_list(), strict=True))
    rest = _relate(
        graph,
        records,
        {i for i, ok in listable.items() if ok},
        {i for i, x in labels.items() if x in flat},
        dates_as_text=dates_as_text,
    )
    result: Record = {}
    inside = _nest(records, labels, flat)
    for label, section in SECTIONS.items():
        listed = [records[i] for i, x in labels.items() if x == label and label not in flat and i not in inside]
        if listed:
            result[section] = listed
    others = [records[i] for i, x in labels.items() if x in flat]
    return {**result, **({"nodes": others} if others else {}), **rest}


def _readable(nodes: pl.DataFrame, label: str, held: list[str]) -> bool:
    own = nodes.filter(label=label)
    keys = {
        *OF_SOURCE.values(),
        *(name for _, name in NESTED.values()),
        "raci",
        "sponsors",
        "commitments",
        "goals",
        "nodes",
        "relationships",
    }
    extras = (c for c in held if c not in LABELS[label] and own[c].null_count() < own.height)
    return all(c not in keys and reads_back(c, label) for c in extras)


def _rows(frame: pl.DataFrame, *, dates_as_text: bool) -> Iterator[Record]:
    for row in frame.iter_rows(named=True):
        yield {k: _value(v, dates_as_text=dates_as_text) for k, v in row.items() if v is not None}


def _value(value: Any, *, dates_as_text: bool) -> Any:  # noqa: ANN401
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value.isoformat() if dates_as_text and isinstance(value, date) else value


def _relate(
    graph: AlignmentGraph, records: dict[str, Record], listable: set[str], flat: set[str], *, dates_as_text: bool
) -> Record:
    """Put each relationship into the record it belongs in; return the lists of those that belong in none."""
    rest: defaultdict[str, list[Record]] = defaultdict(list)
    for edge in _rows(edge_table(graph), dates_as_text=dates_as_text):
        source, kind, target = edge.pop("source"), edge.pop("type"), edge.pop("target")
        of, to = records[source], records[target]
        plain = not edge and source in listable and target in listable
        if kind in RACI_KEYS and plain and target not in flat:
            to.setdefault("raci", {}).setdefault(RACI_KEYS[kind], []).append(source)
        elif kind == "SPONSORS" and plain and target not in flat:
            to.setdefault("sponsors", []).append(source)
        elif kind == "COMMITS_TO" and not edge.keys() - {"weight"} and target not in flat:
            to.setdefault("commitments", []).append({"partner": source, **edge})
        elif kind == "CONTRIBUTES_TO" and edge.keys() == {"weight"} and target in listable and source not in flat:
            of.setdefault("contributes_to", []).append({"to": target, **edge})
        elif kind in OF_SOURCE and plain and source not in flat:
            of.setdefault(OF_SOURCE[kind], []).append(target)
        elif kind == "COMMUNICATES_WITH" and not edge.keys() - {"date", "channel"}:
            rest["communications"].append({"from": source, "to": target, **edge})
        else:
            rest["relationships"].append({"source": source, "type": kind, "target": target, **edge})
    return dict(rest)


def _nest(records: dict[str, Record], labels: dict[str, str], flat: set[str]) -> set[str]:
    """Move each record into that of the only node of its kind it belongs to; return the ids of those moved."""
    inside: set[str] = set()
    for kind, (container, name) in NESTED.items():
        key = OF_SOURCE[kind]
        for node, record in records.items():
            homes = [i for i in record.get(key, ()) if labels[i] == container]
            if len(homes) != 1 or container in flat or labels[node] in flat:
                continue
            record[key] = [i for i in record[key] if i != homes[0]]
            if not record[key]:
                del record[key]
            records[homes[0]].setdefault(name, []).append(record)
            inside.add(node)
    return inside
