"""A user's own rules: Cypher files of a folder, run beside ours in a database or in memory, reported alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any, NoReturn

import polars as pl

from graphalign.check import Ended
from graphalign.errors import GraphalignError, InputError
from graphalign.model import SEVERITIES, Answer, Judged, Rule, RuleResult
from graphalign.neo4j.twins import Header, header, parameters_of, returned
from graphalign.rules import catalogue
from graphalign.settings import GENERAL, RuleSettings, Settings

KEYS = ("code", "name", "severity", "subjects", "message", "remedy")
# A rule is written by hand; what is larger is something else.
MOST_BYTES = 200_000
Ask = Callable[[str, Mapping[str, Any]], Answer]


@dataclass(frozen=True)
class OwnRule:
    """A rule of the user's: what reports tell of it, the statement that finds its rows, and what that reads."""

    rule: Rule
    text: str
    params: tuple[str, ...]
    file: str


def read_own_rules(folder: Path) -> list[OwnRule]:
    """Return the rules of a folder, each a file `CODE.cypher`, in order of code.

    A file's header has the lines `// code:`, `// name:`, `// severity:`, `// subjects:` (columns that hold ids, or
    lists of them), `// message:` and `// remedy:` (texts with columns in braces), then a remark that says what it looks
    for.
    Parameters that a statement may read are `$as_of` (text) and general settings, such as `$levels_high`.

    Parameters
    ----------
    folder
        Where they are.

    Raises
    ------
    graphalign.errors.InputError
        If the folder cannot be read or holds no rule, or a header does not fit; the file and the line are named.
    """
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix == ".cypher")
        held = {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})",
            where=str(folder),
            way_out="name a folder of CODE.cypher files",
        ) from None
    if not held:
        raise InputError("holds no rule", where=str(folder), way_out="write one as CODE.cypher; see docs/neo4j.md")
    return [_read(folder / name, content) for name, content in held.items()]


def _read(path: Path, content: bytes) -> OwnRule:
    # With a folder before it: told as it is.
    file = str(path) if path.is_absolute() else f"./{path}"
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", where=file, way_out="save it as UTF-8") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes", where=file, way_out="name a folder of rules")
    head = header(text, file, KEYS, KEYS)
    _check_names(head, file, path.stem)
    columns = returned(text, file)
    subjects = tuple(s.strip() for s in head.values["subjects"].split(",") if s.strip())
    if not subjects:
        _refuse(head, file, "subjects", "there is none; name the columns that hold ids")
    named = [("subjects", s) for s in subjects]
    named += [(key, field) for key in ("message", "remedy") for field in _fields(head, file, key)]
    for key, column in named:
        if column not in columns:
            _refuse(head, file, key, f"the RETURN gives no column {column!r}")
    known = {"as_of", *(f"{s}_{k}" for s, options in GENERAL.items() for k in options)}
    params = parameters_of(text)
    for name in params:
        if name not in known:
            _refuse(head, file, "code", f"the statement reads ${name}; known are $as_of and settings as $levels_high")
    rule = Rule(
        head.values["code"],
        head.values["name"],
        next(s for s in SEVERITIES if s == head.values["severity"]),
        subjects,
        {"": head.values["message"]},
        {"": head.values["remedy"]},
        _unused,
        nothing="there is no node",
        judges_goals=False,
        definition=head.about,
    )
    return OwnRule(rule, text, params, file)


def _check_names(head: Header, file: str, stem: str) -> None:
    """Refuse a code, a name or a severity that reports could not tell."""
    code, name, severity = (head.values[key] for key in ("code", "name", "severity"))
    if not re.fullmatch(r"[A-Z]{3}[0-9]{3}", code):
        _refuse(head, file, "code", f"{code!r} is no code: write three capitals and three digits, as XYZ101")
    if stem != code:
        _refuse(head, file, "code", f"the file of {code} is to be named {code}.cypher")
    if code in catalogue():
        _refuse(head, file, "code", f"{code} is a rule of graphalign's; choose another code")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        _refuse(head, file, "name", f"{name!r} is no name: write small letters, digits and hyphens")
    if severity not in SEVERITIES:
        _refuse(head, file, "severity", f"{severity!r} is no severity; use {', '.join(SEVERITIES)}")


def _unused(_facts: object, _settings: RuleSettings) -> Judged:
    """Stand in for a rule in Python: an own rule is Cypher alone."""
    return Judged(pl.DataFrame(), 0)


def _fields(head: Header, file: str, key: str) -> Iterator[str]:
    try:
        fields = [(field, spec, how) for _, field, spec, how in Formatter().parse(head.values[key])]
    except ValueError as error:
        _refuse(head, file, key, f"the braces do not pair ({error})")
    for field, spec, how in fields:
        if field is None:
            continue
        if spec or how or not re.fullmatch(r"\w+", field):
            _refuse(head, file, key, f"{{{field}}} is no column: write a column's name in braces, and nothing else")
        yield field


def run_own_rules(
    rules: Sequence[OwnRule],
    ask: Ask,
    nodes: int,
    as_of: date,
    settings: Settings,
    progress: Callable[[str], None] | None,
) -> Iterator[Ended]:
    """Yield how each of the user's rules ended, with its rows.

    One whose statement is wrong, writes or takes too long ends in `cannot judge`, the others intact.

    Parameters
    ----------
    rules
        The rules; see `read_own_rules`.
    ask
        Returns the rows of a statement with its parameters, and lets none write.
    nodes
        How many nodes there are: what such a rule judges.
    as_of, settings
        What they are run with.
    progress
        Told what is being done.
    """
    known: dict[str, Any] = {f"{s}_{k}": settings.get(s, k) for s, options in GENERAL.items() for k in options}
    known["as_of"] = as_of.isoformat()
    for own in rules:
        if progress:
            progress(f"{own.rule.code} {own.rule.name}")
        try:
            rows = _rows(own, ask(own.text, {name: known[name] for name in own.params}))
        except GraphalignError as error:
            yield RuleResult(own.rule, "cannot judge", missing=error.what), None
            continue
        if not nodes:
            yield RuleResult(own.rule, "not applicable", missing=own.rule.nothing), None
            continue
        yield RuleResult(own.rule, "clean", judged=nodes), rows


def _rows(own: OwnRule, answer: Answer) -> pl.DataFrame:
    """Return an answer as a rule's rows are, each set of subjects once."""
    columns = []
    for at, name in enumerate(answer.columns):
        values = [row[at] for row in answer.rows]
        if name in own.rule.subjects:
            columns.append(_ids(own, name, values))
        else:
            texts = [v if v is None or isinstance(v, bool | int | float | date) else str(v) for v in values]
            column = pl.Series(name, texts, strict=False)
            columns.append(column.cast(pl.String) if column.dtype == pl.Null else column)
    frame = pl.DataFrame(columns)
    return frame.unique(list(own.rule.subjects), keep="first", maintain_order=True)


def _ids(own: OwnRule, name: str, values: Sequence[object]) -> pl.Series:
    lists = any(isinstance(v, list | tuple) for v in values)
    flat = [i for v in values for i in (v if isinstance(v, list | tuple) else [v])]
    odd = next((i for i in flat if not isinstance(i, str)), None)
    if odd is not None or any(i is None for i in flat):
        kind = "nothing" if odd is None else type(odd).__name__
        raise InputError(f"the column {name!r} holds what is no id ({kind})", where=own.file, way_out="return n.id")
    if lists:
        held = [sorted(set(v)) if isinstance(v, list | tuple) else [v] for v in values]
        return pl.Series(name, held, dtype=pl.List(pl.String()))
    return pl.Series(name, values, dtype=pl.String)


def _refuse(head: Header, file: str, key: str, what: str) -> NoReturn:
    raise InputError(what, where=f"{file}, line {head.lines[key]}", way_out="mend the file")
