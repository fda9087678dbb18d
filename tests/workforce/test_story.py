"""A reviewing service for a season: officers come and go, and no child is without one."""

from tests.workforce.office import succeeded


async def test_an_officer_leaves_and_her_children_are_shared_out_before_she_goes(office):
    # Two officers and their manager; a family of two, and a child whose aunt works for the service.
    await office.started("iro-1", fte=1)
    await office.started("iro-2", fte=0.6)
    await office.started("iro-3", started_on="2026-11-16")
    await office.came_into_care("C-1", "C-2", family="F-1")
    await office.came_into_care("C-3", "C-4")
    await office.in_conflict("iro-2", "C-3", "relative")
    for child in ("C-1", "C-2", "C-3"):
        await office.allocated(child, "iro-1", reason="new_in_care")
    await office.allocated("C-4", "iro-2", reason="new_in_care")

    # She was supervised, and observed in a review; then she gives notice, and it is her last day.
    supervised = {"officer": "iro-1", "supervisor": "manager-1", "held_on": "2026-11-02"}
    await office.town.put("/v1/supervisions/S-1", supervised)
    observed = {"officer": "iro-1", "observer": "manager-1", "made_on": "2026-11-03", "observed": "review"}
    await office.town.put("/v1/observations/O-1", observed)

    # Everything to the officer at three days a week: the niece stays, and is given to the new officer.
    shown = succeeded(await office.reallocate("iro-1", to_officer="iro-2"))
    assert [each["child"] for each in shown["moved"]] == ["C-1", "C-2"]
    assert [(each["child"], each["code"]) for each in shown["refused"]] == [("C-3", "conflict_of_interest")]
    assert succeeded(await office.reallocate("iro-1", to_officer="iro-3"))["refused"] == []

    # She leaves, and is owed nothing more; nobody is without an officer, and the figures say so.
    left = {"role": "iro", "team": "safeguarding", "fte": 1, "started_on": "2026-10-01"}
    await office.town.put("/v1/workers/iro-1", left | {"left_on": "2026-11-23"}, if_match='"1"')
    assert await office.due("iro-1") == {}
    figures = await office.read("/v1/caseload_figures")
    assert {each["officer"]: each["children"] for each in figures["officers"]} == {
        "iro-1": 0,
        "iro-2": 3,
        "iro-3": 1,
    }
    forecast = await office.read("/v1/forecasts")
    assert None not in [each["officer"] for each in forecast["officers"]]
    assert await office.faults() == {}
