"""The records that everything passes on: places, refusals, rules, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphalign.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
Verdict = Literal["found", "clean", "cannot judge", "not applicable", "waived", "disabled"]

# What a report as JSON names itself; docs/report.schema.json describes it.
REPORT_SCHEMA = "urn:graphalign:report:1"

FAMILIES: Mapping[str, str] = {
    "OWN": "Ownership",
    "CON": "Conflict",
    "ENG": "Engagement",
    "COO": "Coordination",
    "OUT": "Outcome",
    "DAT": "Data",
}


class Place(NamedTuple):
    """Where something was said: a file, its sheet, and the row as a spreadsheet numbers it, or the key path."""

    file: str
    sheet: str | None = None
    row: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Return the place as people write it.

        >>> str(Place("alliance.xlsx", "Goals", 7)), str(Place("alliance.yaml", key="goals[2].raci"))
        ('alliance.xlsx, sheet Goals, row 7', 'alliance.yaml, goals[2].raci')
        """
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.key:
            parts.append(self.key)
        return ", ".join(parts)


class Refusal(NamedTuple):
    """A row, a relationship or a value that was read and not kept.

    `what` says which of the three it is, `text` what the input says there, `reason` why it is refused and
    what to do. Rows and relationships make up `read = kept + refused`; values are counted apart.
    """

    what: Literal["row", "relationship", "value"]
    place: Place
    text: str
    reason: str


@dataclass(frozen=True)
class Note:
    """Something the reader did that its user should know: a word mapped, a sheet passed over, a scale guessed.

    `way_out` names what to do, or the setting that changes it; `count` how often it happened.
    """

    text: str
    place: Place | None = None
    way_out: str = ""
    count: int = 1


class Evidence(NamedTuple):
    """What the input says, and where: one line beneath a finding."""

    text: str
    place: Place | None = None


class Finding(NamedTuple):
    """One defect: its rule, its subjects, what is wrong, what says so, and what would mend it.

    `subjects` maps the rule's subject names to an id, or to a tuple of ids. `id` is a hash of the rule and
    the subjects, so that the same defect keeps its id from one check to the next. `folded` holds the
    findings that this one explains.
    """

    id: str
    rule: str
    name: str
    severity: Severity
    message: str
    subjects: Mapping[str, str | tuple[str, ...]]
    remedy: str
    noted: bool = False
    evidence: tuple[Evidence, ...] = ()
    folded: tuple[Finding, ...] = ()


class Source(NamedTuple):
    """A file that was read: its path as given and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Counts:
    """An account of what was read: `read = kept + refused`, by file, and likewise the values of known columns."""

    read: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    values_read: int = 0
    values_refused: int = 0


@dataclass(frozen=True)
class ImportReport:
    """What reading an alliance found: its files, the account, every refusal, every note."""

    inputs: tuple[Source, ...] = ()
    counts: Counts = field(default_factory=Counts)
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    # Heading or word as written, what it was taken for, where: the answer to --explain-import.
    meanings: tuple[tuple[str, str, str], ...] = ()


class Answer(NamedTuple):
    """What a question in Cypher came to: rows of plain values, and what the engine remarked on it.

    `columns` names the values of each row in order; a node or a path is a mapping or a list.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    remarks: tuple[str, ...] = ()


Value = bool | int | float | str


class Option(NamedTuple):
    """One setting: its default (which gives its type), what it means, its bounds or choices."""

    default: Value
    about: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


class Judged(NamedTuple):
    """What a rule returns: one row a defect, and how many candidates it judged.

    `rows` has the rule's subject columns and `also` columns (UInt32 node indices, or lists of them), the other
    columns its message names, and optionally `severity` (null: the rule's own), `case` (which message and
    remedy) and `rank` (the higher the sooner shown). `said` is what it could not look at, for the verdict.
    """

    rows: pl.DataFrame
    judged: int
    said: str = ""


class Tie(NamedTuple):
    """Evidence: the relationships of these types from the nodes in one column to those in another (None: any).

    With `through`, those to the nodes between, and the relationships of the type `through` from there on.
    """

    source: str | None
    types: tuple[str, ...]
    target: str | None
    through: str | None = None


class Says(NamedTuple):
    """Evidence: the row that says the node in this column, with these of its properties."""

    column: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A rule: data, and the function that finds its rows. Made with `graphalign.rules.rule`.

    Parameters
    ----------
    code, name
        `OWN101`, `unowned-goal`.
    severity
        Where the row gives none.
    subjects
        The columns that a finding is about, in order; a finding is one set of subjects.
    also
        Further columns that hold nodes.
    words
        The subjects that are words, not nodes.
    message, remedy
        Templates over the row's columns, by the row's `case` where there are several.
    needs
        What must not be absent from the whole graph: names in `graphalign.rules.NEEDS`.
    applies
        What else must hold for it to be applicable: names in `graphalign.rules.APPLIES`.
    nothing
        What is not there when there is nothing to judge.
    covered_on
        Rules on contact: the persons whose contact coverage must suffice, as a function of the facts.
    recent
        Rules on contact: whether coverage asks for recent contact.
    evidence
        What to quote; subjects without a `Says` are quoted by themselves.
    supersedes
        Codes of the rules whose findings fold beneath this one's.
    cluster
        Two columns whose rows link nodes: a finding is a connected component of those that agree in the other subjects,
        its only list subject the last one. The columns in `also` become lists.
    grouped
        Whether several rows share the subjects; their other node columns become lists, `rows` counts them.
    symmetric
        Whether the last two subjects may change places: the smaller id comes first.
    judges_proposed
        Whether proposed goals are judged too; otherwise the verdict says how many were left out.
    judges_goals
        Whether proposed goals could matter to it at all.
    noted_high
        Whether the custom clause notes its high findings too.
    candidates
        The columns that make up one judged candidate; default the subjects.
    options
        Its settings.
    run
        The function from facts and settings to `Judged`.
    definition, why, source
        Its documentation, from the function's docstring.
    """

    code: str
    name: str
    severity: Severity
    subjects: tuple[str, ...]
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    run: Callable[[Any, Any], Judged]
    also: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    nothing: str = "nothing to judge"
    covered_on: Callable[[Any], pl.Series] | None = None
    recent: bool = False
    evidence: tuple[Tie | Says, ...] = ()
    supersedes: tuple[str, ...] = ()
    cluster: tuple[str, str] | None = None
    grouped: bool = False
    symmetric: bool = False
    judges_goals: bool = True
    judges_proposed: bool = False
    noted_high: bool = False
    candidates: tuple[str, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    definition: str = ""
    why: str = ""
    source: str = ""

    @property
    def family(self) -> str:
        """The family it belongs to, such as Ownership; a user's own rule has none of ours."""
        return FAMILIES.get(self.code[:3], "Own rules")


@dataclass(frozen=True)
class RuleResult:
    """How one rule ended: its verdict, what is missing, how many candidates it judged, left out, and found.

    `found` counts what is not waived, `waived` what is. `coverage` is the share of the persons judged who have a
    contact, where the rule stands on contact.
    """

    rule: Rule
    verdict: Verdict
    missing: str = ""
    judged: int = 0
    left_out: int = 0
    found: int = 0
    coverage: float | None = None
    waived: int = 0


class Known(NamedTuple):
    """A finding as a report told it: what a later check, or another graph, is compared with.

    `subjects` are its ids in order, `beneath` the id of the finding that it folds under, empty for none.
    """

    id: str
    rule: str
    name: str
    severity: Severity
    message: str
    subjects: tuple[str, ...] = ()
    noted: bool = False
    beneath: str = ""
    evidence: tuple[Evidence, ...] = ()


class Comparison(NamedTuple):
    """What came and went since a baseline: an earlier report, of the day `as_of`, read from `file`.

    `new` and `open` are the ids of findings here, those beneath others included; `fixed` is what is no longer found,
    `unjudged` what cannot be told because its rule did not judge.
    """

    as_of: date
    file: str
    new: frozenset[str]
    open: frozenset[str]
    fixed: tuple[Known, ...] = ()
    unjudged: tuple[Known, ...] = ()


def as_day(value: date | str) -> date:
    """Return a day given as a date or in ISO form.

    Raises
    ------
    graphalign.errors.UsageError
        If the text is no day in the form 2026-09-01.

    >>> as_day("2026-09-01")
    datetime.date(2026, 9, 1)
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is not a day", way_out="write it as 2026-09-01") from None
