"""A breach suggests an escalation; a person decides."""

import asyncio

import pytest

from services.escalation_api.app import create_app
from services.escalation_api.reactions import follow_authority
from shared.db.session import authority_session
from shared.events.deadline_events import DeadlineBreached
from shared.events.outbox import publish


async def test_a_breach_suggests_an_informal_resolution_and_says_why(story):
    suggestion = await story.suggestion()
    assert (suggestion["state"], suggestion["theme"]) == ("suggested", "deadline_breached")
    assert suggestion["possible"] == ["accept", "dismiss"]
    assert (suggestion["timescale"], suggestion["due_on"]) == ("iro-allocation-handbook", "2026-11-17")
    assert (
        suggestion["reason"]
        == "Reviewing officer named: was due by Tue 17 November 2026 and not done in time."
    )
    assert suggestion["child"] == "C-1"
    assert suggestion["raised_at"] is None
    assert (suggestion["arises_from"], suggestion["arises_from_id"]) == ("breach", suggestion["deadline_id"])
    assert await story.told() == ["escalation.suggested"]


async def test_an_officer_accepts_a_suggestion_and_it_is_raised(story):
    suggestion = await story.suggestion()
    answer = await story.post(f"/{suggestion['id']}/accept", {"concern": "Nobody knows the child."})
    assert (answer.status_code, answer.json()["state"]) == (200, "open")
    assert answer.json()["concern"] == "Nobody knows the child."
    assert answer.json()["raised_by"] == "somebody"
    assert await story.told() == ["escalation.suggested", "escalation.raised"]


@pytest.mark.parametrize("body", [None, {}])
async def test_accepting_needs_no_words(story, body):
    suggestion = await story.suggestion()
    answer = await story.post(f"/{suggestion['id']}/accept", body)
    assert (answer.status_code, answer.json()["concern"]) == (200, None)


async def test_an_officer_dismisses_a_suggestion_and_says_why(story):
    suggestion = await story.suggestion()
    answer = await story.post(f"/{suggestion['id']}/dismiss", {"reason": "Named by telephone."})
    assert (answer.status_code, answer.json()["state"]) == (200, "dismissed")
    assert answer.json()["steps"][-1]["reason"] == "Named by telephone."
    assert answer.json()["raised_at"] is None
    assert (await story.post(f"/{suggestion['id']}/accept", {})).status_code == 409
    assert await story.told() == ["escalation.suggested", "escalation.dismissed"]


async def test_a_suggestion_cannot_be_resolved_before_it_is_accepted(story):
    suggestion = await story.suggestion()
    answer = await story.post(f"/{suggestion['id']}/resolve", {"outcome": "Done."})
    assert answer.status_code == 409
    assert "It can be accepted or dismissed." in answer.json()["detail"]


async def test_the_same_event_twice_suggests_once(story):
    await story.suggestion()
    await start_again(story)
    assert await story.hear() > 0
    assert len(await story.listed()) == 1
    assert await story.told() == ["escalation.suggested"]


async def test_a_dismissed_suggestion_does_not_come_back(story):
    suggestion = await story.suggestion()
    await story.post(f"/{suggestion['id']}/dismiss", {"reason": "Named by telephone."})
    await start_again(story)
    await story.hear()
    assert [each["state"] for each in await story.listed()] == ["dismissed"]


async def test_two_replicas_at_once_suggest_once(story):
    await story.care_period()
    await story.sweep_and_relay()
    town = story.town
    other = create_app(town.settings, town.clock).state.door
    doors = (town.apps["escalation"].state.door, other)
    heard = await asyncio.gather(
        *(follow_authority(door, town.authority) for door in doors for _ in range(3))
    )
    await other.engine.dispose()
    (events,) = await town.rows("SELECT count(*) AS n FROM outbox_event WHERE position IS NOT NULL")
    assert sum(heard) == events.n
    assert await story.told() == ["escalation.suggested"]


async def test_the_feed_is_left_where_it_was_followed_to(story):
    await story.suggestion()
    assert await story.hear() > 0  # its own escalation.suggested
    assert await story.hear() == 0
    (stands,) = await story.town.rows(
        "SELECT (SELECT position FROM feed_cursor) = (SELECT max(position) FROM outbox_event) AS at_the_end"
    )
    assert stands.at_the_end


async def test_a_timescale_whose_row_says_none_suggests_nothing(story):
    await story.care_period("2026-07-06")
    await story.town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-07-20"})
    await story.hear()
    rows = await story.town.rows("SELECT timescale FROM breach JOIN deadline ON deadline.id = deadline_id")
    assert "iro-midpoint-lac" in {row.timescale for row in rows}
    suggested = {each["timescale"] for each in await story.listed()}
    assert suggested == {"iro-allocation-handbook", "lac-review-second"}


async def test_a_historic_breach_suggests_nothing(story):
    town = story.town
    await story.care_period("2026-11-20")
    (row,) = await town.rows("SELECT * FROM deadline WHERE timescale = 'iro-allocation-handbook'")
    names = ("child_id", "history_id", "timescale", "version", "revision", "due_on", "due_at")
    event = DeadlineBreached(subject_id=row.id, historic=True, **{name: row._mapping[name] for name in names})
    async with authority_session(town.apps["scheduler"].state.door.engine, town.authority) as session:
        await publish(session, town.authority, [event], town.clock.now(), historic=True)
    assert await story.hear() > 0
    assert await story.listed() == []


async def test_a_withdrawn_breach_lets_its_suggestion_lapse(story):
    suggestion = await story.suggestion()
    await story.correct_start("2026-11-20")
    await story.hear()
    answer = (await story.read(f"/{suggestion['id']}")).json()
    assert (answer["state"], answer["possible"]) == ("lapsed", [])
    assert answer["steps"][-1]["taken_by"] is None
    assert answer["steps"][-1]["reason"] == "The breach behind it was withdrawn."
    assert await story.told() == ["escalation.suggested", "escalation.lapsed"]


async def test_a_concern_that_an_officer_raised_stays_when_the_breach_is_withdrawn(story):
    suggestion = await story.suggestion()
    await story.post(f"/{suggestion['id']}/accept", {})
    await story.correct_start("2026-11-20")
    await story.hear()
    assert (await story.read(f"/{suggestion['id']}")).json()["state"] == "open"


async def test_a_breach_withdrawn_before_it_was_heard_of_suggests_nothing(story):
    await story.care_period()
    await story.sweep_and_relay()
    await story.correct_start("2026-11-20")
    await story.hear()
    assert await story.listed() == []


async def test_a_new_date_that_passes_too_suggests_again(story):
    await story.suggestion()
    await story.correct_start("2026-11-11")
    await story.hear()
    found = [(each["state"], each["due_on"]) for each in await story.listed()]
    assert found == [("lapsed", "2026-11-17"), ("suggested", "2026-11-18")]


async def start_again(story):
    """As after a restore: the reader's place is lost."""
    await story.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
