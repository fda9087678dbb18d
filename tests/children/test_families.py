"""Children of a family, a team and a social worker, born or still expected."""

import pytest

from shared.auth.principal import Role

DUE = "SELECT due_on FROM deadline WHERE timescale = 'rcpc-first-prebirth'"


async def children(town, asked="", **how):
    page = (await town.ask("reviews", "GET", f"/v1/children{asked}", **how)).json()
    return [child["reference"] for child in page["items"]], page["next"]


async def test_a_manager_finds_siblings_and_the_children_of_a_team_and_of_a_worker(town):
    await town.put("/v1/children/C-1", {"family": "FAM-1", "team": "LAC-2", "social_worker": "sw-1"})
    await town.put("/v1/children/C-2", {"family": "FAM-1", "team": "LAC-2", "social_worker": "sw-2"})
    await town.put("/v1/children/C-3", {"family": "FAM-3", "team": "LAC-2", "social_worker": "sw-2"})
    assert await children(town, "?family=FAM-1", role=Role.IRO) == (["C-1", "C-2"], None)
    assert await children(town, "?team=LAC-2") == (["C-1", "C-2", "C-3"], None)
    assert await children(town, "?team=LAC-2&social_worker=sw-2") == (["C-2", "C-3"], None)
    assert await children(town, "?family=FAM-9") == ([], None)


async def test_a_long_list_is_read_in_stretches(town):
    for number in range(1, 6):
        await town.put(f"/v1/children/C-{number}", {"team": "LAC-2"})
    found, address = [], "/v1/children?team=LAC-2&limit=2"
    while address:
        page = (await town.ask("reviews", "GET", address)).json()
        assert len(page["items"]) <= 2
        found += [child["reference"] for child in page["items"]]
        address = page["next"]
    assert found == [f"C-{number}" for number in range(1, 6)]


async def test_a_child_recorded_by_mistake_is_on_no_list(town):
    await town.put("/v1/children/C-1", {"family": "FAM-1"})
    await town.ask("reviews", "POST", "/v1/children/C-1/withdraw", {"because": "No such child."})
    assert await children(town, "?family=FAM-1") == ([], None)


@pytest.mark.parametrize(
    "asked", ["?limit=0", "?limit=201", "?after=x", "?family=a%20b", "?team=" + "x" * 65]
)
async def test_a_question_that_cannot_be_is_refused(town, asked):
    assert (await town.ask("reviews", "GET", f"/v1/children{asked}")).status_code == 422


async def test_an_unborn_child_is_expected_and_keeps_its_identity_when_it_is_born(town):
    expected = await town.put("/v1/children/C-1", {"expected_on": "2026-12-01"})
    await town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    plan = {"child": "C-1", "started_on": "2026-11-16", "initial_category": "NEG"}
    await town.put("/v1/protection_plans/P-1", plan)
    assert [str(row.due_on) for row in await town.rows(DUE)] == ["2026-12-31"]
    town.pass_time(days=5)
    born = await town.put("/v1/children/C-1", {"date_of_birth": "2026-11-27"}, if_match='"1"')
    assert born.json()["id"] == expected.json()["id"]
    assert (born.json()["date_of_birth"], born.json()["expected_on"]) == ("2026-11-27", None)
    assert [str(row.due_on) for row in await town.rows(DUE)] == ["2026-12-29"]


async def test_a_birth_that_is_put_off_moves_the_conference(town):
    await town.put("/v1/children/C-1", {"expected_on": "2026-12-01"})
    await town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    plan = {"child": "C-1", "started_on": "2026-11-16", "initial_category": "NEG"}
    await town.put("/v1/protection_plans/P-1", plan)
    await town.put("/v1/children/C-1", {"expected_on": "2026-12-03"}, if_match='"1"')
    born = await town.rows("SELECT happened_on FROM fact WHERE kind = 'child.born' AND withdrawn_at IS NULL")
    assert [str(row.happened_on) for row in born] == ["2026-12-03"]


async def test_no_child_is_both_born_and_expected(town):
    both = {"date_of_birth": "2026-11-01", "expected_on": "2026-12-01"}
    answer = await town.ask("reviews", "PUT", "/v1/children/C-1", both)
    assert answer.status_code == 422
    assert "not both" in answer.json()["errors"][0]["message"]
    assert await town.rows("SELECT 1 FROM child") == []
