"""A watched page says what it watches and loads itself again, but only while nobody uses it."""

from __future__ import annotations

from pathlib import Path

from graphalign.views import page
from tests.views.conftest import Open, report_of

MADE = {"watching": {"input": "alliance.xlsx", "written": "14:03:12"}}


def test_a_watched_page_loads_itself_again_when_nobody_uses_it(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "watched.html"
    path.write_text(page(report_of("two-startups"), made=MADE), "utf-8")
    shown = opened(path, "#tab=goals")
    assert "Watching alliance.xlsx: written at 14:03:12" in shown.locator("#watching").inner_text()
    later = {"watching": {"input": "alliance.xlsx", "written": "14:05:00"}}
    path.write_text(page(report_of("two-startups"), made=later), "utf-8")
    shown.get_by_text("written at 14:05:00").wait_for()
    assert shown.locator("#tab-goals").is_visible()


def test_paused_it_stays(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "watched.html"
    path.write_text(page(report_of("two-startups"), made=MADE), "utf-8")
    shown = opened(path)
    shown.get_by_role("button", name="Pause").click()
    shown.evaluate("window.same = true")
    shown.wait_for_timeout(5000)
    assert shown.evaluate("window.same") is True
    assert shown.get_by_role("button", name="Go on").is_visible()


def test_a_page_that_is_not_watched_does_not_say_so(opened: Open) -> None:
    assert opened("two-startups").locator("#watching").count() == 0
