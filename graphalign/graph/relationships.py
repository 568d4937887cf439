"""Relationship statements to relationships: kinds at the ends, loops, circles, duplicates; sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from graphalign.graph.duplicates import without_duplicates
from graphalign.graph.filled import filled, spread
from graphalign.graph.ledger import PLACE, Ledger
from graphalign.graph.nodes import extra, in_order, record
from graphalign.graph.pairs import distinct, frame_of, packed, where
from graphalign.graph.references import BETWEEN, PLACEHOLDER
from graphalign.graph.walks import on_circles
from graphalign.graph.words import understand
from graphalign.vocabulary import LABELS, RACI, TYPES, Property

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.settings import Settings

# One that is a member of, part of, boss of or in touch with itself is a slip; a goal that needs itself is for rules.
NO_LOOPS = ("MEMBER_OF", "PART_OF", "REPORTS_TO", "COMMUNICATES_WITH")
FIXED = ("source", "target", "type", *PLACE)
WEIGHTS = {"COMMITS_TO": "must be above 0", "CONTRIBUTES_TO": "must be -100 to 100"}
PARTIES = [i for i, label in enumerate(LABELS) if label in ("Stakeholder", "Partner")]
# Where rows are out of order as seldom as once in so many, they are moved by runs.
SELDOM = 1000
ELSE, NOBODY = len(LABELS), len(LABELS) + 1


class Ends(NamedTuple):
    """Who is at the ends of each statement: node indices, the type it comes to (-1: impossible), labels by node."""

    source: NDArray[np.uint32]
    target: NDArray[np.uint32]
    outcome: NDArray[np.int32]
    labels: NDArray[np.uint8]


class TypeCodes(NamedTuple):
    """The types of statements as numbers: `names` sorted, `codes` each statement's place among them.

    `table` answers, for a type and the labels at its ends, which type it comes to: itself, another, or none (-1).
    """

    names: NDArray[np.object_]
    codes: NDArray[np.int32]
    table: NDArray[np.int32]

    def outcome(
        self, source: NDArray[np.uint8], target: NDArray[np.uint8], rows: NDArray[np.intp] | None = None
    ) -> NDArray[np.int32]:
        """Return the type that each statement (or those of `rows`) comes to between these labels, -1 for none."""
        width = self.table.shape[1]
        at = (self.codes if rows is None else self.codes[rows]) * np.int32(width * width)
        at += source * np.uint8(width) + target
        return self.table.ravel().take(at)

    def code(self, name: str) -> int:
        """Return the number of a type, -2 if no statement is of it."""
        at = int(np.searchsorted(self.names, name))
        return at if at < len(self.names) and self.names[at] == name else -2


def type_codes(types: pl.Series) -> TypeCodes:
    """Return the types of statements as numbers; null is the empty name, which no ends are allowed for."""
    words = types if types.dtype == pl.Categorical else types.cast(pl.String).cast(pl.Categorical)
    distinct = words.unique().drop_nulls()
    said = distinct.cast(pl.String).to_list()
    names = sorted({*said, "", *(new for (old, _, _), new in BETWEEN.items() if old in said)})
    rank = {name: i for i, name in enumerate(names)}
    physical = distinct.to_physical()
    place = np.zeros(int(physical.max() or 0) + 1 if len(said) else 1, dtype=np.int32)  # type: ignore[arg-type]
    place[physical.to_numpy()] = [rank[name] for name in said]
    held = words.to_physical()
    codes = place.take((held.fill_null(0) if held.null_count() else held).to_numpy())
    if words.null_count():
        codes[words.is_null().to_numpy()] = rank[""]
    table = np.full((len(names), NOBODY + 1, NOBODY + 1), -1, dtype=np.int32)
    label = {name: i for i, name in enumerate(LABELS)}
    for name, i in rank.items():
        if name in TYPES:
            for a in TYPES[name].source:
                for b in TYPES[name].target:
                    table[i, label[a], label[b]] = i
        elif name:
            table[i, :NOBODY, :NOBODY] = i
    for (old, a, b), new in BETWEEN.items():
        if old in rank:
            table[rank[old], label[a], label[b]] = rank[new]
    return TypeCodes(np.array(names, dtype=object), codes, table)


def settle_edges(
    edges: pl.DataFrame,
    codes: TypeCodes,
    ends: Ends,
    nodes: pl.DataFrame,
    lost: pl.DataFrame,
    properties: list[pl.Series],
    ledger: Ledger,
    of_properties: Ledger,
) -> tuple[pl.DataFrame, NDArray[np.uint32]]:
    """Return the relationships, sorted, and the stakeholders that others are members of.

    `properties` are what `properties_of` understood, `of_properties` its account, which is added to that of the rest.
    """
    source, target, outcome, labels = ends
    kept = outcome >= 0
    _refuse_lost(edges, codes, ends, lost, ledger)
    _refuse_loops(edges, codes, ends, kept, ledger)
    _refuse_placeholders(edges, codes, ends, nodes, kept, ledger)
    _refuse_circles(edges, codes, ends, nodes, kept, ledger)
    changed = np.flatnonzero(kept & (outcome != codes.codes))
    became = frame_of(distinct(packed(codes.codes[changed], outcome[changed])), "old", "new").rows()
    for (old, a, b), new in BETWEEN.items():
        if (codes.code(old), codes.code(new)) in became:
            ledger.meanings.append((f"{old} from {a} to {b}", f"type {new}", "relationships"))
    ledger.add(of_properties)
    properties = [_within_bounds(p, edges, codes, outcome, ledger) if p.name == "weight" else p for p in properties]
    for name in TYPES:
        if TYPES[name].both_ways and (code := codes.code(name)) >= 0:
            at = np.flatnonzero((outcome == code) & (source > target))
            source[at], target[at] = target[at], source[at]
    members = np.flatnonzero(kept & (outcome == codes.code("MEMBER_OF")))
    is_head = np.zeros(nodes.height, dtype=np.bool_)
    is_head[target[members]] = True
    heads = np.flatnonzero(is_head & (labels[:-1] == list(LABELS).index("Stakeholder"))).astype(np.uint32)
    return _sorted(edges, properties, codes, ends, kept, nodes, ledger), heads


def _sorted(
    edges: pl.DataFrame,
    properties: list[pl.Series],
    codes: TypeCodes,
    ends: Ends,
    kept: NDArray[np.bool_],
    nodes: pl.DataFrame,
    ledger: Ledger,
) -> pl.DataFrame:
    n = max(1, nodes.height)
    bits = np.uint64((n - 1).bit_length())
    if int(bits) * 2 + len(codes.names).bit_length() > 64:
        raise OverflowError("too many nodes and types for one 64-bit key")  # over 2**29 nodes: far past one machine
    rows = np.arange(edges.height, dtype=np.uint32) if kept.all() else np.flatnonzero(kept).astype(np.uint32)
    key = ends.outcome.astype(np.uint64)
    key <<= bits
    key |= ends.source
    key <<= bits
    key |= ends.target
    keys, order = key if len(rows) == len(key) else key[rows], rows
    del key, rows
    if not (keys[1:] >= keys[:-1]).all():  # what graphalign wrote is in order
        keyed = pl.DataFrame({"key": keys, "row": order}).sort("key", maintain_order=True)
        keys, order = keyed["key"].to_numpy(), keyed["row"].to_numpy()
        del keyed
    again = np.flatnonzero(keys[1:] == keys[:-1])
    fills: list[pl.DataFrame] = []
    if len(again):
        keys, order, fills = without_duplicates(edges, properties, codes, keys, order, again, ledger, bits)
    begins = np.searchsorted(keys, np.arange(len(codes.names), dtype=np.uint64) << (bits + bits))
    columns = [
        _types(codes, np.diff(begins, append=len(keys))),
        pl.Series("source", ends.source.take(order)),
        pl.Series("target", ends.target.take(order)),
    ]
    as_they_are = len(order) == edges.height and bool((order[1:] > order[:-1]).all())
    held = [*properties, *(edges[c] for c in PLACE)]
    columns += held if as_they_are else _taken(held, order)
    frame = pl.DataFrame(columns)
    for fill in fills:
        name = fill.columns[1]
        frame = frame.with_columns(frame[name].scatter(fill["at"], fill[name]))
    return frame


def _types(codes: TypeCodes, counts: NDArray[np.intp]) -> pl.Series:
    """Return the column of types, given how many relationships there are of each."""
    names = pl.Series("type", list(codes.names), dtype=pl.String).cast(pl.Categorical)
    return pl.concat([names.new_from_index(i, n) for i, n in enumerate(counts.tolist())], rechunk=True)


def _taken(columns: list[pl.Series], rows: NDArray[np.uint32]) -> list[pl.Series]:
    """Return these rows of all columns, at once: that keeps all cores busy."""
    varied = pl.DataFrame([c for c in columns if not _constant(c)])
    first = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1] + np.uint32(1), out=first[1:])
    starts = np.flatnonzero(first)
    if len(starts) * SELDOM < len(rows):  # mostly as they are: runs of rows are copied whole
        sizes = np.diff(starts, append=len(rows)).tolist()
        runs = zip(rows[starts].tolist(), sizes, strict=True)
        taken = pl.concat([varied.slice(start, size) for start, size in runs], rechunk=True)
    else:
        taken = varied.select(pl.all().gather(pl.Series(rows)))
    return [c.head(len(rows)) if _constant(c) else taken[c.name] for c in columns]


def _constant(column: pl.Series) -> bool:
    one = column.null_count() == len(column) or (column.dtype == pl.Categorical and column.n_unique() == 1)
    return one and len(column) > 0


def _refuse_lost(edges: pl.DataFrame, codes: TypeCodes, ends: Ends, lost: pl.DataFrame, ledger: Ledger) -> None:
    bad = np.flatnonzero(ends.outcome < 0)
    if not len(bad):
        return
    part = _described(edges, codes, bad).join(lost, left_on="_edge", right_on="edge", how="left", maintain_order="left")
    words = [*LABELS, "node of another label", "nobody"]
    a = pl.Series([words[i] for i in ends.labels[ends.source[bad]]], dtype=pl.String)
    b = pl.Series([words[i] for i in ends.labels[ends.target[bad]]], dtype=pl.String)
    could = {t: f"{' or '.join(k.source)} to {' or '.join(k.target)}" for t, k in TYPES.items()}
    types = part["_type"]
    goes = types.replace_strict(list(could), list(could.values()), default="")
    kinds = pl.format(
        "a {} cannot stand in {} to a {}: it goes from {}", pl.lit(a), pl.lit(types), pl.lit(b), pl.lit(goes)
    )
    why = pl.when(pl.lit(types == "")).then(pl.lit("it has no type; fill it in")).otherwise(pl.coalesce("why", kinds))
    ledger.refuse("relationship", part, pl.col("_text"), why)
    nobody = int((part["nobody"].fill_null(value=False) & types.is_in(RACI)).sum())
    if nobody:
        ledger.note(
            f"{nobody} roles name a placeholder such as TBD instead of a party: they count as nobody",
            "name who it is",
            nobody,
        )


def _described(edges: pl.DataFrame, codes: TypeCodes, rows: NDArray[np.intp]) -> pl.DataFrame:
    at = pl.Series("_edge", rows, dtype=pl.UInt32)
    types = pl.Series("_type", codes.names[codes.codes[rows]], dtype=pl.String)
    part = edges.select("source", "target", *PLACE)[at].with_columns(at, types)
    text = pl.concat_str(
        pl.col("source").fill_null("?"), pl.col("_type"), pl.col("target").fill_null("?"), separator=" "
    )
    return part.with_columns(text.alias("_text"))


def _refuse(
    edges: pl.DataFrame, codes: TypeCodes, rows: NDArray[np.intp], kept: NDArray[np.bool_], why: str, ledger: Ledger
) -> None:
    kept[rows] = False
    ledger.refuse("relationship", _described(edges, codes, rows), pl.col("_text"), pl.lit(why))


def _refuse_loops(edges: pl.DataFrame, codes: TypeCodes, ends: Ends, kept: NDArray[np.bool_], ledger: Ledger) -> None:
    loops = np.flatnonzero((ends.source == ends.target) & kept)
    bad = loops[np.isin(ends.outcome[loops], [codes.code(t) for t in NO_LOOPS])]
    if len(bad):
        _refuse(edges, codes, bad, kept, "both ends are the same; name the other one", ledger)


def _refuse_placeholders(
    edges: pl.DataFrame, codes: TypeCodes, ends: Ends, nodes: pl.DataFrame, kept: NDArray[np.bool_], ledger: Ledger
) -> None:
    parties = np.isin(ends.labels[:-1], PARTIES)
    words = where(nodes.select("id", "name"), parties).select(
        pl.any_horizontal(pl.col("id", "name").str.contains(PLACEHOLDER)).fill_null(value=False)
    )
    vacant = np.zeros(nodes.height, dtype=np.bool_)
    vacant[parties] = words.to_series().to_numpy()
    if not vacant.any():
        return
    bad = np.flatnonzero(
        vacant[np.minimum(ends.source, nodes.height - 1)] & np.isin(ends.outcome, [codes.code(t) for t in RACI]) & kept
    )
    if len(bad):
        _refuse(edges, codes, bad, kept, "a placeholder is nobody; name who it is", ledger)
        ledger.note(
            f"{len(bad)} roles name a placeholder such as TBD instead of a party: they count as nobody",
            "name who it is",
            len(bad),
        )


def _refuse_circles(
    edges: pl.DataFrame, codes: TypeCodes, ends: Ends, nodes: pl.DataFrame, kept: NDArray[np.bool_], ledger: Ledger
) -> None:
    """Refuse the edges on circles of belonging; circles of reporting are kept and said, walks end on them."""
    belong = np.isin(ends.outcome, [codes.code("MEMBER_OF"), codes.code("PART_OF")]) if nodes.height else kept
    rows = np.flatnonzero(belong & kept)
    rows = rows[ends.labels[ends.source[rows]] == ends.labels[ends.target[rows]]]
    bad = rows[on_circles(ends.source[rows], ends.target[rows])]
    if len(bad):
        _refuse(edges, codes, bad, kept, "it belongs to itself in a circle; take out the step that is wrong", ledger)
    rows = np.flatnonzero((ends.outcome == codes.code("REPORTS_TO")) & kept)
    circle = rows[on_circles(ends.source[rows], ends.target[rows])]
    if len(circle):
        some = ", ".join(sorted(nodes["id"][np.unique(ends.source[circle])].to_list())[:5])
        ledger.note(
            f"{len(circle)} lines of reporting run in a circle ({some})", "mend who reports to whom", len(circle)
        )


def properties_of(edges: pl.DataFrame, settings: Settings, ledger: Ledger, *, keep_types: bool) -> list[pl.Series]:
    """Return the properties of relationship statements, typed; what a weight may be depends on what it comes to."""
    known: dict[str, Property] = {name: p for kind in TYPES.values() for name, p in kind.properties.items()}
    known["weight"] = Property("number", "bounded by type, below")
    result: list[pl.Series] = []
    for name in in_order(c for c in edges.columns if c not in FIXED):
        column = edges[name]
        if column.null_count() == len(column):
            continue
        if name not in known:
            result.append(extra(column, edges, keep_types, ledger))
            continue
        rows, cells = filled(column)
        ledger.values_read += len(rows)
        found = understand(cells, name, known[name], settings)
        record(found, name, edges, rows, cells, ledger)
        same = column.dtype == pl.String and found.as_said
        result.append(column if same else spread(found.values, rows, len(column)).alias(name))
    return result


def _within_bounds(
    values: pl.Series, edges: pl.DataFrame, codes: TypeCodes, outcome: NDArray[np.int32], ledger: Ledger
) -> pl.Series:
    rows = values.is_not_null().arg_true().to_numpy()
    weight, type_ = values.gather(rows).to_numpy(), outcome[rows]
    wrong: dict[str, Any] = {
        "COMMITS_TO": weight <= 0,
        "CONTRIBUTES_TO": np.abs(weight) > 100,
    }
    for name, out in wrong.items():
        bad = rows[out & (type_ == codes.code(name))]
        if len(bad):
            text = edges.select(pl.format("weight: {}", pl.col("weight").cast(pl.String)).alias("_text"), *PLACE)[bad]
            ledger.refuse("value", text, pl.col("_text"), pl.lit(f"the weight of {name} {WEIGHTS[name]}"))
            values = values.scatter(bad, None)
    return values
