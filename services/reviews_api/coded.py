"""Fields that hold a code of a published list, and the stretches in which lists are read."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from shared.codes.lists import code_list


def of_list(name: str) -> Callable[[str], str]:
    """A check that a value is a code of this list. Its ValueError names the codes there are."""
    known = [each.code for each in code_list(name).codes]

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return value

    return check


def shown(name: str) -> Any:
    """How a field with a code of this list is documented."""
    listed = code_list(name)
    return Field(
        description=f"{listed.title}.", json_schema_extra={"enum": [each.code for each in listed.codes]}
    )


AllocationReason = Annotated[str, AfterValidator(of_list("allocation_reason")), shown("allocation_reason")]
EndReason = Annotated[str, AfterValidator(of_list("allocation_end_reason")), shown("allocation_end_reason")]
SiblingReason = Annotated[str, AfterValidator(of_list("sibling_reason")), shown("sibling_reason")]
ConflictReason = Annotated[str, AfterValidator(of_list("conflict_reason")), shown("conflict_reason")]
SupervisionKind = Annotated[str, AfterValidator(of_list("supervision_kind")), shown("supervision_kind")]
Observed = Annotated[str, AfterValidator(of_list("observed")), shown("observed")]
