"""JSON for people: the records of the YAML form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.writers.document import document

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write the alliance as JSON, partners with their people, goals with all that is about them."""
    from graphalign.output import write as put

    put(json.dumps(document(graph, dates_as_text=True), ensure_ascii=False, indent=2) + "\n", path)
