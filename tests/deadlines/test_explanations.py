"""Why a deadline falls when it does: in parts for a screen, and as a whole for whoever has to answer for it."""

FIRST = "lac-review-first"


async def test_it_names_the_start_the_rule_and_every_day_that_was_not_counted(desk):
    await desk.looked_after(started_on="2025-04-17")
    why = await desk.why(FIRST)
    assert why["recomputed"]
    assert why["starts_with"] == {
        "kind": "care_period.started",
        "occasion": "when the child became looked after",
        "happened_on": "2025-04-17",
        "happened_at": None,
    }
    assert (why["rule"]["code"], why["rule"]["limit"], why["rule"]["basis"]) == (
        FIRST,
        "20 working days",
        "statutory",
    )
    assert why["days_off"] == [
        {"on": "2025-04-18", "name": "Good Friday"},
        {"on": "2025-04-21", "name": "Easter Monday"},
        {"on": "2025-05-05", "name": "May Day"},
    ]
    assert why["due_on"] == "2025-05-20"
    assert why["warnings"] == ["2025-05-05T23:00:00Z", "2025-05-12T23:00:00Z"]
    assert why["lines"] == (await desk.deadline()).reason
    assert why["calendar_version"] in why["lines"][-1]


async def test_it_says_where_the_clocks_changed(desk):
    await desk.looked_after(started_on="2026-10-23", iro_notified_at="2026-10-23T16:00:00+01:00")
    why = await desk.why("iro-allocation-sefton")
    assert why["starts_with"]["happened_at"] == "2026-10-23T15:00:00Z"
    assert why["due_at"] == "2026-10-26T15:00:00Z"
    assert any("clocks go back" in line for line in why["counting"])


async def test_it_says_where_a_month_was_too_short(desk):
    await desk.looked_after(started_on="2026-08-10")
    await desk.held("2026-08-31")
    why = await desk.why("lac-review-second")
    assert why["due_on"] == "2026-11-30"
    assert any("has no day 31" in line for line in why["counting"])
    assert why["days_off"] == []


async def test_it_says_halfway_to_what(desk):
    await desk.looked_after(started_on="2026-09-21")
    await desk.held("2026-10-12")
    why = await desk.why("iro-midpoint-lac")
    assert why["rule"]["limit"].startswith("halfway to")
    assert any("halfway, rounded down" in line for line in why["counting"])


async def test_it_names_what_brought_the_date_forward(desk):
    await desk.looked_after()
    await desk.held("2026-11-20")
    why = await desk.why("iha")
    assert (why["sooner"]["kind"], why["sooner"]["happened_on"], why["due_on"]) == (
        "review.held",
        "2026-11-20",
        "2026-11-20",
    )


async def test_it_names_what_was_granted(desk):
    await desk.on_a_plan()
    before = await desk.why("cp-visit")
    body = {
        "deadline": before["deadline_id"],
        "kind": "pause",
        "from_on": "2026-11-25",
        "until_on": "2026-11-27",
        "because": "The family is away.",
        "approved_by": "manager-2",
    }
    await desk.town.put("/v1/exemptions/E-1", body)
    why = await desk.why("cp-visit")
    assert why["relief"] == [
        {"kind": "pause", "granted_on": "2026-11-23", "from_on": "2026-11-25", "until_on": "2026-11-27"}
    ]
    assert why["due_on"] > before["due_on"]
    story = await desk.story("cp-visit")
    (granted,) = story["exemptions"]
    assert (granted["kind"], granted["from_on"], granted["withdrawn_at"]) == ("pause", "2026-11-25", None)
    assert [each["due_on"] for each in story["revisions"]] == [before["due_on"], why["due_on"]]


async def test_a_day_that_was_proclaimed_is_named_and_until_what_runs_has_followed_the_old_words_stand(desk):
    await desk.looked_after()
    old = await desk.why(FIRST)
    await desk.add()
    meanwhile = await desk.why(FIRST)
    assert (meanwhile["recomputed"], meanwhile["due_on"]) == (False, "2026-12-14")
    assert meanwhile["lines"] == old["lines"]
    await desk.follow()
    why = await desk.why(FIRST)
    assert (why["recomputed"], why["due_on"]) == (True, "2026-12-15")
    assert why["days_off"] == [{"on": "2026-12-02", "name": "Day of the state funeral"}]
    assert why["calendar_version"] != old["calendar_version"]


async def test_what_closed_before_the_news_is_explained_by_the_calendar_of_its_day(desk):
    await desk.looked_after(started_on="2026-11-09")
    await desk.held("2026-11-20")
    desk.town.pass_time(days=1)
    old = await desk.why(FIRST)
    await desk.proclaim(announced_on="2026-11-24")
    assert await desk.why(FIRST) == old


async def test_what_was_withdrawn_keeps_the_words_it_was_given_with(desk):
    await desk.looked_after(started_on="2026-10-19")
    await desk.held("2026-11-09")
    words = (await desk.deadline("lac-review-second")).reason
    body = {"care_period": "CP-1", "scheduled_on": "2026-12-01"}
    await desk.town.put("/v1/reviews/R-1-1", body, if_match='"1"')
    why = await desk.why("lac-review-second")
    assert (why["recomputed"], why["rule"], why["lines"]) == (False, None, words)


async def test_what_closed_under_an_earlier_wording_of_the_law_is_not_explained_by_todays(desk):
    await desk.looked_after(started_on="2026-11-09")
    await desk.held("2026-11-20")
    async with desk.town.owner.begin() as connection:
        await connection.exec_driver_sql(f"SET LOCAL duecare.authority = '{desk.town.authority}'")
        await connection.exec_driver_sql(
            "UPDATE deadline SET law = 'lac-review-first:old:old', reason = '[\"So.\"]'"
        )
    why = await desk.why(FIRST)
    assert (why["recomputed"], why["starts_with"], why["lines"]) == (False, None, ["So."])
