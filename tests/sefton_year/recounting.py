"""Counting again what a play has left behind."""

from services.cli.recount import Recount
from services.cli.verify import AUDITOR, NO_HURRY
from shared.db.engine import connect
from shared.deadlines.law import law


async def recount(town):
    """How many faults of each kind there are in the town's record."""
    engine = connect(town.database_url, AUDITOR, name="tests", pool_size=1, waits=NO_HURRY)
    try:
        return await Recount(engine, law("sefton"), town.clock.now()).count(town.authority, lambda *_: None)
    finally:
        await engine.dispose()
