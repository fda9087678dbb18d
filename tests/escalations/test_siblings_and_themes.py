"""About siblings, about a team and no child, or in praise; and the managed list of what it can be about."""

import pytest

from shared.auth.principal import Role
from tests.escalations.ladder_story import Ladder, why_not
from tests.escalations.story import CONCERN

FAMILY = {"family": "FAM-1", "team": "east"}
THREE = ["C-1", "C-2", "C-3"]
THEMES = "/v1/escalation_themes"


@pytest.fixture
async def siblings(story):
    """Three children of one family, and one of another."""
    for reference in THREE:
        await story.town.put(f"/v1/children/{reference}", FAMILY)
    await story.town.put("/v1/children/C-9", {"family": "FAM-9"})
    return story


async def test_an_alert_about_three_siblings_is_one_alert(siblings):
    ladder = await siblings.begun(children=THREE)
    shown = await ladder.read()
    assert (shown["child"], [each["child"] for each in shown["children"]]) == ("C-1", THREE)
    assert shown["team"] == "east"
    assert len(await siblings.listed()) == 1
    assert await siblings.told() == ["escalation.raised"]
    assert [code for code, _, _ in await ladder.clocks()] == ["alert-sefton-2021-informal"]


async def test_it_is_found_by_each_of_the_siblings_and_by_no_other_child(siblings):
    ladder = await siblings.begun(children=THREE)
    for child in THREE:
        assert [each["id"] for each in await siblings.listed(child=child)] == [ladder.id]
    assert await siblings.listed(child="C-9") == []


async def test_every_step_of_siblings_is_told_once(siblings):
    ladder = await siblings.begun(children=THREE)
    await ladder.decide("reject")
    await ladder.decide("accept")
    await ladder.done("resolve")
    told = await siblings.told()
    assert told.count("escalation.resolved") == told.count("escalation.advanced") == 1


async def test_children_of_two_families_are_not_one_alert(siblings):
    refusal = why_not(await siblings.post("", CONCERN | {"child": None, "children": ["C-1", "C-9"]}))
    assert (refusal["status"], refusal["errors"][0]["pointer"]) == (422, "/children")
    assert await siblings.listed() == []


async def test_a_child_whose_family_is_not_known_may_be_a_sibling(siblings):
    await siblings.child("C-4")
    ladder = await siblings.begun(children=["C-1", "C-4"])
    assert len((await ladder.read())["children"]) == 2


NOBODY = (
    {"children": ["C-1", "C-1"]},
    {"children": ["C-1"], "child": "C-2"},
    {"children": []},
    {"children": ["C-1"] * 21},
)


@pytest.mark.parametrize("about", NOBODY)
async def test_it_says_plainly_about_whom_it_is(siblings, about):
    assert (await siblings.post("", CONCERN | {"child": None} | about)).status_code == 422
    assert await siblings.listed() == []


async def test_an_unknown_sibling_is_refused(siblings):
    about = {"child": None, "children": ["C-1", "C-404"]}
    assert (await siblings.post("", CONCERN | about)).status_code == 404
    assert await siblings.listed() == []


@pytest.mark.parametrize("hidden", THREE)
async def test_a_restricted_sibling_hides_the_whole_alert(siblings, hidden):
    ladder = await siblings.begun(children=THREE)
    answer = await siblings.town.ask("reviews", "GET", f"/v1/children/{hidden}")
    restricted = FAMILY | {"restricted": True, "restricted_to": ["iro-jo"]}
    await siblings.town.put(f"/v1/children/{hidden}", restricted, if_match=answer.headers["etag"])
    for path in ("", "/responses", "/promises", "/notes"):
        assert (await ladder.ask("GET", path)).status_code == 404, path
        assert (await ladder.ask("GET", path, by="iro-jo")).status_code == 200, path
    assert (await ladder.take("advance")).status_code == 404
    assert await siblings.listed() == []
    other = next(each for each in THREE if each != hidden)
    assert await siblings.listed(child=other) == []


async def test_a_thematic_alert_is_about_a_team_and_no_child(story):
    ladder = await story.begun(team="east", theme="late_pathway_plan")
    shown = await ladder.read()
    assert (shown["child"], shown["children"], shown["team"]) == (None, [], "east")
    assert [each["id"] for each in await story.listed(team="east", theme="late_pathway_plan")] == [ladder.id]
    assert await story.listed(team="west") == []


async def test_a_thematic_alert_climbs_and_has_its_clocks_like_any_other(story):
    ladder = await story.begun(team="east")
    await ladder.decide("reject")
    await ladder.decide("accept", "2026-12-01")
    assert {code for code, _, outcome in await ladder.clocks() if outcome == "open"} == {
        "alert-action",
        "alert-sefton-2021-outcome",
    }
    story.town.pass_time(days=10)
    await story.hear()
    overdue = await story.town.rows("SELECT 1 FROM breach JOIN deadline ON deadline.id = deadline_id")
    assert len(overdue) == 1


async def test_good_practice_is_in_no_list_of_alerts(story):
    praised = await story.begun(kind="good_practice", severity="low")
    alert = await story.formal()
    assert [each["id"] for each in await story.listed(kind="practice_alert")] == [alert.id]
    assert [each["id"] for each in await story.listed(kind="good_practice")] == [praised.id]
    for more in ({"stage": "informal"}, {"needed_on": "2026-12-01"}):
        assert (await story.post("", CONCERN | {"kind": "good_practice"} | more)).status_code == 422


async def put_theme(story, code, title, role=Role.IRO_MANAGER, retired=False, **headers):
    body = {"title": title, "retired": retired}
    return await story.town.ask("escalation", "PUT", f"{THEMES}/{code}", body, role=role, **headers)


async def themes(story):
    answer = await story.town.ask("escalation", "GET", THEMES, role=Role.IRO)
    return {each["code"]: each for each in answer.json()["items"]}


async def test_the_twelve_themes_of_the_seed_ship_and_duecares_own(story):
    shipped = await themes(story)
    assert len(shipped) == 13
    assert all(each["shipped"] and not each["retired"] and each["version"] == 0 for each in shipped.values())
    assert shipped["no_core_group"]["title"] == "No core group"


async def test_a_council_adds_a_theme_and_raises_about_it(story):
    await story.child()
    assert (await story.post("", CONCERN | {"theme": "school_moved"})).status_code == 422
    assert (await put_theme(story, "school_moved", "School moved without a meeting")).status_code == 201
    ladder = await story.begun(theme="school_moved")
    assert (await ladder.read())["theme"] == "school_moved"
    assert (await themes(story))["school_moved"]["shipped"] is False


async def test_a_theme_that_is_retired_stays_with_what_was_raised_and_is_chosen_no_more(story):
    ladder = await story.begun(theme="no_core_group")
    assert (await put_theme(story, "no_core_group", "No core group", retired=True)).status_code == 201
    refusal = why_not(await story.post("", CONCERN | {"theme": "no_core_group"}))
    assert (refusal["status"], refusal["code"]) == (422, "theme_retired")
    assert [each["id"] for each in await story.listed(theme="no_core_group")] == [ladder.id]
    await ladder.done("advance")
    back = await put_theme(story, "no_core_group", "No core group", if_match='"1"')
    assert (back.status_code, back.headers["etag"]) == (200, '"2"')
    await story.begun(theme="no_core_group")


async def test_a_theme_that_nobody_knows_is_refused_pointing_to_the_list(story):
    await story.child()
    refusal = why_not(await story.post("", CONCERN | {"theme": "weather"}))
    assert (refusal["status"], refusal["code"]) == (422, "unknown_theme")
    assert THEMES in refusal["detail"]


async def test_duecares_own_theme_cannot_be_retired(story):
    answer = await put_theme(story, "deadline_breached", "A deadline passed", retired=True)
    assert answer.status_code == 422
    assert not (await themes(story))["deadline_breached"]["retired"]


async def test_a_theme_is_changed_by_whoever_has_read_it_and_by_the_officers_manager_alone(story):
    await put_theme(story, "school_moved", "School moved")
    assert (await put_theme(story, "school_moved", "Moved", Role.IRO)).status_code == 403
    assert (await put_theme(story, "school_moved", "Moved")).status_code == 428
    assert (await put_theme(story, "school_moved", "Moved", if_match='"7"')).status_code == 412
    assert (await put_theme(story, "school_moved", "School moved")).status_code == 200
    assert (await themes(story))["school_moved"]["title"] == "School moved"


async def test_a_theme_of_one_council_is_not_anothers(story, neighbour):
    await put_theme(story, "school_moved", "School moved")
    assert "school_moved" not in await themes(neighbour)
    await neighbour.child()
    assert (await neighbour.post("", CONCERN | {"theme": "school_moved"})).status_code == 422
    assert isinstance(await story.begun(theme="school_moved"), Ladder)
