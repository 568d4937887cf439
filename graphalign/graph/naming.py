"""The words in names, each a number, for rules that compare names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from graphalign.graph.pairs import Steps, distinct, frame_of, leads, only, onward, packed
from graphalign.graph.runs import starts_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NameWords(NamedTuple):
    """The words of nodes' names: `held` is (node, word), sorted, each once; `text` is each word by its number."""

    held: pl.DataFrame
    text: pl.Series


def name_words(names: pl.Series, nodes: NDArray[np.uint32]) -> NameWords:
    """Return the words, in lower case and parted by spaces, in the names of these nodes.

    >>> words = name_words(pl.Series(["Dig the pit", "dig  dig"]), np.array([0, 1], dtype=np.uint32))
    >>> sorted((node, words.text[word]) for node, word in words.held.rows())
    [(0, 'dig'), (0, 'pit'), (0, 'the'), (1, 'dig')]
    """
    said = names.gather(nodes).str.split(" ")
    node = np.repeat(nodes, said.list.len().to_numpy())
    word, text = _numbered(said.explode())
    # Words are few: they are lowered once each, not in each name.
    lower, text = _numbered(text.str.to_lowercase())
    word = lower[word]
    some = (text != "").to_numpy()[word]
    return NameWords(frame_of(distinct(packed(node[some], word[some])), "node", "word"), text)


def _numbered(texts: pl.Series) -> tuple[NDArray[np.uint32], pl.Series]:
    """Return each text's number, and the distinct texts by their numbers."""
    # The numbers of a categorical are those of every text the process has met: they are made dense.
    code = texts.cast(pl.Categorical).to_physical().to_numpy()
    last = np.full(int(code.max(initial=0)) + 1, -1, dtype=np.int64)
    last[code] = np.arange(len(code))
    known = last >= 0
    number = np.cumsum(known, dtype=np.uint32) - np.uint32(1)
    return number[code], texts.gather(last[known])


def sums_of_words(words: NameWords, held: pl.DataFrame, start: NDArray[np.intp], seed: int) -> NDArray[np.uint64]:
    """Return the sum of the hashes of each node's words, given where each node's begin in `held`.

    By two such sums, of two seeds, a set of words is known; a word is left out of it by a subtraction.
    """
    drawn = words.text.hash(seed).to_numpy()[held["word"].to_numpy()]
    result: NDArray[np.uint64] = np.add.reduceat(drawn, start) if len(start) else drawn
    return result


def sets_of_words(words: NameWords, mask: NDArray[np.bool_]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (node, words), the set of words in each name, numbered, and (words, word), what is in each set.

    >>> words = name_words(pl.Series(["a b", "c", "b a"]), np.arange(3, dtype=np.uint32))
    >>> sets, tokens = sets_of_words(words, np.ones(3, dtype=np.bool_))
    >>> [sets["words"][i] == sets["words"][0] for i in range(3)], tokens.height
    ([True, False, True], 3)
    """
    held = only(words.held, "node", mask)
    start = starts_of_runs(held["node"])
    nodes = held["node"].to_numpy()[start]
    sums = [sums_of_words(words, held, start, seed) for seed in (1, 2)]
    order = np.lexsort(sums)
    first = starts_of_runs(*(pl.Series(part[order]) for part in sums))
    of_node = np.zeros(len(mask), dtype=np.uint32)
    of_node[nodes[order]] = np.repeat(np.arange(len(first), dtype=np.uint32), np.diff(first, append=len(order)))
    sets = pl.DataFrame({"node": nodes, "words": of_node[nodes]})
    shown = np.zeros(len(mask), dtype=np.bool_)
    shown[nodes[order[first]]] = True
    tokens = only(held, "node", shown)
    return sets, pl.DataFrame({"words": of_node[tokens["node"].to_numpy()], "word": tokens["word"]})


def similarity(one: NDArray[np.uint32], other: NDArray[np.uint32], words: Steps) -> NDArray[np.float64]:
    """Return the Jaccard similarity of the words of each of these and those of the other beside it.

    >>> from graphalign.graph.pairs import steps_of
    >>> words = steps_of(packed(np.array([0, 0, 1, 1, 1]), np.array([7, 8, 7, 8, 9])), 2)
    >>> similarity(np.array([0], dtype=np.uint32), np.array([1], dtype=np.uint32), words).round(2).tolist()
    [0.67]

    References
    ----------
    Jaccard 1912, The distribution of the flora in the alpine zone.
    """
    which, word = onward(one, words)
    both = np.bincount(which.compress(leads(other.take(which), word, words)), minlength=len(one))
    size = np.diff(words.first)
    result: NDArray[np.float64] = both / (size.take(one) + size.take(other) - both)
    return result
