import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest

from services.scheduler.deliveries.models import Outcome, State
from services.scheduler.deliveries.retry import JITTER, SCHEDULE, after_attempt, retry_after
from services.scheduler.feed.heads import Heads
from shared.loops import Loops, waited_out

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHANCE = random.Random(3)


def test_attempts_follow_the_schedule_and_then_the_delivery_is_dead():
    for failures, pause in enumerate(SCHEDULE, start=1):
        next_ = after_attempt(Outcome.REFUSED, failures, NOW, CHANCE)
        assert next_.state is State.WAITING
        assert abs((next_.at - NOW).total_seconds() - pause) <= pause * JITTER
    assert after_attempt(Outcome.REFUSED, len(SCHEDULE) + 1, NOW, CHANCE).state is State.DEAD


def test_only_a_delivery_is_a_success():
    for outcome in Outcome:
        delivered = after_attempt(outcome, 1, NOW, CHANCE).state is State.DELIVERED
        assert delivered is (outcome is Outcome.DELIVERED)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("120", NOW + timedelta(minutes=2)),
        ("Mon, 23 Nov 2026 13:00:00 GMT", NOW + timedelta(hours=1)),
        ("999999999999999", NOW + timedelta(days=1)),
        ("Fri, 23 Nov 2035 13:00:00 GMT", NOW + timedelta(days=1)),
        ("soon", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_patience_is_granted_for_a_day_at_most(header, wanted):
    assert retry_after(header, NOW) == wanted


async def test_a_loop_that_fails_stops_the_process_once():
    stops, loops = [], Loops(stop=lambda: stops.append("stop"))

    async def breaks():
        raise KeyError("a name that must not be logged")

    loops.start("sweep", breaks)
    loops.start("relay", breaks)
    await asyncio.wait(loops.tasks.values())
    await asyncio.sleep(0)
    assert loops.failed
    assert stops == ["stop"]


async def test_a_database_that_is_away_is_waited_for():
    answers = [ConnectionRefusedError(), TimeoutError(), "back"]

    async def work():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert await waited_out("sweep", work) == "back"


async def test_a_fault_of_ours_is_not_waited_for():
    async def work():
        raise KeyError

    with pytest.raises(KeyError):
        await waited_out("sweep", work)


async def test_a_waiting_stream_wakes_when_the_feed_moves_and_not_before():
    heads = Heads()
    assert heads.tell("E1", 5)
    assert not heads.tell("E1", 5)
    assert await heads.beyond("E1", 4, 1)
    assert not await heads.beyond("E1", 5, 0.01)
    waiting = asyncio.create_task(heads.beyond("E1", 5, 5))
    await asyncio.sleep(0)
    heads.tell("E2", 9)
    heads.tell("E1", 6)
    assert await waiting
