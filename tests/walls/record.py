"""One child and one officer with one of everything, for looking at from outside."""

from tests.town import Town

ADDRESSES = (
    "/v1/children/C-1",
    "/v1/care_periods/CP-1",
    "/v1/allocations/A-1",
    "/v1/reviews/R-1",
    "/v1/midpoint_checks/M-1",
    "/v1/care_planning_meetings/CPM-1",
    "/v1/visits/V-1",
    "/v1/milestones/U-1",
    "/v1/histories/H-1",
    "/v1/facts/F-1",
    "/v1/exemptions/X-1",
)

MEETING = {
    "care_period": "CP-1",
    "held_on": "2026-11-19",
    "decisions_recorded": True,
    "minutes_on_record": True,
}
VISIT = {
    "child": "C-1",
    "worker": "iro-1",
    "role": "iro",
    "kind": "visit",
    "visited_on": "2026-11-19",
    "mode": "in_person",
    "seen": True,
    "seen_alone": "yes",
}


async def fill(town: Town, name: str = "CanaryQ7") -> dict[str, str]:
    """Put one of everything on record; returns the id of each by its address."""
    bodies = (
        {"display_name": name},
        {"child": "C-1", "started_on": "2026-11-02", "iro_notified_at": "2026-11-02T10:00:00Z"},
        {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"},
        {"care_period": "CP-1", "scheduled_on": "2026-11-26"},
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"},
        MEETING,
        VISIT,
        {"history": "CP-1", "kind": "care_plan_update", "completed_on": "2026-11-19"},
        {"kind": "officer", "officer": "iro-1"},
        {"history": "H-1", "kind": "officer.started", "happened_on": "2026-11-02"},
    )
    *others, exemption = ADDRESSES
    put = {path: (await town.put(path, body)).json() for path, body in zip(others, bodies, strict=True)}
    due = {each["timescale"]: each["id"] for each in put["/v1/facts/F-1"]["deadlines"]}
    pause = {
        "deadline": due["iro-supervision"],
        "kind": "pause",
        "from_on": "2026-11-24",
        "until_on": "2026-11-30",
    }
    pause |= {"because": "On leave.", "approved_by": "manager-1"}
    put[exemption] = (await town.put(exemption, pause)).json()
    return {path: answer["id"] for path, answer in put.items()}
