"""The writers: one file a form from an AlignmentGraph to files, and the table that finds it by name or ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.errors import UsageError

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

# A form's module has a function `write(graph, path)`.
FORMS: Mapping[str, str] = {
    "csv": "folder",
    "zip": "archive",
    "workbook": "workbook",
    "yaml": "yaml_document",
    "json": "json_document",
    "node-link": "node_link",
    "parquet": "parquet",
}
ENDINGS: Mapping[str, str] = {
    "": "csv",
    ".zip": "zip",
    ".xlsx": "workbook",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".parquet": "parquet",
}


def write_graph(graph: AlignmentGraph, path: str | Path, form: str | None = None) -> None:
    """Write a graph so that reading it gives an equal one, whole or not at all.

    CSV keeps every text as it is, such as one that starts with `=`: it is for programs. In a workbook no text is ever a
    formula.

    Parameters
    ----------
    graph
        The alliance.
    path
        Where to; what is there is replaced. CSV and Parquet make a folder with the two tables.
    form
        `csv`, `zip`, `workbook`, `yaml`, `json` (both for people), `node-link` (JSON as networkx writes it) or
        `parquet`; default by the path's ending, a path without one being a folder of CSV.

    Raises
    ------
    graphalign.errors.UsageError
        If there is no such form, or none for the ending.
    graphalign.errors.OutputError
        If it cannot be written there, or a workbook cannot hold it.

    Examples
    --------
    >>> import graphalign as ga, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ga.write_graph(ga.from_networkx(ga.example()), f"{folder}/alliance")
    ...     print(pathlib.Path(folder, "alliance", "relationships.csv").read_text().splitlines()[:2])
    ['source,type,target', 'ana,ACCOUNTABLE_FOR,g1']
    """
    path = Path(path)
    chosen = form or (ENDINGS.get("" if path.is_dir() else path.suffix.lower()))
    if chosen is None or chosen not in FORMS:
        what = f"there is no form {form!r}" if form else "its ending names no form"
        known = (
            ", ".join(FORMS)
            if form
            else "a name without an ending (a folder of CSV), " + ", ".join(e for e in ENDINGS if e)
        )
        raise UsageError(what, where=str(path), way_out=f"use {known}")
    write: Callable[[AlignmentGraph, Path], None] = import_module(f"graphalign.writers.{FORMS[chosen]}").write
    write(graph, path)
