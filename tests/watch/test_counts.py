"""What waits is counted, by council."""

from services.scheduler.watch.counts import Counted, count, show
from tests.scheduler.receiver import Receiver


async def of(bureau) -> Counted:
    return (await count(bureau.engine))[bureau.town.authority]


async def test_events_and_deliveries_that_wait_are_counted_with_their_age(bureau):
    async with Receiver.listening("500 Oh") as receiver:
        told = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.sweep()
        waiting = await of(bureau)
        assert waiting.events_waiting >= 2 and waiting.outbox_age != 0
        await bureau.relay()
        placed = await of(bureau)
        assert (placed.events_waiting, placed.outbox_age, placed.deliveries_waiting) == (0, 0, 1)
        path = f"/v1/subscriptions/{told['id']}"
        assert (await bureau.town.ask("scheduler", "DELETE", path)).status_code in (200, 204)
        assert (await of(bureau)).delivery_age == 0


async def test_of_an_address_that_is_paused_or_has_ended_nobody_is_woken(bureau):
    async with Receiver.listening(*["500 Oh"] * 9) as receiver:
        path = f"/v1/subscriptions/{(await bureau.subscribe(receiver, 'deadline.breached'))['id']}"
        await bureau.look_after()
        await bureau.sweep()
        await bureau.relay()
        await bureau.deliver()
        assert ((await of(bureau)).failing, (await of(bureau)).paused) == (1, 0)
        await bureau.town.ask("scheduler", "POST", f"{path}/pause")
        assert ((await of(bureau)).failing, (await of(bureau)).paused) == (0, 1)
        await bureau.town.ask("scheduler", "POST", f"{path}/resume")
        await bureau.town.rows("UPDATE delivery SET attempts = 9 RETURNING 1", "duecare_scheduler")
        bureau.town.pass_time(minutes=1)
        await bureau.deliver()
        assert (await of(bureau)).dead_letters == 1
        await bureau.town.ask("scheduler", "DELETE", path)
        assert (await of(bureau)).dead_letters == 0


def test_numbers_are_added_up_over_the_councils_and_of_ages_the_greatest_is_shown():
    from prometheus_client import REGISTRY

    one = Counted(1, 20.0, 3, 1, 2, 0, 1, 5.0)
    other = Counted(2, 10.0, 4, 0, 1, 1, 0, 9.0)
    show({"E1": one, "E2": other})
    for name, value in {
        "duecare_outbox_waiting": 3,
        "duecare_outbox_age_seconds": 20,
        "duecare_deliveries_waiting": 7,
        "duecare_dead_letters": 1,
        "duecare_feed_epoch": 3,
        "duecare_delivery_age_seconds": 9,
    }.items():
        assert REGISTRY.get_sample_value(name) == value
