"""When to try again. Pure: the answer is a value."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from services.scheduler.deliveries.models import Outcome, State

MINUTE, HOUR = 60, 3600
SCHEDULE = (5, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)))
"""Seconds after each failure; the Standard Webhooks specification's schedule."""

MENDED_WITHIN = 5 * MINUTE
"""Seconds until somebody may have mended what is our own fault."""

JITTER = 0.1
LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a delivery after an attempt; `at` is when to try again, where it waits."""

    state: State
    at: datetime


def after_attempt(
    outcome: Outcome, failures: int, now: datetime, chance: random.Random, not_before: datetime | None = None
) -> Next:
    """What follows the attempt that made `failures` of them, or succeeded. `not_before` is the receiver's wish. A fault
    of our own is tried again for ever."""
    if outcome is Outcome.DELIVERED:
        return Next(State.DELIVERED, now)
    if outcome is Outcome.FAULT:
        return Next(State.WAITING, now + timedelta(seconds=MENDED_WITHIN))
    if failures > len(SCHEDULE):
        return Next(State.DEAD, now)
    pause = SCHEDULE[failures - 1] * chance.uniform(1 - JITTER, 1 + JITTER)
    at = now + timedelta(seconds=pause)
    return Next(State.WAITING, max(at, not_before) if not_before else at)


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """The instant a Retry-After header asks for, at most a day ahead; None without one that can be read."""
    if not header:
        return None
    if header.strip().isdecimal():
        return now + min(timedelta(seconds=int(header.strip()[:9])), LONGEST)
    try:
        wanted = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
    return min(wanted, now + LONGEST)
