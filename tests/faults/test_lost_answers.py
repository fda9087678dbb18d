"""R-07: the database commits, and its answer is lost. Nobody can tell that from a failure, so one asks again."""

from uuid import UUID, uuid4

import pytest

from services.scheduler.app import create_app
from services.scheduler.deliveries.lane import Lane
from tests.faults.chance import note, size
from tests.faults.invariants import assert_honest, assert_invariants
from tests.scheduler.bureau import Bureau
from tests.scheduler.test_trying_receivers import Say, saying

LOST = size(12, 200)
BODY = {"url": "http://127.0.0.1:9/hooks"}


@pytest.fixture
async def behind_the_wire(town, clock, wire):
    """The scheduler's routes, whose database is at the other end of the wire."""
    app = create_app(town.settings.model_copy(update={"database_url": wire.url}), clock)
    town.apps["scheduler"] = app
    yield town
    await app.state.door.engine.dispose()


async def test_a_request_whose_commit_was_not_heard_of_is_settled_by_asking_again(
    behind_the_wire, wire, chance
):
    town, statuses, made = behind_the_wire, [], set()
    for _ in range(LOST):
        key = str(uuid4())
        wire.cut = "after"
        lost = await town.ask("scheduler", "POST", "/v1/subscriptions", BODY, idempotency_key=key)
        again = await town.ask("scheduler", "POST", "/v1/subscriptions", BODY, idempotency_key=key)
        third = await town.ask("scheduler", "POST", "/v1/subscriptions", BODY, idempotency_key=key)
        assert (lost.status_code, again.status_code) == (503, 201), lost.text
        assert lost.headers["retry-after"]
        assert again.content == third.content
        statuses += [lost.status_code, again.status_code]
        made.add(again.json()["id"])
    [[stored]] = await town.rows("SELECT count(*) FROM subscription")
    assert (stored, len(made), wire.cuts) == (LOST, LOST, LOST)
    note("commit whose answer was lost", wire.cuts)
    assert_honest(statuses)
    await assert_invariants(town, clock=town.clock)


async def test_attempts_whose_commit_was_not_heard_of_are_recorded_again_and_stand_there_once(
    behind_the_wire, wire
):
    bureau = Bureau(behind_the_wire)

    async def refuse(say: Say) -> None:
        wire.cut = "after"  # the next to commit is who records this answer
        await say(b"HTTP/1.1 500 Oh No\r\ncontent-length: 0\r\n\r\n")

    async with saying(refuse) as (url, _), bureau.sender() as sender:
        subscription = UUID((await bureau.subscribe(url, "deadline.breached"))["id"])
        await bureau.look_after()
        await bureau.sweep()
        await bureau.relay()
        await Lane(bureau.engine, bureau.clock, sender, bureau.town.authority, subscription).run()
    assert wire.cuts == 1
    attempts = await bureau.town.rows("SELECT status FROM delivery_attempt")
    assert (attempts, await bureau.town.rows("SELECT attempts FROM delivery")) == ([(500,)], [(1,)])
