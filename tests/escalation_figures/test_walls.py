"""Whose figures they are, and of whom: other councils' alerts are never among them, restricted children's for few."""

import pytest

from services.escalation_api.access import ACCESS
from shared.auth.principal import Role
from tests.auth.forging import claims, signed
from tests.escalation_figures.office import Office

FIGURES = ("raised", "open", "response_times", "outcomes", "themes")
CLOCKS = "/v1/escalation_clocks"


async def fill(office):
    """An alert about a child and a sibling, answered, promised and settled; one about each that is open; one that was
    resolved; and one about a team alone."""
    for reference in ("C-1", "C-2"):
        await office.child_of("east", reference)
    both = await office.alert(children=["C-1", "C-2"])
    await office.answer(both, "2026-11-23", then="accept")
    await office.promise(both, 0, "keep", done_on="2026-11-23", evidence="Seen.")
    for child in ("C-1", "C-2"):
        await office.raise_one(child)
        await office.do(await office.raise_one(child), "resolve", outcome="Visited.")
    await office.raise_one(team="east")


async def restrict(office):
    """The first child is there for few from now on."""
    await office.town.put("/v1/children/C-1", {"team": "east", "restricted": True}, if_match="*")


async def shown(office, which, *roles):
    """Figures for somebody with these roles."""
    person = f"Bearer {signed(office.town, body=claims(office.town, roles=[str(each) for each in roles]))}"
    path = f"/v1/escalation_figures/{which}"
    answer = await office.town.ask("escalation", "GET", path, authorization=person)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("which", FIGURES)
async def test_another_council_s_alerts_are_in_no_figure(office, neighbour, which):
    before = await office.figures(which)
    await fill(Office(neighbour.town))
    assert await Office(neighbour.town).figures(which) != before
    assert await office.figures(which) == before


async def test_another_council_s_clocks_are_not_listed(office, neighbour):
    await fill(Office(neighbour.town))
    assert (await office.asked_for(CLOCKS, Role.IRO_MANAGER)).json()["items"] == []


def test_an_analyst_sees_counts_and_no_list_of_children():
    for which in FIGURES:
        assert Role.ANALYST in ACCESS[f"GET /v1/escalation_figures/{which}"]
        assert not ACCESS[f"GET /v1/escalation_figures/{which}"] & {
            Role.IRO,
            Role.TEAM_MANAGER,
            Role.SOCIAL_WORKER,
        }
    assert Role.ANALYST not in ACCESS[f"GET {CLOCKS}"]


@pytest.mark.parametrize("which", FIGURES)
async def test_counts_are_of_all_children_for_whoever_sees_counts_only(office, which):
    await fill(office)
    before = await office.figures(which)
    await restrict(office)
    for role in (Role.ANALYST, Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.AUDITOR):
        assert await office.figures(which, role) == before, role


async def test_an_alert_about_a_restricted_child_is_in_no_figure_for_others(office):
    await fill(office)
    await restrict(office)
    asked = (Role.ANALYST, Role.IRO)
    raised = await shown(office, "raised", *asked)
    assert (raised["raised"], raised["formal"]["alerts"]) == ({"alerts": 3, "child_alerts": 2}, 0)
    still = await shown(office, "open", *asked)
    assert (still["all"]["alerts"], still["all"]["child_alerts"]) == (2, 1)
    times = await shown(office, "response_times", *asked)
    assert [(each["stage"], each["asked"]) for each in times["stages"]] == [("informal", 3)]
    ended = await shown(office, "outcomes", *asked)
    assert (ended["ended"]["resolved"]["alerts"], ended["promises"]["made"]) == (1, 0)
    assert ended["times"]["to_first_promise_kept"]["count"] == 0
    assert [each["alerts"] for each in (await shown(office, "themes", *asked))["themes"]] == [3]


async def test_the_reopening_of_an_alert_about_a_restricted_child_is_not_counted_for_others(office):
    await office.child_of("east", "C-1")
    alert = await office.raise_one("C-1")
    await office.do(alert, "resolve", outcome="Visited.")
    await office.do(alert, "reopen", reason="It was not.")
    await restrict(office)
    assert (await shown(office, "outcomes", Role.ANALYST))["reopened"] == 1
    assert (await shown(office, "outcomes", Role.ANALYST, Role.IRO))["reopened"] == 0


async def test_a_suggestion_about_a_restricted_child_is_not_counted_for_others(office):
    await office.suggestion()
    await restrict(office)
    assert (await shown(office, "raised", Role.ANALYST))["suggestions"]["waiting"] == 1
    assert (await shown(office, "raised", Role.ANALYST, Role.IRO))["suggestions"]["waiting"] == 0


async def test_the_clocks_of_an_alert_about_a_restricted_sibling_are_there_for_few(office):
    await fill(office)
    everything = (await office.asked_for(CLOCKS, Role.CP_CHAIR)).json()["items"]
    await restrict(office)
    seen = (await office.asked_for(CLOCKS, Role.CP_CHAIR)).json()["items"]
    assert sorted(each["children"] for each in seen) == [[], ["C-2"]]
    assert (await office.asked_for(CLOCKS, Role.IRO_MANAGER)).json()["items"] == everything
    assert sum("C-1" in each["children"] for each in everything) == 2
