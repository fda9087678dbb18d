"""Those who run Duecare hear in time that nothing reaches a subscription, and what was given up."""

from datetime import timedelta

import pytest

from services.scheduler.deliveries.failing import (
    PATIENCE,
    UNTRIED,
    Tried,
    Trouble,
    after_attempts,
    warnings_due,
)
from services.scheduler.deliveries.retry import JITTER, SCHEDULE
from services.scheduler.deliveries.warnings import look_at_failing
from shared.auth.principal import Role
from tests.conftest import NOON
from tests.scheduler.receiver import Receiver
from tests.scheduler.test_deliveries import listed

HALF = PATIENCE / 2


@pytest.mark.parametrize(
    ("part", "warned", "due"),
    [
        (0.0, 0, []),
        (0.499, 0, []),
        (0.5, 0, [50]),
        (0.5, 50, []),
        (0.7, 50, [70]),
        (0.95, 50, [70, 90]),
        (1.0, 90, [100]),
        (3.0, 100, []),
        (3.0, 0, [50, 70, 90, 100]),
    ],
)
def test_each_mark_is_warned_of_once(part, warned, due):
    assert warnings_due(Trouble(NOON, NOON, warned), NOON + PATIENCE * part, PATIENCE) == due


def test_trouble_begins_with_the_first_failure_after_the_last_success_in_whatever_order_they_are_recorded():
    tried = [Tried(NOON + timedelta(seconds=n), arrived=n == 2) for n in (5, 4, 2, 1)]
    fourth, fifth = (NOON + timedelta(seconds=n) for n in (4, 5))
    assert after_attempts(None, tried) == Trouble(fourth, fifth)
    assert after_attempts(Trouble(NOON, NOON, 70), tried[:2]) == Trouble(NOON, fifth, 70)
    assert after_attempts(Trouble(NOON, NOON, 70), [Tried(NOON + HALF, arrived=True)]) is None


def test_trouble_begins_anew_after_a_time_without_attempts_that_is_longer_than_any_pause_between_them():
    assert timedelta(seconds=SCHEDULE[-1] * (1 + JITTER)) < UNTRIED < HALF
    before = Trouble(NOON, NOON + HALF, 70)
    for pause, began in ((UNTRIED, NOON), (UNTRIED + timedelta(seconds=1), None)):
        at = NOON + HALF + pause
        trouble = after_attempts(before, [Tried(at, arrived=False)])
        assert trouble == Trouble(began or at, at, 70 if began else 0)


async def said(bureau, receiver):
    """What the operators' own subscription has heard: the type, and the percent where there is one."""
    await bureau.relay()
    await bureau.deliver()
    return [(hook.event["type"], hook.event["data"].get("percent")) for hook in receiver.hooks]


async def shown(bureau, subscription):
    answer = await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{subscription['id']}")
    return answer.json()


async def test_an_address_that_fails_for_days_is_warned_of_four_times_and_then_ended(bureau):
    operators = ("subscription.failing", "subscription.ended", "delivery.died")
    async with Receiver.listening() as attentive, Receiver.listening(*["500 Oh No"] * 99) as broken:
        watched = await bureau.subscribe(attentive, *operators)
        failing = await bureau.subscribe(broken, "deadline.breached", *operators)
        await bureau.look_after()
        await bureau.tell()
        began = bureau.now
        for part in (0.2, 0.4, 0.51, 0.71, 0.71, 0.91):
            bureau.clock.set(began + PATIENCE * part)
            await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
            await bureau.deliver()
        assert await said(bureau, attentive) == [("subscription.failing", mark) for mark in (50, 70, 90)]
        bureau.clock.set(began + PATIENCE * 1.1)  # whatever the retries' jitter
        await bureau.deliver()
        heard = await said(bureau, attentive)
        assert heard[3:] == [("subscription.failing", 100), ("subscription.ended", None)]
        assert {hook.event["data"]["subscription_id"] for hook in attentive.hooks} == {failing["id"]}
        assert (await shown(bureau, failing))["ended_because"] == "failing"
        assert (await shown(bureau, watched))["ended_at"] is None
        assert {each["state"] for each in (await listed(bureau, failing))["deliveries"]} == {"ended"}
        assert all(hook.event["type"] == "deadline.breached" for hook in broken.hooks)


async def test_one_event_that_a_receiver_never_takes_does_not_end_a_quiet_subscription(bureau):
    async with Receiver.listening(*["422 Not That One"] * 11) as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        for pause in SCHEDULE:
            bureau.town.pass_time(seconds=pause * (1 + JITTER) + 1)
            await bureau.deliver()
        assert [each["state"] for each in (await listed(bureau, subscription))["deliveries"]] == ["dead"]
        bureau.town.pass_time(days=30)
        await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
        await bureau.look_after()
        await bureau.tell()
        [row] = await bureau.town.rows("SELECT failing_since, warned_percent, ended_at FROM subscription")
        assert tuple(row) == (bureau.now, 0, None)
        assert len(receiver.hooks) == len(SCHEDULE) + 2


@pytest.mark.parametrize("known", [True, False], ids=["", "of a failure that an earlier version wrote down"])
async def test_faults_of_our_own_for_days_after_a_failure_do_not_end_a_subscription(bureau, known):
    async with Receiver.listening("503 Busy", "503 Busy") as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        [[secret]] = await bureau.town.rows("SELECT secret FROM subscription", "duecare_scheduler")
        await bureau.town.rows("UPDATE subscription SET secret = 'whsec_é' RETURNING 1", "duecare_scheduler")
        if not known:
            await bureau.town.rows("UPDATE subscription SET tried_at = NULL RETURNING 1", "duecare_scheduler")
        for _ in range(12):
            bureau.town.pass_time(hours=12)
            await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
            await bureau.deliver()
        restore = f"UPDATE subscription SET secret = '{secret}' RETURNING 1"
        await bureau.town.rows(restore, "duecare_scheduler")
        bureau.town.pass_time(minutes=6)
        await bureau.deliver()
        [row] = await bureau.town.rows("SELECT failing_since, warned_percent, ended_at FROM subscription")
        assert (tuple(row), len(receiver.hooks)) == ((bureau.now, 0, None), 2)


async def test_one_arrival_ends_the_trouble_and_a_pause_does_not_count(bureau):
    async with Receiver.listening("500 Oh No") as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        [row] = await bureau.town.rows("SELECT failing_since FROM subscription")
        assert row.failing_since == bureau.now
        path = f"/v1/subscriptions/{subscription['id']}"
        assert (await bureau.town.ask("scheduler", "POST", f"{path}/pause")).status_code == 200
        bureau.town.pass_time(days=30)
        await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
        assert (await bureau.town.ask("scheduler", "POST", f"{path}/resume")).status_code == 200
        await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
        [row] = await bureau.town.rows("SELECT failing_since FROM subscription")
        assert row.failing_since == bureau.now
        await bureau.deliver()
        assert len(receiver.hooks) == 2
        [row] = await bureau.town.rows("SELECT failing_since, warned_percent, ended_at FROM subscription")
        assert tuple(row) == (None, 0, None)


async def test_a_pause_in_the_middle_of_trouble_is_no_part_of_it(bureau):
    async with Receiver.listening(*["500 Oh No"] * 9) as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        began = bureau.now
        for _ in range(2):
            bureau.town.pass_time(days=1)
            await bureau.deliver()
        path = f"/v1/subscriptions/{subscription['id']}"
        await bureau.town.ask("scheduler", "POST", f"{path}/pause")
        bureau.town.pass_time(days=3)
        await bureau.town.ask("scheduler", "POST", f"{path}/resume")
        await look_at_failing(bureau.engine, bureau.town.authority, bureau.now, PATIENCE)
        [row] = await bureau.town.rows("SELECT failing_since FROM subscription")
        assert row.failing_since == began + timedelta(days=3)


async def test_what_died_is_told_of_once_and_two_dead_addresses_do_not_tell_of_each_other_for_ever(bureau):
    async with (
        Receiver.listening(*["500 Oh No"] * 9) as one,
        Receiver.listening(*["500 Oh No"] * 9) as other,
    ):
        await bureau.subscribe(one, "deadline.breached")
        await bureau.subscribe(other, "delivery.died")
        await bureau.look_after()
        await bureau.sweep()
        for _ in range(3):
            await bureau.relay()
            await bureau.town.rows("UPDATE delivery SET attempts = 9 RETURNING 1", "duecare_scheduler")
            await bureau.deliver()
        first = (await bureau.town.ask("scheduler", "GET", "/v1/dead_letters?limit=1")).json()
        rest = (await bureau.town.ask("scheduler", "GET", f"/v1/dead_letters?after={first['next']}")).json()
        dead = [(each["type"], each["position"]) for each in first["dead_letters"] + rest["dead_letters"]]
        assert dead == [("deadline.breached", 2), ("delivery.died", 3)]
        assert (await bureau.told()).count("delivery.died") == 1
        assert rest["next"] is None


async def test_a_receiver_that_fails_for_three_days_is_tried_at_the_schedule_and_delays_nobody(bureau):
    async with Receiver.listening(*["500 Oh No"] * 9) as failing, Receiver.listening() as other:
        subscription = await bureau.subscribe(failing, "deadline.breached")
        await bureau.subscribe(other, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        assert len(other.hooks) == 1
        for pause in SCHEDULE:
            bureau.town.pass_time(seconds=pause * (1 - JITTER) - 1)
            before = len(failing.hooks)
            await bureau.deliver()
            assert len(failing.hooks) == before
            bureau.town.pass_time(seconds=pause * 2 * JITTER + 2)
            await bureau.deliver()
        [delivery] = (await listed(bureau, subscription))["deliveries"]
        assert (delivery["state"], len(delivery["tried"])) == ("delivered", len(SCHEDULE) + 1)
        assert {hook.id for hook in failing.hooks} == {other.hooks[0].id}
        assert len({hook.body for hook in failing.hooks}) == 1


async def test_how_an_answer_began_is_shown_to_operators_alone(bureau):
    async with Receiver.listening("500 Oh No") as receiver:
        receiver.says = "No such queue."
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        path = f"/v1/subscriptions/{subscription['id']}/deliveries"
        for role, seen in ((Role.OPERATOR, "No such queue."), (Role.CASE_SYSTEM, None)):
            answer = (await bureau.town.ask("scheduler", "GET", path, role=role)).json()
            assert answer["deliveries"][0]["tried"][0]["first_bytes"] == seen
