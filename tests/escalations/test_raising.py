"""An officer raises a concern, and it is put right."""

import asyncio
from uuid import uuid4

from services.escalation_api.themes.shipped import THEMES
from shared.auth.principal import Role
from tests.escalations.story import CONCERN


async def test_an_officer_raises_a_concern_and_resolves_it(story):
    await story.child()
    raised = await story.post("", CONCERN)
    assert (raised.status_code, raised.headers["etag"]) == (201, '"1"')
    body = raised.json()
    assert raised.headers["location"] == f"/v1/escalations/{body['id']}"
    assert (body["state"], body["child"], body["possible"]) == (
        "open",
        "C-1",
        ["answer", "advance", "resolve", "resolve_partly", "withdraw", "supersede"],
    )
    assert (body["raised_by"], body["raised_at"]) == ("somebody", "2026-11-23T12:00:00Z")

    story.town.pass_time(days=2)
    resolved = await story.post(f"/{body['id']}/resolve", {"outcome": "Visited on Tuesday."})
    assert (resolved.status_code, resolved.headers["etag"]) == (200, '"2"')
    assert resolved.json()["outcome"] == "Visited on Tuesday."
    assert resolved.json()["resolved_at"] == "2026-11-25T12:00:00Z"
    assert (await story.read(f"/{body['id']}")).json() == resolved.json()
    assert await story.told() == ["escalation.raised", "escalation.resolved"]


async def test_every_step_says_who_when_and_why(story):
    raised = (await story.raised())["id"]
    story.town.pass_time(hours=1)
    answer = await story.post(f"/{raised}/resolve", {"outcome": "Visited."}, Role.IRO_MANAGER)
    told = [(s["verb"], s["from_state"], s["to_state"], s["reason"]) for s in answer.json()["steps"]]
    assert told == [("raise", None, "open", None), ("resolve", "open", "resolved", "Visited.")]
    assert answer.json()["steps"][1]["taken_by"] == "somebody"
    assert answer.json()["steps"][1]["taken_at"] == "2026-11-23T13:00:00Z"


async def test_resolving_twice_is_refused_saying_what_is_possible(story):
    raised = (await story.raised())["id"]
    await story.post(f"/{raised}/resolve", {"outcome": "Visited."})
    again = await story.post(f"/{raised}/resolve", {"outcome": "Visited again."})
    assert again.status_code == 409
    assert "resolved cannot be resolved" in again.json()["detail"]
    assert "It can be reopened." in again.json()["detail"]
    assert (await story.read(f"/{raised}")).json()["outcome"] == "Visited."


async def test_of_two_officers_who_resolve_at_once_one_is_refused(story):
    raised = (await story.raised())["id"]
    both = [story.post(f"/{raised}/resolve", {"outcome": "Visited."}) for _ in range(2)]
    assert sorted([answer.status_code for answer in await asyncio.gather(*both)]) == [200, 409]
    assert await story.told() == ["escalation.raised", "escalation.resolved"]


async def test_what_a_person_raised_can_be_neither_accepted_nor_dismissed(story):
    raised = (await story.raised())["id"]
    for path, body in (("accept", {}), ("dismiss", {"reason": "No."})):
        answer = await story.post(f"/{raised}/{path}", body)
        assert answer.status_code == 409
        assert "It can be answered or advanced to a higher stage or resolved" in answer.json()["detail"]


async def test_whoever_has_read_an_older_version_is_told_so(story):
    raised = (await story.raised())["id"]
    stale = await story.post(f"/{raised}/resolve", {"outcome": "Visited."}, if_match='"7"')
    assert stale.status_code == 412
    assert (await story.read(f"/{raised}")).json()["state"] == "open"
    fresh = await story.post(f"/{raised}/resolve", {"outcome": "Visited."}, if_match='"1"')
    assert fresh.status_code == 200


async def test_a_concern_about_an_unknown_child_is_not_raised(story):
    answer = await story.post("", CONCERN | {"child": "C-404"})
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such child.")


async def test_a_child_can_be_named_by_the_id_that_events_carry(story):
    child = await story.child()
    answer = await story.post("", CONCERN | {"child": child["id"]})
    assert (answer.status_code, answer.json()["child"]) == (201, "C-1")


async def test_every_theme_that_ships_can_be_raised(story):
    await story.child()
    for theme in THEMES:
        assert (await story.post("", CONCERN | {"theme": theme})).status_code == 201, theme
    assert {each["theme"] for each in await story.listed()} == set(THEMES)
    assert len(THEMES) == 13


async def test_a_retry_with_the_same_key_gets_the_same_answer_and_raises_nothing_more(story):
    await story.child()
    key = str(uuid4())
    first = await story.post("", CONCERN, idempotency_key=key)
    again = await story.post("", CONCERN, idempotency_key=key)
    assert (again.status_code, again.json()) == (201, first.json())
    for header in ("etag", "location"):
        assert again.headers[header] == first.headers[header]
    assert len(await story.listed()) == 1
    assert await story.told() == ["escalation.raised"]


async def test_the_same_key_with_another_body_is_refused(story):
    await story.child()
    key = str(uuid4())
    await story.post("", CONCERN, idempotency_key=key)
    other = await story.post("", CONCERN | {"concern": "Another."}, idempotency_key=key)
    assert (other.status_code, len(await story.listed())) == (422, 1)


async def test_a_post_without_a_key_is_refused(story):
    await story.child()
    assert (await story.post("", CONCERN, idempotency_key="")).status_code == 422


async def test_the_list_is_read_in_stretches_in_the_order_of_making(story):
    made = [(await story.raised())["id"] for _ in range(5)]
    answer = (await story.read("?limit=2&state=open&child=C-1")).json()
    seen = [item["id"] for item in answer["items"]]
    while answer["next"]:
        assert "state=open" in answer["next"]
        answer = (await story.read(answer["next"].removeprefix("/v1/escalations"))).json()
        seen += [item["id"] for item in answer["items"]]
    assert seen == made


async def test_the_list_can_be_asked_by_state_and_by_child(story):
    first, second = [(await story.raised())["id"] for _ in range(2)]
    await story.child("C-2")
    await story.post(f"/{first}/resolve", {"outcome": "Visited."})
    assert [each["id"] for each in await story.listed(state="resolved")] == [first]
    assert [each["id"] for each in await story.listed(state="open", child="C-1")] == [second]
    assert await story.listed(child="C-2") == []
    assert (await story.read("?child=C-404")).status_code == 404


async def test_no_event_carries_what_anybody_wrote(story):
    raised = (await story.raised())["id"]
    await story.post(f"/{raised}/resolve", {"outcome": "Visited on Tuesday."})
    rows = await story.town.rows(
        "SELECT envelope::text AS said FROM outbox_event WHERE type LIKE 'escalation.%'"
    )
    said = " ".join(row.said for row in rows)
    assert "No visit" not in said
    assert "Visited" not in said
    assert "somebody" not in said


async def test_a_concern_arises_from_a_breach_and_from_no_deadline_that_still_runs(story):
    await story.suggestion()
    (broken,) = await story.town.rows("SELECT deadline_id AS id FROM breach")
    (running,) = await story.town.rows(
        "SELECT id FROM deadline WHERE outcome = 'open' AND timescale = 'lac-review-first'"
    )
    for deadline, status in ((broken, 201), (running, 404)):
        source = {"kind": "breach", "record": str(deadline.id)}
        assert (await story.post("", CONCERN | {"arises_from": source})).status_code == status
