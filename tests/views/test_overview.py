"""The overview: what it says first, what it counts, what a click on a count does."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import graphalign as ga
from graphalign.baseline import compare, snapshot
from graphalign.model import FAMILIES
from graphalign.views import page as page_of
from tests.views.conftest import SAMPLES, Open
from tests.views.known import DATA, SEVERITIES, document_of, listed, loud, subjects

Heat = dict[tuple[str, str], list[int]]


def expected_heat(page: Page, sample: str) -> Heat:
    """Count the findings by family and partner in plain Python, by the homes that the page holds."""
    data = page.evaluate(DATA)
    index = {name: i for i, name in enumerate(data["nodes"]["id"])}
    own = {partner["node"]: p for p, partner in enumerate(data["partners"])}
    home, more = data["nodes"]["home"], data["nodes"]["more"]
    heat: Heat = {}
    for finding in loud(sample):
        at = [index[s] for s in subjects(finding) if s in index]
        partners = {own.get(i, home[i]) for i in at} | {p for i in at for p in more[i] or []}
        for p in [*(partners - {-1} or {-1}), "all"]:
            row = heat.setdefault((finding["rule"][:3], str(p)), [0, 0, 0, 0])
            row[SEVERITIES.index(finding["severity"])] += 1
    return heat


def shown_heat(page: Page) -> dict[tuple[str, str], int]:
    """Return the numbers in the heat table's cells."""
    cells: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#table-heat .heat')].map(c => [c.dataset.family, c.dataset.partner,"
        " c.dataset.count])"
    )
    return {(family, partner): int(n) for family, partner, n in cells}


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "hostile", "1000", "5000"])
def test_the_heat_table_counts_what_python_counts(opened: Open, sample: str) -> None:
    page = opened(sample)
    expected, shown = expected_heat(page, sample), shown_heat(page)
    content = page.evaluate(DATA)["overview"]["heat"]
    assert {(f, p): n for f, row in content.items() for p, n in row.items()} == expected
    for (family, partner), n in shown.items():
        families = list(FAMILIES) if family == "all" else [family]
        assert n == sum(sum(expected.get((f, partner), [0])) for f in families), (family, partner)
    by_weight = [p for _, p in sorted(shown) if _ == "all" and p not in ("all", "-1")]
    assert len(by_weight) == min(16, len({p for _, p in expected} - {"all", "-1"}))


def test_a_click_on_a_number_lists_just_these_findings_and_another_lists_all(opened: Open) -> None:
    page = opened("harbour")
    everything = len(loud("harbour"))
    cells = [key for key, n in shown_heat(page).items() if n and key != ("all", "all")]
    for family, partner in cells[:12]:
        cell = page.locator(f"#table-heat .heat[data-family='{family}'][data-partner='{partner}']")
        n = int(cell.get_attribute("data-count") or -1)
        cell.click()
        expect(page.locator("#findings-title .count")).to_have_attribute("data-count", str(n))
        assert len(listed(page)) == n
        expect(cell).to_have_attribute("aria-pressed", "true")
        cell.click()
        expect(page.locator("#findings-title .count")).to_have_attribute("data-count", str(everything))


def test_the_other_filters_are_counted_in_and_escape_undoes_them(opened: Open) -> None:
    page = opened("harbour", "#severity=high")
    expected = expected_heat(page, "harbour")
    assert shown_heat(page) == {
        (family, partner): sum(expected.get((f, partner), [0])[0] for f in (FAMILIES if family == "all" else [family]))
        for family, partner in shown_heat(page)
    }
    page.keyboard.press("Escape")
    assert sum(n for (f, p), n in shown_heat(page).items() if f != "all" and p == "all") == len(loud("harbour"))


def test_the_heat_table_is_worked_by_the_keyboard(opened: Open) -> None:
    page = opened("harbour")
    page.locator("#table-heat .heat[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("({...document.activeElement.dataset})")
    page.keyboard.press("Enter")
    expect(page.locator("#findings-title .count")).to_have_attribute("data-count", focused["count"])
    # The table was drawn anew, and the focus is where it was.
    assert page.evaluate("({...document.activeElement.dataset})") == focused


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "1000"])
def test_what_to_act_on_first_is_severe_and_of_several_kinds(opened: Open, sample: str) -> None:
    page = opened(sample)
    first = page.evaluate("[...document.querySelectorAll('[data-first]')].map(e => e.dataset.first)")
    found = {f["id"]: f for f in loud(sample)}
    rules = [found[one]["rule"] for one in first]
    assert len(first) == 3
    assert len(set(rules)) == 3
    worst = {f["rule"] for f in loud(sample) if f["severity"] == "high"}
    assert sum(found[one]["severity"] == "high" for one in first) == min(3, len(worst))
    page.click(f"[data-first='{first[0]}'] .first-open")
    expect(page.locator(f".finding.is-open[data-finding='{first[0]}']")).to_be_visible()
    expect(page.locator(f"[data-first='{first[0]}']")).to_have_class("first-card chosen")


def test_a_sentence_at_the_top_says_where_the_alliance_is_out_of_line(opened: Open) -> None:
    page, found = opened("harbour"), loud("harbour")
    n = {s: sum(f["severity"] == s for f in found) for s in SEVERITIES}
    line = f"The alliance is out of line in {len(found) - n['info']} places: {n['high']} urgent (high), "
    expect(page.locator("#lead")).to_have_text(line + f"{n['medium']} to mend (medium) and {n['low']} small (low).")
    page = opened("clean")
    expect(page.locator("#lead")).to_have_text(
        "Nothing is out of line in what the data tells: 46 rules judged and found nothing."
    )
    expect(page.locator("#table-heat")).to_have_count(0)


@pytest.mark.parametrize("sample", ["harbour", "rust-goals"])
def test_it_says_what_was_read_and_what_could_not_be_judged(opened: Open, sample: str) -> None:
    page, report = opened(sample), document_of(sample)
    words = {"Stakeholder": "stakeholders", "Kpi": "KPIs", "Responsibility": "responsibilities"}
    for label, n in report["data"]["nodes"].items():
        cell = page.locator(f"[data-nodes='{words.get(label, label.lower() + 's')}']")
        expect(cell).to_have_attribute("data-count", str(n))
    assert page.locator("[data-ties]").count() == len(report["data"]["relationships"])
    expect(page.locator("#read p b").first).to_have_attribute("data-count", str(report["data"]["read"]))
    unjudged = [r["code"] for r in report["rules"] if r["verdict"] == "cannot judge"]
    said = page.evaluate("[...document.querySelectorAll('[data-missing]')].map(e => e.dataset.missing).join(' ')")
    assert sorted(said.split()) == sorted(unjudged)
    for reason in {r["missing"] for r in report["rules"] if r["verdict"] == "cannot judge"}:
        expect(page.locator("#unjudged-block")).to_contain_text(reason.split(": add")[-1].strip(), ignore_case=True)


def test_what_came_and_went_since_the_baseline_is_told(context: BrowserContext, tmp_path: Path) -> None:
    path, day = SAMPLES["harbour"]
    before = ga.check(ga.read(path), as_of=day)
    later = ga.check(ga.read(path.parent / "harbour-alliance-2026h2.yaml"), as_of="2026-12-31")
    report = compare(later, snapshot(before))
    assert report.baseline
    ids = {f.id for f in report.findings}
    beneath = {k.id for k in report.baseline.fixed}
    expected = {
        "new": len(ids & report.baseline.new),
        "open": len(ids & report.baseline.open),
        "fixed": sum(k.beneath not in beneath for k in report.baseline.fixed),
    }
    assert all(expected.values())
    file = tmp_path / "since.html"
    file.write_text(page_of(report, title="since"), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    for key, n in expected.items():
        expect(page.locator(f"[data-since={key}]")).to_have_attribute("data-count", str(n))
    link = page.locator("#since [data-opens]").first
    link.click()
    expect(page.locator(f".finding.is-open[data-finding='{link.get_attribute('data-opens')}']")).to_be_visible()
