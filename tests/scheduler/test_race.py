import asyncio
from datetime import date

from services.scheduler.sweep import sweep_once
from shared.db.session import authority_session


async def test_a_correction_that_meets_a_sweep_withdraws_the_breach_it_waited_for(bureau):
    [history] = await bureau.look_after()
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        await sweep_once(session, bureau.town.authority, bureau.now, 1000)
        correcting = asyncio.create_task(bureau.move_start(history, date(2026, 11, 2)))
        await asyncio.sleep(0.3)
    await correcting
    await bureau.relay()
    assert (await bureau.town.rows("SELECT withdrawn_at FROM breach"))[0].withdrawn_at is not None
    assert "breach.withdrawn" in await bureau.told()
