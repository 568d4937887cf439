"""The twins: Cypher files with a strict header, read from graphalign.queries and checked against the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from graphalign.errors import InputError
from graphalign.rules import catalogue
from graphalign.settings import GENERAL

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from graphalign.model import Rule

_LINE = re.compile(r"//\s?([a-z_]+):\s*(.*?)\s*")
_PARAMETER = re.compile(r"(?<![\w$])\$([A-Za-z_]\w*)")
# A text in quotes, a name in backticks or a remark is no place where a parameter is read.
_QUIET = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
# A file's name that begins so is told as it is; others are below queries/.
OWN = ("/", "./")
RULE_KEYS = ("code", "name", "columns", "params", "judged", "covered", "sort", "kglite")
COUNT_KEYS = ("columns", "params", "kglite")
# What every row may have beside the rule's own columns.
ROW = ("severity", "case", "rank")
JUDGED = (("judged",), ("judged", "said"))
COVERED = (("persons", "contacts", "recent"),)


@dataclass(frozen=True)
class Query:
    """One statement of Cypher and what its header says of it.

    Parameters
    ----------
    name
        The file's name without its suffix.
    columns
        What it returns, in order.
    params
        The parameters that it reads.
    about
        In words what it looks for.
    text
        The file as it is: the header is a remark to the database.
    kglite
        Why it cannot run on kglite; empty where it can.
    """

    name: str
    columns: tuple[str, ...]
    params: tuple[str, ...]
    about: str
    text: str
    kglite: str = ""


@dataclass(frozen=True)
class Twin:
    """A rule's statement with the one that counts what it judged, and on whose contact it stands.

    Parameters
    ----------
    rule
        The rule in Python.
    rows
        Its rows, with ids.
    judged
        How many candidates it judged, and what it could not look at; the same as `covered` where it judges the very
        persons whose contact it stands on. Not asked where the rows have a column `judged`, and there is a row.
    covered
        The persons whose contact coverage must suffice; None where the rule does not stand on contact.
    ordered
        Whether the statement returns its rows in the order of their keys; else they are sorted right of it.
    """

    rule: Rule
    rows: Query
    judged: Query
    covered: Query | None
    ordered: bool = True


class Header(NamedTuple):
    """The `key: value` lines at the head of a file, each with its line, and the words beneath them."""

    values: Mapping[str, str]
    lines: Mapping[str, int]
    about: str


@cache
def twins() -> Mapping[str, Twin]:
    """Return the twin of every rule, by code in the catalogue's order.

    Raises
    ------
    graphalign.errors.InputError
        If a file has an unknown header key, lacks a column of its rule, or names a rule or file that there is not; the
        file and the line are named.

    >>> twins()["OWN101"].rows.columns
    ('goal', 'severity', 'case', 'priority', 'parent', 'doers')
    """
    names = {f"{rule.name}.cypher" for rule in catalogue().values()}
    for file in sorted(f.name for f in (files("graphalign.queries") / "rules").iterdir()):
        if file.endswith(".cypher") and file not in names:
            raise InputError(
                "is named as no rule is", where=f"queries/rules/{file}", way_out="rename it or take it out"
            )
    found = {code: twin_of(code) for code in catalogue()}
    return {code: twin for code, twin in found.items() if twin is not None}


@cache
def twin_of(code: str) -> Twin | None:
    """Return the twin of one rule, None where it has none; raises as `twins` does."""
    rule = catalogue()[code]
    file = files("graphalign.queries") / "rules" / f"{rule.name}.cypher"
    return read_twin(rule, f"rules/{rule.name}.cypher", file.read_text("utf-8")) if file.is_file() else None


def read_twin(rule: Rule, file: str, text: str) -> Twin:
    """Return the twin that a file's text makes.

    Parameters
    ----------
    rule
        Whose twin it is.
    file
        Its name, for errors.
    text
        What it holds.

    Raises
    ------
    graphalign.errors.InputError
        As `twins` does.
    """
    head = header(text, file, RULE_KEYS, ("code", "name", "columns", "judged"))
    for key, right in (("code", rule.code), ("name", rule.name)):
        if head.values[key] != right:
            _refuse(file, head.lines[key], f"{key} is {head.values[key]!r}, the catalogue has {right!r}")
    rows = query_of(head, file, text)
    at = head.lines["columns"]
    needed = dict.fromkeys((*rule.subjects, *rule.also, *(rule.cluster or ())))
    if rule.cluster:
        needed.pop(rule.subjects[-1])
    for column in needed:
        if column not in rows.columns:
            _refuse(file, at, f"the column {column!r} of {rule.code} is missing")
    known = {"as_of", *rule.options, *_general(), *options_of_rules()}
    for name in rows.params:
        if name not in known and not name.startswith("has_"):
            _refuse(file, head.lines["params"], f"the parameter {name!r} is no option of {rule.code}, nor a setting")
    order = head.values.get("sort", "cypher")
    if order not in ("cypher", "python"):
        _refuse(file, head.lines["sort"], f"sort is {order!r}; leave it out or say python")
    covered = head.values.get("covered")
    if (covered is None) != (rule.covered_on is None):
        what = "the key 'covered' is missing" if covered is None else f"{rule.code} does not stand on contact"
        _refuse(file, head.lines.get("covered", at), what)
    people = None if covered is None else _beside(file, head, "covered", COVERED, known)
    same = people is not None and head.values["judged"] == "covered"
    counts = people if people and same else _beside(file, head, "judged", JUDGED, known)
    return Twin(rule, rows, counts, people, order == "cypher")


def options_of_rules() -> dict[str, tuple[Rule, str]]:
    """Return every option by the name under which the twins of other rules read it, with its rule and its own name.

    >>> rule, option = options_of_rules()["stale_kpi_cadence_days"]
    >>> rule.code, option
    ('OUT503', 'cadence_days')
    """
    return {f"{r.name.replace('-', '_')}_{o}": (r, o) for r in catalogue().values() for o in r.options}


def _general() -> list[str]:
    return [f"{section}_{key}" for section, options in GENERAL.items() for key in options]


def _beside(file: str, head: Header, key: str, columns: tuple[tuple[str, ...], ...], known: set[str]) -> Query:
    """Return the query of another folder that a header names."""
    name, line = head.values[key], head.lines[key]
    if not re.fullmatch(r"[a-z0-9-]+", name):
        _refuse(file, line, f"{name!r} is no name of a file in queries/{key}")
    held: Traversable = files("graphalign.queries") / key / f"{name}.cypher"
    if not held.is_file():
        _refuse(file, line, f"there is no queries/{key}/{name}.cypher")
    text = held.read_text("utf-8")
    other = f"{key}/{name}.cypher"
    theirs = header(text, other, COUNT_KEYS, ("columns",))
    query = query_of(theirs, other, text)
    if query.columns not in columns:
        _refuse(other, theirs.lines["columns"], f"it returns {', '.join(query.columns)}, not {', '.join(columns[-1])}")
    for param in query.params:
        if param not in known and not param.startswith("has_"):
            _refuse(other, theirs.lines["params"], f"the parameter {param!r} is not known to {file}")
    return query


def header(text: str, file: str, allowed: tuple[str, ...], needed: tuple[str, ...]) -> Header:
    """Return what the head of a Cypher file says.

    Parameters
    ----------
    text
        What the file holds.
    file
        Its name, for errors.
    allowed, needed
        The keys that it may have and those that it must have.

    Raises
    ------
    graphalign.errors.InputError
        If a key is unknown, is there twice or is missing, or no words beneath say what the statement looks for.
    """
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    about: list[str] = []
    rest = text.split("\n")
    at = 0
    for at, line in enumerate(rest, 1):
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            break
        key = found[1]
        if key not in allowed:
            _refuse(file, at, f"unknown header key {key!r}; known are {', '.join(allowed)}")
        if key in values:
            _refuse(file, at, f"the header has {key!r} twice")
        values[key], lines[key] = found[2], at
    for line in rest[max(at - 1, 0) :]:
        if not line.startswith("//"):
            break
        about.append(line.removeprefix("//").strip())
    for key in needed:
        if key not in values:
            _refuse(file, max(len(values), 1), f"the header lacks {key!r}")
    said = " ".join(filter(None, about))
    if not said:
        _refuse(file, max(at, 1), "no remark beneath the header says in words what it looks for")
    return Header(values, lines, said)


def query_of(head: Header, file: str, text: str) -> Query:
    """Return a file's statement, its parameters held to those that its header names."""
    said = _names(head, "params")
    read = parameters_of(text)
    at = head.lines.get("params", max(head.lines.values()))
    for name in read:
        if name not in said:
            _refuse(file, at, f"the statement reads ${name}, which 'params' does not name")
    for name in said:
        if name not in read:
            _refuse(file, at, f"'params' names {name!r}, which the statement does not read")
    columns = _names(head, "columns")
    _check_return(text, columns, file)
    name = file.rsplit("/", 1)[-1].removesuffix(".cypher")
    no = head.values.get("kglite", "")
    if no and not re.match(r"no, \S", no):
        _refuse(file, head.lines["kglite"], "kglite is to be 'no, ' and why")
    return Query(name, columns, said, head.about, text, no.removeprefix("no, "))


def _names(head: Header, key: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in head.values.get(key, "").split(",") if n.strip())


def parameters_of(text: str) -> tuple[str, ...]:
    """Return the parameters that a statement reads, each once.

    >>> parameters_of("MATCH (g) WHERE g.due < $day AND g.name <> '$x' RETURN g.id // not $y")
    ('day',)
    """
    return tuple(dict.fromkeys(_PARAMETER.findall(_QUIET.sub(" ", text))))


def returned(text: str, file: str) -> tuple[str, ...]:
    """Return the columns of a statement's last RETURN, which begins a line.

    Raises
    ------
    graphalign.errors.InputError
        If no line begins with RETURN.
    """
    return _returned(text, file)[1]


def _returned(text: str, file: str) -> tuple[int, tuple[str, ...]]:
    quiet = _QUIET.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    last = None
    for last in re.finditer(r"^RETURN\b", quiet, re.MULTILINE):  # noqa: B007 (the last one)
        pass
    line = len(text.split("\n")) if last is None else quiet[: last.start()].count("\n") + 1
    if last is None:
        _refuse(file, line, "no line begins with RETURN")
    tail = re.split(r"\b(?:ORDER\s+BY|SKIP|LIMIT)\b|;", quiet[last.end() :])[0]
    return line, tuple(_alias(part) for part in _parts(re.sub(r"^\s*DISTINCT\b", "", tail)))


def _check_return(text: str, columns: tuple[str, ...], file: str) -> None:
    """Refuse a statement whose last RETURN does not give the columns that its header names, in order."""
    line, given = _returned(text, file)
    for number, column in enumerate(columns):
        if number >= len(given) or given[number] != column:
            got = given[number] if number < len(given) else "nothing"
            _refuse(file, line, f"column {number + 1} of the RETURN is {got!r}, the header says {column!r}")
    if len(given) > len(columns):
        _refuse(file, line, f"the RETURN gives {given[len(columns)]!r}, which the header does not name")


def _parts(text: str) -> list[str]:
    """Return what the commas outside of any bracket part."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _alias(part: str) -> str:
    words = re.split(r"\bAS\b", part)
    return words[-1].strip()


def _refuse(file: str, line: int, what: str) -> NoReturn:
    raise InputError(
        what, where=f"{file if file.startswith(OWN) else f'queries/{file}'}, line {line}", way_out="mend the file"
    )
