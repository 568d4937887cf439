"""Drawing at random, by weight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
AS_OF = date(2026, 6, 30)
TODAY = (AS_OF - date(1970, 1, 1)).days


def drawn(
    rng: np.random.Generator, choices: Sequence[Any] | NDArray[Any], weights: Sequence[float] | NDArray[Any], n: int
) -> NDArray[Any]:
    """Draw n of the choices by weight."""
    upto = np.cumsum(np.asarray(weights, dtype=np.float64))
    result: NDArray[Any] = np.asarray(choices)[
        np.searchsorted(upto, rng.random(n) * upto[-1], side="right").clip(max=len(choices) - 1)
    ]
    return result
