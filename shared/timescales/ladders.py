"""The ladders of a catalogue: all that it knows by their codes, and the one that is in force on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.timescales.ladder import Ladder, Stage


@dataclass(frozen=True, slots=True)
class Ladders:
    """Every ladder in order of its first day, and those of each file that has any, the uppermost file first."""

    files: tuple[tuple[Ladder, ...], ...] = ()
    all: tuple[Ladder, ...] = ()
    _clocks: dict[str, tuple[Ladder, Stage]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, files: Sequence[Sequence[Ladder]]) -> "Ladders":
        """The ladders of files, the lowest file first."""
        laid = tuple(tuple(each) for each in reversed(files) if each)
        every = sorted((ladder for each in reversed(laid) for ladder in each), key=lambda one: one.first_day)
        clocks = {ladder.clock_of(stage): (ladder, stage) for ladder in every for stage in ladder.stages}
        return cls(laid, tuple(every), clocks)

    def find(self, code: str) -> Ladder | None:
        """The ladder with this code, in force or not, or None."""
        return next((ladder for ladder in self.all if ladder.code == code), None)

    def on(self, day: date) -> Ladder | None:
        """The ladder under which an escalation of this London date begins: the latest of the uppermost file that had
        one in force by then."""
        for laid in self.files:
            if begun := [ladder for ladder in laid if ladder.first_day <= day]:
                return max(begun, key=lambda ladder: ladder.first_day)
        return None

    def stage_of(self, timescale: str) -> tuple[Ladder, Stage] | None:
        """The ladder and the stage whose response clock has this code, or None."""
        return self._clocks.get(timescale)
