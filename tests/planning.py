"""Whether a service's statements go by an index: what PostgreSQL plans for each, as the service's role gets it."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bench.overhearing import Spoken
from shared.db.engine import connect
from shared.db.session import authority_session
from tests.town import Town


def read_from_tables(heard: Sequence[Spoken]) -> list[Spoken]:
    """Of what a service said, the statements that read."""
    return [each for each in heard if re.match(r"\s*(SELECT|WITH)\b.*\bFROM\b", each.query, re.DOTALL)]


def scans(plan: dict[str, Any], growing: Collection[str]) -> Iterator[dict[str, Any]]:
    """Every node of a plan that reads a table that grows."""
    if plan.get("Relation Name") in growing:
        yield plan
    for each in plan.get("Plans", ()):
        yield from scans(each, growing)


def indexes(node: dict[str, Any]) -> set[str]:
    """The indexes by which a node reads, also where a heap is read by the finds of several."""
    below = (indexes(each) for each in node.get("Plans", ()) if "Bitmap" in each["Node Type"])
    return {node[name] for name in ("Index Name",) if name in node}.union(*below)


def is_by_an_index(node: dict[str, Any]) -> bool:
    """Whether it enters an index with more than the council."""
    columns = set(re.findall(r"\(*(?:ROW\()?(?:\w+\.)?(\w+)(?:, \w+\))? (?:=|<=?|>=?) ", conditions(node)))
    return reads_an_index(node) and bool(columns - {"authority_id"})


def reads_an_index(node: dict[str, Any]) -> bool:
    """Whether it reads by an index at all."""
    return node["Node Type"] in ("Index Scan", "Index Only Scan", "Bitmap Heap Scan")


def conditions(node: dict[str, Any]) -> str:
    """What an index is entered with, also where a heap is read by the finds of several."""
    below = " ".join(conditions(each) for each in node.get("Plans", ()) if "Bitmap" in each["Node Type"])
    return f"{node.get('Index Cond', '')} {below}"


async def plans(town: Town, said: Sequence[Spoken], generic: bool, role: str) -> list[dict[str, Any]]:
    """The plans of these statements, as this role gets them: for the very values, or for any."""
    engine = connect(town.database_url, role, name="tests", pool_size=1)
    async with authority_session(engine, town.authority) as session:
        raw = (await (await session.connection()).get_raw_connection()).driver_connection
        await raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        found = [await (_for_any if generic else _for_these)(raw, each.query, each.values) for each in said]
    await engine.dispose()
    return [(json.loads(each) if isinstance(each, str) else each)[0]["Plan"] for each in found]


async def _for_these(raw: Any, query: str, values: Sequence[Any]) -> Any:
    return await raw.fetchval(f"EXPLAIN (FORMAT JSON) {query}", *values)


async def _for_any(raw: Any, query: str, values: Sequence[Any]) -> Any:
    await raw.execute(f"PREPARE asked AS {query}")
    nothing = f"({', '.join(['NULL'] * len(values))})" if values else ""
    found = await raw.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}")
    await raw.execute("DEALLOCATE asked")
    return found
