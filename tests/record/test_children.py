"""A child's record and page."""

from tests.walls.record import fill


async def test_a_child_needs_no_name_and_no_date_of_birth(town):
    made = await town.put("/v1/children/C-1", {})
    assert made.json() == {
        "id": made.json()["id"],
        "reference": "C-1",
        "date_of_birth": None,
        "expected_on": None,
        "display_name": None,
        "family": None,
        "team": None,
        "social_worker": None,
        "restricted": False,
        "restricted_to": [],
        "merged_into": None,
        "version": 1,
        "withdrawn_at": None,
        "withdrawn_because": None,
    }


async def test_what_is_left_out_of_a_replacement_is_removed(town):
    await town.put("/v1/children/C-1", {"display_name": "A", "date_of_birth": "2014-05-03"})
    after = await town.put("/v1/children/C-1", {"date_of_birth": "2014-05-03"}, if_match='"1"')
    assert after.json()["display_name"] is None


OF_PROTECTION = ("strategy_discussion.", "conference.", "plan.", "core_group.", "pre_proceedings.")


async def test_a_child_s_page_shows_periods_facts_and_deadlines_with_their_reasons(town):
    await fill(town)
    page = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    assert [period["reference"] for period in page["care_periods"]] == ["CP-1"]
    of_care = [fact["kind"] for fact in page["facts"] if not fact["kind"].startswith(OF_PROTECTION)]
    assert of_care == [
        "care_period.started",
        "iro_service.notified",
        "iro.allocated",
        "care_plan.updated",
        "midpoint_check.completed",
        "child.returned",
        "review.scheduled",
    ]
    first = next(each for each in page["deadlines"] if each["timescale"] == "lac-review-first")
    assert (first["due_on"], first["standing"], first["basis"]) == ("2026-11-30", "in_time", "statutory")
    assert first["reason"] and not first["breached"]
    assert [each["due_at"] for each in page["deadlines"]] == sorted(
        each["due_at"] for each in page["deadlines"]
    )


async def test_the_page_keeps_a_corrected_fact_with_the_instant_it_was_withdrawn(town):
    await fill(town)
    town.pass_time(hours=1)
    corrected = {"child": "C-1", "started_on": "2026-11-03", "iro_notified_at": "2026-11-02T10:00:00Z"}
    await town.put("/v1/care_periods/CP-1", corrected, if_match='"1"')
    page = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    started = [fact for fact in page["facts"] if fact["kind"] == "care_period.started"]
    assert [(fact["happened_on"], fact["withdrawn_at"]) for fact in started] == [
        ("2026-11-02", "2026-11-23T13:00:00Z"),
        ("2026-11-03", None),
    ]


async def test_a_deadline_is_overdue_from_the_first_instant_after_its_day(town):
    await fill(town)

    async def standing() -> str:
        page = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
        return next(each["standing"] for each in page["deadlines"] if each["timescale"] == "lac-review-first")

    town.pass_time(days=7, hours=11, minutes=59, seconds=59)
    assert await standing() == "due_soon"
    town.pass_time(seconds=1)
    assert await standing() == "overdue"


async def test_no_event_names_a_child(town):
    await fill(town, "CanaryQ7")
    for row in await town.rows("SELECT envelope::text AS said FROM outbox_event"):
        assert "CanaryQ7" not in row.said and "C-1" not in row.said.replace("UTC-1", "")


PLAN = {"child": "C-1", "started_on": "2026-11-16", "initial_category": "NEG"}


async def test_the_day_on_which_a_birth_is_expected_counts_until_another_is_told(town):
    await town.put("/v1/children/C-1", {"date_of_birth": "2026-12-01"})
    await town.put("/v1/protection_plans/P-1", PLAN)
    due = "SELECT due_on FROM deadline WHERE timescale = 'rcpc-first-prebirth'"
    assert [str(row.due_on) for row in await town.rows(due)] == ["2026-12-31"]
    town.pass_time(days=10)
    await town.put("/v1/children/C-1", {"date_of_birth": "2026-11-30"}, if_match='"1"')
    assert [str(row.due_on) for row in await town.rows(due)] == ["2026-12-30"]


async def test_a_plan_told_by_mistake_can_be_told_again_under_another_reference(town):
    await town.put("/v1/children/C-1", {"date_of_birth": "2026-11-20"})
    for number in (1, 2):
        await town.put(f"/v1/protection_plans/P-{number}", PLAN | {"started_on": "2026-11-01"})
        found = await town.rows(
            "SELECT 1 FROM deadline WHERE timescale = 'cp-visit' AND outcome NOT IN ('withdrawn', 'ended')"
        )
        assert len(found) == 1  # from the birth: the child was unborn when the plan started
        path = f"/v1/protection_plans/P-{number}/withdraw"
        await town.ask("reviews", "POST", path, {"because": "Another child's."})
