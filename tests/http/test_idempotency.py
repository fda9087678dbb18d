"""One key, one effect, one answer."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.town import Town

HOLD = ("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2026-11-20"})


@pytest.fixture
async def planned(town: Town) -> Town:
    """A town with a planned review."""
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-11-02"})
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2026-11-20"})
    return town


async def times_held(town: Town) -> int:
    return len(await town.rows("SELECT 1 FROM outbox_event WHERE type = 'review.held'"))


async def test_one_key_sent_many_times_at_once_holds_the_review_once(planned):
    answers = await asyncio.gather(*(planned.ask(*HOLD, idempotency_key="one") for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert {answer.headers["etag"] for answer in answers} == {'"2"'}
    assert await times_held(planned) == 1


async def test_different_keys_at_once_hold_the_review_once_and_tell_the_others(planned):
    answers = await asyncio.gather(*(planned.ask(*HOLD) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert await times_held(planned) == 1


async def test_another_caller_s_key_of_the_same_name_is_another_key(planned):
    first = await planned.ask(*HOLD, idempotency_key="one")
    stranger = planned.token(Role.CASE_SYSTEM, subject="somebody else")
    other = await planned.ask(*HOLD, idempotency_key="one", authorization=f"Bearer {stranger}")
    assert (first.status_code, other.status_code) == (200, 409)


async def test_an_answer_is_repeated_even_when_the_record_has_changed_since(planned):
    first = await planned.ask(*HOLD, idempotency_key="one")
    await planned.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-11-19"}, if_match='"2"')
    again = await planned.ask(*HOLD, idempotency_key="one")
    assert (again.status_code, again.text, again.headers["etag"]) == (200, first.text, '"2"')
    assert (await planned.ask("reviews", "GET", "/v1/reviews/R-1")).json()["held_on"] == "2026-11-19"


async def test_a_key_whose_request_was_refused_can_be_used_for_the_corrected_one(planned):
    refused = await planned.ask("reviews", "POST", HOLD[2], {"held_on": "2026-11-24"}, idempotency_key="one")
    corrected = await planned.ask(*HOLD, idempotency_key="one")
    assert (refused.status_code, corrected.status_code) == (422, 200)


async def test_a_key_belongs_to_one_address(planned):
    await planned.ask(*HOLD, idempotency_key="one")
    other = await planned.ask("reviews", "POST", "/v1/reviews/R-2/hold", HOLD[3], idempotency_key="one")
    assert (other.status_code, other.json()["type"]) == (422, "urn:duecare:problem:idempotency_key_reused")


UNUSABLE_KEYS = ["", " ", "x" * 201, "two words", b"caf\xe9", "\x01"]


async def test_a_post_needs_a_key_of_printable_characters(planned):
    for key in UNUSABLE_KEYS:
        answer = await planned.ask(*HOLD, idempotency_key=key)
        assert (answer.status_code, answer.json()["type"]) == (
            422,
            "urn:duecare:problem:idempotency_key_required",
        )
        assert await times_held(planned) == 0


async def test_who_may_no_longer_do_it_does_not_get_the_old_answer_either(planned):
    await planned.ask(*HOLD, idempotency_key="one")
    assert (await planned.ask(*HOLD, role=Role.ANALYST, idempotency_key="one")).status_code == 403
