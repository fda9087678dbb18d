"""PostgreSQL refuses to run as root: what happens instead, and that no folder outside is opened for it."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.db.embedded import EmbeddedServer
from shared.db.embedded_programs import NOBODY, program
from tests.db.users import another_user_of, answer, first_line, kill, modes_above, server_of

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
NO_NAMESPACES = {"PATH": "/nowhere"}  # `unshare` is not found


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter, as a checkout in /srv would be."""
    folder = Path(tempfile.mkdtemp(prefix="duecare-test-"))
    folder.chmod(0o755)
    yield folder
    if (folder / "home").exists():
        with EmbeddedServer(folder / "home"):
            pass
    shutil.rmtree(folder)


def python_for_nobody() -> str:
    """An interpreter that an ordinary user may run, with this project in reach."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            command = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            ran = subprocess.run(command, check=False, user=NOBODY, group=NOBODY, extra_groups=[], cwd="/")
            if ran.returncode == 0:
                return python
        except OSError:
            continue
    pytest.skip("no Python here that an ordinary user may run")


def skip_unless_others_reach(path: Path) -> None:
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents):
        pytest.skip("the project lies in a folder that no other user may enter")


def test_root_needs_no_other_user_where_there_are_user_namespaces(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with EmbeddedServer(tmp_path / "home") as user:
        assert answer(user.start(), "select 1") == 1
        assert (tmp_path / "home" / "postgres").stat().st_uid == 0


def test_without_user_namespaces_the_server_runs_as_nobody(open_folder: Path) -> None:
    skip_unless_others_reach(program("postgres"))
    home = open_folder / "home"
    before = modes_above(home, program("postgres"))
    user = another_user_of(home, variables=NO_NAMESPACES)
    assert answer(first_line(user), "select 1") == 1
    assert modes_above(home, program("postgres")) == before
    assert (home.stat().st_uid, stat.S_IMODE(home.stat().st_mode)) == (NOBODY, 0o700)
    kill(user)


def test_without_user_namespaces_a_private_folder_above_is_refused_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    _, complaint = another_user_of(tmp_path / "home", variables=NO_NAMESPACES).communicate()
    assert "run as an ordinary user" in complaint
    assert complaint.count("\n") == 1
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_root_joins_the_server_of_an_ordinary_user(open_folder: Path) -> None:
    skip_unless_others_reach(program("postgres"))
    python = python_for_nobody()
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY, NOBODY)
    user = another_user_of(home, python, user=NOBODY)
    url = first_line(user)
    with EmbeddedServer(home) as root:
        assert root.start() == url
        kill(user)
    assert server_of(home) is None
    again = another_user_of(home, python, user=NOBODY)
    assert answer(first_line(again), "select 1") == 1
    kill(again)
