"""Agreement of priorities against scipy's tau-b, pair by pair, on random weights with ties."""

from __future__ import annotations

import warnings
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from scipy.stats import kendalltau

from graphalign.graph import priorities
from graphalign.graph.priorities import rank_agreement

SCHEMA = {"partner": pl.UInt32, "goal": pl.UInt32, "weight": pl.Float64}


def weights(seed: int) -> dict[tuple[int, int], float]:
    rng = np.random.default_rng(seed)
    most = int(rng.integers(2, 30))
    return {(p, g): float(rng.integers(1, most)) for p in range(5) for g in range(30) if rng.random() < 0.4}


def frame(held: dict[tuple[int, int], float]) -> pl.DataFrame:
    return pl.DataFrame([(p, g, w) for (p, g), w in held.items()], schema=SCHEMA, orient="row")


@pytest.mark.parametrize("seed", range(20))
def test_tau_is_that_of_scipy_for_every_two_partners(seed: int) -> None:
    held = weights(seed)
    expected = {}
    for a, b in combinations(range(5), 2):
        goals = [g for g in range(30) if (a, g) in held and (b, g) in held]
        if len(goals) >= 3:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tau = kendalltau([held[a, g] for g in goals], [held[b, g] for g in goals]).statistic
            expected[a, b] = (len(goals), pytest.approx(tau, nan_ok=True))
    found = {(a, b): (n, tau) for a, b, n, tau, _, _ in rank_agreement(frame(held)).iter_rows()}
    assert found == expected


def test_a_few_partners_at_a_time_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rank_agreement(frame(weights(3)))
    monkeypatch.setattr(priorities, "ROWS_AT_ONCE", 60)
    assert rank_agreement(frame(weights(3))).equals(whole, null_equal=True)


def test_the_goals_named_are_those_on_which_the_ranks_differ_most() -> None:
    held = {(0, 1): 9.0, (0, 2): 5.0, (0, 3): 1.0, (0, 4): 7.0, (1, 1): 1.0, (1, 2): 5.0, (1, 3): 9.0, (1, 4): 7.0}
    assert rank_agreement(frame(held)).select("first", "second").row(0) == (1, 3)


def test_nobody_weighs_anything() -> None:
    assert rank_agreement(frame({})).is_empty()
