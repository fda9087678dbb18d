"""An officer's children in SQL: those of the lists of the day, for statements that are of one officer."""

# Allocated to them now, under whichever role, for a care period that goes on or for none; but no child who is hidden
# from them. $1 is the authority; the others are filled in as the numbers that the statement knows them by. Owned by
# reviews_api; every service's role may read these columns of it.
_ALLOCATED = """
        SELECT DISTINCT a.child_id
        FROM allocation a LEFT JOIN care_period p ON p.authority_id = $1 AND p.id = a.care_period_id
        WHERE a.authority_id = $1 AND a.officer = {officer} AND a.withdrawn_at IS NULL AND p.withdrawn_at IS NULL
          AND (a.ended_at IS NULL OR a.ended_at > {now}) AND (p.ended_on IS NULL OR p.ended_on >= {today})
          AND a.child_id <> ALL({hidden})
"""


def allocated(*, officer: str, now: str, today: str, hidden: str) -> str:
    """The children's ids, as `child_id`: of the officer's reference, an instant, its day in London, and the children
    who are hidden from the officer."""
    return _ALLOCATED.format(officer=officer, now=now, today=today, hidden=hidden)
