"""R-33: a scheduler that stands still says nothing of it. Somebody else does."""

import logging
import os
import signal

from tests.faults.watched import seen_by
from tests.scheduler.live import until

LATE = 3.0  # seconds; two minutes where no test waits for it
QUICK = {"DUECARE_BEAT_SECONDS": "0.2", "DUECARE_SWEEP_SECONDS": "0.2"}


async def test_a_frozen_scheduler_is_seen_by_another_process_and_so_is_its_thaw(live, caplog):
    async def late() -> bool:
        return (await seen_by(live, "reviews", LATE))["late"]

    async def sweeping() -> bool:
        seen = await seen_by(live, "reviews", LATE)
        return seen["late_seconds"] is not None and not seen["late"]

    async with live.scheduler(**QUICK) as process:
        process.start()
        await until(sweeping, seconds=60)
        os.kill(process.child.pid, signal.SIGSTOP)
        try:
            with caplog.at_level(logging.CRITICAL, "duecare.watch"):
                await until(late, seconds=20)
            assert "the scheduler is late" in caplog.text
        finally:
            os.kill(process.child.pid, signal.SIGCONT)
        await until(sweeping, seconds=30)
