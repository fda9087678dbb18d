"""Which PostgreSQL is used, and what is said of one that cannot be."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.db.address import describe, parse_address
from shared.db.server import (
    ServerUnavailable,
    check_version,
    checked_address,
    database_server,
    ensure_database,
    passing_database,
)
from tests.db.users import answer


@pytest.fixture(scope="module")
def duecare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with database_server(None, tmp_path_factory.mktemp("server") / "home") as url:
        yield url


def test_without_an_address_the_embedded_servers_database_is_duecare(duecare: str) -> None:
    assert answer(duecare, "select current_database()::text") == "duecare"


def test_with_an_address_its_own_database_is_used(duecare: str, tmp_path: Path) -> None:
    address = ensure_database(duecare, "sefton").replace(
        "postgresql://postgres@", "postgres://postgres:p%40ss%2F@"
    )
    with database_server(address, tmp_path / "unused") as url:
        assert answer(url, "select current_database()::text") == "sefton"
    assert not (tmp_path / "unused").exists()


def test_two_may_create_one_database_at_once(duecare: str) -> None:
    with ThreadPoolExecutor(6) as six:
        urls = set(six.map(lambda _: ensure_database(duecare, 'half "quoted"'), range(6)))
    assert len(urls) == 1
    assert answer(urls.pop(), "select current_database()::text") == 'half "quoted"'


def test_a_passing_database_is_empty_each_time_and_gone_afterwards(duecare: str) -> None:
    tables = "select count(*)::text from pg_tables where schemaname = 'public'"
    ensure_database(duecare, "rehearsal")
    for _ in range(2):
        with passing_database(duecare, "rehearsal") as url:
            assert answer(url, "select current_database()::text") == "rehearsal"
            assert answer(url, tables) == "0"
            answer(url, "create table told (id int)")
            assert answer(url, tables) == "1"
    left = "select count(*)::text from pg_database where datname = 'rehearsal'"
    assert answer(duecare, left) == "0"


def test_an_address_can_be_checked_inside_a_running_loop(duecare: str) -> None:
    async def check() -> str:
        return checked_address(duecare)

    assert asyncio.run(check()) == duecare


def test_a_missing_database_is_named_as_the_reason(duecare: str) -> None:
    with pytest.raises(ServerUnavailable, match="it has no database of that name"):
        checked_address(duecare.replace("/duecare?", "/nowhere?"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "postgresql://duecare:s3cret@127.0.0.1:1/duecare",
            "at 127.0.0.1:1: connection refused. Check DATABASE_URL",
        ),
        ("postgres://duecare:s3cret%40@127.0.0.1:1/duecare?sslmode=require", "connection refused"),
        (
            "postgresql+asyncpg://duecare:s3cret@127.0.0.1:1/duecare?colour=red",
            "an option that is not understood",
        ),
        ("postgresql://duecare:s3cret@/duecare?host=/nowhere", "the socket in /nowhere: no such file"),
        ("postgresql://duecare:not@s3cret@127.0.0.1/duecare", "not a PostgreSQL address"),
        ("postgresql://duecare:s3cret@127.0.0.1:many/duecare", "not a PostgreSQL address"),
        ("mysql://duecare:s3cret@127.0.0.1/duecare", "not a PostgreSQL address"),
        ("s3cret", "not a PostgreSQL address"),
    ],
)
def test_an_address_that_fails_is_told_in_one_line_without_its_password(address: str, said: str) -> None:
    with pytest.raises(ServerUnavailable) as refusal:
        checked_address(address)
    assert said in str(refusal.value)
    assert "s3cret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_server_older_than_fifteen_is_too_old() -> None:
    with pytest.raises(ServerUnavailable) as refusal:
        check_version("14.2", 140_002)
    assert str(refusal.value) == "PostgreSQL 14.2 is too old: Duecare needs 15 or later."
    check_version("15.0", 150_000)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgres://duecare:p%40ss@db.example.org/x", "db.example.org:5432"),
        ("postgresql://duecare:p@[::1]:5433/x", "::1:5433"),
        ("postgresql:///x", "localhost:5432"),
        ("postgresql://duecare@/x?host=/run/postgresql", "the socket in /run/postgresql"),
        ("postgresql://duecare@/x?host=a:1&host=b:2", "a:1, b:2"),
    ],
)
def test_a_place_is_described_without_user_or_password(address: str, place: str) -> None:
    assert describe(parse_address(address)) == place
