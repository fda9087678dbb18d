"""Header rows become children, review rows reviews that were held."""

from datetime import date

import pytest

from tests.imports.returns import BORN, Council, Return, counts, rejected

REVIEWS = "reviews.csv"


async def test_a_child_is_known_by_the_reference_of_the_return(council: Council) -> None:
    summary = await council.bring(Return().child("C1").child("C2"))
    assert (await council.state())["children"] == [("C1", date(2012, 6, 5)), ("C2", date(2012, 6, 5))]
    assert counts(summary, "header") == (2, 0, 0)


async def test_a_row_twice_is_unchanged_and_a_contradicting_one_is_rejected(council: Council) -> None:
    summary = await council.bring(Return().child(born="01/01/2013").child().child())
    assert counts(summary, "header") == (1, 1, 1)
    assert rejected(summary) == [("header.csv", 2, "DOB", "conflicting_duplicate")]
    assert (await council.state())["children"] == [("C1", date(2012, 6, 5))]


async def test_a_return_corrects_a_date_of_birth(council: Council) -> None:
    await council.bring(Return().child(born="01/01/2013"))
    summary = await council.bring(Return().child())
    assert counts(summary, "header") == (1, 0, 0)
    assert [row[1] for row in (await council.everything())["children"]] == [2]


async def test_a_review_is_held_and_meets_its_deadline(council: Council) -> None:
    summary = await council.bring(Return().child().episode("01/02/2025", "10/03/2025").review("20/02/2025"))
    found = (await council.state())["reviews"]
    assert found == [("C1-2025-02-20", "held", date(2025, 2, 20), "PN1", "ssda903")]
    assert summary["deadlines"] == {"met": 1, "late": 0, "overdue": 0, "running": 0}


async def test_deadlines_are_counted_as_they_stand(council: Council) -> None:
    said = Return().child("C1").episode("01/02/2025", "10/04/2026").review("20/04/2025")
    said.child("C2").episode("01/02/2025", child="C2")
    said.child("C3").episode("20/11/2026", child="C3")
    summary = await council.bring(said)
    assert summary["deadlines"] == {"met": 0, "late": 2, "overdue": 1, "running": 1}


async def test_breaches_of_the_past_are_recorded_as_history(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025"))
    assert [(row[1], row[3]) for row in (await council.state())["breaches"]] == [("lac-review-first", True)]
    events = {(row[1], row[2]) for row in (await council.everything())["events"]}
    assert events == {
        ("child.upserted", True),
        ("care_period.started", True),
        ("deadline.opened", True),
        ("deadline.breached", True),
    }


async def test_clocks_that_no_return_could_stop_do_not_start(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025").review("20/02/2025"))
    codes = {row[1] for row in (await council.state())["deadlines"]}
    assert codes == {"lac-review-first", "lac-review-second"}


@pytest.mark.parametrize(
    ("review", "column", "code"),
    [
        ({"held": "24/11/2026"}, "REVIEW", "in_the_future"),
        ({"held": "31/01/2025"}, "REVIEW", "no_care_period"),
        ({"held": "02/06/2025"}, "REVIEW", "no_care_period"),
        ({"held": "20/02/2025", "code": "PN8"}, "REVIEW_CODE", "unknown_code"),
        ({"held": "20/02/2025", "code": ""}, "REVIEW_CODE", "missing_value"),
        ({"held": "20.02.2025"}, "REVIEW", "bad_date"),
        ({"held": "20/02/2025", "born": "06/06/2012"}, "DOB", "dob_differs"),
        ({"held": "20/02/2025", "child": "C2"}, "CHILD", "child_unknown"),
    ],
)
async def test_a_review_that_cannot_be_is_rejected_and_loses_no_other(
    council: Council, review: dict[str, str], column: str, code: str
) -> None:
    said = Return().child().episode("01/02/2025", "01/06/2025").review("01/06/2025").review(**review)
    summary = await council.bring(said)
    assert rejected(summary) == [(REVIEWS, 3, column, code)]
    assert counts(summary, "reviews") == (1, 0, 1)


async def test_a_child_with_short_breaks_only_has_no_reviews(council: Council) -> None:
    said = Return().child().episode("01/02/2025", status="V3").review("20/02/2025")
    assert rejected(await council.bring(said)) == [(REVIEWS, 2, "REVIEW", "short_breaks_only")]


@pytest.mark.parametrize("seed", range(2))
async def test_two_codes_for_one_review_keep_the_lower(council: Council, seed: int) -> None:
    said = Return().child().episode("01/02/2025").review("20/02/2025", "PN5").review("20/02/2025", "PN2")
    summary = await council.bring(said.review("20/02/2025", "PN2").shuffled(seed))
    assert counts(summary, "reviews") == (1, 1, 1)
    assert [code for *_, code in rejected(summary)] == ["conflicting_duplicate"]
    assert (await council.state())["reviews"][0][3] == "PN2"


async def test_a_later_return_corrects_the_childs_part(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025").review("20/02/2025", "PN7"))
    summary = await council.bring(Return().review("20/02/2025", "PN1"))
    assert counts(summary, "reviews") == (1, 0, 0)
    assert (await council.state())["reviews"][0][3] == "PN1"
    assert await council.faults() == {}


@pytest.mark.parametrize(
    ("held", "code", "warnings"),
    [
        ("04/06/2025", "PN0", []),
        ("05/06/2025", "PN0", []),
        ("06/06/2025", "PN0", ["code_after_4"]),
        ("04/06/2025", "PN7", ["code_before_4"]),
        ("05/06/2025", "PN7", []),
    ],
)
async def test_a_code_that_does_not_fit_the_age_is_a_warning(
    council: Council, held: str, code: str, warnings: list[str]
) -> None:
    born = "05/06/2021"
    said = Return().child(born=born).episode("01/02/2025").review(held, code, born=born)
    summary = await council.bring(said)
    assert counts(summary, "reviews") == (1, 0, 0)
    assert [each["code"] for each in summary["warnings"]] == warnings


async def test_a_day_that_ends_one_period_and_starts_another_belongs_to_the_first(council: Council) -> None:
    await council.town.put("/v1/children/C1", {"date_of_birth": "2012-06-05"})
    for reference, started_on, ended_on in (
        ("P1", "2025-02-01", "2025-03-01"),
        ("P2", "2025-03-01", None),
    ):
        body = {"child": "C1", "started_on": started_on, "ended_on": ended_on}
        await council.town.put(f"/v1/care_periods/{reference}", body)
    await council.bring(Return().review("01/03/2025"))
    held = [row for row in (await council.state())["facts"] if row[2] == "review.held"]
    assert [row[1] for row in held] == ["P1"]


async def test_a_review_that_the_case_system_holds_is_not_doubled(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025"))
    body = {"care_period": "C1-2025-02-01", "held_on": "2025-02-20", "participation": "PN3"}
    await council.town.put("/v1/reviews/R1", body)
    assert counts(await council.bring(Return().review("20/02/2025", "PN3")), "reviews") == (0, 1, 0)
    differing = await council.bring(Return().review("20/02/2025", "PN4"))
    assert rejected(differing) == [(REVIEWS, 2, "REVIEW_CODE", "review_differs")]
    assert len((await council.state())["reviews"]) == 1


@pytest.mark.parametrize("day", ["20/02/2025", "03/03/2025"])
async def test_a_series_of_meetings_is_not_doubled_by_the_day_of_its_first_or_its_last(
    council: Council, day: str
) -> None:
    await council.bring(Return().child().episode("01/02/2025"))
    body = {"care_period": "C1-2025-02-01", "held_on": "2025-03-03", "participation": "PN3"}
    await council.town.put("/v1/reviews/R1", body | {"meetings": [{"on": "2025-02-20"}]})
    assert counts(await council.bring(Return().review(day, "PN3")), "reviews") == (0, 1, 0)


async def test_a_review_that_staff_have_cancelled_stays_cancelled(council: Council) -> None:
    said = Return().child().episode("01/02/2025").review("20/02/2025")
    await council.bring(said)
    path = "/v1/reviews/C1-2025-02-20"
    body = {"care_period": "C1-2025-02-01", "scheduled_on": "2025-02-20"}
    await council.town.put(path, body, if_match="*")
    assert rejected(await council.bring(said)) == [(REVIEWS, 2, "REVIEW", "review_differs")]


async def test_no_finding_repeats_a_value_or_a_reference(council: Council) -> None:
    said = (
        Return().child("SECRET1", BORN).episode("99/99/2031", child="SECRET1").review("13/13/2032", "SECRET2")
    )
    said.review("20/02/2025", child="SECRET3")
    told = repr((await council.bring(said))["rejections"])
    assert not [value for value in ("SECRET", "2031", "2032", BORN) if value in told]
