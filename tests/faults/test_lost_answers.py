"""R-07: the database commits, and its answer is lost. Nobody can tell that from a failure, so one asks again."""

from uuid import uuid4

import pytest

from services.scheduler.app import create_app
from tests.faults.chance import note, size
from tests.faults.invariants import assert_honest, assert_invariants

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
