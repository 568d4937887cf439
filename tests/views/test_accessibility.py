"""For everyone: axe-core finds nothing serious, text stands out from its ground, nothing is said by colour alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.views.conftest import Open
from tests.views.known import loud

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = (HERE / "contrast.js").read_text(encoding="utf-8")
TOKENS = (HERE / "tokens.js").read_text(encoding="utf-8")
TABS = ("overview", "map", "matrices", "people", "goals")
STATES = {
    "a finding": "&finding={finding}",
    "a node": "&node=eelgrass&path=eelgrass~fairway",
    "a pair": "&pair=city~port",
    "filtered": "&severity=high~medium&family=COO&text=goal&group=partner",
}


def violations(page: Page) -> list[str]:
    """Return what axe calls serious or critical, with the elements."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {len(one['nodes'])} as {[n['html'][:160] for n in one['nodes'][:4]]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def show(page: Page, fragment: str) -> None:
    """Go to a state of the page through its address, without loading it again."""
    page.evaluate("hash => { location.hash = hash; }", fragment)
    page.wait_for_timeout(150)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_axe_and_the_contrast_of_text_find_nothing_serious(opened: Open, tab: str, theme: str) -> None:
    page = opened("harbour", f"#tab={tab}")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    assert violations(page) + page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_what_is_selected_or_filtered_passes_too(opened: Open, state: str, theme: str) -> None:
    page = opened("harbour", "#tab=goals" + STATES[state].format(finding=loud("harbour")[0]["id"]))
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    assert violations(page) + page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_menus_help_and_search_pass_too(opened: Open, theme: str) -> None:
    page = opened("harbour")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.click("#present")
    assert violations(page) + page.evaluate(CONTRAST) == []
    page.keyboard.press("Escape")
    page.fill("#search", "har")
    expect(page.locator("#search-list [role=option]").first).to_be_visible()
    assert violations(page) + page.evaluate(CONTRAST) == []
    page.keyboard.press("Escape")
    page.click("#help-open")
    assert violations(page) + page.evaluate(CONTRAST) == []
    page.keyboard.press("Escape")
    for fold in page.locator("#findings > div details > summary, #findings > details > summary").all():
        fold.click()
    assert violations(page) + page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("sample", ["rust-goals", "clean", "hostile"])
def test_other_alliances_pass_on_every_tab(opened: Open, sample: str) -> None:
    page = opened(sample)
    wrong = {}
    for tab in TABS:
        show(page, f"#tab={tab}")
        wrong[tab] = violations(page) + page.evaluate(CONTRAST)
    assert {tab: found for tab, found in wrong.items() if found} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_narrow_page_passes_with_its_sheets(opened: Open, theme: str) -> None:
    page = opened("harbour", "#tab=map", width=390, height=844)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    wrong = {"bare": violations(page) + page.evaluate(CONTRAST)}
    page.click("#sheet-open")
    page.locator(".finding-head").first.click()
    wrong["findings"] = violations(page) + page.evaluate(CONTRAST)
    page.locator(".finding.is-open [data-node]").first.click()
    wrong["details"] = violations(page) + page.evaluate(CONTRAST)
    assert {state: found for state, found in wrong.items() if found} == {}


def test_a_severity_is_a_shape_and_a_word(opened: Open) -> None:
    page = opened("harbour")
    for severity, word in {"high": "High", "medium": "Medium", "low": "Low", "info": "Info"}.items():
        signs = page.locator(f".finding[data-severity={severity}] .finding-sign svg")
        assert signs.count() > 0
        assert {one.get_attribute("aria-label") for one in signs.all()} == {word}
        expect(page.locator(f".toggle[data-severity={severity}]")).to_contain_text(word)
    shapes = page.evaluate(
        "['high', 'medium', 'low', 'info'].map(s => `.toggle[data-severity=${s}] svg`)"
        ".map(s => document.querySelector(s).innerHTML)"
    )
    assert len(set(shapes)) == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_ink_of_the_tokens_stands_out_from_every_ground_it_may_lie_on(opened: Open, theme: str) -> None:
    page = opened("harbour")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    weak = page.evaluate(TOKENS)
    assert weak == []
