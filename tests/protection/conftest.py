"""Cases of child protection, and a recount of what they leave behind."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from services.scheduler.relay import relay
from tests.imports.returns import Council
from tests.protection.case import Case
from tests.town import Town


@pytest.fixture
def case(town: Town) -> Case:
    """A council of this test's own. It is Monday 23 November 2026."""
    return Case(town)


@pytest.fixture
def faults(case: Case, tmp_path: Path) -> Callable[[], Awaitable[dict[str, int]]]:
    """What `duecare verify` finds wrong, once everything that is due was noticed and told."""

    async def found() -> dict[str, int]:
        await case.sweep()
        engine = case.town.apps["scheduler"].state.door.engine
        await relay(engine, case.town.authority, case.town.clock.now(), 10_000)
        return await Council(case.town, tmp_path / "return").faults()

    return found
