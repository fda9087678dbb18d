"""What alerts are about, month by month. The clock says Monday 23 November 2026, noon."""

from datetime import UTC, date, datetime

import pytest

from services.escalation_api.escalation_figures.recurring import (
    AT_LEAST,
    LOOKED_AT,
    months_between,
    months_looked_at,
    recurs,
)
from shared.auth.principal import Role

VISITS, CORE = "no_evidence_of_visits", "no_core_group"


async def raise_in(office, month, *children, theme=VISITS):
    """An alert about each of these children, in a month of 2026."""
    office.town.clock.set(datetime(2026, month, 10, 12, tzinfo=UTC))
    for child in children:
        await office.raise_one(child, theme=theme)


@pytest.fixture
async def year(office):
    """East has no visits in June, August and November; west in June alone; east no core group in two months."""
    await office.child_of("east", "C-1")
    await office.child_of("west", "C-2")
    await raise_in(office, 6, "C-1", "C-2")
    await raise_in(office, 8, "C-1", "C-1")
    await raise_in(office, 9, "C-1", theme=CORE)
    await raise_in(office, 11, "C-1")
    await raise_in(office, 11, "C-1", theme=CORE)
    return office


async def test_a_theme_is_counted_month_by_month_in_each_team(year):
    found = await year.figures("themes", from_="2026-06-01", to="2026-11-30")
    assert found["months"] == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    months = {
        (e["theme"], e["team"]): {m: n["alerts"] for m, n in e["by_month"].items()} for e in found["themes"]
    }
    assert months == {
        (VISITS, "east"): {"2026-06": 1, "2026-08": 2, "2026-11": 1},
        (CORE, "east"): {"2026-09": 1, "2026-11": 1},
        (VISITS, "west"): {"2026-06": 1},
    }
    assert [(e["title"], e["alerts"]) for e in found["themes"]] == [
        ("No evidence of visits", 4),
        ("No core group", 2),
        ("No evidence of visits", 1),
    ]


async def test_what_recurs_in_one_team_is_named_with_its_months(year):
    (found,) = (await year.figures("themes"))["recurring"]
    assert (found["theme"], found["team"], found["alerts"], found["child_alerts"]) == (VISITS, "east", 4, 4)
    assert found["months"] == ["2026-06", "2026-08", "2026-11"]


async def test_recurrence_is_looked_for_in_the_last_months_of_the_period(year):
    july = await year.figures("themes", from_="2026-07-01", to="2026-07-31")
    assert (july["looked_at"][0], july["looked_at"][-1], july["recurring"]) == ("2026-02", "2026-07", [])
    december = await year.figures("themes", from_="2026-11-01", to="2027-03-31")
    assert (december["looked_at"][-1], len(december["recurring"])) == ("2026-11", 1)
    assert {(e["theme"], e["alerts"]) for e in december["themes"]} == {(VISITS, 1), (CORE, 1)}
    year.town.pass_time(days=30)  # in December, June is forgotten
    assert (await year.figures("themes"))["recurring"] == []


async def test_one_team_can_be_asked_for(year):
    west = await year.figures("themes", team="west")
    assert ([e["team"] for e in west["themes"]], west["recurring"]) == (["west"], [])
    east = await year.figures("themes", team="east", by="month")
    assert ({e["team"] for e in east["themes"]}, len(east["recurring"])) == ({"east"}, 1)
    assert (await year.asked_for("/v1/escalation_figures/themes", by="week")).status_code == 422
    assert (await year.asked_for("/v1/escalation_figures/themes", team="%20")).status_code == 422


async def test_siblings_praise_and_suggestions_are_counted_as_what_they_are(office):
    await office.suggestion()
    await office.child_of("east", "C-2")
    await office.raise_one(children=["C-1", "C-2"], team="east")
    await office.raise_one("C-2", kind="good_practice")
    await office.raise_one(team="east", theme=CORE)
    found = (await office.figures("themes"))["themes"]
    assert {(e["theme"], e["alerts"], e["child_alerts"]) for e in found} == {(VISITS, 1, 2), (CORE, 1, 0)}


async def test_a_month_is_london_s(office):
    await office.child_of("east", "C-1")
    office.town.clock.set(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    await office.raise_one("C-1")
    (found,) = (await office.figures("themes"))["themes"]
    assert list(found["by_month"]) == ["2026-07"]


async def test_a_theme_of_the_council_s_own_has_its_title(office):
    await office.child_of("east", "C-1")
    path = "/v1/escalation_themes/contact"
    answer = await office.town.ask("escalation", "PUT", path, {"title": "Contact"}, role=Role.IRO_MANAGER)
    assert answer.is_success, answer.text
    await office.raise_one("C-1", theme="contact")
    assert (await office.figures("themes"))["themes"][0]["title"] == "Contact"


def test_three_of_the_last_six_months_recur():
    assert (LOOKED_AT, AT_LEAST) == (6, 3)
    looked_at = months_looked_at(date(2027, 3, 31), today=date(2027, 1, 15))
    assert looked_at == months_between(date(2026, 8, 1), date(2027, 1, 1))
    assert len(looked_at) == LOOKED_AT
    assert not recurs(looked_at[:2], looked_at)
    assert recurs(looked_at[::2], looked_at)
    assert not recurs([date(2026, 7, 1), *looked_at[:2]], looked_at)
