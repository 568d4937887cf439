"""Tables of pairs: relationships with a column of types, RACI, and one kind of link a table."""

from __future__ import annotations

import polars as pl

from graphalign.model import Note, Place
from graphalign.readers.cells import Known, names_in
from graphalign.readers.entities import at_place, named_properties, refuse_cells
from graphalign.readers.headings import TYPE_OF, bare, find
from graphalign.readers.parts import Part, categorical, translated, where
from graphalign.readers.raci import from_columns, from_matrix, matrix_columns, role_columns
from graphalign.readers.synonyms import ITEM_HEADINGS, PAIRS, TOGETHER, TYPE_HEADINGS
from graphalign.tables import PROVENANCE, Table

# A meeting of more people than this says little about who talked with whom, and makes a square of pairs.
MEETING = 50


def read(table: Table, frame: pl.DataFrame, kind: str, known: Known) -> Part:
    """Return what the rows of a table of pairs state.

    Parameters
    ----------
    table
        The table.
    frame
        Its rows with all provenance.
    kind
        `relationships`, `raci`, or another key of `headings.PAIRS`.
    known
        Names that are one name in spite of a comma in them.
    """
    headings = [c for c in table.frame.columns if c not in PROVENANCE]
    if kind == "relationships":
        return _relationships(table, frame, headings)
    if kind == "raci":
        return _raci(table, frame, headings, known)
    return _linked(table, frame, headings, kind, known)


def _relationships(table: Table, frame: pl.DataFrame, headings: list[str]) -> Part:
    part, place = Part(), where(table)
    rule = PAIRS["relationships"]
    source = find(headings, rule.source)
    target = find(headings, rule.target, [source] if source else [])
    if source is None or target is None:  # kept apart from a table of no relationships: its rows are read and refused
        part.refuse(
            frame.with_columns(pl.lit(table.name).alias("_text")),
            "_text",
            "the table has no columns source and target; name them",
        )
        return part
    type_ = find(headings, TYPE_HEADINGS, [source, target])
    rest = [h for h in headings if h not in (source, target, type_)]
    properties = {
        h: "remark" if bare(p) in ("label", "type_") else p
        for h, p in named_properties(frame, rest, "relationships", ("source", "target", "type")).items()
    }
    part.meanings += [
        (source, "source", place),
        (target, "target", place),
        *([(type_, "type", place)] if type_ else []),
        *[(h, p, place) for h, p in properties.items()],
    ]
    types = pl.Series("type", [None], dtype=pl.Categorical).new_from_index(0, frame.height)
    if type_ is not None:
        words = categorical(frame[type_])
        distinct = words.unique().drop_nulls().cast(pl.String).to_list()
        meaning = {w: TYPE_OF[bare(w)] for w in distinct if bare(w) in TYPE_OF and TYPE_OF[bare(w)] != w}
        part.meanings += [(w, f"type {m}", place) for w, m in sorted(meaning.items())]
        types = translated(words, meaning).alias("type")
    else:
        part.notes.append(
            Note("the relationships have no column of types", Place(table.file, table.sheet), "add a column type")
        )
    part.frames.append(
        frame.select(
            pl.col(source).alias("source"),
            pl.col(target).alias("target"),
            types,
            *[pl.col(h).alias(p) for h, p in properties.items()],
            *PROVENANCE,
        )
    )
    return part


def _raci(table: Table, frame: pl.DataFrame, headings: list[str], known: Known) -> Part:
    part, place = Part(), where(table)
    roles = role_columns(headings)
    roles = {h: t for h, t in roles.items() if not matrix_columns(frame, [h])}
    item = find(headings, ITEM_HEADINGS, roles)
    parties = matrix_columns(frame, [h for h in headings if h not in roles and h != item])
    item = item or next((h for h in headings if h not in roles and h not in parties), None)
    if item is None or not (roles or parties):
        reason = (
            "the table has no column of goals or tasks"
            if item is None
            else "the table has neither role columns nor a column a party with A, R, C, I"
        )
        part.refuse(
            frame.with_columns(pl.lit(table.name).alias("_text")),
            "_text",
            reason + "; see the shapes in the documentation",
        )
        return part
    rest = [h for h in headings if h not in (item, *roles, *parties) and frame[h].null_count() < frame.height]
    part.meanings += [
        (item, "goal or responsibility", place),
        *[(h, t, place) for h, t in roles.items()],
        *[(h, "a party of the RACI matrix", place) for h in parties],
    ]
    if rest:
        part.notes.append(
            Note(
                f"columns beside the roles were passed over: {', '.join(rest)[:200]}",
                Place(table.file, table.sheet),
                "keep them in the table of goals or tasks",
            )
        )
    rows = frame.select(item, *roles, *parties, *PROVENANCE).with_row_index("_i")
    if roles:
        part.frames.append(at_place(from_columns(rows, item, roles, known).edges, rows))
    if parties:
        said = from_matrix(rows, item, parties)
        part.frames.append(at_place(said.edges, rows))
        refuse_cells(part, said.refused, rows)
    part.frames = [f for f in part.frames if f.height]
    return part


def _linked(table: Table, frame: pl.DataFrame, headings: list[str], kind: str, known: Known) -> Part:
    part, place = Part(), where(table)
    rule = PAIRS[kind]
    together = find(headings, TOGETHER) if kind == "communications" else None
    source = find(headings, rule.source)
    target = find(headings, rule.target, [source] if source else [])
    if source and target:
        together = None
    rows = frame.with_row_index("_i")
    ends = [h for h in (together, *(() if together else (source, target))) if h]
    properties = named_properties(frame, [h for h in headings if h not in ends], kind, ("source", "target", "type"))
    part.meanings += [(h, p, place) for h, p in properties.items()]
    if together:
        part.meanings.append((together, "people, each with each", place))
        said = _each_with_each(rows.select("_i", together), together, known, part, rows)
    elif source and target:
        part.meanings += [(source, f"source of {rule.type}", place), (target, f"target of {rule.type}", place)]
        cells = rows.select("_i", pl.col(source).alias("source"), pl.col(target).alias("target"))
        half = cells.filter(pl.col("source").is_null() | pl.col("target").is_null())
        said = names_in(names_in(cells, "source", known), "target", known)
        # A row with one end, or none, is one statement that cannot be kept.
        empty = half.filter(pl.col("source").is_null() & pl.col("target").is_null()).height
        if empty:
            part.notes.append(
                Note(
                    f"{empty} rows name nobody at either end",
                    Place(table.file, table.sheet),
                    "fill them in or take them out",
                    empty,
                )
            )
        said = pl.concat([said, half])
    else:
        part.refuse(
            frame.with_columns(pl.lit(table.name).alias("_text")),
            "_text",
            f"the table lacks a column for an end of {rule.type}; name them {rule.source[0]} and {rule.target[0]}",
        )
        return part
    more = rows.select("_i", *[pl.col(h).alias(p) for h, p in properties.items()])
    said = said.join(more, on="_i", how="left", maintain_order="left").with_columns(pl.lit(rule.type).alias("type"))
    part.frames.append(at_place(said, rows))
    part.frames = [f for f in part.frames if f.height]
    return part


def _each_with_each(cells: pl.DataFrame, column: str, known: Known, part: Part, rows: pl.DataFrame) -> pl.DataFrame:
    people = names_in(cells, column, known).unique(maintain_order=True)
    size = people.group_by("_i").len()
    crowds = size.filter(pl.col("len") > MEETING)["_i"]
    alone = size.filter(pl.col("len") == 1)["_i"]
    nobody = cells.filter(~pl.col("_i").is_in(size["_i"].implode()))["_i"]
    for bad, why in (
        (crowds, f"over {MEETING} people met; name those who talked"),
        (alone, "only one person is named; add who it was with"),
        (nobody, "nobody is named; fill it in"),
    ):
        if len(bad):
            part.refuse(rows.filter(pl.col("_i").is_in(bad.implode())), column, why, "relationship")
    people = people.filter(~pl.col("_i").is_in(pl.concat([crowds, alone]).implode())).with_columns(
        pl.int_range(pl.len()).over("_i").alias("_n")
    )
    both = (
        people.join(people, on="_i", suffix="_other")
        .filter(pl.col("_n") < pl.col("_n_other"))
        .sort("_i", "_n", "_n_other")
    )
    return both.select("_i", pl.col(column).alias("source"), pl.col(f"{column}_other").alias("target"))
