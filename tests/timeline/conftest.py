"""A story in a transaction that is thrown away."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.timeline.laws import laws
from tests.timeline.story import Story
from tests.town import Town


@pytest.fixture
async def new_story(town: Town) -> AsyncIterator[Callable[..., Story]]:
    """Makes another story, of a care period or of the kind of history that is named; all are forgotten at the end."""

    def make(kind: str = "care_period") -> Story:
        return Story(session, town.authority, laws()[0], kind)

    async with AsyncSession(town.owner, expire_on_commit=False, autoflush=False) as session:
        await session.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": town.authority})
        yield make
        await session.rollback()


@pytest.fixture
async def story(new_story: Callable[..., Story]) -> Story:
    """One story, begun."""
    one = new_story()
    await one.begin()
    return one
