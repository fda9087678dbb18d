"""R-08: the link to the database falls silent, and nobody is told: no FIN, no RST. Nobody waits for ever."""

import asyncio
import time

import pytest

from services.reviews_api.app import create_app
from tests.faults.chance import LONG, note
from tests.faults.council import SLACK
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.scheduler.receiver import Receiver

SILENT = 60.0  # seconds
ENDS_WITHIN = (
    8.0  # seconds: six for the statement, and two in which the driver still tries to part in good order
)


async def test_a_request_ends_although_its_database_has_fallen_silent(town, clock, wire):
    town.apps["reviews"] = app = create_app(
        town.settings.model_copy(update={"database_url": wire.url}), clock
    )
    await town.put("/v1/children/1", {})
    wire.fall_silent()
    note("black hole")
    began = time.monotonic()
    refused = await town.ask("reviews", "PUT", "/v1/children/2", {})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert time.monotonic() - began < ENDS_WITHIN + SLACK
    wire.heal()
    began = time.monotonic()
    while (await town.ask("reviews", "PUT", "/v1/children/3", {})).is_error:
        assert time.monotonic() - began < 10
    assert [row.reference for row in await town.rows("SELECT reference FROM child ORDER BY 1")] == ["1", "3"]
    await app.state.door.engine.dispose()


@pytest.mark.skipif(not LONG, reason="make faults")
async def test_all_goes_on_when_a_silent_database_is_back(council):
    async with (
        Proxy.to(council.town.database_url) as wire,
        Receiver.listening() as receiver,
    ):
        told = {(await council.bureau.subscribe(receiver))["id"]: receiver}
        async with Load.on(council, DATABASE_URL=wire.url) as load:
            await load.goes_on(20)
            wire.fall_silent()
            note("black hole")
            await asyncio.sleep(SILENT)
            wire.heal()
            await load.goes_on(10 * SLACK)
            assert load.reviews.lives() and load.scheduler.lives()
        await council.recovers(10, told)
        await load.check()
        assert max(load.seconds) < ENDS_WITHIN * SLACK
