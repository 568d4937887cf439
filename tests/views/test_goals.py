"""Goals and KPIs: the cascade as a tree, with owners, attainment, due dates and risk as Python has them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graphalign.graph.measures import attainment, measured, readings
from graphalign.rules import catalogue
from tests.views.conftest import Open, report_of
from tests.views.known import DATA, document_of, loud, node
from tests.views.test_matrices import facts_of, saved


def rows(page: Page) -> list[dict[str, Any]]:
    """Return the rows of the tree: goal, level, whether it is hidden."""
    found: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('#table-goals tbody tr')].map(tr => ({goal: +tr.dataset.rowNode,"
        " level: +tr.getAttribute('aria-level'), hidden: tr.hidden}))"
    )
    return found


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "1000", "5000"])
def test_every_goal_stands_once_beneath_one_it_contributes_to(opened: Open, sample: str) -> None:
    page, facts = opened(sample, "#tab=goals"), facts_of(sample)
    shown = rows(page)
    goals = [row["goal"] for row in shown]
    assert len(set(goals)) == len(goals) == min(400, facts.goals.height)
    assert set(goals) <= set(facts.goals["goal"])
    steps = set(facts.contributions.select("goal", "parent").rows())
    path: dict[int, int] = {}
    for row in shown:
        path[row["level"]] = row["goal"]
        if row["level"] > 1:
            assert (row["goal"], path[row["level"] - 1]) in steps
    # At the top: what contributes to nothing, or to what is beneath it alone.
    tops = {row["goal"] for row in shown if row["level"] == 1}
    free = set(facts.goals["goal"]) - {goal for goal, parent in steps if goal != parent}
    assert free & set(goals) <= tops


@pytest.mark.parametrize("sample", ["harbour", "two-startups", "1000"])
def test_bars_show_the_attainment_that_the_rules_judge(opened: Open, sample: str) -> None:
    page, facts, rules = opened(sample, "#tab=goals"), facts_of(sample), catalogue()
    cadence = facts.settings.rule(rules["OUT503"])["cadence_days"]
    judged = attainment(facts, cadence, facts.settings.rule(rules["OUT502"])["soonest"])
    share = {(k, g): a for k, g, a in judged.select("kpi", "goal", "attained").rows()}
    old = {k: a is None for k, a, stale in readings(facts, cadence).select("kpi", "actual", "stale").rows() if stale}
    ids = {name: i for i, name in enumerate(report_of(sample).graph.ids)}
    off = {
        (ids[f["subjects"]["kpi"]], ids[f["subjects"]["goal"]]): f["severity"]
        for f in document_of(sample)["findings"]
        if f["rule"] == "OUT502"
    }
    shown = page.evaluate(
        "[...document.querySelectorAll('#tab-goals .kpi')].map(b => [+b.dataset.kpi, +b.dataset.goal,"
        " b.dataset.state, b.dataset.attained])"
    )
    here = {row["goal"] for row in rows(page)}
    assert {(k, g) for k, g, *_ in shown} == {(k, g) for k, g in measured(facts).rows() if g in here}
    for kpi, goal, state, attained in shown:
        if kpi in old:
            assert state == ("never" if old[kpi] else "stale")
        else:
            assert state == off.get((kpi, goal), "good" if (kpi, goal) in share else "unjudged")
        value = share.get((kpi, goal))
        assert (attained == "") == (value is None)
        if value is not None:
            assert float(attained) == pytest.approx(value, abs=1e-4)


def test_owners_due_dates_and_risks_are_those_of_the_report(opened: Open) -> None:
    page, facts = opened("harbour", "#tab=goals"), facts_of("harbour")
    owners: dict[int, set[int]] = {}
    for goal, owner in facts.owners.rows():
        owners.setdefault(goal, set()).add(owner)
    shown = page.evaluate(
        "[...document.querySelectorAll('#table-goals tbody tr')].map(tr => [+tr.dataset.rowNode,"
        " +tr.querySelector('[data-owners]').dataset.owners, tr.querySelector('.due').textContent,"
        " (tr.querySelector('[data-risk]') || {dataset: {}}).dataset.risk || ''])"
    )
    goals = {goal: (status, due) for goal, status, due in facts.goals.select("goal", "status", "due").rows()}
    ids = list(facts.graph.ids)
    causes = {f["subjects"]["goal"]: f["subjects"]["cause"] for f in loud("harbour") if f["rule"] == "OUT504"}
    late = {f["subjects"]["goal"] for f in loud("harbour") if f["rule"] == "OUT507"}
    assert causes
    assert late
    for goal, n, due, risk in shown:
        assert n == len(owners.get(goal, ()))
        status, day = goals[goal]
        assert due.startswith(day.isoformat() if day else "")
        assert ("late" in due) == (ids[goal] in late)
        way = [int(step) for step in risk.split()]
        assert [ids[step] for step in (way[:1] + way[-1:])] == (
            [ids[goal], causes[ids[goal]]] if ids[goal] in causes else []
        )
        assert status in ("active", "proposed", "done", "dropped")
    expect(page.locator("[data-summary=risk]")).to_have_attribute("data-count", str(len(causes)))
    expect(page.locator("[data-summary=late]")).to_have_attribute("data-count", str(len(late)))


def test_a_row_is_closed_opened_walked_and_selected_by_keys(opened: Open) -> None:
    page = opened("harbour", "#tab=goals")
    first = page.locator("#table-goals tbody tr").first
    expect(page.locator("#table-goals tbody tr[tabindex='0']")).to_have_count(1)
    first.focus()
    page.keyboard.press("ArrowLeft")
    expect(first).to_have_attribute("aria-expanded", "false")
    hidden = [row for row in rows(page) if row["hidden"]]
    assert hidden
    page.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-expanded", "true")
    assert not [row for row in rows(page) if row["hidden"]]
    page.keyboard.press("ArrowDown")
    second = page.locator("#table-goals tbody tr").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#details")).to_be_visible()
    expect(second).to_have_class(re.compile("chosen"))
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()


def test_a_filter_keeps_the_goals_above_what_it_finds(opened: Open) -> None:
    page = opened("harbour", "#tab=goals")
    page.select_option("#goals-only", "risk")
    causes = {node(page, f["subjects"]["goal"]) for f in loud("harbour") if f["rule"] == "OUT504"}
    asked = page.evaluate(
        "[...document.querySelectorAll('#table-goals tbody tr:not([hidden]):not(.above-only)')].map(t =>"
        " +t.dataset.rowNode)"
    )
    assert set(asked) == causes
    shown = [row for row in rows(page) if not row["hidden"]]
    levels = [row["level"] for row in shown]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    page.select_option("#goals-only", "unowned")
    expect(page.locator("#tab-goals [data-count=rows]")).to_contain_text(" of ")


def test_the_selection_and_the_filters_show_in_the_tree(opened: Open) -> None:
    finding = next(f for f in loud("harbour") if f["rule"] == "CON204" and f["severity"] == "high")
    page = opened("harbour", f"#tab=goals&finding={finding['id']}")
    chosen = page.evaluate("[...document.querySelectorAll('#table-goals tr.chosen')].map(t => +t.dataset.rowNode)")
    assert set(chosen) == {node(page, goal) for goal in finding["subjects"]["goals"]}
    page = opened("harbour", "#tab=goals&rule=OWN101")
    kept = page.evaluate(
        "[...document.querySelectorAll('#table-goals tbody tr:not(.left-out)')].map(t => +t.dataset.rowNode)"
    )
    assert set(kept) == {node(page, f["subjects"]["goal"]) for f in loud("harbour") if f["rule"] == "OWN101"}


def test_badges_count_the_findings_of_a_goal(opened: Open) -> None:
    page = opened("harbour", "#tab=goals")
    ids = page.evaluate(DATA)["nodes"]["id"]
    shown = page.evaluate(
        "[...document.querySelectorAll('#table-goals tbody tr')].map(tr => [+tr.dataset.rowNode,"
        " +(tr.querySelector('.badge-button') || {dataset: {count: 0}}).dataset.count])"
    )
    for goal, n in shown:
        about = [
            f
            for f in loud("harbour")
            if any(ids[goal] == s or (isinstance(s, list) and ids[goal] in s) for s in f["subjects"].values())
        ]
        assert n == len(about)


def test_the_tree_is_saved_as_csv(opened: Open) -> None:
    page = opened("harbour", "#tab=goals")
    told = saved(page, "#tab-goals [data-save]")
    assert len(told) == facts_of("harbour").goals.height + 1
    assert [int(row[1]) for row in told[1:]] == [row["level"] for row in rows(page)]
