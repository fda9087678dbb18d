"""A webhook says nothing of a restricted child to a subscription whose maker may not see that child."""

import pytest

from services.scheduler.replays.replaying import carry_on
from shared.auth.principal import Role
from tests.scheduler.receiver import Receiver
from tests.scheduler.test_reconciliation import counted, figures

HIDDEN = {"restricted": True, "restricted_to": ["iro-jo"]}


@pytest.fixture
async def both():
    """The receivers of a subscription that the case system made, and of one that an operator made."""
    async with Receiver.listening() as councils, Receiver.listening() as operators:
        yield councils, operators


async def subscribed(bureau, both):
    councils, operators = both
    return await bureau.subscribe(councils), await bureau.subscribe(operators, role=Role.OPERATOR)


async def look_after_two(bureau, first):
    """Two children with a conference of both and a deadline each; the first one's id."""
    town = bureau.town
    for reference, fields in (("C-1", first), ("C-2", {})):
        await town.put(f"/v1/children/{reference}", fields)
        await town.put(f"/v1/care_periods/{reference}", {"child": reference, "started_on": "2026-09-01"})
    both = {"conference_type": "initial", "scheduled_on": "2026-11-20"}
    await town.put("/v1/conferences/K-1", both | {"children": [{"child": "C-1"}, {"child": "C-2"}]})
    await bureau.tell()
    [[child]] = await town.rows("SELECT id FROM child WHERE reference = 'C-1'")
    return str(child).encode()


def about(child, receiver):
    return {hook.id for hook in receiver.hooks if child in hook.body}


async def replay(bureau, subscription, body, status=202):
    path = f"/v1/subscriptions/{subscription['id']}/replays"
    answer = await bureau.town.ask("scheduler", "POST", path, body)
    assert answer.status_code == status, answer.text
    while await carry_on(bureau.engine, bureau.town.authority, bureau.now, 1000):
        await bureau.deliver()


async def test_what_an_operator_subscribed_hears_nothing_of_a_restricted_child_and_all_of_others(
    bureau, both
):
    made = await subscribed(bureau, both)
    assert [each["hears_restricted"] for each in made] == [True, False]
    child = await look_after_two(bureau, HIDDEN)
    councils, operators = both
    hidden = about(child, councils)
    assert len(hidden) > 3 and about(child, operators) == set()
    assert set(operators.ids) == set(councils.ids) - hidden != set()


async def test_nothing_is_missing_because_it_was_not_to_be_told_also_when_it_is_restricted_no_more(
    bureau, both
):
    _, made = await subscribed(bureau, both)
    await look_after_two(bureau, HIDDEN)
    for fields in ({}, HIDDEN):
        await bureau.town.put("/v1/children/C-1", fields, if_match="*")
        await bureau.tell()
        assert (await figures(bureau, made))["missing"] == 0
        assert await counted(bureau, "events_not_handed_out") == 0


async def test_a_replay_says_no_more_of_a_restricted_child_nor_what_was_told_before_it_was_one(bureau, both):
    councils, operators = both
    made = await subscribed(bureau, both)
    child = await look_after_two(bureau, {})
    before = about(child, operators)
    assert before == about(child, councils) != set()
    await bureau.town.put("/v1/children/C-1", HIDDEN, if_match="*")
    await bureau.tell()
    councils.hooks.clear()
    operators.hooks.clear()
    for each in made:
        await replay(bureau, each, {"after": 0, "historic": True})
    assert before < about(child, councils) and about(child, operators) == set()
    assert set(operators.ids) == set(councils.ids) - about(child, councils)
    for event in (min(before), min(about(child, councils) - before)):
        await replay(bureau, made[0], {"event_id": event})
        await replay(bureau, made[1], {"event_id": event}, status=422)
    assert about(child, operators) == set()


async def test_an_operator_sends_nowhere_else_what_hears_of_restricted_children(bureau, both):
    [councils, operators], ask = both, bureau.town.ask
    made = await bureau.subscribe(councils)
    path, elsewhere = f"/v1/subscriptions/{made['id']}", {"url": operators.url}
    narrower = {"url": councils.url, "types": ["deadline.*"]}
    for role, body, status in (
        (Role.OPERATOR, elsewhere, 403),
        (Role.OPERATOR, narrower, 200),
        (Role.CASE_SYSTEM, elsewhere, 200),
    ):
        answer = await ask("scheduler", "PUT", path, body, role=role, if_match="*")
        assert answer.status_code == status, answer.text


async def test_what_waits_about_a_child_who_is_restricted_before_it_is_sent_is_told_to_nobody_who_may_not_see_them(
    bureau, both
):
    _, made = await subscribed(bureau, both)
    councils, operators = both
    councils.answers = ["503 Busy"] * 100
    operators.answers = ["503 Busy"] * 100
    child = await look_after_two(bureau, {})
    waiting = about(child, operators)
    assert waiting
    await bureau.town.put("/v1/children/C-1", HIDDEN, if_match="*")
    heard = len(operators.hooks)
    councils.answers, operators.answers = [], []
    for _ in range(5):
        bureau.town.pass_time(hours=1)
        await bureau.tell()
    later = {hook.id for hook in operators.hooks[heard:]}
    assert later and not any(child in hook.body for hook in operators.hooks[heard:])
    assert waiting <= set(councils.ids)
    counted = await figures(bureau, made)
    assert counted["dropped"] > 0 and (counted["waiting"], counted["missing"]) == (0, 0)


async def test_an_operator_sees_of_every_dead_letter_that_it_is_there(bureau, both):
    await subscribed(bureau, both)
    councils, _ = both
    councils.answers = ["500 Oh No"] * 100
    await look_after_two(bureau, HIDDEN)
    await bureau.town.rows("UPDATE delivery SET attempts = 9 RETURNING 1", "duecare_scheduler")
    bureau.town.pass_time(hours=1)
    await bureau.deliver()
    [[dead]] = await bureau.town.rows("SELECT count(*) FROM delivery WHERE state = 'dead'")
    answer = await bureau.town.ask("scheduler", "GET", "/v1/dead_letters", role=Role.OPERATOR)
    assert dead > 3 and len(answer.json()["dead_letters"]) == dead
