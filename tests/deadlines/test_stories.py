"""The whole story of a deadline: what it was before each correction, and why it is what it is."""

FIRST = "lac-review-first"


async def corrected(desk) -> None:
    """Care began on 12 October, no review was held in time, and then it turns out that one was."""
    await desk.looked_after(started_on="2026-10-12")
    await desk.sweep()
    desk.town.pass_time(hours=1)
    await desk.held("2026-11-20")
    desk.town.pass_time(hours=1)
    body = {"care_period": "CP-1", "held_on": "2026-11-06"}
    await desk.town.put("/v1/reviews/R-1-1", body, if_match='"1"')


async def test_after_a_correction_every_revision_is_there_with_what_changed_it(desk):
    await corrected(desk)
    story = await desk.story(FIRST)
    assert [(each["outcome"], each["closed_on"]) for each in story["revisions"]] == [
        ("open", None),
        ("met_late", "2026-11-20"),
        ("met", "2026-11-06"),
    ]
    assert [each["changed_because"] for each in story["revisions"]] == ["facts", "facts", None]
    assert [(each["stood_from"], each["stood_until"]) for each in story["revisions"]] == [
        ("2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z"),
        ("2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z"),
        ("2026-11-23T14:00:00Z", None),
    ]
    assert all(each["reason"] for each in story["revisions"])
    assert story["deadline"] == await desk.ask(FIRST)


async def test_a_breach_that_fell_away_is_still_told_of(desk):
    await corrected(desk)
    (breach,) = (await desk.story(FIRST))["breaches"]
    assert (breach["version"], breach["recorded_at"]) == (1, "2026-11-23T12:00:00Z")
    assert (breach["withdrawn_at"], breach["withdrawn_because"]) == ("2026-11-23T14:00:00Z", "met")


async def test_the_facts_behind_it_are_named_also_those_that_were_taken_back(desk):
    await corrected(desk)
    facts = (await desk.story(FIRST))["facts"]
    assert [(each["part"], each["kind"], each["happened_on"]) for each in facts] == [
        ("starts", "care_period.started", "2026-10-12"),
        ("closes", "review.held", "2026-11-20"),
        ("closes", "review.held", "2026-11-06"),
    ]
    assert [each["withdrawn_at"] for each in facts] == [None, "2026-11-23T14:00:00Z", None]
    assert facts[1]["withdrawn_because"] == "corrected"


async def test_a_start_that_was_corrected_is_told_with_both_its_days(desk):
    await desk.looked_after()
    body = {"child": "C-1", "started_on": "2026-11-18"}
    await desk.town.put("/v1/care_periods/CP-1", body, if_match='"1"')
    story = await desk.story(FIRST)
    assert [each["starts_on"] for each in story["revisions"]] == ["2026-11-16", "2026-11-18"]
    assert [(each["happened_on"], each["withdrawn_because"]) for each in story["facts"]] == [
        ("2026-11-16", "corrected"),
        ("2026-11-18", None),
    ]


async def test_a_change_of_the_calendar_is_told_as_one(desk):
    await desk.looked_after()
    desk.town.pass_time(hours=1)
    day = await desk.proclaim()
    desk.town.pass_time(hours=1)
    await desk.withdraw(day)
    await desk.follow()
    story = await desk.story(FIRST)
    assert [(each["due_on"], each["changed_because"]) for each in story["revisions"]] == [
        ("2026-12-14", "calendar"),
        ("2026-12-15", "calendar"),
        ("2026-12-14", None),
    ]


async def test_a_review_of_several_meetings_closes_it_on_the_day_of_the_first(desk):
    await desk.looked_after(started_on="2026-10-12")
    planned = {"care_period": "CP-1", "scheduled_on": "2026-11-06"}
    await desk.town.put("/v1/reviews/R-1", planned)
    series = {"meetings": [{"on": "2026-11-06", "mode": "in_person"}], "held_on": "2026-11-20"}
    await desk.town.put("/v1/reviews/R-1", planned | series, if_match='"1"')
    story = await desk.story(FIRST)
    assert (story["deadline"]["outcome"], story["deadline"]["closed_on"]) == ("met", "2026-11-06")
    assert ("closes", "review.held", "2026-11-20") in [
        (each["part"], each["kind"], each["happened_on"]) for each in story["facts"]
    ]


async def test_no_fact_of_another_promise_is_in_the_story(desk):
    await desk.looked_after(iro_notified_at="2026-11-16T10:00:00Z")
    body = {"care_period": "CP-1", "officer": "iro-7", "allocated_at": "2026-11-16T12:00:00Z"}
    await desk.town.put("/v1/allocations/A-1", body)
    assert {each["kind"] for each in (await desk.story(FIRST))["facts"]} == {"care_period.started"}
    kinds = [each["kind"] for each in (await desk.story("iro-allocation-sefton"))["facts"]]
    assert kinds == ["iro_service.notified", "iro.allocated"]
