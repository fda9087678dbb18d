"""Who is whose officer: one at a time, the same for brothers and sisters, and in more roles than one."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.workforce.office import refusal

END = {"ended_at": "2026-11-20T17:00:00Z", "end_reason": "leaver"}


async def test_an_allocation_as_it_always_was_is_a_reviewing_officer_s(office):
    await office.came_into_care("C-1")
    shown = await office.allocated("C-1", "iro-1")
    assert (shown["role"], shown["state"], shown["ended_at"]) == ("iro", "allocated", None)
    assert len(await office.events("iro.allocated")) == 1


async def test_ending_an_allocation_is_told_with_its_reason_in_code(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    ended = await office.ask("POST", "/v1/allocations/A-C-1-iro-1/end", END)
    assert (ended.status_code, ended.json()["state"], ended.headers["etag"]) == (200, "ended", '"2"')
    (said,) = await office.events("allocation.ended")
    assert (said["officer"], said["end_reason"]) == ("iro-1", "leaver")
    assert await office.children_of("iro-1") == []
    assert await office.faults() == {}


async def test_a_put_that_says_it_ended_says_the_same(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    body = {"care_period": "P-C-1", "officer": "iro-1", "allocated_at": "2026-10-06T09:00:00Z"}
    await office.town.put("/v1/allocations/A-C-1-iro-1", body | END, if_match='"1"')
    assert [said["end_reason"] for said in await office.events("allocation.ended")] == ["leaver"]


async def test_what_has_ended_is_not_ended_again(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1", **END)
    again = await office.ask("POST", "/v1/allocations/A-C-1-iro-1/end", END)
    assert refusal(again) == (409, "transition_refused") and "If-Match" in again.json()["detail"]


@pytest.mark.parametrize("ended_at", ["2026-10-06T08:59:59Z", "2026-11-23T12:00:01Z"])
async def test_an_end_before_the_beginning_or_still_to_come_is_refused(office, ended_at):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    answer = await office.ask("POST", "/v1/allocations/A-C-1-iro-1/end", {"ended_at": ended_at})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/ended_at")


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"care_period": None}, "/care_period"),
        ({"care_period": None, "child": "C-1"}, "/care_period"),
        ({"care_period": None, "role": "cp_chair"}, "/child"),
        ({"child": "C-1"}, "/child"),
        ({"end_reason": "leaver"}, "/end_reason"),
        ({"notified_at": "2026-11-23T12:00:01Z"}, "/notified_at"),
        ({"reason": "no_reason"}, "/reason"),
        ({"role": "iro_manager"}, "/role"),
        ({"until_on": "2026-12-04"}, "/until_on"),
        ({"reason": "cover", "until_on": "2026-10-05"}, "/until_on"),
    ],
)
async def test_an_allocation_that_cannot_be_is_refused(office, fields, pointer):
    await office.came_into_care("C-1")
    answer = await office.allocate("C-1", "iro-1", **fields)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_chair_is_allocated_to_a_child_who_is_not_in_care_and_stops_no_clock_for_naming_an_iro(
    office,
):
    await office.came_into_care("C-1")
    await office.town.put("/v1/children/C-2", {})
    await office.allocated("C-1", "chair-1", role="cp_chair")
    shown = await office.allocated("C-2", "chair-1", role="cp_chair", care_period=None, child="C-2")
    assert shown["care_period_id"] is None
    assert await office.town.rows("SELECT 1 FROM fact WHERE kind = 'iro.allocated'") == []
    assert [said["role"] for said in await office.events("officer.allocated")] == ["cp_chair"] * 2
    assert await office.faults() == {}


async def test_a_role_never_changes(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    body = {"care_period": "P-C-1", "officer": "iro-1", "allocated_at": "2026-10-06T09:00:00Z"}
    changed = await office.ask(
        "PUT", "/v1/allocations/A-C-1-iro-1", body | {"role": "cp_chair"}, if_match='"1"'
    )
    assert (refusal(changed), changed.json()["errors"][0]["pointer"]) == ((422, "contradiction"), "/role")


async def test_an_officer_known_to_have_left_or_to_work_with_the_child_is_refused(office):
    await office.came_into_care("C-1")
    await office.started("iro-1", left_on="2026-10-02")
    await office.started("sw-1", "social_worker")
    await office.started("manager-1", "iro_manager")
    assert refusal(await office.allocate("C-1", "iro-1")) == (422, "officer_not_in_post")
    assert refusal(await office.allocate("C-1", "sw-1")) == (422, "not_independent")
    for fine in ("manager-1", "iro-of-whom-nobody-told"):
        assert (await office.allocate("C-1", fine)).status_code == 201


async def test_brothers_and_sisters_in_care_share_their_officer(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.came_into_care("C-3")
    await office.allocated("C-1", "iro-1")
    assert refusal(await office.allocate("C-2", "iro-2")) == (422, "siblings_share_an_officer")
    assert (await office.allocate("C-2", "iro-1")).status_code == 201
    assert (await office.allocate("C-3", "iro-2")).status_code == 201


async def test_brothers_and_sisters_have_different_officers_for_a_reason(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.allocated("C-1", "iro-1")
    shown = await office.allocated("C-2", "iro-2", sibling_reason="conflict_between_siblings")
    assert shown["sibling_reason"] == "conflict_between_siblings"


async def test_a_brother_who_left_care_or_whose_officer_left_binds_nobody(office):
    await office.came_into_care("C-1", "C-2", "C-3", family="F-1")
    await office.allocated("C-1", "iro-1")
    over = {"child": "C-1", "started_on": "2026-10-05", "ended_on": "2026-11-20"}
    await office.town.put("/v1/care_periods/P-C-1", over, if_match='"1"')
    await office.allocated("C-2", "iro-2", **END)
    assert (await office.allocate("C-3", "iro-3")).status_code == 201


async def test_an_allocation_told_before_is_not_refused_when_a_sister_s_has_changed_since(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.allocated("C-1", "iro-1")
    await office.allocated("C-2", "iro-2", sibling_reason="child_asked")
    assert (await office.allocate("C-1", "iro-1")).status_code == 200


async def test_the_chair_of_one_child_binds_no_sister_s_reviewing_officer(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.allocated("C-1", "chair-1", role="cp_chair")
    assert (await office.allocate("C-2", "iro-1")).status_code == 201


async def test_the_history_of_a_child_s_officers_is_a_list(office):
    await office.came_into_care("C-1", "C-2")
    await office.allocated("C-1", "iro-1", **END)
    await office.allocated("C-1", "iro-2", allocated_at="2026-11-20T17:00:00Z", reason="leaver")
    await office.allocated("C-1", "chair-1", role="cp_chair")
    await office.allocated("C-2", "iro-1")
    for query, wanted in (
        ("child=C-1&role=iro", ["iro-1", "iro-2"]),
        ("child=C-1", ["iro-1", "iro-2", "chair-1"]),
        ("officer=iro-1", ["iro-1", "iro-1"]),
        ("role=cp_chair", ["chair-1"]),
    ):
        found = await office.read(f"/v1/allocations?{query}")
        assert [each["officer"] for each in found["items"]] == wanted
    first = await office.read("/v1/allocations?limit=3")
    rest = await office.read(first["next"])
    assert (len(rest["items"]), rest["next"]) == (1, None)
    assert refusal(await office.ask("GET", "/v1/allocations?child=C-9")) == (404, "not_found")


async def test_a_social_worker_reads_allocations_and_ends_none(office):
    await office.came_into_care("C-1")
    await office.allocated("C-1", "iro-1")
    assert len((await office.read("/v1/allocations?child=C-1", Role.SOCIAL_WORKER))["items"]) == 1
    path = "/v1/allocations/A-C-1-iro-1/end"
    assert (await office.ask("POST", path, END, role=Role.SOCIAL_WORKER)).status_code == 403


async def test_a_reason_for_different_officers_is_not_taken_away_while_they_differ(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.allocated("C-1", "iro-1")
    await office.allocated("C-2", "iro-2", sibling_reason="child_asked")
    body = {"care_period": "P-C-2", "officer": "iro-2", "allocated_at": "2026-10-06T09:00:00Z"}
    bare = await office.ask("PUT", "/v1/allocations/A-C-2-iro-2", body, if_match='"1"')
    assert refusal(bare) == (422, "siblings_share_an_officer")


async def test_two_who_allocate_sisters_to_two_officers_at_once_do_not_both_succeed(office):
    await office.came_into_care("C-1", "C-2", family="F-1")
    answers = await asyncio.gather(office.allocate("C-1", "iro-1"), office.allocate("C-2", "iro-2"))
    assert sorted(answer.status_code for answer in answers) == [201, 422]
