"""graphalign stats: what an alliance holds, how dense it is, and what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphalign.cli.options import PATH, config_option, open_graph, output_option, put
from graphalign.cli.progress import progress

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings

WIDTH = 80
LONGEST = 40


@click.command()
@click.argument("input", type=PATH)
@click.option("--as-of", metavar="DATE", help="The day contacts count up to, as 2026-06-30; default today.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The form."
)
@output_option
@config_option
def stats(input: Path, as_of: str | None, form: str, output: Path | None, config: Path | None) -> None:  # noqa: A002
    """Count what an input holds and what is known.

    Nodes by label, relationships by type, density, which properties are filled, and what the rules can stand on.
    """
    from datetime import UTC, datetime

    from graphalign.model import as_day

    day = datetime.now(UTC).astimezone().date() if as_of is None else as_day(as_of)
    with progress() as told:
        graph, settings = open_graph(input, config, told)
    held = counted(graph, settings, day)
    text = json.dumps(held, indent=2, ensure_ascii=False) if form == "json" else "\n".join(_lines(held))
    put(f"{text}\n", output)


def counted(graph: AlignmentGraph, settings: Settings, as_of: Any) -> dict[str, Any]:  # noqa: ANN401 (a day)
    """Return what there is to say of a graph, as plain numbers."""
    from graphalign.graph import Facts
    from graphalign.rules import NEEDS

    facts = Facts(graph, as_of, settings)
    n, m = graph.nodes.height, graph.edges.height
    data = graph.data
    return {
        "read": sum(data.counts.read.values()),
        "refused": sum(data.counts.refused.values()),
        "nodes": n,
        "relationships": m,
        "relationships_a_node": round(m / n, 2) if n else 0.0,
        # Of the ordered pairs of different nodes, the share that a relationship links.
        "density": _density(graph),
        "labels": _tally(graph.nodes["label"]),
        "types": _tally(graph.edges["type"]),
        "known": {"nodes": _known_of_nodes(graph), "relationships": _known_of_edges(graph)},
        "contact": {
            "persons": facts.persons.height,
            "with_contact": round(facts.coverage(facts.is_person), 4),
            "with_recent_contact": round(facts.coverage(facts.is_person, recent=True), 4),
        },
        "missing": [said for need, said in NEEDS.items() if facts.lacks(need)],
    }


def _density(graph: AlignmentGraph) -> float:
    n = graph.nodes.height
    linked = (
        graph.edges.filter(graph.edges["source"] != graph.edges["target"]).select("source", "target").unique().height
    )
    return round(linked / (n * (n - 1)), 8) if n > 1 else 0.0


def _tally(column: Any) -> dict[str, int]:  # noqa: ANN401 (a Series; polars is not imported here)
    import polars as pl

    counts = column.cast(pl.String).value_counts(name="n").sort("n", column.name, descending=[True, False])
    return dict(counts.iter_rows())


def _known_of_nodes(graph: AlignmentGraph) -> dict[str, dict[str, int]]:
    from graphalign.vocabulary import LABELS

    return {
        label: _filled(graph.of_label(label), LABELS[label])
        for label in LABELS
        if LABELS[label] and graph.is_label(label).any()
    }


def _known_of_edges(graph: AlignmentGraph) -> dict[str, dict[str, int]]:
    from graphalign.vocabulary import TYPES

    held = {name: graph.of_type(name) for name, kind in TYPES.items() if kind.properties}
    return {name: _filled(frame, TYPES[name].properties) for name, frame in held.items() if frame.height}


def _filled(frame: Any, properties: Mapping[str, Any]) -> dict[str, int]:  # noqa: ANN401
    return {"total": frame.height, **{name: frame.height - frame[name].null_count() for name in properties}}


def _lines(held: Mapping[str, Any]) -> Iterator[str]:
    from graphalign.reports.wording import shortened, visible

    refused = (
        f"; {held['refused']:,} of {held['read']:,} rows refused (graphalign check says which)"
        if held["refused"]
        else ""
    )
    yield f"{held['nodes']:,} nodes, {held['relationships']:,} relationships{refused}"
    yield f"{held['relationships_a_node']:.2f} relationships a node; density {held['density']:.4%}"
    for title, key in (("Nodes by label", "labels"), ("Relationships by type", "types")):
        yield from ("", title)
        for name, n in held[key].items():
            yield f"  {shortened(visible(name), LONGEST):<{LONGEST}} {n:>12,}"
    for what in held["known"].values():
        for name, filled in what.items():
            total = filled["total"]
            yield from ("", f"Known of {total:,} {name}")
            for prop, n in filled.items():
                if prop != "total":
                    yield f"  {prop:<{LONGEST}} {n:>12,} {n / total if total else 0:>6.0%}"
    contact = held["contact"]
    yield from ("", f"Contact of {contact['persons']:,} active persons")
    yield f"  {'with a contact':<{LONGEST}} {contact['with_contact']:>19.0%}"
    yield f"  {'with a recent contact':<{LONGEST}} {contact['with_recent_contact']:>19.0%}"
    if held["missing"]:
        yield from ("", "What rules cannot stand on", *(f"  - {line}" for line in held["missing"]))
    else:
        yield from ("", "All that rules stand on is there.")
