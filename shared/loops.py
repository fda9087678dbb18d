"""Endless work beside a service's requests: named tasks that somebody holds, and outages that are waited out."""

import asyncio
import logging
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from prometheus_client import Counter

from shared.clock import ClockSuspect
from shared.db.faults import is_outage

log = logging.getLogger("duecare.loops")
FAILED = 70  # the exit status of a process whose loop failed: EX_SOFTWARE of sysexits
ENDED_WITHIN = 2.0  # seconds: as long as a driver takes to part with a database that does not answer
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds
OUTAGES = Counter("duecare_database_outages_total", "Times a loop waited for the database.", ["loop"])
LEFT_OUT = Counter(
    "duecare_council_outages_total",
    "Times a loop went on with the other councils as the database failed for some.",
    ["loop"],
)

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Loops:
    """Every loop of this process. `stop` is called once, for the first that fails; `failed` is then true."""

    stop: Callable[[], None]
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    failed: bool = False

    def start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin a loop. One that is cut off because nobody knows what time it is begins anew."""

        async def run() -> None:
            while await _cut_off(work):
                pass

        task = asyncio.create_task(run(), name=name)
        task.add_done_callback(self._ended)
        self.tasks[name] = task

    def fail(self, name: str, error: BaseException) -> None:
        """A loop, or work beside the loops, cannot go on. The message is left out: it may hold what was read."""
        log_fault(log, f"{name} failed with %s; the service stops", error, logging.CRITICAL)
        if not self.failed:
            self.failed = True
            self.stop()

    async def close(self) -> None:
        """Cancel every loop and wait a little until each has ended: one that is rolling back goes on until the database
        answers, or its time is up."""
        tasks = list(self.tasks.values())
        self.tasks.clear()
        for task in tasks:
            task.remove_done_callback(self._ended)
            task.add_done_callback(_heard)
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=ENDED_WITHIN)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            self.fail(task.get_name(), task.exception() or RuntimeError("the loop ended"))


def _heard(task: asyncio.Task[None]) -> None:
    """How a loop that was told to end did so is nobody's concern any more."""
    if not task.cancelled():
        task.exception()


async def _cut_off(work: Callable[[], Awaitable[None]]) -> bool:
    try:
        await work()
    except ClockSuspect:
        await asyncio.sleep(FIRST_PAUSE)
        return True
    return False


@asynccontextmanager
async def loops_beside(leave: Callable[[int], object] = os._exit) -> AsyncIterator[Loops]:
    """Loops for as long as a service lives.

    When one fails, the service ends as for a SIGTERM, and then with a status that says so.
    """
    loops = Loops(stop=lambda: signal.raise_signal(signal.SIGTERM))
    try:
        yield loops
    finally:
        await loops.close()
    if loops.failed:
        leave(FAILED)


async def waited_out(loop: str, work: Callable[[], Awaitable[Answer]]) -> Answer:
    """The work's answer, tried again with growing pauses for as long as the database is away, or nobody knows what
    time it is."""
    pause, outages = FIRST_PAUSE, OUTAGES.labels(loop)
    while True:
        try:
            return await work()
        except ClockSuspect:
            pass  # whoever found that out has said so
        except Exception as error:
            if not is_outage(error):
                raise
            if _told_to_end():
                raise asyncio.CancelledError from error
            log.warning("the database is away; %s waits %.1f s (%s)", loop, pause, type(error).__name__)
            outages.inc()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def for_all(loop: str, councils: Sequence[str], work: Callable[[str], Awaitable[object]]) -> bool:
    """Do this for each council, in no order that favours one; whether all went well. Where the database cannot do it
    for some, no two in a row, that is told, and the others have theirs. Raises what the database raises for two in a
    row or for all, and ClockSuspect at once; and in their place, or when the others have had theirs, what is a fault of
    ours."""
    left_out = LEFT_OUT.labels(loop)
    outage: Exception | None = None
    fault: Exception | None = None
    well, went_away = 0, False
    for authority in random.sample(councils, len(councils)):
        try:
            await work(authority)
            well, went_away = well + 1, False
        except ClockSuspect as error:
            raise fault or error from None
        except Exception as error:
            if _told_to_end():
                raise
            if not is_outage(error):
                fault = fault or error
            elif went_away:
                raise fault or error from None
            else:
                outage, went_away = error, True
    worst = fault or (None if well else outage)
    if worst:
        raise worst
    if outage:
        log.warning(
            "%s fails for some councils and goes on with the others (%s)", loop, type(outage).__name__
        )
        left_out.inc()
    return outage is None


async def answers_of_all(
    loop: str, councils: Sequence[str], work: Callable[[str], Awaitable[Answer]]
) -> list[Answer]:
    """As for_all, and raises what that raises; returns what the work answered for those with whom all went well, in no
    order."""
    answers: list[Answer] = []

    async def keep(authority: str) -> None:
        answers.append(await work(authority))

    await for_all(loop, councils, keep)
    return answers


def _told_to_end() -> bool:
    # Where a transaction fails as it is rolled back, its error comes in place of what cut it off.
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def rung(bell: asyncio.Event, seconds: float) -> None:
    """Return when the bell rings, or after these seconds; the bell is silent again afterwards."""
    await happened(bell, seconds)
    bell.clear()


async def happened(event: asyncio.Event, seconds: float) -> None:
    """Return when it has happened, or after these seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


def log_fault(to: logging.Logger, said: str, error: BaseException, level: int = logging.ERROR) -> None:
    """Log what failed (`said`, with a %s for the error's name) and where the error came through; never its message."""
    to.log(level, said, type(error).__name__)
    for place in places(error):
        to.log(level, "  at %s", place)


def places(error: BaseException) -> list[str]:
    """Where an error came through, the innermost place last; never its message."""
    found, step = [], error.__traceback__
    while step is not None:
        found.append(f"{step.tb_frame.f_code.co_qualname}:{step.tb_lineno}")
        step = step.tb_next
    return found
