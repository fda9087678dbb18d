"""Whatever is told, in whatever order, corrected however often, under whatever law and calendar: what is stored is what
the facts say, and whoever heard every event knows it."""

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.timeline.promises import Key, Row, Witness, rows_of
from tests.timeline.story import OF_THE_HISTORY, Story, Told
from tests.timeline.telling import CALENDAR, LAW, WAITING, Step, beginning, casts, tales, telling

STORIES = 500 if os.environ.get("DUECARE_NIGHTLY") else 15
BOUNDED = settings(
    max_examples=STORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BECAUSE = {"proclaim": "calendar", "take_back": "calendar", "legislate": "law"}
OF_THE_TELLING = {"version", "revision", "changed_at"}


@BOUNDED
@given(tale=tales(CALENDAR, LAW))
async def test_what_is_stored_bit_by_bit_is_what_the_facts_give_from_scratch(new_story, tale):
    history, steps = tale
    async with begun(new_story(history)) as story:
        witness = Witness(story)
        for verb, *arguments in steps:
            await getattr(story, verb)(*arguments)
            await witness.look(BECAUSE.get(verb, "facts"))
        await story.reconcile()
        await witness.look()
        await story.wait(0)
        await witness.look()
        told, before = await story.told(), await rows_of(story)
        await story.reconcile()
        assert (await story.told(), await rows_of(story)) == (told, before)
        assert await story.sweep() == 0


@BOUNDED
@given(data=st.data(), cast=casts())
async def test_the_order_in_which_facts_arrive_does_not_matter(new_story, data, cast):
    history, kinds = cast
    facts = latest([beginning(history)[1:], *data.draw(telling(kinds, most=8))])
    one = new_story(history)
    said = []
    for order in (list(facts.values()), data.draw(st.permutations(list(facts.values())))):
        async with begun(replace(one)) as story:
            for fact in order:
                await story.tell(*fact)
            await Witness(story).look()
            said.append(await story.from_scratch())
    assert said[0] == said[1]


@st.composite
def corrected(draw: Any) -> tuple[str, list[Step], dict[int, list[Told]]]:
    """A story of facts and time, and what was told wrongly just before some of its steps."""
    history, kinds = draw(casts())
    told = st.tuples(st.just("tell_all"), telling(kinds))
    right = [beginning(history), *draw(st.lists(told | WAITING, min_size=2, max_size=8))]
    wrong = draw(st.dictionaries(st.integers(0, len(right)), telling(kinds), min_size=1, max_size=3))
    return history, right, wrong


@BOUNDED
@given(tale=corrected())
async def test_history_after_a_correction_is_as_if_it_had_been_right_from_the_start(new_story, tale):
    history, right, wrong = tale
    one = new_story(history)
    async with begun(replace(one)) as story:
        await play(story, right)
        known = await outcome(story)
    async with begun(replace(one)) as story:
        for number, step in enumerate([*right, None]):
            await story.tell_all(wrong.get(number, []))
            await play(story, [step] if step else [])
        await put_right(story, right, [fact for facts in wrong.values() for fact in facts])
        assert await outcome(story) == known


async def put_right(story: Story, right: Iterable[Step], wrong: Iterable[Told]) -> None:
    """Everything told wrongly is told as it was, or withdrawn where it never was."""
    facts = latest(fact for verb, *said in right for fact in _told(verb, said))
    for kind, number, *_ in latest(wrong).values():
        if fact := facts.get(_key(kind, number)):
            await story.tell(*fact)
        else:
            await story.withdraw(kind, number)


async def outcome(story: Story) -> tuple[dict[Key, Row], set[Any]]:
    """What is stored and which breaches stand, but for how often something changed and when."""
    await story.sweep()
    rows = {key: row for key, row in (await rows_of(story)).items() if row["outcome"] != "withdrawn"}
    kept = {key: {name: row[name] for name in row if name not in OF_THE_TELLING} for key, row in rows.items()}
    standing = {
        (each.deadline_id, each.due_at) for each in await story.breaches() if each.withdrawn_at is None
    }
    return kept, standing


async def play(story: Story, steps: Iterable[Step]) -> None:
    for verb, *arguments in steps:
        await getattr(story, verb)(*arguments)


@asynccontextmanager
async def begun(story: Story) -> AsyncIterator[Story]:
    """The story, begun; at the end it is undone, with the calendar that it changed."""
    undo = await story.session.begin_nested()
    await story.begin()
    try:
        yield story
    finally:
        await undo.rollback()
        story.session.expunge_all()


def latest(facts: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """The last that was told of each kind and record."""
    return {_key(kind, number): (kind, number, *said) for kind, number, *said in facts}


def _told(verb: str, said: list[Any]) -> list[Any]:
    return {"tell": [tuple(said)], "tell_all": said[0]}.get(verb, [])


def _key(kind: str, number: int) -> tuple[str, int]:
    return kind, 1 if kind in OF_THE_HISTORY else number
