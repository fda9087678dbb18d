"""One child with one of everything, for looking at from outside."""

from tests.town import Town

ADDRESSES = (
    "/v1/children/C-1",
    "/v1/care_periods/CP-1",
    "/v1/allocations/A-1",
    "/v1/reviews/R-1",
    "/v1/midpoint_checks/M-1",
)


async def fill(town: Town, name: str = "CanaryQ7") -> dict[str, str]:
    """Put one of everything on record; returns the id of each by its address."""
    bodies = (
        {"display_name": name},
        {"child": "C-1", "started_on": "2026-11-02", "iro_notified_at": "2026-11-02T10:00:00Z"},
        {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"},
        {"care_period": "CP-1", "scheduled_on": "2026-11-26"},
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"},
    )
    return {
        path: (await town.put(path, body)).json()["id"] for path, body in zip(ADDRESSES, bodies, strict=True)
    }
