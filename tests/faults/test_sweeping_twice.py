"""What was swept once may be swept again, after a crash, a restore or by another: it makes no second breach."""

from contextlib import suppress

from sqlalchemy import text

from services.scheduler.sweep import sweep_once
from shared.db.session import authority_session
from tests.faults.chance import note
from tests.faults.invariants import assert_invariants

RING_AGAIN = text(
    "UPDATE deadline SET alarms = ARRAY[due_at], next_alarm_at = due_at WHERE authority_id = :authority"
)


async def test_an_alarm_that_rings_again_records_nothing_twice(bureau):
    await bureau.look_after(children=3)
    await bureau.sweep()
    await bureau.relay()
    for _ in range(2):
        async with authority_session(bureau.town.owner, bureau.town.authority) as session:
            await session.execute(RING_AGAIN, {"authority": bureau.town.authority})
        bureau.town.pass_time(hours=1)
        await bureau.sweep()
        await bureau.relay()
        note("an alarm that rang again")
    assert len(await bureau.breaches()) == (await bureau.told()).count("deadline.breached") == 3
    await assert_invariants(bureau.town, clock=bureau.clock)


async def test_a_sweep_that_dies_before_it_commits_has_told_nobody(bureau):
    await bureau.look_after()
    with suppress(ZeroDivisionError):
        async with authority_session(bureau.engine, bureau.town.authority) as session:
            assert (await sweep_once(session, bureau.town.authority, bureau.now, 100)).rang == 1
            raise ZeroDivisionError
    await bureau.relay()
    assert await bureau.told() == ["deadline.opened"]
    await bureau.sweep()
    await bureau.relay()
    await assert_invariants(bureau.town, clock=bureau.clock)
