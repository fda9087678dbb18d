"""PUT by the caller's own reference: whoever repeats themselves changes nothing, and nobody is overwritten unread."""

import asyncio
from typing import Any

import pytest

from tests.town import Town

RECORDS = {
    "/v1/children/C-1": ({}, {"date_of_birth": "2014-05-03"}),
    "/v1/care_periods/CP-1": (
        {"child": "C-1", "started_on": "2026-11-02"},
        {"child": "C-1", "started_on": "2026-11-03"},
    ),
    "/v1/allocations/A-1": (
        {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"},
        {"care_period": "CP-1", "officer": "iro-2", "allocated_at": "2026-11-03T09:30:00Z"},
    ),
    "/v1/reviews/R-1": (
        {"care_period": "CP-1", "scheduled_on": "2026-11-26"},
        {"care_period": "CP-1", "held_on": "2026-11-20", "participation": "PN1"},
    ),
    "/v1/midpoint_checks/M-1": (
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"},
        {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "on_track"},
    ),
    "/v1/care_planning_meetings/CPM-1": (
        {
            "care_period": "CP-1",
            "held_on": "2026-11-20",
            "decisions_recorded": True,
            "minutes_on_record": False,
        },
        {
            "care_period": "CP-1",
            "held_on": "2026-11-20",
            "decisions_recorded": True,
            "minutes_on_record": True,
            "plan_updated_on": "2026-11-21",
        },
    ),
    "/v1/visits/V-1": tuple(
        {
            "history": "CP-1",
            "worker": "sw-1",
            "role": role,
            "kind": "visit",
            "visited_on": "2026-11-20",
            "mode": "in_person",
            "seen": True,
            "seen_alone": "yes",
        }
        for role in ("social_worker", "iro")
    ),
    "/v1/milestones/H-1": (
        {"history": "CP-1", "kind": "health_assessment", "completed_on": "2026-11-20"},
        {"history": "CP-1", "kind": "health_assessment", "completed_on": "2026-11-19"},
    ),
}


async def furnished(town: Town, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the record at `path` needs to exist; its first and its second content."""
    for needed, (body, _) in list(RECORDS.items())[:2]:
        if needed != path:
            await town.put(needed, body)
        else:
            break
    return RECORDS[path]


async def told(town: Town) -> list[Any]:
    """Everything that a write leaves behind: facts, events, deadlines and their revisions."""
    return [
        await town.rows("SELECT id, withdrawn_at FROM fact ORDER BY id"),
        await town.rows("SELECT id FROM outbox_event ORDER BY seq"),
        await town.rows("SELECT id, version, revision, alarms FROM deadline ORDER BY id"),
    ]


@pytest.mark.parametrize("path", RECORDS)
async def test_a_put_creates_repeats_and_changes(town, path):
    first, second = await furnished(town, path)
    created = await town.ask("reviews", "PUT", path, first)
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    before = await told(town)
    town.pass_time(minutes=1)

    for if_match in ({}, {"if_match": '"1"'}, {"if_match": '"99"'}):
        again = await town.ask("reviews", "PUT", path, first, **if_match)
        assert (again.status_code, again.headers["etag"], again.json()) == (200, '"1"', created.json())
    assert await told(town) == before

    unread = await town.ask("reviews", "PUT", path, second)
    assert (unread.status_code, unread.json()["type"]) == (428, "urn:duecare:problem:if_match_required")
    stale = await town.ask("reviews", "PUT", path, second, if_match='"7"')
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:duecare:problem:stale")
    assert await told(town) == before

    changed = await town.ask("reviews", "PUT", path, second, if_match='"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json() != created.json() and changed.json()["id"] == created.json()["id"]
    read = await town.ask("reviews", "GET", path)
    assert (read.status_code, read.headers["etag"]) == (200, '"2"')
    assert await told(town) != before


FORGED = ("", "*x", "1", '""', '"1', "W/", '"' + "1" * 5000 + '"', "\x7f", '"-1", "0"', '"01"')


async def test_a_forged_version_is_stale(town):
    await town.put("/v1/children/C-1", {})
    for if_match in FORGED:
        answer = await town.ask(
            "reviews", "PUT", "/v1/children/C-1", {"display_name": "A"}, if_match=if_match
        )
        assert answer.status_code == 412, if_match


@pytest.mark.parametrize("path", RECORDS)
async def test_two_who_create_the_same_record_at_once_create_one(town, path):
    first, _ = await furnished(town, path)
    answers = await asyncio.gather(*(town.ask("reviews", "PUT", path, first) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.text for answer in answers}) == 1
    assert len(await town.rows(f"SELECT 1 FROM {path.split('/')[2].replace('children', 'childs')[:-1]}")) == 1


async def test_of_two_who_change_the_same_version_one_is_told_that_it_is_stale(town):
    await town.put("/v1/children/C-1", {})
    names = [{"display_name": name} for name in "ABCD"]
    answers = await asyncio.gather(
        *(town.ask("reviews", "PUT", "/v1/children/C-1", name, if_match='"1"') for name in names)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


async def test_a_record_answers_to_our_id_too(town):
    made = (await town.put("/v1/children/C-1", {})).json()
    by_id = await town.ask("reviews", "PUT", f"/v1/children/{made['id']}", {})
    assert (by_id.status_code, by_id.json()) == (200, made)


@pytest.mark.parametrize("times", range(2))
async def test_a_hold_and_a_put_at_once_take_turns(town, times):
    await furnished(town, "/v1/reviews/R-1")
    await town.put("/v1/reviews/R-1", RECORDS["/v1/reviews/R-1"][0])
    moved = {"care_period": "CP-1", "scheduled_on": "2026-11-27"}
    held, put = await asyncio.gather(
        town.ask("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2026-11-20"}),
        town.ask("reviews", "PUT", "/v1/reviews/R-1", moved, if_match='"1"'),
    )
    assert held.status_code == 200 and put.status_code in (200, 412)
    review = (await town.ask("reviews", "GET", "/v1/reviews/R-1")).json()
    assert (review["status"], review["version"]) == ("held", 3 if put.status_code == 200 else 2)
    assert len(await town.rows("SELECT 1 FROM fact WHERE kind = 'review.held' AND withdrawn_at IS NULL")) == 1
