"""The list of findings beside every tab: what it counts, how it opens, what it keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import graphalign as ga
from graphalign.model import as_day
from graphalign.views import page as page_of
from graphalign.waivers import Waiver
from tests.views.conftest import SAMPLES, Open
from tests.views.known import DATA, SEVERITIES, count, document_of, listed, loud, subjects

DISCUSSED = "urn:graphalign:discussed:1"


def groups(page: Page) -> dict[str, int]:
    """Return the count in each group's heading."""
    read: dict[str, int] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.finding-group')].map(g => [g.dataset.group,"
        " Number(g.querySelector('.group-head .number').dataset.count)]))"
    )
    return read


def place(evidence: dict[str, Any]) -> str:
    """Return where a piece of evidence stands, as the page says it."""
    words = {"file": "{}", "sheet": "sheet {}", "row": "row {}", "key": "{}"}
    return ", ".join(form.format(evidence[key]) for key, form in words.items() if key in evidence)


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "clean", "hostile", "5000"])
def test_the_list_counts_what_python_counts(opened: Open, sample: str) -> None:
    page, found = opened(sample), loud(sample)
    by_severity = {s: sum(f["severity"] == s for f in found) for s in SEVERITIES}
    shown = {s: int(page.get_attribute(f".toggle[data-severity={s}]", "data-count") or -1) for s in SEVERITIES}
    assert shown == by_severity
    assert page.get_attribute("#findings-title .count", "data-count") == str(len(found))
    assert groups(page) == {s: n for s, n in by_severity.items() if n}
    page.click("[data-group=rule]")
    assert groups(page) == count(found, lambda f: f["rule"])


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "1000"])
def test_grouped_by_partner_a_finding_stands_under_each_of_its_subjects_partners(opened: Open, sample: str) -> None:
    page = opened(sample, "#group=partner")
    data = page.evaluate(DATA)
    index = {name: i for i, name in enumerate(data["nodes"]["id"])}
    own = {partner["node"]: p for p, partner in enumerate(data["partners"])}
    home, more = data["nodes"]["home"], data["nodes"]["more"]
    expected: dict[str, int] = {}
    for finding in loud(sample):
        at = [index[s] for s in subjects(finding) if s in index]
        partners = {own.get(i, home[i]) for i in at} | {p for i in at for p in more[i] or []}
        for p in partners - {-1} or {-1}:
            expected[f"p{p}"] = expected.get(f"p{p}", 0) + 1
    assert groups(page) == expected


def test_the_counts_of_each_partner_are_those_its_filter_leaves(opened: Open) -> None:
    page = opened("harbour")
    partners = page.evaluate(f"{DATA}.partners")
    for p, partner in enumerate(partners):
        page.select_option("#filter-partner", str(p))
        shown = {s: int(page.get_attribute(f".toggle[data-severity={s}]", "data-count") or -1) for s in SEVERITIES}
        assert shown == {s: partner["findings"].get(s, 0) for s in SEVERITIES}
        page.click("#filters-clear")


def test_a_finding_opens_to_its_remedy_subjects_and_evidence_with_file_sheet_and_row(opened: Open) -> None:
    page = opened("harbour")
    for finding in [f for f in loud("harbour") if f["severity"] == "high"]:
        item = page.locator(f"[data-finding='{finding['id']}']")
        item.locator(".finding-head").click()
        expect(item.locator(".finding-message")).to_have_text(finding["message"])
        expect(item.locator(".remedy p")).to_have_text(finding["remedy"])
        assert item.locator(".subjects dt").all_inner_texts() == [
            word.replace("_", " ") for word in finding["subjects"]
        ]
        evidence = item.locator(".finding-inside > div > .evidence > li")
        assert evidence.locator("bdi").all_inner_texts() == [one["text"] for one in finding["evidence"]][:12]
        assert evidence.locator(".place").all_inner_texts() == [place(one) for one in finding["evidence"]][:12]
        assert "row" in evidence.locator(".place").first.inner_text()
        folded = item.locator(":scope > .finding-body > .finding-inside > div > .folded > li > details")
        assert [one.get_attribute("data-folded") for one in folded.all()] == [f["id"] for f in finding["folded"]]


def test_one_finding_is_open_at_a_time_and_a_second_click_shuts_it(opened: Open) -> None:
    page = opened("harbour")
    heads = page.locator(".finding-head")
    heads.nth(0).click()
    heads.nth(2).click()
    expect(page.locator(".finding.is-open")).to_have_count(1)
    expect(heads.nth(2)).to_have_attribute("aria-expanded", "true")
    heads.nth(2).click()
    expect(page.locator(".finding.is-open")).to_have_count(0)
    assert "finding=" not in page.url


def test_next_and_previous_walk_through_the_list_in_its_order(opened: Open) -> None:
    page = opened("harbour")
    order = [f["id"] for f in loud("harbour")]
    assert listed(page) == order
    walked = []
    for _ in order:
        page.keyboard.press("j")
        walked.append(page.get_attribute(".finding.is-open", "data-finding"))
    assert walked == order
    page.keyboard.press("n")
    assert page.get_attribute(".finding.is-open", "data-finding") == order[-1]
    page.keyboard.press("k")
    page.click("#finding-previous")
    assert page.get_attribute(".finding.is-open", "data-finding") == order[-3]


def test_thousands_of_findings_are_drawn_fifty_a_group_and_the_walk_draws_on(opened: Open) -> None:
    page = opened("5000")
    high = [f["id"] for f in loud("5000") if f["severity"] == "high"]
    assert len(high) > 150
    assert listed(page)[:50] == high[:50]
    drawn = page.locator(".finding-group[data-group=high] .finding")
    expect(drawn).to_have_count(50)
    page.locator(".finding-group[data-group=high] .more").click()
    expect(drawn).to_have_count(100)
    for _ in range(101):
        page.keyboard.press("j")
    assert page.get_attribute(".finding.is-open", "data-finding") == high[100]
    expect(drawn).to_have_count(150)


def test_a_link_to_a_finding_far_down_the_list_opens_it_there(opened: Open) -> None:
    last = [f["id"] for f in loud("5000") if f["severity"] == "info"][-1]
    page = opened("5000", f"#finding={last}")
    expect(page.locator(f".finding.is-open[data-finding='{last}']")).to_be_in_viewport()


def test_what_the_filters_hide_or_what_is_folded_is_shown_above_the_list_when_it_is_linked(opened: Open) -> None:
    parent = next(f for f in loud("harbour") if f["folded"])
    page = opened("harbour", f"#finding={parent['folded'][0]['id']}")
    expect(page.locator(".pinned")).to_contain_text(f"Folded under {parent['rule']}")
    page.locator(f".pinned [data-opens='{parent['id']}']").click()
    expect(page.locator(".pinned")).to_have_count(0)
    expect(page.locator(f".finding.is-open[data-finding='{parent['id']}']")).to_have_count(1)
    page.click(f".toggle[data-severity={'low' if parent['severity'] != 'low' else 'info'}]")
    expect(page.locator(".pinned")).to_contain_text("The filters hide it")


def test_custom_findings_are_a_line_each_and_out_of_the_list_until_asked_for(opened: Open) -> None:
    noted = [f for f in document_of("1000")["findings"] if f["noted"]]
    assert noted
    page = opened("1000")
    assert page.get_attribute("#noted .number", "data-count") == str(len({f["rule"] for f in noted}))
    page.click("#noted summary")
    rule = noted[0]["rule"]
    line = page.locator("#noted li", has_text=rule)
    expect(line).to_contain_text(str(sum(f["rule"] == rule for f in noted)))
    line.locator("button").click()
    assert groups(page) == count([f for f in noted if f["rule"] == rule], lambda f: f["severity"])
    assert set(listed(page)) <= {f["id"] for f in noted}


def test_rules_that_could_not_be_judged_are_listed_with_what_is_missing(opened: Open) -> None:
    page = opened("rust-goals")
    cannot = [r for r in document_of("rust-goals")["rules"] if r["verdict"] == "cannot judge"]
    assert cannot
    page.click("#unjudged summary")
    lines = page.locator("#unjudged li").all_inner_texts()
    assert lines == [f"{r['code']} {r['name'].replace('-', ' ')}: {r['missing']}" for r in cannot]


def test_a_waived_finding_is_one_line_with_its_reason_and_opens(context: BrowserContext, tmp_path: Path) -> None:
    path, day = SAMPLES["harbour"]
    waiver = Waiver("OWN102", {"goal": ("truck-*",)}, "agreed </script><b>by the board", as_day("2026-12-31"), "Kim")
    report = ga.check(ga.read(path), as_of=day, settings=ga.Settings(waivers=(waiver,)))
    ((finding, _),) = report.waived
    (tmp_path / "x.html").write_text(page_of(report, title="x"), encoding="utf-8")
    page = context.new_page()
    page.goto((tmp_path / "x.html").as_uri())
    page.click("#waived summary")
    expect(page.locator("#waived li")).to_contain_text("agreed </script><b>by the board, by Kim, until 2026-12-31")
    assert finding.id not in listed(page)
    page.click(f"#waived [data-opens='{finding.id}']")
    expect(page.locator(".pinned")).to_contain_text("Waived: it is not in the list.")
    expect(page.locator(".pinned .remedy")).to_contain_text(finding.remedy)


def test_a_tick_and_a_note_outlive_a_reload_and_are_exported_and_imported(opened: Open, tmp_path: Path) -> None:
    page = opened("harbour")
    first, second = loud("harbour")[:2]
    page.locator(".finding-head").nth(0).click()
    page.check(f"[data-tick='{first['id']}']")
    page.locator(".finding-head").nth(1).click()
    page.fill(".finding.is-open textarea", "Ask <b>Kim</b> about it")
    page.locator("#findings-title").focus()
    page.reload()
    expect(page.locator(f"[data-finding='{first['id']}'] .badge.done")).to_have_text("Discussed")
    page.click(".notes-menu summary")
    with page.expect_download() as saved:
        page.click("#notes-export")
    saved.value.save_as(tmp_path / "discussed.json")
    written = json.loads((tmp_path / "discussed.json").read_text(encoding="utf-8"))
    assert written["schema"] == DISCUSSED
    day = page.evaluate("new Date().toISOString().slice(0, 10)")
    common = {f["id"]: {"rule": f["rule"], "subjects": f["subjects"], "on": day} for f in (first, second)}
    assert written["items"] == sorted(
        [
            {"id": first["id"], "discussed": True, "note": "", **common[first["id"]]},
            {"id": second["id"], "discussed": False, "note": "Ask <b>Kim</b> about it", **common[second["id"]]},
        ],
        key=lambda item: item["id"],
    )
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator(".badge.done")).to_have_count(0)
    page.set_input_files("#notes-file", tmp_path / "discussed.json")
    expect(page.locator(f"[data-finding='{first['id']}'] .badge.done")).to_have_count(1)
    page.select_option("#filter-status", "discussed")
    assert listed(page) == [first["id"]]


def test_a_file_that_holds_no_notes_is_refused_in_a_sentence(opened: Open, tmp_path: Path) -> None:
    page = opened("harbour")
    page.click(".notes-menu summary")
    for text in ("not json", "[]", '{"schema": "another"}', '{"schema": "urn:graphalign:discussed:1", "items": 7}'):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        page.set_input_files("#notes-file", tmp_path / "x.json")
        expect(page.locator(".notes-menu [role=status]")).to_contain_text("holds no ticks and notes")
    assert page.evaluate("localStorage.length") <= 2


def test_notes_work_until_the_page_is_closed_where_the_browser_keeps_nothing(
    opened: Open, context: BrowserContext
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError'); }})"
    )
    page = opened("harbour")
    page.locator(".finding-head").nth(0).click()
    page.check(".finding.is-open input[type=checkbox]")
    page.fill(".finding.is-open textarea", "written down")
    expect(page.locator(".finding.is-open")).to_contain_text("export your notes before you close it")
    page.locator(".finding-head").nth(1).click()
    page.locator(".finding-head").nth(0).click()
    expect(page.locator(".finding.is-open textarea")).to_have_value("written down")


@pytest.mark.parametrize("status", ["open", "discussed"])
def test_ticking_under_a_filter_on_ticks_does_not_take_the_open_finding_from_under_the_hand(
    opened: Open, status: str
) -> None:
    page = opened("harbour", f"#status={status}")
    page.keyboard.press("j") if status == "open" else page.goto(page.url + f"&finding={loud('harbour')[0]['id']}")
    box = page.locator("#findings input[type=checkbox]").first
    box.check()
    expect(box).to_be_checked()
    expect(box).to_be_focused()
