"""The alignment of partners for the page: levels, values, and the story of each pair, nodes as indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphalign.alignment import PARTS, PATTERNS
from graphalign.alignment.story import tell

if TYPE_CHECKING:
    from graphalign.alignment import Alignment

MOST_PAIRS = 200


def alignment_pairs(matrix: Alignment) -> dict[str, Any]:
    """Return the pairs of partners, least aligned first, with their stories.

    Parameters
    ----------
    matrix
        The alignment of all pairs.

    Returns
    -------
    dict
        `parts` ([name, title, what its value is]), `patterns` ({name: meaning}), `pairs` ({a, b, poor, watch, patterns,
        parts: [[value, count, level, sentence, details ...]], first: what to do first}), `of` (how many in all).
    """
    pairs = []
    for a, b, poor, watch, patterns in matrix.pairs.head(MOST_PAIRS).iter_rows():
        told, rows = tell(matrix, a, b), matrix.row(a, b)
        parts = [[rows[c.part]["value"], rows[c.part]["count"], c.level, c.sentence, *c.details] for c in told.chapters]
        pairs.append(
            {
                "a": a,
                "b": b,
                "poor": poor,
                "watch": watch,
                "patterns": list(patterns),
                "parts": parts,
                "first": list(told.first),
            }
        )
    return {
        "parts": [[name, title, about] for name, (title, about) in PARTS.items()],
        "patterns": dict(PATTERNS),
        "pairs": pairs,
        "of": matrix.pairs.height,
    }
