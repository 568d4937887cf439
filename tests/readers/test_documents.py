"""YAML and JSON: what people write, what networkx writes, and what is meant to do harm."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.errors import InputError
from graphalign.model import Note, Refusal
from graphalign.readers.documents import read_document
from graphalign.tables import Table

ALLIANCE = """
partners:
  - id: port
    name: Port Authority
    stakeholders:
      - {id: 007, name: Ana, power: 8, on: no}
      - Ben
    commits_to: [{goal: g1, weight: 40}]
  - {name: City, part_of: port}
goals:
  g1:
    name: Dig
    due: 2026-01-01
    raci: {accountable: [Ana], responsible: Ben}
    contributes_to: [{to: g2, weight: -30}]
    responsibilities: [{name: Dredge, raci: {responsible: [Ben]}}]
    kpis: [{name: Depth, target: 16.5}]
  g2:
communications:
  - {between: [Ana, Ben, Cleo], date: 2026-05-01}
  - {from: Ana, to: Ben}
relationships:
  - {source: Ana, target: Ben, type: reports_to}
"""


def read(text: str | bytes, file: str = "a.yaml") -> tuple[dict[str, Table], list[Refusal], list[Note]]:
    tables, refusals, notes = read_document(text if isinstance(text, bytes) else text.encode(), file)
    return {t.name: t for t in tables}, refusals, notes


def dicts(table: Table, *columns: str) -> list[tuple[Any, ...]]:
    return table.frame.select(columns).rows()


def test_nested_records_become_tables_and_relationships_with_their_key_paths() -> None:
    tables, refusals, notes = read(ALLIANCE)
    assert (refusals, notes) == ([], [])
    assert dicts(tables["partners"], "id", "name", "_key") == [
        ("port", "Port Authority", "partners[0]"),
        (None, "City", "partners[1]"),
    ]
    assert dicts(tables["stakeholders"], "id", "name", "power", "on", "_key") == [
        ("007", "Ana", "8", "no", "partners[0].stakeholders[0]"),
        (None, "Ben", None, None, "partners[0].stakeholders[1]"),
    ]
    assert dicts(tables["goals"], "id", "name", "due", "_key") == [
        ("g1", "Dig", "2026-01-01", "goals.g1"),
        ("g2", "g2", None, "goals.g2"),
    ]
    assert sorted(dicts(tables["relationships"], "source", "type", "target", "weight", "_key"), key=str) == sorted(
        [
            ("007", "MEMBER_OF", "port", None, "partners[0].stakeholders[0]"),
            ("Ben", "MEMBER_OF", "port", None, "partners[0].stakeholders[1]"),
            ("port", "COMMITS_TO", "g1", "40", "partners[0].commits_to[0]"),
            ("City", "PART_OF", "port", None, "partners[1].part_of"),
            ("Ana", "ACCOUNTABLE_FOR", "g1", None, "goals.g1.raci.accountable[0]"),
            ("Ben", "RESPONSIBLE_FOR", "g1", None, "goals.g1.raci.responsible"),
            ("g1", "CONTRIBUTES_TO", "g2", "-30", "goals.g1.contributes_to[0]"),
            ("Ben", "RESPONSIBLE_FOR", "Dredge", None, "goals.g1.responsibilities[0].raci.responsible[0]"),
            ("Dredge", "SERVES", "g1", None, "goals.g1.responsibilities[0]"),
            ("Depth", "MEASURES", "g1", None, "goals.g1.kpis[0]"),
            ("Ana", "reports_to", "Ben", None, "relationships[0]"),
        ],
        key=str,
    )
    assert dicts(tables["communications"], "from", "to", "date") == [
        ("Ana", "Ben", "2026-05-01"),
        ("Ana", "Cleo", "2026-05-01"),
        ("Ben", "Cleo", "2026-05-01"),
        ("Ana", "Ben", None),
    ]


def test_json_says_what_yaml_says() -> None:
    document = {"goals": [{"id": 7, "name": "Dig", "weight": 5.0, "shared": True, "share": 0.85, "none": None}]}
    tables, _, _ = read(json.dumps(document), "a.json")
    (row,) = tables["goals"].frame.to_dicts()
    assert row == {
        "id": "7",
        "name": "Dig",
        "weight": "5",
        "shared": "true",
        "share": "0.85",
        "none": None,
        "_key": "goals[0]",
    }


def test_the_node_link_form_of_networkx_is_read() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("g1", label="Goal", name="Dig")
    graph.add_node("ana", label="Stakeholder")
    graph.add_edge("ana", "g1", type="ACCOUNTABLE_FOR")
    tables, refusals, notes = read(json.dumps(nx.node_link_data(graph, edges="links")), "a.json")
    assert (refusals, notes) == ([], [])
    assert dicts(tables["nodes"], "id", "label", "name", "_key") == [
        ("g1", "Goal", "Dig", "nodes[0]"),
        ("ana", "Stakeholder", None, "nodes[1]"),
    ]
    edges = tables["relationships"].frame
    assert "key" not in edges.columns
    assert edges.select("source", "target", "type", "_key").rows() == [("ana", "g1", "ACCOUNTABLE_FOR", "links[0]")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"nodes": [{"id": "a", "more": {"b": 1}}]}', "value"),
        ('{"nodes": [{"id": "a", "more": [[1]]}]}', "value"),
        ('{"nodes": [{"id": "a", "more": "\\u0000"}]}', "value"),
        ('{"nodes": [{"id": "a", "more": "\\ud800"}]}', "value"),
        ('{"nodes": [{"id": "a"}, [1]]}', "row"),
        ('{"goals": [{"name": "a"}, {"priority": "high"}]}', "row"),
        ('{"goals": [{"name": "a", "raci": {"owner": ["b"]}}]}', "relationship"),
        ('{"goals": [{"name": "a", "raci": {"accountable": [["b"]]}}]}', "relationship"),
        ('{"goals": [{"name": "a", "depends_on": [{"weight": 5}]}]}', "relationship"),
        ('{"goals": ["a"], "communications": [{"between": ["b"]}]}', "relationship"),
        ('{"goals": ["a"], "communications": [{"between": ["b", 5, null]}]}', "relationship"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_key_and_the_rest_is_read(text: str, what: str) -> None:
    tables, refusals, _ = read(text, "a.json")
    assert [r.what for r in refusals] == [what]
    assert refusals[0].place.key
    assert str(refusals[0]).encode()
    assert sum(t.frame.height for t in tables.values()) >= 1


def test_a_meeting_of_a_crowd_is_refused_and_makes_no_square_of_pairs() -> None:
    crowd = [f"p{i}" for i in range(51)]
    _, refusals, _ = read(json.dumps({"goals": ["a"], "communications": [{"between": crowd}]}), "a.json")
    assert [r.what for r in refusals] == ["relationship"]


def test_a_key_that_is_no_list_of_records_is_noted() -> None:
    tables, _, notes = read("title: Our alliance\ngoals: [Dig]\n")
    assert list(tables) == ["goals"]
    assert [n.place.key for n in notes if n.place] == ["title"]


DEEP = "[" * 200 + "]" * 200
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        ("just words", "holds no sections"),
        ("- a\n- b\n", "holds no sections"),
        ("title: x\n", "holds no records"),
        ("goals: [", "is not YAML"),
        ("goals:\n\t- a", "is not YAML"),
        ("goals: [a]\n---\ngoals: [b]\n", "is not YAML"),
        ("goals: !!python/object/apply:os.system [ls]\n", r"has a tag.*line 1"),
        ("goals: [a]\ngoals: [b]\n", r"'goals' twice.*line 2"),
        ("? [a]\n: b\n", "no text"),
        (BOMB, "aliases"),
        ("goals: [" + "&a x, " + "*a, " * 1_001 + "]", "aliases"),
        ("goals: &a [*a]\n", "alias inside itself"),
        ("goals: " + DEEP, "too deep"),
        ("goals: ['\x00']", "is not YAML"),
    ],
)
def test_hostile_yaml_is_refused(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"goals": ["a"], "goals": []}', "'goals' twice"),
        ('{"goals": ' + DEEP + "}", "too deep"),
        ("[" * 200_000, "too deep"),
        ('{"goals": [}', r"is not JSON \(line 1"),
        ('{"goals": ["a"], "\\ud800": []}', "half a character"),
        ("5", "holds no sections"),
        ('{"goals": [{' + ",".join(f'"k{i}": 1' for i in range(4_100)) + ', "name": "a"}]}', "different keys"),
    ],
)
def test_hostile_json_is_refused(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(text, "a.json")


def test_numbers_beyond_all_bounds_are_text() -> None:
    huge = "9" * 5_000
    tables, _, _ = read(f'{{"goals": [{{"name": "a", "x": {huge}, "y": 1e999, "z": NaN}}]}}', "a.json")
    assert dicts(tables["goals"], "x", "y", "z") == [(huge, "inf", "NaN")]


@pytest.mark.parametrize("null", ["", "~", "null"])
def test_only_what_is_written_as_null_is_null(null: str) -> None:
    tables, _, _ = read(f"goals: [{{name: a, b: {null}, c: '~', d: no, e: 1_000, f: 0o7}}]")
    assert dicts(tables["goals"], "b", "c", "d", "e", "f") == [(None, "~", "no", "1_000", "0o7")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("file", "text"), [("a.yaml", "goals: [Zürich]"), ("a.json", '{"goals": ["Zürich"]}')])
def test_marks_of_encoding_are_understood(encoding: str, file: str, text: str) -> None:
    tables, _, _ = read(text.encode(encoding), file)
    assert tables["goals"].frame["name"].to_list() == ["Zürich"]


def test_latin_1_is_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match="save it as UTF-8"):
        read("goals: [Zürich]".encode("latin-1"))


WORDS = st.sampled_from(
    [
        "goals",
        "partners",
        "stakeholders",
        "raci",
        "accountable",
        "name",
        "id",
        "between",
        "to",
        "weight",
        "nodes",
        "links",
        "communications",
        "graph",
        "",
        " Goals ",
        "_key",
        "source",
        "target",
        "key",
        "kpis",
        "responsibilities",
        "\x00",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5), st.sampled_from(["a.json", "a.yaml"]))
def test_any_document_ends_in_tables_or_an_input_error(document: dict[str, Any], file: str) -> None:
    with suppress(InputError):
        tables, refusals, _ = read(json.dumps(document), file)
        assert all("_key" in t.frame.columns for t in tables.values())
        assert all(r.reason for r in refusals)


PIECES = st.sampled_from(
    [
        "goals",
        ": ",
        "\n",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&a ",
        "*a",
        "!x ",
        "~",
        "name",
        '"',
        "'",
        "|\n ",
        "? ",
        "---\n",
        "  ",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.binary(max_size=40), st.sampled_from(["a.json", "a.yaml"]))
def test_any_bytes_end_in_tables_or_an_input_error(data: str | bytes, file: str) -> None:
    with suppress(InputError):
        read(data, file)
