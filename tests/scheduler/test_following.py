"""The demonstration's readers of the stream and of the feed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.cli.demo.api import open_api
from services.cli.demo.following import Told, following, told_in
from services.cli.demo.receiver import Heard, Way
from shared.auth.principal import Role
from tests.scheduler.live import until

BREACH = "deadline.breached"


async def test_both_readers_begin_at_the_feeds_head_and_go_on_where_a_killed_service_left_them(live):
    heard: list[Heard] = []
    async with live.scheduler() as process:
        await started(process)
        await live.bureau.look_after(children=2)
        await live.drained()
        async with both_reading(live, process, heard):
            await live.bureau.look_after(children=1)
            await until(lambda: both_heard(heard, 1))
            process.kill()
            await live.bureau.look_after(children=2)
            await started(process)
            await until(lambda: both_heard(heard, 3))
    assert {each.event["type"] for each in heard} == {BREACH}
    assert ids(heard, Way.STREAM) == ids(heard, Way.FEED)
    assert len(set(ids(heard, Way.FEED))) == len(ids(heard, Way.FEED)) == 3


async def test_what_had_passed_before_it_was_told_is_left_out_by_both_readers_as_by_webhooks(live):
    heard: list[Heard] = []
    async with live.scheduler() as process:
        await started(process)
        async with both_reading(live, process, heard):
            await live.bureau.look_after(historic=True, children=2)
            await live.drained()
            await live.bureau.look_after(historic=False)
            await until(lambda: both_heard(heard, 1))
    assert [each.event["data"]["historic"] for each in heard] == [False, False]


async def test_an_event_that_breaks_off_in_the_middle_is_not_told():
    async def lines():
        for line in (": the feed follows", "", "id: 1", "event: a", "data: {}", "", "id: 2", "event: b"):
            yield line

    assert [each async for each in told_in(lines())] == [Told(1, "a", "{}")]


@asynccontextmanager
async def both_reading(live, process, heard: list[Heard]) -> AsyncIterator[None]:
    settings = live.town.settings.model_copy(update={"scheduler_port": process.port})
    tokens = {Role.OPERATOR: live.town.token(Role.OPERATOR)}
    async with open_api(settings, tokens) as api, following(api, {BREACH}, heard.append):
        yield


async def started(process) -> None:
    process.start()
    await process.ready()


async def both_heard(heard: list[Heard], number: int) -> bool:
    return all(len(ids(heard, way)) >= number for way in (Way.STREAM, Way.FEED))


def ids(heard: list[Heard], way: Way) -> list[str]:
    return [each.event["id"] for each in heard if each.way is way]
