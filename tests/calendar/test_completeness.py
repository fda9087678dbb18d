"""Nothing that a day can move is left out, whatever the rules are, and nothing is moved that it cannot."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest

from bench.caseload import caseload
from shared.deadlines.law import Law
from shared.timescales.calendar import england
from shared.timescales.facts import Fact
from tests.calendar.council import HELD, Council, Told
from tests.timescales.rows import written

TODAY = date(2026, 11, 23)
DAYS = [
    {"on": "2026-12-02"},
    {"on": "2026-11-24"},
    {"on": "2026-11-17", "announced_on": "2026-11-16"},
    {"on": "2027-02-01"},
    {"on": "2026-12-09", "instead_of": "2026-12-28"},
]


async def follow_each(almanac, council) -> int:
    """Each day is added and taken back, and every time all is as it would be from scratch; returns how many changed."""
    moved = 0
    for day in DAYS:
        before = await almanac.town.rows(HELD)
        added = (await almanac.add(**day)).json()["id"]
        await council.follow()
        await council.check()
        changed = [row for row in await almanac.town.rows(HELD) if row not in before]
        assert all(row.closed_on is None or row.closed_on >= TODAY for row in changed)
        moved += len(changed)
        await almanac.withdraw(added)
        await council.follow(batch=7)
        await council.check()
    return moved


async def test_what_is_stored_once_a_day_was_followed_is_what_the_facts_give_from_scratch(almanac):
    council = Council(almanac.town, almanac.town.apps["scheduler"].state.door.law)
    await council.settle(list(caseload(12, 8, TODAY - timedelta(days=1))))
    assert await follow_each(almanac, council) > 20


COMMON = (
    'history = "care_period"\nbasis = "local"\nsource = "Ours"\non_breach = "none"\n'
    "in_force = [{ from = 2011-04-01 }]\n"
)
ODD = {
    "counted": 'starts = { fact = "review.held" }\nlimit = "12 working days"\nstops = { fact = "review.began" }\n'
    'warn = ["5 working days"]\npause = true\nextension = "10 working days"\nwaiver = true\n',
    "sooner": 'starts = { fact = "review.held" }\nlimit = "2 months"\nstops = { fact = "care_plan.updated" }\n'
    'or_earlier = { fact = "visit.made", limit = "15 working days" }\nwarn = ["20 working days"]\n',
    "backwards": 'starts = { fact = "review.scheduled" }\nlimit = "8 working days before"\n'
    'stops = { fact = "review.invitations_sent", already = true, same_record = true }\nwarn = ["5 working days"]\n',
    "halfway": 'starts = { fact = "review.held" }\nlimit = "halfway to sooner, counted"\n'
    'stops = { fact = "midpoint_check.completed" }\nwarn = ["2 working days"]\n',
    "only-if-due-then": 'starts = { fact = "review.held" }\nlimit = "30 working days"\n'
    'stops = { fact = "care_plan.updated" }\nelapsed = [{ since = "child.born", from = "10 years", at = "due" }]\n'
    'warn = ["10 working days"]\n',
    "until-planned": 'starts = { fact = "review.held" }\nlimit = "25 working days"\n'
    'stops = { fact = "review.scheduled" }\nwarn = ["5 working days"]\n',
    "only-warned": 'starts = { fact = "review.held" }\nlimit = "3 months"\nstops = { fact = "review.held" }\n'
    'warn = ["20 working days", "1 working day"]\n',
}
DECIDED_WHEN_DUE = (
    'starts = { fact = "review.held" }\nlimit = "10 working days"\nstops = { fact = "care_plan.updated" }\n'
    'history = "care_period"\nbasis = "local"\nsource = "Ours"\non_breach = "none"\nvalue_on = "due"\n'
    'in_force = [{ from = 2011-04-01, to = 2026-12-03 }, { from = 2026-12-04, limit = "20 working days" }]\n'
)


def odd_rows() -> str:
    rows = [f'[[timescale]]\ncode = "{code}"\ntitle = "{code}"\n{row}{COMMON}' for code, row in ODD.items()]
    rows.append(f'[[timescale]]\ncode = "decided-when-due"\ntitle = "Decided when due"\n{DECIDED_WHEN_DUE}')
    return "\n".join(rows)


def odd_history(chance: random.Random) -> Told:
    """Reviews, visits, plans and grants at random, on days around today; the child's birthday is soon."""

    def new() -> UUID:
        return UUID(int=chance.getrandbits(128), version=4)

    def day(first: int, last: int) -> date:
        return TODAY + timedelta(days=chance.randrange(first, last))

    child = new()
    birthday = date(2016, 12, 1) + timedelta(days=chance.randrange(40))
    facts = [
        Fact("care_period.started", new(), TODAY - timedelta(days=400)),
        Fact("child.born", child, birthday),
    ]
    for _ in range(chance.randrange(1, 4)):
        review, held = new(), day(-60, 0)
        facts.append(Fact("review.held", review, held))
        for code in ("counted", "halfway"):
            facts += _grants(chance, code, review, held, new())
    for _ in range(chance.randrange(3)):
        facts.append(Fact("review.scheduled", new(), day(-5, 40)))
    for kind in ("visit.made", "care_plan.updated", "midpoint_check.completed"):
        if chance.random() < 0.4:
            facts.append(Fact(kind, new(), day(-30, 0)))
    return Told("care_period", new(), child, facts)


def _grants(chance: random.Random, code: str, anchor: UUID, held: date, record: UUID) -> list[Fact]:
    about = {"timescale": code, "anchor": str(anchor)}
    first = held + timedelta(days=chance.randrange(1, 20))
    until = first + timedelta(days=chance.randrange(1, 25))
    on = min(TODAY - timedelta(days=1), held + timedelta(days=chance.randrange(10)))
    match chance.randrange(5):
        case 0:
            return [
                Fact("pause.granted", record, on, None, about | {"from": str(first), "until": str(until)})
            ]
        case 1:
            return [Fact("exemption.granted", record, on, None, about | {"until": str(until)})]
        case 2:
            return [Fact("exemption.granted", record, on, None, about)]
        case _:
            return []


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_same_holds_for_rules_as_odd_as_a_council_could_write_them(almanac, tmp_path, seed):
    chance = random.Random(seed)
    council = Council(almanac.town, Law(written(tmp_path, odd_rows()), england()))
    await council.settle([odd_history(chance) for _ in range(40)])
    assert await follow_each(almanac, council) > 20


async def test_a_pause_that_ends_with_a_day_off_reaches_beyond_the_date(almanac, tmp_path):
    """Extended to a Sunday, then paused until the Friday: with that Friday off, the date is the Thursday before."""
    child, review, about = UUID(int=1), UUID(int=2), {"timescale": "counted", "anchor": str(UUID(int=2))}
    facts = [
        Fact("care_period.started", UUID(int=3), date(2026, 9, 1)),
        Fact("review.held", review, date(2026, 11, 16)),
        Fact("exemption.granted", UUID(int=4), date(2026, 11, 19), None, about | {"until": "2026-12-06"}),
        Fact(
            "pause.granted",
            UUID(int=5),
            date(2026, 11, 20),
            None,
            about | {"from": "2026-12-06", "until": "2026-12-11"},
        ),
    ]
    council = Council(almanac.town, Law(written(tmp_path, odd_rows()), england()))
    await council.settle([Told("care_period", UUID(int=6), child, facts)])
    added = (await almanac.add(on="2026-12-11")).json()["id"]
    await council.follow()
    assert await almanac.due("counted") == "2026-12-10"
    await almanac.withdraw(added)
    await council.follow()
    assert await almanac.due("counted") == "2026-12-11"


async def test_a_day_that_touches_nothing_moves_nothing(almanac):
    council = Council(almanac.town, almanac.town.apps["scheduler"].state.door.law)
    await council.settle(list(caseload(10, 5, TODAY - timedelta(days=1))))
    await almanac.add(on="2028-07-04")
    assert await council.follow() == 0
    assert await almanac.town.rows("SELECT 1 FROM deadline_revision") == []
