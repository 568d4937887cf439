"""The page around the tabs: search, filters, links, undo, theme, print, narrow screens."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.views.conftest import Open, report_of
from tests.views.known import document_of, listed, loud, node

TABS = ("overview", "map", "matrices", "people", "goals")


def test_every_tab_comes_to_the_front_by_click_by_number_and_by_link(opened: Open) -> None:
    page = opened("harbour")
    for at, tab in enumerate(TABS):
        page.click(f"#to-{tab}")
        expect(page.locator(f"#tab-{tab}")).to_be_visible()
        assert page.locator("[role=tabpanel]:visible").count() == 1
        assert at == 0 or f"tab={tab}" in page.url
        page.keyboard.press(str((at + 1) % 5 + 1))
        expect(page.locator(f"#to-{TABS[(at + 1) % 5]}")).to_have_attribute("aria-selected", "true")
    expect(opened("harbour", "#tab=goals").locator("#tab-goals")).to_be_visible()
    expect(opened("harbour", "#tab=nowhere&finding=zz&node=nobody").locator("#tab-overview")).to_be_visible()


def test_filters_their_link_and_a_reload_agree(opened: Open) -> None:
    page = opened("harbour")
    page.click(".toggle[data-severity=high]")
    page.click(".toggle[data-severity=medium]")
    page.select_option("#filter-rule", "COO")
    page.select_option("#filter-partner", "0")
    page.fill("#findings-text", "goal")
    page.click("[data-group=rule]")
    expect(page.locator(".chips .chip")).to_have_count(5)
    shown, chips = listed(page), page.locator(".chips .chip").all_inner_texts()
    expected = {f["id"] for f in loud("harbour") if f["severity"] in ("high", "medium") and f["rule"].startswith("COO")}
    assert shown
    assert set(shown) < expected
    link = page.url
    page.reload()
    assert listed(page) == shown
    assert page.url == link
    other = opened("harbour", link[link.index("#") :])
    assert (listed(other), other.locator(".chips .chip").all_inner_texts()) == (shown, chips)
    other.locator(".chip").first.click()
    expect(other.locator(".chips .chip")).to_have_count(len(chips) - 1)


def test_esc_undoes_the_selection_and_then_the_filters_one_by_one(opened: Open) -> None:
    page = opened("harbour")
    everything = listed(page)
    page.click(".toggle[data-severity=high]")
    high = listed(page)
    page.select_option("#filter-rule", "OWN")
    owned = listed(page)
    page.keyboard.press("j")
    assert everything > high
    assert len(high) > len(owned) > 0
    page.locator("#findings-title").focus()
    for left in (owned, high, everything, everything):
        page.keyboard.press("Escape")
        assert listed(page) == left
        expect(page.locator(".finding.is-open")).to_have_count(0)
    assert "severity" not in page.url


def test_esc_in_the_field_of_words_undoes_what_was_typed(opened: Open) -> None:
    page = opened("harbour")
    everything = listed(page)
    page.locator("#findings-text").press_sequentially("eelgrass")
    expect(page.locator(".chips .chip")).to_have_count(1)
    assert 0 < len(listed(page)) < len(everything)
    page.keyboard.press("Escape")
    assert listed(page) == everything
    expect(page.locator("#findings-text")).to_have_value("")


def test_the_back_button_walks_back_through_tabs_and_selections(opened: Open) -> None:
    page = opened("harbour")
    page.click("#to-goals")
    page.locator(".finding-head").first.click()
    page.locator(".finding.is-open [data-node]").first.click()
    expect(page.locator("#details")).to_be_visible()
    page.go_back()
    expect(page.locator("#details")).to_be_hidden()
    expect(page.locator(".finding.is-open")).to_have_count(1)
    page.go_back()
    expect(page.locator(".finding.is-open")).to_have_count(0)
    page.go_back()
    expect(page.locator("#tab-overview")).to_be_visible()
    page.go_forward()
    expect(page.locator("#tab-goals")).to_be_visible()


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "hostile"])
def test_search_reaches_every_node_and_finding(opened: Open, sample: str) -> None:
    page, graph = opened(sample), report_of(sample).graph
    names = list(zip(graph.ids.to_list(), graph.names.to_list(), strict=True))
    for name, said in names[:: max(1, len(names) // 12)]:
        if len(said or name) > 200:
            continue
        page.fill("#search", name)
        option = page.locator("#search-list [role=option]").first
        expect(option).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-details-of='{node(page, name)}']")).to_be_visible()
    finding = loud(sample)[-1]
    page.fill("#search", finding["id"])
    page.locator("#search-list [role=option]").first.click()
    expect(page.locator(f".finding.is-open[data-finding='{finding['id']}']")).to_be_visible()


def test_search_knows_names_without_their_accents_and_says_when_nothing_matches(opened: Open) -> None:
    page = opened("harbour")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("vasquez")
    expect(page.locator("#search-list [role=option]").first).to_contain_text("Helena Vásquez")
    page.keyboard.press("Escape")
    page.keyboard.type("no such thing")
    expect(page.locator("#search + .options-box")).to_contain_text("Nothing has these words.")


def test_the_theme_follows_the_system_until_one_is_chosen_and_is_kept(opened: Open) -> None:
    page = opened("harbour")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")
    page.click("#present")
    page.click("[data-theme-choice=light]")
    page.click("#large-type")
    expect(root).to_have_attribute("data-theme", "light")
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 18


def test_full_screen_is_entered_and_left(opened: Open) -> None:
    page = opened("harbour")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_help_opens_by_its_key_and_single_keys_can_be_switched_off(opened: Open) -> None:
    page = opened("harbour")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.uncheck("#single-keys")
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator(".finding.is-open")).to_have_count(0)


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "hostile"])
def test_paper_holds_the_title_the_verdicts_and_every_finding_with_its_evidence(opened: Open, sample: str) -> None:
    page = opened(sample)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    report = document_of(sample)
    paper = page.locator("#paper")
    expect(paper.locator("h1")).to_have_text(sample)
    said = paper.inner_text()
    every = report["findings"] + [f for one in report["findings"] for f in one["folded"]]
    assert page.locator(".paper-finding").count() == len(every)
    flat = re.sub(r"\s+", " ", said)
    for finding in every:
        assert re.sub(r"\s+", " ", finding["message"]).strip() in flat
        assert re.sub(r"\s+", " ", finding["remedy"]).strip() in flat
    for rule in report["rules"]:
        assert rule["code"] in said
    assert not page.locator("#top, #main").first.is_visible()


def test_paper_holds_the_tables_of_tabs_that_nobody_looked_at(opened: Open) -> None:
    page = opened("harbour")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    titles = page.locator("#paper .paper-wide > h2").all_text_contents()
    assert titles == ["Overview", "Matrices", "People", "Goals and KPIs"]
    assert "One plug for all berths and ships" in page.locator("#paper .paper-wide").last.inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_holds_the_map_and_both_charts_though_nobody_looked_at_them(
    opened: Open, theme: Literal["light", "dark"]
) -> None:
    page = opened("harbour")
    page.emulate_media(color_scheme=theme)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    figures = page.locator("#paper figure")
    assert figures.locator("figcaption").all_text_contents() == ["Map", "Power and interest", "Contact over time"]
    address = figures.locator("img").get_attribute("src") or ""
    drawn = base64.b64decode(address.partition(",")[2])
    grey = Image.open(io.BytesIO(drawn)).convert("L")
    assert grey.width > 1000
    assert sum(grey.histogram()[200:]) > grey.width * grey.height / 2  # paper is white, whatever the theme
    assert colours(drawn) > 500
    assert figures.nth(1).locator(".person").count() > 30
    assert figures.nth(2).locator(".pair-row").count() > 10
    assert figures.nth(1).locator(".legend li").count() > 3
    assert page.locator("#paper [id]").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#tab-map, #tab-people").evaluate_all("all => all.every(one => one.hidden)")


def test_the_pdf_of_the_page_is_a_report_of_many_pages_and_none_is_blank(opened: Open) -> None:
    page = opened("harbour", "#tab=map")
    page.wait_for_selector("#tab-map canvas")
    bytes_ = page.pdf(format="A4")
    assert bytes_.startswith(b"%PDF")
    pages = len(re.findall(rb"/Type\s*/Page\b", bytes_))
    assert pages >= 6
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    assert shot.height > 3000
    dark = sum(shot.histogram()[:100])
    assert dark > 20_000
    image = page.locator("#paper img")
    assert image.evaluate("i => i.complete && i.naturalWidth > 300")


def colours(shot: bytes) -> int:
    """Return how many colours a picture has."""
    return len(Image.open(io.BytesIO(shot)).convert("RGB").getcolors(1 << 24) or [])


@pytest.mark.parametrize("sample", ["harbour"])
def test_the_picture_of_a_tab_is_saved_and_not_blank(opened: Open, sample: str, tmp_path: Path) -> None:
    page = opened(sample, "#tab=map")
    page.wait_for_selector("#tab-map canvas")
    page.click("#present")
    with page.expect_download() as saved:
        page.click("#save-picture")
    saved.value.save_as(tmp_path / "map.png")
    assert colours((tmp_path / "map.png").read_bytes()) > 50
    page.click("#to-people")
    page.click("#present")
    with page.expect_download() as saved:
        page.click("#save-picture")
    saved.value.save_as(tmp_path / "people.svg")
    text = (tmp_path / "people.svg").read_text(encoding="utf-8")
    assert "var(" not in text
    assert text.count("<text") > 5


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("tab", TABS)
def test_nothing_runs_over_the_side_at_any_width(opened: Open, width: int, tab: str) -> None:
    page = opened("harbour", f"#tab={tab}", width=width, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.scrollHeight <= innerHeight")
    for selector in ("#top", "#tabs", "#present", "#help-open", "#search"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5


def test_on_a_narrow_screen_the_findings_are_a_sheet(opened: Open) -> None:
    page = opened("harbour", "#tab=map", width=390, height=844)
    expect(page.locator("#findings")).to_be_hidden()
    page.click("#sheet-open")
    expect(page.locator("#findings")).to_be_visible()
    page.locator(".finding-head").first.click()
    page.locator(".finding.is-open [data-node]").first.click()
    expect(page.locator("#details")).to_be_visible()
    page.click("#details-close")
    page.click("[data-sheet-close]")
    expect(page.locator("#findings")).to_be_hidden()
    expect(page.locator("#sheet-open")).to_be_focused()


def ids_in(url: str) -> str:
    """Return the fragment of an address, readable."""
    return unquote(url[url.index("#") :])


def test_ids_of_any_kind_travel_in_links(opened: Open) -> None:
    page = opened("hostile")
    names = report_of("hostile").graph.ids.to_list()
    for name in [n for n in names if len(n) < 300][::6]:
        page.fill("#search", name)
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-details-of='{node(page, name)}']")).to_be_visible()
        assert name in ids_in(page.url)
        page.reload()
        expect(page.locator(f"[data-details-of='{node(page, name)}']")).to_be_visible()


def watch_live(page: Page) -> list[str]:
    """Return what the page has said aloud since it opened."""
    said: list[str] = page.evaluate("window.said")
    return said


def test_changes_are_said_aloud(opened: Open, context: BrowserContext) -> None:
    context.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.said = [];"
        " new MutationObserver(() => window.said.push(document.getElementById('live').textContent))"
        ".observe(document.getElementById('live'), {childList: true, characterData: true, subtree: true}); })"
    )
    page = opened("harbour")
    assert page.get_attribute("#live", "aria-live") == "polite"
    page.click(".toggle[data-severity=high]")
    page.click("#to-goals")
    page.keyboard.press("j")
    said = " ".join(watch_live(page))
    assert "14 findings shown." in said
    assert "Goals" in said
    assert loud("harbour")[0]["message"] in said
