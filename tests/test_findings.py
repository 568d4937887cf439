"""Rows become findings: their order is that of severity, rank and subjects, however the rows come."""

from __future__ import annotations

from random import Random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from graphalign.findings import to_findings
from graphalign.rules import find_rule
from graphalign.settings import Settings

ROWS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")),
    st.tuples(st.sampled_from(["high", "low", None]), st.none() | st.integers(-2, 2)),
    max_size=9,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_findings_stand_by_severity_rank_and_subjects_whatever_the_order_of_the_rows(
    rows: dict[tuple[str, str], tuple[str | None, int | None]], random: Random
) -> None:
    rule, settings = find_rule("OWN109"), Settings()
    names = [*rule.subjects, "severity", "rank"]
    schema = dict(zip(names, (pl.String, pl.String, pl.String, pl.Int64), strict=True))
    held = [(*subjects, *told) for subjects, told in sorted(rows.items())]
    shuffled = held.copy()
    random.shuffle(shuffled)
    made = [to_findings(rule, pl.DataFrame(r, schema=schema, orient="row"), 9, settings) for r in (held, shuffled)]
    assert made[0].equals(made[1])
    order = {"high": 0, "medium": 1, "low": 2}
    plainly = sorted(held, key=lambda r: (order[r[2] or rule.severity], -(r[3] or 0), r[0], r[1]))
    assert made[0].select(rule.subjects).rows() == [row[:2] for row in plainly]
