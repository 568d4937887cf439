"""One partner: its own nodes, its neighbours, the findings about it, and its pairs as they are in the whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import graphalign as ga
from graphalign.views.content import content
from graphalign.views.only import part_of
from tests.views.conftest import Open, report_of


@cache
def of(sample: str, partner: str) -> dict[str, Any]:
    return content(report_of(sample), only=partner)


def partners_of(sample: str) -> list[str]:
    graph = report_of(sample).graph
    return [str(i) for i in graph.ids.filter(graph.nodes["label"].cast(str) == "Partner")]


@pytest.fixture(params=["harbour", "two-startups"])
def each(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    return [(request.param, partner) for partner in partners_of(request.param)]


def own(sample: str, partner: str) -> set[str]:
    """Return what belongs to a partner: who is part of it, what is at home with these, and what serves that."""
    ties: list[tuple[str, str, str]] = list(report_of(sample).graph.to_networkx().edges(data="type"))
    belonging: nx.DiGraph[str] = nx.DiGraph((a, b) for a, b, t in ties if t in ("MEMBER_OF", "PART_OF"))
    people = {partner} | (nx.ancestors(belonging, partner) if partner in belonging else set())
    whole = content(report_of(sample))
    ids, homes = whole["nodes"]["id"], whole["nodes"]["home"]
    more = whole["nodes"]["more"] or [0] * len(ids)
    parts = {at for at, one in enumerate(whole["partners"]) if ids[one["node"]] in people}
    at_home = {i for i, home, others in zip(ids, homes, more, strict=True) if parts & {home, *(others or [])}}
    beside = {a for a, b, t in ties if t in ("SERVES", "MEASURES") and b in at_home}
    return people | at_home | beside


def subjects(finding: dict[str, Any]) -> set[str]:
    return {i for v in finding["subjects"].values() for i in ([v] if isinstance(v, str) else v)}


def test_the_findings_are_those_that_are_about_something_of_the_partner(each: list[tuple[str, str]]) -> None:
    for sample, partner in each:
        mine = own(sample, partner)
        shown = of(sample, partner)["report"]["findings"]
        wanted = [f for f in content(report_of(sample))["report"]["findings"] if subjects(f) & mine]
        ids = {f["id"] for f in wanted}
        # What folds beneath a finding about others only stands by itself here.
        assert [f["id"] for f in shown if f["id"] in ids] == [f["id"] for f in wanted]
        assert [f["id"] for f in shown if not subjects(f) & mine] == []
        known = set(of(sample, partner)["nodes"]["id"])
        assert all(subjects(f) - {"DEPENDS_ON", "CONTRIBUTES_TO"} <= known for f in shown)


def test_its_pairs_are_told_as_in_the_whole(each: list[tuple[str, str]]) -> None:
    for sample, partner in each:
        whole, part = content(report_of(sample)), of(sample, partner)

        def told(data: dict[str, Any]) -> dict[tuple[str, str], Any]:
            ids = data["nodes"]["id"]
            return {(ids[p["a"]], ids[p["b"]]): p["parts"] for p in data["alignment"]["pairs"]}

        pairs = {ends: parts for ends, parts in told(whole).items() if partner in ends}
        assert told(part) == pairs


def test_its_contact_is_told_as_in_the_whole(each: list[tuple[str, str]]) -> None:
    for sample, partner in each:
        whole, part = content(report_of(sample)), of(sample, partner)

        def told(data: dict[str, Any]) -> dict[Any, Any]:
            ids, contact = data["nodes"]["id"], data["contact"]
            talks: dict[int, list[Any]] = {}
            for pair, day, a, b in contact["talks"]:
                talks.setdefault(pair, []).append((day, *sorted((ids[a], ids[b]))))
            return {
                (ids[a], ids[b]): (level, days, sorted(talks.get(at, [])))
                for at, (a, b, level, days, *_) in enumerate(contact["pairs"])
            }

        pairs = {ends: said for ends, said in told(whole).items() if partner in ends}
        assert told(part) == pairs


def test_what_is_left_out_is_said_first() -> None:
    data = of("harbour", "city")
    assert data["made"]["only"] == "City of Hollesund"
    n = len(data["nodes"]["id"])
    assert data["left_out"][0].startswith("Only City of Hollesund is here: ")
    assert f"of {report_of('harbour').graph.nodes.height:,} nodes" in data["left_out"][0]
    assert n < report_of("harbour").graph.nodes.height


def test_a_partner_is_found_by_its_name_and_an_unknown_one_is_refused_with_the_nearest() -> None:
    assert part_of(report_of("harbour"), "city of hollesund").partner == "City of Hollesund"
    with pytest.raises(ga.UsageError, match="did you mean 'city'"):
        part_of(report_of("harbour"), "citty")


@pytest.mark.parametrize(("sample", "partner"), [("harbour", "city"), ("rust-goals", "")])
def test_the_page_of_one_partner_opens(opened: Open, tmp_path: Path, sample: str, partner: str) -> None:
    from graphalign.views import page

    wanted = partner or partners_of(sample)[0]
    path = tmp_path / "one.html"
    path.write_text(page(report_of(sample), only=wanted), "utf-8")
    shown = opened(path)
    assert "Only " in shown.locator("#tab-overview").inner_text()
    for tab in shown.get_by_role("tab").all():
        tab.click()
