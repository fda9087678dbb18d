"""A restricted child is there for few; to everybody else there is no such child."""

import pytest

from shared.auth.principal import Role

RESTRICTED = {"restricted": True, "restricted_to": ["iro-jo"], "team": "LAC-2"}
ADDRESSES = ("children/C-1", "care_periods/CP-1", "placements/PL-1", "legal_statuses/LS-1")
LISTS = (
    "/v1/children?team=LAC-2",
    "/v1/placements?theme=unregistered",
    "/v1/legal_statuses?status=V2",
)


@pytest.fixture
async def hidden(town):
    """A restricted child in care, in an unregistered home."""
    await town.put("/v1/children/C-1", RESTRICTED)
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-11-02"})
    placed = {"care_period": "CP-1", "started_on": "2026-11-02", "placement_type": "residential"}
    await town.put("/v1/placements/PL-1", placed | {"unregistered": True})
    await town.put(
        "/v1/legal_statuses/LS-1", {"care_period": "CP-1", "status": "V2", "from_on": "2026-11-02"}
    )
    return town


async def look(town, path, role, subject="somebody"):
    bearer = f"Bearer {town.token(role, subject)}"
    return await town.ask("reviews", "GET", path, authorization=bearer)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("role", [Role.IRO, Role.SOCIAL_WORKER, Role.TEAM_MANAGER])
async def test_to_most_there_is_no_such_child_nor_anything_of_the_child(hidden, path, role):
    answer = await look(hidden, f"/v1/{path}", role)
    absent = await look(hidden, f"/v1/{path}-not-there", role)
    assert (answer.status_code, answer.content) == (404, absent.content)


@pytest.mark.parametrize("path", ADDRESSES)
async def test_managers_auditors_the_case_system_and_those_named_see_the_child(hidden, path):
    for role in (Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.CASE_SYSTEM, Role.AUDITOR):
        assert (await look(hidden, f"/v1/{path}", role)).status_code == 200
    assert (await look(hidden, f"/v1/{path}", Role.IRO, "iro-jo")).status_code == 200


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_shows_a_restricted_child_to_the_same_people(hidden, path):
    for role, subject, seen in (
        (Role.IRO, "somebody", 0),
        (Role.IRO, "iro-jo", 1),
        (Role.SENIOR_MANAGER, "somebody", 1),
    ):
        answer = await look(hidden, path, role, subject)
        assert len(answer.json()["items"]) == seen, (path, role, subject)


async def test_the_merges_and_the_statuses_of_a_period_are_hidden_too(hidden):
    for path in ("/v1/children/C-1/merges", "/v1/legal_statuses?care_period=CP-1"):
        assert (await look(hidden, path, Role.IRO)).status_code == 404
        assert (await look(hidden, path, Role.IRO, "iro-jo")).status_code == 200


async def test_once_no_longer_restricted_a_child_is_seen_again(hidden):
    await hidden.put("/v1/children/C-1", {"team": "LAC-2"}, if_match='"1"')
    assert (await look(hidden, "/v1/children/C-1", Role.IRO)).status_code == 200


async def test_only_a_restricted_child_names_who_may_see_it(town):
    answer = await town.ask("reviews", "PUT", "/v1/children/C-1", {"restricted_to": ["iro-jo"]})
    assert answer.status_code == 422
    assert "iro-jo" not in answer.text
