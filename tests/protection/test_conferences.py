"""A conference is one meeting about many children: corrected, put off, called off, withdrawn, refused."""

import asyncio

import pytest

from services.reviews_api.conferences.states import CONFERENCE, ConferenceStatus
from shared.auth.principal import Role
from tests.facts.record import refusal

APPROVED = {"because": "The chair is ill.", "approved_by": "manager-1"}


async def test_a_child_taken_off_a_meeting_is_told_nothing_more_of_it(case, faults):
    await case.child("C-1", "C-2")
    await case.conference("K-1", "C-1", "C-2", held_on="2026-11-20")
    assert await case.owed_to("C-2", "cp-minutes") == [("2026-12-18", "open")]
    corrected = await case.conference("K-1", "C-1", held_on="2026-11-20")
    assert ([each["child"] for each in corrected["children"]], corrected["version"]) == (["C-1"], 2)
    assert await case.owed_to("C-2", "cp-minutes") == [("2026-12-18", "withdrawn")]
    await case.conference("K-1", "C-1", "C-2", held_on="2026-11-20")
    assert await case.owed_to("C-2", "cp-minutes") == [("2026-12-18", "open")]
    assert await case.histories("C-1") == await case.histories("C-2") == 1
    assert await faults() == {}


async def test_the_same_conference_again_changes_nothing_and_says_nothing(case):
    await case.child("C-1", "C-2")
    first = await case.conference("K-1", "C-1", "C-2", scheduled_on="2026-12-10")
    before = await case.events()
    assert await case.conference("K-1", "C-2", "C-1", scheduled_on="2026-12-10") == first
    assert await case.events() == before


async def test_one_meeting_is_one_event_that_names_no_child_but_by_id(case):
    await case.child("C-1", "C-2")
    held = await case.conference("K-1", "C-1", ("C-2", "plan", "SAB"), held_on="2026-11-20")
    (row,) = await case.town.rows("SELECT envelope FROM outbox_event WHERE type = 'conference.held'")
    data = row.envelope["data"]
    assert set(data["child_ids"]) == {each["child_id"] for each in held["children"]}
    assert data["held_on"] == "2026-11-20" and "C-1" not in str(row) and "SAB" not in str(row)


async def test_a_correction_of_the_day_moves_the_deadlines_of_every_child(case):
    await case.child("C-1", "C-2")
    await case.strategy("S-1", "C-1", "2026-11-02")
    await case.conference("K-1", "C-1", "C-2", held_on="2026-11-19")
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-11-23", "met")]
    await case.conference("K-1", "C-1", "C-2", held_on="2026-11-18")
    for child in ("C-1", "C-2"):
        assert await case.owed_to(child, "cp-minutes") == [("2026-12-16", "open")]


async def test_a_conference_that_was_a_mistake_gives_its_deadline_back(case, faults):
    await case.child("C-1")
    await case.strategy("S-1", "C-1", "2026-11-16")
    await case.conference("K-1", "C-1", held_on="2026-11-20")
    assert (await case.withdrawn("K-1", "conferences"))["withdrawn_because"] == "A mistake."
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-12-07", "open")]
    await case.conference("K-1", "C-1", held_on="2026-11-20")
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-12-07", "met")]
    assert await faults() == {}


async def test_a_conference_is_put_off_and_called_off_with_approval_and_still_owed(case):
    await case.child("C-1")
    await case.strategy("S-1", "C-1", "2026-11-16")
    await case.conference("K-1", "C-1", scheduled_on="2026-11-30")
    early = await case.step("conferences/K-1/postpone", scheduled_on="2026-11-30", **APPROVED)
    assert refusal(early) == (422, "contradiction")
    put_off = (await case.step("conferences/K-1/postpone", scheduled_on="2026-12-03", **APPROVED)).json()
    assert (put_off["status"], put_off["scheduled_on"], put_off["postponed_from"]) == (
        "planned",
        "2026-12-03",
        "2026-11-30",
    )
    off = (await case.step("conferences/K-1/cancel", **APPROVED)).json()
    assert (off["status"], off["cancelled_on"], off["cancelled_by"]) == (
        "cancelled",
        "2026-11-23",
        "manager-1",
    )
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-12-07", "open")]
    assert await case.owed_to("C-1", "cp-sw-report-icpc") == [("2026-12-01", "ended")]
    held = await case.step("conferences/K-1/hold", held_on="2026-11-23")
    assert refusal(held) == (409, "transition_refused")
    said = ["conference.scheduled", "conference.postponed", "conference.cancelled"]
    assert await case.events(*said) == said


async def test_a_version_that_comes_too_late_changes_nothing(case, faults):
    await case.child("C-1")
    await case.child("C-2", date_of_birth="2020-05-03")
    await case.conference("K-1", "C-1", held_on="2026-11-20", source_version=9)
    late = await case.conference("K-1", "C-1", "C-2", held_on="2026-11-19", source_version=5)
    assert (late["held_on"], [each["child"] for each in late["children"]]) == ("2026-11-20", ["C-1"])
    assert await faults() == {}


async def test_writers_of_meetings_about_the_same_children_take_turns(case):
    await case.child("C-1", "C-2", "C-3")
    groups = [("C-1", "C-2"), ("C-2", "C-1"), ("C-3", "C-1"), ("C-2", "C-3")]
    answers = await asyncio.gather(
        *(case.try_conference(f"K-{n}", *group, held_on="2026-11-20") for n, group in enumerate(groups))
    )
    assert [answer.status_code for answer in answers] == [201] * 4
    assert [await case.histories(f"C-{n}") for n in (1, 2, 3)] == [1, 1, 1]


def test_what_was_held_or_cancelled_can_only_be_corrected():
    assert {state for state, verbs in CONFERENCE.steps.items() if not verbs} == {
        ConferenceStatus.HELD,
        ConferenceStatus.CANCELLED,
    }


HELD = {"held_on": "2026-11-20"}
REFUSED = [
    ([("C-1")], {"held_on": "2026-11-24"}, "in_the_future"),
    ([("C-1")], {}, "contradiction"),
    ([("C-1"), ("C-1")], HELD, "contradiction"),
    ([("C-1", "plan")], HELD, "category_required"),
    ([("C-1", "no_plan", "NEG")], HELD, "contradiction"),
    ([("C-1", "plan", "XYZ")], HELD, "validation"),
    ([("C-1", "plan", "NEG")], {"scheduled_on": "2026-12-01"}, "contradiction"),
    ([("C-1")], {"scheduled_on": "2026-12-01", "quorate": True}, "contradiction"),
    ([("C-1")], HELD | {"notified_on": "2026-11-01"}, "contradiction"),
    ([("C-1")], HELD | {"minutes_sent_on": "2026-11-19"}, "contradiction"),
    ([("C-1")], HELD | {"late_reason": "the_weather"}, "validation"),
    ([("C-1")], HELD | {"attended": {"parents": -1}}, "validation"),
    ([], HELD, "validation"),
    ([("C-9")], HELD, "not_found"),
]


async def test_a_conference_that_cannot_be_is_refused_and_not_stored(case):
    await case.child("C-1")
    for children, fields, code in REFUSED:
        answer = await case.try_conference("K-1", *children, **fields)
        assert refusal(answer)[1] == code, (children, fields)
    assert await case.town.rows("SELECT 1 FROM conference UNION ALL SELECT 1 FROM history") == []


async def test_a_conference_decides_only_for_its_own_children(case):
    await case.child("C-1", "C-2")
    await case.conference("K-1", "C-1", scheduled_on="2026-11-20")
    other = [{"child": "C-2", "outcome": "no_plan"}]
    answer = await case.step("conferences/K-1/hold", held_on="2026-11-20", children=other)
    assert refusal(answer) == (422, "contradiction")


async def test_who_plans_is_not_who_calls_off(case):
    await case.child("C-1")
    planned = await case.try_conference("K-1", "C-1", scheduled_on="2026-12-01", role=Role.BUSINESS_SUPPORT)
    assert planned.status_code == 201
    for role in (Role.BUSINESS_SUPPORT, Role.CP_CHAIR, Role.IRO):
        assert refusal(await case.step("conferences/K-1/cancel", role, **APPROVED)) == (403, "forbidden")
    assert (await case.step("conferences/K-1/cancel", Role.IRO_MANAGER, **APPROVED)).status_code == 200


async def test_conferences_are_listed_by_child_by_chair_and_by_day(case):
    await case.child("C-1", "C-2")
    await case.conference("K-1", "C-1", "C-2", held_on="2026-11-02", chair="chair-1")
    await case.conference("K-2", "C-1", scheduled_on="2026-12-01", chair="chair-2")
    await case.conference("K-3", "C-2", conference_type="review", scheduled_on="2026-12-08", chair="chair-1")
    for asked, found in {
        "": ["K-1", "K-2", "K-3"],
        "child=C-1": ["K-1", "K-2"],
        "chair=chair-1": ["K-1", "K-3"],
        "conference_type=review": ["K-3"],
        "from=2026-11-03&to=2026-12-01": ["K-2"],
    }.items():
        page = await case.get(f"conferences?{asked}")
        assert [each["reference"] for each in page["items"]] == found, asked
    first = await case.get("conferences?limit=2")
    rest = await case.get(first["next"].removeprefix("/v1/"))
    assert [each["reference"] for each in rest["items"]] == ["K-3"] and rest["next"] is None


@pytest.mark.parametrize(("day", "warnings"), [("2026-11-21", 1), ("2026-11-20", 0)])
async def test_an_initial_conference_on_a_weekend_is_questioned_by_the_census(case, day, warnings):
    await case.child("C-1")
    assert len((await case.conference("K-1", "C-1", held_on=day))["warnings"]) == warnings
