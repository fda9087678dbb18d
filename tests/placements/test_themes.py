"""What an inspector asks on a Monday: which children are where they should not be, today or on a day that was."""

import pytest

from shared.auth.principal import Role

HOMES = {
    "unregistered": {"placement_type": "residential", "unregistered": True},
    "unregulated": {"placement_type": "independent", "unregulated": True},
    "at_a_distance": {"placement_type": "foster", "distance_miles": 20},
    "out_of_area": {"placement_type": "foster", "out_of_area": True, "distance_miles": 19.9},
    "adoption": {"placement_type": "other", "placement_code": "A5"},
    "long_term_foster": {"placement_type": "foster", "long_term_foster": True},
    "remand": {"placement_type": "secure"},
}


async def in_care(town, number, **placement):
    await town.put(f"/v1/children/C-{number}", {})
    await town.put(f"/v1/care_periods/CP-{number}", {"child": f"C-{number}", "started_on": "2026-09-01"})
    body = {"care_period": f"CP-{number}", "started_on": "2026-09-01"} | placement
    await town.put(f"/v1/placements/PL-{number}", body)


async def status(town, number, code, from_on):
    body = {"care_period": f"CP-{number}", "status": code, "from_on": from_on}
    await town.put(f"/v1/legal_statuses/LS-{number}-{from_on}", body)


async def found(town, asked):
    page = (await town.ask("reviews", "GET", f"/v1/placements?{asked}", role=Role.SENIOR_MANAGER)).json()
    return [each["child"] for each in page["items"]]


@pytest.fixture
async def homes(town):
    """A child in a home of each theme."""
    for number, placement in enumerate(HOMES.values()):
        await in_care(town, number, **placement)
    await status(town, 6, "J1", "2026-09-01")
    return town


@pytest.mark.parametrize("theme", HOMES)
async def test_children_in_placements_of_a_theme_now(homes, theme):
    assert await found(homes, f"theme={theme}") == [f"C-{list(HOMES).index(theme)}"]


async def test_without_a_theme_everybody_s_home_is_shown(homes):
    assert len(await found(homes, "on=2026-11-01")) == len(HOMES)
    assert await found(homes, "on=2026-08-31") == []


async def test_a_day_that_was_is_asked_of_as_it_was(town):
    await in_care(town, 1, placement_type="residential", unregistered=True, ended_on="2026-10-01")
    assert await found(town, "theme=unregistered&on=2026-09-30") == ["C-1"]
    assert await found(town, "theme=unregistered&on=2026-10-01") == []
    assert await found(town, "theme=unregistered") == []


async def test_whose_care_has_ended_lives_in_no_placement(town):
    await in_care(town, 1, placement_type="residential", unregistered=True)
    ended = {"child": "C-1", "started_on": "2026-09-01", "ended_on": "2026-11-10"}
    await town.put("/v1/care_periods/CP-1", ended, if_match='"1"')
    assert await found(town, "theme=unregistered&on=2026-11-09") == ["C-1"]
    assert await found(town, "theme=unregistered") == []


async def test_remand_is_what_the_legal_status_of_the_day_says(town):
    await in_care(town, 1, placement_type="secure")
    await status(town, 1, "J1", "2026-09-01")
    await status(town, 1, "C2", "2026-10-01")
    assert await found(town, "theme=remand&on=2026-09-30") == ["C-1"]
    assert await found(town, "theme=remand&on=2026-10-01") == []


async def test_long_term_is_also_what_a_placement_was_designated_as_or_coded(town):
    designation = {"on": "2026-10-05", "long_term_foster": True}
    await in_care(town, 1, placement_type="foster", designation=designation)
    await in_care(town, 2, placement_type="foster", placement_code="U4")
    undone = {"on": "2026-10-05", "long_term_foster": False}
    await in_care(town, 3, placement_type="foster", long_term_foster=True, designation=undone)
    assert await found(town, "theme=long_term_foster&on=2026-10-04") == ["C-2", "C-3"]
    assert await found(town, "theme=long_term_foster&on=2026-10-05") == ["C-1", "C-2"]


async def test_a_long_list_is_read_in_stretches(town):
    for number in range(3):
        await in_care(town, number, placement_type="residential", unregistered=True)
    first = (await town.ask("reviews", "GET", "/v1/placements?theme=unregistered&limit=2")).json()
    rest = (await town.ask("reviews", "GET", first["next"])).json()
    assert [each["care_period"] for each in first["items"] + rest["items"]] == ["CP-0", "CP-1", "CP-2"]
    assert rest["next"] is None


@pytest.mark.parametrize("asked", ["theme=cosy", "on=soon", "on=2026-02-30", "limit=0", "after=x"])
async def test_a_question_that_cannot_be_is_refused(town, asked):
    answer = await town.ask("reviews", "GET", f"/v1/placements?{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
