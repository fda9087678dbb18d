"""Plays the deeds day by day: told over HTTP, and each night what has fallen due is noticed and made known."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta

from services.cli.console import CommandRefused
from services.cli.sefton_year.climbing import climb
from services.cli.sefton_year.deeds import Call, Deed, Line, Sample, Step
from services.cli.sefton_year.sampling import take_sample
from services.cli.sefton_year.stage import Stage
from services.escalation_api.reactions import follow_authority
from services.reviews_api.bulk.working import work_off
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.timescales.london import day_starts_at

# After midnight what fell due is noticed; people climb the ladder by day; in the evening the rest of the day is told.
MORNING, EVENING = time(1), time(18)
MOST_LINES = 10_000

Progress = Callable[[date, date], None]


async def play(stage: Stage, deeds: Iterable[Deed], last: date, progress: Progress) -> None:
    """Tell all deeds on their days up to the last, and let the scheduler and its follower do each day's work."""
    by_day: defaultdict[date, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_day[deed.on].append(deed)
    day = min(by_day)
    while day <= last:
        await notice(stage, day)
        await climb(stage, day, [deed for deed in by_day[day] if isinstance(deed, Step)])
        stage.clock.set(day_starts_at(day) + timedelta(hours=EVENING.hour))
        await tell(stage, by_day[day])
        progress(day, last)
        day += timedelta(days=1)


async def notice(stage: Stage, day: date) -> None:
    """Early on this London date: what is due becomes a breach, its event a place in the feed, and is heard."""
    stage.clock.set(day_starts_at(day) + timedelta(hours=MORNING.hour))
    engine, now = stage.apps["scheduler"].state.door.engine, stage.clock.now()
    await sweep(engine, stage.authority, now)
    await relay(engine, stage.authority, now)
    while await follow_authority(stage.apps["escalation"].state.door, stage.authority):
        pass


async def tell(stage: Stage, deeds: Sequence[Deed]) -> None:
    """One day's deeds: first the nightly import, then the single requests, turn by turn."""
    lines = [deed for deed in deeds if isinstance(deed, Line)]
    for start in range(0, len(lines), MOST_LINES):
        await _import(stage, lines[start : start + MOST_LINES])
    calls = [deed for deed in deeds if isinstance(deed, Call)]
    for turn in sorted({call.turn for call in calls}):
        await stage.ask_all(call for call in calls if call.turn == turn)
    for deed in deeds:
        if isinstance(deed, Sample):
            await take_sample(stage, deed)


async def _import(stage: Stage, lines: Sequence[Line]) -> None:
    content = b"\n".join(json.dumps(line.as_json()).encode() for line in lines)
    taken = await stage.ask("POST", "/v1/imports", content=content, role=Role.CASE_SYSTEM)
    while await work_off(stage.apps["reviews"].state.door, stage.authority):
        pass
    done = await stage.ask("GET", f"/v1/imports/{taken['id']}", role=Role.CASE_SYSTEM)
    if done["accepted"] != len(lines):
        refused = await stage.ask(
            "GET", f"/v1/imports/{taken['id']}/results?outcome=rejected", role=Role.CASE_SYSTEM
        )
        raise CommandRefused(f"{len(lines) - done['accepted']} lines were not taken: {refused['items'][:3]}")
