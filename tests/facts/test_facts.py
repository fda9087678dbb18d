"""Facts are told, late or amended or taken back, and the dates follow."""

from tests.facts.record import now_due, refusal

REPORTED, WITHDRAWN = "fact.reported", "fact.withdrawn"


async def test_a_visit_told_late_withdraws_the_breach(record):
    await record.in_care("2026-09-01")
    await record.placed("PL-1", "2026-09-01")
    await record.sweep()
    assert await record.breaches("visit-reg28-first") == [(1, None)]
    await record.told("F-visit", "visit.made", "2026-09-04")
    assert await record.breaches("visit-reg28-first") == [(1, "met")]
    assert await record.due("visit-reg28-first") == [("2026-09-08", "met")]
    assert "breach.withdrawn" in await record.events()


async def test_a_fact_is_reported_once_amended_withdrawn_and_brought_back(record):
    await record.in_care("2026-09-01")
    await record.placed("PL-1", "2026-09-01")
    first = await record.told("F-visit", "visit.made", "2026-09-04")
    before = await record.events()
    assert await record.told("F-visit", "visit.made", "2026-09-04") == first
    assert await record.events() == before

    amended = await record.told("F-visit", "visit.made", "2026-09-10")
    assert (amended["version"], await record.due("visit-reg28-first")) == (2, [("2026-09-08", "met_late")])
    town = record.town
    withdrawn = await record.withdrawn("F-visit", because="It was her sister.")
    assert (withdrawn["withdrawn_at"], withdrawn["withdrawn_because"]) == (
        "2026-11-23T12:00:00Z",
        "It was her sister.",
    )
    assert "visit-reg28-year1" not in now_due(withdrawn) and "visit-reg28-first" in now_due(withdrawn)
    assert refusal(await record.withdraw("F-visit")) == (409, "transition_refused")

    body = {"history": "CP-1", "kind": "visit.made", "happened_on": "2026-09-10"}
    assert refusal(await town.ask("reviews", "PUT", "/v1/facts/F-visit", body)) == (428, "if_match_required")
    back = await record.told("F-visit", "visit.made", "2026-09-10")
    assert (back["withdrawn_at"], back["withdrawn_because"], back["version"]) == (None, None, 4)
    assert await record.events(REPORTED, WITHDRAWN) == [REPORTED] * 2 + [WITHDRAWN, REPORTED]
    told = await town.rows(
        "SELECT withdrawn_because FROM fact WHERE kind = 'visit.made' ORDER BY recorded_at, id"
    )
    assert [row.withdrawn_because for row in told] == ["corrected", "no_longer_so", None]
    read = await town.ask("reviews", "GET", "/v1/facts/F-visit")
    assert (read.json()["happened_on"], read.headers["etag"]) == ("2026-09-10", '"4"')


async def test_an_event_of_a_fact_holds_no_words_and_no_codes(record):
    await record.in_care()
    await record.told("F-visit", "visit.made", "2026-11-20", codes={"seen": "yes"})
    await record.withdrawn("F-visit", because="It was her sister.")
    rows = await record.town.rows("SELECT envelope FROM outbox_event WHERE type LIKE 'fact.%' ORDER BY seq")
    reported, withdrawn = (row.envelope["data"] for row in rows)
    assert (reported["kind"], reported["happened_on"]) == ("visit.made", "2026-11-20")
    assert set(withdrawn) == {"fact_id", "child_id", "link", "kind"}
    assert "sister" not in str(rows) and "yes" not in str(rows)


async def test_an_instant_counts_on_its_london_day(record):
    await record.opened("missing_episode")
    told = await record.told("F-1", "return_interview.held", "2026-06-02T23:30:00Z")
    assert told["happened_on"] == "2026-06-03"
    told = await record.told("F-2", "return_interview.held", "2026-06-02")
    assert (told["happened_on"], told["happened_at"]) == ("2026-06-02", None)


async def test_a_caseload_counts_what_it_shows_and_not_the_child_s_protection(record):
    await record.opened("protection")
    plan = {"child": "C-1", "started_on": "2026-06-01", "initial_category": "NEG"}
    await record.town.put("/v1/protection_plans/P-1", plan)
    await record.in_care("2026-11-02")
    body = {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"}
    await record.town.put("/v1/allocations/A-1", body)
    caseload = (await record.town.ask("reviews", "GET", "/v1/caseloads/iro-1")).json()
    (child,) = caseload["children"]
    shown = [each["standing"] for each in child["deadlines"]]
    assert (caseload["overdue"], caseload["due_soon"]) == (shown.count("overdue"), shown.count("due_soon"))
    assert "cp-core-group-first" not in [each["timescale"] for each in child["deadlines"]]
