"""Ids to row numbers, at the speed of memory: an open-addressing table over two 64-bit hashes of each id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

# Hash tables of Polars take 1 s for 5 million texts each way; hashing them and looking numbers up takes 0.2 s. Two
# independent hashes make 128 bits: that two different texts agree in both is out of the question.
SEEDS = (0x9E3779B9, 0x7F4A7C15)


class Interner:
    """Row numbers of unique ids.

    >>> import polars as pl
    >>> Interner(pl.Series(["a", "b"])).look(pl.Series(["b", "x", None])).tolist()
    [1, 2, 2]
    """

    def __init__(self, ids: pl.Series) -> None:
        self.n = len(ids)
        self._bits = max(4, int(2 * max(1, self.n) - 1).bit_length())
        first, second = (ids.hash(seed).to_numpy() for seed in SEEDS)
        # Row n stands for "nobody": an empty slot leads to it.
        self._first = np.append(first, np.uint64(0))
        self._second = np.append(second, np.uint64(0))
        self._table = np.full(1 << self._bits, self.n, dtype=np.uint32)
        left = np.arange(self.n, dtype=np.uint32)
        slot = self._slot(first)
        while len(left):
            at = slot[left]
            free = self._table[at] == self.n
            self._table[at[free]] = left[free]
            left = left[self._table[at] != left]
            slot[left] = self._next(slot[left])

    def look(self, texts: pl.Series) -> NDArray[np.uint32]:
        """Return the row number of each text, the number of ids where it is none of them."""
        asked = texts.hash(SEEDS[0]).to_numpy()
        slot = self._slot(asked)
        found = self._table[slot]
        wrong = np.flatnonzero((self._first[found] != asked) & (found != self.n))
        while len(wrong):
            slot[wrong] = self._next(slot[wrong])
            found[wrong] = at = self._table[slot[wrong]]
            wrong = wrong[(self._first[at] != asked[wrong]) & (at != self.n)]
        found[self._second[found] != texts.hash(SEEDS[1]).to_numpy()] = self.n
        if texts.null_count():
            found[texts.is_null().to_numpy()] = self.n
        return found

    def _slot(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.uint32)

    def _next(self, slot: NDArray[np.uint32]) -> NDArray[np.uint32]:
        return (slot + np.uint32(1)) & np.uint32((1 << self._bits) - 1)
