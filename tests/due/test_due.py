"""What is due in the next days and what is overdue, over all children."""

from datetime import datetime

import pytest

from services.reviews_api.due.schemas import DueList
from shared.auth.principal import Role

STARTS = {"C-1": "2026-11-20", "C-2": "2026-10-01", "C-3": "2026-10-29", "C-4": "2026-08-03"}


async def furnished(office, officer: str = "iro-1") -> None:
    for child, started_on in STARTS.items():
        await office.child(child, started_on, officer, iro_notified_at=f"{started_on}T09:00:00Z")


async def on_pages(office, *standings: str) -> list[str]:
    """The ids of the deadlines that stand so on the children's own pages, by due instant."""
    found = []
    for child in STARTS:
        page = (await office.town.ask("reviews", "GET", f"/v1/children/{child}")).json()
        found += [line for line in page["deadlines"] if line["standing"] in standings]
    return [line["id"] for line in sorted(found, key=lambda line: (line["due_at"], line["id"]))]


async def test_it_holds_what_is_overdue_and_what_is_due_soon_in_the_order_of_the_dates(office):
    await furnished(office)
    wanted = await on_pages(office, "overdue", "due_soon")
    assert len(wanted) >= 2
    assert [line["id"] for line in await office.due()] == wanted


async def test_more_days_show_what_is_still_in_time(office):
    await furnished(office)
    wanted = await on_pages(office, "overdue", "due_soon", "in_time")
    assert [line["id"] for line in await office.due("days=366")] == wanted
    assert {line["standing"] for line in await office.due("days=366")} == {"overdue", "due_soon", "in_time"}


async def test_seven_days_are_seven_times_24_hours_and_no_second_less(office):
    await office.child("C-3", "2026-11-02")  # the first review is due by the end of Monday 30 November
    for instant, shown in (
        ("2026-11-23T23:59:59+00:00", []),
        ("2026-11-24T00:00:00+00:00", [("C-3", "lac-review-first")]),
    ):
        office.town.clock.set(datetime.fromisoformat(instant))
        assert await office.names("overdue=false&timescale=lac-review-first") == shown


async def test_overdue_and_not_overdue_are_two_halves_of_the_list(office):
    await furnished(office)
    late, ahead = await office.due("overdue=true&days=366"), await office.due("overdue=false&days=366")
    assert {line["standing"] for line in late} == {"overdue"}
    assert {line["standing"] for line in ahead} == {"due_soon", "in_time"}
    assert late + ahead == await office.due("days=366")


async def test_a_line_says_what_whose_when_and_why(office):
    await office.child("C-3", "2026-11-02", "iro-1")
    (line,) = await office.due("days=14&timescale=lac-review-first")
    assert (line["child"], line["officer"], line["standing"]) == ("C-3", "iro-1", "in_time")
    assert (line["due_on"], line["due_at"]) == ("2026-11-30", "2026-12-01T00:00:00Z")
    assert line["reason"].startswith("Day 0 is Mon 2 November 2026, when the child became looked after. ")
    assert "within 20 working days" in line["reason"] and "\n" not in line["reason"]
    page = (await office.town.ask("reviews", "GET", "/v1/children/C-3")).json()
    assert line["child_id"] == page["id"]
    (shown,) = [each for each in page["deadlines"] if each["id"] == line["id"]]
    assert {name: shown[name] for name in line.keys() & shown.keys() - {"reason"}} == {
        name: line[name] for name in line.keys() & shown.keys() - {"reason"}
    }


async def test_a_miss_that_was_noticed_is_marked(office):
    await office.child("C-2", "2026-10-01")
    (line,) = await office.due("timescale=lac-review-first")
    assert (line["standing"], line["breached"]) == ("overdue", False)
    await office.sweep()
    (line,) = await office.due("timescale=lac-review-first")
    assert (line["standing"], line["breached"]) == ("overdue", True)


async def test_what_was_done_leaves_the_list(office):
    await office.child("C-2", "2026-10-01")
    await office.town.put("/v1/reviews/R-1", {"care_period": "P-C-2", "held_on": "2026-11-20"})
    assert ("C-2", "lac-review-first") not in await office.names("days=366")
    assert ("C-2", "lac-review-second") in await office.names("days=366")


async def test_a_mark_that_was_reached_is_not_overdue_and_leaves_the_list(office):
    await office.child("C-2", "2026-10-01")
    await office.child("C-3", "2026-11-02")
    sql = "UPDATE deadline SET passing = 'mark' WHERE authority_id = :a AND timescale = 'lac-review-first'"
    await office.plant(sql)
    assert await office.children("timescale=lac-review-first&days=30") == ["C-3"]


async def test_care_that_was_told_by_mistake_leaves_the_list(office):
    await office.child("C-2", "2026-10-01")
    await office.withdrawn("/v1/care_periods/P-C-2")
    assert await office.due("days=366") == []


async def test_another_council_sees_none_of_it(office, neighbour):
    await furnished(office)
    answer = await neighbour.ask("reviews", "GET", "/v1/due?days=366")
    assert (answer.json()["items"], answer.json()["next"]) == ([], None)


async def test_an_officer_s_own_supervision_is_no_child_s(office):
    await office.child("C-2", "2026-10-01")
    lines = len(await office.due("days=366"))
    await office.plant(
        "INSERT INTO deadline SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), "
        "'child_id', NULL, 'anchor_id', gen_random_uuid()))).* FROM deadline d WHERE authority_id = :a LIMIT 1"
    )
    assert len(await office.due("days=366")) == lines


async def test_the_text_is_byte_for_byte_what_the_view_would_be(office):
    await furnished(office)
    for query in ("", "days=366&limit=3", "officer=nobody"):
        content = (await office.town.ask("reviews", "GET", f"/v1/due?{query}")).content
        assert DueList.model_validate_json(content).model_dump_json().encode() == content


@pytest.mark.parametrize(
    "query",
    [
        "days=0",
        "days=367",
        "days=x",
        "limit=0",
        "limit=201",
        "overdue=perhaps",
        "basis=none",
        "officer=a%20b",
        "team=%00",
        "timescale=X",
        "after=x",
        "after=1.1",
        "after=99999999999999999.0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused(office, query):
    answer = await office.town.ask("reviews", "GET", f"/v1/due?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_any_place_that_looks_like_one_is_taken(office):
    for number in ("-9999999999999999", "9999999999999999", "0"):
        after = f"{number}.ffffffff-ffff-ffff-ffff-ffffffffffff"
        assert await office.due(f"after={after}&days=366") == []


async def test_whoever_books_and_chairs_may_look_and_an_analyst_may_not(office):
    for role in (Role.BUSINESS_SUPPORT, Role.CP_CHAIR, Role.TEAM_MANAGER, Role.SOCIAL_WORKER):
        await office.stretch(role=role)
    answer = await office.town.ask("reviews", "GET", "/v1/due", role=Role.ANALYST)
    assert answer.status_code == 403
