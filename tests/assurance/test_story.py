"""A year of looking at how good the service is: none of it moves a date that is owed to a child."""

from pathlib import Path

from shared.auth.principal import Role
from tests.assurance.children import in_care
from tests.assurance.samples import answer, close, code, draw, drawn
from tests.imports.returns import Council

SURVEY = {"title": "Pledge", "from_on": "2026-08-03", "until_on": "2026-08-28", "asked": 9, "returned": 7}


async def test_a_manager_samples_audits_asks_and_counts_and_no_deadline_moves(town, tmp_path: Path):
    await in_care(town, 4, started_on="2026-11-20")
    council = Council(town, tmp_path)
    owed = (await council.everything())["deadlines"]

    await draw(town, drawn_on="2026-11-20")
    for child in await drawn(town):
        await answer(town, child, "no", "no_meeting")
    assert (await close(town)).json()["state"] == "closed"

    for child in await drawn(town):
        planned = {"child": child, "auditor": "iro-2", "scope": "care_planning", "planned_on": "2026-11-23"}
        await town.put(f"/v1/audits/AU-{child}", planned)
        found = {"done_on": "2026-11-23", "grade": "inadequate"}
        audited = await town.ask("reviews", "POST", f"/v1/audits/AU-{child}/complete", found, role=Role.IRO)
        assert audited.json()["state"] == "done"

    savings = {"code": "savings_account", "title": "Is money saved for the child?"}
    await town.put("/v1/checklists/CL-1", {"title": "At every review", "items": [savings]})
    answers = {"checklist": "CL-1", "child": "C-1", "answered_on": "2026-11-23"}
    await town.put("/v1/checklist_answers/CA-1", answers | {"answers": {"savings_account": "no"}})
    await town.put("/v1/surveys/SV-1", SURVEY)

    assert (await council.everything())["deadlines"] == owed
    assert await council.faults() == {}


async def test_who_wants_to_hear_of_assurance_can_subscribe_to_it(town):
    types = ["audit.completed", "checklist.answered", "dip_sample.drawn"]
    body = {"url": "http://127.0.0.1:9/hooks", "types": types}
    answered = await town.ask("scheduler", "POST", "/v1/subscriptions", body, role=Role.OPERATOR)
    assert (answered.status_code, answered.json()["types"]) == (201, types)


async def test_nobody_closes_or_completes_what_has_changed_since_they_read_it(town):
    await in_care(town, 4)
    await draw(town)
    await answer(town, (await drawn(town))[0], "yes")
    planned = {"child": "C-1", "auditor": "iro-2", "scope": "care_planning", "planned_on": "2026-11-23"}
    await town.put("/v1/audits/AU-1", planned)
    for path, body in (
        ("dip_samples/DS-1/close", {"closed_on": "2026-11-23"}),
        ("audits/AU-1/complete", {"done_on": "2026-11-23", "grade": "good"}),
        ("audits/AU-1/close_actions", {"closed_on": "2026-11-23"}),
    ):
        stale = await town.ask("reviews", "POST", f"/v1/{path}", body, if_match='"9"')
        assert (stale.status_code, code(stale)) == (412, "stale")
