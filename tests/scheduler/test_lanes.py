"""How many sweep side by side is for the pool to say."""

from sqlalchemy.ext.asyncio import create_async_engine

from services.scheduler.sweep import sweep
from shared.db.engine import async_url
from tests.scheduler.bureau import Bureau


async def test_a_sweep_through_one_connection_waits_for_no_second_one(bureau: Bureau) -> None:
    for _ in range(4):
        await bureau.look_after()
    bureau.town.pass_time(days=60)
    engine = create_async_engine(
        async_url(bureau.town.database_url), pool_size=1, max_overflow=0, pool_timeout=0
    )
    try:
        assert await sweep(engine, bureau.town.authority, bureau.now, batch=1) >= 4
    finally:
        await engine.dispose()
    assert len(await bureau.breaches()) >= 4
