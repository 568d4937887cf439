"""Tables to statements: entity tables, links in cells, RACI in both shapes, tables of pairs."""

from __future__ import annotations

import polars as pl
import pytest

from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.graph.build import build
from graphalign.readers.shapes import kind_of, statements
from graphalign.tables import Statements, Table, Tables


def table(name: str, text: str, *, file: str | None = None) -> Table:
    """Make a table of lines whose cells are parted by bars; `\\n` in a cell is a line break."""
    lines = [[c.strip().replace("\\n", "\n") or None for c in line.split("|")] for line in text.strip().splitlines()]
    lines = [[*line, *[None] * (len(lines[0]) - len(line))][: len(lines[0])] for line in lines]
    frame = pl.DataFrame(lines[1:], schema={str(h): pl.String for h in lines[0]}, orient="row")
    rows = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias("_row")
    return Table(name, frame.with_columns(rows), file or f"{name}.csv")


def said(*tables: Table) -> Statements:
    return statements(Tables(tables))


def graph(*tables: Table) -> AlignmentGraph:
    built = build(said(*tables))
    read, refused = built.data.counts.read, built.data.counts.refused
    assert all(refused.get(f, 0) <= read[f] for f in read)
    return built


def ties(built: AlignmentGraph) -> set[tuple[str, str, str]]:
    ids = built.nodes["id"]
    return {(ids[a], str(t), ids[b]) for t, a, b in built.edges.select("type", "source", "target").iter_rows()}


def test_relationships_may_stand_in_the_columns_of_a_stakeholder_table() -> None:
    built = graph(
        table("Organisations", "Organisation | Part of\nPort | \nTerminal | Port"),
        table(
            "People",
            "Name | Company | Manager | Influence | Current Attitude\n"
            "Ana | Port | | high | Champion\nBen | Terminal | Ana | L | neutral",
        ),
    )
    assert ties(built) == {
        ("Ana", "MEMBER_OF", "Port"),
        ("Ben", "MEMBER_OF", "Terminal"),
        ("Ben", "REPORTS_TO", "Ana"),
        ("Terminal", "PART_OF", "Port"),
    }
    people = built.nodes.filter(pl.col("label") == "Stakeholder")
    assert people["power"].to_list() == [8.0, 2.0]
    assert people["engagement"].to_list() == ["leading", "neutral"]
    assert not built.data.refusals


def test_a_champion_is_a_level_in_one_column_and_a_sponsor_in_another() -> None:
    built = graph(
        table("stakeholders", "Name | Support level\nAna | Champion"),
        table("goals", "Goal | Champion\nDig | Ana"),
    )
    assert ties(built) == {("Ana", "SPONSORS", "Dig")}
    assert built.nodes.filter(pl.col("id") == "Ana")["engagement"].to_list() == ["leading"]


def test_relationships_may_stand_in_the_columns_of_a_goal_table() -> None:
    built = graph(
        table("partners", "name\nPort\nCity"),
        table("stakeholders", "name\nAna\nBen"),
        table(
            "goals",
            "Goal | Owner | Lead | Committed partners | Parent goal | Depends on\n"
            "Top | Ana | | Port; City | |\nDig | Ben | Ana\\nBen | | Top | Pay\nPay | | | | Top |",
        ),
    )
    assert ties(built) == {
        ("Ana", "ACCOUNTABLE_FOR", "Top"),
        ("Ben", "ACCOUNTABLE_FOR", "Dig"),
        ("Ana", "RESPONSIBLE_FOR", "Dig"),
        ("Ben", "RESPONSIBLE_FOR", "Dig"),
        ("Port", "COMMITS_TO", "Top"),
        ("City", "COMMITS_TO", "Top"),
        ("Dig", "CONTRIBUTES_TO", "Top"),
        ("Pay", "CONTRIBUTES_TO", "Top"),
        ("Dig", "DEPENDS_ON", "Pay"),
    }


def test_responsibilities_serve_and_kpis_measure_the_goal_their_row_names() -> None:
    built = graph(
        table("goals", "id | name\ng1 | Dig"),
        table("tasks", "Task | Goal\nTender | Dig"),
        table("kpis", "KPI | Goal | Baseline | Target | Actual\nMetres | g1 | 0 | 10 | 4,5"),
    )
    assert ties(built) == {("Tender", "SERVES", "g1"), ("Metres", "MEASURES", "g1")}
    assert built.nodes.filter(pl.col("label") == "Kpi")["actual"].to_list() == [4.5]


def test_raci_is_read_from_names_in_four_columns() -> None:
    built = graph(
        table("stakeholders", "name\nAna\nBen\nSilva, Ana"),
        table("goals", "name\nDig\nPay"),
        table(
            "raci",
            "Goal | Responsible | Accountable | Consulted | Informed\n"
            "Dig | Ana, Ben | Silva, Ana | Ben; Ana | -\nPay | Ben\\nAna | | | Silva, Ana; Ben",
        ),
    )
    assert ties(built) == {
        ("Ana", "RESPONSIBLE_FOR", "Dig"),
        ("Ben", "RESPONSIBLE_FOR", "Dig"),
        ("Silva, Ana", "ACCOUNTABLE_FOR", "Dig"),
        ("Ben", "CONSULTED_ON", "Dig"),
        ("Ana", "CONSULTED_ON", "Dig"),
        ("Ana", "RESPONSIBLE_FOR", "Pay"),
        ("Ben", "RESPONSIBLE_FOR", "Pay"),
        ("Silva, Ana", "INFORMED_OF", "Pay"),
        ("Ben", "INFORMED_OF", "Pay"),
    }
    assert built.data.counts.read["raci.csv"] == 9


def test_raci_is_read_from_a_matrix_with_a_column_a_party() -> None:
    built = graph(
        table("stakeholders", "name\nAna\nBen\nCleo"),
        table("goals", "name\nDig\nPay"),
        table("RACI", "Goal | Ana | Ben | Cleo\nDig | A/R | C | -\nPay | I | | R"),
    )
    assert ties(built) == {
        ("Ana", "ACCOUNTABLE_FOR", "Dig"),
        ("Ana", "RESPONSIBLE_FOR", "Dig"),
        ("Ben", "CONSULTED_ON", "Dig"),
        ("Ana", "INFORMED_OF", "Pay"),
        ("Cleo", "RESPONSIBLE_FOR", "Pay"),
    }


def test_a_matrix_is_known_by_its_cells_when_its_name_says_nothing() -> None:
    matrix = table("Sheet1", "Thing | Ana | Ben\nDig | A | R\nPay | C | I")
    assert kind_of(matrix) == "raci"


def test_a_matrix_cell_that_is_no_role_is_refused_with_its_place() -> None:
    built = graph(
        table("stakeholders", "name\nAna\nBen"),
        table("goals", "name\nDig\nPay"),
        table("raci", "Goal | Ana | Ben\nDig | A | R\nPay | A | maybe"),
    )
    assert [(r.what, r.place.row, r.text) for r in built.data.refusals] == [("relationship", 3, "Ben maybe Pay")]
    assert built.data.counts.read["raci.csv"] == 4
    assert built.data.counts.refused["raci.csv"] == 1


def test_in_a_table_of_nodes_kind_is_the_label_unless_a_column_label_stands_beside_it() -> None:
    alone = said(table("nodes", "id | kind | name\na | person | Ana\nt | group | Team\ng | goal | Dig"))
    assert alone.nodes["label"].cast(pl.String).to_list() == ["Stakeholder", "Stakeholder", "Goal"]
    assert alone.nodes["kind"].to_list() == ["person", "group", None]
    beside = said(table("nodes", "id | label | kind\na | Stakeholder | group\ng | Goal |"))
    assert beside.nodes["label"].cast(pl.String).to_list() == ["Stakeholder", "Goal"]
    assert beside.nodes["kind"].to_list() == ["group", None]


def test_in_a_table_of_relationships_kind_is_the_type_and_label_a_remark() -> None:
    found = said(table("relationships", "source | target | kind | label\na | g | accountable | expert"))
    assert found.edges.select("source", "target", pl.col("type").cast(pl.String), "remark").rows() == [
        ("a", "g", "ACCOUNTABLE_FOR", "expert")
    ]


def test_headings_beyond_the_vocabulary_become_properties() -> None:
    found = said(table("goals", "Goal | Budget (kEUR) | Budget_kEUR | _x\nDig | 12 | 13 | 14"))
    assert {"budget_keur", "budget_keur_2"} <= set(found.nodes.columns)


def test_a_table_that_is_none_is_passed_over_and_said() -> None:
    found = said(table("Sheet9", "colour | size\nred | 4"))
    assert found.nodes.is_empty()
    assert "passed over" in found.notes[0].text


def test_a_log_of_meetings_links_all_who_took_part() -> None:
    built = graph(
        table("people", "name\nAna\nBen\nCleo"),
        table("meetings", "Date | Participants | Channel\n1.9.2026 | Ana; Ben; Cleo | call\n2.9.2026 | Ana | call"),
    )
    assert ties(built) == {
        ("Ana", "COMMUNICATES_WITH", "Ben"),
        ("Ana", "COMMUNICATES_WITH", "Cleo"),
        ("Ben", "COMMUNICATES_WITH", "Cleo"),
    }
    assert [r.place.row for r in built.data.refusals] == [3]
    assert built.data.counts.read["meetings.csv"] == 4


@pytest.mark.parametrize(
    ("name", "text", "tie"),
    [
        ("communications", "From | To | Date\nAna | Ben | 2026-01-01", ("Ana", "COMMUNICATES_WITH", "Ben")),
        ("dependencies", "Goal | Depends on\nDig | Pay", ("Dig", "DEPENDS_ON", "Pay")),
        ("contributions", "Goal | Contributes to | Weight\nDig | Pay | 50", ("Dig", "CONTRIBUTES_TO", "Pay")),
        ("commitments", "Partner | Goal | Weight\nPort | Dig | 50", ("Port", "COMMITS_TO", "Dig")),
        ("conflicts", "Goal | Conflicts with | Why\nDig | Pay | money", ("Dig", "CONFLICTS_WITH", "Pay")),
        ("reporting", "Person | Reports to\nAna | Ben", ("Ana", "REPORTS_TO", "Ben")),
    ],
)
def test_each_kind_of_link_may_have_a_table_of_its_own(name: str, text: str, tie: tuple[str, str, str]) -> None:
    built = graph(
        table("partners", "name\nPort"),
        table("people", "name\nAna\nBen"),
        table("goals", "name\nDig\nPay"),
        table(name, text),
    )
    assert ties(built) == {tie}
    assert not built.data.refusals


def test_what_no_table_declares_is_made_from_the_names_that_relationships_use() -> None:
    built = graph(table("stakeholders", "Name | Organisation\nAna | Port\nBen | port\nCleo | City"))
    assert built.nodes.filter(pl.col("label") == "Partner")["id"].to_list() == ["City", "Port"]
    assert any("no table declares a Partner: 2" in n.text for n in built.data.notes)


def test_a_raci_table_alone_makes_its_people_and_its_tasks() -> None:
    built = graph(table("raci", "Task | Responsible | Accountable\nTender | Ana | Ben"))
    assert sorted(built.nodes.select("id", pl.col("label").cast(pl.String)).rows()) == [
        ("Ana", "Stakeholder"),
        ("Ben", "Stakeholder"),
        ("Tender", "Responsibility"),
    ]


def test_what_a_table_of_nodes_lacks_is_refused_and_not_made() -> None:
    built = graph(
        table("nodes", "id | label\ng | Goal"), table("relationships", "source | target | type\nana | g | accountable")
    )
    assert built.nodes["id"].to_list() == ["g"]
    assert [r.what for r in built.data.refusals] == ["relationship"]


def test_explain_import_has_every_heading_and_word() -> None:
    found = graph(table("stakeholders", "Name | Influence | Current Attitude\nAna | high | Champion"))
    assert ("Influence", "power", "stakeholders.csv") in found.data.meanings
    assert ("Champion", "engagement leading", "stakeholders.csv") in found.data.meanings
    assert ("stakeholders", "table of Stakeholder", "stakeholders.csv") in found.data.meanings


def test_explain_import_places_a_word_where_it_stands_the_first_by_name_of_file() -> None:
    goals = table("goals", "Goal | Deadline\nQuay | 1.9.2026\nCrane | 2.9.2026")
    more = table("aims", "Goal | Deadline\nTide | 2.9.2026")
    people = table("stakeholders", "Name | Attitude\nAna | Champion")
    for tables in ([people, goals, more], [more, goals, people]):
        found = graph(*tables).data.meanings
        assert ("1.9.2026", "due 2026-09-01", "goals.csv") in found
        assert ("2.9.2026", "due 2026-09-02", "aims.csv") in found
        assert ("Champion", "engagement leading", "stakeholders.csv") in found


def test_a_stakeholder_type_that_is_no_kind_is_a_property_of_its_own() -> None:
    found = said(table("stakeholders", "Name | Stakeholder type\nAna | internal"))
    assert "kind" not in found.nodes.columns
    assert found.nodes["stakeholder_type"].to_list() == ["internal"]
