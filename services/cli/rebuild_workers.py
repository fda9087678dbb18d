"""Processes that rebuild side by side. None outlives us, and one that is killed leaves its work to the others."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

import typer

from services.cli.console import CommandRefused, plain_errors
from services.cli.rebuilding import Task, rebuildings

Told = Callable[[int, int], None]
"""Hears of each batch: how many histories were looked at, and how many deadlines opened or changed."""

ENDS_WITHIN = 8.0  # seconds, from asking a worker to end to ending it


async def work_off(task: Task, told: Told) -> None:
    """Work off all that is behind, in this process."""
    async with rebuildings(task) as councils:
        for each in councils:
            async for done in each.work_off():
                told(done.histories, done.deadlines)


def work_off_together(task: Task, workers: int, told: Told) -> None:
    """Work off all that is behind in so many processes. Raises CommandRefused where one ended before its work did."""
    with _processes(task, workers) as running:
        listening = set(running.values())
        while listening:
            ready = wait(listening)
            listening -= {pipe for pipe in listening if pipe in ready and not _hear(pipe, told)}
        for process in running:
            process.join()
        if any(process.exitcode for process in running):
            raise CommandRefused(
                "A worker ended early. What was done stays done: run `duecare rebuild` again."
            )


def _hear(pipe: "Connection[object, tuple[int, int]]", told: Told) -> bool:
    """Pass one message on; whether there may be more."""
    try:
        told(*pipe.recv())
    except (EOFError, OSError):
        return False
    return True


@contextmanager
def _processes(
    task: Task, workers: int
) -> Iterator[dict[SpawnProcess, "Connection[object, tuple[int, int]]"]]:
    context = get_context("spawn")
    running = {}
    try:
        for _ in range(workers):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(task, theirs), daemon=True)
            process.start()
            theirs.close()  # or its end would not be heard here
            running[process] = ours
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join(ENDS_WITHIN)
            process.kill()


def _work(task: Task, pipe: "Connection[tuple[int, int], object]") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, and it is for our parent to end us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with plain_errors():
            asyncio.run(work_off(task, lambda histories, deadlines: pipe.send((histories, deadlines))))
    except typer.Exit as ended:
        sys.exit(ended.exit_code)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
