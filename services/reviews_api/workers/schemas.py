"""What is sent and shown of a worker."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from services.reviews_api.reviews.schemas import NextDeadline
from services.reviews_api.sourced import RecordView, SourcedBody
from services.reviews_api.workers.models import WorkerRole
from shared.http.fields import Body, BoundedDate, Line, Reference, View


def _is_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("send this as a number")
    return value


Fte = Annotated[
    Decimal,
    BeforeValidator(_is_number),
    Field(gt=0, le=1, max_digits=3, decimal_places=2, json_schema_extra={"type": "number"}),
]


# As HTML has it, without what few mail systems take: plain letters, one @, a host of more than one part.
MAILBOX = r"[A-Za-z0-9][A-Za-z0-9.!#$&'*+/=?^_`{|}~-]{0,63}"
HOST = r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
EmailAddress = Annotated[str, StringConstraints(pattern=f"^{MAILBOX}@{HOST}$", max_length=254)]


class EarlierPost(Body):
    """A team and a share of full time that were theirs until a day, London's, that day included."""

    until_on: BoundedDate
    team: Reference | None = None
    fte: Fte = Decimal(1)

    def stored(self) -> dict[str, str | None]:
        """As it is stored: 1 and 1.0 are the same share."""
        share = str(self.fte.quantize(Decimal("0.01")))
        return {"until_on": self.until_on.isoformat(), "team": self.team, "fte": share}


class WorkerBody(SourcedBody):
    """Somebody who works for the council."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"role": "iro", "team": "safeguarding", "fte": 0.6, "started_on": "2024-09-02"}
        }
    )

    role: WorkerRole
    team: Reference | None = Field(default=None, description="Your reference of the team.")
    fte: Fte = Field(default=Decimal(1), description="The share of full time: over 0, up to 1, two decimals.")
    earlier: list[EarlierPost] = Field(
        default_factory=list,
        max_length=50,
        description="Where team or share were others before, the oldest first: figures of that time count by these.",
    )
    started_on: BoundedDate = Field(description="London date on which they started in this role.")
    left_on: BoundedDate | None = Field(default=None, description="London date of their last day.")
    subject: Line | None = Field(default=None, description="The subject of their tokens, if they have any.")
    display_name: Line | None = Field(default=None, description="Shown to officers; never put in an event.")
    email: EmailAddress | None = Field(
        default=None, description="Where they are sent a digest of what is due."
    )
    digest: StrictBool = Field(default=True, description="Whether they want that digest.")

    def values(self, *but: str) -> dict[str, Any]:
        """The record's own fields; what was earlier, as it is stored."""
        return super().values(*but) | {"earlier": [each.stored() for each in self.earlier]}


class EarlierView(View):
    """How it was until a London date."""

    until_on: date
    team: str | None
    fte: float


class WorkerView(RecordView):
    """A worker; dates are London's."""

    role: WorkerRole
    team: str | None
    fte: float
    earlier: list[EarlierView]
    started_on: date
    left_on: date | None
    subject: str | None
    display_name: str | None
    email: str | None
    digest: bool


class WorkerPage(WorkerView):
    """A worker, and what an officer is owed: their supervision and the observation of their practice."""

    deadlines: list[NextDeadline]


class WorkerList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[WorkerView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
