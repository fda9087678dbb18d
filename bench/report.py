"""The table, with the machine and the versions it was measured on."""

import os
import platform
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from bench.ground import Ground

PACKAGES = ("fastapi", "sqlalchemy", "asyncpg", "httpx")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, what it is compared to, the figure, the goal, and whether it is met."""

    what: str
    figure: str
    goal: str
    met: bool | None


@dataclass(slots=True)
class Report:
    """Every row of one run."""

    machine: str
    pace: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @classmethod
    async def begin(cls, ground: Ground) -> "Report":
        async with ground.owner.connect() as connection:
            server = (await connection.execute(text("SHOW server_version"))).scalar_one()
        packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        return cls(
            f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}, PostgreSQL {server.split()[0]}, {packages}"
        )

    def take_pace(self) -> None:
        """Time a million additions: a machine that is shared may be half as fast a minute later."""
        begun, total = time.perf_counter(), 0
        for number in range(1_000_000):
            total += number
        self.pace.append((time.perf_counter() - begun) * 1000)

    def table(self) -> str:
        """The rows as a Markdown table."""
        lines = ["| what | figure | goal | met |", "|---|---|---|---|"]
        for row in self.rows:
            met = {True: "yes", False: "NO", None: ""}[row.met]
            lines.append(f"| {row.what} | {row.figure} | {row.goal} | {met} |")
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Keep the table, so that the next change can be held against it."""
        paces = ", ".join(f"{each:.0f}" for each in self.pace)
        pace = f"A million additions in Python took, in ms, between one measurement and the next: {paces}."
        path.write_text(
            f"# Speeds\n\nMeasured by `make bench` on: {self.machine}\n{pace}\n\n{self.table()}\n"
        )
