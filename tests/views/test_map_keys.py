"""The map by keyboard: it can be reached, walked, zoomed and read out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.views.conftest import Open
from tests.views.pictures import drawn, partner, place, selected, settled, state


@pytest.mark.parametrize("sample", ["harbour", "5000"])
def test_tab_reaches_the_canvas_which_says_what_it_shows(opened: Open, sample: str) -> None:
    page = drawn(opened(sample, "#tab=map"))
    page.focus("#to-map")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('map-canvas')"):
            break
    canvas = page.locator(".map-canvas")
    expect(canvas).to_be_focused()
    assert "Map of" in (canvas.get_attribute("aria-label") or "")
    words = page.text_content("#map-words") or ""
    assert "partners:" in words
    assert "Arrow keys" in words
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_arrows_walk_enter_selects_and_escape_undoes(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    page.focus(".map-canvas")
    heard = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        heard.append(page.text_content("#live"))
    assert all(heard)
    assert len(set(heard)) >= 3
    page.keyboard.press("Enter")
    settled(page)
    assert selected(page)
    assert "node" in state(page)
    page.keyboard.press("Escape")
    settled(page)
    assert "node" not in state(page)


def test_plus_and_minus_zoom_and_f_shows_the_whole(opened: Open) -> None:
    page = drawn(opened("harbour", "#tab=map"))
    first = partner(page, 0)
    page.focus(".map-canvas")
    radii = [place(page, first)[2]]
    for key in ("+", "-", "+", "f"):
        page.keyboard.press(key)
        settled(page)
        radii.append(place(page, first)[2])
    assert radii[1] > 1.2 * radii[0]
    assert radii[2] == pytest.approx(radii[0])
    assert radii[4] == pytest.approx(radii[0])


def test_space_opens_a_partner_in_place_and_closes_it(opened: Open) -> None:
    page = drawn(opened("5000", "#tab=map"))
    page.focus(".map-canvas")
    for key in ("ArrowRight", *["ArrowUp"] * 12):
        page.keyboard.press(key)
    page.wait_for_function("() => document.getElementById('live').textContent.startsWith('Partner')")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.hash.includes('open=')")
