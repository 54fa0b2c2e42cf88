"""Sequence numbers of a stream that have been seen, in whatever order and however often they came."""

from __future__ import annotations

from contracts.envelope import Value


class Seen(Value):
    """Numbers seen, as ascending runs [first, last] with gaps between: as small as the gaps are few."""

    runs: tuple[tuple[int, int], ...] = ()

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.runs)

    @property
    def newest(self) -> int:
        """The highest number seen; 0 before the first."""
        return self.runs[-1][1] if self.runs else 0

    @property
    def missing(self) -> tuple[tuple[int, int], ...]:
        """The gaps, as runs: what was numbered and has not arrived yet."""
        ends = [0, *(last for _, last in self.runs)]
        starts = [first for first, _ in self.runs]
        return tuple((end + 1, start - 1) for end, start in zip(ends, starts, strict=False) if start > end + 1)

    def missing_until(self, last: int) -> tuple[tuple[int, int], ...]:
        """The gaps when numbers go up to `last`: also those that nothing came after yet."""
        return (*self.missing, (self.newest + 1, last)) if last > self.newest else self.missing

    def plus(self, number: int) -> Seen:
        """With this number, too."""
        if number in self:
            return self
        merged: list[tuple[int, int]] = []
        for first, last in sorted((*self.runs, (number, number))):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        return Seen(runs=tuple(merged))
