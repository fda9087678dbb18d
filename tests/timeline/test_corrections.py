"""A correction corrects: dates move, breaches are withdrawn, and nothing is deleted."""

import asyncio

import pytest
from sqlalchemy import text

from shared.db.session import authority_session

FIRST = "lac-review-first"


async def the(story, timescale=FIRST):
    return next(row for (code, _), row in (await story.rows()).items() if code == timescale)


async def breached(story):
    """Care began on 6 January 2025, and the first review was never held: 3 February passed."""
    await story.tell("care_period.started", 1, 0)
    await story.wait(40)
    row = await the(story)
    assert (str(row.due_on), row.version) == ("2025-02-03", 1)
    return row


async def said(story, since=0, timescale=FIRST):
    """What was said of the deadlines of one timescale."""
    found = await story.session.execute(
        text(
            "SELECT type, envelope FROM outbox_event WHERE child_id = :c AND seq > :s"
            " AND envelope->'data'->>'timescale' = :t ORDER BY seq"
        ),
        {"c": story.child, "s": since, "t": timescale},
    )
    return [(row.type, row.envelope["data"]) for row in found]


async def last(story):
    return await story.session.scalar(text("SELECT coalesce(max(seq), 0) FROM outbox_event"))


async def test_a_review_reported_late_withdraws_the_breach_and_tells_so(story):
    row = await breached(story)
    mark = await last(story)
    await story.tell("review.held", 1, 20)
    breach = next(each for each in await story.breaches() if each.deadline_id == row.id)
    assert (breach.version, breach.withdrawn_at, breach.withdrawn_because) == (1, story.now, "met")
    assert ((await the(story)).version, (await the(story)).outcome) == (2, "met")
    (withdrawn, data), (met, _) = await said(story, mark)
    assert (withdrawn, met) == ("breach.withdrawn", "deadline.met")
    assert (data["version"], data["because"]) == (1, "met")


async def test_a_review_held_late_leaves_the_breach_standing(story):
    await breached(story)
    await story.tell("review.held", 1, 35)
    assert [
        each.withdrawn_at for each in await story.breaches() if each.deadline_id == (await the(story)).id
    ] == [None]
    assert ((await the(story)).outcome, (await the(story)).version) == ("met_late", 1)


async def test_a_start_moved_later_withdraws_the_breach_and_moves_the_date(story):
    await breached(story)
    mark = await last(story)
    await story.tell("care_period.started", 1, 35)
    assert [kind for kind, _ in await said(story, mark)] == ["breach.withdrawn", "deadline.moved"]
    assert ((await the(story)).version, (await the(story)).outcome) == (2, "open")


async def test_moved_there_and_back_it_is_a_breach_again_under_a_new_version(story):
    row = await breached(story)
    await story.tell("care_period.started", 1, 35)
    await story.tell("care_period.started", 1, 0)
    await story.wait(0)
    breaches = [each for each in await story.breaches() if each.deadline_id == row.id]
    assert [(each.version, each.withdrawn_at is None) for each in breaches] == [(1, False), (3, True)]


async def test_a_start_withdrawn_withdraws_everything_and_told_again_it_all_comes_back(story):
    row = await breached(story)
    mark = await last(story)
    await story.withdraw("care_period.started", 1)
    assert (await the(story)).outcome == "withdrawn" and (await the(story)).next_alarm_at is None
    assert [kind for kind, _ in await said(story, mark)] == ["breach.withdrawn", "deadline.cancelled"]
    await story.tell("care_period.started", 1, 0)
    await story.wait(0)
    breaches = [each for each in await story.breaches() if each.deadline_id == row.id]
    assert [(each.version, each.withdrawn_at is None) for each in breaches] == [(1, False), (2, True)]


async def test_the_end_of_care_in_time_cancels_and_its_correction_reopens(story):
    await story.tell("care_period.started", 1, 0)
    mark = await last(story)
    await story.tell("care_period.ended", 1, 10)
    await story.withdraw("care_period.ended", 1)
    assert [kind for kind, _ in await said(story, mark)] == ["deadline.cancelled", "deadline.opened"]


async def test_a_breach_learnt_of_in_a_backfill_is_history_and_is_told_as_such(story):
    await story.wait(400)
    await story.tell("care_period.started", 1, 0, historic=True)
    await story.sweep()
    assert {each.historic for each in await story.breaches()} == {True}
    historic = await story.session.execute(
        text("SELECT DISTINCT historic FROM outbox_event WHERE child_id = :c"), {"c": story.child}
    )
    assert list(historic.scalars()) == [True]


async def test_the_scheduler_s_own_breach_is_withdrawn_by_a_correction_over_http(town):
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-10-01"})
    engine = town.apps["scheduler"].state.door.engine
    async with authority_session(engine, town.authority) as session:
        await session.execute(
            text(
                "INSERT INTO breach SELECT authority_id, id, version, due_at, :now, false FROM deadline"
                " WHERE timescale = 'lac-review-first'"
            ),
            {"now": town.clock.now()},
        )
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-10-20"})
    (breach,) = await town.rows("SELECT version, withdrawn_at, withdrawn_because FROM breach")
    assert tuple(breach) == (1, town.clock.now(), "met")
    told = [row.type for row in await town.rows("SELECT type FROM outbox_event ORDER BY seq")]
    assert told.count("breach.withdrawn") == 1
    (row,) = await town.rows("SELECT version, outcome FROM deadline WHERE timescale = 'lac-review-first'")
    assert tuple(row) == (2, "met")


@pytest.mark.parametrize("_", range(2))
async def test_writers_of_one_child_take_turns(town, _):
    """Different records of one care period, written at once: nobody waits for somebody who waits for them."""
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-09-01"})
    await town.put("/v1/reviews/R-first", {"care_period": "CP-1", "held_on": "2026-09-20"})
    sent = [("reviews", f"R-{n}", {"held_on": f"2026-11-{n + 10}"}) for n in range(4)]
    sent += [
        ("midpoint_checks", f"M-{n}", {"officer": "o", "completed_on": "2026-10-30", "finding": "drift"})
        for n in range(3)
    ]
    answers = await asyncio.gather(
        *(
            town.ask("reviews", "PUT", f"/v1/{kind}/{name}", {"care_period": "CP-1"} | body)
            for kind, name, body in sent
        ),
        town.ask(
            "reviews",
            "PUT",
            "/v1/care_periods/CP-1",
            {"child": "C-1", "started_on": "2026-09-02"},
            if_match='"1"',
        ),
    )
    assert [answer.status_code for answer in answers] == [201] * 7 + [200]
    held = await town.rows("SELECT 1 FROM fact WHERE kind = 'review.held' AND withdrawn_at IS NULL")
    assert len(held) == 5


async def test_whoever_heard_a_breach_hears_that_it_fell_away_also_from_a_backfill(story):
    await breached(story)
    mark = await last(story)
    await story.tell("review.held", 1, 20, historic=True)
    found = await story.session.execute(
        text(
            "SELECT type, historic FROM outbox_event WHERE child_id = :c AND seq > :s"
            " AND envelope->'data'->>'timescale' = :t ORDER BY seq"
        ),
        {"c": story.child, "s": mark, "t": FIRST},
    )
    assert [tuple(row) for row in found] == [("breach.withdrawn", False), ("deadline.met", False)]


async def test_a_breach_that_stands_against_the_facts_is_withdrawn_at_the_next_writing(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.held", 1, 20)
    row = await the(story)
    before = row.version
    await story.session.execute(
        text(
            "INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)"
            " VALUES (:a, :d, :v, :due, :due, false)"
        ),
        {"a": story.authority, "d": row.id, "v": before, "due": row.due_at},
    )
    await story.reconcile()
    [breach] = [each for each in await story.breaches() if each.deadline_id == row.id]
    assert breach.withdrawn_because == "met"
    assert (await the(story)).version == before + 1


async def answered(new_story):
    """Decisions were issued on Monday 27 January 2025: silence until 3 February means agreement."""
    story = new_story()
    await story.begin()
    await story.tell_all([("care_period.started", 1, 0, {}), ("review.held", 1, 20, {})])
    await story.tell("review.decisions_issued", 1, 21)
    return story


async def test_an_answer_corrected_to_late_and_in_time_and_late_again_is_told_each_time(new_story):
    story = await answered(new_story)
    mark = await last(story)
    for day in (40, 25, 40):
        await story.tell("review.decisions_answered", 1, day)
    told = await said(story, mark, "review-decisions-manager-challenge")
    assert [kind for kind, _ in told] == ["deadline.passed", "deadline.met", "deadline.passed"]


async def test_a_silence_that_was_noticed_and_then_broken_late_is_told_once(new_story):
    story = await answered(new_story)
    mark = await last(story)
    await story.wait(60)
    await story.tell("review.decisions_answered", 1, 40)
    told = await said(story, mark, "review-decisions-manager-challenge")
    assert [kind for kind, _ in told].count("deadline.passed") == 1


async def test_another_reason_for_an_end_on_the_same_day_is_told(story):
    await story.tell("care_period.started", 1, 0)
    await story.tell("review.scheduled", 1, 60)
    await story.tell("review.held", 1, 10)
    mark = await last(story)
    await story.tell("review.cancelled", 1, 10)
    told = await said(story, mark, "sw-pre-review-report")
    assert [(kind, data["because"]) for kind, data in told] == [("deadline.cancelled", "review.cancelled")]


async def test_a_birth_and_a_care_period_of_one_child_are_written_at_once(town):
    """Both touch all the child's histories: nobody waits for somebody who waits for them."""
    await town.put("/v1/children/C-1", {"date_of_birth": "2014-05-01"})
    for number in (1, 2, 3):
        await town.put(f"/v1/care_periods/CP-{number}", {"child": "C-1", "started_on": f"2026-0{number}-01"})
        await town.put(f"/v1/histories/H-{number}", {"kind": "protection", "child": "C-1"})
    for day in range(2, 6):
        sent = [
            (f"/v1/care_periods/CP-{n}", {"child": "C-1", "started_on": f"2026-0{n}-0{day}"})
            for n in (1, 2, 3)
        ]
        sent.append(("/v1/children/C-1", {"date_of_birth": f"2014-05-0{day}"}))
        answers = await asyncio.gather(
            *(town.ask("reviews", "PUT", path, body, if_match="*") for path, body in sent)
        )
        assert [answer.status_code for answer in answers] == [200] * 4
        told = await town.rows(
            "SELECT happened_on FROM fact WHERE kind = 'child.born' AND withdrawn_at IS NULL"
        )
        assert [str(row.happened_on) for row in told] == [f"2014-05-0{day}"] * 6
