"""Somebody outside is told that all is well, for as long as it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from prometheus_client import REGISTRY

from services.scheduler.watch.deadman import DeadMansSwitch, make_client
from services.scheduler.watch.pulse import Pulse
from shared.refusals import Unavailable


class Seconds:
    """A clock that nobody can set, but the test."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def beating() -> tuple[Pulse, Seconds]:
    seconds = Seconds()
    pulse = Pulse(seconds)
    pulse.start()
    pulse.beat("sweep")
    pulse.beat("relay")
    return pulse, seconds


@asynccontextmanager
async def listener(answer: str = "200 OK", extra: str = "") -> AsyncIterator[tuple[str, list[str]]]:
    """An address, and the first line of every request that came to it."""
    heard: list[str] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        writer.write(f"HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n{extra}\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ping/abc", heard
    finally:
        server.close()


def pings(outcome: str) -> float:
    return REGISTRY.get_sample_value("duecare_deadman_pings_total", {"outcome": outcome}) or 0


async def test_while_all_is_swept_and_relayed_the_switch_is_held_and_its_address_stays_a_secret(caplog):
    caplog.set_level("INFO")
    pulse, _ = beating()
    async with listener() as (url, heard), make_client() as client:
        before = pings("arrived")
        await DeadMansSwitch(client, pulse, url, 60).ping()
        assert heard == ["GET /ping/abc HTTP/1.1"] and pings("arrived") == before + 1
    assert "/ping/abc" not in caplog.text


@pytest.mark.parametrize("loop", ["sweep", "relay"])
async def test_where_either_stands_still_the_switch_is_let_go(loop):
    pulse, seconds = beating()
    seconds.at += 61
    pulse.beat("sweep" if loop == "relay" else "relay")
    async with listener() as (url, heard), make_client() as client:
        await DeadMansSwitch(client, pulse, url, 60).ping()
        assert heard == []


async def test_a_switch_that_cannot_be_reached_is_counted_and_nothing_else(caplog):
    caplog.set_level("INFO")
    pulse, _ = beating()
    async with (
        listener("302 Found", "location: http://127.0.0.1:9/\r\n") as (url, heard),
        make_client() as client,
    ):
        before = pings("failed")
        await DeadMansSwitch(client, pulse, url, 60).ping()
        await DeadMansSwitch(client, pulse, "http://127.0.0.1:9/secret", 60).ping()
        assert pings("failed") == before + 2 and len(heard) == 1
    assert "secret" not in caplog.text


def test_a_scheduler_whose_sweep_or_relay_stands_still_is_not_ready():
    pulse, seconds = beating()
    seconds.at += 100
    pulse.beat("sweep")
    pulse.check(120)
    seconds.at += 21
    with pytest.raises(Unavailable):
        pulse.check(120)


def test_one_that_has_just_begun_is_ready_and_one_that_never_swept_is_not():
    seconds = Seconds()
    pulse = Pulse(seconds)
    pulse.check(120)
    pulse.start()
    pulse.check(120)
    seconds.at += 121
    with pytest.raises(Unavailable):
        pulse.check(120)
