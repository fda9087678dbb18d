"""One child and one officer with one of everything, for looking at from outside."""

from tests.town import Town

ADDRESSES = (
    "/v1/children/C-1",
    "/v1/care_periods/CP-1",
    "/v1/allocations/A-1",
    "/v1/reviews/R-1",
    "/v1/midpoint_checks/M-1",
    "/v1/histories/H-1",
    "/v1/facts/F-1",
    "/v1/workers/iro-1",
    "/v1/supervisions/S-1",
    "/v1/observations/O-1",
    "/v1/conflicts/K-1",
    "/v1/exemptions/X-1",
)


async def fill(town: Town, name: str = "CanaryQ7") -> dict[str, str]:
    """Put one of everything on record; returns the id of each by its address."""
    bodies = (
        {"display_name": name},
        {"child": "C-1", "started_on": "2026-11-02", "iro_notified_at": "2026-11-02T10:00:00Z"},
        {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"},
        {"care_period": "CP-1", "scheduled_on": "2026-11-26"},
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"},
        {"kind": "missing_episode", "child": "C-1"},
        {"history": "H-1", "kind": "child.returned", "happened_at": "2026-11-21T12:30:00Z"},
        {"role": "iro", "started_on": "2026-11-02", "display_name": name},
        {"officer": "iro-1", "supervisor": "manager-1", "held_on": "2026-11-04"},
        {"officer": "iro-1", "observer": "manager-1", "made_on": "2026-11-05", "observed": "review"},
        {"officer": "iro-9", "child": "C-1", "reason": "relative", "declared_on": "2026-11-06"},
    )
    *others, exemption = ADDRESSES
    put = {path: (await town.put(path, body)).json() for path, body in zip(others, bodies, strict=True)}
    page = (await town.ask("reviews", "GET", "/v1/workers/iro-1")).json()
    due = {each["timescale"]: each["id"] for each in page["deadlines"]}
    pause = {
        "deadline": due["iro-supervision"],
        "kind": "pause",
        "from_on": "2026-11-24",
        "until_on": "2026-11-30",
    }
    pause |= {"because": "On leave.", "approved_by": "manager-1"}
    put[exemption] = (await town.put(exemption, pause)).json()
    return {path: answer["id"] for path, answer in put.items()}
