"""Holding reviews, and what follows from it."""

from typing import Any

import pytest

from tests.town import Town

CANCELLED = {"approved_by": "manager-2", "reason": "illness", "because": "The chair is ill."}


async def in_care(town: Town, started_on: str = "2025-04-17", **fields: Any) -> None:
    """A child who became looked after on Maundy Thursday 2025."""
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": started_on} | fields)


async def deadlines(town: Town) -> dict[str, dict[str, Any]]:
    page = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    return {each["timescale"]: each for each in page["deadlines"]}


async def test_becoming_looked_after_sets_the_date_of_the_first_review(town):
    await in_care(town)
    first = (await deadlines(town))["lac-review-first"]
    assert first["due_on"] == "2025-05-20"
    assert "Good Friday" in " ".join(first["reason"])


async def test_holding_a_review_sets_the_date_of_the_next(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2025-05-12"})
    held = await town.ask("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2025-05-12"})
    assert held.status_code == 200
    assert held.json()["status"] == "held"
    due = {each["timescale"]: each["due_on"] for each in held.json()["deadlines"]}
    assert due["lac-review-second"] == "2025-08-12"
    assert (await deadlines(town))["lac-review-first"]["standing"] == "met"


async def test_a_review_held_late_is_met_late_and_the_next_runs_from_its_actual_date(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2025-06-02"})
    found = await deadlines(town)
    assert found["lac-review-first"]["standing"] == "met_late"
    assert found["lac-review-second"]["due_on"] == "2025-09-02"


async def test_correcting_the_date_of_a_review_moves_the_next(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2025-05-12"})
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2025-05-13"}, if_match='"1"')
    assert (await deadlines(town))["lac-review-second"]["due_on"] == "2025-08-13"
    told = await town.rows("SELECT type FROM outbox_event ORDER BY seq")
    assert "deadline.moved" in [row.type for row in told]


async def test_a_review_that_was_never_held_gives_its_deadline_back(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2025-05-12"})
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2025-05-12"}, if_match='"1"')
    found = await deadlines(town)
    assert found["lac-review-first"]["standing"] == "overdue"
    assert found["lac-review-second"]["standing"] == "withdrawn"


async def test_a_review_cannot_be_held_twice(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2025-05-12"})
    again = await town.ask("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2025-05-13"})
    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_retry_with_the_same_key_gets_the_first_answer_and_holds_once(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2025-05-12"})
    sent = ("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2025-05-12"})
    first = await town.ask(*sent, idempotency_key="one")
    again = await town.ask(*sent, idempotency_key="one")
    assert (first.status_code, first.text, first.headers["etag"]) == (
        again.status_code,
        again.text,
        again.headers["etag"],
    )
    assert len(await town.rows("SELECT 1 FROM outbox_event WHERE type = 'review.held'")) == 1


async def test_a_key_cannot_be_used_for_another_request(town):
    await in_care(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2025-05-12"})
    await town.ask(
        "reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2025-05-12"}, idempotency_key="one"
    )
    other = await town.ask(
        "reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2025-05-13"}, idempotency_key="one"
    )
    assert (other.status_code, other.json()["type"]) == (422, "urn:duecare:problem:idempotency_key_reused")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"held_on": "2025-04-16"}, "outside_care_period"),
        ({"held_on": "2026-11-24"}, "in_the_future"),
        ({}, "contradiction"),
        ({"scheduled_on": "2026-12-01", "participation": "PN1"}, "contradiction"),
    ],
)
async def test_a_review_that_cannot_be_is_refused_and_nothing_is_stored(town, body, code):
    await in_care(town)
    answer = await town.ask("reviews", "PUT", "/v1/reviews/R-1", {"care_period": "CP-1"} | body)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:duecare:problem:{code}")
    assert await town.rows("SELECT 1 FROM review") == []


async def test_cancelling_a_review_moves_no_deadline(town):
    await in_care(town)
    before = await deadlines(town)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2026-12-08"})
    report = (await deadlines(town)).pop("sw-pre-review-report")
    assert (report["due_on"], report["standing"]) == ("2026-12-03", "in_time")
    answer = await town.ask("reviews", "POST", "/v1/reviews/R-1/cancel", CANCELLED)
    assert answer.json()["status"] == "cancelled"
    after = await deadlines(town)
    for around in ("sw-pre-review-report", "review-invitations"):
        assert after.pop(around)["standing"] == "ended"
    assert after == before
