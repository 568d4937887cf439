"""YAML for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.writers.document import document

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write the alliance as YAML, partners with their people, goals with all that is about them."""
    import yaml

    from graphalign.output import write as put

    # The C library is ten times as fast, where PyYAML was built with it.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    held = document(graph, dates_as_text=False)
    put(yaml.dump(held, Dumper=dumper, sort_keys=False, allow_unicode=True, width=120), path)
