"""A child and an officer with one of everything, and a child whose review has decided; for looking at from outside."""

from tests.town import Town

ADDRESSES = (
    "/v1/children/C-1",
    "/v1/care_periods/CP-1",
    "/v1/allocations/A-1",
    "/v1/reviews/R-1",
    "/v1/children/C-2",
    "/v1/care_periods/CP-2",
    "/v1/reviews/R-2",
    "/v1/decisions/D-1",
    "/v1/midpoint_checks/M-1",
    "/v1/care_planning_meetings/CPM-1",
    "/v1/visits/V-1",
    "/v1/milestones/U-1",
    "/v1/histories/H-1",
    "/v1/strategy_discussions/S-1",
    "/v1/conferences/K-1",
    "/v1/protection_plans/P-1",
    "/v1/core_groups/G-1",
    "/v1/pre_proceedings/L-1",
    "/v1/facts/F-1",
    "/v1/dip_samples/DS-1",
    "/v1/audits/AU-1",
    "/v1/checklists/CL-1",
    "/v1/checklist_answers/CA-1",
    "/v1/surveys/SV-1",
    "/v1/workers/iro-1",
    "/v1/supervisions/S-1",
    "/v1/observations/O-1",
    "/v1/conflicts/K-1",
    "/v1/exemptions/X-1",
)
SAMPLE = {"title": "Visits", "question": "visit_recorded", "drawn_on": "2026-11-20", "size": 1, "seed": 1}
AUDIT = {"child": "C-1", "auditor": "manager-1", "scope": "whole_case", "planned_on": "2026-11-26"}
CHECKLIST = {"title": "At a review", "items": [{"code": "savings", "title": "Savings?"}]}
ANSWERS = {"checklist": "CL-1", "child": "C-1", "answered_on": "2026-11-20", "answers": {"savings": "yes"}}
SURVEY = {"title": "Pledge", "from_on": "2026-08-03", "until_on": "2026-08-28", "asked": 9, "returned": 7}

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
        {},
        {"child": "C-2", "started_on": "2026-11-02"},
        {"care_period": "CP-2", "held_on": "2026-11-10"},
        {"review": "R-2", "what": "A visit to the new school.", "owner": "sw-1"},
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"},
        MEETING,
        VISIT,
        {"history": "CP-1", "kind": "care_plan_update", "completed_on": "2026-11-19"},
        {"kind": "missing_episode", "child": "C-1"},
        {"child": "C-1", "held_on": "2026-11-02", "section47": "initiated"},
        {"conference_type": "initial", "held_on": "2026-11-10", "children": [{"child": "C-1"}]},
        {"child": "C-1", "started_on": "2026-11-10", "initial_category": "NEG"},
        {"child": "C-1", "held_on": "2026-11-20"},
        {"child": "C-1", "started_on": "2026-11-02"},
        {"history": "H-1", "kind": "child.returned", "happened_at": "2026-11-21T12:30:00Z"},
        SAMPLE | {"whole": True},
        AUDIT,
        CHECKLIST,
        ANSWERS,
        SURVEY,
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
