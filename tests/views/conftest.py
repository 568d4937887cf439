"""A real browser, offline, and the pages to look at in it: every test fails on a request, an error or a warning."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, sync_playwright

import graphalign as ga
from graphalign.report import Report
from graphalign.views import page as page_of
from tests.views.hostile import hostile_alliance

ROOT = Path(__file__).parent.parent.parent
SAMPLES = {
    "harbour": (ROOT / "samples" / "harbour-alliance.xlsx", "2026-06-30"),
    "rust-goals": (ROOT.parent / "shared" / "data" / "rust-goals-2025h2", "2026-09-01"),
    "two-startups": (ROOT / "samples" / "two-startups.yaml", "2026-06-30"),
    "clean": (ROOT / "samples" / "clean.yaml", "2026-06-30"),
}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOCAL = ("file:", "data:", "blob:")

View = Callable[[str], Path]
Open = Callable[..., Page]


@cache
def report_of(sample: str) -> Report:
    """Return the report of a sample: harbour, rust-goals, two-startups, clean, hostile, or a number of nodes."""
    if sample.isdigit():
        return ga.check(ga.generate(int(sample)), as_of="2026-06-30")
    if sample == "hostile":
        return ga.check(hostile_alliance(), as_of="2026-06-30")
    path, day = SAMPLES[sample]
    return ga.check(ga.read(path), as_of=day)


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """Give the page of a sample, made once for all workers."""
    shared = tmp_path_factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else None
    folder = (shared or tmp_path_factory.getbasetemp()) / "pages"
    folder.mkdir(exist_ok=True)

    def made(sample: str) -> Path:
        path = folder / f"{sample}.html"
        if not path.exists():
            report = report_of(sample)
            text = page_of(report, title=sample)
            draft = folder / f"{sample}-{os.getpid()}.part"
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(path)
        return path

    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once for a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a fresh browser profile without a network, its clock and zone fixed, motion reduced."""
    context = browser.new_context(
        offline=True,
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
        accept_downloads=True,
    )
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, view: View) -> Iterator[Open]:
    """Open the page of a sample, or a file: `opened("harbour")`, `opened("harbour", "#tab=map")`.

    When the test ends, there was no request but for files, data and blobs, no error and no warning in the console, no
    error of the page.
    """
    wrong: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console {message.type}: {message.text}")

    def dialog(shown: Dialog) -> None:
        wrong.append(f"dialog: {shown.message}")
        shown.dismiss()

    def open_page(sample: str | Path, fragment: str = "", *, width: int = 1440, height: int = 900) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", console)
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("dialog", dialog)
        page.on("request", lambda request: None if request.url.startswith(LOCAL) else wrong.append(request.url))
        path = sample if isinstance(sample, Path) else view(sample)
        page.goto(path.as_uri() + fragment)
        page.wait_for_load_state()
        return page

    yield open_page
    assert wrong == []
