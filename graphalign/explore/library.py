"""The library of questions: the files of queries/explore and queries/rules, their headers, their parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphalign.errors import InputError, UsageError
from graphalign.model import as_day
from graphalign.neo4j.check import InDatabase
from graphalign.neo4j.twins import header, query_of, twins

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from graphalign.neo4j.inventory import Reads
    from graphalign.settings import Settings

Value = str | float | int | None
KEYS = ("title", "question", "columns", "params", "kglite")
PATH_KEYS = ("title", "params")
MOST_BYTES = 1_000_000
# What the parameters of the library's questions mean; the same name means the same everywhere.
PARAMETERS: Mapping[str, str] = {
    "as_of": "the day to judge on, as 2026-06-30",
    "days": "how many days back, or ahead, count",
    "goal": "a goal's id or name",
    "limit": "how many lines at most",
    "other": "another person's id or name",
    "partner": "a partner's id or name",
    "person": "a person's id or name",
}
_PARAMETER = re.compile(r"\s*([a-z_]+)\s*=\s*(null|today|\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class Question:
    """A query for people, and what its header says of it.

    Parameters
    ----------
    name
        What it is asked for by: its file's name.
    title, question
        What it is called, and what it answers, as a sentence.
    reading
        How to read the answer.
    columns
        What it returns, in order.
    parameters
        Its parameters with their defaults; `today` is the day it is asked on.
    text
        The file as it is.
    paths
        The same, returning paths for Neo4j Browser or Bloom; empty where no picture helps.
    kglite
        Why it cannot run without a server; empty where it can.
    rule
        The code of the rule that it is the twin of; empty for a question of the library.
    """

    name: str
    title: str
    question: str
    reading: str
    columns: tuple[str, ...]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    text: str = ""
    paths: str = ""
    kglite: str = ""
    rule: str = ""


@cache
def questions() -> Mapping[str, Question]:
    """Return the library's questions by name.

    Raises
    ------
    graphalign.errors.InputError
        If a file's header is not as it must be; the file and the line are named.

    >>> questions()["brokers"].title
    'Brokers between partners'
    """
    folder = files("graphalign.queries") / "explore"
    texts = {f.name.removesuffix(".cypher"): f for f in folder.iterdir() if f.name.endswith(".cypher")}
    pictures = {f.name.removesuffix(".cypher"): f for f in (folder / "paths").iterdir() if f.name.endswith(".cypher")}
    for name in sorted(pictures.keys() - texts.keys()):
        raise InputError(
            "is the picture of no question", where=f"queries/explore/paths/{name}.cypher", way_out="rename it"
        )
    return {name: _question(name, texts[name], pictures.get(name)) for name in sorted(texts)}


def _question(name: str, file: Traversable, picture: Traversable | None) -> Question:
    text = file.read_text("utf-8")
    question = read_question(name, f"explore/{file.name}", text)
    if picture is None:
        return question
    where = f"explore/paths/{picture.name}"
    drawn = picture.read_text("utf-8")
    head = header(drawn, where, PATH_KEYS, ("title",))
    line = head.lines.get("params", 1)
    if not _defaults(head.values.get("params", ""), where, line).items() <= question.parameters.items():
        said = f"it has parameters that queries/explore/{file.name} has not"
        raise InputError(said, where=f"queries/{where}, line {line}", way_out="mend the file")
    return Question(**{**vars(question), "paths": drawn})


def read_question(name: str, file: str, text: str) -> Question:
    """Return the question that a file's text makes.

    Parameters
    ----------
    name
        What to call it.
    file
        The file's name, for errors.
    text
        What it holds.

    Raises
    ------
    graphalign.errors.InputError
        As `questions` does.
    """
    head = header(text, file, KEYS, ("title", "question", "columns"))
    parameters = _defaults(head.values.get("params", ""), file, head.lines.get("params", 1))
    query = query_of(head._replace(values={**head.values, "params": ", ".join(parameters)}), file, text)
    return Question(
        name,
        head.values["title"],
        head.values["question"],
        head.about,
        query.columns,
        parameters,
        text,
        kglite=query.kglite,
    )


def _defaults(said: str, file: str, line: int) -> dict[str, Value]:
    """Return the parameters that a header names, as `days = 90, person = null`."""
    result: dict[str, Value] = {}
    for part in filter(None, said.split(",")):
        found = _PARAMETER.fullmatch(part)
        if found is None or found[1] not in PARAMETERS:
            what = f"{part.strip()!r} is no parameter with a default"
            known = ", ".join(PARAMETERS)
            raise InputError(
                what, where=f"queries/{file}, line {line}", way_out=f"write NAME = null; known are {known}"
            )
        result[found[1]] = _literal(found[2])
    return result


def _literal(word: str) -> Value:
    if word == "null":
        return None
    if word == "today":
        return word
    return float(word) if "." in word else int(word)


def find_question(word: str) -> Question:
    """Return a question: one of the library by name, a rule's by code or name, a file's, or Cypher itself.

    Parameters
    ----------
    word
        A name of the library, a rule (`OWN101`, `unowned-goal`), the path of a `.cypher` file, or a query.

    Raises
    ------
    graphalign.errors.UsageError
        If it is none of these; the nearest name is given.
    graphalign.errors.InputError
        If the file cannot be read.

    >>> find_question("brokers").columns[:3]
    ('person', 'name', 'own')
    >>> find_question("RETURN 1 AS one").text
    'RETURN 1 AS one'
    """
    library = questions()
    if word.lower() in library:
        return library[word.lower()]
    rule = next((t for c, t in twins().items() if word.lower() in (c.lower(), t.rule.name)), None)
    if rule is not None:
        return Question(
            rule.rule.name, rule.rule.name, rule.rule.definition, rule.rows.about, rule.rows.columns,
            dict.fromkeys(rule.rows.params), rule.rows.text, kglite=rule.rows.kglite, rule=rule.rule.code,
        )  # fmt: skip
    if re.search(r"\b(MATCH|RETURN|CALL|UNWIND|WITH|SHOW)\b", word, re.IGNORECASE) and re.search(r"\s", word):
        return Question("query", "", "", "", (), {}, word)
    if word.lower().endswith((".cypher", ".cql", ".cyp")):
        return _of_file(Path(word))
    names = [*library, *(t.rule.name for t in twins().values())]
    near = get_close_matches(word.lower(), names, 1, 0.5)
    way_out = f"did you mean {near[0]}?" if near else "see: graphalign queries; or write Cypher, or name a .cypher file"
    raise UsageError(f"there is no query {word[:80]!r}", way_out=way_out)


def _of_file(path: Path) -> Question:
    """Return the question in a user's own file; its header is a remark and need not be one of ours."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("is too large for a query", where=str(path), way_out="keep one statement in it")
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(f"cannot be read ({why})", where=str(path), way_out="check the path") from None
    return Question(path.stem, "", "", "", (), {}, text)


def rule_parameters(code: str, reader: Reads, as_of: date, settings: Settings) -> dict[str, Any]:
    """Return what a rule's query reads: the day, the settings, and what the alliance holds at all.

    Parameters
    ----------
    code
        The rule's code.
    reader
        The database, or the engine in memory, that is to answer.
    as_of, settings
        The day and the settings to judge under.
    """
    twin = twins()[code]
    return InDatabase(reader, as_of, settings).parameters(twin.rows, twin.rule)


def filled(question: Question, given: Sequence[str], as_of: date | str | None = None) -> dict[str, Value]:
    """Return the values of a question's parameters: those given, else their defaults.

    Parameters
    ----------
    question
        What is asked.
    given
        `name=value`, as on a command line; numbers and `null` are what they say, all else is text.
    as_of
        The day that `today` stands for; default today.

    Raises
    ------
    graphalign.errors.UsageError
        If one is not written so, is none of the question's, or is no day or number where one is due.

    >>> filled(questions()["brokers"], ["days=30"], "2026-06-30")
    {'days': 30, 'as_of': '2026-06-30'}
    """
    today = datetime.now(UTC).astimezone().date() if as_of is None else as_day(as_of)
    values: dict[str, Value] = {
        name: today.isoformat() if value == "today" or name == "as_of" else value
        for name, value in question.parameters.items()
    }
    own = not question.columns
    for word in given:
        name, equals, text = word.partition("=")
        name = name.strip()
        if not equals or not name.isidentifier():
            raise UsageError(f"{word[:80]!r} is no parameter", way_out="write it as name=value")
        if not own and name not in question.parameters:
            known = ", ".join(question.parameters) or "none"
            raise UsageError(f"{question.name} has no parameter {name!r}", way_out=f"its parameters are: {known}")
        values[name] = _given(name, text.strip(), question.parameters.get(name))
    if own and "as_of" not in values and "$as_of" in question.text:
        values["as_of"] = today.isoformat()
    return values


def _given(name: str, text: str, default: Value) -> Value:
    if name == "as_of":
        return as_day(text).isoformat()
    number = re.fullmatch(r"-?\d{1,15}(\.\d{1,12})?", text)
    if isinstance(default, int | float) and not number:
        raise UsageError(f"{name} is {text[:80]!r}, no number", way_out=f"write it as {name}={default}")
    if text == "null" or not text:
        return None
    # Where text is due (the id of a person) digits are text, too: the library's defaults tell which it is.
    return _literal(text) if number and (isinstance(default, int | float) or name not in PARAMETERS) else text
