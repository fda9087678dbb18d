"""A family's story, as the council's people tell it from the first worry to the day it is put right."""

from shared.auth.principal import Role


async def test_a_baby_expected_known_twice_placed_out_of_sight_and_put_right(town, council, twice):
    # A baby is expected in a family that the council knows; the plan made before the birth has its dates.
    await town.put("/v1/children/B-1", {"expected_on": "2026-11-25", "family": "FAM-7", "team": "LAC-2"})
    await town.put("/v1/children/B-2", {"date_of_birth": "2021-05-03", "family": "FAM-7"})
    await town.put("/v1/histories/HB-1", {"kind": "protection", "child": "B-1"})
    plan = {"child": "B-1", "started_on": "2026-11-02", "initial_category": "NEG"}
    await town.put("/v1/protection_plans/PB-1", plan)

    # The hospital registers the newborn as somebody new, and the night team places the child from there.
    await town.put("/v1/children/B-9", {"date_of_birth": "2026-11-20", "restricted": True})
    await town.put("/v1/care_periods/CPB-9", {"child": "B-9", "started_on": "2026-11-21"})
    await town.put(
        "/v1/legal_statuses/LSB-9", {"care_period": "CPB-9", "status": "L2", "from_on": "2026-11-21"}
    )
    home = {"care_period": "CPB-9", "started_on": "2026-11-21", "placement_type": "residential"}
    await town.put("/v1/placements/PLB-9", home | {"unregistered": True, "distance_miles": 61.5})

    # A manager asks who is in an unregistered home; an officer who is not named cannot know.
    asked = "/v1/placements?theme=unregistered"
    seen = (await town.ask("reviews", "GET", asked, role=Role.SENIOR_MANAGER)).json()["items"]
    assert [(each["child"], each["at_a_distance"]) for each in seen] == [("B-9", True)]
    assert (await town.ask("reviews", "GET", asked, role=Role.IRO)).json()["items"] == []

    # The two are one child: born, in care, restricted, and still on the plan made before the birth.
    assert (await twice.merge("B-9", "B-1", role=Role.IRO_MANAGER)).status_code == 200
    page = await twice.page("B-9")
    assert (page["reference"], page["date_of_birth"], page["restricted"]) == ("B-1", "2026-11-20", True)
    assert {each["timescale"] for each in page["deadlines"]} >= {"rcpc-first-prebirth", "lac-review-first"}
    family = (await town.ask("reviews", "GET", "/v1/children?family=FAM-7")).json()["items"]
    assert [each["reference"] for each in family] == ["B-1", "B-2"]

    # A foster home is found; the unregistered one ends the same day, and the court makes an interim order.
    town.pass_time(days=2)
    await town.put(
        "/v1/placements/PLB-9", home | {"unregistered": True, "ended_on": "2026-11-25"}, if_match="*"
    )
    foster = {"care_period": "CPB-9", "started_on": "2026-11-25", "placement_type": "foster"}
    await town.put(
        "/v1/placements/PLB-10", foster | {"placement_code": "U5", "plan_completed_on": "2026-11-25"}
    )
    await town.put(
        "/v1/legal_statuses/LSB-10", {"care_period": "CPB-9", "status": "C1", "from_on": "2026-11-25"}
    )
    assert (await town.ask("reviews", "GET", asked)).json()["items"] == []
    await twice.noticed()
    assert await council.faults() == {}
