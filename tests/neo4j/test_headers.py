"""The headers of the queries: strict, so that a file that says something else than it does is refused at load."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphalign.errors import InputError
from graphalign.neo4j.twins import read_twin, twins
from graphalign.rules import catalogue

RULE = catalogue()["OWN104"]
FILE = "rules/departed-owner.cypher"
GOOD = (Path(__file__).parents[2] / "queries" / FILE).read_text("utf-8")


def refused(text: str) -> str:
    with pytest.raises(InputError) as error:
        read_twin(RULE, FILE, text)
    return str(error.value)


def test_a_file_as_it_stands_is_read() -> None:
    assert read_twin(RULE, FILE, GOOD) == twins()["OWN104"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("// judged: ", "// counted: ", "line 4: unknown header key 'counted'"),
        ("// judged: ", "// name: departed-owner\n// judged: ", "line 4: the header has 'name' twice"),
        ("// judged: goals-with-anybody-accountable\n", "", "the header lacks 'judged'"),
        ("// judged: goals-with-", "// judged: nothing-", "line 4: there is no queries/judged/nothing-anybody"),
        (
            "// judged: goals-with-",
            "// judged: ../rules/",
            "line 4: '../rules/anybody-accountable' is no",
        ),
        ("// code: OWN104", "// code: OWN101", "line 1: code is 'OWN101', the catalogue has 'OWN104'"),
        ("// columns: goal, owners", "// columns: goal", "the RETURN gives 'owners', which the header"),
        ("// columns: goal, owners", "// columns: owners, goal", "column 1 of the RETURN is 'goal'"),
        (", collect(o.id) AS owners\n", "\n", "column 2 of the RETURN is 'nothing', the header says 'owners'"),
        (", collect(o.id) AS owners\n", ", collect(o.id) AS owners, 1 AS more\n", "gives 'more'"),
        ("// Active goals for which somebody is accountable, and everyone accountable has left.\n", "", "in words"),
        ("= 'active'\n  AND NOT", "= $state\n  AND NOT", "reads $state, which 'params' does not name"),
        (
            "// judged: ",
            "// params: as_of\n// judged: ",
            "line 4: 'params' names 'as_of', which the statement does not",
        ),
        ("// judged: ", "// covered: goal-owners\n// judged: ", "line 4: OWN104 does not stand on contact"),
        ("// judged: ", "// sort: never\n// judged: ", "line 4: sort is 'never'"),
        ("// judged: ", "// kglite: perhaps\n// judged: ", "line 4: kglite is to be 'no, ' and why"),
        ("RETURN g.id", "  RETURN g.id", "no line begins with RETURN"),
    ],
)
def test_a_header_that_does_not_fit_is_refused_with_file_and_line(old: str, new: str, says: str) -> None:
    assert old in GOOD
    said = refused(GOOD.replace(old, new, 1))
    assert said.startswith("queries/rules/departed-owner.cypher, line ")
    assert says in said


def test_a_parameter_that_is_no_option_of_the_rule_is_refused() -> None:
    text = GOOD.replace("// judged: ", "// params: limit\n// judged: ", 1).replace("<> 'x'", "")
    said = refused(text.replace("= 'active'\n  AND NOT", "= $limit\n  AND NOT", 1))
    assert "line 4: the parameter 'limit' is no option of OWN104" in said


def test_what_is_written_in_quotes_or_remarks_is_no_parameter_and_no_return() -> None:
    text = GOOD.replace("= 'active'\n  AND NOT", "<> '$x\\' RETURN' // $y\n  AND NOT", 1)
    assert read_twin(RULE, FILE, text).rows.params == ()


def test_columns_that_a_rule_needs_are_missed_by_name() -> None:
    text = GOOD.replace("// columns: goal, owners", "// columns: goal", 1).replace(", collect(o.id) AS owners", "")
    assert "line 3: the column 'owners' of OWN104 is missing" in refused(text)
