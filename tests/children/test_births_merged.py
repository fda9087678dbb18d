"""Deadlines that run from a birth stay themselves when the child turns out to have another record."""

import pytest

from services.cli.recount import Recount
from tests.children.twice import Twice

RUNNING = """
    SELECT d.id, d.due_on, d.outcome, c.reference FROM deadline d JOIN child c ON c.id = d.anchor_id
    WHERE d.timescale = 'cp-visit' AND d.outcome <> 'withdrawn' ORDER BY d.id
"""


@pytest.fixture
async def newborn(town):
    """A child on a plan, born last week, whose first visit is put off while the child is in hospital."""
    await town.put("/v1/children/C-1", {"date_of_birth": "2026-11-18"})
    await town.put("/v1/children/C-2", {"expected_on": "2026-11-25"})
    await town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    plan = {"child": "C-1", "started_on": "2026-11-02", "initial_category": "NEG"}
    await town.put("/v1/protection_plans/P-1", plan)
    (born,) = await town.rows(RUNNING)
    pause = {"kind": "pause", "from_on": "2026-11-24", "until_on": "2026-11-30"}
    granted = pause | {"because": "In hospital.", "approved_by": "manager-1"}
    await town.put("/v1/exemptions/X-1", granted | {"deadline": str(born.id)})
    return Twice(town)


async def recounted(town):
    law = town.apps["reviews"].state.door.law
    found = await Recount(town.owner, law, town.clock.now()).count(town.authority)
    return {fault: count for fault, count in found.items() if count}


async def test_the_visit_owed_from_the_birth_is_the_same_promise_still_paused(newborn):
    town = newborn.town
    (before,) = await town.rows(RUNNING)
    assert (await newborn.merge()).status_code == 200
    (after,) = await town.rows(RUNNING)
    assert (after.id, after.due_on, after.outcome) == (before.id, before.due_on, "open")
    assert after.reference == "C-2"
    exemption = (await town.ask("reviews", "GET", "/v1/exemptions/X-1")).json()
    assert (exemption["has_effect"], exemption["due_on"]) == (True, str(before.due_on))
    await newborn.noticed()
    assert await recounted(town) == {}


async def test_split_off_again_it_is_the_first_child_s_promise_as_before(newborn):
    town = newborn.town
    before = await town.rows(RUNNING)
    await newborn.merge()
    assert (await newborn.split("C-2", {"reference": "C-1"}, "H-1")).status_code == 200
    assert await town.rows(RUNNING) == before
    await newborn.noticed()
    assert await recounted(town) == {}


async def test_a_child_with_another_day_of_birth_is_owed_the_visit_from_that_day(newborn):
    town = newborn.town
    (before,) = await town.rows(RUNNING)
    brother = {"reference": "C-3", "date_of_birth": "2026-11-20"}
    await newborn.split("C-1", brother, "H-1")
    (after,) = await town.rows(RUNNING)
    assert (after.id, after.reference) == (before.id, "C-3") and after.due_on > before.due_on
    await newborn.noticed()
    assert await recounted(town) == {}
