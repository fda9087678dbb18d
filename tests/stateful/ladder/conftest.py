"""Councils with ladders of their own, each with three siblings, under the same services."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.clock import FixedClock
from shared.deadlines.law import law
from tests.conftest import NOON
from tests.stateful.ladder.policy import Policy, written
from tests.stateful.ladder.teller import SIBLINGS, Teller
from tests.town import Town

_numbers = itertools.count(1)


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """The services are built under this; each council's own ladder is then laid in its place."""
    return told_of_little


@pytest.fixture
def new_teller(
    town: Town, clock: FixedClock, tmp_path: Path
) -> Iterator[Callable[[Sequence[Policy]], Awaitable[Teller]]]:
    """Begins a story at noon, in a council of its own with this ladder; the services are given back as they were."""
    app = town.apps["escalation"]
    before = app.state.door.law

    async def begin(council: Sequence[Policy]) -> Teller:
        clock.set(NOON)
        number = next(_numbers)
        file = tmp_path / f"council-{number}.toml"
        file.write_text(written(council))
        app.state.door = replace(app.state.door, law=law(str(file)))
        own = replace(town, authority=f"{town.authority}-{number}")
        async with town.owner.begin() as connection:
            made = text("INSERT INTO authority (authority_id, name) VALUES (:a, :a)")
            await connection.execute(made, {"a": own.authority})
        for child in SIBLINGS:
            await own.put(f"/v1/children/{child}", {"family": "FAM-1"})
        return Teller(own, council)

    yield begin
    app.state.door = replace(app.state.door, law=before)
