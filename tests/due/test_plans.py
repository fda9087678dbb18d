"""The day's reads touch what they show and no more: every scan of a table that grows goes by an index, and by more of
it than the council."""

import pytest

from bench.overhearing import overheard
from tests.due.crowd import OTHERS, crowd, tidy
from tests.planning import is_by_an_index, plans, read_from_tables, scans

READS = (
    "/v1/due",
    "/v1/due?days=366&limit=200",
    "/v1/due?overdue=true",
    "/v1/due?overdue=false&after=1795996800000000.0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
    "/v1/due?timescale=timescale-3",
    "/v1/due?basis=local",
    "/v1/due?officer=iro-3",
    "/v1/due?team=team-3",
    "/v1/due?team=team-3&officer=iro-3&timescale=timescale-3&days=366",
    "/v1/caseloads/iro-3",
    "/v1/children/C-7",
    "/v1/children/C-7/timeline",
)
ROLE = "duecare_reviews"
# A council has a few thousand children, periods of care and exemptions: a planner may rightly read those as a whole.
GROWING = {
    "allocation",
    "breach",
    "deadline",
    "deadline_revision",
    "escalation",
    "escalation_child",
    "fact",
    "review",
}


@pytest.fixture
async def crowded(town, neighbour):
    """A council of 24,000 deadlines, and a smaller one beside it."""
    await crowd(town)
    await crowd(neighbour, OTHERS)
    await tidy(town)
    return town


async def test_every_read_of_the_day_goes_by_an_index(crowded):
    engine = crowded.apps["reviews"].state.door.engine
    for address in READS:
        with overheard(engine) as heard:
            answer = await crowded.ask("reviews", "GET", address)
        assert answer.status_code == 200, answer.text
        said = read_from_tables(heard)
        assert said, address
        looked = 0
        for generic in (False, True):
            for each, plan in zip(said, await plans(crowded, said, generic, ROLE), strict=True):
                for node in scans(plan, GROWING):
                    looked += 1
                    assert is_by_an_index(node), (node["Relation Name"], address, generic, each.query, node)
        assert looked, address


async def test_the_reads_of_a_crowd_show_what_was_put_there(crowded):
    day = (await crowded.ask("reviews", "GET", "/v1/caseloads/iro-3")).json()
    assert day["children_count"] == 80 and {len(each["deadlines"]) for each in day["children"]} == {3, 4}
    assert "passed" not in {line["standing"] for each in day["children"] for line in each["deadlines"]}
    assert (await crowded.ask("reviews", "GET", "/v1/due?officer=iro-3")).json()["items"]
    assert (await crowded.ask("reviews", "GET", "/v1/due?team=team-3")).json()["items"]
    timeline = (await crowded.ask("reviews", "GET", "/v1/children/C-7/timeline?limit=200")).json()
    assert len(timeline["items"]) >= 30
