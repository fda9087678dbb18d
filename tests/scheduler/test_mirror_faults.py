"""Operators can tell a mirror that waits for NATS from one that is broken."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from nats.errors import NoServersError
from nats.errors import TimeoutError as NatsTimeout

from services.scheduler.mirror.cursor import Told
from services.scheduler.mirror.figures import AWAY, FAULTS
from services.scheduler.mirror.mirroring import Mirror
from shared.loops import LEFT_OUT


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


async def test_where_nats_takes_nothing_of_one_council_it_is_nats_that_is_waited_for_and_the_other_is_mirrored(
    bureau, next_door
):
    given: list[str] = []

    async def give(authority: str, events: list[Told]) -> int:
        if authority == bureau.town.authority:
            raise NatsTimeout
        given.append(authority)
        return len(events)

    both = [bureau.town.authority, next_door.town.authority]

    async def councils() -> list[str]:
        return both

    for each in (bureau, next_door):
        await each.publish(3)
        await each.relay()
    stream = SimpleNamespace(doubtful=False, closed=asyncio.Event(), name="DUECARE", give=give)
    mirror = Mirror(bureau.engine, Broken(NatsTimeout()), councils)
    mirror.checked |= dict.fromkeys(both, time.monotonic())
    before, waited = LEFT_OUT.labels("mirror")._value.get(), AWAY._value.get()
    assert await mirror.round(stream)
    assert given == [next_door.town.authority]
    assert AWAY._value.get() - waited == 1
    await next_door.publish(1)
    await next_door.relay()
    assert await mirror.round(stream)  # and the one is not asked for again yet
    assert (len(given), AWAY._value.get() - waited) == (2, 1)
    mirror.resting.clear()
    with pytest.raises(NatsTimeout):  # nobody else has anything: it may as well be all of NATS
        await mirror.round(stream)
    assert (
        LEFT_OUT.labels("mirror")._value.get() == before
    )  # of which somebody is told that it is the database


async def test_where_nats_takes_nothing_of_two_councils_the_others_are_not_tried_in_vain(bureau, next_door):
    asked: list[str] = []

    async def give(authority: str, events: list[Told]) -> int:
        asked.append(authority)
        raise NatsTimeout

    both = [bureau.town.authority, next_door.town.authority]

    async def councils() -> list[str]:
        return both * 3

    for each in (bureau, next_door):
        await each.publish(3)
        await each.relay()
    stream = SimpleNamespace(doubtful=False, closed=asyncio.Event(), name="DUECARE", give=give)
    mirror = Mirror(bureau.engine, Broken(NatsTimeout()), councils)
    mirror.checked |= dict.fromkeys(both, time.monotonic())
    with pytest.raises(NatsTimeout):
        await mirror.round(stream)
    assert len(asked) == 2
