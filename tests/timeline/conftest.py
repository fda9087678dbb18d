"""A story in a transaction that is thrown away."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.law import law
from tests.timeline.story import Story
from tests.town import Town


@pytest.fixture
async def new_story(town: Town) -> AsyncIterator[Callable[[], Story]]:
    """Begins another story; all of them are forgotten at the end."""
    async with AsyncSession(town.owner, expire_on_commit=False, autoflush=False) as session:
        await session.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": town.authority})
        yield lambda kind="care_period": Story(session, town.authority, law(), kind)
        await session.rollback()


@pytest.fixture
async def story(new_story: Callable[[], Story]) -> Story:
    """One story, begun."""
    one = new_story()
    await one.begin()
    return one
