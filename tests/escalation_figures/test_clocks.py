"""Who is about to run out of their time. The clock says Monday 23 November 2026, noon."""

import pytest

from shared.auth.principal import Role


async def clocks(office, role=Role.IRO, **asked):
    answer = await office.asked_for("/v1/escalation_clocks", role, **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def said(office, **asked):
    """Each clock of the list in short."""
    return [(each["clock"], each["due_on"]) for each in (await clocks(office, **asked))["items"]]


async def test_every_clock_of_an_alert_is_listed_with_who_is_to_answer(office):
    await office.child_of("east", "C-2")
    await office.child_of("east", "C-1")
    alert = await office.alert(children=["C-2", "C-1"], needed_on="2026-11-25")
    found = await clocks(office)
    needed, answer, whole = found["items"]
    assert (found["as_at"], found["next"]) == ("2026-11-23T12:00:00Z", None)
    assert answer == answer | {
        "escalation_id": alert["id"],
        "kind": "practice_alert",
        "state": "open",
        "children": ["C-1", "C-2"],
        "team": "east",
        "theme": "no_evidence_of_visits",
        "officer": "iro",
        "clock": "answer",
        "timescale": "alert-sefton-2021-practice-alert",
        "title": "Practice alert answered",
        "ladder": "sefton-2021",
        "stage": "practice_alert",
        "stage_title": "Practice alert",
        "responder": "The team manager",
        "due_on": "2026-11-30",
        "due_at": "2026-12-01T00:00:00Z",
        "standing": "in_time",
        "breached": False,
    }
    assert [(each["clock"], each["due_on"], each["standing"]) for each in (needed, whole)] == [
        ("needed", "2026-11-25", "due_soon"),
        ("whole", "2026-12-21", "in_time"),
    ]


async def test_a_thematic_alert_is_listed_without_a_child(office):
    await office.raise_one(team="east")
    (line,) = (await clocks(office))["items"]
    assert (line["children"], line["clock"], line["due_on"]) == ([], "answer", "2026-12-07")


async def test_what_waits_changes_as_the_alert_is_answered_and_settled(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    answer = await office.answer(alert, "2026-12-02")
    assert await said(office) == [("decision", "2026-11-30"), ("whole", "2026-12-21")]
    await office.decide(alert, answer, "accept")
    assert await said(office) == [("promise", "2026-12-02"), ("outcome", "2026-12-21")]
    await office.promise(alert, 0, "keep", done_on="2026-11-23", evidence="Seen.")
    assert await said(office) == [("outcome", "2026-12-21")]
    await office.do(alert, "resolve", role=Role.IRO, outcome="Seen.")
    assert await said(office) == []


async def test_only_the_whole_process_shows_who_runs_out_of_their_twenty_days(office):
    await office.child_of("east", "C-1")
    first = await office.alert("C-1")
    await office.raise_one("C-1")
    office.town.pass_time(days=3)
    second = await office.alert("C-1")
    found = (await clocks(office, only="whole"))["items"]
    assert [each["escalation_id"] for each in found] == [first["id"], second["id"]]
    assert await said(office, only="whole", running_out=26) == [("whole", "2026-12-21")]
    assert await said(office, only="whole", running_out=25) == []
    assert await said(office, only="other") == []


async def test_what_is_overdue_stays_and_its_breach_is_told(office):
    await office.child_of("east", "C-1")
    await office.alert("C-1")
    office.town.pass_time(days=7, hours=12)
    (line,) = (await clocks(office, running_out=0))["items"]
    assert (line["clock"], line["standing"], line["breached"]) == ("answer", "overdue", False)
    await office.sweep_and_relay()
    (line,) = (await clocks(office, running_out=0))["items"]
    assert (line["standing"], line["breached"]) == ("overdue", True)


async def test_the_list_is_narrowed_by_team_and_officer(office):
    await office.child_of("east", "C-1")
    await office.child_of("west", "C-2")
    await office.raise_one("C-1")
    await office.raise_one("C-2", role=Role.CP_CHAIR)
    teams = [each["team"] for each in (await clocks(office, team="west"))["items"]]
    officers = [each["officer"] for each in (await clocks(office, officer="iro"))["items"]]
    assert (teams, officers) == (["west"], ["iro"])
    assert (await clocks(office, team="west", officer="iro"))["items"] == []


async def test_the_list_is_read_in_stretches(office):
    await office.child_of("east", "C-1")
    for _ in range(3):
        await office.alert("C-1")
    whole = [each["id"] for each in (await clocks(office))["items"]]
    assert len(set(whole)) == 6
    page = await clocks(office, limit=4, team="east")
    seen = [each["id"] for each in page["items"]]
    assert "team=east" in page["next"]
    rest = (await office.town.ask("escalation", "GET", page["next"], role=Role.IRO)).json()
    assert (seen + [each["id"] for each in rest["items"]], rest["next"]) == (whole, None)


@pytest.mark.parametrize(
    "query", ["running_out=-1", "running_out=367", "only=some", "after=1", "limit=0", "team=%20", "officer="]
)
async def test_bad_questions_are_refused(office, query):
    answer = await office.town.ask("escalation", "GET", f"/v1/escalation_clocks?{query}", role=Role.IRO)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
