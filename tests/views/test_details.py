"""The panel of a node or a pair: what it says of it, around it and on the way to another."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

import graphalign as ga
from graphalign.views import html
from graphalign.views import page as page_of
from graphalign.views.content import content
from tests.views.conftest import Open, report_of
from tests.views.known import DATA, document_of, ids, loud, network_of, node, subjects


def some_nodes(sample: str, count: int = 6) -> list[str]:
    """Return nodes that differ in how much is around them: from the fewest to the most neighbours."""
    network = network_of(sample)
    ranked = sorted(network.nodes, key=lambda n: (network.degree[n], n))
    return [ranked[at * (len(ranked) - 1) // (count - 1)] for at in range(count)]


def select(page: Page, name: str) -> None:
    """Select a node through its link."""
    page.evaluate(
        "id => { location.hash = '#tab=overview&node=' + encodeURIComponent(id).replace(/~/g, '%7E'); }", name
    )
    page.wait_for_selector(f"[data-details-of='{node(page, name)}']")


def ego(page: Page) -> set[str]:
    """Return the ids listed as around the node."""
    page.evaluate("document.querySelectorAll('.ego-list details').forEach(d => { d.open = true; })")
    # A function, as in every wait: an expression is evaluated anew at each look, which the page's policy forbids.
    page.wait_for_function(
        "() => [...document.querySelectorAll('.ego-list details ul')].every(u => u.childElementCount)"
    )
    page.evaluate("document.querySelectorAll('.ego-list button.link').forEach(b => b.click())")
    return set(ids(page, ".ego-list [data-node]"))


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "hostile", "1000"])
def test_what_is_around_a_node_is_networkx_ego_graph(opened: Open, sample: str) -> None:
    page, network = opened(sample), network_of(sample)
    for name in some_nodes(sample):
        select(page, name)
        for steps in (1, 2):
            page.click(f"[data-steps='{steps}']")
            around = set(nx.ego_graph(network, name, radius=steps))
            assert page.get_attribute("#ego-count", "data-count") == str(len(around))
            assert ego(page) | {name} == around


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "1000"])
def test_the_shortest_path_is_as_long_as_networkx_says_and_each_step_is_a_relationship(
    opened: Open, sample: str
) -> None:
    page, network = opened(sample), network_of(sample)
    names = some_nodes(sample, 5)
    for start, end in zip(names, names[1:] + names[:1], strict=True):
        page.goto(page.url.split("#")[0] + "#tab=overview")
        index, other = node(page, start), node(page, end)
        select(page, start)
        page.evaluate(
            "([a, b]) => { location.hash += '&path=' + [a, b].map(i => encodeURIComponent(i)).join('~'); }",
            [start, end],
        )
        assert index != other
        if nx.has_path(network, start, end):
            expect(page.locator(".path")).to_have_attribute(
                "data-length", str(nx.shortest_path_length(network, start, end))
            )
            walked = ids(page, ".path [data-node]")
            assert (walked[0], walked[-1]) == (start, end)
            assert all(network.has_edge(a, b) for a, b in pairwise(walked))
        else:
            expect(page.locator(".path")).to_contain_text("No path leads to")


def test_a_path_is_picked_by_typing_a_name_and_esc_takes_it_back_first(opened: Open) -> None:
    page = opened("harbour", "#tab=overview&node=eelgrass")
    page.fill("#path-to", "fairway of 14")
    expect(page.locator("#path-to-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".path")).to_have_attribute("data-length", "1")
    assert "path=eelgrass~fairway" in page.url
    expect(page.locator(".path")).to_contain_text("conflicts with")
    page.keyboard.press("Escape")
    expect(page.locator(".path")).to_be_empty()
    expect(page.locator("#details")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()


def test_properties_place_and_relationships_are_those_of_the_graph(opened: Open) -> None:
    page, graph = opened("harbour"), report_of("harbour").graph.to_networkx()
    for name in some_nodes("harbour", 8):
        select(page, name)
        shown = dict(
            zip(
                page.locator(".properties dt").all_inner_texts(),
                page.locator(".properties dd").all_inner_texts(),
                strict=True,
            )
        )
        known = graph.nodes[name]
        assert shown["id"] == name
        for key in ("title", "engagement", "priority"):
            if known.get(key) is not None:
                assert shown[key] == str(known[key])
        if known.get("power") is not None:
            assert float(shown["power"]) == known["power"]
        expect(page.locator(".details-head .place")).to_contain_text("harbour-alliance.xlsx, sheet ")
        # A loop would stand once in the page and twice in the degree; the sample has none.
        assert page.get_attribute("#details-relationships .number", "data-count") == str(graph.degree[name])
        for button in page.locator(".relation .link").all():
            button.click()
        beside = ids(page, ".relation [data-node]")
        assert set(beside) == set(graph.pred[name]) | set(graph.succ[name])
        assert len(beside) == graph.degree[name]


def test_the_findings_of_a_node_are_those_with_it_among_their_subjects(opened: Open) -> None:
    page = opened("harbour")
    found = document_of("harbour")["findings"]
    found = found + [one for f in found for one in f["folded"]]
    name = max(network_of("harbour").nodes, key=lambda n: sum(n in subjects(f) for f in found))
    about = {f["id"] for f in found if name in subjects(f)}
    assert len(about) > 2
    select(page, name)
    shown = page.locator("#details .finding-list [data-opens]")
    assert {one.get_attribute("data-opens") for one in shown.all()} == about
    first = shown.first.get_attribute("data-opens")
    shown.first.click()
    expect(page.locator("#details")).to_be_hidden()
    expect(page.locator(f"[data-finding='{first}'].is-open, .pinned[data-finding='{first}']")).to_be_visible()


def test_back_leads_through_the_nodes_looked_at_to_the_finding_they_came_from(opened: Open) -> None:
    page = opened("harbour")
    finding = loud("harbour")[0]
    page.locator(".finding-head").first.click()
    page.locator(".finding.is-open [data-node]").first.click()
    first = page.locator("#details h2").inner_text()
    page.locator("#details .relation [data-node]").first.click()
    expect(page.locator("#details h2")).not_to_have_text(first)
    page.click("#details-back")
    expect(page.locator("#details h2")).to_have_text(first)
    page.click("#details-back")
    expect(page.locator(f".finding.is-open[data-finding='{finding['id']}']")).to_be_visible()


def test_two_partners_show_the_seven_parts_and_what_is_found_of_both(opened: Open) -> None:
    page = opened("harbour", "#tab=overview&pair=city~port")
    data = page.evaluate(DATA)
    index = [data["nodes"]["id"].index(name) for name in ("city", "port")]
    pair = next(p for p in data["alignment"]["pairs"] if {p["a"], p["b"]} == set(index))
    levels = [one.get_attribute("data-level") for one in page.locator("#details .chapter").all()]
    assert levels == [part[2] for part in pair["parts"]]
    assert len(levels) == 7
    expect(page.locator("#details h2")).to_contain_text(" and ")
    count = int(page.get_attribute("#details h3 .number", "data-count") or -1)
    page.evaluate("location.hash = '#tab=overview&partner=city&group=partner'")
    port = next(p for p, partner in enumerate(data["partners"]) if data["nodes"]["id"][partner["node"]] == "port")
    number = page.locator(f".finding-group[data-group=p{port}] .group-head .number")
    assert number.get_attribute("data-count") == str(count)


def test_only_web_addresses_become_links(context: BrowserContext, tmp_path: Path) -> None:
    links = {
        "good": "https://example.org/a?b=1&c=<d>",
        "plain": "http://example.org",
        "script": "javascript:window.pwned=1",
        "spaced": " \tjavascript:window.pwned=1",
        "data": "data:text/html,<script>window.pwned=1</script>",
        "file": "file:///etc/passwd",
        "broken": "http://[",
        "said": "see https://example.org",
    }
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("p", label="Partner", name="P", **links)
    graph.add_node("s", label="Stakeholder", name="S")
    graph.add_edge("s", "p", type="MEMBER_OF", link=links["script"])
    report = ga.check(ga.from_networkx(graph), as_of="2026-06-30")
    (tmp_path / "x.html").write_text(page_of(report, title="x"), encoding="utf-8")
    page = context.new_page()
    page.goto((tmp_path / "x.html").as_uri() + "#tab=overview&node=p")
    found = page.locator("#details a")
    assert [one.get_attribute("href") for one in found.all()] == [
        "https://example.org/a?b=1&c=%3Cd%3E",
        "http://example.org/",
    ]
    assert {one.get_attribute("rel") for one in found.all()} == {"noopener noreferrer"}
    shown = json.dumps(page.locator(".properties dd").all_inner_texts())
    assert "file:///etc/passwd" in shown
    assert page.evaluate(
        "[...document.querySelectorAll('[href]')].every(e => /^(https?|data:,)/.test(e.getAttribute('href')))"
    )


def test_the_drawing_around_a_node_leads_to_what_it_shows(opened: Open) -> None:
    page = opened("harbour", "#tab=overview&node=eelgrass")
    page.locator(".ego-node.ring-1").first.click()
    expect(page.locator("#details h2")).not_to_have_text("Two hectares of eelgrass")
    assert page.locator(".ego > svg").get_attribute("role") == "img"


def test_a_page_too_large_for_its_relationships_says_so_and_still_opens_every_node(
    context: BrowserContext, tmp_path: Path
) -> None:
    data = content(report_of("two-startups"), title="large")
    data["edges"] |= {"type": [], "source": [], "target": [], "properties": [], "place": []}
    data["nodes"] |= {"properties": [], "place": []}
    (tmp_path / "x.html").write_text(html(data), encoding="utf-8")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((tmp_path / "x.html").as_uri())
    for name in data["nodes"]["id"]:
        select(page, name)
        expect(page.locator("#details")).to_contain_text("the page holds no relationships")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".finding.is-open")).to_have_count(1)
    assert wrong == []
