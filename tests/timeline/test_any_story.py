"""Whatever is told, in whatever order, corrected however often: what is stored is what the facts say."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.deadlines.difference import WITHDRAWN, computed, is_failing

KINDS = ("care_period.started", "care_period.ended", "iro_service.notified", "iro.allocated", "review.held")
DAYS = st.integers(0, 500)
TELLING = st.tuples(
    st.just("tell"), st.sampled_from((*KINDS, "midpoint_check.completed")), st.integers(1, 3), DAYS
)
FACT = st.one_of(
    st.tuples(st.sampled_from(KINDS[:3]), st.just(1)),
    st.tuples(
        st.sampled_from(("iro.allocated", "review.held", "midpoint_check.completed")), st.integers(1, 3)
    ),
)
STEP = st.one_of(
    TELLING,
    TELLING,
    st.tuples(st.just("tell"), st.just("review.held"), st.integers(1, 3), DAYS),
    st.tuples(st.just("withdraw"), st.sampled_from(KINDS), st.integers(1, 3)),
    st.tuples(st.just("wait"), st.integers(0, 200)),
)
BEGINNING = ("tell", "care_period.started", 1, 20)
BOUNDED = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


async def check(story) -> None:
    """The three promises of the timeline, and that a breach is never lost or invented."""
    rows, wanted = await story.rows(), await story.from_scratch()
    assert {key for key, row in rows.items() if row.outcome != WITHDRAWN} == set(wanted)
    for key, deadline in wanted.items():
        stored = {name: getattr(rows[key], name) for name in computed(deadline)}
        assert stored == computed(deadline), key
    standing = {
        breach.deadline_id: breach for breach in await story.breaches() if breach.withdrawn_at is None
    }
    for row in rows.values():
        failing = is_failing(row.outcome, row.due_at, story.now)
        if breach := standing.get(row.id):
            assert failing and (breach.version, breach.due_at) == (row.version, row.due_at)
            assert row.alarms == [] and row.next_alarm_at is None
        elif failing:
            assert row.due_at in row.alarms  # the sweep will see it
        assert row.next_alarm_at == min(row.alarms, default=None)


async def play(story, steps) -> None:
    for verb, *arguments in steps:
        await getattr(story, verb)(*arguments)


@BOUNDED
@given(steps=st.lists(STEP, max_size=10))
async def test_what_is_stored_bit_by_bit_is_what_the_facts_give_from_scratch(new_story, steps):
    story = new_story()
    await story.begin()
    versions: dict = {}
    for step in [BEGINNING, *steps]:
        await play(story, [step])
        await check(story)
        rows = await story.rows()
        assert set(versions) <= set(rows)
        assert all(rows[key].version >= v and rows[key].revision >= r for key, (v, r) in versions.items())
        versions = {key: (row.version, row.revision) for key, row in rows.items()}
    told, before = await story.told(), {key: vars(row).copy() for key, row in (await story.rows()).items()}
    await story.reconcile()
    assert await story.told() == told
    assert {key: vars(row).copy() for key, row in (await story.rows()).items()} == before
    await story.wait(0)
    await check(story)
    assert await story.sweep() == 0


@BOUNDED
@given(data=st.data(), facts=st.dictionaries(FACT, DAYS, max_size=8))
async def test_the_order_in_which_facts_arrive_does_not_matter(new_story, data, facts):
    told = [("tell", *fact, day) for fact, day in ({("care_period.started", 1): 20} | facts).items()]
    one = new_story()
    said = [await _played(replace(one), order) for order in (told, data.draw(st.permutations(told)))]
    assert said[0] == said[1]


async def _played(story, steps):
    """What is stored once these steps were taken; then they are undone."""
    undo = await story.session.begin_nested()
    await story.begin()
    await play(story, steps)
    await check(story)
    said = await story.from_scratch()
    await undo.rollback()
    return said
