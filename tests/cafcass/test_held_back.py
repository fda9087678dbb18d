"""Nothing stands between a child and Cafcass but the law: no manager who answered, and no file that lost a ladder."""

import pytest
from sqlalchemy import text

from shared.auth.principal import Role

WHY = {"because": "It is being put right."}


@pytest.mark.parametrize("verb", ["approve", "send_back"])
async def test_a_manager_who_answered_the_alert_does_not_judge_the_referral(casework, verb):
    drafted = await casework.drafted()
    alert = (await casework.alert(drafted["id"])).strip("/")
    await casework.answered(alert, decide=None)
    await casework.done(drafted["id"], "ask_approval")
    own = await casework.do(drafted["id"], verb, WHY, role=Role.SENIOR_MANAGER, by="manager-1")
    assert own.status_code == 403 and "have answered" in own.json()["detail"]
    await casework.done(drafted["id"], verb, WHY, role=Role.SENIOR_MANAGER, by="head-2")


async def test_whoever_answered_the_alert_does_not_withdraw_the_referral(casework):
    drafted = await casework.drafted()
    await casework.answered((await casework.alert(drafted["id"])).strip("/"), decide=None)
    assert (await casework.do(drafted["id"], "withdraw", WHY, by="manager-1")).status_code == 403
    assert (await casework.get(drafted["id"])).json()["state"] == "drafted"


async def test_a_child_is_referred_also_where_the_file_has_lost_the_ladder_of_the_alert(casework):
    alert = await casework.raised()
    async with casework.town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": casework.town.authority})
        await connection.execute(text("UPDATE escalation SET ladder = 'no-more'"))
    begun = await casework.begin(alert, {})
    assert (begun.status_code, begun.json()["state"]) == (201, "drafted")
