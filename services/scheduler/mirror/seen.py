"""Which places of a feed were found in the mirror: a bit each, so that a million take 125 kB. Pure."""

from collections.abc import Iterable, Iterator


class Seen:
    """The places up to `until`."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.count = 0
        self._bits = bytearray(until // 8 + 1)

    def mark(self, positions: Iterable[int]) -> None:
        """These were found; twice is once."""
        for position in positions:
            byte, bit = position >> 3, 1 << (position & 7)
            if 0 < position <= self.until and not self._bits[byte] & bit:
                self._bits[byte] |= bit
                self.count += 1

    def lacking(self, after: int) -> Iterator[int]:
        """The places after this one that were not found, in order."""
        return (n for n in range(after + 1, self.until + 1) if not self._bits[n >> 3] & (1 << (n & 7)))

    def first(self) -> int:
        """The first place that was found; the one after the last where none was."""
        found = (n for n in range(1, self.until + 1) if self._bits[n >> 3] & (1 << (n & 7)))
        return next(found, self.until + 1)
