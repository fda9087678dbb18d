"""What managers look at touches what it shows and no more, however many years of alerts a council has."""

import pytest

from bench.overhearing import overheard
from shared.auth.principal import Role
from tests.due.crowd import tidy
from tests.escalation_figures.crowd import OTHERS, crowd
from tests.planning import conditions, indexes, is_by_an_index, plans, read_from_tables, reads_an_index, scans

READS = (
    "/v1/escalation_figures/raised?from=2026-04-01&to=2026-11-30",
    "/v1/escalation_figures/open",
    "/v1/escalation_figures/response_times?from=2026-04-01&to=2026-11-30",
    "/v1/escalation_figures/outcomes?from=2026-04-01&to=2026-11-30",
    "/v1/escalation_figures/themes?from=2026-04-01&to=2026-11-30",
    "/v1/escalation_figures/themes?from=2026-04-01&to=2026-11-30&team=team-3",
    "/v1/escalation_clocks",
    "/v1/escalation_clocks?running_out=7&only=whole&limit=200",
    "/v1/escalation_clocks?team=team-3&officer=iro-3",
    "/v1/escalation_clocks?after=1795996800000000.0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
)
GROWING = {
    "breach",
    "deadline",
    "escalation",
    "escalation_child",
    "escalation_promise",
    "escalation_stage",
    "escalation_step",
}
# Those under way are few, and this holds no other.
OF_FEW = {"escalation_under_way"}


@pytest.fixture
async def crowded(town, neighbour):
    """A council of 8,000 alerts, and a smaller one beside it."""
    await crowd(town)
    await crowd(neighbour.town, OTHERS)
    await tidy(town)
    return town


async def test_every_figure_and_the_list_go_by_an_index(crowded):
    engine = crowded.apps["escalation"].state.door.engine
    for address in READS:
        with overheard(engine) as heard:
            answer = await crowded.ask("escalation", "GET", address, role=Role.IRO_MANAGER)
        assert answer.status_code == 200, answer.text
        said, looked = read_from_tables(heard), 0
        for generic in (False, True):
            found = await plans(crowded, said, generic, "duecare_escalation")
            for each, plan in zip(said, found, strict=True):
                for node in scans(plan, GROWING):
                    looked += 1
                    few = reads_an_index(node) and indexes(node) <= OF_FEW
                    assert few or is_by_an_index(node), (
                        (address, generic, node["Relation Name"], indexes(node)),
                        (conditions(node), node.get("Filter"), each.query),
                    )
        assert looked, address


async def test_the_figures_of_a_crowd_count_what_was_put_there(crowded):
    async def figures(which):
        path = f"/v1/escalation_figures/{which}?from=2026-11-01&to=2026-11-20"
        return (await crowded.ask("escalation", "GET", path, role=Role.ANALYST)).json()

    raised = await figures("raised")  # one every ten hours
    assert (raised["formal"]["alerts"], raised["informal"]["alerts"]) == (46, 0)
    assert (await figures("outcomes"))["promises"]["made"] == 46
    still_open = (
        await crowded.ask("escalation", "GET", "/v1/escalation_figures/open", role=Role.ANALYST)
    ).json()
    assert still_open["all"] == {"alerts": 120, "child_alerts": 120, "overdue": 109, "past_whole": 109}
    listed = await crowded.ask("escalation", "GET", "/v1/escalation_clocks?limit=200", role=Role.IRO_MANAGER)
    assert len(listed.json()["items"]) == 200
    assert {each["breached"] for each in listed.json()["items"]} == {True}
