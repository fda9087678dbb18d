"""Pauses, later dates and waivers move a date or let a promise go, and can be taken back."""

from tests.facts.record import APPROVAL, INTERVIEW, PAUSE, SUPERVISION, refusal


async def test_a_pause_moves_an_officer_s_supervision(record):
    await record.officer()
    granted = await record.granted("X-1", SUPERVISION, "pause", **PAUSE, because="On sick leave.")
    assert await record.due(SUPERVISION) == [("2026-12-09", "open")]
    assert (granted["granted_on"], granted["due_on"], granted["has_effect"]) == (
        "2026-11-23",
        "2026-12-09",
        True,
    )
    (row,) = await record.rows(SUPERVISION)
    assert "The clock stood still from Tue 24 November 2026 to Mon 30 November 2026 (7 days)" in " ".join(
        row.reason
    )
    assert await record.events("deadline.moved", "exemption.granted") == [
        "exemption.granted",
        "deadline.moved",
    ]


async def test_a_later_date_is_granted_for_a_temporary_approval(record):
    await record.approved()
    assert await record.due(APPROVAL) == [("2026-11-30", "open")]
    granted = await record.granted("X-1", APPROVAL, "extension", until_on="2027-01-25")
    assert (granted["due_on"], granted["from_on"]) == ("2027-01-25", None)
    assert await record.due(APPROVAL) == [("2027-01-25", "open")]
    record.town.pass_time(days=10)
    await record.told("F-decided", "carer_approval.decided", "2026-12-02")
    assert await record.due(APPROVAL) == [("2027-01-25", "met")]


async def test_a_second_extension_reaches_no_further_than_the_longest(record):
    await record.approved()
    await record.granted("X-1", APPROVAL, "extension", until_on="2026-12-20")
    sooner = await record.grant("X-2", APPROVAL, "extension", until_on="2026-12-20")
    assert refusal(sooner) == (422, "no_relief") and "2026-12-20" in sooner.json()["detail"]
    beyond = await record.grant("X-2", APPROVAL, "extension", until_on="2027-02-01")
    assert refusal(beyond) == (422, "beyond_longest_extension") and "2027-01-25" in beyond.json()["detail"]
    await record.granted("X-2", APPROVAL, "extension", until_on="2027-01-25")
    assert await record.due(APPROVAL) == [("2027-01-25", "open")]


async def test_an_interview_that_the_child_declines_is_let_go(record):
    await record.returned()
    granted = await record.granted("X-1", INTERVIEW, "waiver", because="The child would rather not.")
    assert (granted["outcome"], granted["has_effect"]) == ("waived", True)
    record.town.pass_time(days=3)
    await record.sweep()
    assert await record.breaches(INTERVIEW) == []
    assert await record.events("deadline.cancelled") == ["deadline.cancelled"]


async def test_a_waiver_withdrawn_in_time_leaves_the_interview_owed(record):
    await record.returned()
    await record.granted("X-1", INTERVIEW, "waiver")
    withdrawn = await record.withdrawn("X-1", "exemptions", because="The child has changed her mind.")
    assert (withdrawn["outcome"], withdrawn["has_effect"]) == ("open", False)
    assert withdrawn["withdrawn_because"] == "The child has changed her mind."
    assert refusal(await record.withdraw("X-1", "exemptions")) == (409, "transition_refused")
    granted = await record.granted("X-1", INTERVIEW, "waiver")
    assert (granted["outcome"], granted["withdrawn_at"], granted["version"]) == ("waived", None, 3)
    assert await record.events("exemption.granted", "exemption.withdrawn") == [
        "exemption.granted",
        "exemption.withdrawn",
        "exemption.granted",
    ]


async def test_a_pause_withdrawn_too_late_is_a_breach(record):
    await record.officer("2026-10-26")
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    record.town.pass_time(days=5)
    await record.withdrawn("X-1", "exemptions")
    await record.sweep()
    assert await record.due(SUPERVISION) == [("2026-11-26", "open")]
    assert await record.breaches(SUPERVISION) == [(3, None)]


async def test_a_pause_that_turns_out_granted_a_day_too_late_changes_nothing(record):
    await record.officer("2026-11-02")
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    await record.officer("2026-10-22")
    await record.sweep()
    assert await record.due(SUPERVISION) == [("2026-11-22", "open")]
    assert len(await record.breaches(SUPERVISION)) == 1
    shown = (await record.town.ask("reviews", "GET", "/v1/exemptions/X-1")).json()
    assert (shown["has_effect"], shown["due_on"]) == (False, "2026-11-22")


async def test_an_amended_exemption_is_granted_anew_that_day(record):
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    record.town.pass_time(days=2)
    words = await record.granted("X-1", SUPERVISION, "pause", **PAUSE, because="On parental leave.")
    assert (words["granted_on"], words["because"], words["version"]) == (
        "2026-11-23",
        "On parental leave.",
        2,
    )
    longer = await record.granted("X-1", SUPERVISION, "pause", **PAUSE | {"until_on": "2026-12-07"})
    assert (longer["granted_on"], longer["due_on"]) == ("2026-11-25", "2026-12-16")
    assert await record.events("exemption.granted") == ["exemption.granted"] * 2


async def test_an_exemption_cannot_be_amended_once_the_date_would_have_passed_without_it(record):
    await record.approved()
    await record.granted("X-1", APPROVAL, "extension", until_on="2026-12-20")
    record.town.pass_time(days=10)
    amended = await record.grant("X-1", APPROVAL, "extension", until_on="2027-01-10")
    assert refusal(amended) == (409, "already_overdue")
    await record.granted("X-2", APPROVAL, "extension", until_on="2027-01-10")
    assert await record.due(APPROVAL) == [("2027-01-10", "open")]


async def test_the_same_grant_twice_changes_nothing_and_says_nothing(record):
    await record.officer()
    granted = await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    before = await record.events()
    record.town.pass_time(days=30)
    assert await record.granted("X-1", SUPERVISION, "pause", **PAUSE) == granted
    assert await record.events() == before
