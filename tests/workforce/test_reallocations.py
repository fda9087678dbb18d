"""An officer leaves or is away: others take their children over, in one call."""

import pytest

from shared.auth.principal import Role
from tests.workforce.office import refusal, succeeded


@pytest.fixture
async def leaver(office):
    """An officer with three children, two of them sisters."""
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.came_into_care("C-3")
    for child in ("C-1", "C-2", "C-3"):
        await office.allocated(child, "iro-1")
    return office


async def test_everything_goes_to_one_officer(leaver):
    shown = succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    assert [each["child"] for each in shown["moved"]] == ["C-1", "C-2", "C-3"]
    assert (shown["refused"], shown["unnamed"]) == ([], 0)
    assert await leaver.children_of("iro-1") == []
    assert await leaver.children_of("iro-2") == ["C-1", "C-2", "C-3"]
    old = await leaver.read("/v1/allocations/A-C-1-iro-1")
    assert (old["ended_at"], old["end_reason"]) == ("2026-11-23T09:00:00Z", "leaver")
    assert await leaver.faults() == {}


async def test_a_caseload_is_shared_out_and_sisters_go_together(leaver):
    to = [{"officer": "iro-2", "children": ["C-1", "C-2"]}, {"officer": "iro-3"}]
    shown = succeeded(await leaver.reallocate("iro-1", to=to))
    assert [(each["child"], each["officer"]) for each in shown["moved"]] == [
        ("C-1", "iro-2"),
        ("C-2", "iro-2"),
        ("C-3", "iro-3"),
    ]


async def test_sisters_who_would_be_parted_stay(leaver):
    to = [{"officer": "iro-2", "children": ["C-1"]}, {"officer": "iro-3"}]
    shown = succeeded(await leaver.reallocate("iro-1", to=to))
    assert [each["child"] for each in shown["moved"]] == ["C-3"]
    assert {each["child"]: each["code"] for each in shown["refused"]} == {
        "C-1": "siblings_share_an_officer",
        "C-2": "siblings_share_an_officer",
    }
    assert await leaver.children_of("iro-1") == ["C-1", "C-2"]


async def test_sisters_are_parted_for_a_reason(leaver):
    to = [{"officer": "iro-2", "children": ["C-1"]}, {"officer": "iro-3"}]
    shown = succeeded(await leaver.reallocate("iro-1", to=to, sibling_reason="placed_far_apart"))
    assert len(shown["moved"]) == 3


async def test_a_conflict_keeps_a_child_and_with_her_her_sister(leaver):
    await leaver.in_conflict("iro-2", "C-1")
    shown = succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    assert [(each["child"], each["code"]) for each in shown["refused"]] == [
        ("C-1", "conflict_of_interest"),
        ("C-2", "siblings_share_an_officer"),
    ]
    assert "C-1" not in str(shown["refused"][0]["detail"])
    assert await leaver.children_of("iro-1") == ["C-1", "C-2"]
    assert await leaver.children_of("iro-2") == ["C-3"]
    assert await leaver.faults() == {}


async def test_a_retry_with_its_key_moves_nothing_twice(leaver):
    first = await leaver.reallocate("iro-1", to_officer="iro-2", key="leaver-1")
    again = await leaver.reallocate("iro-1", to_officer="iro-2", key="leaver-1")
    assert (again.status_code, again.content) == (200, first.content)
    assert len(await leaver.events("caseload.reallocated")) == 1
    afresh = succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    assert (afresh["moved"], afresh["refused"]) == ([], [])


async def test_the_new_allocation_s_reference_follows_from_the_old_one(leaver):
    shown = succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    (moved,) = [each for each in shown["moved"] if each["child"] == "C-3"]
    new = await leaver.read(f"/v1/allocations/{moved['allocation']}")
    assert (new["id"], new["reason"], new["officer"]) == (moved["allocation_id"], "leaver", "iro-2")
    mistake = {"because": "The wrong officer."}
    path = f"/v1/allocations/{moved['allocation']}/withdraw"
    assert (await leaver.ask("POST", path, mistake)).status_code == 200


async def test_cover_says_until_when_and_goes_back_in_one_call(leaver):
    succeeded(await leaver.reallocate("iro-1", to_officer="iro-2", reason="cover", until_on="2026-12-04"))
    covered = await leaver.read("/v1/allocations?officer=iro-2")
    assert {each["until_on"] for each in covered["items"]} == {"2026-12-04"}
    leaver.town.pass_time(days=11)
    back = {"at": "2026-12-04T09:00:00Z", "reason": "caseload"}
    succeeded(await leaver.reallocate("iro-2", to_officer="iro-1", **back))
    assert await leaver.children_of("iro-1") == ["C-1", "C-2", "C-3"]
    assert await leaver.faults() == {}


async def test_it_is_told_child_by_child_and_once_as_a_whole_without_a_name(leaver):
    succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    (said,) = await leaver.events("caseload.reallocated")
    assert (said["officer"], said["reason"], said["moved"], said["refused"]) == ("iro-1", "leaver", 3, 0)
    assert len(await leaver.events("allocation.ended")) == 3
    assert len(await leaver.events("iro.allocated")) == 6


async def test_children_nobody_is_asked_to_take_stay(leaver):
    to = [{"officer": "iro-2", "children": ["C-3"]}]
    shown = succeeded(await leaver.reallocate("iro-1", to=to))
    assert (len(shown["moved"]), shown["unnamed"]) == (1, 2)


async def test_a_child_who_has_another_officer_by_now_is_not_taken_from_them(leaver):
    await leaver.allocated("C-3", "iro-9", allocated_at="2026-11-02T09:00:00Z")
    shown = succeeded(await leaver.reallocate("iro-1", to_officer="iro-2"))
    assert [each["child"] for each in shown["moved"]] == ["C-1", "C-2"]
    assert await leaver.children_of("iro-9") == ["C-3"]


async def test_only_the_role_asked_for_is_moved(leaver):
    await leaver.town.put("/v1/children/C-4", {})
    await leaver.allocated("C-4", "iro-1", role="cp_chair", care_period=None, child="C-4")
    shown = succeeded(await leaver.reallocate("iro-1", to_officer="chair-1", role="cp_chair"))
    assert [each["child"] for each in shown["moved"]] == ["C-4"]
    assert await leaver.children_of("iro-1") == ["C-1", "C-2", "C-3"]


TWICE = [{"officer": "iro-2", "children": ["C-1"]}, {"officer": "iro-3", "children": ["C-1"]}]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "contradiction"),
        ({"to_officer": "iro-2", "to": [{"officer": "iro-3"}]}, "contradiction"),
        ({"to_officer": "iro-1"}, "contradiction"),
        ({"to": TWICE}, "named_twice"),
        ({"to": [{"officer": "iro-2"}, {"officer": "iro-3"}]}, "contradiction"),
        ({"to": [{"officer": "iro-2", "children": ["C-9"]}]}, "not_this_officers"),
        ({"to_officer": "iro-2", "at": "2026-11-23T12:00:01Z"}, "in_the_future"),
        ({"to_officer": "sw-1"}, "not_independent"),
        ({"to_officer": "iro-gone"}, "officer_not_in_post"),
        ({"to_officer": "iro-2", "reason": "because"}, "validation"),
        ({"to_officer": "iro-2", "until_on": "2026-12-04"}, "contradiction"),
    ],
)
async def test_what_cannot_be_asked_is_refused_whole(leaver, fields, code):
    await leaver.started("sw-1", "social_worker")
    await leaver.started("iro-gone", left_on="2026-11-20")
    assert refusal(await leaver.reallocate("iro-1", **fields)) == (422, code)
    assert await leaver.children_of("iro-1") == ["C-1", "C-2", "C-3"]


async def test_only_managers_and_the_case_system_reallocate(leaver):
    assert (await leaver.reallocate("iro-1", by=Role.IRO, to_officer="iro-2")).status_code == 403
