"""A challenge made for one record of a child is the child's, whichever record stays."""

import pytest

from services.escalation_api.reactions import follow_authority
from shared.auth.principal import Role

CONCERN = {"theme": "no_evidence_of_visits", "concern": "No visit since the last review."}


@pytest.fixture
async def challenged(twice):
    """A concern raised for each record, and a suggestion wherever a date was missed."""
    for child in ("C-1", "C-2"):
        answer = await ask(twice, "POST", "", CONCERN | {"child": child})
        assert answer.status_code == 201
    await heard(twice)
    return twice


async def ask(twice, method, path, body=None):
    return await twice.town.ask("escalation", method, f"/v1/escalations{path}", body, role=Role.IRO)


async def heard(twice):
    await twice.noticed()
    while await follow_authority(twice.town.apps["escalation"].state.door, twice.town.authority):
        pass


async def escalations(twice, child):
    """Those of one child by their ids, and the references they show."""
    items = (await ask(twice, "GET", f"?child={child}&limit=200")).json()["items"]
    return {each["id"] for each in items}, {each["child"] for each in items}


async def test_the_escalations_of_a_merged_record_are_those_of_the_child_who_stays(challenged):
    first, _ = await escalations(challenged, "C-1")
    second, _ = await escalations(challenged, "C-2")
    assert len(first) > 1 and len(second) > 1
    await challenged.merge("C-1", "C-2")
    await heard(challenged)
    assert await escalations(challenged, "C-2") == (first | second, {"C-2"})
    timeline = await challenged.town.ask(
        "reviews", "GET", "/v1/children/C-1/timeline?kinds=escalation_raised&limit=200"
    )
    assert len(timeline.json()["items"]) == 2


async def test_a_merge_that_is_undone_gives_each_record_its_own_back(challenged):
    before = [await escalations(challenged, child) for child in ("C-1", "C-2")]
    await challenged.merge("C-1", "C-2")
    await heard(challenged)
    answer = await challenged.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    assert answer.status_code == 200, answer.text
    await heard(challenged)
    assert [await escalations(challenged, child) for child in ("C-1", "C-2")] == before


async def test_a_suggestion_goes_with_its_deadline_to_a_child_who_is_new(challenged):
    both, _ = await escalations(challenged, "C-2")
    await challenged.split("C-2", {"reference": "C-3"}, "CP-2", "H-2")
    await heard(challenged)
    left, _ = await escalations(challenged, "C-2")
    gone, shown = await escalations(challenged, "C-3")
    assert left | gone == both and len(left) == 1 and shown == {"C-3"}


async def test_the_old_reference_goes_on_answering_for_a_child_who_was_merged(challenged):
    await challenged.merge("C-1", "C-2")
    await heard(challenged)
    assert await escalations(challenged, "C-1") == await escalations(challenged, "C-2")
    raised = await ask(challenged, "POST", "", CONCERN | {"child": "C-1"})
    assert raised.json()["child"] == "C-2"


async def test_a_record_that_stands_again_gets_back_what_was_raised_for_one_merged_into_it_before(challenged):
    mine = (await ask(challenged, "POST", "", CONCERN | {"child": "C-1"})).json()["id"]
    await challenged.town.put("/v1/children/C-3", {})
    await challenged.merge("C-1", "C-2")
    await challenged.merge("C-2", "C-3")
    await heard(challenged)
    assert mine in (await escalations(challenged, "C-3"))[0]
    await challenged.split("C-3", {"reference": "C-2"}, "CP-1", "CP-2", "H-1", "H-2")
    await heard(challenged)
    assert mine in (await escalations(challenged, "C-2"))[0]
    assert (await escalations(challenged, "C-3"))[0] == set()


async def test_a_merge_that_was_undone_takes_no_sibling_away_when_it_is_heard_again(challenged):
    await challenged.merge("C-1", "C-2")
    await heard(challenged)
    await challenged.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    await heard(challenged)
    raised = await ask(challenged, "POST", "", CONCERN | {"children": ["C-1", "C-2"]})
    before = raised.json()["children"]
    assert len(before) == 2
    await challenged.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
    await heard(challenged)
    assert (await ask(challenged, "GET", f"/{raised.json()['id']}")).json()["children"] == before


async def test_siblings_who_were_taken_for_one_child_are_two_in_their_alert_again(challenged):
    raised = (await ask(challenged, "POST", "", CONCERN | {"children": ["C-1", "C-2"]})).json()
    await challenged.merge("C-1", "C-2")
    await heard(challenged)
    one = (await ask(challenged, "GET", f"/{raised['id']}")).json()
    assert [each["child"] for each in one["children"]] == ["C-2"]
    assert one["steps"][-1]["verb"] == "one_child"
    await challenged.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    await heard(challenged)
    again = (await ask(challenged, "GET", f"/{raised['id']}")).json()
    assert again["children"] == raised["children"]
    await challenged.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
    await heard(challenged)
    assert (await ask(challenged, "GET", f"/{raised['id']}")).json() == again
