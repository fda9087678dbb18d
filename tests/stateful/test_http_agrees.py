"""One story, told through the public doors and to the pure engine: they agree at every step."""

import os

from hypothesis import HealthCheck, given, settings

from tests.stateful.steps import stories

NIGHTLY = bool(os.environ.get("DUECARE_NIGHTLY"))
STORIES, STEPS = (300, 40) if NIGHTLY else (12, 15)


PLAIN = [
    ("child", -20),
    ("period", 1, 300, 299, None),
    ("history", "protection"),
    ("strategy", 1, 60, "initiated"),
    ("conference", 1, "initial", 40, None),
    ("conference", 1, "initial", 40, 40),
    ("plan", 1, 40, None),
    ("core_group", 1, 32),
    ("allocation", 1, 1, 298),
    ("place", 1, 1, 290, None, 280, {"placement_type": "foster", "emergency": "no"}),
    ("status", 1, 1, 300, "V2"),
    ("place", 1, 1, 290, 150, 280, {"placement_type": "foster", "emergency": "no"}),
    ("place", 2, 1, 150, None, None, {"placement_type": "residential"}),
    ("status", 2, 1, 150, "C2"),
    ("review", 1, 1, 270, None),
    ("meet", 1, 275),
    ("adjourn", 1, 274),
    ("complete", 1, 270),
    ("follow_up", 1, 3),
    ("review", 2, 1, 190, 185),
    ("review", 2, 1, 190, 165),
    ("check", 1, 1, 230),
    ("fact", "CP-1", "visit.made", 1, 10, {"seen": "yes"}),
    ("grant", 1, 0, "pause", -5, 8),
    ("grant", 2, 0, "extension", 0, 20),
    ("sweep",),
    ("proclaim", 14, None),
    ("wait", 600),
    ("child", 2),
    ("take_away", 1),
    ("take_back", 0),
    ("sweep",),
    ("withdraw", "CP-1", "visit.made", 1),
    ("review", 1, 1, -10, None),
    ("cancel", 1),
    ("period", 1, 300, 299, 0),
    ("sweep",),
]


async def agree(teller, steps):
    """Tell the story, and compare at every step; at the end everything is counted again."""
    for verb, *arguments in steps:
        await getattr(teller, verb)(*arguments)
        assert await teller.shown() == teller.model.shown(teller.now), (verb, *arguments)
    assert await teller.recounted() == {}


async def test_a_plain_story_is_taken_at_every_step(new_teller):
    teller = await new_teller()
    await agree(teller, PLAIN)
    assert teller.refused == []


@settings(
    max_examples=STORIES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=stories(STEPS))
async def test_what_a_child_s_page_shows_is_what_the_engine_says_of_the_same_story(new_teller, steps):
    await agree(await new_teller(), steps)
