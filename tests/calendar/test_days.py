"""Adding a day to the calendar and taking it back: what is shown, and what is refused."""

from uuid import uuid4

import pytest

from shared.auth.principal import Role
from tests.calendar.almanac import FUNERAL


async def test_a_day_that_was_added_is_shown_to_everybody(almanac):
    before = await almanac.page()
    answer = await almanac.add()
    assert answer.status_code == 201
    page = await almanac.page()
    assert page["days"] == [answer.json()]
    assert answer.json() | FUNERAL == answer.json()
    assert (answer.json()["known_from"], answer.json()["moved_at"]) == ("2026-11-23", None)
    assert page["version"] != before["version"]
    assert page["edition"] == before["edition"] == before["version"]


async def test_the_same_day_again_is_the_same_day_and_says_nothing(almanac):
    first = await almanac.add()
    again = await almanac.add()
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(await almanac.told("calendar.changed")) == 1


async def test_a_day_taken_back_can_be_added_anew_and_both_are_kept(almanac):
    first = (await almanac.add()).json()["id"]
    await almanac.withdraw(first)
    again = await almanac.withdraw(first, "For another reason.")
    assert (again.status_code, again.json()["withdrawn_because"]) == (200, "It was a mistake.")
    assert (await almanac.add()).status_code == 201
    assert len((await almanac.page())["days"]) == 2
    changes = [data["change"] for _, data in await almanac.told("calendar.changed")]
    assert changes == ["added", "withdrawn", "added"]


async def test_a_bank_holiday_can_be_moved(almanac):
    """As the early May one was in 2020, for the seventy-fifth anniversary of VE Day."""
    moved = {"on": "2027-05-07", "instead_of": "2027-05-03", "name": "Early May bank holiday"}
    assert (await almanac.add(**moved)).status_code == 201
    twice = await almanac.add(on="2027-05-10", instead_of="2027-05-03")
    assert twice.json()["errors"][0]["code"] == "no_bank_holiday"


REFUSED = [
    ({"on": "2026-12-05"}, 422, "weekend", "/on"),
    ({"on": "2026-12-25"}, 422, "already_a_holiday", "/on"),
    ({"on": "2026-12-28"}, 422, "already_a_holiday", "/on"),
    ({"announced_on": "2026-11-24"}, 422, "in_the_future", "/announced_on"),
    ({"on": "1899-12-01"}, 422, "value_error", "/on"),
    ({"on": "9999-12-01"}, 422, "value_error", "/on"),
    ({"on": "2029-11-26"}, 422, "too_far_away", "/on"),
    ({"on": "2025-11-20", "announced_on": "2025-11-01"}, 422, "too_far_away", "/on"),
    ({"instead_of": "2026-12-01"}, 422, "no_bank_holiday", "/instead_of"),
    ({"instead_of": "2076-12-25"}, 422, "too_far_away", "/instead_of"),
    ({"name": ""}, 422, "string_too_short", "/name"),
    ({"name": "two\nlines"}, 422, "value_error", "/name"),
    ({"source": "x" * 201}, 422, "string_too_long", "/source"),
    ({"on": "2 December 2026"}, 422, "value_error", "/on"),
    ({"known_from": "2020-01-01"}, 422, "extra_forbidden", "/known_from"),
]


@pytest.mark.parametrize(("changed", "status", "code", "pointer"), REFUSED)
async def test_a_day_that_cannot_be_is_refused_in_one_line(almanac, changed, status, code, pointer):
    answer = await almanac.add(**changed)
    assert answer.status_code == status, answer.text
    (error,) = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == (code, pointer)
    assert "\n" not in error["message"] and error["message"]
    assert (await almanac.page())["days"] == []
    assert await almanac.told("calendar.changed") == []


async def test_another_day_on_the_same_date_is_refused(almanac):
    await almanac.add()
    answer = await almanac.add(name="Another name")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duecare:problem:already_there")


async def test_a_day_that_was_added_is_a_bank_holiday_already_for_the_next(almanac):
    await almanac.add()
    answer = await almanac.add(on="2026-12-03", instead_of="2026-12-02")
    assert answer.json()["errors"][0]["code"] == "no_bank_holiday"


async def test_a_day_that_is_not_there_or_is_another_councils_is_not_found(almanac):
    answer = await almanac.withdraw(str(uuid4()))
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such day of the calendar.")
    assert (await almanac.withdraw("not-an-id")).status_code == 422


async def test_taking_a_day_back_needs_a_reason(almanac):
    day = (await almanac.add()).json()["id"]
    assert (await almanac.withdraw(day, "")).status_code == 422


async def test_the_same_key_again_gets_the_first_answer(almanac):
    told = [
        await almanac.town.ask(
            "scheduler", "POST", "/v1/calendar/days", FUNERAL, role=Role.OPERATOR, idempotency_key="once"
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in told] == [201, 201]
    assert told[0].json() == told[1].json()


async def test_only_the_operator_changes_the_calendar(almanac):
    for role in set(Role) - {Role.OPERATOR}:
        answer = await almanac.town.ask("scheduler", "POST", "/v1/calendar/days", FUNERAL, role=role)
        assert answer.status_code == 403
        assert (await almanac.town.ask("scheduler", "GET", "/v1/calendar", role=role)).status_code == 200
