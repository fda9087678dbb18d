"""What would move: if a review were held on another day, under another practice, with another day off."""

from uuid import uuid4

import pytest

from shared.auth.principal import Role
from tests.deadlines.desk import CARE, fact

FIRST = "lac-review-first"


async def history_id(desk) -> str:
    return str((await desk.deadline()).history_id)


async def test_a_review_held_on_a_given_day_keeps_the_first_promise_and_opens_the_next(desk):
    await desk.looked_after()
    before = await desk.town.rows("SELECT * FROM deadline ORDER BY id")
    moves = await desk.moves(
        history_id=await history_id(desk), add=[fact("review.held", "2026-12-01", "R-9")]
    )
    first, second = moves[FIRST], moves["lac-review-second"]
    assert (first["change"], first["after"]["outcome"]) == ("ends_otherwise", "met")
    assert (second["change"], second["before"], second["anchor"]) == ("opens", None, "R-9")
    assert second["after"]["due_on"] == "2027-03-01"
    assert any("when a review was held" in line for line in second["after"]["lines"])
    assert await desk.town.rows("SELECT * FROM deadline ORDER BY id") == before


async def test_a_review_held_a_week_later_moves_the_next_by_a_week(desk):
    await desk.looked_after(started_on="2026-09-14")
    await desk.held("2026-10-05")
    record = str((await desk.deadline("lac-review-second")).anchor_id)
    moves = await desk.moves(
        history_id=await history_id(desk), add=[fact("review.held", "2026-10-09", record)]
    )
    second = moves["lac-review-second"]
    assert (second["change"], second["anchor"]) == ("moves", record)
    assert (second["before"]["due_on"], second["after"]["due_on"]) == ("2027-01-05", "2027-01-09")


async def test_under_another_practice_the_local_promises_fall_away(desk):
    await desk.looked_after(iro_notified_at="2026-11-16T10:00:00Z")
    moves = await desk.moves(history_id=await history_id(desk), overlay=None)
    assert moves["iro-allocation-sefton"]["change"] == "falls_away"
    assert moves["iro-allocation-sefton"]["after"] is None
    assert FIRST not in moves
    answer = await desk.what_if(history_id=await history_id(desk), overlay="sefton")
    assert (answer.json()["moves"], answer.json()["unmoved"] > 0) == ([], True)


async def test_with_intervals_in_days_the_next_review_is_due_after_ninety_one(desk):
    facts = [CARE, fact("review.held", "2026-12-01", "R")]
    moves = await desk.moves(history="care_period", facts=facts, settings={"review_interval": "days"})
    second = moves["lac-review-second"]
    assert (second["before"]["due_on"], second["after"]["due_on"]) == ("2027-03-01", "2027-03-02")


async def test_a_day_that_might_be_proclaimed_moves_what_runs_and_not_what_has_closed(desk):
    await desk.looked_after(started_on="2026-11-09")
    await desk.held("2026-11-20")
    history = str((await desk.deadline()).history_id)
    moves = await desk.moves(history_id=history, calendar_days=[{"on": "2026-12-02"}])
    assert FIRST not in moves
    assert moves["review-record"]["change"] == "moves"
    assert moves["review-record"]["after"]["due_on"] > moves["review-record"]["before"]["due_on"]


async def test_without_the_facts_of_a_kind_what_rests_on_them_falls_away(desk):
    facts = [CARE, fact("review.held", "2026-12-01", "R")]
    moves = await desk.moves(history="care_period", facts=facts, withdraw=[{"record": "R"}])
    assert (moves["lac-review-second"]["change"], moves["lac-review-second"]["anchor"]) == ("falls_away", "R")
    assert moves[FIRST]["after"]["outcome"] == "open"
    same = await desk.moves(history="care_period", facts=facts, withdraw=[{"kind": "review.held"}])
    assert same == moves


REFUSED = [
    ({"add": []}, None, "nothing_asked"),
    ({"add": [fact("review.hold", "2026-12-01")]}, "/add/0/kind", "value_error"),
    ({"add": [fact("care_period.ended", "2026-11-01")]}, "/add/0", "ends_before_it_begins"),
    ({"add": [fact("care_period.started", "2026-11-01")]}, "/add/0", "happens_once"),
    ({"withdraw": [{}]}, "/withdraw/0", "nothing_named"),
    ({"withdraw": [{"record": "R-7"}]}, "/withdraw/0", "nothing_there"),
    ({"overlay": "atlantis"}, "/overlay", "unknown_overlay"),
    ({"overlay": "/etc/passwd.toml"}, "/overlay", "unknown_overlay"),
    ({"overlay": "england"}, "/overlay", "unknown_overlay"),
    ({"settings": {"review_interval": "weeks"}}, "/settings/review_interval", "unknown_setting"),
    ({"settings": {"tea_time": "four"}}, "/settings", "unknown_setting"),
    ({"calendar_days": [{"on": "2026-12-05"}]}, "/calendar_days/0/on", "weekend"),
    ({"calendar_days": [{"on": "2026-12-02"}] * 2}, "/calendar_days/1/on", "already_a_holiday"),
    ({"calendar_days": [{"on": "2026-12-02"}] * 11}, "/calendar_days", "too_long"),
]


@pytest.mark.parametrize(("asked", "pointer", "code"), REFUSED)
async def test_what_cannot_be_tried_is_refused_in_one_line(desk, asked, pointer, code):
    answer = await desk.what_if(history="care_period", facts=[CARE], **asked)
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"] or [{"code": answer.json()["type"].rpartition(":")[2], "pointer": None}]
    assert (errors[0]["code"], errors[0]["pointer"]) == (code, pointer)
    assert "passwd" not in answer.text and "atlantis" not in answer.text


async def test_it_needs_one_history_and_only_one(desk):
    await desk.looked_after()
    both = await desk.what_if(
        history_id=await history_id(desk), history="care_period", facts=[CARE], overlay=None
    )
    neither = await desk.what_if(overlay=None)
    assert (both.status_code, neither.status_code) == (422, 422)


async def test_a_history_that_may_not_be_seen_is_not_there(desk):
    absent = await desk.what_if(history_id=str(uuid4()), overlay=None)
    assert (absent.status_code, absent.json()["detail"]) == (404, "There is no such history.")
    await desk.town.put("/v1/histories/H-1", {"kind": "officer", "officer": "iro-7"})
    (row,) = await desk.town.rows("SELECT id FROM history")
    hidden = await desk.what_if(Role.SOCIAL_WORKER, history_id=str(row.id), overlay=None)
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert (await desk.what_if(Role.IRO_MANAGER, history_id=str(row.id), overlay=None)).status_code == 200


async def test_no_stored_fact_is_named_by_a_refusal(desk):
    """What is stored is taken as it is: only what was sent can be refused."""
    await desk.looked_after(started_on="2026-11-16")
    answer = await desk.what_if(
        history_id=await history_id(desk), add=[fact("care_period.ended", "2026-11-15", "E")]
    )
    assert answer.json()["errors"][0]["pointer"] == "/add/0"
