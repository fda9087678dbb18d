"""What a reader of the feed may ask for: some types, one subject, one child, some teams, some officers."""

import asyncio

import pytest

from services.scheduler.feed.filters import Filter
from services.scheduler.feed.queries import SPAN, stretch
from shared.auth.principal import Principal, Role
from shared.auth.restricted import restricted_from, restrictions
from shared.db.session import authority_session

UNSEEN = {"restricted": True, "restricted_to": ["iro-jo"], "team": "north"}
STAY = {"started_on": "2026-09-01"}
MEETING = {"conference_type": "initial", "scheduled_on": "2026-12-08"}


@pytest.fixture
async def council(bureau):
    """Three children in care, the third restricted, one with an officer; and a meeting about two of them."""
    for child, known in (("C-1", {"team": "north"}), ("C-2", {"team": "south"}), ("C-3", UNSEEN)):
        await bureau.town.put(f"/v1/children/{child}", known)
        await bureau.town.put(f"/v1/care_periods/{child}", STAY | {"child": child})
    officer = {"care_period": "C-1", "officer": "iro-1", "allocated_at": "2026-09-02T09:00:00Z"}
    await bureau.town.put("/v1/allocations/A-1", officer)
    both = [{"child": "C-1"}, {"child": "C-2"}]
    await bureau.town.put("/v1/conferences/K-1", MEETING | {"children": both})
    await bureau.sweep()
    await bureau.relay()
    return bureau


async def read(bureau, query, subject="case-system", role=Role.CASE_SYSTEM):
    """The events on a page, and where it ends."""
    bearer = f"Bearer {bureau.town.token(role, subject)}"
    answer = await bureau.town.ask("scheduler", "GET", f"/v1/events?{query}", authorization=bearer)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    return [each["event"] for each in page["events"]], page["next"], page["head"]


async def child_id(bureau, reference):
    [[child]] = await bureau.town.rows("SELECT id FROM child WHERE reference = :r", r=reference)
    return str(child)


async def test_a_page_of_some_types_or_families_comes_to_the_end_of_the_feed(council):
    events, next_, head = await read(council, "limit=1000&type=deadline.*&type=iro.allocated")
    everything = (await read(council, "limit=1000"))[0]
    named = [each for each in everything if each["type"].startswith(("deadline.", "iro.allocated"))]
    assert 0 < len(named) < len(everything)
    assert (events, next_) == (named, head)
    assert await read(council, "type=breach.withdrawn") == ([], head, head)


async def test_whoever_asks_for_few_at_once_gets_all_of_them_in_order(council):
    wanted, after, head = [], 0, 1
    while after < head:
        events, after, head = await read(council, f"after={after}&limit=2&type=deadline.breached")
        wanted += events
    assert wanted == (await read(council, "limit=1000&type=deadline.breached"))[0]
    assert len(wanted) >= 3


async def test_a_child_has_its_own_events_and_those_of_its_meetings(council):
    child = await child_id(council, "C-2")
    events = (await read(council, f"limit=1000&child={child}"))[0]
    everything = (await read(council, "limit=1000"))[0]
    assert events == [each for each in everything if child in str(each["data"])]
    assert {"child.upserted", "conference.scheduled"} <= {each["type"] for each in events}


async def test_a_subject_has_its_own_story(council):
    breach = (await read(council, "type=deadline.breached"))[0][0]
    told = (await read(council, f"limit=1000&subject={breach['subject']}"))[0]
    assert [each["type"] for each in told][-1] == "deadline.breached"
    assert {each["subject"] for each in told} == {breach["subject"]}
    assert (await read(council, f"subject=review/{breach['subject'].partition('/')[2]}"))[0] == []


async def test_teams_and_officers_have_theirs(council):
    north = (await read(council, "limit=1000&team=north"))[0]
    either = (await read(council, "limit=1000&team=north&team=south"))[0]
    officers = (await read(council, "limit=1000&officer=iro-1&team=north"))[0]
    assert 0 < len(officers) < len(north) < len(either)
    assert (await read(council, "officer=nobody"))[0] == []


async def test_no_filter_finds_what_is_told_of_a_restricted_child(council):
    child = await child_id(council, "C-3")
    for query in (f"child={child}", "team=north", "type=deadline.*", "type=child.upserted"):
        seen, next_, head = await read(council, f"limit=1000&{query}", "iro-stranger", Role.IRO)
        assert child not in str(seen) and next_ == head
        assert child in str((await read(council, f"limit=1000&{query}", "iro-jo", Role.IRO))[0])


@pytest.mark.parametrize(
    "query",
    [
        "type=deadline",
        "type=deadline.exploded",
        "type=*",
        "subject=deadline",
        "subject=x/1",
        "child=C-1",
        "team=a%20b",
        "officer=",
        "wait=31",
        "wait=-1",
        "wait=nan",
        "&".join(f"team=t-{n}" for n in range(51)),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(bureau, query):
    for path in ("/v1/events", "/v1/events/stream"):
        if "wait" not in query or path == "/v1/events":
            answer = await bureau.town.ask("scheduler", "GET", f"{path}?{query}")
            assert answer.status_code == 422, answer.text


async def test_an_unknown_type_is_answered_with_the_known_ones(bureau):
    answer = await bureau.town.ask("scheduler", "GET", "/v1/events?type=deadline.exploded")
    [error] = answer.json()["errors"]
    assert error["pointer"] == "query/type/0"
    assert "deadline.breached" in error["message"] and "exploded" not in error["message"]


def test_a_read_for_few_events_looks_through_so_many_places_and_says_how_far_it_came():
    rare = Filter(types=("deadline.met",))
    assert stretch("E1", rare, frozenset(), 5, 1_000_000, 10).until == SPAN + 5
    assert stretch("E1", rare, frozenset(), 5, 8, 10).until == 8
    assert stretch("E1", Filter(), frozenset(), 5, 1_000_000, 10).until == 15


async def test_who_waits_is_answered_as_soon_as_something_that_they_want_is_there(bureau):
    heads = bureau.town.apps["scheduler"].state.readings.heads
    waiting = asyncio.create_task(read(bureau, "wait=30&type=deadline.breached"))
    await bureau.publish(2)
    heads.tell(bureau.town.authority, await bureau.relay())
    await asyncio.wait({waiting}, timeout=0.2)
    assert not waiting.done()
    assert bureau.engine.pool.checkedout() == 0
    await bureau.look_after()
    await bureau.sweep()
    heads.tell(bureau.town.authority, await bureau.relay())
    [breach], next_, head = await asyncio.wait_for(waiting, 5)
    assert breach["type"] == "deadline.breached" and next_ == head == 4


async def test_who_waits_in_vain_is_told_how_far_the_feed_has_come(bureau):
    await bureau.publish(2)
    await bureau.relay()
    assert await read(bureau, "wait=0.05&type=deadline.met") == ([], 2, 2)


async def test_asked_for_all_or_for_one_the_restricted_children_are_the_same(council):
    async with authority_session(council.engine, council.town.authority) as session:
        everyone = await restrictions(session, council.town.authority)
        for subject, role in (("iro-jo", Role.IRO), ("iro-stranger", Role.IRO), ("x", Role.AUDITOR)):
            who = Principal(subject, council.town.authority, frozenset({role}))
            assert everyone.hidden_from(who) == await restricted_from(session, who)
