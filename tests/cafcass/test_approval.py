"""A second person approves a referral where the council's ladder wants one, and never the one who asked."""

import pytest

from shared.auth.principal import Role
from tests.cafcass.casework import SECOND

OWN = """
[[ladder]]
code              = "own-2026"
title             = "A ladder without a second approver"
from              = 2026-01-01
chairs            = true
decide            = "5 working days"
follow_up         = "20 working days"
suggestions_lapse = "10 working days"
second_approver   = false
ends              = "the chief executive"
basis             = "local"
source            = "This council's own protocol"
confirmed         = false

[[stage]]
ladder    = "own-2026"
code      = "alert"
title     = "Alert"
formal    = true
responder = "The team manager"
roles     = ["team_manager"]
limit     = "10 working days"
warn      = ["2 working days"]
silence   = "enable"
copied    = []
"""


async def test_a_referral_is_not_sent_before_a_second_person_approved_it(casework):
    drafted = await casework.drafted()
    assert "refer" not in drafted["possible"]
    answer = await casework.do(drafted["id"], "refer")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duecare:problem:second_approver_needed")
    assert "ask for approval" in answer.json()["detail"]
    waiting = await casework.done(drafted["id"], "ask_approval", {"because": "It cannot wait."})
    assert (await casework.do(drafted["id"], "refer")).status_code == 409
    assert (await casework.get(drafted["id"])).json() == waiting
    assert waiting["possible"] == ["approve", "send_back", "note_legal_advice", "withdraw"]


async def test_whoever_asked_does_not_approve_even_as_a_manager(casework):
    drafted = await casework.drafted()
    manager = {"role": Role.IRO_MANAGER, "by": "manager-1"}
    await casework.done(drafted["id"], "ask_approval", **manager)
    refused = await casework.do(drafted["id"], "approve", **manager)
    assert refused.status_code == 403 and "never the one who asked" in refused.json()["detail"]
    approved = await casework.done(drafted["id"], "approve", role=Role.IRO_MANAGER, by="manager-2")
    assert (approved["approved_by"], approved["approval_asked_by"]) == ("manager-2", "manager-1")


async def test_the_database_itself_refuses_one_person_in_both_parts_and_what_nobody_approved(casework):
    drafted = await casework.drafted()
    await casework.done(drafted["id"], "ask_approval")
    for wrong in (
        "approved_by = approval_asked_by",
        "state = 'referred', referred_at = now(), referred_by = 'x'",
    ):
        assert await casework.refused_by_the_database(f"UPDATE cafcass_referral SET {wrong}")


async def test_what_waits_for_approval_is_not_rewritten_and_what_is_sent_back_is_approved_anew(casework):
    approved = await casework.approved()
    assert (await casework.write(approved["id"], {"breach": "Something else."})).status_code == 409
    back = await casework.done(
        approved["id"], "send_back", {"because": "Say more of the impact."}, role=SECOND
    )
    assert (back["state"], back["approved_by"], back["approval_asked_by"]) == ("drafted", None, None)
    assert (await casework.do(approved["id"], "refer")).status_code == 409


class TestWithoutASecondApprover:
    @pytest.fixture
    def practice(self, told_of_little, tmp_path):
        """The council's own file lays its own ladder over Sefton's."""
        path = tmp_path / "own.toml"
        path.write_text(told_of_little.read_text() + OWN)
        return path

    async def test_a_draft_is_sent_straight_where_the_ladder_wants_no_second_person(self, casework):
        drafted = await casework.drafted()
        assert drafted["second_approver"] is False and "refer" in drafted["possible"]
        assert (await casework.done(drafted["id"], "refer"))["state"] == "referred"

    async def test_the_refusal_names_where_this_council_s_ladder_ends(self, casework):
        raised = await casework.story.raised()
        answer = await casework.begin(raised["id"])
        assert "ends with the chief executive" in answer.json()["detail"]
