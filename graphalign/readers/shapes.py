"""Tables to statements: what each table is, what its columns mean, which nodes and relationships its rows state."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from graphalign.model import Note, Place, Refusal
from graphalign.readers import entities, pairs
from graphalign.readers.cells import Known
from graphalign.readers.headings import LABEL_OF, bare, candidates, find, property_of, table_kind
from graphalign.readers.parts import Part, as_text, placed
from graphalign.readers.raci import matrix_columns, role_columns
from graphalign.readers.synonyms import ID, ITEM_HEADINGS, LABEL_HEADINGS, NAME, PAIRS, TOGETHER
from graphalign.tables import PROVENANCE, Statements, Table, Tables
from graphalign.vocabulary import LABELS, RACI


def statements(tables: Tables) -> Statements:
    """Return the statements that tables make.

    What a table is follows from its name, else from its headings; what is no table of an alliance is passed over and
    said. Tables of nodes are read before those that refer to them, so that "Silva, Ana" is one known person.

    Parameters
    ----------
    tables
        What a reader gives.

    Returns
    -------
    graphalign.tables.Statements
        Nodes and relationships as text, each with its place.

    >>> table = Table("goals", pl.DataFrame({"Goal": ["Dig"], "Owner": ["Ana; Ben"], "_row": [2]}), "goals.csv")
    >>> said = statements(Tables((table,)))
    >>> said.nodes.select("label", "name").rows(), said.edges.select("source", "type", "target").rows()
    ([('Goal', 'Dig')], [('Ana', 'ACCOUNTABLE_FOR', 'Dig'), ('Ben', 'ACCOUNTABLE_FOR', 'Dig')])
    """
    notes = list(tables.notes)
    meanings: list[tuple[str, str, str]] = []
    refusals = list(tables.refusals)
    kinds: list[tuple[Table, str]] = []
    for table in tables.tables:
        kind = kind_of(table)
        where = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
        if kind is None:
            way_out = "name it after what it holds (partners, stakeholders, goals, raci, communications, ...)"
            notes.append(
                Note(
                    f"the table {table.name[:80]!r} is no table of an alliance and was passed over",
                    Place(table.file, table.sheet),
                    way_out,
                )
            )
            continue
        meanings.append((table.name, f"table of {kind}", where))
        kinds.append((table, kind))
    nodes: list[pl.DataFrame] = []
    later: list[Callable[[Known], Part]] = []
    for table, kind in kinds:
        frame = placed(table) if kind in ("nodes", "relationships") else placed(as_text(table))
        if kind in (*LABELS, "nodes"):
            part, links = entities.read(table, frame, kind)
            _collect(part, nodes, None, notes, meanings, refusals)
            later.append(links)
        else:
            later.append(lambda known, table=table, frame=frame, kind=kind: pairs.read(table, frame, kind, known))  # type: ignore[misc]
    known = Known(nodes)
    edges: list[pl.DataFrame] = []
    for read in later:
        _collect(read(known), None, edges, notes, meanings, refusals)
    implied = _implied(kinds, edges)
    return Statements(
        _stacked(nodes, ("id", "label", "name")),
        _stacked(edges, ("source", "target", "type")),
        refusals=tuple(refusals),
        notes=tuple(notes),
        meanings=tuple(dict.fromkeys(meanings)),
        implied=implied,
        clean=all(table.clean for table, kind in kinds if kind in (*LABELS, "nodes")),
    )


def _collect(
    part: Part,
    nodes: list[pl.DataFrame] | None,
    edges: list[pl.DataFrame] | None,
    notes: list[Note],
    meanings: list[tuple[str, str, str]],
    refusals: list[Refusal],
) -> None:
    for frames in (nodes, edges):
        if frames is not None:
            frames.extend(part.frames)
    notes += part.notes
    meanings += part.meanings
    refusals += part.refusals


def _stacked(frames: list[pl.DataFrame], first: tuple[str, ...]) -> pl.DataFrame:
    if not frames:
        schema: dict[str, pl.DataType] = {**dict.fromkeys(first, pl.String()), **PROVENANCE}
        return pl.DataFrame(schema=schema)
    if len(frames) == 1:
        return frames[0]
    types: dict[str, set[pl.DataType]] = {}
    for frame in frames:
        for name, dtype in frame.schema.items():
            types.setdefault(name, set()).add(dtype)
    mixed = [c for c, several in types.items() if len(several - {pl.Null()}) > 1]
    same = [f.with_columns(pl.col(c).cast(pl.String) for c in mixed if c in f.columns) for f in frames]
    return pl.concat(same, how="diagonal_relaxed")


def _implied(kinds: list[tuple[Table, str]], edges: list[pl.DataFrame]) -> frozenset[str]:
    """Return the labels no table declares; none where one table lists all nodes."""
    declared = {kind for _, kind in kinds}
    if "nodes" in declared:
        return frozenset()
    undeclared = set(LABELS) - declared
    if {"Goal", "Responsibility"} <= undeclared:
        # A RACI table of tasks without a table of goals speaks of responsibilities, unless others refer to goals.
        items = [find(t.frame.columns, ITEM_HEADINGS) for t, kind in kinds if kind == "raci"]
        tasks = [h is not None and find([h], NAME["Responsibility"][1:-2]) is not None for h in items]
        others = {str(x) for f in edges for x in f["type"].unique()} - {
            *RACI,
            "MEMBER_OF",
            "REPORTS_TO",
            "COMMUNICATES_WITH",
        }
        undeclared -= {"Goal"} if tasks and all(tasks) and not others else {"Responsibility"}
    return frozenset(undeclared)


def kind_of(table: Table) -> str | None:
    """Return what a table is: a label, `nodes`, `raci`, or a key of `synonyms.PAIRS`; None for none of these."""
    headings = [c for c in table.frame.columns if not c.startswith("_")]
    if not headings or not table.frame.height:
        return table_kind(table.name) if headings else None
    named = table_kind(table.name)
    if named and _can_be(table.frame, headings, named):
        return named
    return _by_headings(table.frame, headings)


def _can_be(frame: pl.DataFrame, headings: list[str], kind: str) -> bool:
    if kind in LABELS:
        return True
    if kind == "nodes":
        return find(headings, LABEL_HEADINGS) is not None
    if kind == "raci":
        return bool(role_columns(headings)) or bool(matrix_columns(frame, headings)) or len(headings) > 1
    if kind == "communications" and find(headings, TOGETHER):
        return True
    rule = PAIRS[kind]
    source = find(headings, rule.source)
    return source is not None and find(headings, rule.target, [source]) is not None


def _by_headings(frame: pl.DataFrame, headings: list[str]) -> str | None:  # noqa: PLR0911 (one line a shape)
    def has(*words: str) -> bool:
        return find(headings, words) is not None

    def properties(kind: str) -> set[str]:
        return {p for h in headings if (p := property_of(h, kind))}

    source = find(headings, PAIRS["relationships"].source)
    if (
        source
        and find(headings, PAIRS["relationships"].target, [source])
        and not properties("Kpi") - {"target", "unit"}
    ):
        return "relationships"
    label = find(headings, LABEL_HEADINGS)
    if label and (find(headings, ID) or find(headings, NAME["nodes"])) and _mostly_labels(frame[label]):
        return "nodes"
    goal_like = properties("Goal") & {"priority", "shared", "start", "due", "status", "co_owned"}
    roles = role_columns([h for h in headings if len(bare(h)) > 1 or bare(h) in "arci"])
    if len(roles) >= 2 and find(headings, ITEM_HEADINGS, roles) and not goal_like:
        return "raci"
    if len(properties("Kpi") & {"baseline", "target", "actual", "unit", "measured_on"}) >= 2:
        return "Kpi"
    if has(*NAME["Stakeholder"]) and properties("Stakeholder") & {
        "power",
        "interest",
        "engagement",
        "desired_engagement",
        "legitimacy",
        "urgency",
    }:
        return "Stakeholder"
    if has(*NAME["Goal"][:-2]) and goal_like:
        return "Goal"
    if has("date", "when") and (
        has(*TOGETHER[:5]) or (has("from", "person", "who") and has("with", "to", "with whom"))
    ):
        return "communications"
    if len(matrix_columns(frame, headings)) >= 2:
        return "raci"
    if has("depends on", "dependson") and has("goal"):
        return "dependencies"
    return next(
        (
            kind
            for kind in ("Stakeholder", "Goal", "Responsibility", "Kpi", "Partner")
            if set(candidates(headings[0]))
            & {bare(w) for w in NAME[kind] if w not in ("name", "title", "description", "who")}
        ),
        None,
    )


def _mostly_labels(column: pl.Series) -> bool:
    if column.dtype not in (pl.String, pl.Categorical):
        return False
    words = column.drop_nulls().cast(pl.String).value_counts().head(1000)
    known = sum(int(n) for word, n in words.iter_rows() if bare(word) in LABEL_OF)
    return known * 2 >= sum(int(n) for _, n in words.iter_rows()) > 0
