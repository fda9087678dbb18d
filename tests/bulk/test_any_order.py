"""In whatever order, however often and in whatever portions versions arrive, what is held in the end is the same."""

import asyncio
import itertools
import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bulk.sending import bring, results, row
from tests.town import Town

_numbers = itertools.count(1)
GONE = {"withdrawn_because": "x"}
DELIVERIES = [
    row("child", "C-1", date_of_birth="2014-05-03", source_version=1),
    row("child", "C-1", date_of_birth="2014-05-04", source_version=4),
    row("child", "C-2", source_version=1),
    row("child", "C-2", source_version=2, **GONE),
    row("care_period", "CP-1", child="C-1", started_on="2026-10-01", source_version=1),
    row("care_period", "CP-1", child="C-1", started_on="2026-10-05", source_version=2),
    row("review", "R-1", care_period="CP-1", scheduled_on="2026-10-20", source_version=1),
    row("review", "R-1", care_period="CP-1", scheduled_on="2026-10-20", held_on="2026-10-21", source_version=5),
    row("review", "R-2", care_period="CP-1", held_on="2026-10-22", source_version=1),
    row("review", "R-2", source_version=2, **GONE),
    row("review", "R-3", source_version=1, **GONE),
    row("review", "R-3", care_period="CP-1", held_on="2026-11-02", source_version=2),
    row("fact", "F-1", history="CP-1", kind="visit.made", happened_on="2026-10-06", codes={"seen": "yes"},
        source_version=1),
    row("fact", "F-1", source_version=3, **GONE),
]  # fmt: skip
STATE = {
    "child": "SELECT reference, source_order, date_of_birth FROM child WHERE withdrawn_at IS NULL",
    "period": "SELECT reference, source_order, started_on FROM care_period WHERE withdrawn_at IS NULL",
    "review": "SELECT reference, source_order, status, held_on FROM review WHERE withdrawn_at IS NULL",
    "fact": "SELECT reference, source_order, happened_on FROM reported_fact WHERE withdrawn_at IS NULL",
    "told": "SELECT kind, happened_on FROM fact WHERE withdrawn_at IS NULL",
    "deadline": "SELECT timescale, starts_on, due_on, outcome FROM deadline WHERE outcome <> 'withdrawn'",
}
PLURAL = {"child": "children", "care_period": "care_periods", "review": "reviews", "fact": "facts"}


async def held(town: Town) -> dict[str, list[tuple[Any, ...]]]:
    """What stands, and in which version."""
    return {name: sorted(map(tuple, await town.rows(sql)), key=str) for name, sql in STATE.items()}


async def deliver(town: Town, portion: Sequence[dict[str, Any]], in_bulk: bool) -> list[dict[str, Any]]:
    """Send a portion; those that were refused."""
    if in_bulk:
        ended = await results(town, await bring(town, portion))
        return [each for each, end in zip(portion, ended, strict=True) if end["outcome"] == "rejected"]
    return [each for each in portion if await one_by_one(town, each) >= 400]


async def one_by_one(town: Town, said: dict[str, Any]) -> int:
    """The status that a record's own route answers with."""
    body = {name: value for name, value in said.items() if name not in ("record", "reference")}
    address = f"/v1/{PLURAL[said['record']]}/{said['reference']}"
    if "withdrawn_because" in body:
        body["because"] = body.pop("withdrawn_because")
        return (await town.ask("reviews", "POST", f"{address}/withdraw", body)).status_code
    return (await town.ask("reviews", "PUT", address, body)).status_code


async def deliver_all(town: Town, portions: Sequence[tuple[list[dict[str, Any]], bool]]) -> None:
    """Every portion, and whatever is refused for want of another record again, until that helps no more."""
    refused: list[dict[str, Any]] = []
    for portion, in_bulk in portions:
        refused += await deliver(town, portion, in_bulk)
    while refused:
        left = await deliver(town, refused, True)
        if len(left) == len(refused):
            break
        refused = left


@st.composite
def deliveries(draw: st.DrawFn) -> list[tuple[list[dict[str, Any]], bool]]:
    """All of it in any order, some of it twice, cut into portions that go in bulk or one by one."""
    order = draw(st.permutations(DELIVERIES + draw(st.lists(st.sampled_from(DELIVERIES), max_size=5))))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=4)))
    edges = [0, *cuts, len(order)]
    portions = [order[start:end] for start, end in itertools.pairwise(edges) if start < end]
    return [(portion, draw(st.booleans())) for portion in portions]


async def test_any_order_and_repetition_comes_to_the_same(
    database_url: str, clock: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async def outcome(portions: Sequence[tuple[list[dict[str, Any]], bool]]) -> Any:
        authority = f"O{os.getpid()}-{next(_numbers)}"
        async with Town.founded(database_url, authority, clock, tmp_path_factory) as town:
            await deliver_all(town, portions)
            return await held(town)

    wanted = await outcome([(DELIVERIES, True)])
    assert [each[0] for each in wanted["review"]] == ["R-1", "R-3"]
    loop = asyncio.get_running_loop()

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(deliveries())
    def same(portions: list[tuple[list[dict[str, Any]], bool]]) -> None:
        assert asyncio.run_coroutine_threadsafe(outcome(portions), loop).result() == wanted

    await asyncio.to_thread(same)
