"""A year of a thousand children, with crashes, lost answers and late clocks, over again for each seed."""

from collections import Counter
from itertools import pairwise

import pytest

from services.scheduler.deliveries.models import State
from shared.deadlines.difference import is_failing
from shared.events.deadline_events import DeadlineBreached
from shared.timescales.london import day_ends_at
from tests.faults.chance import SEED, note, size
from tests.simulation.world import HEARS, World
from tests.timescales.oracle_rows import due

SEEDS, CHILDREN = size((10, 1000), (100, 1000))


@pytest.mark.parametrize("number", range(SEEDS))
def test_a_year_of_a_thousand_children_loses_nothing_and_says_nothing_twice(number):
    seed = SEED + number
    print(f"DUECARE_SEED={seed}")
    world = World(seed, CHILDREN)
    world.run()
    print(world.rates, world.happened)
    assert_promises_are_kept(world)
    for what, times in world.happened.items():
        note(f"simulated {what}", times)


def assert_promises_are_kept(world):
    tables = world.tables
    told = {
        (each.event.subject_id, each.event.version): each.event
        for each in tables.feed
        if isinstance(each.event, DeadlineBreached)
    }
    for row in tables.rows.values():
        if is_failing(row.outcome, row.due_at, world.now, row.passing):
            assert not tables.breaches[row.id, row.version].withdrawn, "I1"
    assert all(breach.recorded_at >= breach.due_at for breach in tables.breaches.values()), "I2"
    assert sum(isinstance(each.event, DeadlineBreached) for each in tables.feed) == len(told), "I3"
    assert set(told) == set(tables.breaches), "I4"
    assert [each.position for each in tables.feed] == list(range(1, len(tables.outbox) + 1)), "I6"
    for row in tables.rows.values():
        assert row.due_at == counted_by_hand(row), "I7"
    for post, received, kind in zip(world.posts, world.received, HEARS, strict=True):
        assert set(post.deliveries) == {each.id for each in tables.feed if isinstance(each.event, kind)}
        assert_everything_arrived(post, received)


def assert_everything_arrived(post, received):
    """I5; and nobody hears the end of a story before its beginning."""
    arrived = Counter(received)
    assert set(arrived) <= set(post.deliveries)
    for event, delivery in post.deliveries.items():
        assert delivery.state is not State.WAITING, "I8"
        assert arrived[event] or delivery.state is State.DEAD
    first = dict.fromkeys(received)
    stories = {}
    for event in first:
        placed = post.deliveries[event].placed
        stories.setdefault(placed.event.subject_id, []).append(placed.position)
    assert all(one < other for story in stories.values() for one, other in pairwise(story))


def counted_by_hand(row):
    """The oracle's answer, which shares no code with the engine."""
    last = due(row.timescale, row.starts_at or row.starts_on)
    return last if row.starts_at else day_ends_at(last)


def test_the_same_seed_is_the_same_history():
    one, again = World(7, 30), World(7, 30)
    one.run()
    again.run()
    assert one.received == again.received and one.tables.breaches == again.tables.breaches
    assert one.happened == again.happened
