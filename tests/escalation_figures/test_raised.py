"""What was raised in a year, counted once as an alert and once for each child."""

import pytest

from shared.auth.principal import Role

NOTHING = {"alerts": 0, "child_alerts": 0}


async def test_an_alert_about_siblings_is_one_alert_and_as_many_child_alerts(office):
    for reference in ("C-1", "C-2", "C-3"):
        await office.child_of("east", reference)
    await office.raise_one(children=["C-1", "C-2", "C-3"])
    await office.raise_one("C-1")
    found = (await office.figures("raised"))["informal"]
    assert (found["alerts"], found["child_alerts"], found["about_siblings"], found["thematic"]) == (
        2,
        4,
        1,
        0,
    )
    assert found["by_team"] == {"east": {"alerts": 2, "child_alerts": 4, "percent": 100}}


async def test_a_thematic_alert_is_about_no_child(office):
    await office.raise_one(team="east")
    found = await office.figures("raised")
    assert found["raised"] == {"alerts": 1, "child_alerts": 0}
    assert (found["informal"]["thematic"], found["informal"]["about_siblings"]) == (1, 0)


async def test_informal_formal_and_praise_are_told_apart(office):
    await office.child_of("east", "C-1")
    await office.child_of("west", "C-2")
    stayed = await office.raise_one("C-1", severity="low")
    went_up = await office.raise_one("C-2", severity="high")
    await office.do(went_up, "advance")
    await office.alert("C-2", role=Role.CP_CHAIR)
    await office.raise_one("C-1", kind="good_practice")
    found = await office.figures("raised")
    assert found["raised"] == {"alerts": 3, "child_alerts": 3}
    assert found["began_formally"] == {"alerts": 1, "child_alerts": 1}
    informal, formal, praise = (found[name] for name in ("informal", "formal", "good_practice"))
    assert [each["alerts"] for each in (informal, formal, praise)] == [2, 2, 1]
    assert {name: each["percent"] for name, each in informal["by_team"].items()} == {"east": 50, "west": 50}
    assert {name: each["alerts"] for name, each in informal["by_severity"].items()} == {"high": 1, "low": 1}
    assert {name: each["alerts"] for name, each in formal["by_raised_as"].items()} == {
        "cp_chair": 1,
        "iro": 1,
    }
    assert {name: each["alerts"] for name, each in formal["by_severity"].items()} == {
        "high": 1,
        "not_given": 1,
    }
    assert [(each["stage"], each["title"], each["alerts"]) for each in informal["by_stage"]] == [
        ("informal", "Informal resolution", 1),
        ("practice_alert", "Practice alert", 1),
    ]
    assert stayed["stage"] == "informal"


async def test_what_goes_formal_later_counts_as_formal_on_that_day(office):
    await office.child_of("east", "C-1")
    raised = await office.raise_one("C-1")
    office.town.pass_time(days=10)
    await office.do(raised, "advance")
    november = await office.figures("raised", from_="2026-11-01", to="2026-11-30")
    december = await office.figures("raised", from_="2026-12-01", to="2026-12-31")
    assert (november["informal"]["alerts"], november["formal"]["alerts"]) == (1, 0)
    assert (december["raised"], december["formal"]["alerts"]) == (NOTHING, 1)
    assert november["informal"]["by_stage"][0]["stage"] == "practice_alert"


async def test_days_are_london_s_and_both_are_included(office):
    await office.child_of(None, "C-1")
    office.town.clock.set(office.town.clock.now().replace(month=6, day=30, hour=22, minute=59))
    await office.raise_one("C-1")
    office.town.pass_time(minutes=1)  # midnight in London
    await office.raise_one("C-1")
    assert (await office.figures("raised", from_="2026-06-30", to="2026-06-30"))["raised"]["alerts"] == 1
    assert (await office.figures("raised", from_="2026-07-01", to="2026-07-01"))["raised"]["alerts"] == 1
    assert (await office.figures("raised", from_="2026-06-30", to="2026-07-01"))["raised"]["alerts"] == 2
    assert (await office.figures("raised", from_="2026-07-02", to="2026-07-31"))["raised"] == NOTHING


async def test_a_suggestion_is_not_raised_until_somebody_takes_it_up(office):
    suggestion = await office.suggestion()
    found = await office.figures("raised")
    assert (found["raised"], found["suggestions"]["waiting"]) == (NOTHING, 1)
    await office.do(suggestion, "accept")
    found = await office.figures("raised")
    assert (found["raised"]["alerts"], found["informal"]["by_theme"].keys()) == (1, {"deadline_breached"})
    assert found["suggestions"] == {
        "suggested": 1,
        "accepted": 1,
        "dismissed": 0,
        "lapsed": 0,
        "waiting": 0,
    }


async def test_a_dismissed_suggestion_is_counted_as_that_alone(office):
    await office.do(await office.suggestion(), "dismiss", reason="Named by telephone.")
    found = await office.figures("raised")
    assert (found["raised"], found["suggestions"]["dismissed"]) == (NOTHING, 1)
    assert (await office.figures("raised", to="2026-10-31"))["suggestions"]["suggested"] == 0


async def test_praise_that_is_taken_back_is_not_counted(office):
    await office.child_of(None, "C-1")
    praise = await office.raise_one("C-1", kind="good_practice")
    await office.do(praise, "retract", reason="Of another child.")
    found = await office.figures("raised")
    assert (found["good_practice"]["alerts"], found["raised"]) == (0, NOTHING)


async def test_the_period_is_the_reporting_year_where_none_is_said(office):
    found = await office.figures("raised")
    assert (found["from_on"], found["to_on"]) == ("2026-04-01", "2027-03-31")
    found = await office.figures("raised", from_="2020-06-01")
    assert (found["from_on"], found["to_on"]) == ("2020-06-01", "2021-03-31")
    found = await office.figures("raised", to="2021-03-31")
    assert (found["from_on"], found["to_on"]) == ("2020-04-01", "2021-03-31")


WITH_A_PERIOD = ("raised", "response_times", "outcomes", "themes")
BAD = ("from=2026-04-02&to=2026-04-01", "from=2021-04-01&to=2026-04-01", "from=yesterday", "to=2026-02-30")


@pytest.mark.parametrize("which", WITH_A_PERIOD)
async def test_bad_periods_are_refused(office, which):
    for query in BAD:
        path = f"/v1/escalation_figures/{which}?{query}"
        answer = await office.town.ask("escalation", "GET", path, role=Role.ANALYST)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), (
            query
        )
    five_years = f"/v1/escalation_figures/{which}?from=2021-04-01&to=2026-03-31"
    assert (await office.town.ask("escalation", "GET", five_years, role=Role.ANALYST)).status_code == 200
