"""A scheduler that was paused, and wakes to find that another does its work."""

import signal

import httpx

from tests.scheduler.live import until

SLOWLY = {"DUECARE_RELAY_BATCH": "25", "DUECARE_RELAY_SECONDS": "0.02"}


async def test_a_scheduler_that_was_paused_is_overtaken_and_refused_when_it_wakes(live):
    """R-04, with a shorter pause: no place is given twice, and none is left out."""
    async with live.scheduler(**SLOWLY) as paused, live.scheduler(**SLOWLY) as other:
        paused.start()
        await paused.ready()
        await live.bureau.publish(400)
        await until(lambda: placed(live, 1))
        paused.child.send_signal(signal.SIGSTOP)
        other.start()
        await other.ready()
        await live.bureau.publish(200)
        await until(lambda: placed(live, 600), seconds=15)
        taken = await live.count("SELECT epoch FROM feed_head")

        paused.child.send_signal(signal.SIGCONT)
        other.kill()
        await live.bureau.publish(50)
        await until(lambda: placed(live, 650))
        assert await fenced(paused) == 1
        assert await live.count("SELECT epoch FROM feed_head") == taken + 1
        assert await live.positions() == list(range(1, 651))


async def placed(live, events):
    return await live.count("SELECT coalesce(max(position), 0) FROM outbox_event") >= events


async def fenced(process):
    async with httpx.AsyncClient(trust_env=False) as client:
        told = (await client.get(f"{process.url}/metrics")).text
    lines = (line.split() for line in told.splitlines() if line.startswith("duecare_relay_fenced_total"))
    return float(next(lines)[1])
