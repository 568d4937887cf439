"""In a notebook: the page in a frame that may run its own script and reach nothing around it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.views import page
from tests.views.conftest import Open, report_of


def test_a_report_shows_its_page_in_a_sandboxed_frame() -> None:
    report = report_of("harbour")
    frame = report._repr_html_()
    found = re.fullmatch(r'<iframe sandbox="([^"]*)" [^<>]* srcdoc="([^"]*)"></iframe>', frame)
    assert found
    assert found[1] == "allow-scripts allow-downloads"
    assert html.unescape(found[2]) == page(report)


def test_a_graph_shows_what_a_check_of_it_today_finds() -> None:
    graph = report_of("two-startups").graph
    frame = graph._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts allow-downloads"')
    assert html.escape(page(ga.check(graph))) in frame


@pytest.mark.parametrize("sample", ["harbour", "hostile"])
def test_the_frame_works_and_nothing_gets_out_of_it(opened: Open, tmp_path: Path, sample: str) -> None:
    notebook = tmp_path / "notebook.html"
    frame = report_of(sample)._repr_html_()
    notebook.write_text(f"<!DOCTYPE html><title>notebook</title><body>{frame}</body>", "utf-8")
    shown = opened(notebook)
    inside = shown.frame_locator("iframe")
    inside.get_by_role("tab").nth(1).click()
    inside.locator("#tab-map canvas").first.wait_for()
    inside.get_by_role("tab").nth(2).click()
    assert inside.locator("#tab-matrices").inner_text().strip()
    assert shown.evaluate("window.pwned") is None
    assert shown.evaluate("document.querySelector('iframe').contentDocument") is None
    assert shown.title() == "notebook"


def test_without_pyvis_a_notebook_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import graphalign.views as module

    def missing() -> None:
        raise ga.UsageError("the view needs pyvis, which is not installed", way_out="pip install 'graphalign[html]'")

    monkeypatch.setattr(module, "require", missing)
    said = report_of("two-startups")._repr_html_()
    assert said.startswith("<p>&lt;Report of 2026-06-30")
    assert "the view needs pyvis" in said
