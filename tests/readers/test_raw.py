"""What bytes tell before they are parsed: piece by piece the same as all at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.readers import raw

BYTES = st.lists(st.sampled_from([b"a", b",", b"\n", b"\r", b" ", b"\t", b'"', b"!", b"\0", b"\xc3\xbc"]), max_size=20)


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1 << 18])
@given(BYTES.map(b"".join))
def test_low_bytes_and_white_space_at_ends_are_found_in_any_piece(piece: int, data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw, "PIECE", piece)
        low, highest = raw.low_bytes(data)
        ends = {space: raw.at_ends(data, space, ord(",")) for space in b" \t"}
    assert low == {byte for byte in data if byte < 35} - {10}
    assert highest == max(data, default=0)
    for space, found in ends.items():
        around = b"\n" + data + b"\n"
        beside = [around[at - 1 : at + 2] for at, byte in enumerate(around) if byte == space]
        assert found == any(near[0] in b"\n\r," or near[2] in b"\n\r," for near in beside)
