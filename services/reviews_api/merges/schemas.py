"""What is sent and shown of two records that are one child's, and of one that is two's."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.children.schemas import ChildBody
from services.reviews_api.merges.models import MergeKind
from shared.http.fields import Body, Line, Reference, View


class MergeBody(Body):
    """This record is of a child who has another."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"into": "C-1002", "because": "Referred twice under two spellings."}}
    )

    into: Reference = Field(description="The reference of the record that stays.")
    because: Line = Field(description="Kept with the record; no names.")


class Receiver(ChildBody):
    """Whose records they are: a child that is held already, by reference alone, or a new one."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reference": "C-1003", "date_of_birth": "2015-01-09"}}
    )

    reference: Reference = Field(description="The child's reference.")

    @property
    def says_more(self) -> bool:
        """Whether it says anything but the reference, as only a new child needs."""
        return bool(self.model_fields_set - {"reference"})


class SplitBody(Body):
    """Some of this record's care periods and histories are another child's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "records": ["CP-1002-1"],
                "to": {"reference": "C-1003", "date_of_birth": "2015-01-09"},
                "because": "Two brothers were recorded as one.",
            }
        }
    )

    records: list[Reference] = Field(
        max_length=200,
        description="The references (or our ids) of the care periods and histories that move, with all in them. None "
        "only where a record that was merged before, and had nothing in it, stands again.",
    )
    to: Receiver = Field(
        description="The child they belong to: the reference of one that is held (also of one that was merged into "
        "this), or a new child's reference and details."
    )
    because: Line = Field(description="Kept with the record; no names.")


class MergeView(View):
    """A merge or a split as it was recorded. `moved` are the ids of the care periods and histories that went from one
    child to the other; `done_at` is UTC."""

    id: UUID
    kind: MergeKind
    from_child_id: UUID
    to_child_id: UUID
    moved: list[UUID]
    because: str
    done_by: str
    done_at: datetime


class MergeList(View):
    """Every merge and split that a record was part of, the earliest first."""

    items: list[MergeView]
