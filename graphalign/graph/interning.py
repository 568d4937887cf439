"""Ids to row numbers, at the speed of memory: an open-addressing table over two 64-bit hashes of each id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

# Hash tables of Polars take 1 s for 5 million texts each way; hashing them and looking numbers up takes 0.2 s. Two
# independent hashes make over 100 bits: that two different texts agree in both is out of the question.
SEEDS = (0x9E3779B9, 0x7F4A7C15)
# So many slots for each id, and more: in a fuller table more ids meet a slot that is taken.
ROOM = 4
# So many are looked up at a time: what is worked out on the way stays at hand for the processor.
PIECE = 1 << 16


class Interner:
    """Row numbers of unique ids.

    >>> import polars as pl
    >>> Interner(pl.Series(["a", "b"])).look(pl.Series(["b", "x", None])).tolist()
    [1, 2, 2]
    """

    def __init__(self, ids: pl.Series) -> None:
        self.n = len(ids)
        self._bits = max(4, int(ROOM * max(1, self.n) - 1).bit_length())
        # A slot holds a row and, above it, the bits of its id's hash; row n stands for "nobody", and an empty slot.
        self._above = np.uint64(self.n.bit_length())
        self._row = np.uint64((1 << self.n.bit_length()) - 1)
        first, second = (ids.hash(seed).to_numpy() for seed in SEEDS)
        self._second = np.append(second, np.uint64(0))
        self._table = np.full(1 << self._bits, self.n, dtype=np.uint64)
        entry = (first & ~self._row) | np.arange(self.n, dtype=np.uint64)
        left = np.arange(self.n)
        slot = self._slot(first)
        while len(left):
            at, mine = slot.take(left), entry.take(left)
            free = self._table.take(at) & self._row == self.n
            self._table[at.compress(free)] = mine.compress(free)
            left = left.compress(self._table.take(at) != mine)
            slot[left] = self._next(slot.take(left))

    def look(self, texts: pl.Series) -> NDArray[np.uint32]:
        """Return the row number of each text, the number of ids where it is none of them."""
        found = np.empty(len(texts), dtype=np.uint32)
        for start in range(0, len(texts), PIECE):
            piece = texts.slice(start, PIECE)
            found[start : start + PIECE] = self._rows(*(piece.hash(seed).to_numpy() for seed in SEEDS))
        if texts.null_count():
            found[texts.is_null().to_numpy()] = self.n
        return found

    def _rows(self, first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.intp]:
        slot = self._slot(first)
        held = self._table.take(slot)
        found = (held & self._row).astype(np.intp)
        wrong = np.flatnonzero((held ^ first) >> self._above)
        wrong = wrong.compress(found.take(wrong) != self.n)
        while len(wrong):
            slot[wrong] = at = self._next(slot.take(wrong))
            held = self._table.take(at)
            found[wrong] = row = (held & self._row).astype(np.intp)
            wrong = wrong.compress(((held ^ first.take(wrong)) >> self._above != 0) & (row != self.n))
        found[self._second.take(found) != second] = self.n
        return found

    def _slot(self, hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
        return (hashes >> np.uint64(64 - self._bits)).astype(np.intp)

    def _next(self, slot: NDArray[np.intp]) -> NDArray[np.intp]:
        return (slot + 1) & ((1 << self._bits) - 1)
