"""The day's reads touch what they show and no more: every scan of a table that grows goes by an index, and by more of
it than the council."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bench.overhearing import Spoken, overheard
from shared.db.engine import connect
from shared.db.session import authority_session
from tests.due.crowd import OTHERS, crowd, tidy

READS = (
    "/v1/due",
    "/v1/due?days=366&limit=200",
    "/v1/due?overdue=true",
    "/v1/due?overdue=false&after=1795996800000000.0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
    "/v1/due?timescale=timescale-3",
    "/v1/due?basis=local",
    "/v1/due?officer=iro-3",
    "/v1/due?team=team-3",
    "/v1/due?team=team-3&officer=iro-3&timescale=timescale-3&days=366",
    "/v1/caseloads/iro-3",
    "/v1/children/C-7",
    "/v1/children/C-7/timeline",
)
# A council has a few thousand children, periods of care and exemptions: a planner may rightly read those as a whole.
GROWING = {
    "allocation",
    "breach",
    "deadline",
    "deadline_revision",
    "escalation",
    "escalation_child",
    "fact",
    "review",
}


def scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan that reads a table that grows."""
    if plan.get("Relation Name") in GROWING:
        yield plan
    for each in plan.get("Plans", ()):
        yield from scans(each)


def conditions(node: dict[str, Any]) -> str:
    """What an index is entered with, also where a heap is read by the finds of several."""
    below = " ".join(conditions(each) for each in node.get("Plans", ()) if "Bitmap" in each["Node Type"])
    return f"{node.get('Index Cond', '')} {below}"


def is_by_an_index(node: dict[str, Any]) -> bool:
    by_index = node["Node Type"] in ("Index Scan", "Index Only Scan", "Bitmap Heap Scan")
    columns = set(re.findall(r"\(*(?:ROW\()?(?:\w+\.)?(\w+)(?:, \w+\))? (?:=|<=?|>=?) ", conditions(node)))
    return by_index and bool(columns - {"authority_id"})


async def plans(town, said: list[Spoken], generic: bool) -> list[dict[str, Any]]:
    """The plans of these statements, as the service's own role gets them: for the very values, or for any."""
    engine = connect(town.database_url, "duecare_reviews", name="tests", pool_size=1)
    async with authority_session(engine, town.authority) as session:
        raw = (await (await session.connection()).get_raw_connection()).driver_connection
        await raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        found = [await (plan_for_any if generic else plan_for)(raw, each.query, each.values) for each in said]
    await engine.dispose()
    return [(json.loads(each) if isinstance(each, str) else each)[0]["Plan"] for each in found]


async def plan_for(raw: Any, query: str, values: tuple[Any, ...]) -> Any:
    return await raw.fetchval(f"EXPLAIN (FORMAT JSON) {query}", *values)


async def plan_for_any(raw: Any, query: str, values: tuple[Any, ...]) -> Any:
    await raw.execute(f"PREPARE asked AS {query}")
    nothing = f"({', '.join(['NULL'] * len(values))})" if values else ""
    found = await raw.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}")
    await raw.execute("DEALLOCATE asked")
    return found


@pytest.fixture
async def crowded(town, neighbour):
    """A council of 24,000 deadlines, and a smaller one beside it."""
    await crowd(town)
    await crowd(neighbour, OTHERS)
    await tidy(town)
    return town


async def test_every_read_of_the_day_goes_by_an_index(crowded):
    engine = crowded.apps["reviews"].state.door.engine
    for address in READS:
        with overheard(engine) as heard:
            answer = await crowded.ask("reviews", "GET", address)
        assert answer.status_code == 200, answer.text
        said = [each for each in heard if re.match(r"\s*(SELECT|WITH)\b.*\bFROM\b", each.query, re.DOTALL)]
        assert said, address
        looked = 0
        for generic in (False, True):
            for each, plan in zip(said, await plans(crowded, said, generic), strict=True):
                for node in scans(plan):
                    looked += 1
                    assert is_by_an_index(node), (node["Relation Name"], address, generic, each.query, node)
        assert looked, address


async def test_the_reads_of_a_crowd_show_what_was_put_there(crowded):
    day = (await crowded.ask("reviews", "GET", "/v1/caseloads/iro-3")).json()
    assert day["children_count"] == 80 and {len(each["deadlines"]) for each in day["children"]} == {4}
    assert (await crowded.ask("reviews", "GET", "/v1/due?officer=iro-3")).json()["items"]
    assert (await crowded.ask("reviews", "GET", "/v1/due?team=team-3")).json()["items"]
    timeline = (await crowded.ask("reviews", "GET", "/v1/children/C-7/timeline?limit=200")).json()
    assert len(timeline["items"]) >= 30
