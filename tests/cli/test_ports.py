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


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system has no such option")
def test_whoever_takes_nothing_of_what_was_sent_is_let_go_by_the_system_itself():
    with listen(Settings(reviews_port=0), "reviews_api") as listening:
        with socket.create_connection(listening.getsockname()):
            answering, _ = listening.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000
