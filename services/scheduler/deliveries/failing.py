"""How long nothing has reached a subscription, and what is to be said of that. Pure: the answers are values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MARKS = (50, 70, 90, 100)
"""Percent of the patience after which those who run Duecare are warned; at the last, the subscription is ended."""

PATIENCE = timedelta(days=5)
"""Longer than the schedule of retries, so that no subscription ends before its first delivery is dead."""

UNTRIED = timedelta(hours=36)
"""Longer than any pause between two attempts, with some time in hand. Where none was made for so long, as by a fault of
ours, nobody knows how the receiver is."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Since when nothing has arrived and when it was last tried (both UTC), and the percent that has been warned of."""

    since: datetime
    tried: datetime
    warned: int = 0

    def is_known(self, now: datetime) -> bool:
        """Whether it was tried lately."""
        return now - self.tried <= UNTRIED


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt: when it was made (UTC), and whether it arrived."""

    at: datetime
    arrived: bool


def after_attempts(trouble: Trouble | None, attempts: Iterable[Tried]) -> Trouble | None:
    """The trouble that these attempts leave, None where all is well: it begins with the first failure after the last
    success, or after a time in which it was not tried."""
    for tried in sorted(attempts, key=lambda each: (each.at, each.arrived)):
        if tried.arrived:
            trouble = None
        elif trouble is None or not trouble.is_known(tried.at):
            trouble = Trouble(tried.at, tried.at)
        else:
            trouble = replace(trouble, tried=max(trouble.tried, tried.at))
    return trouble


def warnings_due(trouble: Trouble, now: datetime, patience: timedelta) -> list[int]:
    """The marks that have been reached and not yet been warned of, the lowest first."""
    percent = 100 * ((now - trouble.since) / patience)
    return [mark for mark in MARKS if trouble.warned < mark <= percent]
