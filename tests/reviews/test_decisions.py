"""Decisions of reviews: made, carried out or not, carried over."""

import pytest

from services.reviews_api.decisions.states import DECISION
from shared.auth.principal import Role
from tests.reviews.desk import refusal

REACHED = {
    "open": {},
    "in_progress": {"state": "in_progress", "started_on": "2026-11-12"},
    "done": {"state": "done", "done_on": "2026-11-16"},
    "dropped": {"state": "dropped", "dropped_because": "No longer wanted."},
}
BODIES = {
    "start": {"started_on": "2026-11-16"},
    "finish": {"done_on": "2026-11-20"},
    "drop": {"because": "The child has moved."},
}


async def reviewed(desk):
    await desk.in_care()
    await desk.put("R-1", held_on="2026-10-20")
    await desk.put("R-2", held_on="2026-11-10")


@pytest.mark.parametrize("state", REACHED)
@pytest.mark.parametrize("verb", BODIES)
async def test_a_decision_takes_the_steps_of_its_state_and_no_others(desk, state, verb):
    await reviewed(desk)
    assert (await desk.decided("D-1", **REACHED[state]))["state"] == state
    answer = await desk.ask(verb, "decisions/D-1", **BODIES[verb])
    if verb in DECISION.steps[state]:
        assert (answer.status_code, answer.json()["state"]) == (200, DECISION.steps[state][verb])
    else:
        assert refusal(answer) == (409, "transition_refused")


async def test_a_decision_is_made_corrected_carried_out_and_told_without_its_words(desk):
    await reviewed(desk)
    made = await desk.decided("D-1", due_on="2026-11-30")
    assert await desk.decided("D-1", due_on="2026-11-30") == made
    assert (await desk.decided("D-1", due_on="2026-12-04", owner="sw-2"))["version"] == 2
    await desk.step("start", "decisions/D-1", started_on="2026-11-16")
    done = await desk.step("finish", "decisions/D-1", done_on="2026-11-20")
    assert (done["state"], done["started_on"], done["done_on"]) == ("done", "2026-11-16", "2026-11-20")
    types = ("decision.made", "decision.started", "decision.carried_out", "decision.dropped")
    assert await desk.events(*types) == [
        ("decision.made", {"owner": "sw-1", "due_on": "2026-11-30"}),
        ("decision.made", {"owner": "sw-2", "due_on": "2026-12-04"}),
        ("decision.started", {"started_on": "2026-11-16"}),
        ("decision.carried_out", {"done_on": "2026-11-20"}),
    ]
    assert await desk.town.rows("SELECT 1 FROM outbox_event WHERE envelope::text LIKE '%wimming%'") == []


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"state": "done"}, "/done_on"),
        ({"done_on": "2026-11-20"}, "/done_on"),
        ({"state": "done", "done_on": "2026-11-24"}, "/done_on"),
        ({"state": "done", "done_on": "2026-11-12", "started_on": "2026-11-13"}, "/done_on"),
        ({"state": "dropped"}, "/dropped_because"),
        ({"dropped_because": "No."}, "/dropped_because"),
        ({"started_on": "2026-11-20"}, "/started_on"),
        ({"state": "in_progress", "started_on": "2026-11-24"}, "/started_on"),
        ({"state": "forgotten"}, "/state"),
        ({"what": " "}, "/what"),
        ({"owner": "A. Smith"}, "/owner"),
        ({"review": "R-planned"}, "/review"),
        ({"review": "R-2", "carried_from": "D-of-2"}, "/carried_from"),
        ({"review": "R-1", "carried_from": "D-of-2"}, "/carried_from"),
        ({"review": "R-2", "carried_from": "D-of-another"}, "/carried_from"),
    ],
)
async def test_a_decision_that_cannot_be_is_refused_where_it_is_wrong(desk, fields, pointer):
    await reviewed(desk)
    await desk.put("R-planned", scheduled_on="2026-12-10")
    await desk.decided("D-of-2", "R-2")
    await desk.town.put("/v1/children/C-2", {})
    await desk.town.put("/v1/care_periods/CP-2", {"child": "C-2", "started_on": "2026-10-01"})
    await desk.put("R-other", care_period="CP-2", held_on="2026-10-20")
    await desk.decided("D-of-another", "R-other")
    body = {"review": "R-1", "what": "Swimming lessons.", "owner": "sw-1"} | fields
    answer = await desk.town.ask("reviews", "PUT", "/v1/decisions/D-new", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert len(await desk.town.rows("SELECT 1 FROM review_decision")) == 2


@pytest.mark.parametrize("missing", [{"review": "R-9"}, {"carried_from": "D-9"}])
async def test_a_decision_of_nothing_is_not_found(desk, missing):
    await reviewed(desk)
    body = {"review": "R-1", "what": "Swimming lessons.", "owner": "sw-1"} | missing
    assert refusal(await desk.town.ask("reviews", "PUT", "/v1/decisions/D-1", body)) == (404, "not_found")
    for verb, sent in BODIES.items():
        assert refusal(await desk.ask(verb, "decisions/D-1", **sent)) == (404, "not_found")


async def test_a_decision_stays_with_its_review(desk):
    await reviewed(desk)
    await desk.decided("D-1")
    body = {"review": "R-2", "what": "Swimming lessons.", "owner": "sw-1"}
    moved = await desk.town.ask("reviews", "PUT", "/v1/decisions/D-1", body, if_match="*")
    assert refusal(moved) == (422, "contradiction")


async def test_what_others_rest_on_is_withdrawn_last(desk):
    await reviewed(desk)
    await desk.decided("D-1")
    await desk.decided("D-2", "R-2", carried_from="D-1")
    for path in ("decisions/D-1", "reviews/R-1"):
        assert refusal(await desk.ask("withdraw", path, because="Twice.")) == (409, "rested_on")
    for path in ("decisions/D-2", "decisions/D-1", "reviews/R-1"):
        assert (await desk.step("withdraw", path, because="Twice."))["withdrawn_because"] == "Twice."
    assert refusal(await desk.ask("start", "decisions/D-1", **BODIES["start"])) == (422, "withdrawn")
    assert (await desk.get("/v1/decisions"))["items"] == []
    told = await desk.events("record.withdrawn")
    assert [data["kind"] for _, data in told] == ["decision", "decision", "review"]
    await desk.put("R-1", held_on="2026-10-20")
    assert (await desk.decided("D-1"))["withdrawn_at"] is None


async def test_decisions_are_listed_as_people_ask(desk):
    await reviewed(desk)
    await desk.decided("D-1", due_on="2026-11-22")
    await desk.decided("D-2", due_on="2026-11-23", owner="sw-2")
    await desk.decided("D-3", "R-2", due_on="2026-11-01", **REACHED["done"])
    await desk.decided("D-4", "R-2", **REACHED["in_progress"])
    for asked, wanted in {
        "child=C-1": "1 2 3 4",
        "review=R-2": "3 4",
        "owner=sw-2": "2",
        "state=done": "3",
        "overdue=true": "1",
        "overdue=false": "2 3 4",
        "review=R-1&overdue=true": "1",
    }.items():
        found = await desk.get(f"/v1/decisions?{asked}", Role.SOCIAL_WORKER)
        assert [each["reference"] for each in found["items"]] == [f"D-{n}" for n in wanted.split()], asked
    page = await desk.get("/v1/decisions?limit=3")
    rest = await desk.get(page["next"])
    assert [each["reference"] for each in rest["items"]] == ["D-4"]
    for unknown in ("child=C-9", "review=R-9"):
        answer = await desk.town.ask("reviews", "GET", f"/v1/decisions?{unknown}")
        assert refusal(answer) == (404, "not_found")


async def test_social_workers_carry_decisions_out_and_officers_make_and_drop_them(desk):
    await reviewed(desk)
    await desk.decided("D-1")
    role = Role.SOCIAL_WORKER
    body = {"review": "R-1", "what": "Swimming lessons.", "owner": "sw-1"}
    made = await desk.town.ask("reviews", "PUT", "/v1/decisions/D-2", body, role=role)
    dropped = await desk.ask("drop", "decisions/D-1", role=role, **BODIES["drop"])
    assert {refusal(made), refusal(dropped)} == {(403, "forbidden")}
    started = await desk.ask("start", "decisions/D-1", role=role, **BODIES["start"])
    assert started.status_code == 200
    stale = await desk.town.ask(
        "reviews", "POST", "/v1/decisions/D-1/finish", BODIES["finish"], role=role, if_match='"1"'
    )
    assert refusal(stale) == (412, "stale")
