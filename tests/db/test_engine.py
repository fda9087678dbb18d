"""How services speak with the database."""

import json
from typing import Any

from sqlalchemy import text

from shared.db.engine import connect


async def test_no_statement_is_compiled_however_costly_the_planner_thinks_it(server):
    engine = connect(server, None, name="tests", waits={"statement_timeout": "30s"})
    async with engine.connect() as connection:
        await connection.execute(text("SELECT set_config('jit_above_cost', '0', true)"))
        jit = await connection.scalar(text("SHOW jit"))
        plan: Any = await connection.scalar(
            text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT count(*) FROM pg_type")
        )
    await engine.dispose()
    assert jit == "off"
    assert "JIT" not in (json.loads(plan) if isinstance(plan, str) else plan)[0]


async def test_a_transaction_has_a_bound_wherever_the_server_knows_one(server):
    engine = connect(server, None, name="tests", pool_size=1)
    async with engine.connect() as connection:
        knows = int(await connection.scalar(text("SHOW server_version_num")) or 0) >= 170_000
        bound = await connection.scalar(text("SELECT current_setting('transaction_timeout', true)"))
    await engine.dispose()
    assert bound == ("30s" if knows else None)
