"""Pseudonyms in place of persons."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import graphalign as ga
from graphalign.cli import main
from graphalign.pseudonyms import pseudonymise, pseudonymise_settings
from graphalign.reports import Shown, render
from graphalign.reports.excel import write
from graphalign.settings import Settings
from graphalign.waivers import Waiver

SAMPLES = Path(__file__).parents[1] / "samples"
HARBOUR = [SAMPLES / f"harbour-alliance{end}" for end in ("", ".yaml", ".xlsx")]


def alliance(folder: Path, goal: str, *people: str) -> ga.AlignmentGraph:
    rows = "".join(f'p{n},"{name}"\n' for n, name in enumerate(people, 100))
    (folder / "people.csv").write_text(f"Id,Name\n{rows}", encoding="utf-8")
    (folder / "goals.csv").write_text(f'Id,Goal,Accountable\ng1,"{goal}",{people[0]}\n', encoding="utf-8")
    graph, _ = pseudonymise(ga.read(folder))
    return graph


def goal_of(graph: ga.AlignmentGraph) -> str:
    return str(graph.nodes.filter(label="Goal")["name"].item())


@pytest.mark.parametrize("path", HARBOUR, ids=lambda p: p.name)
def test_no_name_or_id_of_a_person_is_in_any_report(path: Path, tmp_path: Path) -> None:
    graph, key = pseudonymise(ga.read(path))
    report = ga.check(graph, as_of="2026-06-30")
    shown = Shown(show_all=True, explain_import=True)
    texts = ["".join(render(report, form, shown)) for form in ("terminal", "json", "md", "sarif", "junit", "csv")]
    write(report, tmp_path / "report.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx"):
        texts += ["\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row), sheet.title]
    everything = " ".join("\n".join(texts).split()).casefold()
    assert len(key) == 58
    assert "person 0" in everything
    for person in key.values():
        assert person.name.casefold() not in everything
        assert person.id.casefold() not in everything


def test_no_name_is_in_the_alignment_or_in_what_is_converted(tmp_path: Path) -> None:
    _, key = pseudonymise(ga.read(HARBOUR[1]))
    day = ["--as-of", "2026-06-30", "--pseudonymise"]
    said = CliRunner().invoke(main, ["alignment", str(HARBOUR[1]), *day, "--pair", "city", "port"]).output
    said += CliRunner().invoke(main, ["alignment", str(HARBOUR[1]), *day, "--format", "json"]).output
    out = tmp_path / "out.yaml"
    result = CliRunner().invoke(main, ["convert", str(HARBOUR[1]), str(out), "--pseudonymise"])
    assert result.exit_code == 0
    said += out.read_text("utf-8")
    for person in key.values():
        assert person.name not in said
        assert person.id not in said


def test_the_graph_is_the_same_but_for_the_persons() -> None:
    before = ga.read(HARBOUR[1])
    graph, key = pseudonymise(before)
    assert (graph.nodes.height, graph.edges.height) == (before.nodes.height, before.edges.height)
    assert graph.nodes["id"].is_sorted()
    back = {new: person.id for new, person in key.items()}

    def ties(of: ga.AlignmentGraph) -> list[tuple[str, frozenset[str]]]:
        ids = [back.get(i, i) for i in of.ids]
        rows = of.edges.select("type", "source", "target").iter_rows()
        return sorted(
            ((str(t), frozenset((ids[a], ids[b]))) for t, a, b in rows), key=lambda tie: (tie[0], sorted(tie[1]))
        )

    assert ties(graph) == ties(before)
    assert graph.nodes["title"].null_count() == graph.nodes.height


def test_the_same_alliance_gives_the_same_pseudonyms() -> None:
    one, other = pseudonymise(ga.read(HARBOUR[1])), pseudonymise(ga.read(HARBOUR[0]))
    assert one[1] == other[1]
    assert list(one[1]) != [k for k, _ in sorted(one[1].items(), key=lambda pair: pair[1].id)]


@pytest.mark.parametrize(
    "goal",
    [
        "Halvorsen, Ingrid to sign",
        "INGRID HALVORSEN to sign",
        "ingrid.halvorsen to sign",
        "I. Halvorsen to sign",
        "ihalvorsen to sign",
        "Halvorsen to sign",
        "Ingrid to sign",
    ],
)
def test_a_person_is_found_in_text_however_the_name_is_written(goal: str, tmp_path: Path) -> None:
    assert goal_of(alliance(tmp_path, goal, "Ingrid Halvorsen")) == "Person 01 to sign"


def test_accents_and_addresses_do_not_give_a_person_away(tmp_path: Path) -> None:
    said = goal_of(alliance(tmp_path, "Ask Helena Vasquez, hv@line.example", "Helena Vásquez"))
    assert said == "Ask Person 01, (withheld)"


def test_a_part_that_two_bear_is_a_person_and_a_word_in_lower_case_is_a_word(tmp_path: Path) -> None:
    said = goal_of(alliance(tmp_path, "Jan will settle it", "Jan Berg", "Jan Moe", "Will Smith"))
    assert said == "a person will settle it"


def test_a_name_inside_another_word_is_left(tmp_path: Path) -> None:
    assert goal_of(alliance(tmp_path, "Joinery for Johannesburg", "Jo", "Johan")) == "Joinery for Johannesburg"


def test_what_is_refused_quotes_nobody(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Id,Name\np1,Ingrid Halvorsen\n", encoding="utf-8")
    (tmp_path / "partners.csv").write_text("Id,Name\nport,Port\n", encoding="utf-8")
    (tmp_path / "goals.csv").write_text("Id,Goal,Accountable\ng1,Dig,Ingrit Halvorson\n", encoding="utf-8")
    graph, _ = pseudonymise(ga.read(tmp_path))
    assert graph.data.refusals
    said = "".join(render(ga.check(graph, as_of="2026-06-30"), "json"))
    assert "Ingri" not in said
    assert "Halvors" not in said


def test_what_else_is_told_of_a_person_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Id,Name,Phone,Title\np1,Ana Ruiz,555-0199,Mayor\n", encoding="utf-8")
    graph, _ = pseudonymise(ga.read(tmp_path))
    values = {str(v) for row in graph.nodes.iter_rows() for v in row}
    assert not {v for v in values if "555" in v or "Mayor" in v or "Ruiz" in v}


def test_a_waiver_holds_for_the_pseudonym_and_names_nobody() -> None:
    graph = ga.read(HARBOUR[1])
    waiver = Waiver("ENG302", {"stakeholder": ("katarzyna-*",)}, "Katarzyna Liś is new", date(2027, 1, 1), "Ana Ruiz")
    settings = Settings(waivers=(waiver,))
    assert len(ga.check(graph, as_of="2026-06-30", settings=settings, only=["ENG302"]).waived) == 1
    made, _ = pseudonymise(graph)
    hidden = pseudonymise_settings(settings, graph)
    report = ga.check(made, as_of="2026-06-30", settings=hidden, only=["ENG302"])
    assert len(report.waived) == 1
    said = "".join(render(report, "json"))
    assert not [name for name in ("Katarzyna", "katarzyna", "Ana Ruiz") if name in said]


def test_the_key_is_written_when_asked_and_for_its_owner_only(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text("old", encoding="utf-8")
    key.chmod(0o644)
    asked = ["check", str(HARBOUR[1]), "--as-of", "2026-06-30", "--pseudonym-key", str(key)]
    assert CliRunner().invoke(main, asked).exit_code == 2
    assert key.read_text("utf-8") == "old"
    assert CliRunner().invoke(main, [*asked, "--pseudonymise"]).exit_code == 0
    assert "Ingrid Halvorsen" in key.read_text("utf-8")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
