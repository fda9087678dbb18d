import asyncio
import gc
import socket
from pathlib import Path

import aiohttp
import pytest

from services.scheduler.deliveries.carrying import PinnedConnector, WrongPeer
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.names import Names
from services.scheduler.deliveries.sending import UNREACHED, make_client
from services.scheduler.subscriptions.addresses import Addresses
from tests.scheduler.certificates import Certifier
from tests.scheduler.hostile import FAR, HOST, HOSTILE, NEAR
from tests.scheduler.receiver import Receiver
from tests.scheduler.sending import AtPort, Resolver, only, send_to

URL = f"https://{HOST}/hooks"
NAMED = Addresses(frozenset({HOST}))
PUBLIC, NEARBY = "127.0.0.2", "127.0.0.1"  # in these tests, the first is the internet's


@pytest.fixture(scope="module")
def certifier():
    return Certifier()


@pytest.fixture
def tls(certifier, tmp_path):
    return certifier.server(HOST, tmp_path)


async def test_every_hostile_address_is_barred_again_at_sending_and_never_looked_up():
    resolver = Resolver([FAR[0]])
    results = await send_to(*HOSTILE, addresses=NAMED, look_up=resolver.look_up)
    assert {each.outcome for each in results} == {Outcome.BARRED}
    assert resolver.asked == []


async def test_a_host_no_longer_allowed_is_sent_nothing():
    [result] = await send_to(URL, addresses=Addresses(frozenset()), look_up=Resolver([FAR[0]]).look_up)
    assert result.outcome is Outcome.BARRED


async def test_a_host_of_which_one_address_is_near_is_sent_nothing():
    for near in NEAR:
        for answer in ([near], [FAR[0], near], [near, FAR[1]]):
            [result] = await send_to(URL, addresses=NAMED, look_up=Resolver(answer).look_up)
            assert result.outcome is Outcome.BARRED, answer


async def test_a_host_that_nobody_knows_is_an_attempt_like_any_other():
    [result] = await send_to(URL, addresses=NAMED, look_up=Resolver([]).look_up)
    assert (result.outcome, result.status) == (Outcome.UNREACHABLE, None)


async def test_the_machines_own_resolver_is_asked_and_what_it_does_not_know_is_no_fault_of_ours():
    names = Names()
    assert NEARBY in await names.look_up("localhost")
    for host in ("no-such-host.invalid", "a" * 300):
        with pytest.raises(UNREACHED):
            await names.look_up(host)
    assert names.asked == {}


async def test_what_is_answered_to_nobody_who_still_waits_is_logged_nowhere(caplog):
    names = Names()
    waiting = asyncio.create_task(names.look_up("a" * 300))
    await asyncio.sleep(0)
    waiting.cancel()
    answer = names.asked["a" * 300]
    await asyncio.wait({answer})
    del answer, waiting
    gc.collect()
    assert (names.asked, caplog.text) == ({}, "")


async def test_a_name_that_moves_to_this_machine_is_blocked_though_a_connection_is_open(certifier, tls):
    async with (
        Receiver.listening(host=PUBLIC, tls=tls) as there,
        Receiver.listening(host=NEARBY, tls=tls, port=there.port) as here,
    ):
        resolver = Resolver([PUBLIC], [NEARBY], [PUBLIC, NEARBY], [PUBLIC])
        results = await send_to(
            *[URL] * 4,
            trust=certifier.trust,
            addresses=AtPort(frozenset({HOST}), port=there.port),
            look_up=resolver.look_up,
            may_reach=only(PUBLIC),
        )
        assert [each.outcome.value for each in results] == ["delivered", "barred", "barred", "delivered"]
        assert resolver.asked == [HOST] * 4
        assert here.peers == []
        assert there.peers == [(PUBLIC, there.port)]  # where the one connection led that both went over
        assert [hook.headers["host"] for hook in there.hooks] == [f"{HOST}:{there.port}"] * 2


async def test_the_certificate_must_be_the_hosts_and_of_an_authority_that_is_trusted(
    certifier, tls, tmp_path
):
    other = certifier.server("other.example", tmp_path)
    for certificate, trust in ((other, certifier.trust), (tls, Certifier().trust)):
        async with Receiver.listening(host=PUBLIC, tls=certificate) as receiver:
            [result] = await send_to(
                URL,
                trust=trust,
                addresses=AtPort(frozenset({HOST}), port=receiver.port),
                look_up=Resolver([PUBLIC]).look_up,
                may_reach=only(PUBLIC),
            )
            assert result.outcome is Outcome.UNREACHABLE
            assert receiver.hooks == []


async def test_where_one_address_takes_no_connection_the_next_is_tried_and_nothing_is_sent_twice(
    certifier, tls
):
    async with Receiver.listening(host=PUBLIC, tls=tls) as receiver:
        [result] = await send_to(
            URL,
            trust=certifier.trust,
            addresses=AtPort(frozenset({HOST}), port=receiver.port),
            look_up=Resolver(["127.0.0.3", PUBLIC]).look_up,
            may_reach=only("127.0.0.3", PUBLIC),
        )
        assert result.outcome is Outcome.DELIVERED
        assert len(receiver.hooks) == 1


@pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="this machine has no IPv6")
async def test_an_address_of_version_six_is_sent_to_as_well(certifier, tls):
    async with Receiver.listening(host="::1", tls=tls) as receiver:
        [result] = await send_to(
            f"{URL}?case=%20",
            trust=certifier.trust,
            addresses=AtPort(frozenset({HOST}), port=receiver.port),
            look_up=Resolver(["::1"]).look_up,
            may_reach=only("::1"),
        )
        assert result.outcome is Outcome.DELIVERED
        assert receiver.hooks[0].headers["host"] == f"{HOST}:{receiver.port}"


class Crooked(socket.socket):
    """Is told to connect to one address, and connects to another."""

    def connect(self, address):
        return super().connect((NEARBY, address[1]))


async def test_nothing_is_said_on_a_connection_whose_other_end_is_not_the_judged_address():
    async with Receiver.listening() as receiver:
        connector = PinnedConnector(socket_factory=lambda info: Crooked(*info[:3]))
        async with aiohttp.ClientSession(connector=connector) as client:
            with pytest.raises(WrongPeer):
                await client.post(f"http://{PUBLIC}:{receiver.port}/")
        assert receiver.hooks == []


async def test_surroundings_say_nothing_about_where_webhooks_go():
    async with make_client() as client:
        assert not client.trust_env
