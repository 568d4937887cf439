"""Node statements to nodes: ids, labels, typed properties, duplicates; sorted by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.extras import as_extra
from graphalign.graph.filled import filled, spread
from graphalign.graph.ledger import PLACE, Ledger
from graphalign.graph.words import Understood, understand, understand_status
from graphalign.model import Place
from graphalign.vocabulary import LABELS, TYPES, Property

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.settings import Settings

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
FIXED = ("id", "label", "name", *PLACE)
STATUS_OF = {"Stakeholder": ("Stakeholder",), "Goal": ("Goal", "Responsibility")}
# How many words of a column --explain-import lists.
SHOWN_WORDS = 100


def named_nodes(said: pl.DataFrame, ledger: Ledger, *, clean: bool = False) -> tuple[pl.DataFrame, pl.Series]:
    """Return what statements say of nodes, sorted by id, and which rows repeat the id before them.

    If `clean` there is nothing to take out of ids and names: see `graphalign.tables.Statements`.
    """
    nodes = _with_fixed(said)
    nodes = _identified(nodes if clean else _with_clean_names(nodes, ledger), ledger)
    if not nodes["id"].is_sorted():
        nodes = nodes[nodes["id"].arg_sort()]
    return nodes, (nodes["id"] == nodes["id"].shift(1)).fill_null(value=False)


def settle_nodes(
    nodes: pl.DataFrame, twice: pl.Series, settings: Settings, ledger: Ledger, *, keep_types: bool = False
) -> pl.DataFrame:
    """Return the nodes that `named_nodes` put in order, each id once, properties typed."""
    nodes = _typed(nodes, settings, ledger, keep_types=keep_types)
    nodes = _without_duplicates(nodes, twice, ledger) if twice.any() else nodes
    return nodes.select("id", "label", "name", *in_order(c for c in nodes.columns if c not in FIXED), *PLACE)


def in_order(names: Iterable[str]) -> list[str]:
    """Return property names in the order of the vocabulary, then the others by name, so that no form of input shows.

    >>> in_order(["theme", "due", "power"])
    ['power', 'due', 'theme']
    """
    known = [p for held in LABELS.values() for p in held] + [p for kind in TYPES.values() for p in kind.properties]
    return sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name))


def _with_fixed(said: pl.DataFrame) -> pl.DataFrame:
    texts = [pl.lit(None, dtype=pl.String).alias(c) for c in FIXED if c not in said.columns and c != "_row"]
    row = [] if "_row" in said.columns else [pl.lit(None, dtype=pl.UInt32).alias("_row")]
    nodes = said.with_columns(*texts, *row) if texts or row else said
    odd = [pl.col(c).cast(pl.String) for c in ("id", "name") if nodes[c].dtype != pl.String]
    return nodes.with_columns(odd) if odd else nodes


def cleaned(text: pl.Expr) -> pl.Expr:
    """Return ids or names without control characters and the blanks around them; empty is null."""
    bare = text.str.replace_all(CONTROL, "").str.strip_chars()
    return pl.when(bare != "").then(bare)


def _with_clean_names(nodes: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    for column in ("id", "name"):
        # Most ids hold none of these: looking for them costs a tenth of replacing them.
        odd = nodes[column].str.contains(CONTROL + r"|^\s|\s$|^$").fill_null(value=False)
        if odd.any():
            held = int(nodes[column].str.contains(CONTROL).sum())
            nodes = nodes.with_columns(cleaned(pl.col(column)).alias(column))
            if held:
                ledger.note(f"control characters were taken out of {held} {column}s", "retype them in the input", held)
    return nodes


def _identified(nodes: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    if nodes["label"].dtype != pl.Categorical:
        nodes = nodes.with_columns(pl.col("label").cast(pl.Categorical))
    nameless = nodes["id"].is_null()
    if nameless.any():
        nodes = _named_ids(nodes, ledger)
    blank = nodes["id"].is_null() | nodes["label"].is_null()
    if blank.any():
        why = (
            pl.when(pl.col("id").is_null())
            .then(pl.lit("it has neither an id nor a name"))
            .otherwise(pl.lit("it has no label (kind)"))
        )
        ledger.refuse("row", nodes.filter(blank), pl.coalesce("id", "name", pl.lit("")), why + "; fill it in")
        nodes = nodes.filter(~blank)
    return nodes


def _named_ids(nodes: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Give those without an id their name as id; where a name serves two labels, the label before it."""
    made = pl.col("id").is_null() & pl.col("name").is_not_null()
    key = pl.coalesce("id", "name")
    labels = nodes.group_by(key.alias("_k")).agg(pl.col("label").n_unique().alias("_n")).filter(pl.col("_n") > 1)
    clash = made & key.is_in(labels["_k"].implode())
    name = pl.when(clash).then(pl.col("label").cast(pl.String) + ":" + pl.col("name")).otherwise(key)
    if labels.height:
        ledger.note(
            f"{labels.height} names are used by nodes of several labels; their ids got the label before the name",
            "give them ids of their own",
            labels.height,
        )
    return nodes.with_columns(name.alias("id"))


def _typed(nodes: pl.DataFrame, settings: Settings, ledger: Ledger, *, keep_types: bool) -> pl.DataFrame:
    from concurrent.futures import ThreadPoolExecutor

    known = {p for properties in LABELS.values() for p in properties}
    labels = label_codes(nodes["label"])

    def understood(name: str) -> tuple[list[pl.Series], Ledger]:
        own = Ledger()
        if name in known:
            return _of_vocabulary(nodes, labels, name, settings, own), own
        return [extra(nodes[name], nodes, keep_types, own)], own

    empty = [c for c in nodes.columns if c not in FIXED and nodes[c].null_count() == nodes.height]
    # Two columns at a time; what there is to say of them is said in their order.
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(understood, [c for c in nodes.columns if c not in (*FIXED, *empty)]))
    for _, said in found:
        ledger.add(said)
    typed = {c.name: c for c in nodes if c.name not in empty} | {c.name: c for columns, _ in found for c in columns}
    return pl.DataFrame(list(typed.values()))


def extra(column: pl.Series, frame: pl.DataFrame, keep_types: bool, ledger: Ledger) -> pl.Series:  # noqa: FBT001
    """Return a column outside the vocabulary in one of five types; text is looked into unless `keep_types`."""
    column = column.cast(pl.String) if column.dtype == pl.Categorical else column
    rows, cells = filled(column)
    if column.dtype == pl.String:
        typed = cells if keep_types else as_extra(cells)
        return column if typed is cells else spread(typed, rows, len(column))
    typed = as_extra(cells)
    if typed.dtype == pl.Float64 and (odd := ~typed.is_finite().fill_null(value=True)).any():
        words = typed.filter(odd).cast(pl.String).unique().to_list()
        typed = typed.set(odd, None)
        wrong = dict.fromkeys(words, "is no number; leave it empty")
        record(Understood(typed, wrong), column.name, frame, rows, cells, ledger)
        ledger.values_read += int(odd.sum())
    return spread(typed, rows, len(column))


def _of_vocabulary(
    nodes: pl.DataFrame, labels: NDArray[np.uint8], name: str, settings: Settings, ledger: Ledger
) -> list[pl.Series]:
    """Return a column of the vocabulary, typed, and beside it what labels say that do not have the property."""
    column, height = nodes[name], nodes.height
    held: Mapping[str, Property] = {lab: props[name] for lab, props in LABELS.items() if name in props}
    rows, cells = filled(column)
    mine = _among(labels[rows], held)
    ledger.values_read += int(mine.sum())
    if name == "status":  # what it may be differs between people and goals
        groups = [(lab, _among(labels[rows], group)) for lab, group in STATUS_OF.items()]
        parts = [(lab, here) for lab, here in groups if here.any()]
    else:
        parts = [(next(iter(held)), mine)]
    understood: list[tuple[NDArray[np.bool_], Understood]] = []
    for lab, here in parts:
        at, own = (rows, cells) if here.all() else (rows[here], cells.filter(pl.Series(here)))
        by_label = name == "status"
        found = understand_status(own, lab, settings) if by_label else understand(own, name, held[lab], settings)
        record(found, name, nodes, at, own, ledger)
        understood.append((here, found))
    if column.dtype == pl.String and all(found.as_said for _, found in understood):
        return [column]
    if len(understood) == 1 and understood[0][0].all():
        return [spread(understood[0][1].values, rows, height).alias(name)]
    if name == "status" or understood[0][1].values.dtype == pl.String:
        # What others say under this heading stays beside it.
        texts = cells.cast(pl.String)
        for here, found in understood:
            texts = texts.scatter(np.flatnonzero(here), found.values)
        return [spread(texts, rows, height).alias(name)]
    result = [spread(understood[0][1].values, rows[mine], height).alias(name)]
    names = nodes["label"].gather(rows[~mine]).cast(pl.String)
    others, said = rows[~mine], cells.filter(pl.Series(~mine))
    for lab in sorted(names.unique().to_list()):
        here = (names == lab).to_numpy()
        kept = spread(as_extra(said.filter(pl.Series(here))), others[here], height)
        result.append(kept.alias(f"{lab.lower()}_{name}"))
        ledger.note(f"{name} is no property of a {lab}: it is kept as {lab.lower()}_{name}", count=int(here.sum()))
    return result


def label_codes(labels: pl.Series) -> NDArray[np.uint8]:
    """Return each node's label as its place in the vocabulary, 5 for another.

    >>> label_codes(pl.Series(["Kpi", "Risk"], dtype=pl.Categorical)).tolist()
    [4, 5]
    """
    physical = labels.to_physical()
    held = (physical.fill_null(0) if physical.null_count() else physical).to_numpy()
    code_of = np.full(int(held.max(initial=0)) + 1, len(LABELS), dtype=np.uint8)
    known = pl.Series(list(LABELS), dtype=pl.Categorical).to_physical().to_numpy()
    there = known < len(code_of)
    code_of[known[there]] = np.flatnonzero(there)
    codes = code_of.take(held)
    if labels.null_count():
        codes[labels.is_null().to_numpy()] = len(LABELS)
    return codes


def _among(labels: NDArray[np.uint8], held: Iterable[str]) -> NDArray[np.bool_]:
    order = list(LABELS)
    result: NDArray[np.bool_] = np.logical_or.reduce([labels == order.index(label) for label in held])
    return result


def record(
    found: Understood, name: str, frame: pl.DataFrame, rows: NDArray[np.intp], cells: pl.Series, ledger: Ledger
) -> None:
    """Enter into the ledger what the words in these rows became, were refused for, and what there is to say of them."""
    if found.taken:
        shown = dict(list(found.taken.items())[:SHOWN_WORDS])
        where = _first_places(frame, rows, cells, list(shown))
        ledger.meanings += [(raw, f"{name} {value}", where.get(raw, "")) for raw, value in shown.items()]
    for text, way_out in found.said:
        ledger.note(text, way_out)
    if found.refused:
        reasons = pl.DataFrame({"_raw": list(found.refused), "_why": list(found.refused.values())})
        said = frame.select(PLACE)[rows].with_columns(cells.cast(pl.String).alias("_raw"))
        bad = said.select("_raw", *PLACE).join(reasons, on="_raw", nulls_equal=False)
        ledger.refuse("value", bad, pl.lit(f"{name}: ") + pl.col("_raw"), pl.lit(f"the {name} ") + pl.col("_why"))


def _first_places(frame: pl.DataFrame, rows: NDArray[np.intp], cells: pl.Series, words: list[str]) -> dict[str, str]:
    """Return for each of these words the first file and sheet, by name, that has it in these rows."""
    text = cells.cast(pl.String)
    asked = text.is_in(pl.Series(words, dtype=pl.String).implode()).fill_null(value=False)
    places = frame.select(pl.col("_file", "_sheet").cast(pl.String))[rows].filter(asked)
    said = places.select(text.filter(asked).alias("word"), "_file", "_sheet").drop_nulls("_file").unique()
    # Sorted from the last to the first, so that the first is what is kept.
    ordered = said.sort("word", "_file", "_sheet", descending=True, nulls_last=False)
    return {word: str(Place(file, sheet)) for word, file, sheet in ordered.iter_rows()}


def _without_duplicates(nodes: pl.DataFrame, twice: pl.Series, ledger: Ledger) -> pl.DataFrame:
    """Merge rows of one id that agree, refuse those that contradict the fullest of them, whatever their order."""
    again = nodes["id"].filter(twice).unique()
    mask = nodes["id"].is_in(again.implode())
    properties = [c for c in nodes.columns if c not in ("id", "label", *PLACE)]
    texts = [pl.col(c).cast(pl.String) for c in ("label", "_file", "_sheet") if c in nodes.columns]
    part = nodes.filter(mask).with_columns(
        pl.sum_horizontal(pl.col(c).is_not_null() for c in properties).alias("_full")
    )
    order = part.with_columns(texts)
    at = order.with_row_index("_i").sort(
        "id",
        "_full",
        "label",
        *properties,
        *PLACE,
        descending=[False, True] + [False] * (1 + len(properties) + len(PLACE)),
        nulls_last=True,
    )["_i"]
    part = part[at]
    same = [
        (pl.col(c).is_null() | (pl.col(c) == pl.col(c).first().over("id")) | pl.col(c).first().over("id").is_null())
        for c in properties
    ]
    agrees = pl.all_horizontal(pl.col("label") == pl.col("label").first().over("id"), *same).fill_null(value=True)
    part = part.with_columns(agrees.alias("_agrees"))
    # Rows that agree with the fullest may still contradict each other in what it leaves open.
    merged = part.filter("_agrees").group_by("id", maintain_order=True).agg(pl.col(properties).drop_nulls().first())
    both = part.join(merged, on="id", suffix="_m", maintain_order="left")
    fits = pl.all_horizontal(
        pl.col("_agrees"), *[(pl.col(c).is_null() | (pl.col(c) == pl.col(f"{c}_m"))) for c in properties]
    ).fill_null(value=True)
    both = both.with_columns(
        fits.alias("_agrees"),
        *[pl.col(c).first().over("id").cast(pl.String).alias(f"{c}_0") for c in ("_file", "_row", "label")],
    )
    bad = both.filter(~pl.col("_agrees"))
    first = pl.concat_str(pl.col("_file_0"), pl.lit(", row "), pl.col("_row_0"), ignore_nulls=True)
    why = pl.concat_str(
        pl.lit("the id is taken by a "),
        pl.col("label_0"),
        pl.lit(" that says otherwise ("),
        first,
        pl.lit("); give each its own id"),
    )
    ledger.refuse("row", bad, pl.col("id"), why)
    kept = both.filter("_agrees")
    n = kept.height - again.len()
    if n:
        ledger.note(
            f"{n} rows say again what another row of the same id says; they were merged", "keep one row an id", n
        )
    final = kept.group_by("id", maintain_order=True).agg(
        pl.col("label").first(), pl.col(properties).drop_nulls().first(), pl.col(list(PLACE)).first()
    )
    return pl.concat([nodes.filter(~mask), final.select(nodes.columns)]).sort("id")
