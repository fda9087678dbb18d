"""R-10 and R-11: the machine's clock is set to another time under a running scheduler."""

from datetime import date
from functools import partial
from pathlib import Path

from shared.clock import SystemClock
from tests.faults.faketime import FakeTime, needs_libfaketime
from tests.faults.watched import figure, seen_by
from tests.scheduler.live import until
from tests.scheduler.receiver import Receiver

pytestmark = needs_libfaketime()

QUICK = {"DUECARE_BEAT_SECONDS": "0.5", "DUECARE_CALM_SECONDS": "1", "DUECARE_HEARTBEAT_SECONDS": "1"}
LONG_AGO = date(2020, 3, 2)
MEGABYTE = 1024


async def test_nothing_is_told_by_a_clock_that_was_set_wrong_and_all_of_it_once_that_is_right(live, tmp_path):
    """An hour back, forth again, ten years ahead and back: each is doubted within seconds, no review that lies ahead
    is missed by it, and what truly was is told once, after the doubt."""
    fake = FakeTime(tmp_path / "faketime")
    fake.step("+0")
    async with Receiver.listening() as receiver, live.scheduler(**QUICK, **fake.environment) as process:

        async def doubted() -> bool:
            return (await seen_by(live, "reviews"))["clock_suspect"]

        async def believed() -> bool:
            seen = await seen_by(live, "reviews")
            return seen["late_seconds"] is not None and not seen["clock_suspect"]

        await live.bureau.subscribe(receiver, "deadline.breached")
        process.start()
        await until(believed, seconds=60)
        await live.bureau.look_after(started_on=SystemClock().now().date())  # the first review lies ahead
        told, memory = 0, resident(process)
        for wrong in ("-1h", "+3650d"):
            fake.step(wrong)
            await until(doubted, seconds=10)
            assert await figure(process, "duecare_clock_suspect") == 1
            beaten = await beats(live)
            await live.bureau.look_after(started_on=LONG_AGO)
            await until(partial(beaten_again, live, beaten), seconds=10)
            assert await live.count("SELECT count(*) FROM breach") == len(receiver.ids) == told
            fake.step("+0")
            await until(believed, seconds=20)
            told += 1
            await live.drained(20)
        assert await live.count("SELECT count(*) FROM breach") == told
        assert len(receiver.ids) == len(set(receiver.ids)) == told == 2
        positions = await live.positions()
        assert positions == list(range(1, len(positions) + 1))
        assert resident(process) - memory < 50 * MEGABYTE


async def beats(live):
    return await live.town.rows("SELECT max(ticked_at) FROM heartbeat")


async def beaten_again(live, before) -> bool:
    return await beats(live) != before


def resident(process) -> int:
    """The memory that a process holds, in kilobytes."""
    lines = Path(f"/proc/{process.child.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
