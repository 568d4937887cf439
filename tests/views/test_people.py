"""The people: the power/interest grid, the timeline of contact, and the window that counts anew what is recent."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import graphalign as ga
from graphalign.settings import Settings
from tests.views.conftest import Open, report_of
from tests.views.known import DATA, loud
from tests.views.test_matrices import facts_of, matrix_of, saved

EPOCH = date(1970, 1, 1)


def marks(page: Page) -> list[dict[str, float]]:
    """Return the persons on the grid: node, place, radius."""
    found: list[dict[str, float]] = page.evaluate(
        "[...document.querySelectorAll('[data-person]')].map(g => ({node: +g.dataset.person, x: +g.dataset.x,"
        " y: +g.dataset.y, r: +g.dataset.r}))"
    )
    return found


@pytest.mark.parametrize("sample", ["harbour", "two-startups", "1000", "5000"])
def test_the_quadrants_hold_whom_python_puts_there(opened: Open, sample: str) -> None:
    page, people = opened(sample, "#tab=people"), facts_of(sample).persons.drop_nulls(["power", "interest"])
    high = facts_of(sample).high
    expected = {"Manage closely": 0, "Keep satisfied": 0, "Keep informed": 0, "Monitor": 0}
    for power, interest in people.select("power", "interest").iter_rows():
        first, second = ("Manage closely", "Keep satisfied") if power >= high else ("Keep informed", "Monitor")
        expected[first if interest >= high else second] += 1
    shown = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-quadrant]')].map(z => [z.dataset.quadrant,"
        " +z.dataset.count]))"
    )
    assert shown == expected
    boxes = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-quadrant]')].map(z => { const r ="
        " z.querySelector('rect'); return [z.dataset.quadrant, ['x', 'y', 'width', 'height'].map(k =>"
        " +r.getAttribute(k))]; }))"
    )
    told = {
        person: (power, interest) for person, power, interest in people.select("person", "power", "interest").rows()
    }
    drawn = people.height if people.height <= 240 else sum(min(60, n) for n in expected.values())
    assert len(marks(page)) == drawn
    for mark in marks(page):
        power, interest = told[int(mark["node"])]
        first, second = ("Manage closely", "Keep satisfied") if power >= high else ("Keep informed", "Monitor")
        x, y, width, height = boxes[first if interest >= high else second]
        assert x <= mark["x"] <= x + width
        assert y <= mark["y"] <= y + height


def test_who_coincides_is_spread_so_that_nobody_covers_anybody(opened: Open) -> None:
    page = opened("harbour", "#tab=people")
    for a, b in combinations(marks(page), 2):
        assert math.dist((a["x"], a["y"]), (b["x"], b["y"])) > max(a["r"], b["r"])
    again = opened("harbour", "#tab=people")
    assert marks(again) == marks(page)


def test_the_grid_is_there_as_a_table_too(opened: Open) -> None:
    page, facts = opened("harbour", "#tab=people"), facts_of("harbour")
    page.click("#grid-as-table > summary")
    told = {row[0]: (row[2], float(row[3]), float(row[4])) for row in saved(page, "#grid-as-table [data-save]")[1:]}
    placed = facts.persons.drop_nulls(["power", "interest"]).select("person", "power", "interest").rows()
    assert {name: both for name, (_, *both) in told.items()} == {
        facts.graph.names[person]: [power, interest] for person, power, interest in placed
    }
    close = [name for name, (quadrant, *_) in told.items() if quadrant == "Manage closely"]
    assert len(close) == sum(power >= facts.high and interest >= facts.high for _, power, interest in placed)


def test_who_cannot_be_placed_is_listed_beside(opened: Open) -> None:
    page = opened("harbour", "#tab=people")
    people = facts_of("harbour").persons
    unknown = set(people["person"]) - set(people.drop_nulls(["power", "interest"])["person"])
    shown = page.evaluate("[...document.querySelectorAll('[data-unknown]')].map(e => +e.dataset.unknown)")
    assert set(shown) == unknown


def test_a_person_clicked_or_entered_is_selected_and_marked(opened: Open) -> None:
    page = opened("harbour", "#tab=people")
    first = page.locator("[data-person]").first
    name = report_of("harbour").graph.names[int(first.get_attribute("data-person") or -1)]
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text(name)
    expect(page.locator(".person.chosen")).to_have_attribute("data-person", first.get_attribute("data-person") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".person.chosen")).to_have_count(0)


def window(page: Page) -> dict[tuple[int, int], dict[str, Any]]:
    """Return what the timeline says of each pair, by node indices."""
    rows: list[dict[str, str]] = page.evaluate(
        "[...document.querySelectorAll('[data-row]')].map(g => ({...g.dataset}))"
    )
    pairs = page.evaluate(DATA)["contact"]["pairs"]
    return {
        tuple(pairs[int(r["row"])][:2]): {
            "recent": r["recent"] == "true",
            "people": int(r["people"]),
            "days": int(r["days"]) if r["days"] else None,
        }
        for r in rows
    }


def recomputed(sample: str, since: date, until: date) -> dict[tuple[int, int], dict[str, Any]]:
    """Judge contact on the last day of a window as long as it, with the alignment's own code."""
    settings = Settings(general={"contact": {"window_days": (until - since).days}})
    matrix = ga.alignment(report_of(sample).graph, as_of=until, settings=settings)
    rows = matrix.parts["contact"].select("a", "b", "recent_pairs", "value", "common_members").iter_rows()
    return {
        (a, b): {"recent": n > 0 or common is not None, "people": n, "days": value} for a, b, n, value, common in rows
    }


def set_window(page: Page, since: date, until: date) -> None:
    """Set the two fields of dates."""
    page.fill("#brush-from", since.isoformat())
    page.locator("#brush-from").dispatch_event("change")
    page.fill("#brush-to", until.isoformat())
    page.locator("#brush-to").dispatch_event("change")


@pytest.mark.parametrize("sample", ["harbour", "1000"])
def test_a_window_counts_what_the_alignment_counts_on_its_last_day(opened: Open, sample: str) -> None:
    page, report = opened(sample, "#tab=people&sub.people=contact"), report_of(sample)
    whole = recomputed(sample, report.as_of - timedelta(days=90), report.as_of)
    shown = window(page)
    assert shown == {pair: whole[pair] for pair in shown}
    for since, until in ((date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 5, 20), date(2026, 6, 3))):
        set_window(page, since, until)
        expected = recomputed(sample, since, until)
        shown = window(page)
        assert shown == {pair: expected[pair] for pair in shown}
        recent = sum(one["recent"] for one in shown.values())
        expect(page.locator("#timeline-summary")).to_have_attribute("data-recent", str(recent))
    page.click("#brush-reset")
    assert window(page) == {pair: whole[pair] for pair in shown}


def test_the_ends_of_the_window_are_moved_by_keys_and_by_dragging(opened: Open) -> None:
    page = opened("harbour", "#tab=people&sub.people=contact")
    handle = page.locator("[data-handle=from]")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#brush-from")).to_have_value("2026-03-24")
    expect(handle).to_have_attribute("aria-valuetext", "2026-03-24")
    box = handle.locator(".grip").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y, steps=4)
    page.mouse.up()
    since = date.fromisoformat(page.input_value("#brush-from"))
    assert since < date(2026, 3, 1)
    expected = recomputed("harbour", since, date(2026, 6, 30))
    assert window(page) == {pair: expected[pair] for pair in window(page)}


def test_dots_are_the_dated_communications_and_plans_are_hollow(opened: Open) -> None:
    page, facts = opened("harbour", "#tab=people&sub.people=contact"), facts_of("harbour")
    people = set(facts.persons["person"])
    partners: dict[int, set[int]] = {}
    for partner, member in facts.members.iter_rows():
        partners.setdefault(member, set()).add(partner)
    pairs = set(matrix_of("harbour").pairs.select("a", "b").rows())
    dots, plans = 0, 0
    for _, source, target, day, *_ in (
        facts.graph.of_type("COMMUNICATES_WITH").unique(["source", "target", "date"]).rows()
    ):
        if day is None or not {source, target} <= people or source == target:
            continue
        ours, theirs = partners.get(source, set()), partners.get(target, set())
        between = {
            (min(a, b), max(a, b)) for a in ours for b in theirs if a != b and b not in ours and a not in theirs
        } & pairs
        dots, plans = dots + len(between), plans + len(between) * (day > facts.as_of)
    assert plans
    expect(page.locator(".dots .dot")).to_have_count(dots)
    expect(page.locator(".dots .dot-planned")).to_have_count(plans)


def test_overdue_pairs_are_those_that_must_talk_and_whose_contact_is_poor(opened: Open) -> None:
    page, matrix = opened("harbour", "#tab=people&sub.people=contact"), matrix_of("harbour")
    expected = set()
    for a, b in matrix.pairs.select("a", "b").rows():
        parts = matrix.row(a, b)
        needed = parts["clear_roles"]["count"] or parts["help_or_harm"]["a_needs"] or parts["help_or_harm"]["b_needs"]
        if needed and parts["contact"]["level"] == "poor":
            expected.add((a, b))
    pairs = page.evaluate(DATA)["contact"]["pairs"]
    shown = page.evaluate("[...document.querySelectorAll('.pair-row.overdue')].map(g => +g.dataset.row)")
    assert {tuple(pairs[at][:2]) for at in shown} == expected
    assert page.locator(".dot-overdue").count() == len(expected) + 1  # and the legend


def test_people_with_a_rhythm_are_overdue_as_the_rule_says(opened: Open) -> None:
    page = opened("harbour", "#tab=people&sub.people=contact")
    ids = list(report_of("harbour").graph.ids)
    shown = page.evaluate("[...document.querySelectorAll('tr[data-overdue=true]')].map(e => +e.dataset.rowNode)")
    told = {f["subjects"]["stakeholder"] for f in loud("harbour") if f["rule"] == "ENG303"}
    assert {ids[i] for i in shown} == told


def test_a_pair_clicked_on_the_timeline_tells_its_story(opened: Open) -> None:
    page = opened("harbour", "#tab=people&sub.people=contact")
    page.locator(".pair-row").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details .chapter.pointed")).to_have_attribute("data-part", "contact")
    expect(page.locator(".pair-row.chosen")).to_have_attribute("data-row", "2")


def test_the_table_says_the_same_and_is_saved(opened: Open) -> None:
    page = opened("harbour", "#tab=people&sub.people=contact")
    page.click("#timeline-as-table > summary")
    rows = saved(page, "#timeline-as-table [data-save]")
    shown = list(window(page).values())
    assert [row[1] == "yes" for row in rows[1:]] == [one["recent"] for one in shown]
    assert [int(row[3]) for row in rows[1:]] == [one["people"] for one in shown]


@pytest.mark.parametrize("part", ["grid", "contact"])
def test_the_drawing_is_saved_as_it_is_shown(opened: Open, part: str) -> None:
    page = opened("harbour", f"#tab=people&sub.people={part}")
    page.click("#present")
    with page.expect_download() as download:
        page.click("#save-picture")
    text = download.value.path().read_text(encoding="utf-8")
    assert text.count("<text") > 20
    assert "class=" not in text
    assert 'fill="rgb' in text
