"""What was to be told, what was, and what its receivers say of it: counted, and counted again by other means."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from services.cli.recount import COUNTS
from services.scheduler.reconciliation.queries import reconcile, reconcile_all
from shared.db.session import authority_session
from tests.scheduler.receiver import Receiver


async def figures(bureau, subscription, since=0):
    path = f"/v1/subscriptions/{subscription['id']}/reconciliation?since={since}"
    answer = await bureau.town.ask("scheduler", "GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def say(bureau, subscription, position, **more):
    path = f"/v1/subscriptions/{subscription['id']}/acknowledgements"
    return await bureau.town.ask("scheduler", "POST", path, {"position": position} | more)


async def test_every_expected_event_is_acknowledged_waits_is_dead_or_was_dropped(bureau):
    async with Receiver.listening("204 Good", "500 Oh No", "500 Oh No") as receiver:
        await bureau.look_after()
        await bureau.tell()
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        for _ in range(3):
            await bureau.look_after()
            await bureau.sweep()
            await bureau.relay()
            await bureau.deliver()
            await bureau.town.rows(
                "UPDATE delivery SET attempts = 9, next_attempt_at = :now "
                "WHERE position = 6 AND state = 'waiting' RETURNING 1",
                "duecare_scheduler",
                now=bureau.now,
            )
            await bureau.deliver()
        shown = await figures(bureau, subscription)
        counts = {
            name: shown[name]
            for name in ("expected", "sent", "acknowledged", "waiting", "dead", "dropped", "missing")
        }
        assert counts == {
            "expected": 3,
            "sent": 3,
            "acknowledged": 2,
            "waiting": 0,
            "dead": 1,
            "dropped": 0,
            "missing": 0,
        }
        assert (shown["after"], shown["until"], shown["acknowledged_until"]) == (2, 9, 5)
        assert (await figures(bureau, subscription, since=6))["expected"] == 1


async def test_a_receiver_says_how_far_it_is_and_goes_back_only_where_it_says_so(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver)
        await bureau.look_after(children=2)
        await bureau.tell()
        assert (await say(bureau, subscription, 5)).json()["errors"][0]["pointer"] == "/position"
        answer = await say(bureau, subscription, 3)
        assert (answer.status_code, answer.json()["behind"]) == (201, 1)
        assert (await say(bureau, subscription, 2)).status_code == 409
        assert (await figures(bureau, subscription))["receiver"] == answer.json()
        assert (await say(bureau, subscription, 2, back=True)).json()["behind"] == 2


async def test_who_only_pulls_is_reckoned_with_beside_the_subscriptions(bureau):
    await bureau.look_after()
    await bureau.tell()
    path, ask = "/v1/consumers/dash-board", bureau.town.ask
    statuses = [
        (await ask("scheduler", "PUT", path, {"position": at} | more)).status_code
        for at, more in ((1, {}), (1, {}), (2, {}), (1, {}), (1, {"back": True}), (3, {}))
    ]
    assert statuses == [201, 200, 200, 409, 200, 422]
    page = (await ask("scheduler", "GET", "/v1/reconciliation")).json()
    [consumer] = page["consumers"]
    assert (consumer["reference"], consumer["position"], consumer["behind"]) == ("dash-board", 1, 1)
    assert consumer["behind_since"].startswith(bureau.now.date().isoformat())
    assert (await ask("scheduler", "DELETE", path)).status_code == 204
    assert (await ask("scheduler", "GET", "/v1/reconciliation")).json()["consumers"] == []


async def test_who_says_how_far_they_are_while_they_are_forgotten_is_a_new_consumer(bureau):
    path, ask = "/v1/consumers/dashboard", bureau.town.ask
    assert (await ask("scheduler", "PUT", path, {"position": 0})).status_code == 201
    async with authority_session(bureau.town.owner, bureau.town.authority) as session:
        await session.execute(
            text(f"SELECT FROM consumer {MINE} FOR UPDATE"), {"authority": bureau.town.authority}
        )
        saying = asyncio.create_task(ask("scheduler", "PUT", path, {"position": 0}))
        await somebody_waits_for(session)
        await session.execute(text(f"DELETE FROM consumer {MINE}"), {"authority": bureau.town.authority})
    assert (await saying).status_code == 201
    assert (await ask("scheduler", "PUT", path, {"position": 0})).status_code == 200


async def somebody_waits_for(session):
    """Until another transaction waits for this one."""
    waits = text("SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
    async with asyncio.timeout(10):
        waited_for = False
        while not waited_for:
            waited_for = await session.scalar(waits)


async def test_whoever_asks_for_figures_while_their_council_s_are_counted_is_told_to_come_back(bureau):
    ask, turns = bureau.town.ask, bureau.town.apps["scheduler"].state.counting
    async with turns.one(bureau.town.authority):
        answer = await ask("scheduler", "GET", "/v1/reconciliation")
        assert (answer.status_code, answer.json()["status"]) == (503, 503)
        assert "being counted" in answer.json()["detail"] and int(answer.headers["retry-after"]) > 0
        assert (await ask("scheduler", "GET", "/v1/events")).status_code == 200
    async with turns.one("another council"):
        assert (await ask("scheduler", "GET", "/v1/reconciliation")).status_code == 200


async def test_all_subscriptions_are_reconciled_page_by_page(bureau):
    for _ in range(3):
        await bureau.subscribe(Receiver(port=9), "deadline.breached")
    first = (await bureau.town.ask("scheduler", "GET", "/v1/reconciliation?limit=2")).json()
    rest = (
        await bureau.town.ask("scheduler", "GET", f"/v1/reconciliation?limit=2&after={first['next']}")
    ).json()
    assert [len(page["subscriptions"]) for page in (first, rest)] == [2, 1]
    assert rest["next"] is None


async def test_one_request_counts_so_much_of_the_feed_and_says_where_to_go_on(bureau):
    subscriptions = [(await bureau.subscribe(Receiver(port=9), "child.*"))["id"] for _ in range(3)]
    await bureau.publish(10)
    await bureau.relay()
    since, counted = 0, []
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        mine = session, bureau.town.authority
        while since is not None:
            one = await reconcile(*mine, UUID(subscriptions[0]), since, most=4)
            counted.append((one.after, one.until, one.expected, one.waiting, one.acknowledged_until))
            since = one.next
    assert counted == [(0, 4, 4, 4, 0), (4, 8, 4, 4, 4), (8, 10, 2, 2, 8)]


@pytest.mark.parametrize(("most", "pages"), [(4, [1, 1, 1]), (20, [2, 1]), (25, [2, 1]), (30, [3])])
async def test_a_page_of_subscriptions_ends_where_it_has_counted_enough(bureau, most, pages):
    subscriptions = [(await bureau.subscribe(Receiver(port=9), "child.*"))["id"] for _ in range(3)]
    await bureau.publish(10)
    await bureau.relay()
    after, found = None, []
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        while after or not found:
            page = await reconcile_all(session, bureau.town.authority, 0, after, 50, most)
            found.append(page.subscriptions)
            after = page.next
    assert [len(page) for page in found] == pages
    assert [str(each.subscription_id) for page in found for each in page] == subscriptions
    assert {(each.until, each.next) for page in found for each in page} == {
        (min(most, 10), 4 if most == 4 else None)
    }


async def test_other_wishes_count_for_what_is_published_after_them(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        path, wanted = (
            f"/v1/subscriptions/{subscription['id']}",
            {"url": receiver.url, "types": ["deadline.opened"]},
        )
        answer = await bureau.town.ask("scheduler", "PUT", path, wanted, if_match="*")
        assert answer.status_code == 200, answer.text
        await bureau.look_after()
        await bureau.tell()
        shown = await figures(bureau, subscription)
        assert (shown["after"], shown["expected"], shown["acknowledged"], shown["missing"]) == (2, 1, 1, 0)
        assert await counted(bureau, "events_not_handed_out") == 0


MINE = "WHERE authority_id = :authority"
PLANTED = (
    (
        "INSERT INTO outbox_event (authority_id, id, type, subject_id, occurred_at, historic, envelope, position) "
        "SELECT authority_id, gen_random_uuid(), type, subject_id, occurred_at, false, envelope, 9 FROM outbox_event "
        f"{MINE} AND position = 4",
        "events_not_handed_out",
        1,
    ),
    (f"UPDATE delivery_attempt SET status = 302 {MINE}", "deliveries_that_disagree", 2),
    (f"UPDATE delivery SET attempts = 2 {MINE} AND position = 3", "deliveries_that_disagree", 1),
    (f"UPDATE delivery SET state = 'waiting' {MINE} AND position = 4", "deliveries_that_disagree", 1),
    (f"UPDATE delivery SET state = 'dead', attempts = 0 {MINE}", "deliveries_that_disagree", 2),
)


async def test_verify_counts_what_was_not_handed_out_and_what_is_not_as_its_attempts_say(bureau):
    async with Receiver.listening() as receiver:
        await bureau.look_after()
        await bureau.tell()
        await bureau.subscribe(receiver, "deadline.*")
        await bureau.look_after()
        await bureau.tell()
        assert len(receiver.hooks) == 2
    for planted, fault, count in PLANTED:
        assert await counted(bureau, fault) == 0
        assert await counted(bureau, fault, planted) == count


async def counted(bureau, fault, planted=None):
    """How many of a fault `duecare verify` counts, after what is planted, which is taken back."""
    mine = {"authority": bureau.town.authority}
    async with authority_session(bureau.town.owner, bureau.town.authority) as session:
        if planted:
            await session.execute(text(planted), mine)
        count = await session.scalar(text(COUNTS[fault]), mine)
        await session.rollback()
    return count
