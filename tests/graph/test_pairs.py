"""Pairs as numbers: what is among them is found whether few or many are asked for, in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.graph import pairs

KEYS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 12), max_size=30)


@pytest.mark.parametrize("many", [0, 3, 1 << 16])
@given(held=KEYS, asked=KEYS)
def test_keys_are_found_among_others_whatever_their_order_and_number(
    many: int, held: list[int], asked: list[int]
) -> None:
    ordered, keys = np.unique(np.array(held, dtype=np.uint64)), np.array(asked, dtype=np.uint64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MANY", many)
        assert pairs.held_by(ordered, keys).tolist() == [key in held for key in asked]


NODES = st.integers(0, 6)


@given(
    two=st.lists(st.tuples(NODES, NODES), max_size=8),
    steps=st.sets(st.tuples(NODES, st.integers(0, 9)), max_size=25),
)
def test_what_two_have_in_common_is_what_both_lead_to(two: list[tuple[int, int]], steps: set[tuple[int, int]]) -> None:
    one, other = np.array(two, dtype=np.uint32).reshape(-1, 2).T
    start, end = np.array(sorted(steps), dtype=np.uint32).reshape(-1, 2).T
    which, ends = pairs.in_common(one, other, pairs.packed(start, end), 7)
    plainly = {(i, e) for i, (a, b) in enumerate(two) for s, e in steps if s == a and (b, e) in steps}
    assert sorted(zip(which.tolist(), ends.tolist(), strict=True)) == sorted(plainly)
