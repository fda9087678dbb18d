"""A council's own checklist, answered for each child at a review; it changes, and old answers stay."""

import pytest

from shared.auth.principal import Role
from tests.assurance.samples import code

SAVINGS = {"code": "savings_account", "title": "Is money saved for the child?"}
PASSPORT = {"code": "resettlement_passport", "title": "Is there one?", "applies": "from_age", "from_age": 16}
ADVOCACY = {"code": "advocacy_offered", "title": "Was advocacy offered?"}
CHECKLIST = {"title": "At every review", "items": [SAVINGS, PASSPORT]}
ANSWERS = {
    "checklist": "CL-1",
    "child": "C-1",
    "answered_on": "2026-11-20",
    "answers": {"savings_account": "yes"},
}
FIRST = "/v1/checklist_answers/CA-1"


@pytest.fixture(autouse=True)
async def checklist(town):
    for child in ("C-1", "C-2"):
        await town.put(f"/v1/children/{child}", {})
    await town.put("/v1/checklists/CL-1", CHECKLIST)


async def say(town, answers=None, path=FIRST, **other):
    headers = {"if_match": other.pop("if_match")} if "if_match" in other else {}
    body = ANSWERS | other | ({"answers": answers} if answers else {})
    return await town.ask("reviews", "PUT", path, body, role=Role.IRO, **headers)


async def figures(town, query="", role=Role.IRO_MANAGER):
    found = (await town.ask("reviews", "GET", f"/v1/checklists/CL-1/figures{query}", role=role)).json()
    items = {item["code"]: {k: v["count"] for k, v in item["answers"].items()} for item in found["items"]}
    return found, items


async def test_a_council_changes_its_checklist_and_old_answers_stay(town):
    before = (await say(town, {"savings_account": "no", "resettlement_passport": "not_applicable"})).json()
    changed = CHECKLIST | {"items": [SAVINGS, ADVOCACY]}
    await town.put("/v1/checklists/CL-1", changed, if_match='"1"')
    assert (await town.ask("reviews", "GET", FIRST)).json() == before
    assert before["checklist_version"] == 1

    after = await say(town, {"advocacy_offered": "yes"}, "/v1/checklist_answers/CA-2", child="C-2")
    assert (after.status_code, after.json()["checklist_version"]) == (201, 2)
    mended = await say(town, {"resettlement_passport": "no"}, if_match='"1"')
    assert (mended.status_code, mended.json()["checklist_version"]) == (200, 1)

    kept = (await town.ask("reviews", "GET", "/v1/checklists/CL-1/versions")).json()["items"]
    asked = [(each["version"], [item["code"] for item in each["items"]]) for each in kept]
    assert asked == [
        (2, ["savings_account", "advocacy_offered"]),
        (1, ["savings_account", "resettlement_passport"]),
    ]
    found, items = await figures(town)
    assert [item["asked_now"] for item in found["items"]] == [True, True, False]
    assert (items["resettlement_passport"]["no"], items["advocacy_offered"]["yes"]) == (1, 1)


async def test_an_answer_to_an_item_that_there_is_not_is_refused_naming_those_there_are(town):
    refused = await say(town, {"passport": "yes"})
    assert (refused.status_code, code(refused)) == (422, "unknown_item")
    assert "savings_account, resettlement_passport" in refused.json()["detail"]
    assert '"passport"' not in refused.text


async def test_answers_may_be_to_an_earlier_version_and_to_none_that_never_was(town):
    await town.put("/v1/checklists/CL-1", CHECKLIST | {"items": [ADVOCACY]}, if_match='"1"')
    assert code(await say(town)) == "unknown_item"
    assert (await say(town, checklist_version=1)).json()["checklist_version"] == 1
    assert code(await say(town, checklist_version=9, if_match='"1"')) == "unknown_version"


async def test_answers_belong_to_a_review_of_the_child(town):
    for child in ("C-1", "C-2"):
        await town.put(f"/v1/care_periods/CP-{child}", {"child": child, "started_on": "2026-11-02"})
        await town.put(f"/v1/reviews/R-{child}", {"care_period": f"CP-{child}", "held_on": "2026-11-20"})
    answered = await say(town, review="R-C-1")
    assert answered.json()["review_id"] is not None
    refused = await say(town, review="R-C-2", if_match='"1"')
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/review")
    assert (await say(town, review="R-9", if_match='"1"')).status_code == 404


async def test_answers_that_cannot_be_are_refused(town):
    assert code(await say(town, answered_on="2026-11-24")) == "in_the_future"
    assert (await say(town, checklist="CL-9")).status_code == 404
    assert (await say(town, child="C-9")).status_code == 404
    await say(town)
    assert (await say(town, child="C-2", if_match='"1"')).status_code == 422
    await town.ask("reviews", "POST", "/v1/checklists/CL-1/withdraw", {"because": "Not agreed."})
    refused = await say(town, path="/v1/checklist_answers/CA-2")
    assert (code(refused), refused.json()["errors"][0]["pointer"]) == ("withdrawn", "/checklist")


@pytest.mark.parametrize(
    "items",
    [
        [],
        [SAVINGS, SAVINGS],
        [SAVINGS | {"applies": "from_age"}],
        [SAVINGS | {"from_age": 16}],
        [SAVINGS | {"applies": "placement", "from_age": 16}],
    ],
)
async def test_a_checklist_that_cannot_be_is_refused(town, items):
    assert (
        await town.ask("reviews", "PUT", "/v1/checklists/CL-2", CHECKLIST | {"items": items})
    ).status_code == 422


async def test_the_latest_answer_of_each_child_counts(town):
    await say(town, {"savings_account": "no"}, answered_on="2026-10-05")
    await say(town, {"savings_account": "yes"}, "/v1/checklist_answers/CA-2")
    await say(town, {"savings_account": "not_known"}, "/v1/checklist_answers/CA-3", child="C-2")
    found, items = await figures(town)
    assert found["children"] == 2
    assert items["savings_account"] == {
        "yes": 1,
        "no": 0,
        "not_applicable": 0,
        "not_known": 1,
        "unanswered": 0,
    }
    assert items["resettlement_passport"]["unanswered"] == 2
    _, earlier = await figures(town, "?from=2026-10-01&to=2026-10-31")
    assert (earlier["savings_account"]["no"], earlier["savings_account"]["yes"]) == (1, 0)
    await town.ask("reviews", "POST", "/v1/checklist_answers/CA-2/withdraw", {"because": "Another child's."})
    assert (await figures(town))[1]["savings_account"]["no"] == 1
    seen, small = await figures(town, role=Role.ANALYST)
    assert seen["children"] == 2 and small["savings_account"]["no"] is None


async def test_each_answer_is_told_and_thinly(town):
    said = (await say(town)).json()
    await say(town)
    (told,) = await town.rows(
        "SELECT envelope::jsonb->'data' AS data FROM outbox_event WHERE type = 'checklist.answered'"
    )
    assert told.data == {
        "checklist_answer_id": said["id"],
        "child_id": said["child_id"],
        "link": f"/v1/children/{said['child_id']}",
        "checklist_id": said["checklist_id"],
        "checklist_version": 1,
        "answered_on": "2026-11-20",
    }


async def test_answers_are_listed_by_checklist_child_and_day(town):
    await town.put("/v1/checklists/CL-2", CHECKLIST)
    await say(town, answered_on="2026-10-05")
    await say(town, path="/v1/checklist_answers/CA-2", child="C-2", checklist="CL-2")

    async def listed(query, kind="checklist_answers"):
        found = (await town.ask("reviews", "GET", f"/v1/{kind}{query}", role=Role.IRO)).json()
        return [each["reference"] for each in found["items"]], found["next"]

    assert await listed("") == (["CA-1", "CA-2"], None)
    for query in ("?checklist=CL-2", "?child=C-2", "?from=2026-11-01", "?from=2026-11-20&to=2026-11-20"):
        assert await listed(query) == (["CA-2"], None), query
    first, following = await listed("?limit=1")
    assert (first, await listed(following.removeprefix("/v1/checklist_answers"))) == (
        ["CA-1"],
        (["CA-2"], None),
    )
    first, following = await listed("?limit=1", "checklists")
    assert first == ["CL-1"]
    assert await listed(following.removeprefix("/v1/checklists"), "checklists") == (["CL-2"], None)
