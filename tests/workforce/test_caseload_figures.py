"""How many children each officer has, against the Handbook's 50 to 70, now and as it was."""

from decimal import Decimal

import pytest

from services.reviews_api.caseload_figures.handbook import band, per_fte
from shared.auth.principal import Role
from tests.workforce.office import refusal

FIGURES = "/v1/caseload_figures"


@pytest.fixture
async def team(office):
    """Two officers of one team, one at half time, with three children and one."""
    await office.started("iro-1", fte=0.5, team="north")
    await office.started("iro-2", team="north")
    await office.came_into_care("C-1", "C-2", "C-3", "C-4")
    for child in ("C-1", "C-2", "C-3"):
        await office.allocated(child, "iro-1")
    await office.allocated("C-4", "iro-2", allocated_at="2026-11-10T09:00:00Z")
    return office


def by_officer(figures):
    return {each["officer"]: each["children"] for each in figures["officers"]}


@pytest.mark.parametrize(
    ("children", "fte", "wanted"),
    [
        (49, "1", "under"),
        (50, "1", "within"),
        (70, "1", "within"),
        (71, "1", "over"),
        (35, "0.5", "within"),
        (36, "0.5", "over"),
        (0, "1", "under"),
        (9, "0", None),
    ],
)
def test_a_full_time_officer_has_50_to_70_children(children, fte, wanted):
    assert band(children, Decimal(fte)) == wanted


def test_children_to_a_full_time_officer_are_rounded_to_one_decimal():
    assert (per_fte(77, Decimal("0.6")), per_fte(3, Decimal(0))) == (Decimal("128.3"), None)


async def test_officers_and_their_team_are_counted_with_their_share_of_full_time(team):
    shown = await team.read(FIGURES)
    assert by_officer(shown) == {"iro-1": 3, "iro-2": 1}
    half = shown["officers"][0]
    assert (half["fte"], half["per_fte"], half["band"], half["in_post"]) == (0.5, 6.0, "under", True)
    (north,) = shown["teams"]
    assert (north["team"], north["officers"], north["fte"], north["children"], north["per_fte"]) == (
        "north",
        2,
        1.5,
        4,
        2.7,
    )
    assert (shown["guidance"]["least"], shown["guidance"]["most"]) == (50, 70)
    assert shown["guidance"]["confirmed"] is False


async def test_an_officer_without_children_is_counted_and_one_nobody_told_of_has_no_share(team):
    await team.started("iro-3", team="south")
    await team.came_into_care("C-5")
    await team.allocated("C-5", "agency-1")
    shown = await team.read(FIGURES)
    assert by_officer(shown) == {"agency-1": 1, "iro-1": 3, "iro-2": 1, "iro-3": 0}
    unknown = shown["officers"][0]
    assert (unknown["fte"], unknown["per_fte"], unknown["band"], unknown["in_post"]) == (None,) * 4
    assert [(each["team"], each["per_fte"]) for each in shown["teams"]][-1] == (None, None)
    assert by_officer(await team.read(f"{FIGURES}?team=south")) == {"iro-3": 0}


async def test_the_figures_of_an_earlier_day_are_those_of_that_day(team):
    end = {"ended_at": "2026-11-20T09:00:00Z"}
    await team.ask("POST", "/v1/allocations/A-C-1-iro-1/end", end)
    assert by_officer(await team.read(FIGURES)) == {"iro-1": 2, "iro-2": 1}
    assert by_officer(await team.read(f"{FIGURES}?as_at=2026-11-19")) == {"iro-1": 3, "iro-2": 1}
    assert by_officer(await team.read(f"{FIGURES}?as_at=2026-11-09")) == {"iro-1": 3, "iro-2": 0}
    today = await team.read(f"{FIGURES}?as_at=2026-11-23")
    assert today["as_at"] == "2026-11-23T12:00:00Z"


async def test_a_child_counts_once_with_the_officer_allocated_last_and_not_after_care(team):
    await team.allocated("C-1", "iro-2", allocated_at="2026-11-12T09:00:00Z")
    over = {"child": "C-2", "started_on": "2026-10-05", "ended_on": "2026-11-20"}
    await team.town.put("/v1/care_periods/P-C-2", over, if_match='"1"')
    assert by_officer(await team.read(FIGURES)) == {"iro-1": 1, "iro-2": 2}


async def test_chairs_are_counted_apart_and_against_no_guidance(team):
    await team.started("chair-1", "cp_chair")
    await team.allocated("C-1", "chair-1", role="cp_chair")
    shown = await team.read(f"{FIGURES}?role=cp_chair")
    assert by_officer(shown) == {"chair-1": 1}
    assert shown["officers"][0]["band"] is None and shown["officers"][0]["per_fte"] == 1.0


async def test_month_by_month_the_last_is_now(team):
    await team.ask("POST", "/v1/allocations/A-C-1-iro-1/end", {"ended_at": "2026-11-20T09:00:00Z"})
    shown = await team.read(f"{FIGURES}/months?from=2026-09&to=2026-11")
    assert [(each["on"], by_officer(each)) for each in shown["months"]] == [
        ("2026-09-30", {}),
        ("2026-10-31", {"iro-1": 3, "iro-2": 0}),
        ("2026-11-23", {"iro-1": 2, "iro-2": 1}),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "?as_at=2026-11-24",
        "/months?from=2026-11&to=2026-10",
        "/months?from=2023-11&to=2026-11",
        "/months?from=2026-11&to=2026-12",
        "/months?from=2026-13&to=2026-13",
        "/months?from=2026-11",
        "?role=social_worker",
    ],
)
async def test_what_has_not_come_or_is_no_month_is_refused(office, query):
    answer = await office.ask("GET", FIGURES + query, role=Role.IRO_MANAGER)
    assert answer.status_code == 422


async def test_36_months_are_not_too_many(office):
    shown = await office.read(f"{FIGURES}/months?from=2023-12&to=2026-11")
    assert len(shown["months"]) == 36 and shown["months"][2]["on"] == "2024-02-29"


async def test_managers_and_analysts_read_them_and_officers_do_not(team):
    for role in (Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.ANALYST):
        assert (await team.ask("GET", FIGURES, role=role)).status_code == 200
    assert refusal(await team.ask("GET", FIGURES, role=Role.IRO)) == (403, "forbidden")


EARLIER = [
    {"until_on": "2026-03-31", "fte": 1, "team": "south"},
    {"until_on": "2026-10-31", "fte": 0.8, "team": "south"},
]


async def test_figures_of_a_day_count_by_the_share_and_the_team_of_that_day(office):
    await office.started("iro-1", fte=0.5, team="north", started_on="2025-10-01", earlier=EARLIER)
    shown = {}
    for day in ("2026-03-31", "2026-04-01", "2026-10-31", "2026-11-01"):
        (officer,) = (await office.read(f"{FIGURES}?as_at={day}"))["officers"]
        shown[day] = (officer["team"], officer["fte"])
    assert shown == {
        "2026-03-31": ("south", 1.0),
        "2026-04-01": ("south", 0.8),
        "2026-10-31": ("south", 0.8),
        "2026-11-01": ("north", 0.5),
    }
    (then,) = (await office.read(f"{FIGURES}?as_at=2026-10-31"))["teams"]
    assert (then["team"], then["fte"]) == ("south", 0.8)


@pytest.mark.parametrize(
    "earlier",
    [
        [EARLIER[1], EARLIER[0]],
        [EARLIER[0], EARLIER[0]],
        [EARLIER[0] | {"until_on": "1999-12-31"}],
        [EARLIER[0] | {"fte": 0}],
        [EARLIER[0] | {"until_on": "2026-12-24"}],
    ],
)
async def test_what_was_earlier_comes_in_its_order_and_lies_within_their_time(office, earlier):
    body = {"role": "iro", "started_on": "2025-10-01", "earlier": earlier}
    answer = await office.ask("PUT", "/v1/workers/iro-1", body)
    assert answer.status_code == 422
    assert "/earlier" in answer.text


async def test_the_same_share_written_otherwise_is_no_change(office):
    body = {"role": "iro", "started_on": "2025-10-01", "earlier": [EARLIER[0] | {"fte": 1}]}
    first = await office.ask("PUT", "/v1/workers/iro-1", body)
    again = await office.ask("PUT", "/v1/workers/iro-1", body | {"earlier": [EARLIER[0] | {"fte": 1.0}]})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["etag"] == first.headers["etag"]
