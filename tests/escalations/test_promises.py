"""What was promised is followed to its end, each action against its own day."""

import pytest

from shared.auth.principal import Role

SEEN = "The visit is on record; the child was seen alone."
TUESDAY, FRIDAY = "2026-12-01", "2026-12-04"


@pytest.fixture
async def promised(story):
    """An alert whose accepted answer promises a visit by Tuesday, and another by Friday."""
    ladder = await story.formal()
    await ladder.decide("accept", TUESDAY, FRIDAY)
    return ladder


def kept(on, **more):
    return {"done_on": on, "evidence": SEEN} | more


async def visits(ladder):
    """The promised days with what became of the clock of each."""
    return [(str(due_on), outcome) for _, due_on, outcome in await ladder.clocks("alert-action")]


async def step_of(ladder, number, step, body, role=Role.IRO):
    promise = (await ladder.promises())[number]
    return await ladder.done(f"promises/{promise['id']}/{step}", body, role)


async def refused(ladder, number, step, body, role=Role.IRO):
    promise = (await ladder.promises())[number]
    return await ladder.refused(f"promises/{promise['id']}/{step}", body, role)


async def test_nothing_is_promised_before_the_officer_has_accepted(story):
    ladder = await story.formal()
    answer = await ladder.answer(TUESDAY)
    assert (await ladder.promises(), await visits(ladder)) == ([], [])
    await ladder.done(f"responses/{answer}/reject")
    assert (await ladder.promises(), await visits(ladder)) == ([], [])


async def test_each_action_has_a_clock_of_its_own(promised):
    assert await visits(promised) == [(TUESDAY, "open"), (FRIDAY, "open")]
    shown = [(each["due_on"], each["state"], each["possible"]) for each in await promised.promises()]
    assert shown == [(day, "promised", ["move", "keep", "drop"]) for day in (TUESDAY, FRIDAY)]


@pytest.mark.parametrize(
    ("on", "outcome"), [("2026-11-30", "met"), (TUESDAY, "met"), ("2026-12-02", "met_late")]
)
async def test_an_action_is_done_early_on_the_day_or_late(story, promised, on, outcome):
    story.town.pass_time(days=10)
    done = await step_of(promised, 0, "keep", kept(on, plan_changed="yes"))
    assert (done["state"], done["done_on"], done["plan_changed"]) == ("done", on, "yes")
    assert (done["ended_because"], done["ended_by"], done["possible"]) == (SEEN, "iro-1", [])
    assert await visits(promised) == [(TUESDAY, outcome), (FRIDAY, "open")]


async def test_a_manager_may_say_that_it_was_done_and_a_social_worker_may_not(story, promised):
    story.town.pass_time(days=2)
    refusal = await refused(promised, 0, "keep", kept("2026-11-24"), Role.SOCIAL_WORKER)
    assert refusal["status"] == 403
    await step_of(promised, 0, "keep", kept("2026-11-24"), Role.TEAM_MANAGER)
    await step_of(promised, 1, "keep", kept("2026-11-24"), Role.SENIOR_MANAGER)


async def test_only_an_officer_moves_or_drops_what_was_promised(promised):
    moved, dropped = {"due_on": FRIDAY, "reason": "Away."}, {"reason": "The child has moved."}
    for role in (Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.SOCIAL_WORKER):
        assert (await refused(promised, 0, "move", moved, role))["status"] == 403
        assert (await refused(promised, 0, "drop", dropped, role))["status"] == 403


async def test_what_lies_ahead_was_not_done(promised):
    refusal = await refused(promised, 0, "keep", kept("2026-11-24"))
    assert (refusal["status"], refusal["code"]) == (422, "in_the_future")


async def test_an_action_is_moved_to_another_day_and_the_first_stays_on_record(promised):
    moved = await step_of(promised, 0, "move", {"due_on": "2026-12-03", "reason": "The child is away."})
    assert (moved["due_on"], moved["state"]) == ("2026-12-03", "promised")
    assert await visits(promised) == [("2026-12-03", "open"), (FRIDAY, "open")]
    steps = [each for each in (await promised.read())["steps"] if each["about_id"] == moved["id"]]
    told = [(each["verb"], each["due_on"], each["reason"]) for each in steps]
    assert told == [("promise", TUESDAY, None), ("move", "2026-12-03", "The child is away.")]


async def test_a_breach_of_the_first_day_is_withdrawn_when_the_officer_agrees_to_another(story, promised):
    story.town.pass_time(days=9)
    await story.hear()
    [(_, withdrawn)] = await breaches_of(story, "alert-action")
    assert withdrawn is None
    await step_of(promised, 0, "move", {"due_on": FRIDAY, "reason": "The child is away."})
    [(_, withdrawn)] = await breaches_of(story, "alert-action")
    assert withdrawn is not None


async def test_an_action_is_not_moved_to_a_day_gone_by(promised):
    refusal = await refused(promised, 0, "move", {"due_on": "2026-11-22", "reason": "Away."})
    assert refusal["status"] == 422


async def test_an_action_that_is_dropped_is_owed_no_more(promised):
    dropped = await step_of(promised, 0, "drop", {"reason": "The child has moved."})
    assert (dropped["state"], dropped["dropped_on"]) == ("dropped", "2026-11-23")
    assert await visits(promised) == [(TUESDAY, "ended"), (FRIDAY, "open")]


@pytest.mark.parametrize(
    ("step", "body"), [("keep", kept("2026-11-23")), ("drop", {"reason": "Moved away."})]
)
async def test_what_is_done_or_dropped_is_at_its_end(promised, step, body):
    await step_of(promised, 0, step, body)
    again = {
        "keep": kept("2026-11-23"),
        "drop": {"reason": "No."},
        "move": {"due_on": FRIDAY, "reason": "No."},
    }
    for each, said in again.items():
        assert (await refused(promised, 0, each, said))["status"] == 409


async def test_an_alert_is_not_resolved_while_something_promised_is_outstanding(promised):
    refusal = await promised.refused("resolve")
    assert (refusal["status"], refusal["code"]) == (409, "promises_outstanding")
    assert "2 outstanding" in refusal["detail"]
    await step_of(promised, 0, "keep", kept("2026-11-23"))
    assert "1 outstanding" in (await promised.refused("resolve"))["detail"]
    await step_of(promised, 1, "drop", {"reason": "The child has moved."})
    resolved = await promised.done("resolve", {"outcome": "Visited.", "plan_changed": "yes"})
    assert (resolved["state"], resolved["plan_changed"]) == ("resolved", "yes")


async def test_whether_it_changed_the_plan_is_measured_for_each_action_and_for_the_whole(promised):
    await step_of(promised, 0, "keep", kept("2026-11-23", plan_changed="yes"))
    await step_of(promised, 1, "keep", kept("2026-11-23", plan_changed="not_needed"))
    assert [each["plan_changed"] for each in await promised.promises()] == ["yes", "not_needed"]
    await promised.done("resolve", {"outcome": "Visited.", "plan_changed": "no"})
    assert (await promised.read())["plan_changed"] == "no"


@pytest.mark.parametrize("step", ["withdraw", "supersede"])
async def test_what_was_promised_ends_with_an_alert_that_is_let_go(promised, step):
    await step_of(promised, 0, "keep", kept("2026-11-23"))
    await promised.done(step)
    first, second = await promised.promises()
    assert (first["state"], second["state"], second["dropped_on"]) == ("done", "dropped", "2026-11-23")
    assert (second["ended_by"], second["possible"]) == ("iro-1", [])
    assert await visits(promised) == [(TUESDAY, "met"), (FRIDAY, "ended")]


async def test_a_promise_outlives_the_stage_at_which_it_was_made(promised):
    await promised.done("advance")
    assert await visits(promised) == [(TUESDAY, "open"), (FRIDAY, "open")]
    assert (await promised.refused("resolve"))["code"] == "promises_outstanding"


async def test_a_promise_that_is_broken_is_noticed(story, promised):
    story.town.pass_time(days=9)
    await story.hear()
    assert len(await breaches_of(story, "alert-action")) == 1
    assert (await promised.read())["state"] == "accepted"


async def test_a_step_on_an_older_version_of_a_promise_is_refused(promised):
    await step_of(promised, 0, "move", {"due_on": FRIDAY, "reason": "Away."})
    promise = (await promised.promises())[0]
    path = f"promises/{promise['id']}/keep"
    assert (await promised.refused(path, kept("2026-11-23"), if_match='"1"'))["status"] == 412


async def test_a_promise_belongs_to_its_own_escalation(story, promised):
    other = await story.begun()
    promise = (await promised.promises())[0]
    assert (await other.refused(f"promises/{promise['id']}/keep", kept("2026-11-23")))["status"] == 404


async def breaches_of(story, timescale):
    sql = """SELECT d.due_on, b.withdrawn_at FROM breach b JOIN deadline d ON d.id = b.deadline_id
             WHERE d.timescale = :timescale ORDER BY b.recorded_at"""
    return [(row.due_on, row.withdrawn_at) for row in await story.town.rows(sql, timescale=timescale)]
