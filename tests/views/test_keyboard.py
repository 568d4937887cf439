"""By keyboard alone: everything is reached, shows that it has the focus, and works."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.views.conftest import Open
from tests.views.known import loud

TABS = ("overview", "map", "matrices", "people", "goals")
HERE = Path(__file__).parent
REACHABLE = (HERE / "reachable.js").read_text(encoding="utf-8")
FOCUSED = (HERE / "focused.js").read_text(encoding="utf-8")


def walk(page: Page, limit: int) -> tuple[set[str], list[str]]:
    """Press Tab until the page is left; return what was reached and what did not show it."""
    reached: set[str] = set()
    unseen: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["reach"] in reached:
            break
        if focused["reach"] is not None:
            reached.add(focused["reach"])
        if not focused["visible"]:
            unseen.append(focused["what"])
    return reached, unseen


@pytest.mark.parametrize(
    "fragment", [*(f"#tab={tab}" for tab in TABS), "#tab=goals&node=eelgrass", "#tab=people&pair=city~port"]
)
def test_tab_comes_to_everything_that_can_be_worked_and_its_focus_is_seen(opened: Open, fragment: str) -> None:
    page = opened("two-startups" if "&" not in fragment else "harbour", fragment)
    count = page.evaluate(REACHABLE)
    assert count > 20
    reached, unseen = walk(page, count + 40)
    missed = page.evaluate(
        "got => [...document.querySelectorAll('[data-reach]')].filter(e => !got.includes(e.dataset.reach))"
        ".map(e => `${e.tagName} #${e.id} .${e.className} ${e.textContent.slice(0, 40)}`)",
        sorted(reached),
    )
    assert missed == []
    assert unseen == []


def test_a_finding_is_found_opened_read_and_discussed_without_a_mouse(opened: Open) -> None:
    page = opened("harbour")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".skip:focus")).to_have_text("Skip to the findings")
    page.keyboard.press("Enter")
    expect(page.locator("#findings-title")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('group-head')"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    second = loud("harbour")[1]
    item = page.locator(f".finding.is-open[data-finding='{second['id']}']")
    expect(item.locator(".finding-head")).to_be_focused()
    page.keyboard.press("Tab")
    expect(item.locator("[data-node]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()
    assert page.evaluate("document.getElementById('findings').contains(document.activeElement)")
    page.keyboard.press("j")
    page.keyboard.press("j")
    box = page.locator(".finding.is-open input[type=checkbox]")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("jk/1?f Ask Kim")
    expect(page.locator(".finding.is-open textarea")).to_have_value("jk/1?f Ask Kim")


def test_arrows_home_and_end_move_between_tabs(opened: Open) -> None:
    page = opened("harbour")
    page.focus("#to-overview")
    for key, tab in (
        ("ArrowRight", "map"),
        ("End", "goals"),
        ("ArrowRight", "overview"),
        ("ArrowLeft", "goals"),
        ("Home", "overview"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#to-{tab}")).to_be_focused()
        expect(page.locator(f"#to-{tab}")).to_have_attribute("aria-selected", "true")
    assert page.locator("[role=tab][tabindex='0']").count() == 1


def test_search_moves_by_arrows_and_takes_by_enter(opened: Open) -> None:
    page = opened("harbour")
    page.keyboard.press("/")
    page.keyboard.type("ha")
    options = page.locator("#search-list [role=option]")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    name = second.locator(".option-name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text(name)
    expect(page.locator("#details h2")).to_be_focused()


def test_the_menu_opens_works_and_shuts_by_keys(opened: Open) -> None:
    page = opened("harbour")
    page.focus("#present")
    page.keyboard.press("Enter")
    expect(page.locator("#present-panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(page.locator("#present-panel")).to_be_hidden()
    expect(page.locator("#present")).to_be_focused()


def test_filters_are_set_and_removed_by_keys_and_focus_is_not_lost(opened: Open) -> None:
    page = opened("harbour")
    page.focus(".toggle[data-severity=high]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".chips .chip")).to_have_count(2)
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chips .chip")).to_have_count(1)
    expect(page.locator(".chip").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#findings-text")).to_be_focused()
