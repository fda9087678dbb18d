"""A conflict of interest: this officer may not be this child's."""

from shared.auth.principal import Role
from tests.workforce.office import refusal


async def test_an_allocation_that_meets_a_conflict_is_refused(office):
    await office.came_into_care("C-1")
    await office.in_conflict("iro-1", "C-1", "line_managed_by_case_team")
    assert refusal(await office.allocate("C-1", "iro-1")) == (422, "conflict_of_interest")
    assert (await office.allocate("C-1", "iro-2")).status_code == 201


async def test_a_conflict_that_is_over_holds_no_longer(office):
    await office.came_into_care("C-1")
    await office.in_conflict("iro-1", "C-1")
    over = await office.ask("POST", "/v1/conflicts/K-iro-1-C-1/withdraw", {"because": "No longer so."})
    assert over.status_code == 200
    assert (await office.allocate("C-1", "iro-1")).status_code == 201


async def test_what_ended_before_anybody_knew_of_the_conflict_may_still_be_recorded(office):
    await office.came_into_care("C-1")
    await office.in_conflict("iro-1", "C-1")
    past = await office.allocate("C-1", "iro-1", ended_at="2026-11-01T09:00:00Z")
    assert past.status_code == 201
    opened = await office.allocate("C-1", "iro-1", ended_at=None)
    assert opened.status_code == 428
    again = await office.ask(
        "PUT",
        "/v1/allocations/A-C-1-iro-1",
        {"care_period": "P-C-1", "officer": "iro-1", "allocated_at": "2026-10-06T09:00:00Z"},
        if_match='"1"',
    )
    assert refusal(again) == (422, "conflict_of_interest")


async def test_an_allocation_that_stands_when_the_conflict_is_declared_is_left_for_a_person_to_end(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    await office.in_conflict("iro-1", "C-1")
    assert await office.children_of("iro-1") == ["C-1"]
    ended = {"ended_at": "2026-11-23T09:00:00Z", "end_reason": "conflict_of_interest"}
    assert (await office.ask("POST", "/v1/allocations/A-C-1-iro-1/end", ended)).status_code == 200


async def test_a_conflict_stays_between_these_two_and_its_reason_may_be_corrected(office):
    await office.came_into_care("C-1", "C-2")
    await office.in_conflict("iro-1", "C-1")
    body = {"officer": "iro-1", "child": "C-1", "reason": "own_caseload", "declared_on": "2026-11-02"}
    path = "/v1/conflicts/K-iro-1-C-1"
    assert (await office.ask("PUT", path, body, if_match='"1"')).json()["reason"] == "own_caseload"
    for other in ({"officer": "iro-2"}, {"child": "C-2"}):
        assert refusal(await office.ask("PUT", path, body | other, if_match='"2"')) == (422, "contradiction")


async def test_a_conflict_that_cannot_be_is_refused(office):
    await office.came_into_care("C-1")
    body = {"officer": "iro-1", "child": "C-1", "reason": "relative", "declared_on": "2026-11-02"}
    for fields, refused in (
        ({"child": "C-9"}, (404, "not_found")),
        ({"declared_on": "2026-11-24"}, (422, "in_the_future")),
        ({"reason": "dislike"}, (422, "validation")),
    ):
        assert refusal(await office.ask("PUT", "/v1/conflicts/K-1", body | fields)) == refused


async def test_conflicts_are_listed_by_officer_and_by_child_and_not_for_officers_to_read(office):
    await office.came_into_care("C-1", "C-2")
    for officer, child in (("iro-1", "C-1"), ("iro-1", "C-2"), ("iro-2", "C-1")):
        await office.in_conflict(officer, child)
    for query, wanted in (
        ("officer=iro-1", ["K-iro-1-C-1", "K-iro-1-C-2"]),
        ("child=C-1", ["K-iro-1-C-1", "K-iro-2-C-1"]),
    ):
        found = await office.read(f"/v1/conflicts?{query}")
        assert [each["reference"] for each in found["items"]] == wanted
    first = await office.read("/v1/conflicts?limit=2")
    assert len((await office.read(first["next"]))["items"]) == 1
    assert (await office.ask("GET", "/v1/conflicts", role=Role.IRO)).status_code == 403


async def test_an_event_of_a_conflict_says_between_whom_and_not_why(office):
    await office.came_into_care("C-1")
    await office.in_conflict("iro-1", "C-1", "relative")
    (said,) = await office.events("conflict.declared")
    assert said["officer"] == "iro-1" and "relative" not in str(said)
