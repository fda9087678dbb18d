"""Whatever is sent, the answer is clear, repeats nothing of it, and changes nothing."""

import json
from uuid import uuid4

import pytest

from services.escalation_api.access import ACCESS
from shared.auth.principal import Role
from tests.cafcass.casework import ACCOUNT

CHILD = ACCOUNT["children"][0]
PROBLEM = "application/problem+json"
WORDS = {
    "legal_advice": {"words": "Arguable."},
    "send_back": {"because": "Not yet."},
    "decline": {"said": "No."},
    "act": {"said": "Yes."},
    "close": {"outcome": "Done."},
    "withdraw": {"because": "Put right."},
}
BAD_ACCOUNTS = {
    "a list": [],
    "an unknown field": {"state": "referred"},
    "a field of ours": {"approved_by": "me"},
    "blank words": {"breach": " \n "},
    "too many words": {"impact": "x" * 4001},
    "a number for words": {"remedy": 5},
    "an unknown consent": {"children": [CHILD | {"consent": "perhaps"}]},
    "a word for yes": {"children": [CHILD | {"advocate_offered": "certainly"}]},
    "a name for a child": {"children": [CHILD | {"child": "Ann Smith"}]},
    "a child twice": {"children": [CHILD, CHILD]},
    "a child not referred": {"children": [CHILD | {"child": "C-9"}]},
    "too many children": {"children": [CHILD] * 21},
    "a control character": {"breach": "a\x1bb"},
}


async def unchanged(casework, referral, before):
    assert (await casework.get(referral)).json() == before


@pytest.mark.parametrize("what", BAD_ACCOUNTS)
async def test_an_account_that_cannot_be_accepted_changes_nothing(casework, what):
    drafted = await casework.drafted()
    await casework.in_care("C-9")
    answer = await casework.write(drafted["id"], BAD_ACCOUNTS[what])
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert not [sent for sent in ("Ann Smith", "perhaps", "certainly", "x" * 100) if sent in answer.text]
    await unchanged(casework, drafted["id"], drafted)


async def test_a_referral_names_children_of_its_escalation_and_no_others(casework, neighbour):
    escalation = await casework.raised()
    await casework.in_care("C-2")
    await neighbour.in_care("C-3")
    answers = {name: await casework.begin(escalation, {"children": [name]}) for name in ("C-2", "C-3", "C-9")}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "C-2": 422,
        "C-3": 404,
        "C-9": 404,
    }
    assert answers["C-3"].content == answers["C-9"].content
    for body in (
        {"children": ["C-1", "C-1"]},
        {"advice": {"on": "2026-11-24"}},
        {"advice": {"on": "2026-02-30"}},
    ):
        assert (await casework.begin(escalation, body)).status_code == 422
    assert await casework.listed() == []


async def test_another_council_s_referral_is_as_if_it_were_not_there_on_any_route(casework, neighbour):
    drafted = await casework.drafted()
    await neighbour.in_care()
    absent = (await neighbour.get(str(uuid4()))).content
    routes = [route for route in ACCESS if "{referral_id}" in route]
    assert len(routes) > 12
    for route in routes:
        method, path = route.replace("/v1/cafcass_referrals/{referral_id}", f"/{drafted['id']}").split()
        body = (
            None
            if method == "GET"
            else ACCOUNT
            if method == "PUT"
            else WORDS.get(path.rpartition("/")[2], {})
        )
        role = Role.IRO_MANAGER if Role.IRO_MANAGER in ACCESS[route] else Role.IRO
        answer = await neighbour.ask(method, path, body, role=role, if_match=f'"{drafted["version"]}"')
        assert (answer.status_code, answer.content) == (404, absent), route
    assert await neighbour.listed() == []
    await unchanged(casework, drafted["id"], drafted)


async def test_ten_megabytes_of_text_are_refused_while_they_arrive(casework):
    drafted = await casework.drafted()
    body = json.dumps({"breach": "x" * 10_000_000}).encode()
    answer = await casework.write(drafted["id"], body, content_type="application/json")
    assert answer.status_code == 413
    words = json.dumps({"words": "x" * 10_000_000}).encode()
    answer = await casework.do(drafted["id"], "legal_advice", words, content_type="application/json")
    assert answer.status_code == 413
    await unchanged(casework, drafted["id"], drafted)


async def test_a_change_names_the_version_that_was_read(casework):
    drafted = await casework.drafted()
    assert (await casework.write(drafted["id"], {}, if_match='"1"')).status_code == 412
    unnamed = await casework.ask("PUT", f"/{drafted['id']}", {})
    assert unnamed.status_code == 428
    assert (await casework.do(drafted["id"], "ask_approval", if_match='"1"')).status_code == 412
    await unchanged(casework, drafted["id"], drafted)


async def test_a_step_that_the_state_does_not_allow_is_refused_with_what_is_possible(casework):
    referral = await casework.referred()
    for verb in ("seek_advice", "ask_approval", "send_back", "refer", "withdraw", "legal_advice", "close"):
        answer = await casework.do(referral["id"], verb, WORDS.get(verb))
        assert answer.status_code == 409, verb
        assert "It can be declined or acted on." in answer.json()["detail"], verb
    assert (await casework.write(referral["id"], ACCOUNT)).status_code == 409
    await unchanged(casework, referral["id"], referral)


async def test_a_step_without_its_words_or_with_a_day_to_come_is_refused(casework):
    referral = await casework.referred()
    for body in ({}, {"said": " "}, {"said": "No.", "on": "2026-11-24"}, {"said": "No.", "extra": 1}, []):
        answer = await casework.do(referral["id"], "decline", body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM), body
    await unchanged(casework, referral["id"], referral)


async def test_an_address_that_means_nothing_is_refused(casework):
    for path in (
        "?state=open",
        "?escalation=C-1",
        "?child=%00",
        "?limit=0",
        "?after=x",
        "/not-an-id",
        "/%00/bundle",
    ):
        assert (await casework.ask("GET", path)).status_code == 422, path
