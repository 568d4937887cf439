"""What the bytes of a text file tell before it is parsed, looked at by pieces that stay at hand for the processor."""

from __future__ import annotations

import numpy as np

PIECE = 1 << 18
# Controls, the space, an exclamation mark and the double quote come before all other characters of ASCII.
LOW = 35
NEWLINE, RETURN = b"\n\r"
DELETE = 127


def low_bytes(data: bytes) -> tuple[set[int], int]:
    r"""Return which controls, spaces and double quotes are among the bytes, newlines apart, and the highest byte.

    >>> low_bytes(b"id,name\ng1,Shore power\r\n")
    ({32, 13}, 119)
    """
    held = np.frombuffer(data, dtype=np.uint8)
    found: set[int] = set()
    highest = 0
    for start in range(0, len(held), PIECE):
        piece = held[start : start + PIECE]
        low = piece < LOW
        known = sum(np.count_nonzero(piece == one) for one in (NEWLINE, *found))
        if np.count_nonzero(low) > known:
            found |= set(np.flatnonzero(np.bincount(piece[low])).tolist()) - {NEWLINE}
        highest = max(highest, int(piece.max()))
    return found, highest


def at_ends(data: bytes, space: int, delimiter: int) -> bool:
    """Return whether this white space stands beside a delimiter or at an end of a line.

    >>> at_ends(b"g1, Shore power", 32, 44), at_ends(b"g1,Shore power", 32, 44)
    (True, False)
    """
    held = np.frombuffer(data, dtype=np.uint8)
    for start in range(0, len(held), PIECE):
        # One byte more on both sides, for what stands beside the first and the last.
        piece = held[max(start - 1, 0) : start + PIECE + 1]
        spaces = piece == space
        ends = (piece == NEWLINE) | (piece == RETURN) | (piece == delimiter)
        if (spaces[1:] & ends[:-1]).any() or (spaces[:-1] & ends[1:]).any():
            return True
    return data[:1] == bytes([space]) or data[-1:] == bytes([space])
