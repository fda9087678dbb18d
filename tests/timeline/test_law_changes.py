"""What is closed stays as it was decided, whatever the law becomes; what runs follows it."""

from dataclasses import replace

from shared.deadlines.difference import Because
from shared.deadlines.law import Law
from shared.timescales.catalogue import load_catalogue
from shared.timescales.london import london_date
from shared.timescales.periods import CalendarDays
from tests.timeline.laws import laws
from tests.timeline.test_corrections import said

SEFTON, ENGLAND, OTHERWISE, OWN, FEWER_YEARS = range(5)


async def legislate(story, *settings):
    story.law = Law(load_catalogue("sefton", settings), story.law.calendar)
    await story.reconcile(because=Because.LAW)


async def the(story, timescale):
    """What is stored of the only deadline of a timescale: its due day and what became of it."""
    [row] = [row for (code, _), row in (await story.rows()).items() if code == timescale]
    return str(row.due_on), row.outcome


async def test_another_interval_moves_the_next_review_and_not_a_midpoint_check_that_was_made(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 60)
    await story.tell("midpoint_check.completed", 1, 100)
    assert await the(story, "lac-review-second") == ("2025-06-07", "open")
    assert await the(story, "iro-midpoint-lac") == ("2025-04-22", "met")
    await legislate(story, ("review_interval", "days"))
    assert await the(story, "lac-review-second") == ("2025-06-06", "open")
    assert await the(story, "iro-midpoint-lac") == ("2025-04-22", "met")


async def test_another_interval_moves_a_midpoint_check_that_is_still_to_be_made(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 60)
    await story.wait(0)
    before = await the(story, "iro-midpoint-lac")
    await legislate(story, ("review_interval", "days"))
    assert before == ("2025-04-22", "open")
    assert await the(story, "iro-midpoint-lac") == ("2025-04-21", "open")


async def test_another_way_of_dating_a_review_rewrites_nothing_that_was_closed(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell_all([("review.began", 1, 20, {}), ("review.held", 1, 30, {})])
    await story.tell("review.held", 2, 100)
    before = {
        key: (row.due_on, row.outcome) for key, row in (await story.rows()).items() if row.outcome != "open"
    }
    assert await the(story, "lac-review-first") == ("2025-02-03", "met")
    await legislate(story, ("review_date", "completion"))
    after = {key: (row.due_on, row.outcome) for key, row in (await story.rows()).items()}
    assert {key: after[key] for key in before} == before


async def test_what_was_closed_under_the_old_law_falls_with_the_fact_that_started_it(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 20)
    await story.legislate(OWN)
    assert await the(story, "lac-review-first") == ("2025-02-03", "met")
    await story.withdraw("care_period.started", 1)
    assert await the(story, "lac-review-first") == ("2025-02-03", "withdrawn")


async def test_a_rule_no_longer_kept_leaves_what_it_closed_until_the_facts_are_taken_back(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("iro_service.notified", 1, 0)
    await story.tell("iro.allocated", 1, 1)
    await story.legislate(ENGLAND)
    assert await the(story, "iro-allocation-sefton") == ("2025-01-09", "met")
    await story.withdraw("iro.allocated", 1)
    assert await the(story, "iro-allocation-sefton") == ("2025-01-09", "withdrawn")


async def test_a_mark_that_was_reached_becomes_a_breach_once_the_law_calls_it_one(new_story):
    story = new_story("protection")
    await story.begin()
    await story.tell("plan.started", 1, 0)
    await story.wait(500)
    assert await the(story, "cp-plan-15-months") == ("2026-04-06", "open")
    story.law = laws()[OWN]
    await story.reconcile(because=Because.LAW)
    await story.wait(0)
    told = [kind for kind, _ in await said(story, 0, "cp-plan-15-months")]
    assert told == ["deadline.opened", "deadline.passed", "deadline.opened", "deadline.breached"]


def warning_earlier(law, code, *notices):
    """The law with other warnings of one rule, and all else as it is."""
    rows = tuple(replace(row, warn=notices) if row.code == code else row for row in law.catalogue.timescales)
    return replace(law, catalogue=replace(law.catalogue, timescales=rows, version="warned-otherwise"))


async def alarms(story, timescale):
    [row] = [row for (code, _), row in (await story.rows()).items() if code == timescale]
    return [str(london_date(at)) for at in row.alarms]


async def test_other_warnings_reach_what_runs_and_say_nothing_of_it(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 20)
    await story.wait(0)
    before = await alarms(story, "lac-review-second")
    story.law = warning_earlier(story.law, "lac-review-second", CalendarDays(14), CalendarDays(7))
    assert await story.reconcile(because=Because.LAW) >= 1
    after = await alarms(story, "lac-review-second")
    assert after != before
    assert after == ["2025-04-12", "2025-04-19", "2025-04-27"]
    assert await story.reconcile(because=Because.LAW) == 0


async def test_a_warning_whose_day_has_gone_by_is_not_given_for_a_new_rule(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 20)
    await story.wait(100)
    story.law = warning_earlier(story.law, "lac-review-second", CalendarDays(14), CalendarDays(7))
    await story.reconcile(because=Because.LAW)
    assert await alarms(story, "lac-review-second") == ["2025-04-19", "2025-04-27"]
