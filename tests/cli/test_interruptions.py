"""Ctrl-C and SIGTERM end a command cleanly, wherever they reach it."""

import subprocess
import sys

IN_AN_EXEC = """
from services.cli.console import forget_interruption
try:
    exec("raise KeyboardInterrupt")
except KeyboardInterrupt:
    {then}
"""


def exit_code(then: str) -> int:
    return subprocess.run([sys.executable, "-c", IN_AN_EXEC.format(then=then)], check=False).returncode


def test_an_interruption_that_fell_into_the_making_of_a_class_is_forgotten_once_it_is_caught() -> None:
    assert exit_code("pass") != 0  # so it is remembered otherwise
    assert exit_code("forget_interruption()") == 0
