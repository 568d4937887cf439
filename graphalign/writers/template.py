"""The workbook to fill in: every sheet, every column, and a small example to be replaced."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graphalign.graph.build import build
from graphalign.tables import Statements
from graphalign.writers.cells import filled
from graphalign.writers.workbook import write_sheets

NODES: tuple[dict[str, str], ...] = (
    {"id": "port", "label": "Partner", "name": "Port Authority"},
    {"id": "city", "label": "Partner", "name": "City Council"},
    {
        "id": "ana",
        "label": "Stakeholder",
        "name": "Ana Ruiz",
        "kind": "person",
        "title": "Director",
        "status": "active",
        "power": "9",
        "interest": "8",
        "engagement": "supportive",
        "desired_engagement": "leading",
        "cadence_days": "30",
        "capacity": "4",
    },
    {
        "id": "ben",
        "label": "Stakeholder",
        "name": "Ben Okoro",
        "kind": "person",
        "title": "Planner",
        "status": "active",
        "power": "6",
        "interest": "7",
        "engagement": "neutral",
        "desired_engagement": "supportive",
    },
    {"id": "board", "label": "Stakeholder", "name": "Steering Board", "kind": "group"},
    {
        "id": "clean",
        "label": "Goal",
        "name": "Clean harbour",
        "status": "active",
        "priority": "critical",
        "shared": "true",
        "start": "2026-01-01",
        "due": "2028-12-31",
    },
    {
        "id": "power",
        "label": "Goal",
        "name": "Shore power at every berth",
        "status": "active",
        "priority": "high",
        "start": "2026-01-01",
        "due": "2026-12-31",
    },
    {
        "id": "grid",
        "label": "Goal",
        "name": "Grid connection",
        "status": "proposed",
        "priority": "medium",
        "due": "2026-09-30",
    },
    {"id": "permit", "label": "Responsibility", "name": "Get the building permit", "status": "active"},
    {
        "id": "berths",
        "label": "Kpi",
        "name": "Berths with shore power",
        "unit": "berths",
        "baseline": "0",
        "target": "12",
        "actual": "4",
        "measured_on": "2026-06-01",
        "cadence_days": "92",
        "direction": "up",
        "tolerance": "0.5",
        "dimension": "quality",
    },
)
EDGES: tuple[dict[str, str], ...] = (
    {"source": "ana", "type": "MEMBER_OF", "target": "port"},
    {"source": "ben", "type": "MEMBER_OF", "target": "city"},
    {"source": "ben", "type": "MEMBER_OF", "target": "board"},
    {"source": "ana", "type": "SPONSORS", "target": "clean"},
    {"source": "ana", "type": "ACCOUNTABLE_FOR", "target": "clean"},
    {"source": "ben", "type": "CONSULTED_ON", "target": "clean"},
    {"source": "ben", "type": "ACCOUNTABLE_FOR", "target": "power"},
    {"source": "ana", "type": "RESPONSIBLE_FOR", "target": "power"},
    {"source": "board", "type": "INFORMED_OF", "target": "power"},
    {"source": "ben", "type": "RESPONSIBLE_FOR", "target": "permit"},
    {"source": "permit", "type": "SERVES", "target": "power"},
    {"source": "berths", "type": "MEASURES", "target": "power"},
    {"source": "port", "type": "COMMITS_TO", "target": "clean", "weight": "60"},
    {"source": "city", "type": "COMMITS_TO", "target": "clean", "weight": "40"},
    {"source": "power", "type": "CONTRIBUTES_TO", "target": "clean", "weight": "100"},
    {"source": "power", "type": "DEPENDS_ON", "target": "grid"},
    {"source": "ana", "type": "COMMUNICATES_WITH", "target": "ben", "date": "2026-06-15", "channel": "meeting"},
)


def write_template(path: Path) -> None:
    """Write the workbook to fill in.

    Parameters
    ----------
    path
        Where to; what is there is replaced.

    Raises
    ------
    graphalign.errors.OutputError
        If it cannot be written there.
    """
    example = build(
        Statements(
            pl.DataFrame(list(NODES), infer_schema_length=None), pl.DataFrame(list(EDGES), infer_schema_length=None)
        )
    )
    write_sheets(filled(example, all_sheets=True), path)
