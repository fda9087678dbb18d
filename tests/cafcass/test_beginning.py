"""Who can be referred to Cafcass, and from where."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.escalations.story import CONCERN


def types(answer):
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


async def test_a_referral_is_begun_as_a_draft_where_no_advice_is_sought(casework):
    begun = await casework.begun()
    assert (begun["state"], begun["advice_sought_on"], begun["second_approver"]) == ("drafted", None, True)
    assert [child["child"] for child in begun["children"]] == ["C-1"]
    assert await casework.told() == []


DECISIONS = {"answered": None, "accepted": "accept", "partly_accepted": "accept_partly", "rejected": "reject"}


@pytest.mark.parametrize("state", ["open", *DECISIONS])
async def test_a_referral_can_be_begun_at_any_stage_and_in_every_state_under_way(casework, state):
    top = {"kind": "practice_alert", "stage": "director", "because": "The child is at risk."}
    escalation = await casework.raised(**top)
    if state in DECISIONS:
        await casework.answered(escalation, DECISIONS[state], role=Role.SENIOR_MANAGER)
    assert (await casework.story.read(f"/{escalation}")).json()["state"] == state
    assert (await casework.begin(escalation)).status_code == 201


async def test_a_referral_can_be_begun_while_it_is_a_quiet_word(casework):
    escalation = await casework.raised()
    assert (await casework.story.read(f"/{escalation}")).json()["stage"] == "informal"
    assert (await casework.begin(escalation)).status_code == 201


async def test_an_escalation_that_is_not_under_way_has_no_referral(casework):
    escalation = await casework.raised()
    await casework.story.post(f"/{escalation}/withdraw", {"reason": "It was done."})
    answer = await casework.begin(escalation)
    assert types(answer) == (409, "transition_refused")
    assert "only one that is under way" in answer.json()["detail"]
    praise = CONCERN | {"kind": "good_practice"}
    praised = (await casework.story.post("", praise)).json()["id"]
    assert (await casework.begin(praised)).status_code == 409
    assert await casework.listed() == []


@pytest.mark.parametrize("role", [Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER])
async def test_a_child_who_is_not_looked_after_is_not_referred_and_the_answer_says_where_it_ends(
    casework, role
):
    raised = await casework.story.raised()
    answer = await casework.begin(raised["id"], role=role)
    assert types(answer) == (409, "not_looked_after")
    assert "this escalation ends with the director of children's services" in answer.json()["detail"]
    assert await casework.listed() == []


async def test_a_child_who_has_left_care_is_not_referred(casework):
    escalation = await casework.raised()
    await casework.leaves_care("2026-11-22")
    assert types(await casework.begin(escalation)) == (409, "not_looked_after")


async def test_a_child_is_looked_after_to_the_end_of_the_last_day(casework):
    escalation = await casework.raised()
    await casework.leaves_care("2026-11-23")
    assert (await casework.begin(escalation)).status_code == 201


async def test_of_siblings_some_are_referred(casework):
    begun = await casework.begun("C-1", "C-2", children=["C-2"])
    assert [child["child"] for child in begun["children"]] == ["C-2"]
    assert [one["id"] for one in await casework.listed("?child=C-2")] == [begun["id"]]
    assert await casework.listed("?child=C-1") == []


async def test_of_siblings_those_who_are_not_looked_after_must_be_left_out(casework):
    await casework.story.child("C-2")
    await casework.in_care("C-1")
    concern = CONCERN | {"child": None, "children": ["C-1", "C-2"]}
    escalation = (await casework.story.post("", concern)).json()["id"]
    refused = await casework.begin(escalation)
    assert types(refused) == (409, "not_looked_after")
    assert "Name only those children who are." in refused.json()["detail"]
    assert (await casework.begin(escalation, {"children": ["C-1"]})).status_code == 201


async def test_an_escalation_about_a_team_has_nobody_to_refer(casework):
    concern = {"team": "east", "theme": "late_pathway_plan", "concern": "All of them are late."}
    escalation = (await casework.story.post("", concern)).json()["id"]
    assert types(await casework.begin(escalation)) == (409, "no_child")


async def test_an_escalation_has_one_referral_under_way_and_another_once_that_ended(casework):
    first = await casework.begun()
    refused = await casework.begin(first["escalation_id"])
    assert types(refused) == (409, "referral_under_way")
    await casework.done(first["id"], "withdraw", {"because": "Put right."})
    assert (await casework.begin(first["escalation_id"])).status_code == 201
    assert len(await casework.listed(f"?escalation={first['escalation_id']}")) == 2


async def test_one_that_cafcass_declined_may_be_followed_by_another(casework):
    referral = await casework.referred()
    await casework.done(referral["id"], "decline", {"said": "Not enough."})
    assert (await casework.begin(referral["escalation_id"])).status_code == 201


async def test_two_who_begin_at_once_make_one_referral(casework):
    escalation = await casework.raised()
    answers = await asyncio.gather(*(casework.begin(escalation) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert len(await casework.listed()) == 1


async def test_a_retry_with_the_same_key_begins_nothing_twice(casework):
    escalation = await casework.raised()
    first, second = [await casework.begin(escalation, idempotency_key="once") for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() and len(await casework.listed()) == 1


async def test_two_who_send_at_once_send_one_bundle(casework):
    referral = (await casework.approved())["id"]
    answers = await asyncio.gather(*(casework.do(referral, "refer") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (await casework.told()).count("cafcass.referred") == 1
