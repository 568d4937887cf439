"""Files for `neo4j-admin database import full`, which loads millions in a minute into a database that is stopped."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from graphalign.errors import UsageError
from graphalign.neo4j.marker import graph_hash
from graphalign.neo4j.push import refuse_names
from graphalign.neo4j.statements import schema
from graphalign.output import replacing, told

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

# What neo4j-admin calls the types of columns.
TYPES = {
    pl.String: "string",
    pl.Categorical: "string",
    pl.Float64: "double",
    pl.Int64: "long",
    pl.UInt32: "long",
    pl.Boolean: "boolean",
    pl.Date: "date",
}
NAMES = ("nodes.csv", "relationships.csv", "marker.csv", "schema.cypher")
# What may part the labels of a node: the first that no label holds.
DELIMITERS = (";", "|", "\t", "^", "~", "\u00a6", "\u2021")


def export(graph: AlignmentGraph, folder: Path, database: str = "neo4j") -> list[str]:
    """Write a graph as the files that neo4j-admin imports: the same database as a push into an empty one makes.

    Parameters
    ----------
    graph
        The alliance; its places go along.
    folder
        Where to; made if need be. Files of these names are replaced.
    database
        The database's name in the commands.

    Returns
    -------
    list of str
        The commands for a shell: the import, then the schema once the database is started.

    Raises
    ------
    graphalign.errors.UsageError
        If the graph holds a name that Neo4j or its import cannot have.
    graphalign.errors.OutputError
        If the files cannot be written.
    """
    refuse_names(graph)
    _refuse_headings(graph)
    labels = "".join(graph.nodes["label"].cast(pl.String).unique().to_list())
    free = [d for d in DELIMITERS if d not in labels]
    if not free:
        raise UsageError(
            "the labels hold every character that could part them in a file",
            way_out="rename one, or use graphalign push",
        )
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    nodes, relationships, marker, constraints = (folder / name for name in NAMES)
    _write(_nodes(graph, free[0]), nodes)
    _write(_relationships(graph), relationships)
    _write(_marker(graph, free[0]), marker)
    with replacing(constraints) as made, told(constraints):
        made.write_text("".join(f"{command};\n" for command in schema()), encoding="utf-8")
    load = [
        *("neo4j-admin", "database", "import", "full", database, "--overwrite-destination"),
        *("--id-type=string", "--multiline-fields=true", "--strict=true", "--bad-tolerance=0"),
        f"--array-delimiter={'TAB' if free[0] == chr(9) else free[0]}",
        f"--report-file={folder / 'import.report'}",
        *(f"--nodes={nodes}", f"--nodes={marker}", f"--relationships={relationships}"),
    ]
    return [shlex.join(load), shlex.join(["cypher-shell", "-d", database, "-f", str(constraints)])]


def _nodes(graph: AlignmentGraph, delimiter: str) -> pl.DataFrame:
    label = graph.nodes["label"].cast(pl.String)
    both = pl.select(pl.when(label == "Entity").then(pl.lit("Entity")).otherwise(pl.lit(f"Entity{delimiter}") + label))
    return pl.DataFrame(
        [graph.ids.alias("id:ID"), both.to_series().alias(":LABEL"), *_properties(graph.nodes, ("id", "label"))]
    )


def _relationships(graph: AlignmentGraph) -> pl.DataFrame:
    ends = [
        graph.ids.gather(graph.edges[end]).alias(heading)
        for end, heading in (("source", ":START_ID"), ("target", ":END_ID"))
    ]
    kind = graph.edges["type"].cast(pl.String).alias(":TYPE")
    return pl.DataFrame([*ends, kind, *_properties(graph.edges, ("source", "target", "type"))])


def _marker(graph: AlignmentGraph, delimiter: str) -> pl.DataFrame:
    inputs = graph.data.inputs
    held = {
        ":ID(marker)": "push",
        ":LABEL": "Graphalign",
        "_marker:string": "push",
        "state:string": "complete",
        "hash:string": graph_hash(graph),
        "replace:boolean": True,
        "nodes:long": graph.nodes.height,
        "relationships:long": graph.edges.height,
    }
    lists = {"files:string[]": [s.path for s in inputs], "sha256:string[]": [s.sha256 for s in inputs]}
    # A path that holds the delimiter would be two: then the marker leaves the files out.
    if inputs and not any(delimiter in s.path for s in inputs):
        held |= {name: delimiter.join(values) for name, values in lists.items()}
    return pl.DataFrame([held])


def _properties(frame: pl.DataFrame, fixed: tuple[str, ...]) -> list[pl.Series]:
    return [
        (column.cast(pl.String) if column.dtype == pl.Categorical else column).alias(
            f"{column.name}:{TYPES[type(column.dtype)]}"
        )
        for column in frame.iter_columns()
        if column.name not in fixed and column.null_count() < frame.height
    ]


def _write(frame: pl.DataFrame, path: Path) -> None:
    with replacing(path) as made, told(path):
        # Texts in quotes, so that an empty one is not taken for none; a line break within them is kept.
        frame.write_csv(made, quote_style="non_numeric", date_format="%Y-%m-%d")


def _refuse_headings(graph: AlignmentGraph) -> None:
    for frame in (graph.nodes, graph.edges):
        bad = [c for c in frame.columns if any(mark in c for mark in "({\n\r")]
        if bad:
            raise UsageError(
                f"a heading of neo4j-admin cannot hold the property {bad[0][:80]!r}",
                way_out="rename it (without brackets, braces and line breaks), or use graphalign push",
            )
