"""Where everything belongs on the map."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graphalign.graph import AlignmentGraph, Facts
from graphalign.settings import Settings
from graphalign.views import homes as module
from graphalign.views.homes import NO_PARTNER, OTHER_PARTNERS, Homes, homes
from tests.views.alliances import of_partners, said

TWO = """
Partner a
Partner b
Stakeholder ann
Stakeholder bob
Stakeholder cat
ann MEMBER_OF a
bob MEMBER_OF b
"""


def where(graph: AlignmentGraph) -> Homes:
    return homes(Facts(graph, date(2026, 6, 30), Settings()))


def home_of(graph: AlignmentGraph, node: str) -> str | None:
    """Return the id of a node's home."""
    found = where(graph)
    home = int(found.home[graph.ids.to_list().index(node)])
    return None if home < 0 else graph.ids[int(found.partners[home])]


def sharers(graph: AlignmentGraph, node: str) -> list[str]:
    found = where(graph)
    at, partner = found.more
    return [graph.ids[int(found.partners[p])] for p in partner[at == graph.ids.to_list().index(node)]]


def test_a_person_belongs_to_the_partner_it_is_a_member_of() -> None:
    assert home_of(said(TWO), "bob") == "b"


def test_a_person_belongs_to_the_partner_of_its_group() -> None:
    graph = said(TWO + "Stakeholder board\nboard MEMBER_OF b\ncat MEMBER_OF board")
    assert home_of(graph, "cat") == "b"


def test_what_measures_or_serves_a_shared_goal_concerns_all_partners_of_the_goal() -> None:
    graph = said(
        TWO + "Goal quay\nKpi depth\nResponsibility dig\na COMMITS_TO quay\nb COMMITS_TO quay\n"
        "depth MEASURES quay\ndig SERVES quay"
    )
    assert [home_of(graph, node) for node in ("quay", "depth", "dig")] == [None, None, None]
    assert [sharers(graph, node) for node in ("quay", "depth", "dig")] == [["a", "b"]] * 3


def test_of_nested_partners_a_person_belongs_to_the_inner_one() -> None:
    graph = said(TWO + "b PART_OF a\nbob MEMBER_OF a")
    assert home_of(graph, "bob") == "b"
    assert sharers(graph, "bob") == []


def test_a_person_of_two_partners_belongs_to_the_first_by_id_and_tells_of_the_other() -> None:
    graph = said(TWO + "cat MEMBER_OF b\ncat MEMBER_OF a")
    assert home_of(graph, "cat") == "a"
    assert sharers(graph, "cat") == ["b"]


def test_who_belongs_to_nobody_is_in_the_region_of_no_partner() -> None:
    found, graph = where(said(TWO)), said(TWO)
    assert found.regions.tolist() == [0, 1, NO_PARTNER]
    assert found.region[graph.ids.to_list().index("cat")] == 2


def test_where_everybody_has_a_partner_there_is_no_such_region() -> None:
    assert where(said(TWO + "cat MEMBER_OF a")).regions.tolist() == [0, 1]


@pytest.mark.parametrize(
    "lines",
    [
        "a COMMITS_TO g",
        "a COMMITS_TO g\nbob ACCOUNTABLE_FOR g",
        "ann ACCOUNTABLE_FOR g",
        "ann ACCOUNTABLE_FOR g\nbob RESPONSIBLE_FOR g",
        "ann RESPONSIBLE_FOR g",
        "Responsibility r\nr SERVES g\nann RESPONSIBLE_FOR r",
        "Goal above\na COMMITS_TO above\ng CONTRIBUTES_TO above",
        "Goal below\na COMMITS_TO below\nbelow CONTRIBUTES_TO g",
    ],
)
def test_a_goal_belongs_to_whoever_has_the_strongest_claim(lines: str) -> None:
    assert home_of(said(TWO + "Goal g\n" + lines), "g") == "a"


@pytest.mark.parametrize("verb", ["COMMITS_TO", "ACCOUNTABLE_FOR"])
def test_a_goal_with_equal_claims_of_two_partners_is_shared(verb: str) -> None:
    one, other = ("a", "b") if verb == "COMMITS_TO" else ("ann", "bob")
    graph = said(TWO + f"Goal g\n{one} {verb} g\n{other} {verb} g")
    assert home_of(graph, "g") is None
    assert sharers(graph, "g") == ["a", "b"]
    assert where(graph).shared.tolist() == [graph.ids.to_list().index("g")]


def test_what_serves_or_measures_a_goal_stands_beside_it() -> None:
    graph = said(
        TWO + "Goal g\na COMMITS_TO g\nResponsibility r\nKpi k\nr SERVES g\nk MEASURES g\nbob RESPONSIBLE_FOR r"
    )
    ids = graph.ids.to_list()
    assert [home_of(graph, n) for n in ("r", "k")] == ["a", "a"]
    assert where(graph).satellite_of[[ids.index("r"), ids.index("k")]].tolist() == [ids.index("g")] * 2


def test_work_that_serves_nothing_belongs_with_those_who_do_it() -> None:
    assert home_of(said(TWO + "Responsibility r\nbob RESPONSIBLE_FOR r"), "r") == "b"


def test_a_label_outside_the_vocabulary_belongs_with_what_it_is_related_to() -> None:
    assert home_of(said(TWO + "Ship s\nbob STEERS s"), "s") == "b"


def test_up_to_24_partners_each_is_a_region_even_when_it_is_part_of_another() -> None:
    found = where(said(TWO + "b PART_OF a"))
    assert found.within.tolist() == [0, 1]
    assert found.merged == 0


def test_above_24_partners_those_that_are_part_of_another_are_drawn_in_its_region(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_NESTED", 2)
    graph = said(TWO + "Partner c\nPartner d\nc PART_OF b\nd PART_OF c\ncat MEMBER_OF d")
    found = where(graph)
    assert [graph.ids[int(p)] for p in found.partners] == ["a", "b", "c", "d"]
    assert found.within.tolist() == [0, 1, 1, 1]
    assert found.merged == 2
    assert home_of(graph, "cat") == "d"
    assert found.region[graph.ids.to_list().index("cat")] == 1


def test_above_40_regions_the_smallest_partners_share_one() -> None:
    found = where(of_partners(45, people=1, goals=0))
    assert len(found.regions) == 40
    assert found.regions[-1] == OTHER_PARTNERS
    assert (found.within == 39).sum() == 6


def test_every_node_that_is_not_shared_has_a_region() -> None:
    graph = of_partners(5)
    found = where(graph)
    shared = np.zeros(graph.nodes.height, dtype=bool)
    shared[found.shared] = True
    assert ((found.region >= 0) != shared).all()
