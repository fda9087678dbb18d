"""`duecare verify` finds a bundle that is not as it was sent."""

import pytest

from services.cli.recount import Recount
from shared.db.engine import connect
from shared.deadlines.law import law


async def faults(casework):
    """The faults that are counted in this council, with how many of each."""
    town = casework.town
    engine = connect(town.database_url, "duecare_auditor", name="tests", pool_size=1)
    found = await Recount(engine, law(str(town.settings.policy)), town.clock.now()).count(town.authority)
    await engine.dispose()
    return {name: count for name, count in found.items() if count}


TAMPERED = (
    "UPDATE cafcass_bundle SET document = replace(document, 'given', 'refused') RETURNING 1",
    "UPDATE cafcass_bundle SET page = page || ' ' RETURNING 1",
    "DELETE FROM cafcass_bundle RETURNING 1",
)


@pytest.mark.parametrize("tampered", TAMPERED)
async def test_a_bundle_that_was_changed_or_lost_since_it_was_sent_is_counted(casework, tampered):
    await casework.drafted()
    await casework.referred()
    await casework.story.sweep_and_relay()
    assert await faults(casework) == {}
    assert await casework.town.rows(tampered, role=None)
    assert await faults(casework) == {"bundles_not_as_sent": 1}
