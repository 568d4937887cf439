"""Statements to the graph: what is kept, what is refused, and that the account is whole."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.graph.build import build
from graphalign.graph.references import BETWEEN
from graphalign.settings import Settings
from graphalign.tables import PROVENANCE, Statements
from graphalign.vocabulary import LABELS, TYPES

Row = dict[str, Any]


def frame(rows: list[Row], first: tuple[str, ...], file: str) -> pl.DataFrame:
    names = [*first, *sorted({k for r in rows for k in r} - set(first))]
    placed = [
        {**r, "_file": file, "_sheet": None, "_row": r.get("_row", i), "_key": None} for i, r in enumerate(rows, 2)
    ]
    schema: dict[str, pl.DataType] = {**dict.fromkeys(names, pl.String()), **PROVENANCE}
    return pl.DataFrame([[r.get(c) for c in schema] for r in placed], schema=schema, orient="row")


def made(
    nodes: list[Row],
    edges: list[Row] | None = None,
    *,
    implied: frozenset[str] = frozenset(),
    told: Settings | None = None,
) -> AlignmentGraph:
    said = Statements(
        frame(nodes, ("id", "label", "name"), "nodes.csv"),
        frame(edges or [], ("source", "target", "type"), "relationships.csv"),
        implied=implied,
    )
    return build(said, told)


def node(label: str, id_: str | None, name: str | None = None, **more: str) -> Row:
    return {"id": id_, "label": label, "name": name, **more}


def tie(source: str | None, type_: str | None, target: str | None, **more: str) -> Row:
    return {"source": source, "target": target, "type": type_, **more}


def ties(graph: AlignmentGraph) -> list[tuple[str, str, str]]:
    ids = graph.nodes["id"]
    return [(ids[a], str(t), ids[b]) for t, a, b in graph.edges.select("type", "source", "target").iter_rows()]


def reasons(graph: AlignmentGraph, what: str = "relationship") -> list[str]:
    return [r.reason for r in graph.data.refusals if r.what == what]


PEOPLE = [node("Stakeholder", "a", "Ana"), node("Stakeholder", "b", "Ben"), node("Stakeholder", "c", "Cleo")]
GOALS = [node("Goal", "g", "Dig"), node("Goal", "h", "Pay")]
PARTNERS = [node("Partner", "p", "Port"), node("Partner", "q", "City")]
ALL = [*PEOPLE, *GOALS, *PARTNERS, node("Responsibility", "r", "Tender"), node("Kpi", "k", "Metres")]


def test_nodes_are_sorted_by_id_and_relationships_by_type_source_and_target() -> None:
    graph = made(
        list(reversed(ALL)),
        [
            tie("c", "ACCOUNTABLE_FOR", "g"),
            tie("b", "ACCOUNTABLE_FOR", "h"),
            tie("b", "ACCOUNTABLE_FOR", "g"),
            tie("b", "REPORTS_TO", "a"),
            tie("p", "COMMITS_TO", "g"),
        ],
    )
    assert graph.nodes["id"].to_list() == sorted(n["id"] for n in ALL)
    assert ties(graph) == [
        ("b", "ACCOUNTABLE_FOR", "g"),
        ("b", "ACCOUNTABLE_FOR", "h"),
        ("c", "ACCOUNTABLE_FOR", "g"),
        ("p", "COMMITS_TO", "g"),
        ("b", "REPORTS_TO", "a"),
    ]
    assert graph.of_type("ACCOUNTABLE_FOR").height == 3


def test_rows_moved_by_runs_keep_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [node("Stakeholder", f"s{i}") for i in range(4)]
    talks = [
        tie(a["id"], "COMMUNICATES_WITH", b["id"], date=f"2026-01-0{day}", channel=f"{a['id']} {day}")
        for a in people
        for b in people
        if a["id"] < b["id"]
        for day in (3, 1, 2, 3)
    ]
    graphs = []
    for seldom in (0, 10**9):
        monkeypatch.setattr("graphalign.graph.relationships.SELDOM", seldom)
        graphs.append(made([*people, node("Goal", "g")], [*talks, tie("s0", "ACCOUNTABLE_FOR", "g")]))
    assert graphs[0].edges.equals(graphs[1].edges)
    assert graphs[0].of_type("COMMUNICATES_WITH").height == 18
    for source, day, channel in (
        graphs[0].edges.filter(type="COMMUNICATES_WITH").select("source", "date", "channel").rows()
    ):
        assert channel == f"{graphs[0].ids[source]} {day.day}"


def test_a_relationship_read_both_ways_is_stored_from_the_smaller_id() -> None:
    assert ties(made(ALL, [tie("c", "COMMUNICATES_WITH", "a"), tie("h", "CONFLICTS_WITH", "g")])) == [
        ("a", "COMMUNICATES_WITH", "c"),
        ("g", "CONFLICTS_WITH", "h"),
    ]


@pytest.mark.parametrize("who", ["a", "Ana", "ana", " ANA ", "A\x00na", "a\x07"])
def test_a_reference_is_an_id_or_a_name_whatever_its_case_and_blanks(who: str) -> None:
    assert ties(made(ALL, [tie(who, "ACCOUNTABLE_FOR", "dig")])) == [("a", "ACCOUNTABLE_FOR", "g")]


def test_a_name_is_looked_for_only_among_the_labels_allowed_there() -> None:
    graph = made(
        [*ALL, node("Goal", "port-goal", "Port")], [tie("Port", "COMMITS_TO", "g"), tie("g", "DEPENDS_ON", "Port")]
    )
    assert ties(graph) == [("p", "COMMITS_TO", "g"), ("g", "DEPENDS_ON", "port-goal")]


def test_an_exact_name_wins_over_one_of_another_case() -> None:
    graph = made(
        [node("Stakeholder", "1", "Ana"), node("Stakeholder", "2", "ANA"), *GOALS], [tie("Ana", "ACCOUNTABLE_FOR", "g")]
    )
    assert ties(graph) == [("1", "ACCOUNTABLE_FOR", "g")]


def test_an_ambiguous_name_is_refused_with_its_candidates() -> None:
    graph = made([*ALL, node("Stakeholder", "a2", "Ana")], [tie("Ana", "ACCOUNTABLE_FOR", "g")])
    assert reasons(graph) == ["'Ana' could be any of a, a2; refer to it by its id"]


def test_an_unknown_name_is_refused_with_its_place_and_the_nearest() -> None:
    graph = made(
        [*ALL, node("Stakeholder", "i", "Ingrid Halvorsen")], [tie("Ingrid Halvorson", "ACCOUNTABLE_FOR", "g")]
    )
    assert reasons(graph) == ["there is no partner or stakeholder 'Ingrid Halvorson'; did you mean 'Ingrid Halvorsen'?"]
    assert str(graph.data.refusals[0].place) == "relationships.csv, row 2"


def test_many_unknown_names_are_all_listed() -> None:
    graph = made(ALL, [tie(f"nobody {i}", "ACCOUNTABLE_FOR", "g") for i in range(500)])
    assert len(graph.data.refusals) == 500
    assert graph.data.counts.refused == {"relationships.csv": 500}


@pytest.mark.parametrize("word", ["TBD", "?", "n/a", "none", "vacant", "Help wanted", "open", "*owner*", "N/A"])
@pytest.mark.parametrize("as_node", [False, True])
def test_a_placeholder_in_a_role_is_nobody_and_said_once(*, word: str, as_node: bool) -> None:
    nodes = [*ALL, node("Stakeholder", "x", word)] if as_node else ALL
    graph = made(
        nodes,
        [tie("x" if as_node else word, "ACCOUNTABLE_FOR", "g"), tie(word, "RESPONSIBLE_FOR", "h")],
        implied=frozenset(),
    )
    assert not ties(graph)
    assert all("placeholder" in r for r in reasons(graph))
    assert sum(n.count for n in graph.data.notes if "placeholder" in n.text) == 2


def test_a_label_no_table_declares_is_made_from_names_but_not_from_placeholders() -> None:
    graph = made(
        GOALS,
        [
            tie("Ana", "ACCOUNTABLE_FOR", "g"),
            tie("ana ", "ACCOUNTABLE_FOR", "h"),
            tie("TBD", "RESPONSIBLE_FOR", "g"),
            tie("Ana", "MEMBER_OF", "Port"),
        ],
        implied=frozenset({"Stakeholder", "Partner"}),
    )
    assert graph.nodes.select("id", pl.col("label").cast(pl.String)).rows() == [
        ("Ana", "Stakeholder"),
        ("Port", "Partner"),
        ("g", "Goal"),
        ("h", "Goal"),
    ]
    assert len(reasons(graph)) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("g", "PART_OF", "h"), ("g", "CONTRIBUTES_TO", "h")),
        (("p", "PART_OF", "q"), ("p", "PART_OF", "q")),
        (("a", "PART_OF", "p"), ("a", "MEMBER_OF", "p")),
        (("r", "PART_OF", "g"), ("r", "SERVES", "g")),
        (("r", "CONTRIBUTES_TO", "g"), ("r", "SERVES", "g")),
    ],
)
def test_what_part_of_means_depends_on_the_kinds_at_its_ends(
    said: tuple[str, str, str], meant: tuple[str, str, str]
) -> None:
    assert ties(made(ALL, [tie(*said)])) == [meant]


def test_a_relationship_between_kinds_that_cannot_have_it_is_refused_and_told_what_is_allowed() -> None:
    graph = made(ALL, [tie("g", "ACCOUNTABLE_FOR", "a")])
    (reason,) = reasons(graph)
    assert reason.startswith("a Goal cannot stand in ACCOUNTABLE_FOR to a Stakeholder: it goes from Partner or ")


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_every_type_is_kept_between_the_kinds_it_allows_and_between_no_others(type_: str) -> None:
    labels = {n["id"]: n["label"] for n in ALL}
    pairs = [(a, b) for a in ("a", "p", "g", "r", "k") for b in ("b", "q", "h", "r", "k")]
    graph = made(ALL, [tie(a, type_, b) for a, b in pairs])
    rule = TYPES[type_]
    allowed = {(a, b) for a, b in pairs if labels[a] in rule.source and labels[b] in rule.target}
    assert {(a, b) for a, t, b in ties(graph) if t == type_} == allowed
    assert all(t in BETWEEN.values() for _, t, _ in ties(graph) if t != type_)


@pytest.mark.parametrize(
    ("who", "type_"), [("a", "MEMBER_OF"), ("p", "PART_OF"), ("a", "REPORTS_TO"), ("a", "COMMUNICATES_WITH")]
)
def test_a_loop_of_people_or_partners_is_refused(who: str, type_: str) -> None:
    assert reasons(made(ALL, [tie(who, type_, who)])) == ["both ends are the same; name the other one"]


@pytest.mark.parametrize("type_", ["DEPENDS_ON", "CONTRIBUTES_TO", "CONFLICTS_WITH"])
def test_a_loop_of_a_goal_is_kept_for_rules(type_: str) -> None:
    assert ties(made(ALL, [tie("g", type_, "g")])) == [("g", type_, "g")]


def test_groups_in_a_circle_are_refused_edge_by_edge_and_what_hangs_on_it_is_kept() -> None:
    graph = made(
        ALL,
        [
            tie("a", "MEMBER_OF", "b"),
            tie("b", "MEMBER_OF", "a"),
            tie("c", "MEMBER_OF", "a"),
            tie("p", "PART_OF", "q"),
            tie("q", "PART_OF", "p"),
        ],
    )
    assert ties(graph) == [("c", "MEMBER_OF", "a")]
    assert len(reasons(graph)) == 4
    assert all("circle" in r for r in reasons(graph))


def test_a_circle_of_reporting_is_kept_and_said() -> None:
    graph = made(ALL, [tie("a", "REPORTS_TO", "b"), tie("b", "REPORTS_TO", "a"), tie("c", "REPORTS_TO", "a")])
    assert graph.edges.height == 3
    assert any("circle" in n.text and n.count == 2 for n in graph.data.notes)


def test_one_that_others_are_members_of_is_a_group_unless_kind_says_otherwise() -> None:
    graph = made(
        [*PEOPLE, node("Stakeholder", "d", "Di", kind="person")],
        [tie("a", "MEMBER_OF", "b"), tie("a", "MEMBER_OF", "d")],
    )
    assert dict(graph.nodes.select("id", "kind").iter_rows()) == {"a": None, "b": "group", "c": None, "d": "person"}


def test_the_same_relationship_said_twice_is_one_and_what_one_leaves_open_the_other_fills() -> None:
    graph = made(
        ALL,
        [
            tie("a", "COMMUNICATES_WITH", "b", date="2026-01-01"),
            tie("b", "COMMUNICATES_WITH", "a", date="1.1.2026", channel="call"),
            tie("a", "COMMUNICATES_WITH", "b", date="2026-01-02"),
        ],
    )
    assert graph.of_type("COMMUNICATES_WITH")["channel"].to_list() == ["call", None]
    assert not graph.data.refusals
    assert any("merged" in n.text and n.count == 1 for n in graph.data.notes)


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_relationship_with_another_weight_is_refused_whatever_the_order(order: int) -> None:
    rows = [
        tie("p", "COMMITS_TO", "g", weight="20"),
        tie("p", "COMMITS_TO", "g", weight="30"),
        tie("p", "COMMITS_TO", "g"),
    ][::order]
    graph = made(ALL, rows)
    assert graph.of_type("COMMITS_TO")["weight"].to_list() == [20]
    assert len(reasons(graph)) == 1
    assert "weight 30.0 contradicts weight 20.0" in reasons(graph)[0]


@pytest.mark.parametrize(
    ("type_", "source", "weight"),
    [
        ("COMMITS_TO", "p", "0"),
        ("COMMITS_TO", "p", "-1"),
        ("CONTRIBUTES_TO", "h", "101"),
        ("CONTRIBUTES_TO", "h", "-101"),
        ("COMMITS_TO", "p", "nan"),
        ("COMMITS_TO", "p", "much"),
    ],
)
def test_a_weight_out_of_bounds_is_refused_as_a_value_and_the_relationship_kept(
    type_: str, source: str, weight: str
) -> None:
    graph = made(ALL, [tie(source, type_, "g", weight=weight)])
    assert graph.edges.height == 1
    assert graph.of_type(type_)["weight"].to_list() == [None]
    assert graph.data.counts.values_refused == 1
    assert graph.data.counts.refused == {}


@pytest.mark.parametrize("order", [1, -1])
def test_rows_of_one_id_are_merged_when_they_agree(order: int) -> None:
    graph = made(
        [
            node("Stakeholder", "a", "Ana", power="3"),
            node("Stakeholder", "a", "Ana", interest="4"),
            node("Stakeholder", "a", None),
        ][::order]
    )
    assert graph.nodes.select("id", "name", "power", "interest").rows() == [("a", "Ana", 3.0, 4.0)]
    assert any("merged" in n.text and n.count == 2 for n in graph.data.notes)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("other", [node("Goal", "a", "Ana"), node("Stakeholder", "a", "Anna")])
def test_a_row_of_the_same_id_that_says_otherwise_is_refused_naming_both_places(order: int, other: Row) -> None:
    graph = made([node("Stakeholder", "a", "Ana", power="3"), other][::order])
    assert graph.nodes["power"].to_list() == [3.0]
    assert graph.nodes["name"].to_list() == ["Ana"]
    (refusal,) = graph.data.refusals
    assert {refusal.place.row, 2 if "row 2" in refusal.reason else 3} == {2, 3}


def test_a_node_without_an_id_has_its_name_as_id() -> None:
    assert made([node("Goal", None, "Dig")]).nodes.select("id", "name").rows() == [("Dig", "Dig")]


def test_a_name_that_serves_two_labels_gets_the_label_before_the_id_and_is_still_found() -> None:
    graph = made(
        [node("Goal", None, "Safety"), node("Responsibility", None, "Safety"), *PEOPLE],
        [tie("Safety", "SERVES", "Safety")],
    )
    assert ties(graph) == [("Responsibility:Safety", "SERVES", "Goal:Safety")]


@pytest.mark.parametrize(
    "row", [node("Goal", None, None), node("Goal", " ", "\t"), {"id": "x", "label": None, "name": "X"}]
)
def test_a_row_without_an_identity_or_a_label_is_refused(row: Row) -> None:
    graph = made([row])
    assert graph.nodes.is_empty()
    assert graph.data.counts.read == {"nodes.csv": 1}
    assert graph.data.counts.refused == {"nodes.csv": 1}


@pytest.mark.parametrize(
    "edge", [tie(None, "SERVES", "g"), tie("r", "SERVES", None), tie("r", None, "g"), tie(None, None, None)]
)
def test_a_relationship_without_an_end_or_a_type_is_refused(edge: Row) -> None:
    graph = made(ALL, [edge])
    assert graph.edges.is_empty()
    assert "fill it in" in reasons(graph)[0]


def test_labels_and_types_beyond_the_vocabulary_are_kept_and_said() -> None:
    graph = made(
        [*ALL, node("Ship", "s", "Kittiwake")], [tie("s", "MOORS_AT", "p"), tie("Kittiwake", "MOORS_AT", "City")]
    )
    assert ties(graph) == [("s", "MOORS_AT", "p"), ("s", "MOORS_AT", "q")]
    assert graph.of_label("Ship").height == 1
    said = " ".join(n.text for n in graph.data.notes)
    assert "'Ship'" in said
    assert "'MOORS_AT'" in said


def test_a_property_of_another_label_does_not_stop_a_column_of_numbers() -> None:
    graph = made([node("Kpi", "k", target="10"), node("Goal", "g", target="a third less noise")])
    assert graph.nodes["target"].to_list() == [None, 10.0]
    assert graph.nodes["goal_target"].to_list() == ["a third less noise", None]


def test_control_characters_are_taken_out_and_everything_else_stays() -> None:
    name = "=cmd()\u202e\tA\nB" + "x" * 10_000
    graph = made([node("Goal", "g\x00\x07", f"\x01{name}")])
    assert graph.nodes.select("id", "name").rows() == [("g", name)]
    assert any("control characters" in n.text for n in graph.data.notes)


def test_nothing_at_all_is_an_empty_graph() -> None:
    graph = made([])
    assert graph.nodes.is_empty()
    assert graph.edges.is_empty()
    assert graph.of_label("Goal").is_empty()
    assert graph.of_type("SERVES").is_empty()


IDS = st.sampled_from(["a", "b", "c", "g", "h", "p", "q", "r", "k", "Ana", "ANA", "Dig", "TBD", "x", " a", "", None])
WORDS = st.sampled_from(["", None, "1", "high", "2026-01-01", "1.1.2026", "1,5", "nan", "yes", "x"])
NODES = st.fixed_dictionaries(
    {
        "id": IDS,
        "label": st.sampled_from([*LABELS, "Ship", None]),
        "name": IDS,
        "status": WORDS,
        "power": WORDS,
        "due": WORDS,
        "kind": st.sampled_from(["person", "group", None]),
    }
)
EDGES = st.fixed_dictionaries(
    {
        "source": IDS,
        "target": IDS,
        "type": st.sampled_from([*TYPES, "MOORS_AT", None]),
        "date": WORDS,
        "weight": WORDS,
        "channel": WORDS,
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NODES, max_size=12), st.lists(EDGES, max_size=12), st.sets(st.sampled_from(sorted(LABELS))))
def test_read_is_kept_and_refused_and_the_graph_keeps_its_word(
    nodes: list[Row], edges: list[Row], implied: set[str]
) -> None:
    graph = made(nodes, edges, implied=frozenset(implied))
    read, refused = graph.data.counts.read, graph.data.counts.refused
    assert sum(read.values()) == len(nodes) + len(edges)
    assert sum(refused.values()) == sum(r.what != "value" for r in graph.data.refusals)
    merged = sum(n.count for n in graph.data.notes if "merged" in n.text)
    created = sum(n.count for n in graph.data.notes if "no table declares" in n.text)
    assert graph.nodes.height + graph.edges.height - created + merged + sum(refused.values()) == sum(read.values())
    assert graph.data.counts.values_refused == sum(r.what == "value" for r in graph.data.refusals)
    assert graph.nodes["id"].is_unique().all()
    assert graph.nodes["id"].to_list() == sorted(graph.nodes["id"].to_list())
    order = graph.edges.select(pl.col("type").cast(pl.String), "source", "target").rows()
    assert order == sorted(order)
    for type_, rule in TYPES.items():
        part = graph.of_type(type_)
        labels = graph.nodes["label"].cast(pl.String)
        assert set(labels.gather(part["source"])) <= set(rule.source)
        assert set(labels.gather(part["target"])) <= set(rule.target)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(NODES, max_size=10),
    st.lists(EDGES, max_size=14),
    st.sets(st.sampled_from(sorted(LABELS))),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_never_changes_the_graph(
    nodes: list[Row], edges: list[Row], implied: set[str], random: Any
) -> None:
    nodes = [{**row, "_row": i} for i, row in enumerate(nodes, 2)]
    edges = [{**row, "_row": i} for i, row in enumerate(edges, 2)]
    one = made(nodes, edges, implied=frozenset(implied))
    random.shuffle(nodes)
    random.shuffle(edges)
    other = made(nodes, edges, implied=frozenset(implied))
    assert one.equals(other, provenance=True)
    assert one.data.refusals == other.data.refusals
    assert one.data.counts == other.data.counts
