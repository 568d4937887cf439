"""The map in a real browser: what is drawn, what a click meets, what a selection, a filter and a size do to it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

import graphalign as ga
from graphalign.graph import AlignmentGraph
from graphalign.views import page as page_of
from tests.views.conftest import Open
from tests.views.known import loud, node, subjects
from tests.views.pictures import (
    ASK,
    CANVAS,
    MAP,
    ask,
    click_node,
    colours,
    drawn,
    free_nodes,
    go,
    link,
    partner,
    picture_of,
    pixel,
    place,
    selected,
    settled,
    state,
)

EVERY = ("harbour", "rust-goals", "two-startups", "clean", "hostile", "5000")
SIZES = ((1440, 900), (1024, 768), (390, 844))


def whole(page: Page) -> None:
    """Wait until the canvas is exactly as large as its place."""
    same = "canvas.clientHeight === field.clientHeight && canvas.clientWidth === field.clientWidth"
    page.wait_for_function(
        f"() => {{ {ASK} const field = map.querySelector('.map-field'); return field.clientHeight > 200 && {same}; }}"
    )
    settled(page)


def boxed(page: Page) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of the canvas in the window."""
    box = page.locator(CANVAS).bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def full_goals(page: Page) -> list[int]:
    """Return goals that are drawn in full colour: not those that are done or dropped."""
    return [one for one in free_nodes(page, ("goal",), 40) if sum(pixel(page, *place(page, one)[:2])) < 550]


def test_the_map_opens_on_everyone_and_above_1200_nodes_on_partners(opened: Open) -> None:
    assert drawn(opened("harbour", "#tab=map")).get_attribute(MAP, "data-mode") == "map"
    assert drawn(opened("5000", "#tab=map")).get_attribute(MAP, "data-mode") == "partners"


@pytest.mark.parametrize("sample", EVERY)
def test_the_canvas_has_marks_in_every_mode(opened: Open, sample: str) -> None:
    page = drawn(opened(sample, "#tab=map"))
    for mode in ("partners", "cascade") if sample == "5000" else ("map", "partners", "cascade"):
        page.click(f"[data-mode='{mode}']")
        settled(page)
        assert colours(page) > 20, mode


@pytest.mark.parametrize("sample", ["harbour", "5000"])
def test_the_canvas_is_as_high_as_its_place_at_every_size_and_the_page_does_not_scroll(
    opened: Open, sample: str
) -> None:
    page = drawn(opened(sample, "#tab=map"))
    for width, height in (*SIZES, SIZES[0]):
        page.set_viewport_size({"width": width, "height": height})
        whole(page)
        assert page.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 0
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
        assert colours(page) > 20


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "clean", "hostile", "300"])
def test_a_node_clicked_opens_that_node_after_every_change_of_mode_tab_and_size(opened: Open, sample: str) -> None:
    page = drawn(opened(sample, "#tab=map"))
    clicked = 0
    for width, height in SIZES[:2]:
        page.set_viewport_size({"width": width, "height": height})
        for mode in ("map", "cascade", "partners", "map"):
            page.click(f"[data-mode='{mode}']")
            page.click("#to-overview")
            page.click("#to-map")
            whole(page)
            for one in free_nodes(page, count=2):
                click_node(page, one)
                clicked += 1
    assert clicked >= 6


def test_a_node_of_an_opened_partner_of_5000_opens_when_clicked(opened: Open) -> None:
    page = drawn(opened("5000", "#tab=map"))
    x, y, r = place(page, partner(page, 0))
    page.mouse.dblclick(x, y + r * 0.6)
    page.wait_for_function("() => location.hash.includes('open=')")
    page.keyboard.press("Escape")
    x, y, r = place(page, partner(page, 0))
    page.mouse.move(x, y)
    for _ in range(8):
        page.mouse.wheel(0, -240)
        settled(page)
    nodes = free_nodes(page, ("goal", "person", "key person"), 3)
    assert nodes
    for one in nodes:
        click_node(page, one)


def test_everyone_at_once_is_refused_above_3000_with_a_sentence(opened: Open) -> None:
    page = drawn(opened("5000", "#tab=map"))
    page.click("[data-mode='map']")
    expect(page.locator(".map-note")).to_contain_text("3,000")
    assert page.get_attribute(MAP, "data-mode") == "partners"


@pytest.mark.parametrize(
    ("sample", "mode"),
    [("harbour", "map"), ("harbour", "partners"), ("harbour", "cascade"), ("rust-goals", "map"), ("5000", "partners")],
)
def test_a_finding_selects_all_its_subjects_and_brings_them_into_sight(opened: Open, sample: str, mode: str) -> None:
    page = drawn(opened(sample, f"#tab=map&mode={mode}"))
    findings = [f for f in loud(sample) if f["severity"] in ("high", "medium")]
    for finding in findings[:: max(1, len(findings) // 6)]:
        go(page, f"#tab=map&mode={mode}&finding={finding['id']}")
        about = {node(page, one) for one in subjects(finding) if one != finding["subjects"].get("kind")}
        assert about <= selected(page), finding["message"]
        left, top, right, bottom = boxed(page)
        for one in about:
            x, y, _ = place(page, one)
            assert left <= x <= right
            assert top <= y <= bottom


def test_what_is_off_the_picture_is_brought_into_it_by_a_selection(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    for _ in range(6):
        page.click(".map-in")
        settled(page)
    page.wait_for_function("() => location.hash.includes('zoom=')")
    far = next(one for one in range(100) if ask(page, "return picture.whereIs(i)?.y > 1200;", i=one))
    go(page, link(page, far))
    left, top, right, bottom = boxed(page)
    x, y, _ = place(page, far)
    assert left < x < right
    assert top < y < bottom


def test_a_selection_veils_all_else_and_escape_lifts_the_veil(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    other, chosen = full_goals(page)[:2]
    x, y, _ = place(page, other)
    before = pixel(page, x, y)
    go(page, link(page, chosen))
    assert sum(pixel(page, x, y)) > sum(before) + 60
    page.keyboard.press("Escape")
    settled(page)
    assert pixel(page, x, y) == before


def test_a_filter_dims_what_it_leaves_out(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    high = [f for f in loud("harbour") if f["severity"] == "high"]
    kept = {node(page, one) for f in high for one in subjects(f) if one != f["subjects"].get("kind")}
    left_out = next(one for one in full_goals(page) if one not in kept)
    x, y, _ = place(page, left_out)
    before = pixel(page, x, y)
    page.click(".map-legend [data-key='shigh']")
    settled(page)
    assert state(page)["severity"] == "high"
    assert sum(pixel(page, x, y)) > sum(before) + 60
    page.click(".map-legend [data-key='shigh']")
    page.mouse.move(5, 5)
    settled(page)
    assert pixel(page, x, y) == before


def test_a_kind_switched_off_in_the_legend_is_neither_drawn_nor_clicked(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    goal = free_nodes(page, ("goal",), 1)[0]
    x, y, _ = place(page, goal)
    before = pixel(page, x, y)
    page.click(".map-legend [data-key='kgoal']")
    settled(page)
    assert pixel(page, x, y) != before
    page.mouse.click(x, y)
    settled(page)
    assert goal not in selected(page)


def test_the_legend_counts_what_the_report_counts(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    for severity in ("high", "medium", "low", "info"):
        shown = page.inner_text(f".map-legend [data-key='s{severity}'] .map-entry-count")
        assert int(shown) == sum(f["severity"] == severity for f in loud("harbour"))


def test_a_pair_of_partners_shows_both(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map&pair=city~rail"))
    assert {node(page, "city"), node(page, "rail")} <= selected(page)


def test_the_path_between_two_nodes_is_drawn(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map&node=eelgrass&path=eelgrass~fairway"))
    assert {node(page, "eelgrass"), node(page, "fairway")} <= selected(page)


@pytest.mark.parametrize("sample", ["harbour", "5000"])
def test_zoom_lives_in_the_address_and_survives_a_reload(opened: Open, sample: str) -> None:
    page = drawn(opened(sample, "#tab=map"))
    first = partner(page, 1)
    page.click(".map-in")
    settled(page)
    page.click(".map-in")
    page.wait_for_function("() => Number(location.hash.split('zoom=')[1]?.split('~')[2]) > 1.7")
    before = place(page, first)
    page.reload()
    drawn(page)
    assert place(page, first) == pytest.approx(before, abs=1)
    page.click(".map-fit")
    page.wait_for_function("() => !location.hash.includes('zoom=')")


@pytest.mark.parametrize("sample", ["harbour", "clean", "5000"])
def test_the_picture_to_keep_is_larger_than_the_canvas_and_not_blank(opened: Open, sample: str, tmp_path: Path) -> None:
    page = drawn(opened(sample, "#tab=map"))
    with page.expect_download() as download:
        page.click(".map-png")
    target = tmp_path / "map.png"
    download.value.save_as(target)
    width, height, many = picture_of(page, target.read_bytes())
    left, top, right, bottom = boxed(page)
    assert width >= 2 * (right - left) - 2
    assert height > 2 * (bottom - top)
    assert many > 40
    assert download.value.suggested_filename.endswith("-map.png")


def test_a_map_first_shown_late_and_resized_while_hidden_is_whole(opened: Open) -> None:
    page = opened("harbour", "#tab=overview")
    page.click("#to-map")
    drawn(page)
    page.click("#to-overview")
    page.set_viewport_size({"width": 1024, "height": 700})
    page.click("#to-map")
    whole(page)
    assert colours(page) > 20
    click_node(page, free_nodes(page, count=1)[0])


def test_both_themes_are_drawn_in_their_own_colours(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    x, y, _ = place(page, free_nodes(page, ("goal",), 1)[0])
    light = pixel(page, x, y)
    page.emulate_media(color_scheme="dark")
    settled(page)
    settled(page)
    assert sum(pixel(page, x, y)) > sum(light)


def test_hostile_names_become_words_beside_the_mouse(opened: Open) -> None:
    page = drawn(opened("hostile", "#tab=map"))
    for one in free_nodes(page, ("goal", "person", "key person", "KPI", "responsibility"), 12):
        x, y, _ = place(page, one)
        page.mouse.move(x, y)
        expect(page.locator(".map-tip")).to_be_visible()
        assert page.locator(".map-tip img, .map-tip script, .map-tip svg, .map-tip a").count() == 0
    assert page.evaluate("window.pwned") is None


def crowd(partners: int) -> AlignmentGraph:
    """Return an alliance of so many partners with long names, in which neighbours share goals."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for at in range(partners):
        graph.add_node(f"p{at:02}", label="Partner", name=f"Northern University Hospital Trust {at}")
        for person in range(3 + at % 5):
            graph.add_node(f"s{at:02}{person}", label="Stakeholder", name=f"Person {at} {person}")
            graph.add_edge(f"s{at:02}{person}", f"p{at:02}", type="MEMBER_OF")
        graph.add_node(f"g{at:02}", label="Goal", name=f"Shorten the waiting time of clinic {at}")
        for one in {at, (at + 1) % partners}:
            graph.add_edge(f"p{one:02}", f"g{at:02}", type="COMMITS_TO")
    return ga.from_networkx(graph)


@pytest.mark.parametrize("partners", [1, 2, 3, 12, 40])
def test_names_of_partners_do_not_cover_each_other(opened: Open, tmp_path: Path, partners: int) -> None:
    target = tmp_path / "crowd.html"
    target.write_text(page_of(ga.check(crowd(partners), as_of="2026-06-30"), title="crowd"), encoding="utf-8")
    page = drawn(opened(target, "#tab=map"))
    for mode in ("map", "partners"):
        page.click(f"[data-mode='{mode}']")
        settled(page)
        boxes = [one["box"] for one in ask(page, "return picture.names();")]
        assert len(boxes) == partners
        for at, (ax, ay, aw, ah) in enumerate(boxes):
            for bx, by, bw, bh in boxes[:at]:
                assert not (ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah), mode
    page.click("[data-mode='cascade']")
    settled(page)
    assert colours(page) > 20


def test_the_legend_is_a_sheet_on_a_narrow_screen(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map", width=390, height=844))
    expect(page.locator(".map-legend")).to_be_hidden()
    page.click(".map-sheet")
    expect(page.locator(".map-legend")).to_be_visible()
    page.click(".map-legend [data-key='shigh']")
    assert state(page)["severity"] == "high"
    page.click(".map-sheet")
    expect(page.locator(".map-legend")).to_be_hidden()
