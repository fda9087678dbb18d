"""The made-up council in the database: whole, or not at all."""

import asyncio

import pytest

from services.cli.demo.loading import load_council
from shared.deadlines.law import law
from tests.town import Town


class Interrupted(Exception):
    pass


def interrupt(done: int, whole: int) -> None:
    raise Interrupted


def go_on(done: int, whole: int) -> None:
    pass


async def count(town: Town, what: str) -> int:
    (row,) = await town.rows(f"SELECT count(*) FROM {what}")
    return int(row[0])


async def test_a_load_that_was_interrupted_leaves_nothing_and_the_next_is_whole(town: Town) -> None:
    now, rules = town.clock.now(), law()
    with pytest.raises(Interrupted):
        await load_council(town.database_url, town.authority, rules, now, interrupt)
    assert await count(town, "child") == 0
    first, second = await asyncio.gather(
        *(load_council(town.database_url, town.authority, rules, now, go_on) for _ in range(2))
    )
    assert (first is None) is not (second is None)
    assert await count(town, "child") == 617
    assert await count(town, "deadline WHERE outcome = 'open' AND due_at <= changed_at") > 3
    assert await count(town, "deadline WHERE outcome IN ('met_late', 'ended_unmet') AND NOT historic") == 0
    assert await count(town, "outbox_event WHERE NOT historic") == 0
