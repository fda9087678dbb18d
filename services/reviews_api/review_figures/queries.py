"""Counting a year's reviews."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.listed import codes_of
from services.reviews_api.review_figures.schemas import ReviewFigures
from services.reviews_api.reviews.models import Mode
from services.reviews_api.reviews.participation import Participation
from shared.codes.lists import code_list
from shared.http.percentages import percent
from shared.refusals import Contradiction

NOT_GIVEN = "not_given"

# A review is late by the deadline of a review that it met, on the day on which it counts as held. The ordinary
# deadlines decide; those of adoption and of short breaks where it met no other.
HELD = text("""
    SELECT r.participation, r.mode, r.late_reason, coalesce(r.my_report_returned, false) AS my_report,
           jsonb_array_length(r.meetings) > 0 AS series, r.adjourned_on IS NOT NULL AS adjourned,
           judged.late, count(*) AS n
    FROM review r LEFT JOIN LATERAL (
        SELECT coalesce(bool_or(d.outcome = 'met_late') FILTER (WHERE d.timescale LIKE 'lac-review-%'),
                        bool_or(d.outcome = 'met_late')) AS late
        FROM deadline d
        WHERE d.authority_id = :authority AND d.history_id = r.care_period_id AND d.closed_by = 'review.held'
          AND d.outcome IN ('met', 'met_late') AND d.closed_on IN (r.held_on, r.began_on)
          AND d.timescale LIKE ANY (ARRAY['lac-review-%', 'aar-review-%', 'shortbreak-review-%'])
    ) AS judged ON true
    WHERE r.authority_id = :authority AND r.withdrawn_at IS NULL AND r.held_on BETWEEN :first AND :last
    GROUP BY 1, 2, 3, 4, 5, 6, 7
""")


async def figures(session: AsyncSession, authority: str, first: date, last: date) -> ReviewFigures:
    """The figures from one London date to another, both included. Raises Contradiction where they are the wrong way
    round."""
    if last < first:
        raise Contradiction("The last day comes before the first.", pointer="query/to")
    bound = {"authority": authority, "first": first, "last": last}
    rows = (await session.execute(HELD, bound)).all()
    late, in_time = (_count(row for row in rows if row.late is wanted) for wanted in (True, False))
    return ReviewFigures(
        first_day=first,
        last_day=last,
        held=_count(rows),
        in_time=in_time,
        late=late,
        without_deadline=_count(rows) - in_time - late,
        in_time_percent=percent(in_time, in_time + late),
        late_reasons=_by([row for row in rows if row.late], "late_reason", codes_of("review_reason")),
        my_report_returned=_count(row for row in rows if row.my_report),
        modes=_by(rows, "mode", list(Mode)),
        series=_count(row for row in rows if row.series),
        adjourned=_count(row for row in rows if row.adjourned),
        **_participation(rows),
    )


def _participation(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    counting = code_list("participated")
    codes = [each.code for each in counting.codes]
    said = [row for row in rows if row.participation not in (None, Participation.PN0)]
    participated = _count(row for row in said if row.participation in codes)
    return {
        "participation": _by(rows, "participation", list(Participation)),
        "participated": participated,
        "not_participated": _count(said) - participated,
        "participated_percent": percent(participated, _count(said)),
        "participated_codes": codes,
        "participated_source": counting.source,
    }


def _count(rows: Iterable[Row[Any]]) -> int:
    return sum(row.n for row in rows)


def _by(rows: Iterable[Row[Any]], column: str, codes: Sequence[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        found[getattr(row, column) or NOT_GIVEN] += row.n
    return {code: found[code] for code in (*map(str, codes), NOT_GIVEN)}
