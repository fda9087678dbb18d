"""Whether the clocks can be believed. Pure: readings come in, and what to think of them goes out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

AGREE = timedelta(seconds=5)  # two clocks that differ by no more than this are taken to say the same
CALM = 60.0  # seconds


class Doubt(StrEnum):
    """Why the clocks are not believed."""

    NOT_COMPARED = "not_compared"
    APART = "apart"
    STEPPED = "stepped"


@dataclass(frozen=True, slots=True)
class Reading:
    """Three clocks at one moment: the machine's and the database's, in UTC, and the seconds of one that nobody can
    set."""

    application: datetime
    database: datetime
    steady: float

    @property
    def apart(self) -> timedelta:
        """How far the machine's clock is ahead of the database's."""
        return self.application - self.database


@dataclass(frozen=True, slots=True)
class Trust:
    """What is thought of the clocks after `last`. In doubt, they have agreed since the steady clock's
    `agreeing_since`, and are believed again after `calm` seconds of that. `accepted` is a difference between them that
    somebody has confirmed."""

    last: Reading | None = None
    doubt: Doubt | None = Doubt.NOT_COMPARED
    agreeing_since: float | None = None
    accepted: timedelta = timedelta(0)
    calm: float = CALM

    def judge(self, reading: Reading) -> "Trust":
        """What to think after another reading. At first, to agree is enough; once in doubt, they must have agreed for
        a while."""
        if new := self._doubt(reading):
            return replace(self, last=reading, doubt=new, agreeing_since=None)
        if self.doubt in (None, Doubt.NOT_COMPARED):
            return replace(self, last=reading, doubt=None)
        since = reading.steady if self.agreeing_since is None else self.agreeing_since
        if reading.steady - since < self.calm:
            return replace(self, last=reading, agreeing_since=since)
        return replace(self, last=reading, doubt=None, agreeing_since=None)

    def confirm(self, reading: Reading) -> "Trust":
        """What to think once somebody has said that the database's clock is right, whatever the machine's says."""
        return Trust(reading, None, None, reading.apart, self.calm)

    def doubted(self, because: Doubt) -> "Trust":
        """What to think when something was seen between two readings."""
        return replace(self, doubt=because, agreeing_since=None)

    def stepped(self, application: datetime, steady: float) -> bool:
        """Whether the machine's clock was set to another time since the last reading."""
        return self.last is not None and _set(self.last.application, application, steady - self.last.steady)

    def _doubt(self, reading: Reading) -> Doubt | None:
        if min(abs(reading.apart), abs(reading.apart - self.accepted)) > AGREE:
            return Doubt.APART
        last = self.last
        if last and _set(last.database, reading.database, reading.steady - last.steady):
            return Doubt.STEPPED
        return Doubt.STEPPED if self.stepped(reading.application, reading.steady) else None


def _set(before: datetime, after: datetime, seconds: float) -> bool:
    return abs((after - before).total_seconds() - seconds) > AGREE.total_seconds()
