"""Pseudonyms: the same alliance without the name of a person, so that every report of it is without one, too."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import translate
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from graphalign.graph import AlignmentGraph
from graphalign.model import Counts, ImportReport, Note, Place, Refusal, Source
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    from graphalign.settings import Settings

SOMEBODY = ("a person", "a-person")
WITHHELD = "(withheld)"
# A part of a name shorter than this is looked for in no text: it would hide half of every sentence.
SHORTEST_PART = 3
# Between the words of a name there are at most so many other characters, as in "Halvorsen, Ingrid".
WIDEST_GAP = 3
NAMELESS = "persons are shown by pseudonyms: that two of them may be one is not seen in their names"
PROVENANCE = ("_file", "_sheet", "_row", "_key")
_WORD = re.compile(r"[^\W_]+")
# From the first quote to the last: a quoted name may itself hold one.
_QUOTED = re.compile(r"""['"].*['"]""", re.DOTALL)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Person(NamedTuple):
    """A line of the key: the pseudonym, and whose it is."""

    pseudonym: str
    id: str
    name: str


def pseudonymise(graph: AlignmentGraph) -> tuple[AlignmentGraph, Mapping[str, Person]]:
    """Return the graph with pseudonyms in place of persons, and the key to them.

    Parameters
    ----------
    graph
        The alliance.

    Returns
    -------
    AlignmentGraph
        Every person (a stakeholder that is no group) is `Person 01` with the id `person-01`, and so on, in an order
        that tells nothing; titles and all that is no property of the vocabulary is left out of them. In all other
        text, from the names of goals to refusals and file names, names and ids of persons (in either order of their
        words, with or without accents, with an initial) are replaced by the pseudonym, so are the parts of a name
        that are written with a capital, and e-mail addresses are withheld; so is what refusals quote. A part that
        several bear becomes "a person"; ids of digits only, or of one character, are no names and not looked for.
    Mapping
        The key: by the id that a pseudonym has, the pseudonym, the id and the name.

    Notes
    -----
    A pseudonym is no anonymity: who knows the alliance may know a person by their place in it.

    Examples
    --------
    >>> import graphalign as ga
    >>> graph, key = ga.pseudonymise(ga.from_networkx(ga.example()))
    >>> key["person-01"].pseudonym, key["person-01"].name in str(graph.nodes.rows())
    ('Person 01', False)
    """
    persons = _persons(graph)
    mask = _Mask(graph, persons)
    fresh = _fresh_ids(graph, persons, mask)
    nodes = _nodes(graph, persons, mask).with_columns(pl.Series("id", fresh, dtype=pl.String))
    order = nodes["id"].arg_sort()
    rank = np.empty(nodes.height, dtype=np.uint32)
    rank[order.to_numpy()] = np.arange(nodes.height, dtype=np.uint32)
    edges = _edges(graph, rank, mask)
    key = {fresh[at]: Person(p.pseudonym, p.id, p.name) for at, p in persons.items()}
    return AlignmentGraph(nodes[order], edges, _data(graph.data, mask)), dict(sorted(key.items()))


def pseudonymise_settings(settings: Settings, graph: AlignmentGraph) -> Settings:
    """Return the settings with waivers that hold for the pseudonymised graph and name nobody.

    Parameters
    ----------
    settings
        The settings.
    graph
        The graph as it was before `pseudonymise`.
    """
    if not settings.waivers:
        return settings
    persons = _persons(graph)
    mask = _Mask(graph, persons)
    fresh = dict(zip(graph.ids.to_list(), _fresh_ids(graph, persons, mask), strict=True))
    changed = {old: new for old, new in fresh.items() if old != new}

    def patterns(globs: tuple[str, ...]) -> tuple[str, ...]:
        # A glob that matches a person tells of the id, such as `ingrid-*`.
        kept = [
            g
            for g in globs
            if set(g) <= {"*", "?"} or (not mask.hints(g) and not any(map(re.compile(translate(g)).match, changed)))
        ]
        known = [re.compile(translate(g)) for g in kept]
        asked = [re.compile(translate(g)) for g in globs]
        more = [
            new
            for old, new in changed.items()
            if any(a.match(old) for a in asked) and not any(k.match(new) for k in known)
        ]
        return tuple(dict.fromkeys([*kept, *sorted(more)])) or (WITHHELD,)

    waivers = tuple(
        replace(
            waiver,
            subjects={name: patterns(globs) for name, globs in waiver.subjects.items()},
            reason=mask.text(waiver.reason),
            by=mask.text(waiver.by) if mask.text(waiver.by) != waiver.by else "somebody" if waiver.by else "",
        )
        for waiver in settings.waivers
    )
    return replace(settings, waivers=waivers)


class _Pseudonym(NamedTuple):
    pseudonym: str
    slug: str
    id: str
    name: str


def _persons(graph: AlignmentGraph) -> dict[int, _Pseudonym]:
    """Return the persons by node, numbered in the order of a hash of their ids."""
    stakeholders = graph.of_label("Stakeholder")
    nodes = stakeholders.filter(pl.col("kind").is_null() | (pl.col("kind") != "group"))["node"]
    ids, names = graph.ids.gather(nodes).to_list(), graph.names.gather(nodes).to_list()
    shuffled = sorted(
        zip(nodes.to_list(), ids, names, strict=True),
        key=lambda p: (hashlib.sha256(p[1].encode("utf-8", "surrogatepass")).digest(), p[1]),
    )
    width = max(2, len(str(len(shuffled))))
    return {
        node: _Pseudonym(f"Person {n:0{width}}", f"person-{n:0{width}}", id_, name)
        for n, (node, id_, name) in enumerate(shuffled, 1)
    }


def _folded(text: str) -> str:
    """Return a word as it compares: without accents and case."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _words(text: str) -> tuple[str, ...]:
    return tuple(_folded(w) for w in _WORD.findall(unicodedata.normalize("NFC", text)))


class _Mask:
    """Finds persons in text: by every way their name is written, word by word, the longest first."""

    def __init__(self, graph: AlignmentGraph, persons: Mapping[int, _Pseudonym]) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        # Names of one word, and parts of names: only where they are written with a capital.
        self._parts: dict[str, tuple[str, str]] = {}
        self._longest: dict[str, int] = {}
        others = graph.nodes.filter(~pl.Series(np.isin(np.arange(graph.nodes.height), list(persons))))
        bodies = others.filter(pl.col("label").cast(pl.String).is_in(["Partner", "Stakeholder"]))
        public = {w for name in bodies["name"].drop_nulls().to_list() for w in _words(name)}
        for person in persons.values():
            shown = (person.pseudonym, person.slug)
            name = _words(person.name)
            for phrase in _ways(name):
                self._add(phrase, shown)
            id_ = _words(person.id)
            if len("".join(id_)) > 1 and not "".join(id_).isdigit():
                self._add(id_, shown)
            for part in name if len(name) > 1 else ():
                if len(part) >= SHORTEST_PART and not part.isdigit() and part not in public:
                    self._parts[part] = shown if self._parts.get(part, shown) == shown else SOMEBODY
            if len(name) == 1 and not name[0].isdigit():
                self._parts[name[0]] = shown if self._parts.get(name[0], shown) == shown else SOMEBODY

    def _add(self, phrase: tuple[str, ...], shown: tuple[str, str]) -> None:
        if not phrase:
            return
        known = self._phrases.setdefault(phrase[0], {})
        known[phrase] = shown if known.get(phrase, shown) == shown else SOMEBODY
        self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def text(self, text: str) -> str:
        """Return free text without persons."""
        return self._masked(text, 0)

    def id(self, text: str) -> str:
        """Return an id or a file's name without persons."""
        return self._masked(text, 1)

    def hints(self, text: str) -> bool:
        """Return whether a text names a person or holds a part of a person's name, however written."""
        return self.id(text) != text or any(word in self._parts for word in _words(text))

    def _masked(self, text: str, style: int) -> str:
        plain = unicodedata.normalize("NFC", text)
        without = _MAIL.sub(WITHHELD, plain)
        found = [(m.start(), m.end(), _folded(m[0])) for m in _WORD.finditer(without)]
        pieces: list[str] = []
        done = at = 0
        while at < len(found):
            taken, shown = self._at(without, found, at)
            if shown is not None:
                pieces += [without[done : found[at][0]], shown[style]]
                done = found[at + taken - 1][1]
            at += taken
        if not pieces and without == plain:
            return text
        return "".join(pieces) + without[done:]

    def _at(self, text: str, found: list[tuple[int, int, str]], at: int) -> tuple[int, tuple[str, str] | None]:
        """Return how many words from here on are a person, and who; one word and None for nobody."""
        start, _, word = found[at]
        phrases = self._phrases.get(word, {})
        for n in range(min(self._longest.get(word, 0), len(found) - at), 0, -1):
            words = found[at : at + n]
            near = all(b[0] - a[1] <= WIDEST_GAP for a, b in pairwise(words))
            shown = phrases.get(tuple(w[2] for w in words)) if near else None
            if shown is not None:
                return n, shown
        # What has no capitals, such as Chinese, is never lower case.
        return 1, self._parts.get(word) if not text[start].islower() else None

    def series(self, column: pl.Series, *, as_id: bool = False) -> pl.Series:
        """Return a column of text without persons."""
        texts = column.cast(pl.String)
        known = texts.drop_nulls().unique().to_list()
        masked = {t: self.id(t) if as_id else self.text(t) for t in known}
        differing = {t: m for t, m in masked.items() if t != m}
        if not differing:
            return column
        return texts.replace(list(differing), list(differing.values())).cast(column.dtype)


def _ways(name: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Yield the ways in which a name of several words is written."""
    if len(name) < 2:
        return
    *first, last = name
    yield name
    yield (last, *first)
    yield ("".join(name),)
    initials = [w[0] for w in first]
    yield (*initials, last)
    yield (initials[0], last)
    yield (last, initials[0])
    yield (first[0], last)
    if len(first[0]) + len(last) > SHORTEST_PART:
        yield (f"{initials[0]}{last}",)


def _fresh_ids(graph: AlignmentGraph, persons: Mapping[int, _Pseudonym], mask: _Mask) -> list[str]:
    """Return the new id of every node; ids stay unique."""
    masked = mask.series(graph.ids, as_id=True).to_list()
    for node, person in persons.items():
        masked[node] = person.slug
    counts = Counter(masked)
    if len(counts) == len(masked):
        return masked
    # Persons keep theirs; what would bear the same id gets a number.
    order = [*persons, *(n for n in range(len(masked)) if n not in persons)]
    taken: set[str] = set()
    for node in order:
        wanted, n = masked[node], 1
        while masked[node] in taken:
            n += 1
            masked[node] = f"{wanted}-{n}"
        taken.add(masked[node])
    return masked


def _nodes(graph: AlignmentGraph, persons: Mapping[int, _Pseudonym], mask: _Mask) -> pl.DataFrame:
    nodes = graph.nodes
    at = np.zeros(nodes.height, dtype=np.bool_)
    at[list(persons)] = True
    is_person = pl.Series(at)
    kept = {"id", "label", "name", *LABELS["Stakeholder"], *PROVENANCE} - {"title"}
    columns: list[pl.Series] = []
    for column in nodes.iter_columns():
        masked = column
        if column.name not in kept:
            masked = _without(column, is_person)
        if column.name not in ("id", "label") and _is_text(column):
            masked = mask.series(masked, as_id=column.name in ("_file", "_key"))
        columns.append(masked)
    names = dict(zip(nodes.columns, _headings(nodes.columns, mask), strict=True))
    shown = [persons[n].pseudonym if n in persons else None for n in range(nodes.height)]
    return (
        pl.DataFrame(columns)
        .with_columns(pl.coalesce(pl.Series("_shown", shown, dtype=pl.String), pl.col("name")).alias("name"))
        .rename(names)
    )


def _without(column: pl.Series, where: pl.Series) -> pl.Series:
    """Return a column with null in the rows of persons."""
    frame = pl.DataFrame([column.alias("a"), where.alias("b")])
    return frame.select(pl.when(~pl.col("b")).then(pl.col("a")).alias(column.name))[column.name]


def _is_text(column: pl.Series) -> bool:
    return column.dtype == pl.String or isinstance(column.dtype, pl.Categorical | pl.Enum)


def _headings(columns: list[str], mask: _Mask) -> list[str]:
    fixed = {"id", "label", "name", "type", "source", "target", *PROVENANCE}
    fixed |= {p for kinds in LABELS.values() for p in kinds} | {p for t in TYPES.values() for p in t.properties}
    result: list[str] = []
    for column in columns:
        wanted = name = column if column in fixed else mask.text(column)
        n = 1
        while name in result:
            n += 1
            name = f"{wanted} {n}"
        result.append(name)
    return result


def _edges(graph: AlignmentGraph, rank: np.ndarray, mask: _Mask) -> pl.DataFrame:
    edges = graph.edges
    columns = [
        mask.series(c, as_id=c.name in ("_file", "_key")) if c.name != "type" and _is_text(c) else c
        for c in edges.iter_columns()
    ]
    source, target = rank[edges["source"].to_numpy()], rank[edges["target"].to_numpy()]
    both_ways = edges["type"].cast(pl.String).is_in([t for t, kind in TYPES.items() if kind.both_ways]).to_numpy()
    swapped = both_ways & (source > target)
    ends = [
        pl.Series("source", np.where(swapped, target, source), dtype=pl.UInt32),
        pl.Series("target", np.where(swapped, source, target), dtype=pl.UInt32),
    ]
    return (
        pl.DataFrame(columns)
        .with_columns(ends)
        .sort(pl.col("type").cast(pl.String), "source", "target", maintain_order=True)
        .rename(dict(zip(edges.columns, _headings(edges.columns, mask), strict=True)))
    )


def _place(place: Place, mask: _Mask) -> Place:
    sheet, key = place.sheet, place.key
    return Place(mask.id(place.file), sheet and mask.text(sheet), place.row, key and mask.id(key))


def _data(data: ImportReport, mask: _Mask) -> ImportReport:
    def by_file(counts: Mapping[str, int]) -> dict[str, int]:
        result: dict[str, int] = {}
        for file, n in counts.items():
            result[mask.id(file)] = result.get(mask.id(file), 0) + n
        return result

    def refused(refusal: Refusal) -> Refusal:
        # It may quote a person whom nothing else names.
        reason = _QUOTED.sub(WITHHELD, refusal.reason)
        reason = reason.replace(refusal.text, WITHHELD) if refusal.text else reason
        place = _place(refusal.place, mask)
        return Refusal(refusal.what, place, WITHHELD if refusal.text else "", mask.text(reason))

    counts = data.counts
    return ImportReport(
        inputs=tuple(Source(mask.id(s.path), s.sha256) for s in data.inputs),
        counts=Counts(by_file(counts.read), by_file(counts.refused), counts.values_read, counts.values_refused),
        refusals=tuple(refused(r) for r in data.refusals),
        notes=(
            *(
                Note(mask.text(n.text), n.place and _place(n.place, mask), mask.text(n.way_out), n.count)
                for n in data.notes
            ),
            Note(NAMELESS, way_out="look for them without --pseudonymise"),
        ),
        meanings=tuple((mask.text(a), mask.text(b), mask.id(c)) for a, b, c in data.meanings),
    )
