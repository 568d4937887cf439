"""The page of a pyvis Network that a user changed: drawn as it is, each text harmless, told in words beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphalign as ga
from tests.views.conftest import Open, report_of

COLOURS = """() => {
  const canvas = document.querySelector("canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] === 1 && data[i + 1] === 254 && data[i + 2] === 3) count++;
  return count;
}"""


def test_what_a_user_changed_is_what_is_drawn(opened: Open, tmp_path: Path) -> None:
    report = report_of("harbour")
    network = ga.to_pyvis(report.graph, report)
    for node in network.nodes:
        if node["id"] == "clean-port":
            node["color"], node["size"], node["title"] = "#01fe03", 60, "Our first outcome"
    ga.write_html(network, tmp_path / "network.html", title="Ours")
    page = opened(tmp_path / "network.html")
    assert page.title() == "Ours"
    page.wait_for_timeout(300)
    assert page.evaluate(COLOURS) > 500
    assert page.locator("h2").inner_text() == f"{len(network.nodes)} nodes, {len(network.edges)} relationships"
    name = next(str(n["label"]) for n in network.nodes if n["id"] == "clean-port")
    page.get_by_label("Find").fill(name)
    page.get_by_label("Find").press("Enter")
    assert page.locator("h2").inner_text() == name
    assert page.locator("#told p").first.inner_text() == "Our first outcome"
    links = sum("clean-port" in (e["from"], e["to"]) for e in network.edges)
    assert page.locator("#told button").count() == links
    page.keyboard.press("Escape")
    assert "relationships" in page.locator("h2").inner_text()


def test_the_map_of_a_hostile_alliance_is_text(opened: Open, tmp_path: Path) -> None:
    report = report_of("hostile")
    network = ga.to_pyvis(report.graph, report)
    attack = "</script><img src=x onerror=\"window.pwned='image'\">"
    network.nodes[0] |= {"label": attack, "title": attack, "shape": "image", "image": "https://example.org/x.png"}
    network.add_node(attack, label="<b>new</b>", title=attack, x=0, y=0)
    network.heading = attack
    ga.write_html(network, tmp_path / "network.html")
    page = opened(tmp_path / "network.html")
    assert page.title() == attack
    page.mouse.move(600, 450)
    for button in page.locator("#told button").all()[:5]:
        if button.is_visible():
            button.click()
        assert page.evaluate("window.pwned") is None
        assert page.locator("img, iframe").count() == 0


def test_what_has_no_view_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ga.UsageError, match="a dict has no view; give a Report, or a Network"):
        ga.write_html({}, tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()
