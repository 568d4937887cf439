"""The page as text and in the browser: what it may load and run, what it holds, that it is small and the same."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

import graphalign as ga
from graphalign.views import embedded, html, page
from graphalign.views.bundle import HERE, ordered, script, style
from graphalign.views.content import content
from tests.views.conftest import Open, View, report_of
from tests.views.hostile import ATTACKS

EVERY = ("harbour", "rust-goals", "two-startups", "clean", "hostile", "5000")
TABS = ("overview", "map", "matrices", "people", "goals")
MEGABYTE = 1_000_000
# What would show that text of the data became part of the page: elements that nobody made, attributes that run.
INJECTED = """() => {
  const found = [];
  if (window.pwned !== undefined) found.push("ran: " + window.pwned);
  if (Object.prototype.onerror !== undefined || ({}).pwned !== undefined) found.push("prototype");
  if (document.scripts.length !== 3) found.push(document.scripts.length + " scripts");
  const foreign = "img, iframe, object, embed, link:not([rel=icon]), base, meta[http-equiv=refresh]";
  for (const one of document.querySelectorAll(foreign)) found.push(one.outerHTML);
  for (const one of document.querySelectorAll("*")) for (const {name, value} of one.attributes) {
    if (/^on/i.test(name)) found.push(name + "=" + value);
    if (/href|src|action/i.test(name) && !/^(https?:|data:,|#|blob:)/.test(value)) found.push(name + "=" + value);
  }
  return found;
}"""


def tags(text: str) -> list[str]:
    """Return the elements that begin in a page, as HTML is read."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            found.append(tag)

    Reader().feed(text)
    return found


@pytest.mark.parametrize("sample", EVERY)
def test_every_tab_opens_without_a_word_in_the_console(opened: Open, sample: str) -> None:
    page = opened(sample)
    assert page.title() == sample
    for tab in TABS:
        page.get_by_role("tab").nth(TABS.index(tab)).click()
        panel = page.locator(f"#tab-{tab}")
        panel.wait_for()
        assert panel.inner_text().strip()


@pytest.mark.parametrize("sample", EVERY)
def test_the_policy_names_the_page_s_own_scripts_and_style_and_nothing_else(view: View, sample: str) -> None:
    text = view(sample).read_text("utf-8")
    policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert len(policies) == 1
    said = dict(part.strip().split(" ", 1) for part in policies[0].replace("&#39;", "'").split(";"))
    assert said.pop("default-src") == "'none'"
    assert said.pop("img-src") == "data: blob:"
    assert said.pop("base-uri") == said.pop("form-action") == "'none'"
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        held = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashes = [f"'sha256-{b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in held]
        assert said.pop(kind).split() == hashes
    assert said == {}
    assert tags(text).count("script") == 3


def test_a_script_that_is_not_the_page_s_own_is_refused_by_the_browser(context: BrowserContext, view: View) -> None:
    page = context.new_page()
    page.goto(view("harbour").as_uri())
    blocked = page.evaluate(
        """() => new Promise(done => {
          document.addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.pwned = 1";
          document.body.appendChild(script);
          script.remove();
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_of_a_hostile_alliance_runs_or_becomes_part_of_the_page(opened: Open, theme: str) -> None:
    page = opened("hostile", f"#theme={theme}")
    assert page.evaluate(INJECTED) == []
    for at, tab in enumerate(TABS):
        page.get_by_role("tab").nth(at).click()
        panel = page.locator(f"#tab-{tab}")
        box = panel.bounding_box()
        assert box is not None
        for x in (0.2, 0.5, 0.8):
            for y in (0.3, 0.5, 0.7):
                page.mouse.move(box["x"] + x * box["width"], box["y"] + y * min(box["height"], 700))
        for name in panel.locator("button:visible, [data-node]:visible, [data-finding]:visible").all()[:12]:
            if name.is_visible():
                name.click(force=True, no_wait_after=True)
        assert page.evaluate(INJECTED) == [], tab
        page.keyboard.press("Escape")
    for word in ("script", "pwned", "{{7*7}}", "javascript:", "__proto__"):
        page.keyboard.press("/")
        page.keyboard.type(word)
        page.locator("[role=option]:visible").first.wait_for()
        assert page.evaluate(INJECTED) == [], word
        page.keyboard.press("Enter")
        assert page.evaluate(INJECTED) == [], word
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert "{{7*7}}" in page.content()


def test_the_hostile_page_holds_the_attacks_as_text_of_its_data(view: View) -> None:
    text = view("hostile").read_text("utf-8")
    data = text.split('id="data">', 1)[1].split("</script>", 1)[0]
    assert not set("<>&\u2028\u2029") & set(data)
    names = json.loads(data)["nodes"]["name"]
    for attack in ATTACKS:
        assert any(attack in name for name in names)
    assert "onerror" not in text.replace(data, "").replace("window.onerror", "") or "<img" not in text.replace(data, "")


@pytest.mark.parametrize("text", ATTACKS)
def test_a_title_is_text(text: str) -> None:
    made = page(ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30"), title=text)
    head = made.split("<style>", 1)[0]
    assert "<img" not in head
    assert "<script" not in head
    assert tags(made).count("script") == 3


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "hostile"])
def test_the_same_report_gives_the_same_bytes(sample: str) -> None:
    assert page(report_of(sample)) == page(report_of(sample))


def test_a_new_reading_gives_the_same_bytes(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "samples" / "harbour-alliance.xlsx"
    for name in ("one.html", "other.html"):
        ga.write_html(ga.check(ga.read(path), as_of="2026-06-30"), tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_a_page_of_300_nodes_is_small_and_one_of_5000_can_be_mailed(view: View) -> None:
    assert view("300").stat().st_size < 1.2 * MEGABYTE
    assert view("5000").stat().st_size < 10 * MEGABYTE


def test_a_page_too_large_for_all_of_it_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import graphalign.views.content as module

    report = report_of("300")
    whole = content(report)
    assert whole["left_out"] == []
    monkeypatch.setattr(module, "MOST_FINDINGS", 50)
    monkeypatch.setattr(module, "MOST_ALIKE", 3)
    monkeypatch.setattr(module, "MOST_DETAILED", 200)
    monkeypatch.setattr(module, "MOST_EDGES", 1000)
    cut = content(report)
    findings, all_of_them = cut["report"]["findings"], whole["report"]["findings"]
    assert f"Of the {len(all_of_them):,} findings {len(findings):,} are here" in cut["left_out"][0]
    assert "properties and places of the 300 nodes" in cut["left_out"][1]
    assert "relationships are not here" in cut["left_out"][2]
    assert cut["edges"]["type"] == cut["nodes"]["properties"] == []
    kept = [f for f in all_of_them if f in findings]
    assert kept == findings
    alike: dict[tuple[str, str], int] = {}
    for f in findings:
        alike[f["rule"], f["severity"]] = alike.get((f["rule"], f["severity"]), 0) + 1
    assert max(alike.values()) == 3
    # The tabs name the same findings by their new numbers.
    numbers = [n for name in ("rows", "framed") for *_, n in whole["raci"][name]]
    listed = [whole["raci"]["findings"][n] for n in numbers] if "findings" in whole["raci"] else numbers
    assert listed
    assert tags(html(cut)).count("script") == 3


# --- the page's own files ---------------------------------------------------------------------------------------------


FILES = sorted([*(HERE / "script").rglob("*.js"), *(HERE / "plain").glob("*.js")])
FORBIDDEN = (
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc",
    r"document\.write|\beval\b|new Function|javascript:",
    r"setAttribute\(\s*[\"']style",
    r"createElement\(\s*[\"'](script|style|iframe|object|embed)",
    r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|new Worker",
)


@pytest.mark.parametrize("path", FILES, ids=[f.relative_to(HERE).as_posix() for f in FILES])
def test_a_module_makes_no_html_of_text_runs_none_and_asks_nobody(path: Path) -> None:
    text = path.read_text("utf-8")
    for pattern in FORBIDDEN:
        assert re.findall(pattern, text) == []
    assert len(text.splitlines()) < 300
    assert not re.search(r"\bon[a-z]+=", text)
    assert text.startswith(("// ", "/*"))
    # The bundle takes indents and remarks away line by line, so that no text may go over a line's end.
    assert [line for line in text.splitlines() if line.replace("\\`", "").count("`") % 2] == []
    for line in text.splitlines():
        if line.startswith(("import", "export")):
            assert re.match(
                r'import (\{[^}]*\} from )?"\.{1,2}/[\w./-]+\.js";$|export (async )?(function\*?|const) \w+', line
            )


def test_the_page_holds_no_style_or_handler_in_an_attribute_and_nothing_from_elsewhere() -> None:
    for name in ("page.html", "plain/network.html"):
        text = (HERE / name).read_text("utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|https?:|//", text)
        assert "|safe" not in text
    sheets = style() + (HERE / "plain" / "network.css").read_text("utf-8")
    assert not re.search(r"url\(|@import|https?:|expression", sheets)


def test_modules_stand_after_those_they_import_and_the_one_that_starts_the_page_last() -> None:
    folder = HERE / "script"
    modules = {p.relative_to(folder).as_posix(): "\n" + p.read_text("utf-8") for p in sorted(folder.rglob("*.js"))}
    order = ordered(modules)
    assert sorted(order) == sorted(modules)
    assert order[-1] == "main.js"
    for module, text in modules.items():
        for name in re.findall(r'from "(\.[^"]+)"', text):
            if not name.startswith("import("):
                target = (folder / module).parent.joinpath(name).resolve().relative_to(folder.resolve()).as_posix()
                assert target in modules
                assert order.index(target) < order.index(module)


def test_a_circle_of_imports_is_named() -> None:
    with pytest.raises(ga.GraphalignError, match=r"in a circle: [ab]\.js -> [ab]\.js -> [ab]\.js"):
        ordered({"a.js": '\nimport {x} from "./b.js";\n', "b.js": '\nimport {y} from "./a.js";\n'})


def test_the_bundle_carries_no_types_and_no_remarks() -> None:
    text = script()
    assert "@param" not in text
    assert "@type" not in text
    assert "\n//" not in text
    assert "\nimport " not in text
    assert "\nexport " not in text


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&amp;", "\u2028", "\ud800", "'\"\\"])
def test_what_stands_in_the_data_means_nothing_to_html(text: str) -> None:
    shown = embedded([text])
    assert not set("<>&\u2028\u2029") & set(shown)
    assert json.loads(shown) == [text.encode("utf-8", "replace").decode()]
