"""Who may do what with an escalation: every route and every role, as the table of routes says, and what follows."""

from uuid import uuid4

import pytest

from services.escalation_api.access import ACCESS, OFFICERS, RESPONDERS
from shared.auth.principal import Role
from shared.http.examples import sent
from tests.escalations.ladder_story import PEOPLE
from tests.escalations.story import CONCERN

NOTE = {"words": "The child asked me not to tell her mother."}
ADVICE = {"kind": "legal_advice", "words": "Counsel advises a claim."}


def addressed(route, **ids):
    """The method and the address of a row of the table, with these ids and otherwise such as nothing has."""
    method, path = route.split()
    for name in ("id", "response_id", "promise_id"):
        path = path.replace(f"{{{name}}}", ids.get(name, str(uuid4())))
    return method, path.replace("{code}", "school_moved")


def test_every_route_has_a_row_and_every_row_a_route(story):
    described = story.town.apps["escalation"].openapi()["paths"]
    routes = {f"{verb.upper()} {path}" for path, verbs in described.items() for verb in verbs}
    assert {route for route in routes if " /v1/" in route} == set(ACCESS)


@pytest.mark.parametrize("role", Role)
async def test_a_role_may_use_the_routes_that_name_it_and_is_refused_on_every_other(story, role):
    refused = set()
    for route in ACCESS:
        method, path = addressed(route)
        body = None if method == "GET" else {}
        answer = await story.town.ask("escalation", method, path, body, role=role)
        assert answer.status_code < 500, (route, answer.text)
        if answer.status_code == 403:
            refused.add(route)
    assert refused == {route for route, allowed in ACCESS.items() if role not in allowed}


def test_nobody_who_answers_an_alert_may_raise_close_or_decide_on_one():
    steps = (
        "accept",
        "dismiss",
        "advance",
        "ask_again",
        "resolve",
        "withdraw",
        "supersede",
        "reopen",
        "retract",
    )
    rows = ["POST /v1/escalations", *(f"POST /v1/escalations/{{id}}/{step}" for step in steps)]
    answers = "POST /v1/escalations/{id}/responses/{response_id}/"
    rows += [f"{answers}{how}" for how in ("accept", "accept_partly", "reject")]
    for row in rows:
        assert ACCESS[row] == OFFICERS, row
        assert not ACCESS[row] & RESPONDERS, row
    for row in ("responses", "responses/{response_id}/send", "responses/{response_id}/discard"):
        assert not ACCESS[f"POST /v1/escalations/{{id}}/{row}"] & OFFICERS, row


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.SOCIAL_WORKER])
@pytest.mark.parametrize("step", ["resolve", "withdraw", "supersede"])
async def test_a_manager_cannot_close_an_alert(story, role, step):
    ladder = await story.formal()
    assert (await ladder.refused(step, role=role))["status"] == 403
    await ladder.decide("accept")
    assert (await ladder.refused(step, role=role))["status"] == 403


OTHERS = [role for role in Role if role not in OFFICERS]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("note", [NOTE, ADVICE])
async def test_nobody_but_an_officer_reads_or_writes_an_officers_note(story, role, note):
    ladder = await story.begun()
    await ladder.done("notes", note)
    assert (await ladder.ask("GET", "/notes", role=role)).status_code == 403
    assert (await ladder.refused("notes", note, role))["status"] == 403
    shown = await ladder.ask("GET", "", role=role)
    assert note["words"] not in shown.text


@pytest.mark.parametrize("role", sorted(OFFICERS))
async def test_an_officer_reads_the_notes_of_officers(story, role):
    ladder = await story.begun()
    await ladder.done("notes", NOTE)
    await ladder.done("notes", ADVICE, Role.IRO_MANAGER)
    notes = (await ladder.ask("GET", "/notes", role=role)).json()["items"]
    assert [(each["kind"], each["words"], each["written_by"]) for each in notes] == [
        ("private", NOTE["words"], "iro-1"),
        ("legal_advice", ADVICE["words"], "iro-manager-1"),
    ]


async def test_a_note_enters_no_event_no_answer_and_no_step(story):
    ladder = await story.begun()
    await ladder.done("notes", NOTE)
    await ladder.decide("reject")
    assert "not to tell her mother" not in str(await ladder.whole())
    rows = await story.town.rows("SELECT envelope::text AS said FROM outbox_event")
    assert "not to tell her mother" not in " ".join(row.said for row in rows)


async def raised_as(story, role, said=None):
    await story.child()
    body = CONCERN | ({"raised_as": said} if said else {})
    answer = await story.post("", body, role)
    return answer.status_code, answer.json().get("raised_as")


async def test_an_officer_raises_in_the_part_that_their_role_gives_them(story):
    assert await raised_as(story, Role.IRO) == (201, "iro")
    assert await raised_as(story, Role.IRO, "cin_iro") == (201, "cin_iro")
    assert await raised_as(story, Role.CP_CHAIR) == (201, "cp_chair")
    assert await raised_as(story, Role.IRO_MANAGER, "cp_chair") == (201, "cp_chair")
    assert await raised_as(story, Role.IRO, "cp_chair") == (403, None)
    assert await raised_as(story, Role.CP_CHAIR, "iro") == (403, None)
    assert len(await story.listed()) == 4


@pytest.fixture(scope="session")
def england_alone(tmp_path_factory):
    path = tmp_path_factory.mktemp("practice") / "england.toml"
    path.write_text('authority = "E08000014"\n')
    return path


@pytest.fixture
def practice(request, told_of_little, england_alone):
    return {"sefton": told_of_little, "england": england_alone}[getattr(request, "param", "sefton")]


@pytest.mark.parametrize("practice", ["england"], indirect=True)
async def test_a_chair_raises_nothing_where_chairs_do_not_use_the_ladder(story):
    await story.child()
    answer = await story.post("", CONCERN, Role.CP_CHAIR)
    assert answer.status_code == 409
    assert "Conference chairs do not use this council's ladder" in answer.json()["detail"]
    assert (await raised_as(story, Role.IRO))[0] == 201
    ladder = await story.formal("formal")
    assert (await ladder.refused("responses", {"answer": "No.", "send": True}, Role.TEAM_MANAGER))[
        "status"
    ] == 403
    await ladder.answer(role=Role.SENIOR_MANAGER)


async def test_another_council_finds_nothing_on_any_route(story, neighbour):
    ladder = await story.formal()
    await ladder.decide("accept_partly", "2026-12-01")
    ids = {
        "id": ladder.id,
        "response_id": (await ladder.responses())[0]["id"],
        "promise_id": (await ladder.promises())[0]["id"],
    }
    before = await ladder.whole()
    document = story.town.apps["escalation"].openapi()
    for route, allowed in ACCESS.items():
        if "{id}" in route:
            method, path = addressed(route, **ids)
            template = route.split()[1]
            body = sent(document, document["paths"][template][method.lower()]) or None
            role = next(role for role in PEOPLE if role in allowed)
            answer = await neighbour.town.ask("escalation", method, path, body, role=role, if_match='"1"')
            assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such escalation."), (
                route
            )
    assert await ladder.whole() == before
