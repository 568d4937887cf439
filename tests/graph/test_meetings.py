"""Who meets at goals and across dependencies: held equal to the matrix product of the literature."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from graphalign.check import check
from graphalign.example import example
from graphalign.graph import Facts, meetings
from graphalign.graph.interchange import from_networkx
from graphalign.model import as_day
from graphalign.rules.coordination import task_steps, work_of_persons
from graphalign.settings import Settings

TA = np.array([[0, 1, 0], [0, 1, 1], [1, 1, 0]])
TD = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
CR = [[1, 2, 2], [2, 4, 3], [2, 3, 4]]


def pairs_of(matrix: np.ndarray, names: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(np.argwhere(matrix > 0).astype(np.uint32), schema=dict.fromkeys(names, pl.UInt32), orient="row")


def met(ta: np.ndarray, td: np.ndarray) -> pl.DataFrame:
    return pl.concat(meetings.meetings(pairs_of(ta, ("one", "goal")), pairs_of(td, ("goal", "needed"))))


def test_a_meeting_names_the_step_it_is_over() -> None:
    steps = pairs_of(TD, ("goal", "needed"))
    for one, other, step in met(TA, TD).iter_rows():
        goal, needed = steps.row(step)
        assert (TA[one, goal] and TA[other, needed]) or (TA[other, goal] and TA[one, needed])


def random_matrices(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    people, goals = rng.integers(1, 12, 2)
    td = (rng.random((goals, goals)) < 0.2) | np.eye(goals, dtype=bool)
    return (rng.random((people, goals)) < 0.3).astype(int), td.astype(int)


def test_the_work_and_the_steps_of_the_reference_graph_give_the_reference_requirements() -> None:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["p0", "p1", "p2"], label="Stakeholder")
    graph.add_nodes_from(["g0", "g1", "g2"], label="Goal")
    graph.add_edges_from((f"p{i}", f"g{g}", {"type": "ACCOUNTABLE_FOR"}) for i, g in np.argwhere(TA > 0))
    graph.add_edges_from((f"g{g}", f"g{h}", {"type": "DEPENDS_ON"}) for g, h in np.argwhere(TD - np.eye(3)))
    graph.add_edge("p0", "p1", type="COMMUNICATES_WITH", date="2026-06-01")
    held = from_networkx(graph)
    facts = Facts(held, as_day("2026-06-30"), Settings())
    work, steps = work_of_persons(facts), task_steps(facts)
    # Goals come first in the order of ids: 0, 1, 2, then the people 3, 4, 5.
    ta, td = np.zeros((3, 3), dtype=int), np.zeros((3, 3), dtype=int)
    ta[work["one"].to_numpy() - 3, work["goal"].to_numpy()] = 1
    td[steps["goal"].to_numpy(), steps["needed"].to_numpy()] = 1
    assert (ta @ td @ ta.T).tolist() == CR
    result = check(held, as_of="2026-06-30", only=["COO401"]).results[0]
    assert (result.judged, result.found) == (3, 2), "congruence is 1/3"


@pytest.mark.parametrize("seed", range(40))
def test_those_who_meet_are_those_with_a_coordination_requirement(seed: int) -> None:
    ta, td = random_matrices(seed)
    required = ta @ td @ ta.T
    required = np.triu(required + required.T, 1)
    found = met(ta, td)
    assert set(found.select("one", "other").unique().iter_rows()) == {(i, j) for i, j in np.argwhere(required > 0)}
    somebody = meetings.with_somebody(pairs_of(ta, ("one", "goal")), pairs_of(td, ("goal", "needed")))
    assert set(somebody) == {int(i) for pair in np.argwhere(required > 0) for i in pair}


@pytest.mark.parametrize("most", [1, 3])
def test_pairs_made_in_small_parts_are_the_same_pairs_in_the_same_order_of_steps(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ta, td = random_matrices(4)
    whole = met(ta, td)
    monkeypatch.setattr(meetings, "PAIRS_AT_ONCE", most)
    parts = list(meetings.meetings(pairs_of(ta, ("one", "goal")), pairs_of(td, ("goal", "needed"))))
    assert len(parts) > 1
    assert pl.concat(parts).sort(pl.all()).equals(whole.sort(pl.all()))
    firsts = pl.concat(part.select(pl.col("step").min()) for part in parts if part.height)["step"]
    assert firsts.is_sorted()


def test_rules_on_meetings_find_the_same_in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphalign.generate import generate

    graph = generate(600, seed=5)
    codes = ["COO401", "COO402", "COO403", "COO407", "COO408"]
    whole = check(graph, as_of="2026-06-30", only=codes)
    monkeypatch.setattr(meetings, "PAIRS_AT_ONCE", 10)
    parts = check(graph, as_of="2026-06-30", only=codes)
    assert [(r.judged, r.found) for r in whole.results] == [(r.judged, r.found) for r in parts.results]
    assert whole.findings == parts.findings
    assert sum(r.found for r in whole.results) > 0


def test_a_graph_without_goals_has_no_meetings() -> None:
    facts = Facts(from_networkx(example()), as_day("2026-06-30"), Settings())
    none = pl.DataFrame(schema={"goal": pl.UInt32, "needed": pl.UInt32})
    assert pl.concat(meetings.meetings(work_of_persons(facts).clear(), none)).is_empty()
