"""The demonstration, from an empty folder to the last process gone."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.db.embedded import EmbeddedServer
from tests.cli.runs import Running, duecare, free_ports, running_demo

BREACH = r"^\d\d:\d\d:\d\d breached +Reviewing officer allocated +child new-\S+ +\((.+)\)$"
UNANSWERED = (
    r"^\d\d:\d\d:\d\d unanswered +Practice alert answered +child C-\d+ +\(signed webhook, verified\)$"
)


SCREEN = 50  # lines
FROM_NOTHING = (
    300  # seconds: only one that hangs takes longer to make a database and a council, also beside other tests
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("demo") / "home"
    yield home
    with EmbeddedServer(home):
        pass  # a demonstration that was killed leaves its server for the next; the last user out stops it


def settings(home: Path) -> dict[str, str]:
    return free_ports() | {"DUECARE_HOME": str(home)}


def stops_cleanly(running: Running, home: Path, number: signal.Signals) -> None:
    code, seconds = running.interrupt(number)
    assert code == 0, running.output.read_text()
    assert seconds < 10
    assert "Stopped." in running.output.read_text()
    assert "Traceback" not in running.output.read_text()
    assert running.services_gone(within=1)
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_once_hears_a_breach_of_its_own_run_by_each_way_and_an_alert_that_nobody_answered(home: Path) -> None:
    finished = duecare("demo", "--once", within=FROM_NOTHING, **settings(home))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    ways = set(re.findall(BREACH, finished.stdout, re.MULTILINE))
    assert ways == {"signed webhook, verified", "live stream", "feed"}, finished.stdout
    assert re.search(UNANSWERED, finished.stdout, re.MULTILINE), finished.stdout
    assert len(finished.stdout.partition("Live, by signed webhook")[2].splitlines()) < SCREEN
    assert "Made up 617 children" in finished.stdout
    assert "Due in the next seven days (" in finished.stdout
    assert (home / "tokens" / "iro").stat().st_mode & 0o777 == 0o600


def test_sigterm_while_it_starts_leaves_nothing_running(home: Path, tmp_path: Path) -> None:
    with running_demo(tmp_path / "said", settings(home)) as running:
        running.wait_for("Starting the three services")
        stops_cleanly(running, home, signal.SIGTERM)


def test_the_services_do_not_outlive_a_demonstration_that_was_killed(home: Path, tmp_path: Path) -> None:
    with running_demo(tmp_path / "said", settings(home)) as running:
        running.wait_for("Live, by signed webhook")
        running.process.kill()
        running.process.wait()
        assert running.services_gone()


def test_a_second_start_keeps_the_data_and_ctrl_c_leaves_nothing_running_even_of_one_in_the_background(
    home: Path, tmp_path: Path
) -> None:
    with running_demo(tmp_path / "said", settings(home), in_background=True) as running:
        running.wait_for("Live, by signed webhook")
        assert "has children already" in running.output.read_text()
        stops_cleanly(running, home, signal.SIGINT)
