"""The service follows the feed by itself, waits out an outage, and does not outlive its own failure."""

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.escalation_api.following import following
from services.escalation_api.reactions import follow
from shared.db.engine import connect
from tests.databases import migrated


@pytest.fixture(scope="module")
def database_url(server: str) -> Iterator[str]:
    """A database in which no other test left councils that would have to be followed too."""
    with migrated(server, f"duecare_followed_{os.getpid()}") as url:
        yield url


@pytest.fixture
def stops():
    """The SIGTERMs that this process gets meanwhile."""
    got = []
    before = signal.signal(signal.SIGTERM, lambda *_: got.append("SIGTERM"))
    yield got
    signal.signal(signal.SIGTERM, before)


async def eventually(condition):
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.05)


async def test_one_step_follows_every_authority(story, neighbour):
    for each in (story, neighbour):
        await each.care_period()
        await each.sweep_and_relay()
    await follow(story.town.apps["escalation"].state.door)
    for each in (story, neighbour):
        assert [found["state"] for found in await each.listed()] == ["suggested"]


async def test_a_breach_becomes_a_suggestion_while_the_service_runs(story, stops):
    app = story.town.apps["escalation"]
    async with app.router.lifespan_context(app):
        await story.care_period()
        await story.sweep_and_relay()
        await eventually(lambda: story.listed(state="suggested"))
    assert stops == []


async def test_an_outage_is_waited_out(story, stops):
    door = story.town.apps["escalation"].state.door
    nowhere = connect("postgresql://nobody@127.0.0.1:1/nothing", None)
    async with following(replace(door, engine=nowhere)):
        await asyncio.sleep(0.7)
        assert any("follows the feed" in task.get_name() for task in asyncio.all_tasks())
    assert stops == []


async def test_a_failure_that_waiting_cannot_cure_ends_the_process(story, stops):
    await story.care_period()
    await story.sweep_and_relay()
    door = story.town.apps["escalation"].state.door
    without_rights = story.town.apps["reviews"].state.door.engine
    left_with = []
    async with following(replace(door, engine=without_rights), leave=left_with.append):

        async def stopped():
            return bool(stops)

        await eventually(stopped)
    assert (stops, left_with) == (["SIGTERM"], [70])
