"""duecare verify: an independent recount of what is stored."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from services.cli.console import read_settings

AUDITOR = "duecare_auditor"
NO_HURRY = {"lock_timeout": "2s"}  # a whole authority is read in one view, however long it takes


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check that nothing was missed: count again, by other means, what is due and what was recorded.

    Every council's deadlines are worked out anew from the facts and compared; every missed date must have its
    breach, and every breach its event. Nothing is changed. Exit code 0: every count is 0. 1: one is not.
    """
    from shared.clock import SystemClock
    from shared.db.server import database_server

    settings = read_settings()
    with database_server(settings.database_url, settings.home) as database_url:
        counts = asyncio.run(recount_all(database_url, settings.practice, SystemClock().now()))
    typer.echo(json.dumps(counts, indent=2) if as_json else as_text(counts))
    if any(counts.values()):
        raise typer.Exit(1)


async def recount_all(database_url: str, practice: str | None, now: datetime) -> dict[str, int]:
    """The faults of all councils of a database together, by kind, as of an instant (UTC)."""
    from services.cli.progress import progress
    from services.cli.recount import FAULTS, Recount
    from shared.db.engine import connect
    from shared.deadlines.law import law

    engine = connect(database_url, AUDITOR, name="duecare-verify", pool_size=1, waits=NO_HURRY)
    total = dict.fromkeys(FAULTS, 0)
    try:
        recount = Recount(engine, law(practice), now)
        with progress("Working out every deadline anew") as report:
            for authority in await recount.authorities():
                for fault, count in (await recount.count(authority, report)).items():
                    total[fault] += count
    finally:
        await engine.dispose()
    return total


def as_text(counts: Mapping[str, int]) -> str:
    """The counts, a line each, and what they come to."""
    from services.cli.recount import FAULTS

    lines = [f"{count:>7} {FAULTS[fault]}" for fault, count in counts.items()]
    lines.append("All is as it should be." if not any(counts.values()) else "Something is wrong: see above.")
    return "\n".join(lines)
