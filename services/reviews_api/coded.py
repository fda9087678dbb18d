"""The codes in which officers, their allocations and their own support are told."""

from typing import Annotated, Any

from pydantic import Field

from shared.codes.lists import code_list
from shared.http.coded import CodeOf


def _titled(name: str) -> Any:
    return Field(description=f"{code_list(name).title}.")


AllocationReason = Annotated[str, CodeOf("allocation_reason"), _titled("allocation_reason")]
EndReason = Annotated[str, CodeOf("allocation_end_reason"), _titled("allocation_end_reason")]
SiblingReason = Annotated[str, CodeOf("sibling_reason"), _titled("sibling_reason")]
ConflictReason = Annotated[str, CodeOf("conflict_reason"), _titled("conflict_reason")]
SupervisionKind = Annotated[str, CodeOf("supervision_kind"), _titled("supervision_kind")]
Observed = Annotated[str, CodeOf("observed"), _titled("observed")]
