"""What can be put right is told in one line, and never with a secret in it."""

import socket
from pathlib import Path

import pytest

from tests.cli.runs import duecare, free_ports, refusal

NOBODY_THERE = "postgresql://duecare:s3cret@127.0.0.1:1/duecare"


@pytest.mark.parametrize("command", [("migrate",), ("up",), ("up", "scheduler"), ("demo", "--once")])
def test_a_server_that_does_not_answer_is_named_without_its_password(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    line = refusal(duecare(*command, DATABASE_URL=NOBODY_THERE, DUECARE_HOME=str(tmp_path), **free_ports()))
    assert "Cannot reach PostgreSQL at 127.0.0.1:1: connection refused" in line
    assert "s3cret" not in line


@pytest.mark.parametrize("command", [("up",), ("up", "escalation_api"), ("demo",)])
def test_a_port_in_use_is_named_with_the_variable_that_moves_it(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    settings = free_ports() | {"DUECARE_HOME": str(tmp_path / "home")}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = refusal(duecare(*command, **settings | {"DUECARE_ESCALATION_PORT": port}))
    assert line.startswith(f"Port {port} is in use")
    assert "DUECARE_ESCALATION_PORT" in line
    assert not (tmp_path / "home").exists()


def test_a_service_that_does_not_exist_is_refused_with_those_that_do() -> None:
    line = refusal(duecare("up", "conferences"))
    assert line == "There is no such service. The services are reviews_api, escalation_api, scheduler."


def test_a_setting_that_cannot_be_used_is_named_and_not_repeated() -> None:
    line = refusal(duecare("migrate", DUECARE_POOL_SIZE="s3cret"))
    assert line.startswith("DUECARE_POOL_SIZE cannot be used: input should be a valid integer")
    assert "s3cret" not in line


def test_an_unknown_set_of_local_timescales_is_refused(tmp_path: Path) -> None:
    line = refusal(duecare("demo", DUECARE_OVERLAY="nowhere", DUECARE_HOME=str(tmp_path), **free_ports()))
    assert "no such overlay" in line


def test_a_service_without_a_providers_keys_is_refused(server: str, tmp_path: Path) -> None:
    line = refusal(
        duecare("up", "reviews_api", DATABASE_URL=server, DUECARE_HOME=str(tmp_path), **free_ports())
    )
    assert "Set DUECARE_OIDC_JWKS_URL" in line


def test_a_password_that_the_server_would_read_differently_is_refused(tmp_path: Path) -> None:
    line = refusal(duecare("migrate", DUECARE_REVIEWS_PASSWORD="s3crét", DUECARE_HOME=str(tmp_path)))
    assert line.startswith("DUECARE_REVIEWS_PASSWORD cannot be used")
    assert "s3cr" not in line
