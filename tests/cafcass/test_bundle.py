"""What a bundle holds, and what never enters it."""

import pytest

from shared.auth.principal import Role
from tests.cafcass.casework import ACCOUNT

SECRET = "Mother must not know."
ADVICE = "Counsel says: arguable."


@pytest.fixture
async def recorded(casework):
    """A referral of C-1, of whom much is on record: a review that decided, an answered alert, a promise, and notes."""
    escalation = await casework.raised()
    await casework.recorded()
    await casework.answered(escalation)
    await casework.story.post(f"/{escalation}/notes", {"kind": "private", "words": SECRET})
    referral = (await casework.begin(escalation)).json()["id"]
    await casework.written(referral, ACCOUNT)
    await casework.done(referral, "legal_advice", {"on": "2026-11-19", "words": ADVICE})
    return referral


async def child_of(casework, referral):
    return (await casework.bundle(referral))["children"][0]


async def test_a_bundle_tells_the_child_s_status_and_period_of_care(casework, recorded):
    child = await child_of(casework, recorded)
    assert (child["child"], child["looked_after"]) == ("C-1", True)
    assert [period["started_on"] for period in child["care_periods"]] == ["2026-06-01"]
    assert child["legal_status"] == {"code": "C2", "meaning": "Full care order.", "from_on": "2026-06-01"}
    told = ACCOUNT["children"][0]
    assert {name: child[name] for name in told} == told


async def test_a_bundle_tells_facts_deadlines_and_breaches_in_order_of_their_dates(casework, recorded):
    await casework.story.sweep_and_relay()
    chronology = (await child_of(casework, recorded))["chronology"]
    dates = [entry["on"] for entry in chronology]
    assert dates == sorted(dates)
    assert {entry["what"] for entry in chronology} == {"fact", "deadline", "breach"}
    first = next(entry for entry in chronology if entry["code"] == "lac-review-first")
    assert first["words"] == (
        "First looked-after review: due by the end of Mon 29 June 2026; done, after its date (on Fri 10 July 2026)."
    )
    assert "reg 33(1)" in first["source"]
    began = next(entry for entry in chronology if entry["code"] == "care_period.started")
    assert began["words"].startswith("The child became looked after")


async def test_what_was_taken_back_is_not_in_the_chronology(casework, recorded):
    before = (await child_of(casework, recorded))["chronology"]
    because = {"because": "Entered for another child."}
    for path in ("decisions/D-1", "reviews/R-1"):
        assert (await casework.town.ask("reviews", "POST", f"/v1/{path}/withdraw", because)).is_success
    child = await child_of(casework, recorded)
    held = [entry for entry in child["chronology"] if entry["code"] == "review.held"]
    assert (held, child["reviews"]) == ([], [])
    assert [entry for entry in before if entry["code"] == "review.held"]


async def test_a_bundle_tells_the_reviews_with_what_became_of_their_decisions(casework, recorded):
    child = await child_of(casework, recorded)
    (review,) = child["reviews"]
    assert (review["held_on"], review["decisions_issued_on"]) == ("2026-07-10", None)
    (decision,) = review["decisions"]
    assert (decision["what"], decision["state"], decision["overdue"]) == (
        "A visit to the school.",
        "open",
        True,
    )
    (check,) = child["midpoint_checks"]
    assert (check["completed_on"], check["finding"]) == ("2026-09-01", "drift")


async def test_a_bundle_tells_the_alert_with_its_steps_stages_answers_and_promises(casework, recorded):
    (alert,) = (await child_of(casework, recorded))["alerts"]
    assert (alert["title"], alert["referred_from"]) == ("No evidence of visits", True)
    assert [stage["title"] for stage in alert["stages"]] == ["Informal resolution"]
    assert [step["words"] for step in alert["steps"]] == [
        "raised",
        "answered",
        "settled by accepting the answer",
        "promised",
    ]
    (answer,) = alert["answers"]
    assert (answer["answer"], answer["state"]) == ("We will visit.", "accepted")
    (promise,) = alert["promises"]
    assert (promise["action"], promise["due_on"], promise["state"]) == ("Visit.", "2026-12-01", "promised")


async def test_an_answer_that_is_only_drafted_is_in_no_bundle(casework):
    escalation = await casework.raised()
    draft = {"answer": "Not for Cafcass yet.", "promises": []}
    made = await casework.story.post(f"/{escalation}/responses", draft, role=Role.TEAM_MANAGER)
    assert made.status_code == 201, made.text
    referral = (await casework.begin(escalation)).json()["id"]
    assert "Not for Cafcass yet" not in (await casework.document(referral)).text


async def test_neither_an_officer_s_note_nor_the_words_of_legal_advice_enter_a_bundle(casework, recorded):
    notes = (await casework.story.read((await casework.alert(recorded)) + "/notes")).json()["items"]
    assert [(note["kind"], note["words"]) for note in notes] == [
        ("private", SECRET),
        ("legal_advice", ADVICE),
    ]
    for answer in (
        await casework.document(recorded),
        await casework.page(recorded),
        await casework.get(recorded),
    ):
        assert answer.status_code == 200
        assert SECRET not in answer.text and ADVICE not in answer.text and "arguable" not in answer.text
    assert (await casework.bundle(recorded))["referral"]["legal_advice_on"] == "2026-11-19"


async def test_a_bundle_holds_nothing_of_another_council_s_child(casework, neighbour):
    await neighbour.in_care("C-1")
    await neighbour.recorded("Canary: another council's.")
    drafted = await casework.drafted()
    assert "Canary" not in (await casework.document(drafted["id"])).text


async def test_a_bundle_is_the_same_each_time_it_is_assembled(casework, recorded):
    first, second = await casework.document(recorded), await casework.document(recorded)
    assert first.content == second.content and first.headers["etag"] == second.headers["etag"]


async def test_of_siblings_each_has_a_part_with_the_alerts_of_that_child(casework):
    begun = await casework.begun("C-1", "C-2")
    concern = {"child": "C-2", "theme": "no_core_group", "concern": "Only of the second."}
    assert (await casework.story.post("", concern)).status_code == 201
    first, second = (await casework.bundle(begun["id"]))["children"]
    assert (first["child"], len(first["alerts"]), first["alerts"][0]["siblings"]) == ("C-1", 1, 1)
    assert (second["child"], len(second["alerts"])) == ("C-2", 2)


async def test_a_suggestion_and_praise_are_no_alerts_of_a_bundle(casework):
    begun = await casework.begun()
    await casework.story.sweep_and_relay()
    praise = {"child": "C-1", "theme": "no_core_group", "concern": "Well done.", "kind": "good_practice"}
    assert (await casework.story.post("", praise)).status_code == 201
    while await casework.story.hear():
        pass
    assert await casework.story.listed(state="suggested")
    assert len((await child_of(casework, begun["id"]))["alerts"]) == 1
