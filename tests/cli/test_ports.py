"""Where services listen."""

import socket

import pytest

from services.cli.ports import listen
from shared.settings import Settings


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_leaves_at_once_and_does_not_wait_until_its_first_half_is_acknowledged(host):
    settings = Settings(host=host, reviews_port=0)
    with listen(settings, "reviews_api") as listening:
        with socket.create_connection(listening.getsockname()[:2]):
            answering, _ = listening.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="This system knows no such bound.")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_who_takes_nothing_of_an_answer_any_more_is_cut_off_by_the_system(host):
    settings = Settings(host=host, reviews_port=0)
    with listen(settings, "reviews_api") as listening:
        with socket.create_connection(listening.getsockname()[:2]):
            answering, _ = listening.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000
