"""Random councils' ladders and random people: whatever they try, an alert keeps to its rules."""

import os
from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shared.auth.principal import Role
from tests.stateful.ladder.model import UNDER_WAY
from tests.stateful.ladder.plain import GOING_UP, MIDDLE, PLAIN, QUIET, TOP, WENT_UP
from tests.stateful.ladder.policy import Policy, councils
from tests.stateful.ladder.rules import CLOSING, DECISIONS
from tests.stateful.ladder.steps import story

NIGHTLY = bool(os.environ.get("DUECARE_NIGHTLY"))
STORIES, STEPS = (500, 40) if NIGHTLY else (15, 12)
PHASES = list(Phase) if NIGHTLY else [Phase.generate]  # to find the shortest story takes minutes
OF_ALL = ("begin", "wait", "hear", "hear_again")
MAY_CHANGE = ("begin", "hear")


async def live(teller, steps):
    """Every step is taken and what it concerns looked at after it; at the end all is counted."""
    for verb, *arguments in steps:
        before, concerned = len(teller.taken), teller.alerts
        if verb in OF_ALL:
            await getattr(teller, verb)(*arguments)
        elif concerned:
            nth, *rest = arguments
            concerned = [teller.alerts[nth % len(teller.alerts)]]
            await getattr(teller, verb)(concerned[0], *rest)
        for alert in concerned:
            await look(alert, changed=verb in MAY_CHANGE or len(teller.taken) > before)
    await teller.hear()
    await counted_once(teller)


async def look(alert, *, changed):
    """It is what the model says, it has a way out, and what was on record stays there."""
    seen, told = await alert.door.whole(), alert.told
    assert changed or seen == alert.seen
    shown = seen[0]
    assert (shown["state"], shown["stage"], shown["ladder"]) == (told.state, told.rung.code, told.policy.code)
    assert set(shown["possible"]) == told.possible
    if shown["state"] in UNDER_WAY:
        assert shown["possible"]
        assert shown["closed_at"] is None
    assert sorted(seen[-2]["clocks"], key=lambda each: (each[1], each[0], each[2])) == told.clocks()
    if alert.seen:
        must_only_have_grown(alert.seen, seen)
    alert.seen = seen


def must_only_have_grown(before, after):
    """Steps are added and never edited; a stage gains instants and loses none; the whole has one day for ever."""
    assert after[0]["steps"][: len(before[0]["steps"])] == before[0]["steps"]
    assert after[-1]["told"][: len(before[-1]["told"])] == before[-1]["told"]
    for old, new in zip(before[0]["stages"], after[0]["stages"], strict=False):
        assert {name: value for name, value in new.items() if old[name] is not None} == {
            name: value for name, value in old.items() if value is not None
        }
    days = [
        {due_on for code, due_on, _ in seen[-2]["clocks"] if code == "alert-formal"}
        for seen in (before, after)
    ]
    assert days[0] <= days[1] and len(days[1]) <= 1


async def counted_once(teller):
    """One alert, however many siblings; one word of each silence, however often it was heard."""
    answer = await teller.town.ask("escalation", "GET", "/v1/escalations?limit=200", role=Role.IRO)
    assert [each["id"] for each in answer.json()["items"]] == [alert.door.id for alert in teller.alerts]
    for alert in teller.alerts:
        told = Counter(await alert.door.told())
        assert told["escalation.raised"] == 1
        assert told["alert.unanswered"] == alert.told.unanswered(teller.today)


async def test_a_plain_story_takes_every_step(new_teller):
    teller = await new_teller([Policy("old", date(2020, 4, 1), (QUIET, TOP), True, 5, 20)])
    await live(teller, PLAIN)
    steps = {"raise", "answer", "send", "discard", *DECISIONS.values(), "keep", "move", "drop"}
    assert set(teller.taken) == steps | {*CLOSING, "advance", "ask_again", "reopen"}


async def test_an_alert_that_is_accepted_goes_up_after_all_and_falls_silent_at_the_top(new_teller):
    teller = await new_teller([Policy("old", date(2020, 4, 1), (QUIET, MIDDLE, TOP), True, 5, 20)])
    await live(teller, GOING_UP)
    assert teller.taken == WENT_UP


@settings(
    max_examples=STORIES,
    phases=PHASES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(council=councils(), data=st.data())
async def test_whatever_is_tried_on_whatever_ladder_an_alert_keeps_to_its_rules(new_teller, council, data):
    teller = await new_teller(council)
    await live(teller, story(teller, data, STEPS))
