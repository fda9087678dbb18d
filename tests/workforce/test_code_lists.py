"""The codes of officers and allocations: those of the lists, in the code and in the database alike."""

import re

import pytest

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.workers.models import OFFICERS, WorkerRole
from shared.codes.lists import code_list

CHECKED = [
    ("worker_role_known", "worker_role"),
    ("supervision_kind_known", "supervision_kind"),
    ("practice_observed_known", "observed"),
    ("conflict_reason_known", "conflict_reason"),
    ("allocation_reason_known", "allocation_reason"),
    ("allocation_end_reason_known", "allocation_end_reason"),
    ("allocation_sibling_reason_known", "sibling_reason"),
]


@pytest.mark.parametrize(("constraint", "name"), CHECKED)
async def test_the_database_takes_the_codes_of_the_list_and_no_others(town, constraint, name):
    (row,) = await town.rows(
        "SELECT pg_get_constraintdef(oid) AS words FROM pg_constraint WHERE conname = :c", c=constraint
    )
    assert re.findall(r"'([a-z_0-9]+)'", row.words) == [code.code for code in code_list(name).codes]


def test_the_roles_are_those_of_the_list_and_officers_are_those_who_are_allocated():
    assert [code.code for code in code_list("worker_role").codes] == list(WorkerRole)
    assert {role.value for role in AllocationRole} == {role.value for role in OFFICERS}


def test_every_reason_for_another_officer_but_a_new_child_is_a_reason_for_an_end():
    reasons = {code.code for code in code_list("allocation_reason").codes}
    ends = {code.code for code in code_list("allocation_end_reason").codes}
    assert reasons - ends == {"new_in_care", "new_to_service"}
