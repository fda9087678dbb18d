"""Whatever is sent, the answer is clear, repeats nothing of it, and changes nothing."""

import json

from services.escalation_api.access import ACCESS
from tests.escalations.story import CONCERN

JSON = {"content_type": "application/json"}
PROBLEM = "application/problem+json"


def raising(**changes):
    return json.dumps(CONCERN | changes).encode()


BAD_BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "another encoding": '{"concern": "é"}'.encode("latin-1"),
    "a list": b"[]",
    "a number": b"1",
    "NUL": raising(concern="a\x00b"),
    "half a surrogate": raising(concern="x").replace(b'"x"', b'"\\ud800"'),
    "half a surrogate in a name": b'{"\\ud800": 1}',
    "NaN": raising(concern="x").replace(b'"x"', b"NaN"),
    "Infinity": raising(concern="x").replace(b'"x"', b"-Infinity"),
    "a huge number": raising(concern="x").replace(b'"x"', b"9" * 5000),
    "a huge exponent": raising(concern="x").replace(b'"x"', b"1e999"),
    "a control character": raising(concern="a\x1bb"),
    "blank words": raising(concern=" \n "),
    "too many words": raising(concern="x" * 4001),
    "a number for words": raising(concern=5),
    "a list for words": raising(concern=["x"]),
    "true for a child": raising(child=True),
    "a name for a reference": raising(child="Ann Smith"),
    "an unknown theme": raising(theme="weather"),
    "a strange theme": raising(theme="É" * 100),
    "an unknown field": raising(severity="crimson"),
    "a field of ours": raising(state="resolved"),
    "a field twice": b'{"child": "C-1", "child": "C-2", "theme": "no_core_group", "concern": "x"}',
    "a field missing": json.dumps({"child": "C-1"}).encode(),
    "a deep nest": b"[" * 10_000 + b"]" * 10_000,
}


async def test_a_body_that_cannot_be_accepted_is_refused_without_repeating_it(story):
    await story.child()
    answers = {what: await story.post("", body, **JSON) for what, body in BAD_BODIES.items()}
    assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(BAD_BODIES, 422)
    assert {answer.headers["content-type"] for answer in answers.values()} == {PROBLEM}
    said = " ".join(answer.text for answer in answers.values())
    assert not [sent for sent in ("Ann Smith", "weather", "crimson", "x" * 100) if sent in said]
    assert await story.listed() == []


async def test_a_body_that_is_too_large_is_refused_while_it_arrives(story):
    answer = await story.post("", raising(concern="x" * 10_000_000), **JSON)
    assert answer.status_code == 413


async def test_a_body_of_another_kind_is_refused(story):
    assert (await story.post("", raising(), content_type="text/plain")).status_code == 415


async def test_a_step_with_a_bad_body_is_refused_and_not_taken(story):
    raised = (await story.raised())["id"]
    bodies = (b"[]", b'{"extra": 1}', b'{"reason": 1, "outcome": 1, "concern": 1}', b"NaN", b'{"reason": ""}')
    for verb in ("accept", "dismiss", "resolve"):
        for body in bodies:
            answer = await story.post(f"/{raised}/{verb}", body, **JSON)
            assert answer.status_code == 422, (verb, body)
    assert (await story.read(f"/{raised}")).json()["version"] == 1


BAD_ADDRESSES = (
    "?limit=0",
    "?limit=201",
    "?limit=99999999999999999999999",
    "?limit=1e2",
    "?limit=NaN",
    "?after=C-1",
    "?after=%00",
    "?state=closed",
    "?state=%00",
    "?child=%00",
    "?child=%ED%A0%80",
    "?child=" + "x" * 65,
    "?child=",
    "/not-an-id",
    "/%00",
    "/" + "9" * 500,
)


async def test_an_address_that_means_nothing_is_refused(story):
    for address in BAD_ADDRESSES:
        answer = await story.read(address)
        assert answer.status_code == 422, address
        assert answer.headers["content-type"] == PROBLEM


async def test_an_etag_that_is_not_the_record_s_is_stale(story):
    raised = (await story.raised())["id"]
    for etag in ("", "1", '"x"', "W/", "9" * 5000, '"\u00e9"'.encode()):
        answer = await story.post(f"/{raised}/resolve", {"outcome": "Done."}, if_match=etag)
        assert answer.status_code == 412, etag


def test_every_operation_is_described(town):
    described = town.apps["escalation"].openapi()
    operations = [
        (path, operation)
        for path, methods in described["paths"].items()
        if path.startswith("/v1/")
        for operation in methods.values()
    ]
    assert len(operations) == len(ACCESS)
    for path, operation in operations:
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"]
        assert {"401", "403", "503"} <= operation["responses"].keys(), path
    assert "example" in described["components"]["schemas"]["EscalationView"]
