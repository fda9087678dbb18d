"""Strategy discussions, core groups and pre-proceedings: told, corrected, withdrawn, refused."""

import pytest

from tests.facts.record import refusal

CHILD = {"child": "C-1"}


async def test_only_the_discussion_that_initiated_enquiries_starts_the_clock(case, faults):
    await case.child("C-1")
    await case.strategy("S-1", "C-1", "2026-11-02", "not_initiated")
    await case.strategy("S-2", "C-1", "2026-11-09")
    await case.strategy("S-3", "C-1", "2026-11-12", "continued")
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-11-30", "open")]
    await case.strategy("S-2", "C-1", "2026-11-10")
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-12-01", "open")]
    await case.withdrawn("S-2", "strategy_discussions")
    assert await case.owed_to("C-1", "icpc-15wd") == [("2026-12-01", "withdrawn")]
    assert await case.histories("C-1") == 1
    assert await faults() == {}


async def test_a_discussion_is_decided_on_and_held_within_a_day(case):
    await case.child("C-1")
    body = CHILD | {"decided_at": "2026-06-01T10:00:00Z"}
    await case.put("/v1/strategy_discussions/S-1", body)
    assert await case.owed_to("C-1", "cp-strategy-discussion") == [("2026-06-02", "open")]
    held = {"held_at": "2026-06-01T23:30:00Z", "section47": "initiated"}
    shown = (await case.put("/v1/strategy_discussions/S-1", body | held)).json()
    assert shown["held_on"] == "2026-06-02"
    assert await case.owed_to("C-1", "cp-strategy-discussion") == [("2026-06-02", "met")]


async def test_core_groups_follow_one_another(case, faults):
    await case.child("C-1")
    await case.plan("P-1", "C-1", "2026-06-26")
    await case.core_group("G-1", "C-1", "2026-07-08", plan="P-1")
    assert await case.owed_to("C-1", "cp-core-group-first") == [("2026-07-10", "met")]
    assert await case.owed_to("C-1", "cp-core-group-subsequent") == [("2026-08-05", "open")]
    await case.core_group("G-1", "C-1", "2026-07-13", plan="P-1")
    assert await case.owed_to("C-1", "cp-core-group-first") == [("2026-07-10", "met_late")]
    await case.withdrawn("G-1", "core_groups")
    assert await case.owed_to("C-1", "cp-core-group-first") == [("2026-07-10", "open")]
    assert await faults() == {}


async def test_records_are_told_in_the_history_that_was_opened_for_the_child(case):
    await case.opened("protection")
    plan = await case.plan("P-1", "C-1", "2026-06-26")
    history = await case.get("histories/H-1")
    assert (plan["history_id"], await case.histories("C-1")) == (history["id"], 1)


REFUSED = [
    ("strategy_discussions", CHILD, "contradiction"),
    ("strategy_discussions", CHILD | {"held_on": "2026-11-20"}, "contradiction"),
    ("strategy_discussions", CHILD | {"held_on": "2026-11-24", "section47": "initiated"}, "in_the_future"),
    (
        "strategy_discussions",
        {"child": "C-9", "held_on": "2026-11-20", "section47": "initiated"},
        "not_found",
    ),
    ("core_groups", CHILD | {"held_on": "2026-11-24"}, "in_the_future"),
    ("core_groups", CHILD | {"held_on": "2026-11-01", "plan": "P-1"}, "outside_plan"),
    ("core_groups", {"child": "C-2", "held_on": "2026-11-20", "plan": "P-1"}, "contradiction"),
    ("pre_proceedings", CHILD, "contradiction"),
    ("pre_proceedings", CHILD | {"started_on": "2026-11-24"}, "in_the_future"),
    ("pre_proceedings", CHILD | {"started_on": "2026-11-02", "ended_on": "2026-11-01"}, "out_of_order"),
    ("pre_proceedings", CHILD | {"issued_on": "2026-11-02", "letter_sent_on": "2026-11-01"}, "contradiction"),
    ("pre_proceedings", CHILD | {"started_on": "2026-11-02", "concluded_on": "2026-11-03"}, "contradiction"),
    ("pre_proceedings", CHILD | {"started_on": "2026-11-02", "outcome": "other"}, "contradiction"),
]


async def test_what_cannot_be_is_refused_and_not_stored(case):
    await case.child("C-1", "C-2")
    await case.plan("P-1", "C-1", "2026-11-02")
    for resource, body, code in REFUSED:
        answer = await case.put(f"/v1/{resource}/X-1", body)
        assert refusal(answer)[1] == code, (resource, body)
    told = await case.town.rows(
        "SELECT 1 FROM strategy_discussion UNION ALL SELECT 1 FROM core_group UNION ALL"
        " SELECT 1 FROM pre_proceedings"
    )
    assert told == [] and await case.histories("C-1", "court") == 0


@pytest.mark.parametrize("resource", ["strategy_discussions", "core_groups", "pre_proceedings"])
async def test_an_earlier_version_of_the_source_changes_nothing(case, resource):
    await case.child("C-1")
    day = "started_on" if resource == "pre_proceedings" else "held_on"
    body = CHILD | ({"section47": "initiated"} if resource == "strategy_discussions" else {})
    for number in (9, 5):
        said = body | {day: f"2026-11-{number:02}", "source_version": number}
        answer = await case.town.put(f"/v1/{resource}/X-1", said)
    assert answer.json()[day] == "2026-11-09"
    other = await case.town.put(f"/v1/{resource}/X-1", body | {day: "2026-11-12", "source_version": 12})
    assert other.json()["version"] == 2


async def test_a_record_never_changes_its_child(case):
    await case.child("C-1", "C-2")
    await case.core_group("G-1", "C-1", "2026-11-20")
    answer = await case.put("/v1/core_groups/G-1", {"child": "C-2", "held_on": "2026-11-20"})
    assert refusal(answer) == (422, "contradiction")
    assert await case.histories("C-2") == 0
