"""What is due of one officer, one team, one timescale or one authority."""

from tests.due.test_due import furnished


async def test_an_officer_s_children_and_no_others(office):
    await office.child("C-1", "2026-10-01", "iro-1")
    await office.child("C-2", "2026-10-01", "iro-2")
    assert await office.children("officer=iro-1") == ["C-1"]
    assert await office.children() == ["C-1", "C-2"]


async def test_an_ended_or_withdrawn_allocation_makes_nobody_responsible(office):
    await office.child("C-1", "2026-10-01", "iro-1")
    await office.child("C-2", "2026-10-01", "iro-1")
    await office.allocated("C-1", "iro-1", "2026-10-01T10:00:00Z", ended_at="2026-11-23T12:00:00Z")
    await office.withdrawn("/v1/allocations/A-C-2-iro-1")
    assert await office.due("officer=iro-1") == []
    assert {line["officer"] for line in await office.due()} == {None}


async def test_an_allocation_that_ends_later_still_counts(office):
    await office.child("C-1", "2026-10-01", "iro-1")
    await office.allocated("C-1", "iro-1", "2026-10-01T10:00:00Z", ended_at="2026-11-23T12:00:01Z")
    assert {line["officer"] for line in await office.due("officer=iro-1")} == {"iro-1"}
    office.town.pass_time(seconds=1)
    assert await office.due("officer=iro-1") == []


async def test_of_two_officers_the_later_is_shown_and_each_finds_the_child(office):
    await office.child("C-1", "2026-10-01", "iro-1")
    await office.allocated("C-1", "iro-2", "2026-11-02T10:00:00Z")
    for officer in ("iro-1", "iro-2"):
        assert {line["officer"] for line in await office.due(f"officer={officer}")} == {"iro-2"}


async def test_when_care_has_ended_nobody_is_responsible_by_its_allocation(office):
    await office.child("C-1", "2026-10-01", "iro-1")
    ended = {"child": "C-1", "started_on": "2026-10-01", "ended_on": "2026-11-22"}
    await office.town.put("/v1/care_periods/P-C-1", ended, if_match="*")
    assert await office.due("officer=iro-1&days=366") == []


async def test_a_team_s_children(office):
    await furnished(office)
    await office.in_team("court-team", "C-2", "C-4")
    assert await office.children("team=court-team&days=366") == ["C-2", "C-4"]
    assert await office.children("team=nobody") == []


async def test_filters_narrow_each_other(office):
    await furnished(office)
    await office.child("C-5", "2026-10-01", "iro-2")
    await office.in_team("court-team", "C-2", "C-5")
    assert await office.children("team=court-team&officer=iro-2&days=366") == ["C-5"]
    both = await office.names("team=court-team&officer=iro-2&timescale=lac-review-first")
    assert both == [("C-5", "lac-review-first")]


async def test_one_timescale_and_one_basis(office):
    await furnished(office)
    every = await office.due("days=366")
    for basis in ("statutory", "guidance", "local"):
        assert await office.due(f"days=366&basis={basis}") == [
            line for line in every if line["basis"] == basis
        ]
    first = await office.due("days=366&timescale=lac-review-first")
    assert first == [line for line in every if line["timescale"] == "lac-review-first"]
    assert await office.due("days=366&timescale=lac-review-first&basis=local") == []
    assert await office.due("days=366&timescale=no-such-thing") == []


async def test_the_children_of_another_council_s_team_stay_there(office, neighbour):
    await furnished(office)
    await office.in_team("court-team", "C-2")
    answer = await neighbour.ask("reviews", "GET", "/v1/due?team=court-team&officer=iro-1&days=366")
    assert answer.json()["items"] == []
