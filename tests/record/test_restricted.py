"""A restricted child is not there for whoever may not see them: on no page, in no list, under no reference."""

import pytest

from shared.auth.principal import Role
from tests.walls.record import ADDRESSES, fill

LISTS = (
    "children",
    "reviews",
    "allocations",
    "visits",
    "placements",
    "protection_plans",
    "decisions",
    "midpoint_checks",
    "due?days=366",
)
OF_A_CHILD = [
    path
    for path in ADDRESSES
    if not any(kind in path for kind in ("workers", "supervis", "observ", "dip_", "surveys", "checklists/"))
    and not any(path.endswith(other) for other in ("C-2", "CP-2", "R-2", "D-1"))
]


async def restricted(town, **fields):
    known = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    body = {name: known[name] for name in ("date_of_birth", "display_name")} | {"restricted": True}
    await town.put("/v1/children/C-1", body | fields, if_match="*")


@pytest.mark.parametrize(
    "path", [path for path in OF_A_CHILD if "conferences" not in path and "exemptions" not in path]
)
async def test_nothing_of_a_restricted_child_is_there_for_an_officer_who_is_not_named(town, path):
    await fill(town)
    before = await town.ask("reviews", "GET", path, role=Role.IRO)
    await restricted(town)
    after = await town.ask("reviews", "GET", path, role=Role.IRO)
    assert after.status_code == (404 if before.status_code == 200 else before.status_code)
    if before.status_code == 200:
        assert (await town.ask("reviews", "GET", path, role=Role.IRO_MANAGER)).status_code == 200


@pytest.mark.parametrize("of", LISTS)
async def test_no_list_names_a_restricted_child(town, of):
    ids = await fill(town)
    child = ids["/v1/children/C-1"]
    before = await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO)
    await restricted(town)
    after = await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO)
    assert (before.status_code, after.status_code) == (200, 200)
    assert child not in after.text and "CanaryQ7" not in after.text
    manager = await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO_MANAGER)
    assert manager.text == before.text or child in manager.text or child not in before.text


async def test_an_officer_who_is_named_sees_the_child_and_their_day(town):
    await fill(town)
    await restricted(town, restricted_to=["somebody"])
    page = await town.ask("reviews", "GET", "/v1/children/C-1", role=Role.IRO)
    day = await town.ask("reviews", "GET", "/v1/caseloads/iro-1", role=Role.IRO)
    assert (page.status_code, day.json()["children_count"]) == (200, 1)


async def test_a_restricted_child_is_on_no_officer_s_page_who_is_not_named(town):
    await fill(town)
    await restricted(town, restricted_to=["somebody-else"])
    day = (await town.ask("reviews", "GET", "/v1/caseloads/iro-1", role=Role.IRO)).json()
    assert (day["children_count"], day["children"]) == (0, [])
    whole = (await town.ask("reviews", "GET", "/v1/caseloads/iro-1", role=Role.IRO_MANAGER)).json()
    assert whole["children_count"] == 1


async def test_who_may_not_see_a_child_can_neither_write_nor_overwrite_what_is_recorded_of_them(town):
    await fill(town)
    await restricted(town)
    before = await town.rows("SELECT version, scheduled_on FROM review WHERE reference = 'R-1'")
    body = {"care_period": "CP-1", "scheduled_on": "2026-12-01"}
    for path in ("/v1/reviews/R-1", "/v1/reviews/R-9"):
        answer = await town.ask("reviews", "PUT", path, body, role=Role.IRO, if_match="*")
        assert answer.status_code == 404
    assert await town.rows("SELECT version, scheduled_on FROM review WHERE reference = 'R-1'") == before


async def test_the_figures_are_of_all_children_for_whoever_sees_figures_only(town):
    await fill(town)
    asked = "/v1/review_figures?from=2026-11-01&to=2026-11-23"
    before = await town.ask("reviews", "GET", asked, role=Role.ANALYST)
    await restricted(town)
    assert (await town.ask("reviews", "GET", asked, role=Role.ANALYST)).text == before.text
