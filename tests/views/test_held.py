"""A report read back from its JSON is the report it was, and an older one shows what it found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import graphalign as ga
from graphalign import document
from graphalign.views.content import content
from graphalign.views.held import read_held
from tests.views.conftest import report_of


def written(report: ga.Report, path: Path, **changed: Any) -> Path:
    held = json.loads(document.render(report, with_graph=True))
    path.write_text(json.dumps({**held, **changed}), "utf-8")
    return path


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "clean", "hostile"])
def test_what_is_read_back_is_what_was_found(sample: str, tmp_path: Path) -> None:
    report = report_of(sample)
    again, held = read_held(written(report, tmp_path / "report.json"))
    assert again.graph.equals(report.graph, provenance=True)
    assert again.as_of == report.as_of
    assert {c: t.height for c, t in again.tables.items()} == {c: t.height for c, t in report.tables.items()}
    assert content(again, document=held) == content(report)


def test_settings_and_waivers_come_back(tmp_path: Path) -> None:
    report = report_of("harbour")
    first = report.findings[0]
    text = (
        f'[[waivers]]\nrule = "{first.rule}"\nsubjects = {{{next(iter(first.subjects))} = "*"}}\n'
        'reason = "agreed"\nuntil = 2026-12-31\n[rules.OWN107]\nlimit = 2\n[contact]\nwindow_days = 30\n'
    )
    settings_file = tmp_path / "graphalign.toml"
    settings_file.write_text(text, "utf-8")
    judged = ga.check(report.graph, as_of=report.as_of, settings=ga.load_settings(settings_file))
    assert judged.waived
    again, held = read_held(written(judged, tmp_path / "report.json"))
    assert [f.id for f, _ in again.waived] == [f.id for f, _ in judged.waived]
    assert again.settings.get("contact", "window_days") == 30
    assert content(again, document=held)["report"] == document.as_dict(judged)


def test_a_report_of_another_version_shows_what_it_holds(tmp_path: Path) -> None:
    report = report_of("harbour")
    held = json.loads(document.render(report, with_graph=True))
    kept = held["findings"][3:]
    kept[0] = {**kept[0], "severity": "low", "message": "As an older version said it."}
    kept.append({**kept[1], "id": "0" * 12, "rule": "XXX999", "name": "of-tomorrow"})
    kept.sort(key=lambda f: (["high", "medium", "low", "info"].index(f["severity"]), f["rule"]))
    again, shown = read_held(written(report, tmp_path / "report.json", findings=kept, version="0.0.1"))
    known = [f for f in kept if f["rule"] != "XXX999"]
    data = content(again, document=shown)
    assert data["report"]["findings"] == known
    assert data["made"]["version"] == "0.0.1"
    assert data["left_out"] == ["Not here, as this version knows no such rules: 1 finding of XXX999."]
    loud = [f for f in known if not f["noted"]]
    heat = [sum(by["all"]) for by in data["overview"]["heat"].values() if "all" in by]
    assert sum(heat) == len(loud)


BROKEN: list[tuple[str, Any]] = [
    ("graph", None),
    ("graph", []),
    ("graph", {"nodes": 7, "edges": []}),
    ("graph", {"nodes": [{"label": "Goal"}], "edges": []}),
    ("graph", {"nodes": [{"id": "a"}], "edges": [{"source": "a"}]}),
    ("as_of", "yesterday"),
    ("settings", {}),
    ("settings", {"rules": {"OWN107": {"limit": "many"}}}),
    ("findings", [{"id": "x"}]),
    ("waived", [{}]),
]


@pytest.mark.parametrize(("key", "value"), BROKEN)
def test_a_broken_report_is_refused_in_a_sentence(tmp_path: Path, key: str, value: object) -> None:
    path = written(report_of("two-startups"), tmp_path / "report.json", **{key: value})
    with pytest.raises(ga.InputError, match=r"report\.json") as refused:
        read_held(path)
    assert "--with-graph" in str(refused.value) or "--format json" in str(refused.value)
    assert "\n" not in str(refused.value)
