"""Where services listen."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from services.cli.ports import listen
from shared.settings import Settings

HOSTS = pytest.mark.parametrize("host", ["127.0.0.1", "::1"])


@contextmanager
def answering(host: str) -> Iterator[socket.socket]:
    """The service's end of a connection."""
    with listen(Settings(host=host, reviews_port=0), "reviews_api") as listening:
        with socket.create_connection(listening.getsockname()[:2]):
            accepted, _ = listening.accept()
        with accepted:
            yield accepted


@HOSTS
def test_an_answer_leaves_at_once_and_does_not_wait_until_its_first_half_is_acknowledged(host: str) -> None:
    with answering(host) as connection:
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="This system knows no such bound.")
@HOSTS
def test_who_takes_nothing_of_an_answer_any_more_is_cut_off_by_the_system(host: str) -> None:
    with answering(host) as connection:
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000
