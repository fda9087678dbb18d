"""A children in need census becomes enquiries, initial conferences, plans and their reviews."""

from typing import Any

import pytest

from tests.imports.census import Census, enquiry, plan
from tests.imports.returns import Council, Return, rejected

STORY = (
    enquiry("2025-05-01", "2025-05-20"),
    plan("2025-05-20", "2026-02-10", "2025-08-12", "2026-02-10", category="EMO", previous="1"),
)
PROTECTION = {
    "section47": """SELECT reference, version, held_on::text, section47 FROM strategy_discussion
                    WHERE withdrawn_at IS NULL""",
    "conferences": """SELECT c.reference, c.version, held_on::text, conference_type, p.outcome, p.category
                      FROM conference c JOIN conference_child p ON p.conference_id = c.id
                      WHERE withdrawn_at IS NULL""",
    "plans": """SELECT reference, version, started_on::text, ended_on::text, initial_category,
                previous_plans_elsewhere FROM protection_plan WHERE withdrawn_at IS NULL""",
}
EVENTS = "SELECT id, type, historic FROM outbox_event"


async def held(council: Council) -> dict[str, list[tuple[Any, ...]]]:
    """What stands of protection, with its versions, and every event told."""
    queries = PROTECTION | {"events": EVENTS, "facts": "SELECT id, withdrawn_at FROM fact"}
    return {name: sorted(map(tuple, await council.town.rows(sql)), key=repr) for name, sql in queries.items()}


async def plans(council: Council) -> list[tuple[str, str | None]]:
    return [(row[2], row[3]) for row in (await held(council))["plans"]]


def ends(summary: dict[str, Any], kind: str) -> tuple[int, int, int]:
    """Rows accepted, unchanged and rejected."""
    rows = summary[kind]
    return rows["accepted"], rows["unchanged"], rows["rejected"]


async def test_a_child_s_enquiry_conference_plan_and_reviews_are_kept(council: Council) -> None:
    summary = await council.bring(Census().child(*STORY))
    found = await held(council)
    assert found["section47"] == [("C1-2025-05-01", 1, "2025-05-01", "initiated")]
    assert found["conferences"] == [
        ("C1-2025-05-20", 1, "2025-05-20", "initial", "plan", "EMO"),
        ("C1~2025-08-12", 1, "2025-08-12", "review", None, None),
        ("C1~2026-02-10", 1, "2026-02-10", "review", None, None),
    ]
    assert found["plans"] == [("C1-2025-05-20", 1, "2025-05-20", "2026-02-10", "EMO", 1)]
    kinds = ("child_identifiers", "section47", "conferences", "plans", "plan_reviews")
    assert [ends(summary, kind)[0] for kind in kinds] == [1, 1, 1, 1, 2]
    assert (summary["rejections"], summary["warnings"], summary["children"]) == ([], [], 1)
    assert await council.faults() == {}


async def test_the_same_census_again_changes_nothing(council: Council) -> None:
    await council.bring(Census().child(*STORY))
    before = await held(council)
    council.town.pass_time(hours=1)
    summary = await council.bring(Census().child(*STORY))
    assert await held(council) == before
    assert ends(summary, "plan_reviews") == (0, 2, 0)


async def test_a_dry_run_keeps_nothing_and_says_what_would_become_of_each_row(council: Council) -> None:
    rehearsed = await council.bring(Census().child(*STORY), dry_run=True)
    assert (await held(council))["events"] == []
    assert rehearsed | {"dry_run": False} == await council.bring(Census().child(*STORY))


async def test_what_was_late_in_the_past_wakes_nobody(council: Council) -> None:
    late = Census().child(enquiry("2025-05-01", "2025-07-20"), plan("2025-07-21", "", "2026-03-20"))
    summary = await council.bring(late)
    assert summary["deadlines"]["late"] >= 2
    assert {row[2] for row in (await held(council))["events"]} == {True}
    assert await council.faults() == {}


async def test_no_deadline_starts_that_waits_for_what_a_census_does_not_hold(council: Council) -> None:
    await council.bring(Census().child(*STORY))
    found = await council.town.rows("SELECT DISTINCT timescale FROM deadline")
    assert {row[0] for row in found} <= {
        "icpc-15wd",
        "rcpc-first",
        "rcpc-subsequent",
        "cp-plan-9-months",
        "cp-plan-15-months",
        "cp-plan-18-months",
        "cp-plan-24-months",
    }


async def test_a_corrected_census_of_the_year_settles(council: Council) -> None:
    await council.bring(Census().child(*STORY))
    council.town.pass_time(days=1)
    summary = await council.bring(
        Census().child(enquiry("2025-05-01", "2025-05-21"), plan("2025-05-21", "2026-02-11", "2025-08-12"))
    )
    found = await held(council)
    assert await plans(council) == [("2025-05-21", "2026-02-11")]
    assert [row[2] for row in found["conferences"]] == ["2025-05-21", "2025-08-12"]
    assert summary["rejections"] == []
    assert await council.faults() == {}


async def test_a_corrected_census_with_an_unsound_row_takes_nothing_back(council: Council) -> None:
    await council.bring(Census().child(*STORY))
    council.town.pass_time(days=1)
    summary = await council.bring(Census().child(plan("20/05/2025")))
    assert [code for *_, code in rejected(summary)] == ["ill_dated"]
    assert await plans(council) == [("2025-05-20", "2026-02-10")]


async def test_last_year_s_census_does_not_undo_this_year_s(council: Council) -> None:
    await council.bring(Census(2026).child(plan("2024-06-03", "2025-06-02", "2025-03-03")))
    council.town.pass_time(days=1)
    summary = await council.bring(
        Census(2025).child(plan("2024-06-03", "", "2024-08-30", "2025-03-03"), born="2011-01-01")
    )
    assert await plans(council) == [("2024-06-03", "2025-06-02")]
    assert {code for *_, code in rejected(summary)} == {"newer_return", "birth_differs", "plan_not_kept"}
    assert await council.faults() == {}


async def test_next_year_s_census_ends_the_plan_that_was_open(council: Council) -> None:
    await council.bring(Census(2025).child(plan("2024-06-03")))
    council.town.pass_time(days=1)
    await council.bring(Census(2026).child(plan("2024-06-03", "2025-06-02")))
    assert await plans(council) == [("2024-06-03", "2025-06-02")]
    assert await council.faults() == {}


async def test_an_import_that_was_cut_short_is_finished_by_the_next(council: Council) -> None:
    half, whole = Census(), Census()
    for n in range(6):
        whole.child(*STORY, reference=f"C{n}")
    half.children = whole.children[:3]
    await council.bring(half)
    summary = await council.bring(whole)
    assert (ends(summary, "child_identifiers"), ends(summary, "plans")) == ((3, 3, 0), (3, 3, 0))
    assert await council.faults() == {}


async def test_an_unborn_child_is_expected_and_born_by_the_next_census(council: Council) -> None:
    said = Census(2025).child(plan("2025-03-03"), born="", expected="2025-04-20")
    await council.bring(said)
    council.town.pass_time(days=1)
    await council.bring(Census(2026).child(plan("2025-03-03", "2025-12-01"), born="2025-04-18"))
    child = (await council.town.ask("reviews", "GET", "/v1/children/C1")).json()
    assert (child["date_of_birth"], child["expected_on"]) == ("2025-04-18", None)
    assert await council.faults() == {}


async def test_what_the_case_system_has_put_stands(council: Council) -> None:
    await council.town.put("/v1/children/C1", {"date_of_birth": "2012-06-05", "team": "T1"})
    await council.town.put(
        "/v1/protection_plans/P9", {"child": "C1", "started_on": "2025-05-20", "initial_category": "NEG"}
    )
    summary = await council.bring(Census().child(*STORY))
    assert (rejected(summary)[0][3], await plans(council)) == ("case_system_differs", [("2025-05-20", None)])
    child = (await council.town.ask("reviews", "GET", "/v1/children/C1")).json()
    assert child["team"] == "T1"
    assert await council.faults() == {}


CARE = Return().child().episode("01/02/2025").review("20/02/2025")


@pytest.mark.parametrize("first", ["903", "cin"])
async def test_both_returns_settle_to_one_child(council: Council, first: str) -> None:
    both: list[Return | Census] = [CARE, Census().child(*STORY)]
    for one in both if first == "903" else reversed(both):
        summary = await council.bring(one)
        council.town.pass_time(minutes=1)
    assert (summary["children"], summary["care_periods"], summary["rejections"]) == (1, 1, [])
    assert await plans(council) == [("2025-05-20", "2026-02-10")]
    assert await council.faults() == {}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (enquiry("2025-05-01", "2025-05-20") + "<DateOfInitialCPC>2025-05-20</DateOfInitialCPC>", "2884"),
        (plan("2025-05-20", "", "2025-05-20"), "8841"),
        (plan("2025-05-20", "2025-05-20"), "8840"),
        (plan("2025-05-20", "2025-05-19"), "8925"),
    ],
)
async def test_a_row_that_breaks_a_rule_of_the_census_is_rejected_by_its_number(
    council: Council, said: str, found: str
) -> None:
    summary = await council.bring(Census().child(said))
    assert [each["message"] for each in summary["rejections"] if f"rule {found}" in each["message"]] != []
    assert len(summary["rejections"]) == 1
    assert await council.faults() == {}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (enquiry("2025-05-01", "2025-05-20") + plan("2025-05-21"), "2885"),
        (enquiry("2025-05-01", "2025-05-17"), "8875"),
        (enquiry("2025-05-01", target="2025-05-24"), "8870Q"),
    ],
)
async def test_a_row_that_the_census_would_question_is_kept_with_a_warning(
    council: Council, said: str, found: str
) -> None:
    summary = await council.bring(Census().child(said))
    assert [f"rule {found}" in each["message"] for each in summary["warnings"]] == [True]
    assert summary["rejections"] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (enquiry("2027-05-01"), "in_the_future"),
        (enquiry(""), "missing_value"),
        (plan("2025-02-30"), "ill_dated"),
        (plan("2025-02-03", category="XXX"), "not_in_the_list"),
        (plan("2025-02-03", previous="many"), "not_a_number"),
        (plan("2025-02-03") + plan("2025-03-03"), "plans_overlap"),
        (plan("2025-02-03") + plan("2025-02-03", "2025-03-03"), "conflicting_duplicate"),
    ],
)
async def test_a_row_that_cannot_be_is_rejected_and_loses_no_other(
    council: Council, said: str, code: str
) -> None:
    summary = await council.bring(Census().child(said).child(*STORY, reference="C2"))
    assert [each for *_, each in rejected(summary)] == [code]
    assert ends(summary, "plan_reviews") == (2, 0, 0)
    assert await council.faults() == {}


async def test_a_child_who_cannot_be_named_takes_their_rows_along(council: Council) -> None:
    summary = await council.bring(Census().child(*STORY, reference="no name"))
    counted = {
        kind: ends(summary, kind) for kind in ("child_identifiers", "section47", "plans", "plan_reviews")
    }
    assert counted == {
        "child_identifiers": (0, 0, 1),
        "section47": (0, 0, 1),
        "plans": (0, 0, 1),
        "plan_reviews": (0, 0, 2),
    }


async def test_what_is_not_kept_is_counted(council: Council) -> None:
    other = "<Assessments/><Assessments/><CINPlanDates/><PreProceedingsandFGDM/>"
    summary = await council.bring(Census().child(other))
    counted = {
        kind: rows["left_out"]
        for kind, rows in summary.items()
        if isinstance(rows, dict) and "left_out" in rows
    }
    assert counted == {"cin_details": 1, "assessments": 2, "cin_plans": 1, "pre_proceedings": 1}
