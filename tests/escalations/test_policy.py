"""What a council's policy does by itself: opens at once, suggests something graver, lets lapse, and takes on."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from services.escalation_api.reactions import follow_authority
from shared.db.session import authority_session
from tests.escalations.ladder_story import Ladder

NAMED = "iro-allocation-handbook"
OPENS = (
    f'\n[[reaction]]\ncode = "{NAMED}"\non_breach = "open"\nbecause = "Nobody may be without an officer."\n'
)
OPEN = pytest.mark.parametrize("practice", ["open"], indirect=True)
SUGGEST = pytest.mark.parametrize("practice", ["suggest"], indirect=True)
PERIODS = {
    "CP-0": ("2025-11-03", "2025-12-20"),
    "CP-1": ("2026-03-02", "2026-04-20"),
    "CP-2": ("2026-06-01", "2026-07-20"),
    "CP-3": ("2026-11-02", None),
}


@pytest.fixture(scope="session")
def opening(told_of_little, tmp_path_factory):
    """The same practice, where an officer who was not named in time opens an escalation."""
    path = tmp_path_factory.mktemp("practice") / "opening.toml"
    path.write_text(told_of_little.read_text() + OPENS)
    return path


@pytest.fixture
def practice(request, told_of_little, opening):
    return {"suggest": told_of_little, "open": opening}[getattr(request, "param", "suggest")]


async def listen_again(story):
    await story.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
    await listen(story)


async def listen(story):
    while await follow_authority(story.town.apps["escalation"].state.door, story.town.authority):
        pass


async def in_care(story, *periods):
    """C-1 was in care for these times, and never had an officer."""
    await story.child()
    for name in periods:
        started_on, ended_on = PERIODS[name]
        body = {"child": "C-1", "started_on": started_on, "ended_on": ended_on}
        await story.town.put(f"/v1/care_periods/{name}", body)
    await story.hear()
    return [each for each in await story.listed() if each["timescale"] == NAMED]


@OPEN
async def test_a_breach_opens_an_escalation_at_once_where_the_council_says_so(story):
    (opened,) = await in_care(story, "CP-3")
    assert (opened["state"], opened["stage"], opened["kind"]) == ("open", "informal", "informal_resolution")
    assert (opened["raised_by"], opened["raised_at"]) == (None, "2026-11-23T12:00:00Z")
    ladder = Ladder(story.town, opened["id"])
    assert [code for code, _, _ in await ladder.clocks()] == ["alert-sefton-2021-informal"]
    steps = [(each["verb"], each["taken_by"]) for each in (await ladder.read())["steps"]]
    assert steps == [("suggest", None), ("accept", None)]
    assert await ladder.told() == ["escalation.suggested", "escalation.raised"]


@OPEN
async def test_what_was_opened_by_policy_is_opened_once_and_other_breaches_suggest_as_before(story):
    (opened,) = await in_care(story, "CP-3")
    before = await Ladder(story.town, opened["id"]).whole()
    await listen_again(story)
    assert await Ladder(story.town, opened["id"]).whole() == before
    await in_care(story, "CP-2")
    others = {each["state"] for each in await story.listed() if each["timescale"] != NAMED}
    assert others == {"suggested"}


@OPEN
async def test_what_was_opened_by_policy_is_answered_decided_on_and_resolved_like_any_other(story):
    (opened,) = await in_care(story, "CP-3")
    ladder = Ladder(story.town, opened["id"])
    await ladder.decide("accept", "2026-12-01")
    (promise,) = await ladder.promises()
    await ladder.done(f"promises/{promise['id']}/keep", {"done_on": "2026-11-23", "evidence": "Named."})
    await ladder.done("resolve")
    assert (await ladder.read())["state"] == "resolved"


@OPEN
async def test_what_was_opened_by_policy_stays_open_when_its_breach_is_withdrawn(story):
    (opened,) = await in_care(story, "CP-3")
    answer = await story.town.ask("reviews", "GET", "/v1/care_periods/CP-3")
    body = {"child": "C-1", "started_on": "2026-11-20"}
    await story.town.put("/v1/care_periods/CP-3", body, if_match=answer.headers["etag"])
    await story.hear()
    assert (await Ladder(story.town, opened["id"]).read())["state"] == "open"


@OPEN
async def test_repeated_lateness_opens_at_the_first_formal_stage(story):
    await in_care(story, "CP-1", "CP-2")
    *_, third = await in_care(story, "CP-3")
    assert (third["state"], third["kind"], third["stage"]) == ("open", "practice_alert", "practice_alert")


@SUGGEST
async def test_the_third_breach_of_a_promise_within_a_year_suggests_a_practice_alert(story):
    first, second = await in_care(story, "CP-1", "CP-2")
    assert {first["kind"], second["kind"]} == {"informal_resolution"}
    *_, third = await in_care(story, "CP-3")
    assert (third["kind"], third["state"]) == ("practice_alert", "suggested")
    assert third["reason"].endswith("Broken 3 times within 12 months.")
    accepted = await Ladder(story.town, third["id"]).done("accept")
    assert (accepted["stage"], accepted["kind"]) == ("practice_alert", "practice_alert")


@SUGGEST
async def test_a_breach_of_more_than_a_year_ago_is_not_counted(story):
    assert {each["kind"] for each in await in_care(story, "CP-0", "CP-2", "CP-3")} == {"informal_resolution"}


@SUGGEST
async def test_a_breach_that_was_withdrawn_is_not_counted(story):
    await in_care(story, "CP-1", "CP-2")
    answer = await story.town.ask("reviews", "GET", "/v1/care_periods/CP-1")
    body = {"child": "C-1", "started_on": "2026-04-15", "ended_on": "2026-04-20"}
    await story.town.put("/v1/care_periods/CP-1", body, if_match=answer.headers["etag"])
    *_, third = await in_care(story, "CP-3")
    assert (third["kind"], third["state"]) == ("informal_resolution", "suggested")


@SUGGEST
async def test_the_breaches_of_another_child_are_not_counted(story):
    await in_care(story, "CP-1", "CP-2")
    await story.child("C-2")
    await story.town.put("/v1/care_periods/CP-9", {"child": "C-2", "started_on": "2026-11-02"})
    await story.hear()
    (other,) = [each for each in await story.listed(child="C-2") if each["timescale"] == NAMED]
    assert other["kind"] == "informal_resolution"


@SUGGEST
async def test_a_suggestion_that_nobody_takes_up_lapses_after_ten_working_days(story):
    suggestion = await story.suggestion()
    ladder = Ladder(story.town, suggestion["id"])
    story.town.pass_time(days=14)  # the tenth working day
    await story.hear()
    assert (await ladder.read())["state"] == "suggested"
    story.town.pass_time(days=1)
    await story.hear()
    shown = await ladder.read()
    assert (shown["state"], shown["raised_at"]) == ("lapsed", None)
    step = shown["steps"][-1]
    assert (step["taken_by"], step["reason"]) == (None, "Nobody took it up in time.")
    await listen_again(story)
    assert (await ladder.told()) == ["escalation.suggested", "escalation.lapsed"]
    assert await ladder.clocks() == []


@SUGGEST
async def test_a_suggestion_has_no_clock_and_is_not_answered_before_it_is_taken_up(story):
    ladder = Ladder(story.town, (await story.suggestion())["id"])
    assert await ladder.clocks() == []
    for step in ("advance", "resolve", "withdraw"):
        assert (await ladder.refused(step))["status"] == 409
    await ladder.done("accept")
    assert len(await ladder.clocks()) == 1


BEFORE = """
    INSERT INTO escalation (authority_id, id, child_id, kind, state, theme, concern, raised_by, raised_at,
                            resolved_at, outcome, settled_at, closed_at, version)
    VALUES (:a, :id, :child, 'informal_resolution', :state, 'no_core_group', 'No group has met.', 'iro-1',
            '2020-01-06T09:00:00Z', :ended, :outcome, :ended, :ended, 1)
"""


async def before_there_was_a_ladder(story, state="open"):
    """An escalation as an earlier Duecare left it."""
    child = (await story.child())["id"]
    ended = state == "resolved"
    values = {"a": story.town.authority, "id": uuid4(), "child": child, "state": state}
    values |= {"ended": story.town.clock.now() if ended else None, "outcome": "They met." if ended else None}
    async with authority_session(story.town.owner, story.town.authority) as session:
        await session.execute(text(BEFORE), values)
        sql = "INSERT INTO escalation_child (authority_id, escalation_id, child_id) VALUES (:a, :id, :child)"
        await session.execute(text(sql), values)
    return Ladder(story.town, str(values["id"]))


@SUGGEST
async def test_what_was_open_before_there_was_a_ladder_is_taken_on_at_its_foot(story):
    ladder = await before_there_was_a_ladder(story)
    refusal = await ladder.refused("advance")
    assert (refusal["status"], refusal["code"]) == (409, "no_stage")
    await listen(story)
    shown = await ladder.read()
    assert (shown["state"], shown["stage"], shown["ladder"]) == ("open", "informal", "sefton-2021")
    assert [(each["why"], each["opened_at"]) for each in shown["stages"]] == [
        ("taken_over", "2026-11-23T12:00:00Z")
    ]
    assert (shown["steps"][-1]["verb"], shown["steps"][-1]["taken_by"]) == ("take_over", None)
    assert [(code, outcome) for code, _, outcome in await ladder.clocks()] == [
        ("alert-sefton-2021-informal", "open")
    ]
    await listen(story)
    assert await ladder.read() == shown
    await ladder.done("advance")


@SUGGEST
async def test_what_was_resolved_before_there_was_a_ladder_is_reopened_at_its_foot(story):
    ladder = await before_there_was_a_ladder(story, "resolved")
    await listen(story)
    assert (await ladder.read())["possible"] == ["reopen"]
    shown = await ladder.done("reopen")
    assert (shown["state"], shown["stage"], shown["ladder"]) == ("open", "informal", "sefton-2021")
    assert len(await ladder.clocks()) == 1
