"""Operators can tell a mirror that waits for NATS from one that is broken."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from nats.errors import NoServersError
from nats.errors import TimeoutError as NatsTimeout

from services.scheduler.mirror.checking import NotTaken
from services.scheduler.mirror.cursor import Told
from services.scheduler.mirror.figures import AWAY, FAULTS
from services.scheduler.mirror.mirroring import Mirror
from shared.loops import LEFT_OUT
from tests.scheduler.bureau import Bureau

Give = Callable[[str, list[Told]], Awaitable[int]]


class Broken:
    """A broker to whom every connection ends in this error."""

    stream = "DUECARE"

    def __init__(self, error: Exception) -> None:
        self.error, self.asked = error, asyncio.Event()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        self.asked.set()
        raise self.error
        yield


@pytest.mark.parametrize(
    ("error", "away", "faults"),
    [(NoServersError(), 1, 0), (ConnectionRefusedError(), 1, 0), (TypeError("of a child"), 0, 1)],
    ids=["nobody", "refused", "ours"],
)
async def test_what_is_no_fault_of_nats_is_counted_apart_and_its_place_is_logged(
    bureau, caplog, error, away, faults
):
    async def councils() -> list[str]:
        return []

    before = AWAY._value.get(), FAULTS._value.get()
    broker = Broken(error)
    mirroring = asyncio.create_task(Mirror(bureau.engine, broker, councils).run())
    await broker.asked.wait()
    await asyncio.sleep(0)
    mirroring.cancel()
    await asyncio.gather(mirroring, return_exceptions=True)
    assert (AWAY._value.get() - before[0], FAULTS._value.get() - before[1]) == (away, faults)
    errors = " ".join(each.message for each in caplog.records if each.levelno >= logging.ERROR)
    assert ("connected" in errors) is bool(faults) and "child" not in caplog.text


async def test_a_database_that_is_away_is_no_outage_of_nats(bureau, caplog):
    asked = asyncio.Event()

    async def councils() -> list[str]:
        asked.set()
        raise ConnectionRefusedError

    class There:
        stream = "DUECARE"

        @asynccontextmanager
        async def connected(self) -> AsyncIterator[SimpleNamespace]:
            yield SimpleNamespace(doubtful=False, closed=asyncio.Event(), name="DUECARE")

    before = AWAY._value.get(), FAULTS._value.get()
    mirroring = asyncio.create_task(Mirror(bureau.engine, There(), councils).run())
    await asked.wait()
    await asyncio.sleep(0)
    mirroring.cancel()
    await asyncio.gather(mirroring, return_exceptions=True)
    assert (AWAY._value.get(), FAULTS._value.get()) == before
    assert "the mirror waits" in caplog.text


def standing(give: Give) -> SimpleNamespace:
    """A connection to NATS through which events are given so."""
    return SimpleNamespace(doubtful=False, closed=asyncio.Event(), name="DUECARE", give=give)


def mirror_of(*bureaus: Bureau) -> Mirror:
    """A mirror of these councils, which has just been checked."""
    names = [each.town.authority for each in bureaus]

    async def councils() -> list[str]:
        return names

    mirror = Mirror(bureaus[0].engine, Broken(NatsTimeout()), councils)
    mirror.checked |= dict.fromkeys(names, time.monotonic())
    return mirror


async def tell(bureau: Bureau, events: int) -> None:
    await bureau.publish(events)
    await bureau.relay()


async def test_a_council_of_which_nats_takes_nothing_rests_while_the_other_is_mirrored(bureau, next_door):
    given: list[str] = []

    async def give(authority: str, events: list[Told]) -> int:
        if authority == bureau.town.authority:
            raise NatsTimeout
        given.append(authority)
        return len(events)

    await tell(bureau, 3)
    await tell(next_door, 3)
    mirror, stream = mirror_of(bureau, next_door), standing(give)
    before, waited = LEFT_OUT.labels("mirror")._value.get(), AWAY._value.get()
    assert await mirror.round(stream)
    assert (given, AWAY._value.get() - waited) == ([next_door.town.authority], 1)
    assert bureau.town.authority not in mirror.checked  # what it has come to is looked at again
    await tell(next_door, 1)
    assert await mirror.round(stream)
    assert (len(given), AWAY._value.get() - waited) == (2, 1)
    mirror.resting.clear()
    mirror.checked[bureau.town.authority] = time.monotonic()
    with pytest.raises(NatsTimeout):  # nobody else has anything: it may as well be all of NATS
        await mirror.round(stream)
    assert mirror.resting == {}
    assert (
        LEFT_OUT.labels("mirror")._value.get() == before
    )  # of which somebody is told that it is the database


async def test_a_connection_that_breaks_in_the_middle_is_no_one_council_s_and_nobody_rests(bureau, next_door):
    given: list[str] = []

    async def give(authority: str, events: list[Told]) -> int:
        given.append(authority)
        if len(given) == 2:
            stream.closed.set()
            return 0
        return len(events)

    await tell(bureau, 3)
    await tell(next_door, 3)
    mirror, stream, waited = mirror_of(bureau, next_door), standing(give), AWAY._value.get()
    with pytest.raises(NotTaken):
        await mirror.round(stream)
    assert (mirror.resting, AWAY._value.get() - waited) == ({}, 0)  # whoever hears of it counts it


async def test_of_what_a_slow_nats_takes_in_part_the_rest_is_given_at_once(bureau):
    async def give(authority: str, events: list[Told]) -> int:
        return 1

    await tell(bureau, 3)
    mirror, stream, waited = mirror_of(bureau), standing(give), AWAY._value.get()
    for left in (2, 1, 0):
        assert await mirror.round(stream)
        assert (mirror.behind, mirror.resting) == ({bureau.town.authority: left}, {})
    assert AWAY._value.get() == waited


async def test_where_nats_takes_nothing_of_two_councils_the_others_are_not_tried_in_vain(bureau, next_door):
    asked: list[str] = []

    async def give(authority: str, events: list[Told]) -> int:
        asked.append(authority)
        raise NatsTimeout

    await tell(bureau, 3)
    await tell(next_door, 3)
    with pytest.raises(NatsTimeout):
        await mirror_of(*[bureau, next_door] * 3).round(standing(give))
    assert len(asked) == 2
