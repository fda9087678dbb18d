"""A restricted child is not there for whoever may not see them: on no page, in no list, under no reference."""

import jwt
import pytest

from shared.auth.local_issuer import KID
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


async def test_nothing_of_a_restricted_child_is_there_for_an_officer_who_is_not_named(town):
    await fill(town)
    paths = [path for path in OF_A_CHILD if "conferences" not in path and "exemptions" not in path]
    before = {path: (await town.ask("reviews", "GET", path, role=Role.IRO)).status_code for path in paths}
    assert 200 in before.values()
    await restricted(town)
    for path, status in before.items():
        after = await town.ask("reviews", "GET", path, role=Role.IRO)
        assert after.status_code == (404 if status == 200 else status), path
        if status == 200:
            assert (await town.ask("reviews", "GET", path, role=Role.IRO_MANAGER)).status_code == 200, path


async def test_no_list_names_a_restricted_child(town):
    ids = await fill(town)
    child = ids["/v1/children/C-1"]
    before = {of: await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO) for of in LISTS}
    assert any(child in answer.text for answer in before.values())
    await restricted(town)
    for of, seen in before.items():
        after = await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO)
        assert (seen.status_code, after.status_code) == (200, 200), of
        assert child not in after.text and "CanaryQ7" not in after.text, of
        manager = await town.ask("reviews", "GET", f"/v1/{of}", role=Role.IRO_MANAGER)
        assert manager.text == seen.text or child in manager.text or child not in seen.text, of


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


@pytest.fixture
async def meeting(town):
    """A conference for two children of a family, of whom one is restricted."""
    for child, body in (("C-1", {"restricted": True, "restricted_to": ["chair-jo"]}), ("C-2", {})):
        await town.put(f"/v1/children/{child}", body)
    await town.put("/v1/conferences/CF-1", MEETING)
    return town


MEETING = {
    "conference_type": "initial",
    "scheduled_on": "2026-11-20",
    "children": [{"child": "C-1"}, {"child": "C-2"}],
}
HELD = {"held_on": "2026-11-20", "children": []}


async def as_chair(town, subject, method, path, body=None, **headers):
    bearer = f"Bearer {town.token(Role.CP_CHAIR, subject)}"
    return await town.ask("reviews", method, f"/v1/conferences{path}", body, authorization=bearer, **headers)


async def test_a_conference_is_there_for_whoever_may_see_every_child_of_it(meeting):
    assert (await as_chair(meeting, "chair-jo", "GET", "/CF-1")).status_code == 200
    assert (await as_chair(meeting, "chair-al", "GET", "/CF-1")).status_code == 404
    listed = {
        chair: len((await as_chair(meeting, chair, "GET", "")).json()["items"])
        for chair in ("chair-jo", "chair-al")
    }
    assert listed == {"chair-jo": 1, "chair-al": 0}


async def test_nobody_else_says_of_a_conference_that_it_was_held(meeting):
    assert (await as_chair(meeting, "chair-al", "POST", "/CF-1/hold", HELD)).status_code == 404
    assert (await as_chair(meeting, "chair-jo", "POST", "/CF-1/hold", HELD)).status_code == 200
    held = await meeting.rows("SELECT child_id FROM fact WHERE kind = 'conference.held'")
    assert len(held) == 2


async def test_nobody_else_takes_a_restricted_child_from_a_conference(meeting):
    others = MEETING | {"children": [{"child": "C-2"}]}
    answer = await as_chair(meeting, "chair-al", "PUT", "/CF-1", others, if_match="*")
    assert answer.status_code == 404
    assert "C-1" not in answer.text
    shown = (await as_chair(meeting, "chair-jo", "GET", "/CF-1")).json()
    assert [each["child"] for each in shown["children"]] == ["C-1", "C-2"]


async def test_a_reference_in_use_for_a_restricted_child_is_given_to_nobody_else(town):
    await fill(town)
    await restricted(town)
    visited = {"child": "C-2", "worker": "iro-1", "role": "iro", "kind": "visit", "visited_on": "2026-11-20"}
    visited |= {"mode": "in_person", "seen": True, "seen_alone": "yes"}
    [[taken]] = await town.rows("SELECT reference FROM visit LIMIT 1")
    answer = await town.ask("reviews", "PUT", f"/v1/visits/{taken}", visited, role=Role.IRO, if_match="*")
    assert answer.status_code == 404
    assert (await town.ask("reviews", "PUT", "/v1/visits/V-new", visited, role=Role.IRO)).status_code == 201


async def test_an_officer_who_is_an_analyst_too_sees_no_more_children_than_any_officer(town):
    await fill(town)
    await restricted(town)
    now = int(town.clock.now().timestamp())
    claims = {"iss": "https://id.test", "aud": "duecare", "sub": "iro-an", "authority": town.authority}
    claims |= {"roles": ["iro", "analyst"], "iat": now, "exp": now + 600}
    token = jwt.encode(claims, town.issuer.key, algorithm="EdDSA", headers={"kid": KID, "typ": "at+jwt"})
    answer = await town.ask("reviews", "GET", "/v1/children/C-1", authorization=f"Bearer {token}")
    assert answer.status_code == 404


async def test_the_figures_are_of_all_children_for_whoever_sees_figures_only(town):
    await fill(town)
    asked = "/v1/review_figures?from=2026-11-01&to=2026-11-23"
    before = await town.ask("reviews", "GET", asked, role=Role.ANALYST)
    await restricted(town)
    assert (await town.ask("reviews", "GET", asked, role=Role.ANALYST)).text == before.text
