"""R-10 and R-11: a clock is set to another time under a running scheduler."""

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.clock import FixedClock, SystemClock
from shared.db.migrate import migrate
from shared.db.server import ensure_database
from tests.faults.faketime import FakedServer, FakeTime, needs_libfaketime
from tests.faults.watched import figure, seen_by
from tests.scheduler.live import Live, until
from tests.scheduler.process import Process
from tests.scheduler.receiver import Receiver
from tests.town import Town

pytestmark = needs_libfaketime()

QUICK = {"DUECARE_BEAT_SECONDS": "0.5", "DUECARE_CALM_SECONDS": "1", "DUECARE_HEARTBEAT_SECONDS": "1"}
LONG_AGO = date(2020, 3, 2)
MEGABYTE = 1024
in_the_long_run = pytest.mark.skipif(
    os.environ.get("DUECARE_FAULTS") != "long", reason="a server of its own: only in `make faults`"
)


@dataclass
class Story:
    """Two children: one whose first review lies ahead, and then one whose review was missed long ago."""

    live: Live
    fake: FakeTime
    process: Process
    receiver: Receiver
    told: int = 0

    async def play(self, wrong: Iterable[str]) -> None:
        """Each of these times in turn, and the right one after it."""
        await self.live.bureau.subscribe(self.receiver, "deadline.breached")
        await until(self.believed, seconds=60)
        await self.live.bureau.look_after(started_on=SystemClock().now().date())
        memory = self.memory
        for time in wrong:
            await self.doubts(time)
        assert self.memory - memory < 50 * MEGABYTE

    async def doubts(self, time: str) -> None:
        """Nothing is told by the wrong time, the scheduler lives on, and all is told once by the right one."""
        self.fake.step(time)
        await until(self.doubted, seconds=10)
        assert await figure(self.process, "duecare_clock_suspect") == 1
        before = await self.beat()
        await self.live.bureau.look_after(started_on=LONG_AGO)
        await until(lambda: self.has_beaten_since(before), seconds=10)
        await self.check()
        self.fake.step("+0")
        await until(self.believed, seconds=20)
        await self.live.drained(20)
        self.told += 1
        await self.check()

    async def check(self) -> None:
        breaches = await self.live.count("SELECT count(*) FROM breach")
        assert breaches == len(self.receiver.ids) == len(set(self.receiver.ids)) == self.told
        positions = [each for each in await self.live.positions() if each]
        assert positions == list(range(1, len(positions) + 1))

    async def doubted(self) -> bool:
        return bool((await seen_by(self.live, "reviews"))["clock_suspect"])

    async def believed(self) -> bool:
        seen = await seen_by(self.live, "reviews")
        return seen["late_seconds"] is not None and not seen["clock_suspect"]

    async def beat(self) -> Any:
        return await self.live.town.rows("SELECT max(ticked_at) FROM heartbeat")

    async def has_beaten_since(self, before: Any) -> bool:
        return bool(await self.beat() != before)

    @property
    def memory(self) -> int:
        """What the scheduler holds, in kilobytes."""
        assert self.process.child
        lines = Path(f"/proc/{self.process.child.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


async def test_nothing_is_told_by_a_clock_that_was_set_wrong_and_all_of_it_once_that_is_right(live, tmp_path):
    """An hour back, and ten years ahead: no review that lies ahead is missed by it."""
    fake = FakeTime(tmp_path / "faketime")
    fake.step("+0")
    async with Receiver.listening() as receiver, live.scheduler(**QUICK, **fake.environment) as process:
        process.start()
        await Story(live, fake, process, receiver).play(["-1h", "+3650d"])


@in_the_long_run
async def test_nothing_is_told_by_a_database_whose_clock_was_set_wrong(tmp_path, tmp_path_factory):
    """Forty days ahead, when the first review would be overdue; and an hour back."""
    with FakedServer(tmp_path / "duecare") as server:
        url = await asyncio.to_thread(ensure_database, server.start(), "faked")
        await migrate(url)
        clock = FixedClock(SystemClock().now())
        async with Town.founded(url, "F1", clock, tmp_path_factory) as town, Receiver.listening() as receiver:
            live = Live(town)
            async with live.scheduler(**QUICK) as process:
                process.start()
                await Story(live, server.fake, process, receiver).play(["+40d", "-1h"])
