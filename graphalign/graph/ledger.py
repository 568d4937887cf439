"""The account of a build: what was refused and why, what was said about the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from graphalign.model import Note, Place, Refusal

PLACE = ("_file", "_sheet", "_row", "_key")


@dataclass
class Ledger:
    """Refusals as frames, and notes, as they are met; records are made once, at the end, for the refused only."""

    parts: list[pl.DataFrame] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    meanings: list[tuple[str, str, str]] = field(default_factory=list)
    values_read: int = 0

    def refuse(
        self, what: Literal["row", "relationship", "value"], rows: pl.DataFrame, text: pl.Expr, reason: pl.Expr
    ) -> None:
        """Enter these rows as refused; `text` and `reason` are computed from them."""
        if rows.height:
            place = [pl.col(c).cast(pl.UInt32 if c == "_row" else pl.String) for c in PLACE]
            self.parts.append(
                rows.select(pl.lit(what).alias("what"), text.alias("text"), reason.alias("reason"), *place)
            )

    def note(self, text: str, way_out: str = "", count: int = 1, place: Place | None = None) -> None:
        """Enter something the user should know."""
        self.notes.append(Note(text, place, way_out, count))

    def add(self, other: Ledger) -> None:
        """Enter what another account holds."""
        self.parts += other.parts
        self.notes += other.notes
        self.meanings += other.meanings
        self.values_read += other.values_read

    def refusals(self) -> tuple[Refusal, ...]:
        """Return every refusal, sorted by its place."""
        if not self.parts:
            return ()
        frame = pl.concat(self.parts).sort(*PLACE, "what", "text", "reason")
        return tuple(
            Refusal(w, Place(f or "", s, r, k), t or "", why or "") for w, t, why, f, s, r, k in frame.iter_rows()
        )

    def refused_rows(self) -> dict[str, int]:
        """Return how many rows and relationships were refused, by file."""
        total: dict[str, int] = {}
        for part in self.parts:
            for file, n in part.filter(pl.col("what") != "value").group_by("_file").len().iter_rows():
                total[file or ""] = total.get(file or "", 0) + n
        return total

    def refused_values(self) -> int:
        """Return how many values were refused."""
        return sum(int((part["what"] == "value").sum()) for part in self.parts)
