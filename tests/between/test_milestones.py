"""Health assessments, education plans, care plans and pathway plans: each a milestone of a day."""

import pytest

from services.reviews_api.milestones.kinds import MILESTONES, MilestoneKind
from tests.between.care import ASSESSMENT, faults, listed
from tests.facts.record import refusal, succeeded

H1 = "/v1/milestones/H-1"


async def test_a_health_assessment_meets_its_deadline_and_starts_the_next(record):
    await record.put(H1, ASSESSMENT)  # before the first review, which brings the date forward
    assert await record.due("iha") == [("2026-09-29", "met")]
    assert await record.due("rha-under5") == [("2027-03-20", "open")]
    await record.put(H1, ASSESSMENT | {"completed_on": "2026-09-30"})
    assert await record.due("iha") == [("2026-09-21", "met_late")]
    await record.withdrawn("H-1", "milestones")
    assert await record.due("iha") == [("2026-09-21", "open")]
    assert await record.events("milestone.completed") == ["milestone.completed"] * 2


@pytest.mark.parametrize("kind", list(MilestoneKind))
async def test_every_milestone_tells_its_fact(record, council, kind):
    succeeded(await record.put(H1, ASSESSMENT | {"kind": kind, "codes": {"child_took_part": "yes"}}))
    rows = await record.town.rows("SELECT kind FROM fact WHERE record_id = (SELECT id FROM milestone)")
    assert [row.kind for row in rows] == [MILESTONES[kind].fact]
    assert await faults(record, council) == {}


async def test_a_care_leaver_s_pathway_plan_is_told_of_the_pathway(record):
    await record.town.put("/v1/histories/H-9", {"kind": "leaving_care", "child": "C-1"})
    plan = {"history": "H-9", "kind": "pathway_plan", "completed_on": "2026-11-02"}
    succeeded(await record.put(H1, plan))
    assert await record.due("pathway-plan-review") == [("2027-05-02", "open")]


WRONG = [
    ({"completed_on": "2026-11-24"}, "in_the_future", "/completed_on"),
    ({"completed_on": "2026-08-31"}, "outside_care_period", "/completed_on"),
    ({"codes": {"mode": "virtual"}}, "contradiction", "/codes"),
    ({"codes": {"stage": "third"}}, "contradiction", "/codes/stage"),
    ({"kind": "education_plan"}, "contradiction", "/codes"),
    ({"history": "H-9"}, "contradiction", "/history"),
]


@pytest.mark.parametrize(("change", "code", "pointer"), WRONG)
async def test_a_milestone_that_cannot_be_is_refused(record, change, code, pointer):
    await record.town.put("/v1/histories/H-9", {"kind": "leaving_care", "child": "C-1"})
    answer = await record.put(H1, ASSESSMENT | change)
    assert refusal(answer) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_care_plan_may_have_been_completed_before_care_began(record):
    plan = {"history": "CP-1", "kind": "care_plan", "completed_on": "2026-08-28"}
    assert (await record.put(H1, plan)).status_code == 201


async def test_a_milestone_never_becomes_another(record):
    await record.put(H1, ASSESSMENT)
    other = ASSESSMENT | {"kind": "care_plan_update", "codes": {}}
    assert refusal(await record.put(H1, other)) == (422, "contradiction")
    assert refusal(await record.put("/v1/milestones/H-2", ASSESSMENT | {"history": "CP-9"})) == (
        404,
        "not_found",
    )


async def test_milestones_are_listed_by_child_kind_and_day_the_newest_first(record):
    for number, day in enumerate(["2026-09-10", "2026-11-12", "2026-10-01"], start=1):
        await record.put(f"/v1/milestones/H-{number}", ASSESSMENT | {"completed_on": day})
    await record.put("/v1/milestones/H-4", {"history": "CP-1", "kind": "education_plan"} | DAY)
    assert await listed(record, "milestones?child=C-1&kind=health_assessment&limit=2") == [
        "H-2",
        "H-3",
        "H-1",
    ]
    assert await listed(record, "milestones?kind=education_plan") == ["H-4"]
    assert await listed(record, "milestones?to=2026-10-01") == ["H-3", "H-1"]


DAY = {"completed_on": "2026-11-20"}
