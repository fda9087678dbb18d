"""A case system that sends many rows at once, and its own worker."""

import json
from collections.abc import Iterable
from typing import Any

import httpx

from services.reviews_api.bulk.working import work_off
from tests.town import Town

NDJSON = "application/x-ndjson"


def row(record: str, reference: str, **fields: Any) -> dict[str, Any]:
    """One row, as a case system makes it."""
    return {"record": record, "reference": reference, **fields}


def lines(rows: Iterable[dict[str, Any] | bytes]) -> bytes:
    """Rows as NDJSON; what is bytes already is sent as it is."""
    return b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in rows)


async def send(
    town: Town, rows: Iterable[dict[str, Any] | bytes], *, dry_run: bool = False, **headers: str
) -> httpx.Response:
    """POST the rows, which are not done by that."""
    address = f"/v1/imports{'?dry_run=true' if dry_run else ''}"
    return await town.ask("reviews", "POST", address, lines(rows), **({"content_type": NDJSON} | headers))


async def work(town: Town) -> None:
    """Work off whatever waits, with no pause."""
    while await work_off(town.apps["reviews"].state.door, town.authority):
        pass


async def bring(
    town: Town, rows: Iterable[dict[str, Any] | bytes], *, dry_run: bool = False
) -> dict[str, Any]:
    """Send the rows and have them done; the import as it is then."""
    taken = await send(town, rows, dry_run=dry_run)
    assert taken.status_code == 202, taken.text
    await work(town)
    done = (await town.ask("reviews", "GET", f"/v1/imports/{taken.json()['id']}")).json()
    assert done["finished_at"] is not None and done["done"] == done["rows"]
    return done


async def results(town: Town, done: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
    """Every result, page by page."""
    query = "&".join(f"{name}={value}" for name, value in params.items())
    address, found = f"/v1/imports/{done['id']}/results?{query}", []
    while address:
        page = (await town.ask("reviews", "GET", address)).json()
        found += page["items"]
        address = page["next"]
    return found


async def outcomes(town: Town, rows: Iterable[dict[str, Any] | bytes], *, dry_run: bool = False) -> list[str]:
    """What became of each row, by line; for a rejection its code."""
    found = await results(town, await bring(town, rows, dry_run=dry_run))
    return [each["code"] or each["outcome"] for each in found]
