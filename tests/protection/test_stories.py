"""Child protection told whole, in the words of the trade."""

from tests.facts.record import refusal

PLAN, NONE = ("plan", "NEG"), ("no_plan",)


async def test_a_sibling_group_s_conference_held_late_because_reports_were_not_ready(case, faults):
    await case.child("C-1", "C-2", "C-3")
    await case.strategy("S-1", "C-1", "2026-09-01")
    await case.strategy("S-2", "C-2", "2026-09-01")
    await case.strategy("S-3", "C-3", "2026-09-10")
    planned = await case.conference("K-1", "C-1", "C-2", "C-3", scheduled_on="2026-09-22", chair="chair-1")
    assert [each["due_on"] for each in planned["children"]] == ["2026-09-22", "2026-09-22", "2026-10-01"]

    put_off = {"because": "The reports are not ready.", "approved_by": "manager-1"}
    await case.step("conferences/K-1/postpone", scheduled_on="2026-09-25", **put_off)
    outcomes = [{"child": "C-1", "outcome": "plan", "category": "NEG"}]
    outcomes += [
        {"child": "C-2", "outcome": "plan", "category": "EMO"},
        {"child": "C-3", "outcome": "no_plan"},
    ]
    held = {"held_on": "2026-09-25", "quorate": True, "mode": "in_person", "children": outcomes}
    refused = await case.step("conferences/K-1/hold", **held)
    assert refusal(refused) == (422, "late_reason_required")
    assert "Tue 22 September 2026" in refused.json()["detail"]

    answer = await case.step("conferences/K-1/hold", **held, late_reason="reports_not_ready")
    children = answer.json()["children"]
    assert [(each["child"], each["late"], each["outcome"]) for each in children] == [
        ("C-1", True, "plan"),
        ("C-2", True, "plan"),
        ("C-3", False, "no_plan"),
    ]
    assert await case.owed_to("C-2", "icpc-15wd") == [("2026-09-22", "met_late")]
    assert await case.owed_to("C-3", "icpc-15wd") == [("2026-10-01", "met")]
    for child in ("C-1", "C-2", "C-3"):
        assert await case.owed_to(child, "cp-minutes") == [("2026-10-23", "open")]

    for n in (1, 2):
        await case.plan(f"P-{n}", f"C-{n}", "2026-09-25", conference="K-1")
    assert await case.owed_to("C-1", "cp-core-group-first") == [("2026-10-09", "open")]
    assert await case.owed_to("C-3", "cp-core-group-first") == []
    figures = await case.get("conference_figures?from=2026-09-01&to=2026-09-30")
    meetings, discussed = figures["total"]["meetings"], figures["total"]["children"]
    assert (meetings["held"], meetings["late"], meetings["late_percent"]) == (1, 1, 100)
    assert meetings["late_by_reason"] == {"reports_not_ready": 1}
    assert (discussed["discussed"], discussed["late"], discussed["late_percent"]) == (3, 2, 67)
    assert discussed["at_late_meetings"] == 3
    assert discussed["by_outcome"] == {"no_plan": 1, "plan": 2}
    assert await faults() == {}


async def test_an_unborn_child_is_conferenced_born_and_reviewed(case, faults):
    await case.child("C-1")
    await case.put("/v1/children/C-1", {"date_of_birth": "2026-10-20"})  # expected then
    await case.strategy("S-1", "C-1", "2026-08-20")
    icpc = await case.conference("K-1", ("C-1", *PLAN), held_on="2026-09-04")
    assert [(each["unborn"], each["late"]) for each in icpc["children"]] == [(True, False)]
    plan = await case.plan("P-1", "C-1", "2026-09-04", conference="K-1")
    assert (plan["unborn"], plan["warnings"]) == (True, [])
    assert await case.owed_to("C-1", "rcpc-first-prebirth") == [("2026-11-17", "open")]
    await case.put("/v1/children/C-1", {"date_of_birth": "2026-10-08"})
    assert await case.owed_to("C-1", "rcpc-first-prebirth") == [("2026-11-05", "open")]

    review = {"conference_type": "review", "held_on": "2026-11-03"}
    rcpc = await case.conference("K-2", ("C-1", "plan_continued", "NEG"), **review)
    assert [(each["unborn"], each["due_on"], each["late"]) for each in rcpc["children"]] == [
        (False, "2026-11-05", False)
    ]
    assert await case.owed_to("C-1", "rcpc-first") == [("2026-12-04", "met")]
    assert await case.owed_to("C-1", "rcpc-subsequent") == [("2027-05-03", "open")]
    figures = await case.get("conference_figures?from=2026-09-01&to=2026-11-30")
    unborn = {kind: each["children"]["unborn"] for kind, each in figures["by_type"].items()}
    assert unborn == {"initial": 1, "review": 0, "transfer_in": 0}
    assert await faults() == {}


async def test_a_second_plan_is_a_subsequent_one(case, faults):
    await case.child("C-1", "C-2")
    first = await case.plan("P-1", "C-1", "2024-02-05", ended_on="2024-08-05", end_reason="no_longer_needed")
    assert (first["previous_plans"], first["subsequent"]) == (0, False)
    second = await case.plan("P-2", "C-1", "2026-06-01", initial_category="EMO")
    assert (second["previous_plans_here"], second["previous_plans"], second["subsequent"]) == (1, 1, True)
    elsewhere = await case.plan("P-3", "C-2", "2026-06-08", previous_plans_elsewhere=2)
    assert (elsewhere["previous_plans_here"], elsewhere["previous_plans"]) == (0, 2)
    figures = await case.get("plan_figures?from=2026-04-01&to=2026-11-23")
    assert figures["started"] == {
        "count": 2,
        "subsequent": 2,
        "subsequent_percent": 100,
        "by_category": {"EMO": 1, "NEG": 1},
    }
    assert figures["running"]["count"] == 2
    assert await faults() == {}


async def test_a_plan_comes_over_at_a_transfer_in_conference(case, faults):
    await case.child("C-1", "C-2")
    notice = {"conference_type": "transfer_in", "notified_on": "2026-10-01", "residence": "permanent"}
    asked = await case.conference("K-1", "C-1", "C-2", **notice)
    assert (asked["status"], asked["children"][0]["due_on"]) == ("requested", "2026-10-22")
    planned = await case.conference("K-1", "C-1", "C-2", **notice, scheduled_on="2026-10-20")
    assert planned["status"] == "planned"
    outcomes = [{"child": each, "outcome": "plan", "category": "PHY"} for each in ("C-1", "C-2")]
    held = (await case.step("conferences/K-1/hold", held_on="2026-10-20", children=outcomes)).json()
    assert [each["late"] for each in held["children"]] == [False, False]
    for n in (1, 2):
        assert await case.owed_to(f"C-{n}", "cp-transfer-in") == [("2026-10-22", "met")]
        await case.plan(f"P-{n}", f"C-{n}", "2026-10-20", conference="K-1", previous_plans_elsewhere=1)
    assert await faults() == {}


async def test_a_child_who_only_stays_for_a_while_is_owed_no_transfer_in(case):
    await case.child("C-1")
    notice = {"conference_type": "transfer_in", "notified_on": "2026-10-01", "residence": "temporary"}
    await case.conference("K-1", "C-1", **notice)
    assert await case.owed_to("C-1", "cp-transfer-in") == []


async def test_a_plan_goes_before_the_court(case, faults):
    await case.child("C-1")
    body = {"child": "C-1", "started_on": "2026-06-01", "letter_sent_on": "2026-06-03"}
    await case.put("/v1/pre_proceedings/PLO-1", body)
    assert await case.owed_to("C-1", "preproceedings-plo") == [("2026-09-21", "open")]
    issued = {"ended_on": "2026-09-01", "outcome": "proceedings_issued", "issued_on": "2026-09-01"}
    await case.put("/v1/pre_proceedings/PLO-1", body | issued)
    assert await case.owed_to("C-1", "preproceedings-plo") == [("2026-09-21", "met")]
    assert await case.owed_to("C-1", "care-proceedings-26w") == [("2027-03-02", "open")]
    assert await case.histories("C-1", "court") == 1
    assert await faults() == {}
