"""A circle of very many goals is found, and told with what says so, without pairing its goals."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.check import check
from graphalign.graph import AlignmentGraph

MANY = 30_000


def test_a_circle_of_very_many_goals_is_one_finding_that_can_be_read() -> None:
    at = np.arange(MANY, dtype=np.uint32)
    nodes = pl.DataFrame({"id": [f"g{i:05}" for i in range(MANY)]}).with_columns(
        pl.lit("Goal").alias("label"), pl.lit(None, dtype=pl.String).alias("name")
    )
    edges = pl.DataFrame({"type": ["DEPENDS_ON"] * MANY, "source": at, "target": np.roll(at, -1)})
    report = check(AlignmentGraph(nodes, edges), as_of="2026-06-30", only=["CON204"])
    (finding,) = report.of_rule("CON204")
    assert finding.severity == "high"
    assert len(finding.subjects["goals"]) == MANY
    assert len([e for e in finding.evidence if "depends on" in e.text]) == MANY
    assert "and 29995 more depend on each other in a circle" in finding.message
