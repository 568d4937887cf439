"""Statements to the graph: ids interned once, references looked up, what cannot be refused and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.graph.interning import Interner
from graphalign.graph.ledger import PLACE, Ledger
from graphalign.graph.nodes import label_codes, named_nodes, settle_nodes
from graphalign.graph.references import meant
from graphalign.graph.relationships import NOBODY, Ends, TypeCodes, properties_of, settle_edges, type_codes
from graphalign.graph.runs import starts_of_runs
from graphalign.model import Counts, ImportReport
from graphalign.settings import Settings
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.tables import Statements


def build(statements: Statements, settings: Settings | None = None, *, keep_types: bool = False) -> AlignmentGraph:
    """Make the graph that statements describe.

    References are looked up by id, else by unambiguous name; words, numbers and dates are understood; what
    contradicts itself or the vocabulary is refused with its place, and the rest is kept. The order of the statements'
    rows plays no part in the graph.

    Parameters
    ----------
    statements
        What a reader made of the input.
    settings
        Further words and scales; default none.
    keep_types
        Whether text outside the vocabulary stays text, even where every value is a number or a day.

    Returns
    -------
    AlignmentGraph
        Nodes sorted by id, relationships by type, source and target; `data` holds the account: per file,
        read = kept + refused.

    Raises
    ------
    graphalign.errors.SettingsError
        If the settings give a word a meaning that there is not.

    >>> from graphalign.tables import Statements
    >>> nodes = pl.DataFrame({"id": ["g", "a"], "label": ["Goal", "Stakeholder"], "power": [None, "high"]})
    >>> edges = pl.DataFrame({"source": ["a", "b"], "target": ["g", "g"], "type": ["ACCOUNTABLE_FOR"] * 2})
    >>> graph = build(Statements(nodes, edges))
    >>> graph, graph.nodes["power"].to_list()
    (<AlignmentGraph: 2 nodes, 1 relationships>, [8.0, None])
    >>> print(graph.data.refusals[0].reason)
    there is no partner or stakeholder 'b'; add it, or mend the name
    """
    from concurrent.futures import ThreadPoolExecutor

    settings = settings or Settings()
    ledger, of_edges, of_properties = Ledger(), Ledger(), Ledger()
    read = _read_by_file(statements)
    named, twice = named_nodes(statements.nodes, ledger, clean=statements.clean)
    # What nodes say and what relationships say is understood at the same time, each with an account of its own.
    with ThreadPoolExecutor(1) as pool:
        settled = pool.submit(settle_nodes, named, twice, settings, ledger, keep_types=keep_types)
        edges = _with_fixed(statements.edges)
        codes = type_codes(edges["type"])
        properties = properties_of(edges, settings, of_properties, keep_types=keep_types)
        # Where each id is said once, and no node is implied, ends are looked up before it is known what nodes say.
        at_once = not (twice.any() or statements.implied)
        ends, nodes, lost = _ends(edges, codes, named if at_once else settled.result(), statements.implied, of_edges)
        nodes = settled.result() if at_once else nodes
    edges, group_heads = settle_edges(edges, codes, ends, nodes, lost, properties, of_edges, of_properties)
    ledger.add(of_edges)
    nodes = _groups(nodes, group_heads)
    _say_unknown(nodes["label"].filter(pl.Series(ends.labels[:-1] == len(LABELS))), edges["type"], ledger)
    early: dict[str, int] = {}
    for refusal in statements.refusals:
        if refusal.what != "value":
            early[refusal.place.file] = early.get(refusal.place.file, 0) + 1
    late = ledger.refused_rows()
    counts = Counts(
        read={f: read.get(f, 0) + early.get(f, 0) for f in sorted({*read, *early})},
        refused={f: late.get(f, 0) + early.get(f, 0) for f in sorted({*late, *early})},
        values_read=ledger.values_read,
        values_refused=ledger.refused_values(),
    )
    notes = tuple(dict.fromkeys([*statements.notes, *ledger.notes]))
    meanings = tuple(dict.fromkeys([*statements.meanings, *ledger.meanings]))
    refusals = (*statements.refusals, *ledger.refusals())
    # Polars leaves apart what was read in pieces: joined, every later look at a column is quicker.
    return AlignmentGraph(
        nodes.rechunk(), edges.rechunk(), ImportReport(statements.inputs, counts, refusals, notes, meanings)
    )


def _read_by_file(statements: Statements) -> dict[str, int]:
    total: dict[str, int] = {}
    for frame in (statements.nodes, statements.edges):
        if "_file" in frame.columns:
            files = frame["_file"]
            one = files.dtype == pl.Categorical and files.n_unique() == 1
            counts = [(files[0], len(files))] if one else frame.group_by("_file").len().iter_rows()
            for file, n in counts:
                total[file or ""] = total.get(file or "", 0) + n
        elif frame.height:
            total[""] = total.get("", 0) + frame.height
    return total


def _with_fixed(edges: pl.DataFrame) -> pl.DataFrame:
    wanted: dict[str, pl.DataType] = {
        **dict.fromkeys(("source", "target", "type", "_file", "_sheet", "_key"), pl.String()),
        "_row": pl.UInt32(),
    }
    missing = [pl.lit(None, dtype=dtype).alias(c) for c, dtype in wanted.items() if c not in edges.columns]
    odd = [
        pl.col(c).cast(pl.String) for c in ("source", "target") if c in edges.columns and edges[c].dtype != pl.String
    ]
    return edges.with_columns(*missing, *odd) if missing or odd else edges


def _ends(
    edges: pl.DataFrame, codes: TypeCodes, nodes: pl.DataFrame, implied: frozenset[str], ledger: Ledger
) -> tuple[Ends, pl.DataFrame, pl.DataFrame]:
    """Return who is at both ends, the nodes with those implied, and why nobody is."""
    from concurrent.futures import ThreadPoolExecutor

    interner = Interner(nodes["id"])
    with ThreadPoolExecutor(2) as pool:  # hashing and looking up release the lock
        source, target = pool.map(interner.look, (edges["source"], edges["target"]))
    labels = _labels(nodes)
    outcome = codes.outcome(labels.take(source), labels.take(target))
    open_ = np.flatnonzero((outcome < 0) | (source == interner.n) | (target == interner.n))
    nothing = pl.DataFrame(schema={"edge": pl.UInt32, "why": pl.String, "nobody": pl.Boolean})
    if not len(open_):
        return Ends(source, target, outcome, labels), nodes, nothing
    at = pl.Series("edge", open_, dtype=pl.UInt32)
    part = edges[at].select(pl.col("type").cast(pl.String).fill_null(""), "source", "target").with_columns(at)
    part = part.with_columns(pl.Series("type", codes.names[codes.codes[open_]], dtype=pl.String))
    sides = []
    for end, (name, index) in enumerate((("source", source), ("target", target))):
        found = pl.Series("at", index[open_], dtype=pl.UInt32)
        sides.append(
            part.select(
                "edge",
                "type",
                pl.lit(end, dtype=pl.Int8).alias("end"),
                pl.col(name).alias("text"),
                pl.when(found < interner.n).then(found).alias("at"),
            )
        )
    both = pl.concat(sides)
    distinct = both.select("type", "end", "text", "at").unique().sort("type", "end", "text", nulls_last=True)
    known, made = meant(distinct, nodes.select("id", "label", "name"), interner, implied)
    if made.height:
        nodes, source, target, makes = _with_implied(nodes, made, edges, source, target, both, known, ledger)
    else:
        makes = known.select("type", "end", "text", pl.col("node"), "why", "placeholder")
    answer = both.join(makes, on=["type", "end", "text"], how="left", nulls_equal=True, maintain_order="left")
    for end, index in enumerate((source, target)):
        mine = answer.filter(end=end)
        index[mine["edge"].to_numpy()] = mine["node"].fill_null(nodes.height).to_numpy()
    lost = (
        answer.filter(pl.col("node").is_null())
        .sort("edge", "end")
        .group_by("edge", maintain_order=True)
        .agg(pl.col("why").first(), pl.col("placeholder").first().alias("nobody"))
    )
    if made.height:
        labels = _labels(nodes)
    outcome[open_] = codes.outcome(labels[source[open_]], labels[target[open_]], open_)
    return Ends(source, target, outcome, labels), nodes, lost


def _with_implied(
    nodes: pl.DataFrame,
    made: pl.DataFrame,
    edges: pl.DataFrame,
    source: NDArray[np.uint32],
    target: NDArray[np.uint32],
    both: pl.DataFrame,
    known: pl.DataFrame,
    ledger: Ledger,
) -> tuple[pl.DataFrame, NDArray[np.uint32], NDArray[np.uint32], pl.DataFrame]:
    """Add the nodes that relationships imply, each said where its name was first used, and move the indices along."""
    before = nodes.height
    uses = both.join(
        known.select("type", "end", "text", "makes").filter(pl.col("makes").is_not_null()),
        on=["type", "end", "text"],
        nulls_equal=True,
    )
    places = edges[uses["edge"]].select(pl.col(c).cast(pl.UInt32 if c == "_row" else pl.String) for c in PLACE)
    first = (
        places.with_columns(uses["makes"].alias("id"))
        .sort(*PLACE, nulls_last=True)
        .unique("id", keep="first", maintain_order=True)
    )
    new = made.select(pl.col("text").alias("id"), "label", pl.col("text").alias("name")).join(
        first, on="id", how="left"
    )
    taken = new["id"].is_in(nodes["id"].implode())
    new = new.with_columns(pl.when(taken).then(pl.col("label") + ":" + pl.col("id")).otherwise("id").alias("id"))
    casts = {c: nodes[c].dtype for c in new.columns}
    nodes = pl.concat([nodes, new.cast(casts)], how="diagonal").select(nodes.columns)  # type: ignore[arg-type]
    order = nodes["id"].arg_sort()
    rank = np.empty(nodes.height + 1, dtype=np.uint32)
    rank[order.to_numpy()] = np.arange(nodes.height, dtype=np.uint32)
    rank[nodes.height] = nodes.height
    nodes = nodes[order]
    source, target = (rank[np.where(index == before, len(rank) - 1, index)] for index in (source, target))
    for label, n in sorted(made.group_by("label").len().iter_rows()):
        ledger.note(
            f"no table declares a {label}: {n} were made from the names that relationships use",
            f"add a table of them ({label.lower()}s)",
            n,
        )
    row_of = pl.DataFrame(
        {"makes": made["text"], "new": rank[before : before + made.height]}, schema_overrides={"new": pl.UInt32}
    )
    moved = pl.Series(
        "node", rank[known["node"].fill_null(0).to_numpy()] if before else np.zeros(known.height), dtype=pl.UInt32
    )
    makes = (
        known.with_columns(pl.when(pl.col("node").is_not_null()).then(moved).alias("node"))
        .join(row_of, on="makes", how="left", maintain_order="left")
        .select("type", "end", "text", pl.coalesce("node", "new").alias("node"), "why", "placeholder")
    )
    return nodes, source, target, makes


def _labels(nodes: pl.DataFrame) -> NDArray[np.uint8]:
    """Return each node's label as its place in the vocabulary, and at the end what stands for nobody."""
    return np.append(label_codes(nodes["label"]), np.uint8(NOBODY))


def _groups(nodes: pl.DataFrame, heads: NDArray[np.uint32]) -> pl.DataFrame:
    """Make those that others are members of groups, unless their kind says otherwise."""
    if not len(heads):
        return nodes
    kind = (
        nodes["kind"]
        if "kind" in nodes.columns
        else pl.Series("kind", [None], dtype=pl.String).new_from_index(0, nodes.height)
    )
    is_head = np.zeros(nodes.height, dtype=np.bool_)
    is_head[heads] = True
    groups = pl.Series(is_head) & (nodes["label"] == "Stakeholder") & kind.is_null()
    return nodes.with_columns(kind.set(groups, "group").alias("kind")) if groups.any() else nodes


def _say_unknown(labels: pl.Series, types: pl.Series, ledger: Ledger) -> None:
    """Note the labels outside the vocabulary, which these are, and the types, which are in order, that are."""
    start = starts_of_runs(types.to_physical())
    often = pl.DataFrame({"type": types.gather(start), "count": np.diff(start, append=len(types))})
    for what, words, known in (("label", labels.value_counts(), LABELS), ("type", often, TYPES)):
        for word, n in sorted(words.select(pl.nth(0).cast(pl.String), pl.nth(1)).iter_rows()):
            if word not in known:
                ledger.note(
                    f"the {what} {word[:80]!r} is outside the vocabulary: kept, shown, read by no rule",
                    f"known are {', '.join(known)}",
                    n,
                )
