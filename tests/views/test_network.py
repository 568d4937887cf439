"""The alliance as a pyvis network."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import BrowserContext

import graphalign as ga
from graphalign.errors import UsageError
from graphalign.views.layout import MOST_MAPPED
from tests.views.conftest import report_of


def test_every_node_and_relationship_is_in_the_network_parallel_ones_too() -> None:
    report = report_of("harbour")
    net = ga.to_pyvis(report.graph, report)
    ids = report.graph.ids.to_list()
    assert sorted(net.node_ids) == sorted(n["id"] for n in net.nodes) == ids
    told = sorted((e["from"], e["type"], e["to"]) for e in net.edges)
    assert told == sorted((a, k["type"], b) for a, b, k in report.graph.to_networkx().edges(data=True))
    assert len(set(told)) < len(told)


def test_nodes_stand_where_the_map_has_them_and_physics_is_off() -> None:
    net = ga.to_pyvis(report_of("rust-goals").graph)
    assert net.directed
    assert not net.options.physics.enabled
    assert all(isinstance(n[k], float) and n[k] == n[k] for n in net.nodes for k in ("x", "y", "size"))


def test_partners_come_first_so_that_they_are_drawn_behind() -> None:
    net = ga.to_pyvis(report_of("harbour").graph)
    kinds = [n["kind"] for n in net.nodes]
    assert set(kinds[: kinds.count("partner")]) == {"partner"}


def test_a_high_finding_is_told_by_a_sign_a_rim_and_words() -> None:
    report = report_of("two-startups")
    finding = next(f for f in report.findings if f.severity == "high" and not f.noted)
    subject = next(s for s in finding.subjects.values() if isinstance(s, str))
    node = ga.to_pyvis(report.graph, report).get_node(subject)
    assert node["label"].startswith("! ")
    assert node["color"]["border"] == "#b3122b"
    assert f"high: {finding.name.replace('-', ' ')} {finding.rule}" in node["title"]


def test_hostile_text_is_plain_in_everything_that_pyvis_writes_as_it_is() -> None:
    report = report_of("hostile")
    net = ga.to_pyvis(report.graph, report)
    texts = [t for n in net.nodes for t in (n["id"], n["title"])] + [
        t for e in net.edges for t in (e["title"], e["type"])
    ]
    assert not any(character in text for text in texts for character in "<>&\"'`")
    assert not any("href" in text for text in texts)
    assert len(set(net.node_ids)) == report.graph.nodes.height
    assert all(e["from"] in net.node_map and e["to"] in net.node_map for e in net.edges)


def test_hostile_text_runs_nothing_in_the_page_of_pyvis_not_even_in_its_menus(
    context: BrowserContext, tmp_path: Path
) -> None:
    report = report_of("hostile")
    net = ga.to_pyvis(report.graph, report)
    net.select_menu = net.filter_menu = True
    path = tmp_path / "network.html"
    path.write_text(net.generate_html(), encoding="utf-8")
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => network && document.querySelector('#mynetwork canvas')")
    goal = next(n for n in net.nodes if n["kind"] == "goal")
    at = page.evaluate("id => network.canvasToDOM(network.getPosition(id))", goal["id"])
    box = page.locator("#mynetwork").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + at["x"] - 3, box["y"] + at["y"])
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"], steps=3)
    page.locator(".vis-tooltip").wait_for(state="visible")
    page.evaluate("() => document.querySelector('#select-node').tomselect.open()")
    assert page.locator(".ts-dropdown .option").count() > 10
    assert page.evaluate("() => window.pwned") is None
    assert page.locator("img, svg, #mynetwork script, .ts-dropdown script").count() == 0


def test_ids_that_would_become_alike_stay_apart() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from([("<", {"label": "Goal"}), ("\u2039", {"label": "Goal"}), ('"', {"label": "Goal"})])
    assert len(set(ga.to_pyvis(ga.from_networkx(graph)).node_ids)) == 3


def test_more_nodes_than_can_be_drawn_are_refused() -> None:
    with pytest.raises(UsageError, match="cannot be drawn"):
        ga.to_pyvis(ga.generate(MOST_MAPPED + 1))
