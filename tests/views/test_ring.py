"""The ring of regions."""

from __future__ import annotations

import numpy as np
import pytest

from graphalign.views import ring


def test_what_belongs_together_stands_together() -> None:
    weights = np.zeros((6, 6))
    weights[1, 4] = weights[4, 1] = weights[0, 3] = weights[3, 0] = 9
    order = ring.order(weights).tolist()
    assert {abs(order.index(a) - order.index(b)) for a, b in ((1, 4), (0, 3))} <= {1, 5}


def test_without_a_good_reason_all_stand_in_the_order_of_their_ids() -> None:
    weights = 10 + np.random.default_rng(1).random((9, 9))
    weights = np.triu(weights, 1) + np.triu(weights, 1).T
    assert ring.order(weights).tolist() == list(range(9))


def test_the_first_stays_first() -> None:
    weights = np.random.default_rng(2).random((20, 20)) ** 8
    assert ring.order(weights + weights.T)[0] == 0


@pytest.mark.parametrize("count", [2, 3, 8, 12, 13, 25, 40])
@pytest.mark.parametrize("hole", [0.0, 900.0])
def test_discs_of_any_size_keep_their_distance(count: int, hole: float) -> None:
    radii = np.random.default_rng(count).uniform(40, 300, count)
    x, y = ring.centres(radii, 80, hole)
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - radii[:, None] - radii
    assert apart[np.triu_indices(count, 1)].min() > 79


def test_many_discs_stand_on_two_rings_to_save_room() -> None:
    x, _ = ring.centres(np.full(40, 100.0), 80, 0)
    assert np.ptp(x) < 0.75 * ring.STRETCH * 2 * 40 * 280 / (2 * np.pi)
