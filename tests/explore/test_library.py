"""The library of questions: headers, parameters, finding one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphalign.errors import InputError, UsageError
from graphalign.explore import find_question, questions
from graphalign.explore.library import PARAMETERS, filled, read_question

HEAD = "// title: T\n// question: Q?\n// columns: n\n"
BODY = "// How to read it.\nMATCH (x) RETURN count(x) AS n\n"


def with_return(head: str) -> str:
    return head + "// How to read it.\nMATCH (x)\nRETURN count(x) AS n\n"


def test_there_are_at_least_25_questions_and_each_says_what_it_answers_and_how_to_read_it() -> None:
    assert len(questions()) >= 25
    for question in questions().values():
        assert question.question.endswith("?")
        assert len(question.reading) > 40
        assert question.columns


def test_a_third_of_the_questions_can_be_drawn() -> None:
    drawn = [q for q in questions().values() if q.paths]
    assert len(drawn) * 3 >= len(questions())
    assert all("RETURN path" in q.paths for q in drawn)


def test_every_parameter_is_used_by_some_question() -> None:
    assert {p for q in questions().values() for p in q.parameters} == set(PARAMETERS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("title", "titel") + BODY, "line 1: unknown header key 'titel'"),
        (with_return("// title: T\n// columns: n\n"), "the header lacks 'question'"),
        (with_return(HEAD.replace("columns: n", "columns: m")), "column 1 of the RETURN is 'n', the header says 'm'"),
        (with_return(HEAD + "// params: day = today\n"), "line 4: 'day = today' is no parameter with a default"),
        (with_return(HEAD + "// params: goal\n"), "'goal' is no parameter with a default"),
        (with_return(HEAD + "// params: goal = null\n"), "'params' names 'goal', which the statement does not read"),
        (with_return(HEAD).replace("(x)", "(x {id: $goal})"), "the statement reads $goal"),
    ],
)
def test_a_question_whose_header_is_wrong_is_refused_with_file_and_line(text: str, said: str) -> None:
    with pytest.raises(InputError, match=r"queries/mine\.cypher, line") as error:
        read_question("mine", "mine.cypher", text)
    assert said in str(error.value)


def test_a_rule_is_found_by_code_and_by_name() -> None:
    assert find_question("own101").text == find_question("unowned-goal").text
    assert "goal" in find_question("OWN101").columns


def test_an_unknown_name_tells_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean brokers"):
        find_question("broker")


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.cypher").write_text("MATCH (n) RETURN n.id AS id", encoding="utf-8")
    assert find_question(str(tmp_path / "mine.cypher")).text.startswith("MATCH")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.cypher"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        find_question(str(path))


def test_parameters_have_their_defaults_and_take_what_is_given() -> None:
    question = questions()["brokers"]
    assert filled(question, [], "2026-06-30") == {"days": 365, "as_of": "2026-06-30"}
    assert filled(question, ["days=30", "as_of=2026-01-31"], "2026-06-30") == {"days": 30, "as_of": "2026-01-31"}
    assert filled(questions()["around-a-goal"], ["goal=17"], "2026-06-30") == {"goal": "17"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("days", "is no parameter; write it as name=value"),
        ("day=3", "has no parameter 'day'"),
        ("days=soon", "days is 'soon', no number"),
        ("as_of=soon", "'soon' is not a day"),
    ],
)
def test_a_wrong_parameter_is_one_sentence(given: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        filled(questions()["brokers"], [given])


def test_a_query_of_ones_own_takes_any_parameter() -> None:
    question = find_question("MATCH (n) WHERE n.power > $power AND date($as_of) > n.x RETURN n.id AS id")
    assert filled(question, ["power=7", "name=Ana"], "2026-06-30") == {
        "power": 7,
        "name": "Ana",
        "as_of": "2026-06-30",
    }
