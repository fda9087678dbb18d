"""R-26: all three services are told to end while they are read and written to."""

import asyncio

import httpx
import pytest

from shared.auth.principal import Role
from tests.faults.chance import LONG, note, size
from tests.faults.invariants import assert_honest, assert_invariants
from tests.faults.leaving import at_work, half_a_request, three_services, told_to_end
from tests.faults.proxy import Proxy
from tests.faults.reading import Reader
from tests.faults.stalling import stalled_reader
from tests.scheduler.live import until
from tests.scheduler.receiver import Receiver

READERS, WRITERS = size((20, 2), (100, 8))
OUT_WITHIN = 10.0  # seconds: what is required, and therefore without the slack of other limits
MORE_THAN_LIES_BETWEEN = 16_000  # events: what the buffers of a connection hold is a few megabytes
ASKED = {
    "reviews_api": ("/v1/children/C-1", Role.IRO),
    "escalation_api": ("/v1/escalations", Role.IRO),
    "scheduler": ("/v1/events", Role.OPERATOR),
}
EVENTS = "SELECT position, type, CAST(envelope AS text) AS data FROM outbox_event ORDER BY position"
CHILDREN = """
    SELECT reference FROM child
    JOIN outbox_event e ON e.authority_id = child.authority_id AND e.subject_id = child.id AND e.type = 'child.upserted'
"""
ESCALATIONS = """
    SELECT CAST(escalation.id AS text) FROM escalation
    JOIN outbox_event e ON e.authority_id = escalation.authority_id AND e.subject_id = escalation.id
                       AND e.type = 'escalation.raised'
"""


async def test_services_told_to_end_are_out_in_time_keep_what_they_acknowledged_and_break_no_stream(
    live, chance
):
    async with three_services(live) as services:
        async with at_work(live, services, WRITERS, READERS) as (work, readers):
            await asyncio.sleep(size(1, 5) * chance.random())
            work.ending = True
            ends = await told_to_end(services)
        note("told to end under load")
        note("acknowledged by a service that was told to end", work.late)
        print(f"{len(readers)} readers; {WRITERS} writers to each API, to whom were acknowledged")
        print(
            f"{len(work.children)} children and {len(work.escalations)} escalations, {work.late} of them late."
        )
        assert_out_in_time(ends)
        assert_honest(work.statuses)
        assert set(work.children) <= {row.reference for row in await live.town.rows(CHILDREN)}
        assert set(work.escalations) <= {row.id for row in await live.town.rows(ESCALATIONS)}
        assert [reader.endings for reader in readers] == [["whole"]] * READERS
        for reader in readers:
            assert reader.positions == list(range(1, len(reader.told) + 1))

        services["scheduler"].start()
        await services["scheduler"].ready()
        await live.bureau.publish(1)  # for each reader there is something to go on to
        await live.drained()
        told = [tuple(row) for row in await live.town.rows(EVENTS)]
        await asyncio.wait_for(asyncio.gather(*(reader.follow(len(told)) for reader in readers)), 60)
        assert all(reader.told == told for reader in readers)
        await assert_invariants(live.town)


@pytest.mark.skipif(not LONG, reason="make faults")
async def test_nobody_who_holds_on_to_a_service_keeps_it_from_ending(live, chance):
    """A reader who never reads, a request of which only half came, and a receiver that does not answer."""
    async with three_services(live) as services, Receiver.listening(delay=60) as receiver:
        await live.bureau.subscribe(receiver)
        token = live.town.token(Role.CASE_SYSTEM)
        holding = [
            half_a_request(services["reviews_api"].port, "PUT /v1/children/C-1", token),
            half_a_request(
                services["escalation_api"].port, "POST /v1/escalations", live.town.token(Role.IRO)
            ),
            stalled_reader(services["scheduler"].port, token),
        ]
        await live.bureau.publish(MORE_THAN_LIES_BETWEEN)
        await until(lambda: is_asked(receiver))
        await asyncio.sleep(2)
        ends = await told_to_end(services)
        note("told to end while held on to")
        for each in holding:
            each.close()
    assert_out_in_time(ends)


@pytest.mark.skipif(not LONG, reason="make faults")
async def test_services_told_to_end_as_their_database_falls_silent_are_out_in_time(live, chance):
    """With as many connections at rest as they may have, requests that nobody answers, something that is being sent,
    and a reader whose stream ends in good order all the same."""
    async with (
        Proxy.to(live.town.database_url) as wire,
        three_services(live, DATABASE_URL=wire.url, DUECARE_POOL_SIZE="10") as services,
        Receiver.listening(delay=60) as receiver,
        httpx.AsyncClient(timeout=20, trust_env=False, limits=httpx.Limits(max_connections=None)) as client,
    ):
        await live.bureau.subscribe(receiver)
        await live.bureau.publish(1)
        reader = Reader(f"{services['scheduler'].url}/v1/events/stream", live.town.token(Role.OPERATOR))
        following = asyncio.create_task(reader.once(client))
        await until(lambda: is_asked(receiver))
        await asyncio.gather(
            *(client.get(f"{each.url}/readyz") for each in services.values() for _ in range(40))
        )
        wire.fall_silent()
        note("black hole")
        asked = [
            asyncio.create_task(status(client, f"{services[name].url}{path}", live.town.token(role)))
            for name, (path, role) in ASKED.items()
            for _ in range(10)
        ]
        await asyncio.sleep(chance.random())
        ends = await told_to_end(services)
        note("told to end in silence")
        await following
        assert_out_in_time(ends)
        assert 503 in (statuses := await asyncio.gather(*asked))
        assert set(statuses) <= {503, None}
        assert reader.endings == ["whole"]


async def status(client, url, token):
    """What was answered; None where the connection was not taken any more."""
    try:
        return (await client.get(url, headers={"authorization": f"Bearer {token}"})).status_code
    except httpx.TransportError:
        return None


async def is_asked(receiver):
    return receiver.under_way > 0


def assert_out_in_time(ends):
    said = ", ".join(f"{name} {seconds:.2f}" for name, (_, seconds) in ends.items())
    print(f"Out after {said} s of {OUT_WITHIN:.0f} s.")
    assert {status for status, _ in ends.values()} == {0}
    assert max(seconds for _, seconds in ends.values()) < OUT_WITHIN
