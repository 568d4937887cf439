"""check in the database: rules run as Cypher, only rows come back, and the report is the one that files give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cached_property, partial
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.check import CannotJudgeError, Coverage, Ended, day_of, judge, report_of, rules_among
from graphalign.errors import StoreError
from graphalign.model import Judged, Rule
from graphalign.neo4j.ask import ask
from graphalign.neo4j.inventory import Inventory, Reads, take
from graphalign.neo4j.marker import refuse_half_loaded
from graphalign.neo4j.own import OwnRule, run_own_rules
from graphalign.neo4j.source import StoredGraph
from graphalign.neo4j.twins import Query, Twin, options_of_rules, twin_of
from graphalign.settings import GENERAL, Settings

if TYPE_CHECKING:
    from graphalign.neo4j.connection import Connection
    from graphalign.report import Report

AT_ONCE = 4  # rules under way: more wait for each other's pages
TIMED_OUT = "TransactionTimedOut"
OUT_OF_MEMORY = "MemoryPoolOutOfMemory"


def check(
    connection: Connection,
    *,
    as_of: date | str | None = None,
    settings: Settings | None = None,
    only: Sequence[str] | None = None,
    own: Sequence[OwnRule] = (),
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Run the rules inside a database.

    Nothing is written, and only rows come back: what they name and stand on is looked up when the report is read, so
    keep the connection open until then.

    Parameters
    ----------
    connection
        The database; see `graphalign.neo4j.connection.connect`.
    as_of
        The day to judge on; default today.
    settings
        Thresholds, severities and switches, and how long a rule may take (`neo4j.seconds`); default those of the rules.
    only
        Codes or names of the rules to run; default all.
    own
        The user's own rules, which are run after these; see `graphalign.neo4j.own`.
    progress
        Told what is being done, for a progress display.

    Returns
    -------
    Report
        That of `graphalign.check` on the same graph: the same findings, in the same order, with the same evidence.

    Raises
    ------
    graphalign.errors.UsageError
        If `as_of` is no day, or `only` names an unknown rule.
    graphalign.errors.StoreError
        If the database cannot be read, or a push to it is under way or was cut off.
    """
    day = day_of(as_of)
    chosen = settings or Settings()
    rules = rules_among(only)
    marker = refuse_half_loaded(connection)
    ground = InDatabase(connection, day, chosen)
    graph = StoredGraph(connection, () if marker is None else marker.inputs)
    ended = _each(ground, rules, progress)
    if own:
        seconds = float(chosen.get("neo4j", "seconds"))
        nodes = sum(graph.kinds[0].values())
        ended = chain(
            ended, run_own_rules(own, partial(ask, connection, seconds=seconds), nodes, day, chosen, progress)
        )
    return report_of(graph, day, chosen, ended)


def _each(ground: InDatabase, rules: Sequence[Rule], progress: Callable[[str], None] | None) -> Iterable[Ended]:
    """Yield how each rule ended, in order, some under way at a time; all see what was committed before the first."""
    if progress:
        progress("looking at what the database holds")
    _ = ground.inventory
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way = [pool.submit(judge, rule, ground) for rule in rules]
        try:
            for rule, ended in zip(rules, under_way, strict=True):
                if progress:
                    progress(f"{rule.code} {rule.name}")
                yield ended.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class InDatabase:
    """The ground of a database: rules run there, as the twins in queries/rules. See `graphalign.check.Ground`."""

    def __init__(self, connection: Reads, as_of: date, settings: Settings) -> None:
        self._connection = connection
        self._as_of = as_of
        self._counted: dict[tuple[str, str], Future[Mapping[str, Any]]] = {}
        self._lock = Lock()
        self.settings = settings

    @cached_property
    def inventory(self) -> Inventory:
        """What the whole graph has at all."""
        return take(self._connection, self._as_of)

    @property
    def proposed(self) -> int:
        """See `Ground`."""
        return self.inventory.proposed

    def lacks(self, need: str) -> bool:
        """See `Ground`."""
        return not self.inventory.answers[f"has_{need}"]

    def applies(self, condition: str) -> bool:
        """See `Ground`."""
        if condition == "shared goal":
            return self.inventory.answers["has_shared_goal"]
        return self.inventory.partners >= (2 if condition == "two partners" else 1)

    def coverage(self, rule: Rule) -> Coverage:
        """See `Ground`."""
        twin = self._twin(rule)
        if twin.covered is None:
            return Coverage(0, 0.0)
        row = self._one(twin.covered, rule)
        persons, known = int(row["persons"]), int(row["recent" if rule.recent else "contacts"])
        return Coverage(persons, known / persons if persons else 0.0)

    def run(self, rule: Rule) -> Judged:
        """See `Ground`."""
        twin = self._twin(rule)
        counts_itself = "judged" in twin.rows.columns
        found = self._read(twin.rows, rule, twin.rows.columns) if counts_itself else []
        counted = found[0] if found else self._one(twin.judged, rule)
        judged = int(counted["persons"] if twin.judged is twin.covered else counted["judged"])
        if not judged:
            return Judged(pl.DataFrame(), 0)
        if not counts_itself:
            found = self._read(twin.rows, rule, twin.rows.columns)
        return Judged(framed(twin, found), judged, str(counted.get("said") or ""))

    def _twin(self, rule: Rule) -> Twin:
        twin = twin_of(rule.code)
        if twin is None:
            raise CannotJudgeError("this rule is not written in Cypher: pull the alliance and check the files")
        return twin

    def _one(self, query: Query, rule: Rule) -> Mapping[str, Any]:
        """Return the one row of a count: rules that count alike share it, and wait for the first of them."""
        key = query.text, repr(sorted(self.parameters(query, rule).items()))
        with self._lock:
            mine = key not in self._counted
            counted = self._counted.setdefault(key, Future())
        if mine:
            try:
                counted.set_result(self._read(query, rule)[0])
            except BaseException as error:
                counted.set_exception(error)
                raise
        return counted.result()

    def _read(self, query: Query, rule: Rule, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
        seconds = float(self.settings.get("neo4j", "seconds"))
        try:
            return self._connection.read(query.text, self.parameters(query, rule), seconds=seconds, columns=columns)
        except StoreError as error:
            code = str(getattr(error.__cause__, "code", ""))
            if TIMED_OUT in code:
                raise CannotJudgeError(
                    f"it took longer than {seconds:g} seconds in the database: "
                    "give it more time (seconds in [neo4j] of the settings), or check files"
                ) from error
            if OUT_OF_MEMORY in code:
                raise CannotJudgeError(
                    "it needs more memory than the database allows: raise db.memory.transaction.max there, or check "
                    "files"
                ) from error
            raise

    def parameters(self, query: Query, rule: Rule) -> dict[str, Any]:
        """Return what a rule's query reads: the day, settings, and what the database holds."""
        known: dict[str, Any] = {f"{s}_{k}": self.settings.get(s, k) for s, options in GENERAL.items() for k in options}
        known |= self.inventory.answers
        known |= {name: self.settings.rule(r)[o] for name, (r, o) in options_of_rules().items()}
        known |= self.settings.rule(rule).options
        known["as_of"] = self._as_of.isoformat()
        return {name: known[name] for name in query.params}


def framed(twin: Twin, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows from the database as a rule's rows are: ids as text or lists of it, the rest as it came.

    >>> from graphalign.neo4j.twins import twins
    >>> row = {"goal": "g1", "severity": "high", "case": "shared", "priority": None, "parent": None, "doers": []}
    >>> framed(twins()["OWN101"], [row]).dtypes[0], framed(twins()["OWN101"], [row])["doers"].to_list()
    (String, [[]])
    """
    rule = twin.rule
    nodes = {*rule.subjects, *rule.also, *(rule.cluster or ())} - set(rule.words)
    columns = []
    for name in (c for c in twin.rows.columns if c != "judged"):
        values = [row[name] for row in rows]
        if name in nodes or name in ("severity", "case", *rule.words):
            lists = any(isinstance(v, list) for v in values)
            dtype: pl.DataType = pl.List(pl.String()) if lists else pl.String()
            columns.append(pl.Series(name, [v or [] for v in values] if lists else values, dtype=dtype))
        elif name == "rank":
            columns.append(pl.Series(name, values, dtype=pl.Float64, strict=False))
        else:
            column = pl.Series(name, [_native(v) for v in values], strict=False)
            columns.append(column.cast(pl.String) if column.dtype == pl.Null else column)
    frame = pl.DataFrame(columns)
    return frame if twin.ordered else frame.sort(keys(rule))


def keys(rule: Rule) -> list[str]:
    """Return the columns that a twin's rows are ordered by: those that tell one row from another."""
    if rule.cluster:
        return [*rule.subjects[:-1], *rule.cluster]
    return [*rule.subjects, *(rule.also if rule.grouped else ())]


def _native(value: object) -> object:
    """Return a day of the driver's as Python has it."""
    return value.to_native() if hasattr(value, "to_native") else value
