"""A check at midpoint finds that the plan drifts, the officer raises it, and the next visit is made."""

from shared.auth.principal import Role
from tests.between.care import MEETING, OF_IRO, VISIT, listed, step
from tests.facts.record import succeeded

PLANNED = {"care_period": "CP-1", "officer": "iro-1", "planned_on": "2026-11-20"}
FOUND = {
    "completed_on": "2026-11-20",
    "finding": "drift",
    "looked_at": ["care_plan", "visits", "health"],
    "drifted": ["visits"],
    "done": ["informal_resolution"],
}


async def test_a_check_at_midpoint_finds_drift_the_officer_raises_it_and_the_next_visit_is_made(record):
    await record.put("/v1/visits/V-1", VISIT)
    await record.put("/v1/midpoint_checks/M-1", PLANNED, Role.IRO)
    await record.sweep()
    assert await record.breaches("visit-reg28-year1") == [(1, None)]

    made = succeeded(await step(record, "midpoint_checks/M-1/complete", FOUND))
    (concern,) = made["escalation_prefill"]
    raised = await record.town.ask("escalation", "POST", "/v1/escalations", concern, role=Role.IRO)
    assert raised.status_code == 201, raised.text
    escalation = raised.json()
    assert (escalation["child"], escalation["theme"]) == ("C-1", "no_evidence_of_visits")
    assert made["id"] in escalation["concern"]

    await record.put("/v1/care_planning_meetings/CPM-1", MEETING | {"held_on": "2026-11-23"})
    await record.put("/v1/visits/V-2", VISIT | {"visited_on": "2026-11-23"})
    await record.put("/v1/visits/V-3", OF_IRO | {"visited_on": "2026-11-23"})
    assert await record.due("visit-reg28-year1") == [("2026-10-16", "met_late"), ("2027-01-04", "open")]
    assert await listed(record, "visits?child=C-1&role=iro&limit=1") == ["V-3"]

    done = {"outcome": "Visited; the team manager looks weekly."}
    path = f"/v1/escalations/{escalation['id']}/resolve"
    resolved = await record.town.ask("escalation", "POST", path, done, role=Role.IRO)
    assert resolved.json()["state"] == "resolved"
    figures = await record.town.ask(
        "reviews", "GET", "/v1/between_reviews_figures?from=2026-11-01&to=2026-11-23", role=Role.IRO_MANAGER
    )
    assert figures.json()["officers_checks"]["drifted"] == {"visits": 1}
    assert figures.json()["children_visited_by_iro"] == 1
