"""Tables of nodes: one label's, or all nodes with a column that says which; their cells may name other nodes."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from graphalign.model import Note, Place
from graphalign.readers.cells import Known, names_in
from graphalign.readers.headings import LABEL_OF, bare, find, property_of, slug
from graphalign.readers.parts import Part, categorical, translated, where
from graphalign.readers.raci import from_matrix, matrix_columns
from graphalign.readers.synonyms import ID, LABEL_HEADINGS, LINKS, NAME
from graphalign.tables import PROVENANCE, Table

KINDS = {"person": "person", "people": "person", "group": "group"}
RESERVED = ("id", "label", "name", "source", "target", "type")


def read(table: Table, frame: pl.DataFrame, kind: str) -> tuple[Part, Callable[[Known], Part]]:
    """Return the nodes of a table, and a function that reads what its cells say of other nodes.

    Parameters
    ----------
    table
        The table.
    frame
        Its rows with all provenance.
    kind
        A label, or `nodes` for a table with a column of labels.
    """
    part = Part()
    headings = [c for c in table.frame.columns if c not in PROVENANCE]
    place = where(table)
    id_, name, label = _identity(headings, kind)
    if id_ is None and name is None:
        name = next(h for h in headings if h != label) if len(headings) > bool(label) else headings[0]
        part.notes.append(
            Note(
                f"no heading says which column holds the names: {name[:80]!r} was taken",
                Place(table.file, table.sheet),
                "call it Name",
            )
        )
    taken = {h for h in (id_, name, label) if h}
    links = _links(headings, kind, taken)
    taken |= set(links)
    parties: list[str] = []
    if kind in ("Goal", "Responsibility"):
        free = [h for h in headings if h not in taken and property_of(h, kind) is None]
        parties = matrix_columns(frame, free)
        parties = parties if len(parties) >= 2 else []
        taken |= set(parties)
    properties = named_properties(
        frame, [h for h in headings if h not in taken], kind, RESERVED if kind == "nodes" else RESERVED[:3]
    )
    part.meanings += [(h, became, place) for h, became in ((id_, "id"), (name, "name"), (label, "label")) if h]
    part.meanings += [(h, p, place) for h, p in properties.items()]
    part.meanings += [(h, type_, place) for h, (type_, _) in links.items()] + [
        (h, "a party of the RACI matrix", place) for h in parties
    ]
    labels = _labels(frame, kind, label, part, place)
    columns = [
        (pl.col(id_) if id_ else pl.lit(None, dtype=pl.String)).alias("id"),
        labels,
        (pl.col(name) if name else pl.lit(None, dtype=pl.String)).alias("name"),
        *[pl.col(h).alias(p) for h, p in properties.items()],
        *PROVENANCE,
    ]
    nodes = frame.select(columns)
    if label is not None:
        nodes = _with_kinds(nodes, frame[label])
    part.frames.append(nodes)

    def linked(known: Known) -> Part:
        later = Part()
        if not links and not parties:  # as in most tables of all nodes: their rows need no second copy
            return later
        own = pl.coalesce([pl.col(c) for c in (id_, name) if c]).alias("_own")
        rows = frame.select(own, *links, *parties, *PROVENANCE).with_row_index("_i")
        for heading, (type_, from_cell) in links.items():
            cells = names_in(rows.filter(pl.col("_own").is_not_null()).select("_i", "_own", heading), heading, known)
            ends = ("source", "target") if from_cell else ("target", "source")
            said = cells.select(
                "_i", pl.col(heading).alias(ends[0]), pl.col("_own").alias(ends[1]), pl.lit(type_).alias("type")
            )
            later.frames.append(at_place(said, rows))
        if parties:
            roles = from_matrix(rows.filter(pl.col("_own").is_not_null()), "_own", parties)
            later.frames.append(at_place(roles.edges, rows))
            refuse_cells(later, roles.refused, rows)
        later.frames = [f for f in later.frames if f.height]
        return later

    return part, linked


def at_place(said: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return statements with the provenance of the rows they stand in (`_i`), in the columns' usual order."""
    joined = said.join(rows.select("_i", *PROVENANCE), on="_i", how="left", maintain_order="left")
    rest = [c for c in joined.columns if c not in ("_i", "source", "target", "type", *PROVENANCE)]
    return joined.select("source", "target", pl.col("type").cast(pl.Categorical), *rest, *PROVENANCE)


def refuse_cells(part: Part, refused: pl.DataFrame, rows: pl.DataFrame) -> None:
    """Enter matrix cells that are no RACI letters as refused relationships."""
    if refused.height:
        at = refused.join(rows.select("_i", *PROVENANCE), on="_i", how="left", maintain_order="left")
        part.refuse(
            at, "text", "the cell is none of A, R, C, I; write the letters of the roles, or nothing", "relationship"
        )


def named_properties(frame: pl.DataFrame, headings: list[str], kind: str, reserved: tuple[str, ...]) -> dict[str, str]:
    """Return which property each heading becomes: one of the vocabulary, else its own words; each property once."""
    result: dict[str, str] = {}
    own = [h for h in headings if (p := property_of(h, kind)) is not None and bare(h) == bare(p)]
    used: set[str] = set()
    for heading in [*own, *[h for h in headings if h not in own]]:
        meant = property_of(heading, kind)
        if meant == "kind" and bare(heading) != "kind" and not _says_kinds(frame[heading]):
            meant = None
        if meant is None or meant in used:
            meant = slug(heading)
            meant = f"{meant}_" if meant in reserved else meant
        number, stem = 2, meant
        while meant in used:
            meant, number = f"{stem}_{number}", number + 1
        used.add(meant)
        result[heading] = meant
    return {h: result[h] for h in headings}


def _says_kinds(column: pl.Series) -> bool:
    words = column.drop_nulls().cast(pl.String).unique().head(200).to_list()
    return bool(words) and all(
        bare(w) in ("person", "people", "individual", "group", "team", "committee", "board", "body") for w in words
    )


def _identity(headings: list[str], kind: str) -> tuple[str | None, str | None, str | None]:
    label = find(headings, LABEL_HEADINGS) if kind == "nodes" else None
    own = (f"{kind} id", f"{kind} code") if kind != "nodes" else ()
    id_ = find(headings, (*ID, *own), [label] if label else [])
    name = find(headings, NAME[kind], [h for h in (label, id_) if h])
    return id_, name, label


def _links(headings: list[str], kind: str, taken: set[str]) -> dict[str, tuple[str, bool]]:
    """Return the headings whose cells name other nodes; several headings may say the same type."""
    result: dict[str, tuple[str, bool]] = {}
    for link in LINKS.get(kind, ()):
        while (heading := find(headings, link.words, taken | set(result))) is not None:
            result[heading] = (link.type, link.from_cell)
    return {h: result[h] for h in headings if h in result}


def _labels(frame: pl.DataFrame, kind: str, label: str | None, part: Part, place: str) -> pl.Series:
    if label is None:
        return pl.Series("label", [kind], dtype=pl.Categorical).new_from_index(0, frame.height)
    words = categorical(frame[label])
    distinct = words.unique().drop_nulls().cast(pl.String).to_list()
    meaning = {w: LABEL_OF[bare(w)] for w in distinct if bare(w) in LABEL_OF and LABEL_OF[bare(w)] != w}
    part.meanings += [(w, f"label {m}", place) for w, m in sorted(meaning.items())]
    return translated(words, meaning).alias("label")


def _with_kinds(nodes: pl.DataFrame, words: pl.Series) -> pl.DataFrame:
    """Make `person` and `group`, said as a label, the kind of stakeholder, unless a column of kinds says otherwise."""
    distinct = words.unique().drop_nulls().cast(pl.String).to_list()
    meaning = {w: KINDS[bare(w)] for w in distinct if bare(w) in KINDS}
    if not meaning:
        return nodes
    said = words.cast(pl.String).replace_strict(meaning, default=None, return_dtype=pl.String).alias("kind")
    held = pl.coalesce("kind", pl.lit(said)).alias("kind") if "kind" in nodes.columns else said
    return nodes.with_columns(held)
