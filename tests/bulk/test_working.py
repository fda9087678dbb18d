"""Imports are worked off by any number of processes, each of which may end at any moment."""

import asyncio
from dataclasses import replace

import pytest
from prometheus_client import REGISTRY

from services.reviews_api.bulk.working import work_off
from tests.bulk.sending import results, row, send, work
from tests.town import hurried

CHILDREN = [row("child", f"C-{number}", source_version=1) for number in range(40)]
PERIODS = [
    row("care_period", f"CP-{number}", child=f"C-{number}", started_on="2026-11-02", source_version=1)
    for number in range(40)
]


async def finished(town, sent):
    return (await town.ask("reviews", "GET", f"/v1/imports/{sent.json()['id']}")).json()


async def told_once(town):
    started = await town.rows("SELECT 1 FROM outbox_event WHERE type = 'care_period.started'")
    return len(started) == len(PERIODS)


async def test_several_at_once_do_every_row_once(town):
    sent = [await send(town, CHILDREN), await send(town, PERIODS)]
    await asyncio.gather(*(work(town) for _ in range(4)))
    await work(town)
    assert [(await finished(town, each))["accepted"] for each in sent] == [40, 40]
    assert await told_once(town)


@pytest.mark.parametrize("patience", [0.05, 0.2, 0.5])
async def test_cut_off_in_the_middle_nothing_is_lost_or_done_twice(town, patience):
    await send(town, CHILDREN)
    sent = await send(town, PERIODS)
    for _ in range(3):
        task = asyncio.create_task(work_off(town.apps["reviews"].state.door, town.authority))
        await asyncio.wait([task], timeout=patience)
        task.cancel()
        await asyncio.wait([task])
    half = await finished(town, sent)
    assert half["done"] in (0, 40) and (half["finished_at"] is None) == (half["done"] == 0)
    await work(town)
    assert (await finished(town, sent))["accepted"] == 40
    assert await told_once(town)


@pytest.fixture
async def hurried_door(town, database_url, bounds_transactions):
    async with hurried(database_url, "duecare_reviews", "100ms") as engine:
        yield replace(town.apps["reviews"].state.door, engine=engine)


@pytest.mark.parametrize("dry_run", [True, False], ids=["rehearsed", "done"])
async def test_a_transaction_of_an_import_takes_as_long_as_it_takes(town, hurried_door, dry_run):
    rows = [row("child", f"L-{number}", source_version=1) for number in range(400)]
    rows += [
        row("care_period", f"L-{number}", child=f"L-{number}", started_on="2026-11-02", source_version=1)
        for number in range(400)
    ]
    sent = await send(town, rows, dry_run=dry_run)
    while await work_off(hurried_door, town.authority):
        pass
    assert (await finished(town, sent))["accepted"] == len(rows)


async def test_the_service_works_imports_off_by_itself(town):
    async with town.apps["reviews"].router.lifespan_context(town.apps["reviews"]):
        sent = await send(town, CHILDREN[:3])
        async with asyncio.timeout(20):
            while (await finished(town, sent))["finished_at"] is None:  # noqa: ASYNC110 - it is in the database
                await asyncio.sleep(0.1)
    assert (await finished(town, sent))["accepted"] == 3


async def test_a_row_that_fails_for_a_reason_of_ours_is_alone_in_that(town):
    async with town.owner.begin() as connection:
        await connection.exec_driver_sql(
            f"""ALTER TABLE child ADD CONSTRAINT planted
            CHECK (authority_id <> '{town.authority}' OR reference <> 'C-7') NOT VALID"""
        )
    try:
        sent = await send(town, CHILDREN)
        await work(town)
    finally:
        async with town.owner.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE child DROP CONSTRAINT planted")
    done = await finished(town, sent)
    assert (done["accepted"], done["rejected"]) == (39, 1)
    assert [each["code"] for each in await results(town, done, outcome="rejected")] == ["internal"]


async def test_the_figures_count_rows_by_what_became_of_them(town):
    before = REGISTRY.get_sample_value("duecare_import_rows_total", {"outcome": "created"}) or 0
    await send(town, CHILDREN)
    await work(town)
    assert REGISTRY.get_sample_value("duecare_import_rows_total", {"outcome": "created"}) == before + 40
