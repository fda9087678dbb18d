"""The clocks of an escalation are explained and tried out like any other, and nobody else starts, stops or stretches
them."""

import pytest

from services.scheduler.calendar.mover import Mover
from shared.auth.principal import Role

ABOUT = pytest.mark.parametrize("about", [{}, {"team": "east"}], ids=["child", "team"])
RELIEF = {
    "pause": {"from_on": "2026-11-25", "until_on": "2026-11-27"},
    "extension": {"from_on": None, "until_on": "2027-01-08"},
    "waiver": {"from_on": None, "until_on": None},
}


async def deadlines_of(story, ladder):
    return await story.town.rows(
        "SELECT * FROM deadline WHERE history_id = :id ORDER BY timescale", id=ladder.id
    )


async def with_every_clock(story, about):
    """An alert whose answer was accepted in part: every clock that there is runs or ran."""
    ladder = await story.formal(needed_on="2026-12-02", **about)
    await ladder.decide("accept_partly", "2026-12-01")
    return ladder


@ABOUT
@pytest.mark.parametrize("part", ["", "/explanation", "/history"])
async def test_every_clock_is_shown_explained_and_has_its_history(story, about, part):
    ladder = await with_every_clock(story, about)
    clocks = await deadlines_of(story, ladder)
    assert len(clocks) == 6
    for clock in clocks:
        answer = await story.town.ask("scheduler", "GET", f"/v1/deadlines/{clock.id}{part}", role=Role.IRO)
        assert answer.status_code == 200, (clock.timescale, answer.text)
        shown = await story.town.ask("scheduler", "GET", f"/v1/timescales/{clock.timescale}", role=Role.IRO)
        assert (shown.status_code, shown.json()["code"]) == (200, clock.timescale)


@ABOUT
async def test_what_would_move_with_another_bank_holiday_can_be_tried_out(story, about):
    ladder = await story.formal(**about)
    body = {"history_id": ladder.id, "calendar_days": [{"on": "2026-11-26", "name": "A day off"}]}
    answer = await story.town.ask("scheduler", "POST", "/v1/timescales/what-if", body, role=Role.IRO)
    assert answer.status_code == 200, answer.text
    assert {"2026-12-01", "2026-12-22"} <= set(str(answer.json()).replace("'", " ").split())
    assert {str(clock.due_on) for clock in await deadlines_of(story, ladder)} == {"2026-11-30", "2026-12-21"}


@pytest.mark.parametrize("kind", RELIEF)
async def test_no_clock_of_an_escalation_is_paused_extended_or_waived(story, kind):
    ladder = await with_every_clock(story, {})
    before = await ladder.whole()
    for number, clock in enumerate(await deadlines_of(story, ladder)):
        body = {"deadline": str(clock.id), "kind": kind, "because": "Nobody was there.", "approved_by": "m-1"}
        answer = await story.town.ask("reviews", "PUT", f"/v1/exemptions/E-{number}", body | RELIEF[kind])
        assert answer.status_code == 409, (clock.timescale, answer.text)
    assert await ladder.whole() == before


TOLD = {
    "escalation.answered": {"ladder": "sefton-2021"},
    "escalation.settled": {},
    "escalation.closed": {"closing": "put_right"},
    "escalation.went_formal": {},
}


@pytest.mark.parametrize("kind", TOLD)
async def test_a_case_system_does_not_stop_the_clocks_by_telling_of_it(story, kind):
    ladder = await story.formal()
    before = await ladder.whole()
    body = {"history": ladder.id, "kind": kind, "happened_at": "2026-11-23T09:00:00Z", "codes": TOLD[kind]}
    answer = await story.town.ask("reviews", "PUT", "/v1/facts/F-1", body)
    assert answer.is_client_error, answer.text
    assert await ladder.whole() == before


async def test_a_case_system_opens_no_history_of_an_escalation(story):
    await story.child()
    body = {"kind": "escalation", "child": "C-1"}
    assert (await story.town.ask("reviews", "PUT", "/v1/histories/H-1", body)).status_code == 422


async def test_the_childs_page_shows_the_clocks_of_escalations_among_the_others(story):
    await story.formal()
    page = await story.town.ask("reviews", "GET", "/v1/children/C-1", role=Role.IRO)
    shown = {each["timescale"]: each["standing"] for each in page.json()["deadlines"]}
    assert shown == {"alert-sefton-2021-practice-alert": "in_time", "alert-formal": "in_time"}


async def test_a_bank_holiday_that_is_proclaimed_moves_them_as_it_moves_all(story):
    ladder = await story.formal()
    body = {"on": "2026-11-26", "name": "A day off", "announced_on": "2026-11-23", "source": "A proclamation"}
    answer = await story.town.ask("scheduler", "POST", "/v1/calendar/days", body, role=Role.OPERATOR)
    assert answer.is_success, answer.text
    door = story.town.apps["scheduler"].state.door
    await Mover(door.engine, story.town.authority, door.law, story.town.clock, 10).move_all()
    assert [str(due_on) for _, due_on, _ in await ladder.clocks()] == ["2026-12-01", "2026-12-22"]
