"""An audit of a child's case: planned, done with a grade, and what it asked for done too."""

import pytest

from shared.auth.principal import Role
from tests.assurance.samples import code

PLANNED = {"child": "C-1", "auditor": "manager-2", "scope": "after_protection", "planned_on": "2026-11-18"}
FOUND = {
    "done_on": "2026-11-20",
    "grade": "requires_improvement",
    "findings": [{"code": "no_pathway_plan", "text": "The plan is from two years ago."}],
    "actions": [{"code": "write_plan", "due_on": "2026-12-11"}, {"code": "visit", "due_on": "2026-12-04"}],
}
AUDIT = "/v1/audits/AU-1"


@pytest.fixture(autouse=True)
async def child(town):
    await town.put("/v1/children/C-1", {})


async def put(town, body, path=AUDIT, **headers):
    return await town.ask("reviews", "PUT", path, body, role=Role.IRO_MANAGER, **headers)


async def verb(town, name, body, role=Role.IRO_MANAGER):
    return await town.ask("reviews", "POST", f"{AUDIT}/{name}", body, role=role)


def with_done(*days):
    actions = [action | {"done_on": day} for action, day in zip(FOUND["actions"], days, strict=True)]
    return PLANNED | FOUND | {"actions": actions}


async def test_an_audit_is_planned_done_and_its_actions_are_closed(town):
    assert (await put(town, PLANNED)).json()["state"] == "planned"
    done = (await verb(town, "complete", FOUND, Role.IRO)).json()
    assert (done["state"], done["grade"], done["next_action_due_on"]) == (
        "done",
        "requires_improvement",
        "2026-12-04",
    )
    early = await verb(town, "close_actions", {"closed_on": "2026-11-23"})
    assert (early.status_code, code(early)) == (409, "actions_open")
    half = await put(town, with_done("2026-11-22", None), if_match='"2"')
    assert half.json()["next_action_due_on"] == "2026-12-04"
    await put(town, with_done("2026-11-22", "2026-11-23"), if_match='"3"')
    for day in ("2026-11-22", "2026-11-24"):
        assert (await verb(town, "close_actions", {"closed_on": day})).status_code == 422
    closed = (await verb(town, "close_actions", {"closed_on": "2026-11-23"})).json()
    assert (closed["state"], closed["actions_closed_on"]) == ("actions_closed", "2026-11-23")


async def test_the_case_system_may_tell_the_whole_audit_at_once(town):
    whole = with_done("2026-11-22", "2026-11-23") | {"actions_closed_on": "2026-11-23"}
    assert (await put(town, whole)).json()["state"] == "actions_closed"
    mended = await put(town, PLANNED | FOUND, if_match='"1"')
    assert (mended.json()["state"], mended.json()["actions_closed_on"]) == ("done", None)


async def test_completing_is_told_once_and_without_what_anybody_wrote(town):
    await put(town, PLANNED)
    await verb(town, "complete", FOUND)
    await put(town, PLANNED | FOUND | {"grade": "inadequate"}, if_match='"2"')
    (told,) = await town.rows("SELECT envelope::text FROM outbox_event WHERE type = 'audit.completed'")
    assert '"grade":"requires_improvement"' in told.envelope and "two years" not in told.envelope


async def test_what_was_done_is_not_done_again(town):
    await put(town, PLANNED)
    early = await verb(town, "close_actions", {"closed_on": "2026-11-23"})
    assert early.status_code == 409 and "It can be completed." in early.json()["detail"]
    await verb(town, "complete", FOUND)
    again = await verb(town, "complete", FOUND)
    assert again.status_code == 409 and "closed with its actions" in again.json()["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"planned_on": None}, "/planned_on"),
        ({"grade": "good"}, "/grade"),
        ({"findings": FOUND["findings"]}, "/findings"),
        ({"actions_closed_on": "2026-11-20"}, "/actions_closed_on"),
        ({"done_on": "2026-11-20"}, "/grade"),
        (FOUND | {"done_on": "2026-11-24"}, "/done_on"),
        (FOUND | {"actions": FOUND["actions"][:1] * 2}, "/actions"),
        (with_done("2026-11-19", None), "/actions/0/done_on"),
        (with_done(None, "2026-11-24"), "/actions/1/done_on"),
        (FOUND | {"actions_closed_on": "2026-11-23"}, "/actions_closed_on"),
        (with_done("2026-11-21", "2026-11-21") | {"actions_closed_on": "2026-11-20"}, "/actions_closed_on"),
    ],
)
async def test_an_audit_that_cannot_be_is_refused(town, body, pointer):
    refused = await put(town, PLANNED | body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


async def test_an_audit_is_of_a_child_who_is_known_and_stays_theirs(town):
    assert (await put(town, PLANNED | {"child": "C-9"})).status_code == 404
    await put(town, PLANNED)
    await town.put("/v1/children/C-2", {})
    refused = await put(town, PLANNED | {"child": "C-2"}, if_match='"1"')
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/child")
    await town.ask("reviews", "POST", "/v1/children/C-2/withdraw", {"because": "Twice."})
    assert code(await put(town, PLANNED | {"child": "C-2"}, "/v1/audits/AU-2")) == "withdrawn"


async def test_an_audit_that_was_a_mistake_is_kept_with_the_reason(town):
    await put(town, PLANNED)
    gone = await verb(town, "withdraw", {"because": "Another child's."})
    assert gone.json()["withdrawn_because"] == "Another child's."
    assert code(await verb(town, "complete", FOUND)) == "withdrawn"
    back = await put(town, PLANNED, if_match=gone.headers["etag"])
    assert (back.status_code, back.json()["withdrawn_at"]) == (200, None)


async def test_audits_are_listed_as_people_ask(town):
    await town.put("/v1/children/C-2", {})
    await put(town, PLANNED)
    await put(town, PLANNED | FOUND | {"child": "C-2", "scope": "core_groups"}, "/v1/audits/AU-2")

    async def listed(query):
        found = (await town.ask("reviews", "GET", f"/v1/audits{query}", role=Role.AUDITOR)).json()
        return [each["reference"] for each in found["items"]], found["next"]

    assert await listed("") == (["AU-1", "AU-2"], None)
    for query in (
        "?child=C-2",
        "?scope=core_groups",
        "?grade=requires_improvement",
        "?state=done",
        "?done_from=2026-11-20&done_to=2026-11-20",
        "?action_due_by=2026-12-04",
    ):
        assert await listed(query) == (["AU-2"], None), query
    assert await listed("?action_due_by=2026-12-03") == ([], None)
    first, following = await listed("?limit=1")
    assert await listed(following.removeprefix("/v1/audits")) == (["AU-2"], None) and first == ["AU-1"]
    assert (await town.ask("reviews", "GET", "/v1/audits?child=C-9")).status_code == 404
