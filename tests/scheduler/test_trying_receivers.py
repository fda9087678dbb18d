"""Receivers that would have the sender read, wait or remember for ever."""

import asyncio
import gzip
import logging
import os
import resource
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import pytest

from services.scheduler.deliveries.carrying import READ_AT_MOST
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.subscriptions.addresses import Addresses
from shared.clock import FixedClock
from tests.scheduler.receiver import Receiver
from tests.scheduler.sending import HERE, NOON, claim_of, send_to

Say = Callable[[bytes], Awaitable[None]]


@asynccontextmanager
async def saying(what: Callable[[Say], Awaitable[None]]) -> AsyncIterator[tuple[str, list[int]]]:
    """A receiver that answers with whatever is said, and the sizes of what it got rid of."""
    taken: list[int] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(words: bytes) -> None:
            writer.write(words)
            await writer.drain()
            taken.append(len(words))

        try:
            await reader.readuntil(b"\r\n\r\n")
            await what(say)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", taken


async def endless_body(say: Say) -> None:
    await say(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
    while True:
        await say(b"all work and no play " * 1000)


async def endless_chunks(say: Say) -> None:
    await say(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        await say(b"1\r\na\r\n" * 1000)


async def endless_headers(say: Say) -> None:
    await say(b"HTTP/1.1 200 OK\r\n")
    while True:
        await say(b"x-more: and more\r\n" * 100)


async def one_endless_header(say: Say) -> None:
    await say(b"HTTP/1.1 200 OK\r\nx-more: ")
    while True:
        await say(b"a" * 4096)


async def endless_interim_answers(say: Say) -> None:
    while True:
        await say(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await asyncio.sleep(0.001)


async def dripped_headers(say: Say) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nx-more: " + b"a" * 1000:
        await say(bytes([byte]))
        await asyncio.sleep(0.01)


async def dripped_body(say: Say) -> None:
    await say(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(1000):
        await say(b"a")
        await asyncio.sleep(0.01)


async def silence(say: Say) -> None:
    await asyncio.sleep(60)


async def no_http(say: Say) -> None:
    await say(b"SSH-2.0-OpenSSH_9.2\r\n")


@pytest.mark.parametrize("what", [endless_body, endless_chunks])
async def test_no_more_than_64_kib_of_an_endless_answer_is_read_and_it_has_arrived(what):
    async with saying(what) as (url, taken):
        [result] = await send_to(url)
    assert (result.outcome, result.status) == (Outcome.DELIVERED, 200)
    assert len(result.first_bytes or "") == 256
    assert sum(taken) < 200 * READ_AT_MOST  # what the system's own buffers take besides


@pytest.mark.parametrize(
    "what",
    [
        endless_headers,
        one_endless_header,
        endless_interim_answers,
        dripped_headers,
        dripped_body,
        silence,
        no_http,
    ],
)
async def test_who_never_comes_to_an_end_has_so_long_and_no_longer(what):
    async with saying(what) as (url, taken):
        [result] = await send_to(url, within=0.2)
    assert (result.outcome, result.status) == (Outcome.UNREACHABLE, None)
    assert result.milliseconds < 1000
    assert sum(taken) < 200 * READ_AT_MOST


async def test_no_attempt_outlasts_its_claim():
    async with saying(silence) as (url, _):
        [result] = await send_to(url, claimed_for=0.2)
    assert result.outcome is Outcome.UNREACHABLE
    assert result.milliseconds < 5000


async def test_what_is_no_fault_of_the_receivers_is_called_a_fault_and_its_place_is_logged(caplog):
    async def broken(host: str) -> list[str]:
        raise TypeError(f"of {host}")

    addresses = Addresses(frozenset({"lcs.sefton.example"}))
    [result] = await send_to("https://lcs.sefton.example/", addresses=addresses, look_up=broken)
    assert (result.outcome, result.status) == (Outcome.FAULT, None)
    said = " ".join(each.message for each in caplog.records if each.levelno == logging.ERROR)
    assert "TypeError" in said and "broken" in said and "sefton" not in said


@contextmanager
def nothing_more_to_be_opened() -> Iterator[None]:
    """This process has used up its file descriptors."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize(
    "url", ["https://lcs.sefton.example/", "http://127.0.0.1:9/"], ids=["name", "connect"]
)
async def test_that_no_socket_is_left_here_is_not_held_against_a_receiver(url):
    addresses = Addresses(frozenset({"lcs.sefton.example"}), loopback=True)
    async with make_client() as client:
        sender = Sender(client, addresses, FixedClock(NOON))
        with nothing_more_to_be_opened():
            result = await sender.send(claim_of(url))
    assert result.outcome is Outcome.FAULT


async def test_a_secret_that_cannot_be_read_is_not_held_against_a_receiver():
    async with saying(silence) as (url, _), make_client() as client:
        sender = Sender(client, HERE, FixedClock(NOON))
        result = await sender.send(replace(claim_of(url), secret="whsec_é"))
    assert result.outcome is Outcome.FAULT


async def test_what_is_packed_stays_packed():
    packed = gzip.compress(bytes(50_000_000), 9)

    async def bomb(say: Say) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {len(packed)}\r\n\r\n"
        await say(head.encode() + packed)

    async with saying(bomb) as (url, _):
        [result] = await send_to(url)
    assert result.outcome is Outcome.DELIVERED
    assert (result.first_bytes or "").startswith("....")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 304, 399])
async def test_a_redirect_is_followed_nowhere_and_is_a_failure(status):
    async with Receiver.listening() as elsewhere:
        extra = f"location: {elsewhere.url}\r\n"
        async with Receiver.listening(f"{status} Over There", extra=extra) as receiver:
            [result] = await send_to(receiver.url)
        assert (result.outcome, result.status) == (Outcome.REFUSED, status)
        assert elsewhere.peers == []


async def test_how_an_answer_begins_is_kept_as_far_as_it_can_be_printed():
    async def complaint(say: Say) -> None:
        body = b"No such \x00 queue\r\n\xc3\xa9" + b"!" * 400
        await say(b"HTTP/1.1 422 No\r\nretry-after: soon\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))

    async with saying(complaint) as (url, _):
        [result] = await send_to(url)
    assert (result.outcome, result.status, result.not_before) == (Outcome.REFUSED, 422, None)
    assert result.first_bytes == "No such . queue...." + "!" * 237
