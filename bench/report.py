"""The table, with the machine and the versions it was measured on."""

import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from bench.ground import Ground

HEAD = "# Speeds\n\nMeasured by `make bench`; each section by itself with `make bench ARGS='--only NAME'`.\n"
PACKAGES = ("fastapi", "sqlalchemy", "asyncpg", "httpx")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, what it is compared to, the figure, the goal, and whether it is met."""

    what: str
    figure: str
    goal: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Section:
    """What one measurement found, and how fast the machine was: milliseconds for a million additions in Python, before
    and after. A machine that is shared may be half as fast a minute later."""

    name: str
    rows: list[Row]
    before: float
    after: float

    def text(self, machine: str) -> str:
        """The section as Markdown."""
        pace = (
            f"A million additions in Python took {self.before:.0f} ms before and {self.after:.0f} ms after."
        )
        return f"## {self.name}\n\n{machine}. {pace}\n\n{table(self.rows)}\n"


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | figure | goal | met |", "|---|---|---|---|"]
    for row in rows:
        met = {True: "yes", False: "NO", None: ""}[row.met]
        lines.append(f"| {row.what} | {row.figure} | {row.goal} | {met} |")
    return "\n".join(lines)


def pace() -> float:
    """How long a million additions take now, in milliseconds."""
    begun, total = time.perf_counter(), 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - begun) * 1000


async def machine(ground: Ground) -> str:
    """What it is measured on."""
    async with ground.owner.connect() as connection:
        server = (await connection.execute(text("SHOW server_version"))).scalar_one()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"On {os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, PostgreSQL {server.split()[0]}, {packages}"
    )


def keep(path: Path, section: Section, machine: str) -> None:
    """Write the section in the place of the one of the same name, and leave the others as they were measured."""
    known = _sections(path.read_text()) if path.exists() else {}
    known[section.name] = section.text(machine)
    path.write_text(HEAD + "".join(f"\n{each}" for each in known.values()))


def _sections(page: str) -> dict[str, str]:
    parts = page.split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}
