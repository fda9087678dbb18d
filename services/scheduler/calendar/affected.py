"""Which running deadlines hang on a day that was added to the calendar, or taken back.

The rule errs on the safe side, and leaves nothing out:

- How many working days lie between two days hangs on the days between them, and on nothing else. So a due day that is
  counted forward from its start is moved only by a change between the two, and one that is counted back from a planned
  day only by a change between the due day and the start. That holds too for the earlier of two such days, and for one
  that may be extended up to a limit. A pause counts its own last days as well: the date then lies beyond all of them
  but for a run of days off at the end, hence the slack for rows that may be paused.
- A midpoint lies halfway, rounded down, to a day that another clock from the same record gives: that day comes at most
  twice as far from the start, and one day more.
- A warning counts back from the due day (see `warned_span`), whatever the date itself counts.
- A clock that has closed keeps the calendar of the day on which it closed. A day told of today counts for what closed
  today; what closes a clock on a day cannot have been told before it, so a history told of anything since is worked
  out as a whole.
- On which day a review of several meetings counts is decided by the calendar of the review's own day: by the same
  argument, in the same histories.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.law import Law
from shared.deadlines.models import CalendarDay
from shared.timescales.london import day_starts_at
from shared.timescales.reach import SLACK, Reach, reaches, warned_span

PAGE = text("""
    SELECT id FROM history
    WHERE authority_id = :authority AND (CAST(:after AS uuid) IS NULL OR id > :after)
    ORDER BY id LIMIT :batch
""")

TOLD_SINCE = text("""
    SELECT DISTINCT history_id FROM fact WHERE authority_id = :authority AND recorded_at >= :since
""")

# Those of which every warning has been given, or which are overdue, have no alarm left but that of the due time.
CANDIDATES = text("""
    SELECT d.id, d.history_id, how.dated, how.halfway
    FROM unnest(
        CAST(:codes AS text[]), CAST(:direct AS boolean[]), CAST(:towards AS boolean[]), CAST(:slack AS int[]),
        CAST(:first_warned AS date[]), CAST(:last_warned AS date[]))
        AS r(code, direct, towards, slack, first_warned, last_warned)
    JOIN deadline d ON d.timescale = r.code
    CROSS JOIN LATERAL (
        SELECT least(d.starts_on, d.due_on) AS first, greatest(d.starts_on, d.due_on) + r.slack AS last,
               d.starts_on + 2 * (d.due_on - d.starts_on) + 1 + r.slack AS twice
    ) AS span
    CROSS JOIN LATERAL (
        SELECT r.direct AND (CAST(:one AS date) BETWEEN span.first AND span.last
                             OR CAST(:other AS date) BETWEEN span.first AND span.last) AS dated,
               r.towards AND (CAST(:one AS date) BETWEEN span.first AND span.twice
                              OR CAST(:other AS date) BETWEEN span.first AND span.twice) AS halfway,
               d.due_on BETWEEN r.first_warned AND r.last_warned AND d.next_alarm_at < d.due_at AS warned
    ) AS how
    WHERE d.authority_id = :authority AND d.history_id = ANY (CAST(:page AS uuid[])) AND d.outcome = 'open'
      AND (how.dated OR how.halfway OR how.warned)
""")

HALFWAY = text("""
    SELECT d.history_id FROM deadline d
    JOIN deadline other ON other.authority_id = :authority AND other.history_id = d.history_id
                       AND other.anchor_id = d.anchor_id
    WHERE d.authority_id = :authority AND d.id = ANY (CAST(:ids AS uuid[]))
      AND other.timescale = ANY (CAST(:towards AS text[]))
""")

Candidate = Row[Any]


@dataclass(frozen=True, slots=True)
class Affected:
    """What a changed day can touch: `reach` is what the candidates are asked for with. `halfway` and `anywhere` are
    the timescales that are worked out with their whole histories: midpoints, where something runs `towards` which
    they are, and those that may open or end otherwise, everywhere. `told` are the histories told of anything since
    the day was known. It holds for a day that was `withdrawn_on` this London date, or stands."""

    reach: Mapping[str, Any]
    halfway: frozenset[str]
    towards: frozenset[str]
    anywhere: frozenset[str]
    told: frozenset[UUID]
    withdrawn_on: date | None


async def affected_by(session: AsyncSession, day: CalendarDay, law: Law) -> Affected:
    """What the adding or the taking back of a day can touch, under the law in force."""
    found = reaches(law.catalogue)
    since = {"authority": day.authority_id, "since": day_starts_at(day.known_from)}
    return Affected(
        reach=_asked(found, (day.on, day.instead_of or day.on), law),
        halfway=frozenset(reach.code for reach in found if reach.towards),
        towards=frozenset(code for reach in found for code in reach.towards),
        anywhere=frozenset(reach.code for reach in found if reach.anywhere),
        told=frozenset(await session.scalars(TOLD_SINCE, since)),
        withdrawn_on=day.withdrawn_on,
    )


def _asked(found: Sequence[Reach], changed: tuple[date, date], law: Law) -> Mapping[str, Any]:
    spans = [[warned_span(reach, day, law.calendar) for day in changed] for reach in found]
    return {
        "one": changed[0],
        "other": changed[1],
        "codes": [reach.code for reach in found],
        "direct": [reach.direct and not reach.anywhere for reach in found],
        "towards": [bool(reach.towards) for reach in found],
        "slack": [SLACK.days if reach.paused else 0 for reach in found],
        "first_warned": [min(first for first, _ in each) for each in spans],
        "last_warned": [max(last for _, last in each) for each in spans],
    }


async def next_page(session: AsyncSession, authority: str, after: UUID | None, batch: int) -> list[UUID]:
    """The next histories in the order of their ids."""
    return list(await session.scalars(PAGE, {"authority": authority, "after": after, "batch": batch}))


async def candidates(
    session: AsyncSession, authority: str, page: list[UUID], affected: Affected
) -> Sequence[Candidate]:
    """The running deadlines of these histories that the change can touch: each with whether it can move the date,
    and whether that may be halfway to one that it can move; where neither, the warnings."""
    asked = {"authority": authority, "page": page}
    return (await session.execute(CANDIDATES, {**asked, **affected.reach})).all()


async def halfway_histories(
    session: AsyncSession, authority: str, found: Sequence[Candidate], affected: Affected
) -> list[UUID]:
    """The histories of those candidates that are halfway to a clock which counts working days."""
    ids = [each.id for each in found if each.halfway]
    if not ids:
        return []
    asked = {"authority": authority, "ids": ids, "towards": sorted(affected.towards)}
    return list(await session.scalars(HALFWAY, asked))
