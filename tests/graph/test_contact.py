"""Contact between partners: looked for only until it is found, or all of it, the answer is one."""

from __future__ import annotations

from datetime import date

import networkx as nx
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphalign as ga
from graphalign.graph import Facts, contact
from graphalign.rules.partnership import related
from graphalign.settings import Settings

PERSONS, PARTNERS = [f"s{i}" for i in range(6)], [f"p{i}" for i in range(5)]
Ends = list[tuple[str, str]]


def pairs_of(a: list[str], b: list[str]) -> st.SearchStrategy[Ends]:
    return st.lists(st.tuples(st.sampled_from(a), st.sampled_from(b)), max_size=8)


def facts_of(members: Ends, parts: Ends, talks: Ends) -> Facts:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(PERSONS, label="Stakeholder", kind="person")
    graph.add_nodes_from(PARTNERS, label="Partner")
    for type_, ends in (("MEMBER_OF", members), ("PART_OF", parts), ("COMMUNICATES_WITH", talks)):
        graph.add_edges_from(ends, type=type_)
    return Facts(ga.from_networkx(graph), date(2026, 6, 30), Settings())


@pytest.mark.parametrize("first", [1, 2, 1000])
@given(pairs_of(PERSONS, PARTNERS), pairs_of(PARTNERS, PARTNERS), pairs_of(PERSONS, PERSONS))
def test_who_is_in_contact_is_found_as_in_the_table_of_all_contact(
    first: int, members: Ends, parts: Ends, talks: Ends
) -> None:
    facts = facts_of(members, parts, talks)
    kin = related(facts)
    partners = facts.partners["partner"]
    all_of_it = facts.partner_contact.join(kin, on=["partner", "other"], how="anti")["partner"].unique()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contact, "FIRST_LOOK", first)
        found = contact.in_contact(facts, facts.mask(partners), kin)
        assert sorted(all_of_it) == [p for p in sorted(partners) if found[p]]
        for one in partners:
            alone = contact.in_contact(facts, facts.mask(pl.Series([one], dtype=pl.UInt32)), kin)
            assert bool(alone[one]) == (one in all_of_it)
