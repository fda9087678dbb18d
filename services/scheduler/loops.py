"""Endless work as named tasks that somebody holds: when one fails, the process is told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

log = logging.getLogger("duecare.scheduler")


@dataclass(slots=True)
class Loops:
    """Every loop of this process. `stop` is called once, for the first that fails; `failed` is then true."""

    stop: Callable[[], None]
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    failed: bool = False

    def start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin a loop."""

        async def run() -> None:
            await work()

        task = asyncio.create_task(run(), name=name)
        task.add_done_callback(self._ended)
        self.tasks[name] = task

    def fail(self, name: str, error: BaseException) -> None:
        """A loop, or work beside the loops, cannot go on. The message is left out: it may hold what was read."""
        log.critical("%s failed with %s; the scheduler stops", name, type(error).__name__)
        for line in _places(error):
            log.critical("  at %s", line)
        if not self.failed:
            self.failed = True
            self.stop()

    async def close(self) -> None:
        """Cancel every loop and wait until each has ended."""
        for task in self.tasks.values():
            task.remove_done_callback(self._ended)
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            self.fail(task.get_name(), task.exception() or RuntimeError("the loop ended"))


def _places(error: BaseException) -> list[str]:
    places, step = [], error.__traceback__
    while step is not None:
        places.append(f"{step.tb_frame.f_code.co_qualname}:{step.tb_lineno}")
        step = step.tb_next
    return places


async def rung(bell: asyncio.Event, seconds: float) -> None:
    """Return when the bell rings, or after these seconds; the bell is silent again afterwards."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        pass
    bell.clear()
