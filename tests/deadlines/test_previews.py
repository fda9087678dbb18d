"""What would be due, asked without storing anything."""

from datetime import date, timedelta

import pytest

from shared.auth.principal import Role
from tests.deadlines.desk import CARE, fact

FIRST = "lac-review-first"
EVERYTHING = """
    SELECT (SELECT count(*) FROM deadline) + (SELECT count(*) FROM fact) + (SELECT count(*) FROM outbox_event)
"""


async def due(answer) -> dict:
    assert answer.status_code == 200, answer.text
    return {each["timescale"]: each for each in answer.json()["deadlines"]}


async def test_facts_give_deadlines_with_their_reasons_and_warnings_and_nothing_is_stored(desk):
    answer = await desk.preview(CARE, fact("review.held", "2026-12-01", "R"))
    first = (await due(answer))[FIRST]
    assert (first["due_on"], first["outcome"], first["closed_on"]) == ("2026-12-14", "met", "2026-12-01")
    assert (first["anchor"], first["rule"]["basis"]) == ("/facts/0", "statutory")
    assert first["lines"][0] == "Day 0 is Mon 16 November 2026, when the child became looked after."
    assert len(first["warnings"]) == 2
    second = (await due(answer))["lac-review-second"]
    assert (second["due_on"], second["outcome"], second["anchor"]) == ("2027-03-01", "open", "R")
    assert await desk.town.rows(EVERYTHING) == [(0,)]


async def test_it_says_what_would_be_stored_if_it_were_told(desk):
    await desk.looked_after(started_on="2026-09-14")
    await desk.held("2026-10-05")
    told = await desk.preview(
        fact("care_period.started", "2026-09-14", source="case_system"), fact("review.held", "2026-10-05")
    )
    stored = {
        (row.timescale, str(row.due_on), row.outcome)
        for row in await desk.town.rows("SELECT * FROM deadline")
    }
    assert {
        (each["timescale"], each["due_on"], each["outcome"]) for each in told.json()["deadlines"]
    } == stored


async def test_the_councils_own_days_count_in_a_preview(desk):
    await desk.proclaim()
    first = (await due(await desk.preview(CARE)))[FIRST]
    assert first["due_on"] == "2026-12-15"
    assert first["days_off"] == [{"on": "2026-12-02", "name": "Day of the state funeral"}]


async def test_facts_of_one_record_belong_together(desk):
    began = fact("placement.started", "2026-11-16", "P-1", placement_type="foster")
    plan = fact("placement_plan.completed", "2026-11-18", "P-1")
    together = await due(await desk.preview(CARE, began, plan))
    apart = await due(await desk.preview(CARE, began, plan | {"record": "P-2"}))
    assert (together["placement-plan"]["outcome"], apart["placement-plan"]["outcome"]) == ("met", "open")


async def test_a_question_needs_no_key_and_a_key_does_no_harm(desk):
    body = {"history": "care_period", "facts": [CARE]}
    path = "/v1/timescales/preview"
    without = await desk.town.ask("scheduler", "POST", path, body, idempotency_key="")
    again = [await desk.town.ask("scheduler", "POST", path, body, idempotency_key="k") for _ in range(2)]
    other = await desk.town.ask(
        "scheduler",
        "POST",
        path,
        body | {"history": "officer", "facts": [fact("officer.started", "2026-11-16")]},
    )
    assert [each.status_code for each in (without, *again, other)] == [200] * 4
    document = desk.town.apps["scheduler"].openapi()["paths"]
    asked = document[path]["post"].get("parameters", [])
    assert "Idempotency-Key" not in [each["name"] for each in asked]
    written = document["/v1/calendar/days"]["post"]["parameters"]
    assert "Idempotency-Key" in [each["name"] for each in written]


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_may_try_out_what_is_nobodys(desk, role):
    body = {"history": "care_period", "facts": [CARE]}
    answer = await desk.town.ask("scheduler", "POST", "/v1/timescales/preview", body, role=role)
    assert answer.status_code == 200


AT = "2026-11-16T10:00:00+00:00"
ENDED = fact("care_period.ended", "2026-11-01")
REFUSED = [
    ([fact("review.hold", "2026-11-16")], "/facts/0/kind"),
    ([fact("review.completed", "2026-11-16")], "/facts/0/kind"),
    ([fact("exemption.granted", "2026-11-16")], "/facts/0/kind"),
    ([CARE, fact("core_group.held", "2026-11-16")], "/facts/1/kind"),
    ([fact("care_period.started", "2026-11-16", regime="strict")], "/facts/0/codes/regime"),
    ([fact("care_period.started", "2026-11-16", seen="yes")], "/facts/0/codes"),
    ([CARE | {"codes": {"Peter Pan": "yes"}}], "/facts/0/codes/?/?"),
    ([fact("care_period.started", AT)], "/facts/0/happened_at"),
    ([fact("iro_service.notified", "2026-11-16")], "/facts/0/happened_at"),
    ([fact("iro_service.notified", "2026-11-16T10:00:00")], "/facts/0/happened_at"),
    ([fact("care_period.started")], "/facts/0/happened_on"),
    ([CARE | {"happened_at": AT}], "/facts/0/happened_at"),
    ([fact("care_period.started", "9999-12-31")], "/facts/0/happened_on"),
    ([fact("iro_service.notified", "9999-12-31T23:59:59-12:00")], "/facts/0/happened_at"),
    ([fact("care_period.started", "2026-02-30")], "/facts/0/happened_on"),
    ([CARE, ENDED], "/facts/1"),
    ([ENDED, CARE], "/facts/0"),
    ([CARE, CARE], "/facts/1"),
    ([CARE | {"record": "one"}, CARE | {"record": "one"}], "/facts/1"),
    (
        [CARE, fact("placement.started", "2026-11-18", "P"), fact("placement.ended", "2026-11-17", "P")],
        "/facts/2",
    ),
    ([], "/facts"),
    ([CARE] * 301, "/facts"),
    ([CARE | {"record": "two words"}], "/facts/0/record"),
    ([CARE | {"name": "Peter Pan"}], "/facts/0/name"),
]


@pytest.mark.parametrize(("facts", "pointer"), REFUSED)
async def test_a_mistake_is_named_by_its_place_and_in_one_line(desk, facts, pointer):
    answer = await desk.preview(*facts)
    assert answer.status_code == 422, answer.text
    error = answer.json()["errors"][0]
    assert error["pointer"] == pointer
    assert error["message"] and "\n" not in error["message"]
    assert "Pan" not in answer.text and 'review.hold"' not in answer.text


async def test_a_history_that_there_is_not_is_refused(desk):
    answer = await desk.preview(CARE, history="dragon")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/history")


async def test_three_hundred_facts_of_one_kind_are_worked_out_in_no_time(desk):
    days = [(date(2012, 1, 2) + timedelta(days=n * 20)).isoformat() for n in range(290)]
    placed = fact("placement.started", "2012-01-01", placement_type="foster", intended_to_18="no")
    visits = [fact("visit.made", day, seen="yes") for day in days]
    answer = await desk.preview(fact("care_period.started", "2012-01-01"), placed, *visits)
    assert len(answer.json()["deadlines"]) > 290
    began = [fact("short_break.began", day, f"B-{n}") for n, day in enumerate(days[:149])]
    ended = [fact("short_break.ended", "2199-12-31", f"B-{n}") for n in range(149)]
    care = fact("care_period.started", "2012-01-01", regime="short_breaks")
    assert len((await desk.preview(care, *began, *ended)).json()["deadlines"]) > 149


OPENED = {"kind": "escalation.stage_opened", "happened_at": "2026-11-23T10:00:00Z", "record": "S-1"}


async def test_a_stage_of_an_escalation_is_previewed_by_the_name_that_the_council_gave_it(desk):
    told = OPENED | {"codes": {"ladder_stage": "sefton-2021.practice_alert"}}
    found = await due(await desk.preview(told, history="escalation"))
    assert {code: each["due_on"] for code, each in found.items()} == {
        "alert-sefton-2021-practice-alert": "2026-11-30"
    }


async def test_what_can_be_no_name_of_a_stage_is_refused(desk):
    answer = await desk.preview(OPENED | {"codes": {"ladder_stage": "alert"}}, history="escalation")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/facts/0/codes/ladder_stage")
    assert "names that a council gives" in answer.json()["errors"][0]["message"]
