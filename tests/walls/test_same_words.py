"""What services that know nothing of each other each spell out for themselves, and must spell alike."""

from pathlib import Path

from services.cli.recount import __file__ as recount
from services.escalation_api.escalations.transitions import UNDER_WAY
from services.scheduler.digests import readers, statement
from shared.events.words import OFFICER_ROLES


def listed(words):
    return "({})".format(", ".join(f"'{each}'" for each in words))


def test_a_digest_and_a_recount_take_the_same_escalations_to_be_under_way_as_those_who_climb_them():
    for text in (statement.TO_OFFICER, statement.TO_TEAM, Path(recount).read_text()):
        assert f"e.state IN {listed(UNDER_WAY)}" in text


def test_a_digest_is_for_every_role_that_an_officer_can_have():
    assert f"w.role IN {listed(OFFICER_ROLES)}" in readers.TOLD
