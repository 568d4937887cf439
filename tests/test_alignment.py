"""The alignment matrix: the reference values, other implementations on random input, levels and patterns."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest
from scipy.stats import kendalltau

import graphalign as ga
from graphalign.alignment.demands import coordinating
from graphalign.alignment.matching import redundancy
from graphalign.alignment.story import story
from graphalign.graph import Facts
from graphalign.graph.build import build
from graphalign.reports import matrix as forms
from graphalign.settings import Settings
from tests.test_cases import statements

HARBOUR = Path(__file__).parent.parent / "samples" / "harbour-alliance.yaml"


def aligned(text: str, **settings: Any) -> Any:
    graph = build(statements(text), Settings(**settings))
    assert not graph.data.refusals
    return ga.alignment(graph, as_of="2026-06-30", settings=Settings(**settings))


def row(text: str, one: str, other: str) -> dict[str, dict[str, Any]]:
    matrix = aligned(text)
    return matrix.row(*matrix.find(one, other))  # type: ignore[no-any-return]


REFERENCE = """
Partner A
Partner B
Partner C
Partner D
Partner E
Goal g1
Goal g2
Goal g3
Goal g5
Goal h1
Goal h2
Goal h3
A COMMITS_TO g1 weight=50
A COMMITS_TO g2 weight=30
A COMMITS_TO g3 weight=20
B COMMITS_TO g1 weight=20
B COMMITS_TO g2 weight=30
B COMMITS_TO g4 weight=50
Goal g4
C COMMITS_TO g1 weight=50
C COMMITS_TO g2 weight=30
C COMMITS_TO g3 weight=15
C COMMITS_TO g5 weight=5
D COMMITS_TO h1 weight=3
D COMMITS_TO h2 weight=2
D COMMITS_TO h3 weight=1
E COMMITS_TO h1 weight=1
E COMMITS_TO h2 weight=2
E COMMITS_TO h3 weight=3
"""


@pytest.mark.parametrize(
    ("pair", "jaccard", "overlap", "tau"),
    [(("A", "B"), 0.5, 0.5, None), (("A", "C"), 0.75, 0.95, 1.0), (("D", "E"), 1.0, 0.667, -1.0)],
)
def test_the_reference_values_of_agendas_come_out(
    pair: tuple[str, str], jaccard: float, overlap: float, tau: float | None
) -> None:
    parts = row(REFERENCE, *pair)
    assert parts["common_agenda"]["jaccard"] == pytest.approx(jaccard)
    assert parts["common_agenda"]["value"] == pytest.approx(overlap, abs=5e-4)
    assert parts["same_priorities"]["value"] == (None if tau is None else pytest.approx(tau))
    assert (parts["same_priorities"]["level"] == "cannot judge") == (tau is None)


def test_the_heaviest_goal_that_the_other_lacks_is_named() -> None:
    matrix = aligned(REFERENCE)
    names = matrix.graph.names
    parts = matrix.row(*matrix.find("A", "B"))
    assert names[parts["common_agenda"]["a_alone"]] == "g3"
    assert names[parts["common_agenda"]["b_alone"]] == "g4"


def test_opposed_priorities_are_a_pattern_and_their_goals_are_listed() -> None:
    matrix = aligned(REFERENCE)
    assert "opposed priorities" in matrix.to_frame().filter(partner="D", other="E")["patterns"].item().to_list()
    told = story(matrix, "D", "E")
    assert sum("opposite order" in d for d in told.chapters[1].details) == 3


@pytest.mark.parametrize("seed", range(20))
def test_tau_b_equals_that_of_scipy_on_random_weights_with_ties(seed: int) -> None:
    draw = random.Random(seed)
    goals = [f"g{i}" for i in range(12)]
    weights = {p: {g: float(draw.randint(1, 4)) for g in goals if draw.random() < 0.8} for p in "AB"}
    lines = ["Partner A", "Partner B", *(f"Goal {g}" for g in goals)]
    lines += [f"{p} COMMITS_TO {g} weight={w}" for p, held in weights.items() for g, w in held.items()]
    common = sorted(weights["A"].keys() & weights["B"].keys())
    part = row("\n".join(lines), "A", "B")["same_priorities"]
    if len(common) < 3:
        assert part["level"] == "cannot judge"
        return
    expected = kendalltau(*([weights[p][g] for g in common] for p in "AB")).statistic
    assert (part["value"] is None) == math.isnan(expected)
    assert part["value"] is None or part["value"] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_redundancy_equals_the_matching_of_networkx(seed: int) -> None:
    draw = random.Random(seed)
    ties = [(1, 2, draw.randint(10, 18), draw.randint(20, 28)) for _ in range(draw.randint(1, 25))]
    ties += [(1, 3, draw.randint(10, 18), draw.randint(30, 38)) for _ in range(draw.randint(1, 25))]
    found = redundancy(pl.DataFrame(ties, schema=dict.fromkeys(("a", "b", "person", "other"), pl.UInt32), orient="row"))
    for a, b, k in found.iter_rows():
        graph = nx.Graph((x, y) for p, q, x, y in ties if (p, q) == (a, b))
        top = {x for x in graph if x < 20}
        assert k == len(nx.bipartite.hopcroft_karp_matching(graph, top)) // 2


def test_the_reference_coordination_requirements_come_out() -> None:
    # TA = [[0,1,0],[0,1,1],[1,1,0]], TD = [[1,1,0],[1,1,1],[0,1,1]]: everybody must coordinate with everybody.
    text = """
    Stakeholder p1
    Stakeholder p2
    Stakeholder p3
    Partner A
    Partner B
    Partner C
    p1 MEMBER_OF A
    p2 MEMBER_OF B
    p3 MEMBER_OF C
    Goal t1
    Goal t2
    Goal t3
    p1 RESPONSIBLE_FOR t2
    p2 RESPONSIBLE_FOR t2
    p2 RESPONSIBLE_FOR t3
    p3 RESPONSIBLE_FOR t1
    p3 RESPONSIBLE_FOR t2
    t1 DEPENDS_ON t2
    t2 DEPENDS_ON t1
    t2 DEPENDS_ON t3
    t3 DEPENDS_ON t2
    p1 COMMUNICATES_WITH p2 date=2026-06-20
    """
    ta = np.array([[0, 1, 0], [0, 1, 1], [1, 1, 0]])
    td = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    requirements = ta @ td @ ta.T
    assert requirements.tolist() == [[1, 2, 2], [2, 4, 3], [2, 3, 4]]
    matrix = aligned(text)
    assert coordinating(matrix.facts).height == np.count_nonzero(requirements - np.diag(np.diag(requirements)))
    levels = {pair: matrix.row(*matrix.find(*pair))["coordination"]["value"] for pair in ("AB", "AC", "BC")}
    assert levels == {"AB": 1.0, "AC": 0.0, "BC": 0.0}
    assert sum(levels.values()) / 3 == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", range(12))
def test_requirements_equal_the_matrix_product_on_random_work(seed: int) -> None:
    draw = random.Random(seed)
    people, goals = [f"p{i}" for i in range(6)], [f"t{i}" for i in range(7)]
    does = {(p, g) for p in people for g in goals if draw.random() < 0.25}
    needs = {(g, h) for g in goals for h in goals if g != h and draw.random() < 0.15}
    lines = [f"Stakeholder {p}" for p in people] + [f"Goal {g}" for g in goals]
    lines += [f"{p} RESPONSIBLE_FOR {g}" for p, g in sorted(does)] + [f"{g} DEPENDS_ON {h}" for g, h in sorted(needs)]
    ta = np.array([[(p, g) in does for g in goals] for p in people], dtype=int)
    td = np.array([[g == h or (g, h) in needs for h in goals] for g in goals], dtype=int)
    product = ta @ td @ ta.T
    graph = build(statements("\n".join(lines)), Settings())
    facts = Facts(graph, ga.alignment(graph, as_of="2026-06-30").facts.as_of, Settings())
    found = {(graph.ids[p], graph.ids[o]) for p, o in coordinating(facts).iter_rows()}
    expected = {
        (p, q) for i, p in enumerate(people) for j, q in enumerate(people) if i != j and product[i, j] + product[j, i]
    }
    assert found == expected


TWO = """
Partner A
Partner B
Stakeholder a1
Stakeholder a2
Stakeholder b1
Stakeholder b2
a1 MEMBER_OF A
a2 MEMBER_OF A
b1 MEMBER_OF B
b2 MEMBER_OF B
Goal ga
Goal gb
Goal g
A COMMITS_TO ga
B COMMITS_TO gb
"""


def test_contact_through_one_person_is_at_best_to_watch_and_hangs_by_a_thread() -> None:
    text = (
        TWO
        + "Goal s\nA COMMITS_TO s\nB COMMITS_TO s\n"
        + "a1 COMMUNICATES_WITH b1 date=2026-06-29\na1 COMMUNICATES_WITH b2 date=2026-06-28"
    )
    matrix = aligned(text)
    part = matrix.row(*matrix.find("A", "B"))["contact"]
    assert (part["k"], part["value"], part["level"]) == (1, 1, "watch")
    assert "hanging by a thread" in matrix.pairs["patterns"][0].to_list()


def test_a_member_of_both_is_contact_today_and_is_left_out_of_redundancy() -> None:
    part = row(TWO + "a1 MEMBER_OF B\na2 COMMUNICATES_WITH b1 date=2026-01-01", "A", "B")["contact"]
    assert (part["value"], part["level"], part["k"], len(part["common_members"])) == (0, "good", 1, 1)


def test_undated_contact_cannot_be_judged_and_no_contact_is_poor() -> None:
    assert row(TWO + "a1 COMMUNICATES_WITH b1", "A", "B")["contact"]["level"] == "cannot judge"
    assert row(TWO + "a1 COMMUNICATES_WITH a2 date=2026-06-01", "A", "B")["contact"]["level"] == "poor"
    assert row(TWO, "A", "B")["contact"]["why"] == "no contact between people is recorded"


def test_support_and_harm_are_valued_from_both_sides_and_never_subtracted() -> None:
    text = TWO + "ga CONTRIBUTES_TO g weight=60\ngb CONTRIBUTES_TO g weight=-40\nga CONTRIBUTES_TO gb weight=-50"
    part = row(text, "A", "B")["help_or_harm"]
    # g: A gives 60 - 40 x -50/100 = 80, B gives -40; gb: A gives -50, B has it at 100.
    assert (part["support"], part["harm"], part["level"]) == (0.0, pytest.approx(0.4 + 0.5), "poor")


def test_contributions_in_circles_that_do_not_settle_cannot_be_judged() -> None:
    text = (
        TWO
        + "Goal h\nga CONTRIBUTES_TO g weight=50\ng CONTRIBUTES_TO gb weight=100\n"
        + "g CONTRIBUTES_TO h weight=-100\nh CONTRIBUTES_TO g weight=100"
    )
    assert row(text, "A", "B")["help_or_harm"]["why"] == "the contributions run in circles and do not settle"


def test_two_dependencies_one_way_and_none_back_are_one_way_dependence() -> None:
    text = TWO + "Goal g2\nA COMMITS_TO g2\nga DEPENDS_ON gb\ng2 DEPENDS_ON gb"
    matrix = aligned(text)
    part = matrix.row(*matrix.find("A", "B"))["help_or_harm"]
    assert (part["a_needs"], part["b_needs"]) == (2, 0)
    assert "one-way dependence" in matrix.pairs["patterns"][0].to_list()


def test_clear_roles_counts_goals_with_one_owner_and_lists_contested_ones() -> None:
    text = TWO + "Goal s\nA COMMITS_TO s\nB COMMITS_TO s\na1 ACCOUNTABLE_FOR s\nb1 ACCOUNTABLE_FOR s"
    matrix = aligned(text)
    part = matrix.row(*matrix.find("A", "B"))["clear_roles"]
    assert (part["value"], part["both_act"], part["level"]) == (0.0, 1.0, "poor")
    assert [matrix.graph.ids[g] for g in part["contested"]] == ["s"]
    assert row(text.replace("Goal s\n", "Goal s co_owned=true\n"), "A", "B")["clear_roles"]["value"] == 1.0


def test_stale_and_missing_kpis_are_counted_apart() -> None:
    text = TWO + "Goal s\nGoal t\nGoal u\n" + "".join(f"{p} COMMITS_TO {g}\n" for p in "AB" for g in "stu")
    text += (
        "Kpi k actual=3 measured_on=2026-06-01\nKpi old actual=3 measured_on=2025-01-01\nk MEASURES s\nold MEASURES t"
    )
    part = row(text, "A", "B")["shared_measurement"]
    assert (part["value"], part["stale"], part["missing"], part["level"]) == (
        pytest.approx(1 / 3, abs=1e-6),
        1,
        1,
        "poor",
    )


def test_a_partner_and_a_part_of_it_are_no_pair() -> None:
    matrix = aligned(TWO + "Partner C\nC PART_OF A")
    assert matrix.to_frame().select("partner", "other").rows() == [("A", "B"), ("B", "C")]
    with pytest.raises(ga.UsageError, match="part of the other"):
        matrix.find("A", "C")
    with pytest.raises(ga.UsageError, match="did you mean"):
        aligned("Partner Harbour\nPartner City").find("Harbor", "City")


def test_where_nobody_commits_the_goals_of_a_partner_count_in_equal_shares() -> None:
    text = "Partner A\nPartner B\nGoal g\nGoal h\nA ACCOUNTABLE_FOR g\nB ACCOUNTABLE_FOR g\nB ACCOUNTABLE_FOR h"
    part = row(text, "A", "B")["common_agenda"]
    assert part["value"] == pytest.approx(0.5)
    assert "nobody commits" in part["said"]


def test_pairs_come_with_most_poor_first_and_every_form_holds_them_all() -> None:
    matrix = ga.alignment(ga.read(HARBOUR), as_of="2026-06-30")
    poor = matrix.pairs.select("poor", "watch").rows()
    assert poor == sorted(poor, reverse=True)
    assert len(json.loads(forms.as_json(matrix))["pairs"]) == matrix.pairs.height
    assert len(forms.as_csv(matrix).splitlines()) == matrix.pairs.height + 1
    assert forms.as_markdown(matrix).count("\n| ") == matrix.pairs.height + 1
    assert all(len(line) <= 80 for limit in (None, 3) for line in forms.text(matrix, limit=limit).splitlines())


def test_the_order_of_the_input_does_not_change_the_matrix() -> None:
    lines = REFERENCE.strip().splitlines()
    assert forms.as_json(aligned("\n".join(reversed(lines)))) == forms.as_json(aligned(REFERENCE))
