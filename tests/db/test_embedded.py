"""The embedded PostgreSQL: shared, private, and back after whatever ended it."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from shared.db.embedded import EmbeddedServer, EmbeddedServerError
from shared.db.embedded_programs import program
from tests.db.users import another_user_of, answer, first_line, kill, modes_above, server_of


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home under a folder that only we can enter; whatever a test leaves running in it is stopped."""
    tmp_path.chmod(0o700)
    yield tmp_path / "home"
    if (tmp_path / "home").exists():
        with EmbeddedServer(tmp_path / "home"):
            pass


def test_a_private_home_works_and_no_folder_above_it_or_the_wheel_changes(home: Path) -> None:
    before = modes_above(home, program("postgres"))
    with EmbeddedServer(home) as server:
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert answer(server.start(), "show listen_addresses") == ""
        assert answer(server.start(), "show data_checksums") == "on"
        assert answer(server.start(), "show max_connections") == "200"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert modes_above(home, program("postgres")) == before


def test_the_last_of_two_users_to_leave_stops_the_server(home: Path) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    with ThreadPoolExecutor(2) as both:
        urls = set(both.map(lambda server: server.start(), (first, second)))
    assert len(urls) == 1
    first.stop()
    assert answer(urls.pop(), "select 1") == 1
    second.stop()
    assert server_of(home) is None


def test_a_user_that_is_killed_leaves_the_server_to_the_next(home: Path) -> None:
    killed = another_user_of(home)
    url = first_line(killed)
    kill(killed)
    server = server_of(home)
    assert server is not None
    with EmbeddedServer(home) as next_user:
        assert next_user.start() == url
        assert server_of(home) == server
    assert server_of(home) is None


def test_the_server_does_not_hear_the_terminals_ctrl_c(home: Path) -> None:
    with EmbeddedServer(home):
        server = server_of(home)
        assert server is not None
        assert os.getsid(server.pid) != os.getsid(0)


def test_a_server_that_was_killed_starts_again_with_its_data(home: Path) -> None:
    with EmbeddedServer(home) as user:
        answer(user.start(), "create table child (reference text)")
        server = server_of(home)
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        assert answer(EmbeddedServer(home).start(), "select count(*) from child") == 0


@pytest.mark.parametrize("written", ["{us}\n{data}\n1\n5432\n/nowhere\n\n\nready\n", "", "what\n"])
def test_a_stale_process_file_does_not_stand_in_the_way(home: Path, written: str) -> None:
    with EmbeddedServer(home):
        pass
    data = home / "postgres"
    (data / "postmaster.pid").write_text(written.format(us=os.getpid(), data=data))
    (home / "socket").mkdir(mode=0o700, exist_ok=True)
    (home / "socket" / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    with EmbeddedServer(home) as user:
        assert answer(user.start(), "select 1") == 1


def test_making_the_data_starts_over_after_being_killed_half_way(home: Path) -> None:
    killed = another_user_of(home)
    while not list(home.glob("postgres.new-*/PG_VERSION")):
        time.sleep(0.005)
    kill(killed)
    assert not (home / "postgres").exists()
    with EmbeddedServer(home) as user:
        assert answer(user.start(), "select 1") == 1


def test_a_home_too_deep_for_a_socket_gets_a_private_one_elsewhere(home: Path) -> None:
    deep = home / ("d" * 60) / "a folder, with: more" / ("d" * 60)
    with EmbeddedServer(deep) as user:
        url = user.start()
        server = server_of(deep)
        assert answer(url, "select 1") == 1
        assert server is not None
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
        assert not server.socket_folder.is_relative_to(deep)
    assert not server.socket_folder.exists()


def test_no_childs_data_reaches_the_log(home: Path) -> None:
    with EmbeddedServer(home) as user:
        for statement in ("select 'Kit Marlow'::uuid", "select * from kit_marlow"):
            with pytest.raises(asyncpg.PostgresError):
                answer(user.start(), statement)
    log = (home / "postgres.log").read_text().lower()
    assert "ready to accept connections" in log
    assert "marlow" not in log


def test_data_of_another_version_is_left_alone(tmp_path: Path) -> None:
    version = tmp_path / "home" / "postgres" / "PG_VERSION"
    version.parent.mkdir(parents=True)
    version.write_text("14\n")
    with pytest.raises(EmbeddedServerError, match="move it away"):
        EmbeddedServer(tmp_path / "home").start()
    assert version.exists()
