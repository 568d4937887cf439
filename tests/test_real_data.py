"""The counts of the real alliances come out."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import graphalign as ga
from graphalign.graph import AlignmentGraph

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
EXPECTED = {
    "rust-goals-2025h2": {
        "OWN101": {"low": 36},
        "OWN102": {"high": 30, "medium": 18},
        "OWN103": {"folded": 104},
        "OWN107": {"medium": 4},
        "OWN108": {"medium": 9},
        "OWN110": {"noted": 104},
        "ENG305": {"noted": 177},
        "DAT902": {"info": 8},
        "DAT903": {"info": 17},
    },
    "cpython-experts": {
        "OWN101": {"noted": 86},
        "OWN102": {"medium": 6},
        "OWN107": {"medium": 4},
        "OWN108": {"medium": 4},
        "DAT902": {"info": 3},
    },
}
UNJUDGED = ("OWN109", "ENG303", "ENG304", "ENG306", "ENG307", "ENG309", "DAT901")


@pytest.mark.parametrize("name", EXPECTED)
def test_ownership_engagement_and_data_are_counted_as_the_design_reads(name: str) -> None:
    report = ga.check(ga.read(DATA / name), as_of="2026-09-01")
    counts = {code: n for code, n in report.counts().items() if n and code[:3] in ("OWN", "ENG", "DAT")}
    assert counts == EXPECTED[name]
    verdicts = {r.rule.code: r.verdict for r in report.results}
    assert {verdicts[code] for code in UNJUDGED} == {"cannot judge"}
    assert {verdicts[code] for code in ("OWN111", "OWN112")} == {"not applicable"}


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_of_the_real_data_is_refused(name: str) -> None:
    data = ga.read(DATA / name).data
    assert not data.refusals
    assert not any(data.counts.refused.values())


def test_without_parts_of_partners_contested_goals_are_those_of_the_separate_count() -> None:
    graph = ga.read(DATA / "rust-goals-2025h2")
    flat = AlignmentGraph(graph.nodes, graph.edges.filter(pl.col("type").cast(pl.String) != "PART_OF"))
    counts = ga.check(flat, as_of="2026-09-01", only=["OWN102"]).counts()["OWN102"]
    assert counts == {"high": 33, "medium": 16}
