"""A survey, such as the Pledge questionnaire: counts, and never who said what."""

import pytest

from shared.auth.principal import Role
from tests.assurance.samples import code

KNOWS = {"code": "knows_iro", "text": "Do you know your officer?", "answers": {"yes": 170, "no": 38}}
LIKES = {"code": "likes", "text": "What helps?", "several": True, "answers": {"visits": 212, "calls": 3}}
PLEDGE = {
    "title": "The Pledge",
    "from_on": "2026-08-03",
    "until_on": "2026-08-28",
    "asked": 607,
    "returned": 212,
    "questions": [KNOWS, LIKES],
}


async def put(town, body=PLEDGE, reference="SV-1", **headers):
    return await town.ask(
        "reviews", "PUT", f"/v1/surveys/{reference}", body, role=Role.IRO_MANAGER, **headers
    )


async def figures(town, role):
    return (await town.ask("reviews", "GET", "/v1/surveys/SV-1/figures", role=role)).json()


async def test_the_pledge_questionnaire_comes_to_a_figure_for_each_answer(town):
    assert (await put(town)).status_code == 201
    found = await figures(town, Role.SENIOR_MANAGER)
    assert (found["asked"], found["returned"], found["percentage"]) == (607, 212, 35)
    knows, likes = (
        {name: one["count"] for name, one in each["answers"].items()} for each in found["questions"]
    )
    assert knows == {"yes": 170, "no": 38, "unanswered": 4}
    assert likes == {"visits": 212, "calls": 3}


async def test_an_analyst_sees_no_small_number_of_it(town):
    await put(town)
    knows, likes = (
        {k for k, one in each["answers"].items() if one["suppressed"]}
        for each in (await figures(town, Role.ANALYST))["questions"]
    )
    assert (knows, likes) == ({"unanswered", "no"}, {"calls"})
    assert (await town.ask("reviews", "GET", "/v1/surveys/SV-1", role=Role.ANALYST)).status_code == 403


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"returned": 608}, "/returned"),
        ({"until_on": "2026-08-02"}, "/until_on"),
        ({"from_on": "2026-11-24", "until_on": "2026-11-30"}, "/from_on"),
        ({"questions": [KNOWS | {"answers": {"yes": 170, "no": 43}}]}, "/questions/0/answers"),
        ({"questions": [KNOWS, LIKES | {"answers": {"visits": 213}}]}, "/questions/1/answers"),
        ({"questions": [KNOWS | {"answers": {"unanswered": 1}}]}, "/questions/0/answers"),
        ({"questions": [KNOWS, KNOWS]}, "/"),
        ({"questions": [KNOWS | {"answers": {"Said By Jo": 1}}]}, "/questions/0/answers/?/?"),
    ],
)
async def test_counts_that_cannot_be_are_refused(town, body, pointer):
    refused = await put(town, PLEDGE | body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert "Jo" not in refused.text


async def test_counts_are_corrected_and_taken_back(town):
    await put(town)
    assert (await put(town)).status_code == 200
    assert (await put(town, PLEDGE | {"returned": 213})).status_code == 428
    assert (await put(town, PLEDGE | {"returned": 213}, if_match='"1"')).json()["returned"] == 213
    gone = await town.ask("reviews", "POST", "/v1/surveys/SV-1/withdraw", {"because": "A rehearsal."})
    assert gone.json()["withdrawn_because"] == "A rehearsal."
    assert code(await town.ask("reviews", "POST", "/v1/surveys/SV-1/withdraw", {"because": "No."})) == (
        "transition_refused"
    )


async def test_surveys_are_listed_by_the_days_on_which_they_ran(town):
    await put(town)
    await put(town, PLEDGE | {"from_on": "2026-11-02", "until_on": "2026-11-30"}, "SV-2")

    async def listed(query):
        found = (await town.ask("reviews", "GET", f"/v1/surveys{query}", role=Role.AUDITOR)).json()
        return [each["reference"] for each in found["items"]], found["next"]

    assert await listed("?from=2026-08-28&to=2026-11-01") == (["SV-1"], None)
    assert await listed("?from=2026-08-29") == (["SV-2"], None)
    first, following = await listed("?limit=1")
    assert (first, await listed(following.removeprefix("/v1/surveys"))) == (["SV-1"], (["SV-2"], None))
