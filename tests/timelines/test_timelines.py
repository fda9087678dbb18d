"""A child's timeline: what was so, in the order in which it was so, and what became of it."""

from datetime import date, datetime

import pytest

from shared.auth.principal import Role
from shared.timescales.london import day_starts_at
from tests.due.office import Office

MARKS = ("fact", "deadline_opened", "deadline_closed", "deadline_breached", "escalation_raised")


async def timeline(town, query: str = "", child: str = "C-1", role: Role = Role.CASE_SYSTEM):
    """The whole of it, stretch by stretch."""
    found, address = [], f"/v1/children/{child}/timeline?{query}"
    while address:
        answer = await town.ask("reviews", "GET", address, role=role)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        address = answer.json()["next"]
    return found


async def told(town) -> Office:
    """A child in care whose first review was held late, and for whom a concern was raised."""
    office = Office(town)
    await office.child("C-1", "2026-10-01", "iro-1", iro_notified_at="2026-10-01T09:00:00Z")
    await office.sweep()
    await town.put("/v1/reviews/R-1", {"care_period": "P-C-1", "held_on": "2026-11-10"})
    body = {"child": "C-1", "theme": "no_evidence_of_visits", "concern": "Nobody named Alex came."}
    raised = await town.ask("escalation", "POST", "/v1/escalations", body, role=Role.IRO)
    resolve = f"/v1/escalations/{raised.json()['id']}/resolve"
    answer = await town.ask("escalation", "POST", resolve, {"outcome": "Alex came."}, role=Role.IRO)
    assert answer.status_code == 200, answer.text
    return office


def moment(entry) -> datetime:
    if entry["at"]:
        return datetime.fromisoformat(entry["at"])
    return day_starts_at(date.fromisoformat(entry["on"]))


async def test_everything_is_told_in_the_order_in_which_it_was_so(town):
    await told(town)
    entries = await timeline(town)
    assert {entry["what"] for entry in entries} >= set(MARKS)
    order = [(moment(entry), datetime.fromisoformat(entry["recorded_at"])) for entry in entries]
    assert order == sorted(order)
    (start,) = [entry for entry in entries if entry["kind"] == "care_period.started"]
    assert (start["on"], start["at"], start["words"]) == (
        "2026-10-01",
        None,
        "The child became looked after.",
    )


async def test_a_late_review_opens_breaches_and_closes_its_deadline(town):
    await told(town)
    lines = [each for each in await timeline(town) if each["kind"] == "lac-review-first"]
    assert [each["what"] for each in lines] == ["deadline_opened", "deadline_breached", "deadline_closed"]
    opened, breached, closed = lines
    assert {each["ids"]["deadline"] for each in lines} == {opened["ids"]["deadline"]}
    assert (opened["on"], breached["on"], closed["on"]) == ("2026-10-01", "2026-10-29", "2026-11-10")
    assert opened["words"].endswith("the clock starts; due by the end of Thu 29 October 2026.")
    assert breached["words"].endswith("not done by the end of Thu 29 October 2026.")
    assert closed["words"].endswith("done, after its date.")


async def test_what_was_taken_back_stays_and_is_marked(town):
    office = await told(town)
    await office.withdrawn("/v1/reviews/R-1")
    entries = await timeline(town, "kinds=review.held")
    (held,) = entries
    assert held["withdrawn_at"] == "2026-11-23T12:00:00Z"
    assert held["words"] == "A review was held. Taken back on Mon 23 November 2026."
    second = [each for each in await timeline(town) if each["kind"] == "lac-review-second"]
    assert [each["what"] for each in second if each["withdrawn_at"] is None] == []


async def test_a_concern_is_told_without_its_words(town):
    await told(town)
    raised, resolved = await timeline(town, "kinds=escalation_raised,escalation_resolved")
    assert (raised["kind"], raised["words"]) == ("informal_resolution", "Informal resolution raised.")
    assert resolved["words"] == "Informal resolution resolved."
    assert raised["ids"]["escalation"] == resolved["ids"]["escalation"]
    assert raised["at"] == "2026-11-23T12:00:00Z"
    assert "Alex" not in str(await timeline(town))


async def test_a_social_worker_sees_what_was_raised_for_the_child_too(town):
    await told(town)
    entries = await timeline(town, role=Role.SOCIAL_WORKER)
    every = await timeline(town)
    assert entries == every
    assert "escalation_raised" in {each["what"] for each in entries}


async def test_kinds_are_those_of_entries_of_facts_and_of_timescales(town):
    await told(town)
    every = await timeline(town)
    for name in ("fact", "deadline_breached", "review.held", "lac-review-first", "informal_resolution"):
        wanted = [each for each in every if name in (each["what"], each["kind"])]
        assert wanted and await timeline(town, f"kinds={name}") == wanted
    assert await timeline(town, "kinds=nothing") == []


async def test_stretches_of_any_length_make_the_same_timeline(town):
    await told(town)
    whole = await timeline(town, "limit=200")
    for limit in (1, 7, len(whole) - 1, len(whole)):
        assert await timeline(town, f"limit={limit}") == whole


async def test_nothing_is_lost_or_told_twice_while_others_write(town):
    await told(town)
    before = {str(each["ids"]) + each["what"] for each in await timeline(town)}
    seen, address, turn = [], "/v1/children/C-1/timeline?limit=1", 0
    while address:
        stretch = (await town.ask("reviews", "GET", address)).json()
        seen += [str(each["ids"]) + each["what"] for each in stretch["items"]]
        address, turn = stretch["next"], turn + 1
        if turn in (3, 6, 9):
            body = {"care_period": "P-C-1", "officer": "iro-1", "finding": "drift"}
            await town.put(f"/v1/midpoint_checks/M-{turn}", body | {"completed_on": f"2026-11-1{turn}"})
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


async def test_another_child_s_and_another_council_s_are_not_in_it(town, neighbour):
    office = await told(town)
    await office.child("C-2", "2026-11-02")
    await neighbour.put("/v1/children/C-1", {})
    assert await timeline(neighbour) == []
    both = {str(each["ids"]) for each in await timeline(town)} & {
        str(each["ids"]) for each in await timeline(town, child="C-2")
    }
    assert both == set()


async def test_a_child_that_is_not_there_or_not_ours_looks_the_same(town, neighbour):
    await told(town)
    absent = await town.ask("reviews", "GET", "/v1/children/C-9/timeline")
    hidden = await neighbour.ask("reviews", "GET", "/v1/children/C-1/timeline")
    assert (absent.status_code, hidden.status_code, absent.content) == (404, 404, hidden.content)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "kinds=", "kinds=A%20B", "after=1", "after=1.1.x.0193b1a2", "kinds=a,,b"],
)
async def test_a_question_that_cannot_be_answered_is_refused(town, query):
    await town.put("/v1/children/C-1", {})
    answer = await town.ask("reviews", "GET", f"/v1/children/C-1/timeline?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_any_place_that_looks_like_one_is_taken(town):
    await told(town)
    place = ".".join(["9" * 16, "-" + "9" * 16, "9" * 9, "ffffffff-ffff-ffff-ffff-ffffffffffff"])
    assert await timeline(town, f"after={place}") == []
