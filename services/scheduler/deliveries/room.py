"""How many lanes may be open, and whose turn it is to let go of one where that is not enough. Pure."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

STINT = 5.0  # seconds that a lane is left open for, where others wait for one


class Kind(Enum):
    """A lane whose receiver answers; one that has been waiting for an answer; one that is known to be in trouble."""

    ANSWERING = auto()
    SILENT = auto()
    TROUBLED = auto()


class Open(Protocol):
    """A lane."""

    closing: bool

    @property
    def kind(self) -> Kind: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Most:
    """Lanes open at once: of those that answer, of those known to be in trouble, and altogether. What has never been
    tried leaves as many free as there are for those that answer."""

    answering: int = 64
    troubled: int = 32
    altogether: int = 256


@dataclass(slots=True)
class Room:
    """What one look at the lanes has to give."""

    most: Most
    open: Counter[Kind] = field(default_factory=Counter)
    closing: Counter[Kind] = field(default_factory=Counter)
    """Of those that are open, those that have been asked to let go, at this look or at one before."""
    wanted: Counter[Kind] = field(default_factory=Counter)
    """How many are to let go."""
    ready: dict[Kind, deque[Open]] = field(default_factory=lambda: {kind: deque() for kind in Kind})
    """Those that have had their stint, the oldest first."""

    @classmethod
    def beside(cls, lanes: Iterable[tuple[Open, float]], most: Most, stint: float = STINT) -> "Room":
        """Beside these lanes, in the order in which they were opened, each with the seconds that it has been open."""
        room = cls(most)
        for lane, seconds in lanes:
            kind = lane.kind
            room.open[kind] += 1
            if lane.closing:
                room.closing[kind] += 1
            elif seconds > stint:
                room.ready[kind].append(lane)
        room._want(Kind.TROUBLED, max(room.open[Kind.TROUBLED] - most.troubled, 0))
        return room

    def take(self, *, troubled: bool, known: bool) -> bool:
        """Whether one more may be opened, for whoever is in trouble, or was heard of before. Where not, somebody who
        has had theirs longest is asked to let go of it, unless as many as wait were asked before: somebody of its own
        kind, or who is silent, as what is short."""
        kind = Kind.TROUBLED if troubled else Kind.ANSWERING
        most = self.most.troubled if troubled else self.most.answering
        spare = 0 if known and not troubled else self.most.answering
        if self.open[kind] >= most:
            self._want(kind)
        elif self.open.total() >= max(self.most.altogether - spare, 1):
            self._want(Kind.SILENT)
        else:
            self.open[kind] += 1
            return True
        return False

    def _want(self, kind: Kind, more: int = 1) -> None:
        self.wanted[kind] += more
        while self.closing[kind] < self.wanted[kind] and self.ready[kind]:
            self.ready[kind].popleft().close()
            self.closing[kind] += 1
