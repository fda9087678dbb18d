"""`duecare verify` counts placements and legal statuses against the facts that they told."""

import pytest
from sqlalchemy import text

PLANTED = {
    "UPDATE placement SET started_on = started_on - 1": 1,
    "UPDATE placement SET ended_on = NULL": 1,
    "UPDATE placement SET notified_on = NULL, plan_completed_on = plan_completed_on + 1": 2,
    "UPDATE placement SET designated_on = designated_on + 1": 1,
    "UPDATE placement SET withdrawn_at = now(), withdrawn_because = 'No.'": 5,
    "UPDATE legal_status SET from_on = from_on + 1": 1,
}


@pytest.mark.parametrize(("planted", "found"), PLANTED.items())
async def test_a_record_that_its_facts_do_not_bear_out_is_found(record, council, planted, found):
    days = {"notified_on": "2026-09-02", "plan_completed_on": "2026-09-03", "ended_on": "2026-11-10"}
    designation = {"on": "2026-10-01", "intended_to_18": True}
    await record.placed("PL-1", "2026-09-01", designation=designation, **days)
    status = {"care_period": "CP-1", "status": "V2", "from_on": "2026-09-01"}
    await record.town.put("/v1/legal_statuses/LS-1", status)
    assert "facts_that_disagree" not in await council.faults()
    async with record.town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": record.town.authority})
        await connection.execute(text(planted))
    assert (await council.faults())["facts_that_disagree"] == found
