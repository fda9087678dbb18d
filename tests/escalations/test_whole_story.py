"""The whole story through the public doors: decisions of a review that nobody carries out, and an officer who does not
let go, from a quiet word until the 20 working days of the formal process have passed, and on to Cafcass."""

from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks import Webhook

from services.escalation_api.reactions import follow_authority
from shared.auth.principal import Role
from tests.cafcass.casework import ACCOUNT, SECOND, Casework
from tests.escalations.ladder_story import Ladder, taken
from tests.escalations.story import Story
from tests.scheduler.bureau import Bureau
from tests.scheduler.receiver import Hook, Receiver
from tests.town import Town

OF = "alert-sefton-2021-"
DECISION = {
    "review": "R-1",
    "what": "Contact with the grandparents every month.",
    "owner": "worker-1",
    "due_on": "2026-10-30",
}
CHECK = {
    "care_period": "CP-1",
    "officer": "iro-1",
    "completed_on": "2026-11-23",
    "finding": "drift",
    "looked_at": ["previous_decisions"],
    "drifted": ["previous_decisions"],
}


@pytest.fixture
def bureau(town: Town) -> Bureau:
    return Bureau(town)


async def days_pass(bureau: Bureau, days: int) -> None:
    """Day by day, what is due is noticed, told and reacted to; at last it is all delivered."""
    for _ in range(days):
        bureau.town.pass_time(days=1)
        await bureau.sweep()
        await bureau.relay()
        while await follow_authority(bureau.town.apps["escalation"].state.door, bureau.town.authority):
            await bureau.relay()
    await bureau.deliver()


def must_verify(secret: str, hook: Hook) -> None:
    """The signature is of this body, this id and this instant; the library's own check is against today's clock."""
    at = datetime.fromtimestamp(int(hook.headers["webhook-timestamp"]), UTC)
    assert hook.headers["webhook-signature"] == Webhook(secret).sign(hook.id, at, hook.body.decode())
    forged = Webhook(secret).sign(hook.id, at, hook.body.decode() + " ")
    assert hook.headers["webhook-signature"] != forged


def heard(receiver: Receiver, kind: str) -> list[dict[str, Any]]:
    """What the webhooks of this type said, in order."""
    said = [hook.event for hook in receiver.hooks]
    return [each["data"] for each in said if each["type"] == kind]


async def a_review_decides_and_nobody_acts(town: Town) -> None:
    await town.put("/v1/children/C-1", {"team": "east"})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-09-01"})
    named = {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-09-02T09:00:00Z"}
    await town.put("/v1/allocations/A-1", named)
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-09-21"})
    await town.put("/v1/decisions/D-1", DECISION)
    late = await town.ask("reviews", "GET", "/v1/decisions?child=C-1&overdue=true", role=Role.IRO)
    assert [each["reference"] for each in late.json()["items"]] == ["D-1"]


async def the_check_at_midpoint_finds_it_and_a_quiet_word_is_raised(town: Town) -> Ladder:
    check = taken(await town.ask("reviews", "PUT", "/v1/midpoint_checks/M-1", CHECK, role=Role.IRO))
    (concern,) = check["escalation_prefill"]
    body = concern | {"arises_from": {"kind": "midpoint_check", "record": "M-1"}}
    raised = taken(await town.ask("escalation", "POST", "/v1/escalations", body, role=Role.IRO))
    assert (raised["kind"], raised["state"], raised["stage"]) == ("informal_resolution", "open", "informal")
    assert (raised["theme"], raised["team"]) == ("recommendations_not_progressed", "east")
    assert (raised["arises_from"], raised["arises_from_id"]) == ("midpoint_check", check["id"])
    return Ladder(town, raised["id"])


async def nobody_answers_the_quiet_word(bureau: Bureau, ladder: Ladder, receiver: Receiver) -> None:
    await days_pass(bureau, 15)  # to Tuesday 8 December; due on Monday
    (silent,) = heard(receiver, "alert.unanswered")
    assert (silent["escalation_id"], silent["stage"], silent["due_on"]) == (
        ladder.id,
        "informal",
        "2026-12-07",
    )
    assert (await ladder.read())["state"] == "open"


async def it_becomes_a_practice_alert_and_its_answer_is_rejected(bureau: Bureau, ladder: Ladder) -> None:
    shown = await ladder.done("advance", {"because": "Nobody has answered."})
    assert (shown["kind"], shown["stage"]) == ("practice_alert", "practice_alert")
    await days_pass(bureau, 2)
    answer = await ladder.answer("2027-02-26", role=Role.TEAM_MANAGER)
    await days_pass(bureau, 1)
    await ladder.done(f"responses/{answer}/reject", {"because": "The child cannot wait until February."})
    shown = await ladder.read()
    assert (shown["state"], shown["stage"]) == ("open", "service_manager")
    assert await ladder.promises() == []


async def the_twenty_working_days_pass(bureau: Bureau, ladder: Ladder, receiver: Receiver) -> None:
    await days_pass(bureau, 29)  # from 11 December to 9 January
    assert [each["stage"] for each in heard(receiver, "alert.unanswered")] == ["informal", "service_manager"]
    late = [each for each in heard(receiver, "deadline.breached") if each["history_id"] == ladder.id]
    assert [(each["timescale"], each["due_on"]) for each in late] == [
        (OF + "informal", "2026-12-07"),
        (OF + "service-manager", "2026-12-18"),
        ("alert-formal", "2027-01-08"),
    ]
    approaching = [each["timescale"] for each in heard(receiver, "deadline.approaching")]
    assert approaching.count("alert-formal") == 3
    assert (await ladder.read())["state"] == "open"


async def test_from_a_decision_that_nobody_carried_out_to_the_referral_to_cafcass(bureau):
    town = bureau.town
    async with Receiver.listening() as receiver:
        secret = (await bureau.subscribe(receiver))["secret"]
        await a_review_decides_and_nobody_acts(town)
        ladder = await the_check_at_midpoint_finds_it_and_a_quiet_word_is_raised(town)
        await nobody_answers_the_quiet_word(bureau, ladder, receiver)
        await it_becomes_a_practice_alert_and_its_answer_is_rejected(bureau, ladder)
        await the_twenty_working_days_pass(bureau, ladder, receiver)
        await every_breach_was_heard_with_a_signature_that_verifies(bureau, receiver, secret)
        await the_child_is_referred_to_cafcass_with_the_bundle(bureau, ladder, receiver)


async def the_child_is_referred_to_cafcass_with_the_bundle(
    bureau: Bureau, ladder: Ladder, receiver: Receiver
) -> None:
    status = {"care_period": "CP-1", "status": "C2", "from_on": "2026-09-01"}
    await bureau.town.put("/v1/legal_statuses/LS-1", status)
    casework = Casework(Story(bureau.town))
    referral = taken(await casework.begin(ladder.id, {"advice": {"note": "Is this enough?"}}))["id"]
    await casework.written(referral, ACCOUNT)
    await casework.done(referral, "ask_approval")
    await casework.done(referral, "approve", role=SECOND)
    await casework.done(referral, "refer")
    bundle = await casework.bundle(referral)
    (child,) = bundle["children"]
    (alert,) = child["alerts"]
    assert [each["stage"] for each in alert["stages"]] == ["informal", "practice_alert", "service_manager"]
    assert [each["decided_because"] for each in alert["answers"]] == ["The child cannot wait until February."]
    (decision,) = child["reviews"][0]["decisions"]
    assert (decision["what"], decision["done_on"]) == (DECISION["what"], None)
    assert "Formal dispute resolution" in str(child["chronology"])
    assert not [each for each in bundle["missing"] if each["blocks"]]
    assert (await ladder.read())["state"] == "open"  # the ladder goes on beside it
    await days_pass(bureau, 1)
    assert [each["escalation_id"] for each in heard(receiver, "cafcass.referred")] == [ladder.id]
    assert (await casework.bundle(referral)) == bundle


async def every_breach_was_heard_with_a_signature_that_verifies(
    bureau: Bureau, receiver: Receiver, secret: str
) -> None:
    for hook in receiver.hooks:
        must_verify(secret, hook)
    kept = {(str(each.deadline_id), each.version) for each in await bureau.breaches()}
    told = [(each["deadline_id"], each["version"]) for each in heard(receiver, "deadline.breached")]
    assert (len(told), set(told)) == (len(kept), kept)
    assert len(receiver.ids) == len(set(receiver.ids))
