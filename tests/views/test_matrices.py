"""The matrices: alignment, RACI and engagement hold what Python holds; they are sorted, filtered, walked and saved."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import graphalign as ga
from graphalign.alignment import PARTS, Alignment
from graphalign.alignment.story import tell
from graphalign.graph import Facts
from graphalign.vocabulary import ENGAGEMENT
from tests.views.conftest import Open, report_of
from tests.views.known import DATA, loud, node

LETTERS = {"ACCOUNTABLE_FOR": "A", "RESPONSIBLE_FOR": "R", "CONSULTED_ON": "C", "INFORMED_OF": "I"}


@cache
def matrix_of(sample: str) -> Alignment:
    """Return the alignment of a sample on its report's day."""
    report = report_of(sample)
    return ga.alignment(report.graph, as_of=report.as_of, settings=report.settings)


def facts_of(sample: str) -> Facts:
    """Return the facts of a sample on its report's day."""
    return matrix_of(sample).facts


def saved(page: Page, button: str) -> list[list[str]]:
    """Press a button that saves a table, and return the rows of the file."""
    with page.expect_download() as download:
        page.click(button)
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "1000"])
def test_the_list_of_pairs_holds_the_levels_of_the_alignment(opened: Open, sample: str) -> None:
    page, matrix = opened(sample, "#tab=matrices"), matrix_of(sample)
    page.click("[data-way=list]")
    rows: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('#table-alignment tbody tr')].map(tr => ({a: Number(tr.dataset.a),"
        " b: Number(tr.dataset.b), levels: [...tr.querySelectorAll('.level-button')].map(b => b.dataset.level)}))"
    )
    assert [(row["a"], row["b"]) for row in rows] == matrix.pairs.select("a", "b").head(200).rows()
    for row in rows:
        assert row["levels"] == [part["level"] for part in matrix.row(row["a"], row["b"]).values()]


def test_the_square_shows_each_pair_on_both_sides(opened: Open) -> None:
    page, matrix = opened("harbour", "#tab=matrices"), matrix_of("harbour")
    cells: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('#table-square .square')].map(c => ({a: Number(c.dataset.a),"
        " b: Number(c.dataset.b), levels: [...c.querySelectorAll('.tick')].map(t => t.dataset.level)}))"
    )
    assert len(cells) == 2 * matrix.pairs.height
    for cell in cells:
        parts = matrix.row(*sorted((cell["a"], cell["b"])))
        assert cell["levels"] == [part["level"] for part in parts.values()]


def test_a_cell_tells_the_story_of_the_pair_and_points_at_its_part(opened: Open) -> None:
    page, matrix = opened("harbour", "#tab=matrices"), matrix_of("harbour")
    page.click("[data-way=list]")
    a, b = matrix.pairs.select("a", "b").row(1)
    told = tell(matrix, a, b)
    page.click(f"#table-alignment tr[data-a='{a}'][data-b='{b}'] [data-part=contact]")
    story = page.locator("#details .story")
    shown = story.locator(".chapter p").all_inner_texts()
    assert shown == [c.sentence for c in told.chapters]
    assert story.locator(".do-first li").all_inner_texts() == list(told.first)
    details = story.locator(".chapter .plain-list li").all_inner_texts()
    assert details == [d for c in told.chapters for d in c.details]
    expect(story.locator(".chapter.pointed")).to_have_attribute("data-part", "contact")
    assert [p.split(":")[0] for p in told.patterns] == story.locator(".patterns b").all_inner_texts()
    # The address leads there again.
    page.reload()
    expect(page.locator(".chapter.pointed")).to_have_attribute("data-part", "contact")
    page.click("[data-way=list]")
    expect(page.locator("#table-alignment tr.chosen")).to_have_attribute("data-a", str(a))
    page.keyboard.press("Escape")
    expect(page.locator("#details .story")).to_have_count(0)


def test_a_click_on_a_heading_sorts_and_the_next_turns_it_round(opened: Open) -> None:
    page, matrix = opened("harbour", "#tab=matrices"), matrix_of("harbour")
    page.click("[data-way=list]")
    head = page.locator("#table-alignment th[data-column=contact] .sort")
    order = "[...document.querySelectorAll('#table-alignment [data-part=contact]')].map(b => b.dataset.level)"
    head.click()
    levels = page.evaluate(order)
    ranks = [["poor", "watch", "good", "cannot judge"].index(level) for level in levels]
    assert ranks == sorted(ranks)
    assert len(ranks) == matrix.pairs.height
    expect(page.locator("#table-alignment th[data-column=contact]")).to_have_attribute("aria-sort", "ascending")
    head.click()
    assert page.evaluate(order)[0] == levels[-1]
    expect(page.locator("#table-alignment th[aria-sort]")).to_have_count(1)


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "1000"])
def test_raci_letters_are_those_of_the_graph(opened: Open, sample: str) -> None:
    page, report = opened(sample, "#tab=matrices&sub.matrices=raci"), report_of(sample)
    page.get_by_role("button", name="All people").click()
    shown: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('#table-raci td[data-nodes]')].map(td => ({party: td.dataset.nodes,"
        " goal: td.firstChild.dataset.goal, letters: td.firstChild.dataset.letters}))"
    )
    data = page.evaluate(DATA)["raci"]
    held = report.graph.to_networkx()
    ids = list(report.graph.ids)
    expected: dict[tuple[str, str], set[str]] = {}
    kind: str
    onward: str
    parties = {ids[i] for i in facts_of(sample).parties["party"]}
    work = {ids[i] for i in facts_of(sample).responsibilities["responsibility"]}
    for source, target, kind in held.edges(keys=False, data="type"):
        if kind in LETTERS and source in parties:
            expected.setdefault((target, source), set()).add(LETTERS[kind])
            if target in work:
                for _, goal, onward in held.out_edges(target, data="type"):
                    if onward == "SERVES":
                        expected.setdefault((goal, source), set()).add(LETTERS[kind].lower())
    goals, columns = {ids[i] for i in data["goals"]}, {ids[i] for i in data["parties"]}
    # The letter for the goal itself goes before the same one by way of work.
    told = {
        key: {one for one in letters if one.isupper() or one.upper() not in letters}
        for key, letters in expected.items()
        if key[0] in goals and key[1] in columns
    }
    assert {(ids[int(c["goal"])], ids[int(c["party"])]): set(c["letters"].split()) for c in shown} == told


def test_what_a_finding_is_about_is_framed_and_opens_it(opened: Open) -> None:
    page = opened("harbour", "#tab=matrices&sub.matrices=raci")
    found = {f["rule"]: f for f in loud("harbour") if f["rule"] in ("OWN102", "ENG307")}
    owners = dict(facts_of("harbour").owners.group_by("goal").agg("owner").iter_rows())
    page.get_by_role("button", name="All people").click()
    for rule in ("OWN102", "ENG307"):
        goal = node(page, found[rule]["subjects"]["goal"])
        framed = page.locator(f"tr[data-row-node='{goal}'] td.framed-high")
        assert sorted(int(x.get_attribute("data-nodes") or -1) for x in framed.all()) == sorted(owners[goal])
        framed.first.locator("button").click()
        expect(page.locator(f".finding.is-open[data-finding='{found[rule]['id']}']")).to_be_visible()
        expect(page.locator(f"#table-raci tr[data-row-node='{goal}']")).to_have_class("chosen")
    unowned = node(page, next(f for f in loud("harbour") if f["rule"] == "OWN101")["subjects"]["goal"])
    expect(page.locator(f"tr[data-row-node='{unowned}'] th.row-framed")).to_be_visible()
    page.get_by_role("button", name="Only framed").click()
    rows = page.locator("#table-raci tbody tr:visible")
    assert 0 < rows.count() < page.locator("#table-raci tbody tr").count()


def test_a_partner_opens_to_its_people_and_closes_again(opened: Open) -> None:
    page = opened("harbour", "#tab=matrices&sub.matrices=raci")
    closed = page.locator("#table-raci thead th").count()
    head = page.locator("#table-raci [data-group]").first
    people = int((head.locator(".count").inner_text()).strip())
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#table-raci .person-head")).to_have_count(people)
    expect(page.locator("#table-raci [data-group]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#table-raci thead th")).to_have_count(closed)


@pytest.mark.parametrize("sample", ["harbour", "1000"])
def test_the_engagement_matrix_shows_where_people_stand_and_should(opened: Open, sample: str) -> None:
    page = opened(sample, "#tab=matrices&sub.matrices=engagement")
    people = facts_of(sample).persons
    level = {word: at for at, word in enumerate(ENGAGEMENT)}
    known = {
        person: (c, d)
        for person, c, d in people.select("person", "engagement", "desired_engagement").iter_rows()
        if c or d
    }
    shown: dict[str, list[str]] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('#table-engagement tbody tr')].map(tr => ["
        "tr.dataset.rowNode, [...tr.querySelectorAll('td.sea-column')].map(td =>"
        " [...td.querySelectorAll('.sea-chip')].map(c => c.textContent).join(''))]))"
    )
    assert len(shown) == min(300, len(known))
    for person, cells in shown.items():
        expected = [""] * len(ENGAGEMENT)
        for letter, word in zip("CD", known[int(person)], strict=True):
            if word:
                expected[level[word]] += letter
        assert cells == expected
    gaps: list[str] = page.evaluate(
        "[...document.querySelectorAll('#table-engagement tbody tr')].map(tr => tr.dataset.gap)"
    )
    told = [int(gap) for gap in gaps if gap]
    assert told == sorted(told, reverse=True)


def test_words_filter_the_rows_and_the_count_says_so(opened: Open) -> None:
    page = opened("harbour", "#tab=matrices&sub.matrices=engagement")
    box = page.locator("#matrix-engagement")
    name = box.locator("tbody th .node-link").first.inner_text()
    box.locator(".table-filter").fill(name.upper())
    assert box.locator("tbody tr:visible").count() == 1
    expect(box.locator("[data-count=rows]")).to_contain_text("1 of ")


def test_the_selection_and_the_filters_show_in_the_matrices(opened: Open) -> None:
    page = opened("harbour", "#tab=matrices&sub.matrices=engagement")
    row = page.locator("#table-engagement tbody tr").first
    row.locator("th .node-link").click()
    expect(row).to_have_class("chosen")
    page.keyboard.press("Escape")
    page.goto(page.url.split("#")[0] + "#tab=matrices&sub.matrices=engagement&rule=ENG302")
    told = {node(page, f["subjects"]["stakeholder"]) for f in loud("harbour") if f["rule"] == "ENG302"}
    kept = page.locator("#table-engagement tbody tr:not(.left-out)")
    assert {int(one.get_attribute("data-row-node") or -1) for one in kept.all()} == told


def test_arrow_keys_walk_the_cells_and_only_one_is_a_stop_of_the_tab_key(opened: Open) -> None:
    page = opened("harbour", "#tab=matrices")
    page.click("[data-way=list]")
    stops = page.locator("#table-alignment [data-cell][tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#table-alignment tbody tr").nth(1).locator("[data-cell]").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#table-alignment tbody tr").nth(1).locator("[data-cell]").last).to_be_focused()
    expect(stops).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#details .story")).to_be_visible()


def test_the_csv_holds_the_rows_shown_in_their_order(opened: Open) -> None:
    page, matrix = opened("harbour", "#tab=matrices"), matrix_of("harbour")
    page.click("[data-way=list]")
    rows = saved(page, "#matrix-alignment [data-save]")
    assert rows[0] == ["Pair", *(title for title, _ in PARTS.values()), "poor", "patterns"]
    assert len(rows) == matrix.pairs.height + 1
    assert [row[8] for row in rows[1:]] == [str(n) for n in matrix.pairs["poor"]]
    page.locator("#matrix-alignment .table-filter").fill("rail")
    assert len(saved(page, "#matrix-alignment [data-save]")) == 1 + sum(
        "Rail" in f"{matrix.graph.names[a]} {matrix.graph.names[b]}" for a, b in matrix.pairs.select("a", "b").rows()
    )


def test_no_cell_of_a_csv_starts_a_formula(opened: Open) -> None:
    page = opened("hostile", "#tab=matrices&sub.matrices=raci")
    for row in saved(page, "#matrix-raci [data-save]"):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    cells = page.evaluate("document.querySelectorAll('#table-raci [data-cell]').length")
    assert cells > 0
    assert page.evaluate("window.pwned === undefined")
