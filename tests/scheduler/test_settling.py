"""What came of an attempt is written down once, and counts for the address that it was made at."""

import random
from uuid import UUID

from services.scheduler.deliveries.claims import Claimed, Result, claim
from services.scheduler.deliveries.lane import LEASE
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.settling import Settling
from shared.db.session import authority_session
from tests.scheduler.bureau import Bureau

ANYWHERE = "http://127.0.0.1:9/hooks"


async def claimed_of(bureau: Bureau, subscription: str) -> list[Claimed]:
    await bureau.look_after()
    await bureau.sweep()
    await bureau.relay()
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        mine = session, bureau.town.authority, UUID(subscription)
        return await claim(*mine, 10, bureau.now, bureau.now + LEASE)


async def settle(bureau: Bureau, subscription: str, results: list[Result]) -> None:
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        mine = session, bureau.town.authority, UUID(subscription)
        await Settling(*mine, bureau.now, random.Random(1)).settle(results)


async def test_results_whose_commit_was_not_heard_of_are_recorded_once_though_settled_again(bureau):
    subscription = (await bureau.subscribe(ANYWHERE, "deadline.breached"))["id"]
    (taken,) = await claimed_of(bureau, subscription)
    results = [Result(taken, Outcome.REFUSED, bureau.now, 12, status=500)]
    for _ in range(2):
        await settle(bureau, subscription, results)
    attempts = await bureau.town.rows("SELECT status FROM delivery_attempt", "duecare_scheduler")
    deliveries = await bureau.town.rows("SELECT state, attempts FROM delivery", "duecare_scheduler")
    assert (attempts, deliveries) == ([(500,)], [("waiting", 1)])


async def test_a_fault_of_our_own_is_tried_again_and_never_counts_against_the_receiver(bureau):
    subscription = (await bureau.subscribe(ANYWHERE, "deadline.breached"))["id"]
    (taken,) = await claimed_of(bureau, subscription)
    failing = "SELECT failing_since IS NOT NULL FROM subscription"
    await settle(bureau, subscription, [Result(taken, Outcome.FAULT, bureau.now, 12)])
    assert await bureau.town.rows(failing, "duecare_scheduler") == [(False,)]
    deliveries = await bureau.town.rows("SELECT state, attempts FROM delivery", "duecare_scheduler")
    attempts = await bureau.town.rows("SELECT outcome FROM delivery_attempt")
    assert (deliveries, attempts) == ([("waiting", 0)], [("fault",)])
    bureau.town.pass_time(minutes=5)
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        mine = session, bureau.town.authority, UUID(subscription)
        (again,) = await claim(*mine, 10, bureau.now, bureau.now + LEASE)
    await settle(bureau, subscription, [Result(again, Outcome.UNREACHABLE, bureau.now, 12)])
    assert await bureau.town.rows(failing, "duecare_scheduler") == [(True,)]


async def test_a_410_of_an_address_that_was_changed_meanwhile_ends_nothing(bureau):
    subscription = await bureau.subscribe(ANYWHERE, "deadline.breached")
    path = f"/v1/subscriptions/{subscription['id']}"
    (taken,) = await claimed_of(bureau, subscription["id"])
    moved = await bureau.town.ask(
        "scheduler",
        "PUT",
        path,
        {"url": "http://127.0.0.1:9/elsewhere"},
        if_match=f'"{subscription["version"]}"',
    )
    assert moved.status_code == 200, moved.text
    gone = [Result(taken, Outcome.GONE, bureau.now, 12, status=410)]
    await settle(bureau, subscription["id"], gone)
    assert (await bureau.town.ask("scheduler", "GET", path)).json()["ended_at"] is None
