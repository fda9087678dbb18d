"""What is shown of an import and of its rows."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.bulk.models import Outcome
from shared.http.fields import View

DryRun = Annotated[
    bool, Query(description="Check every row in the same way, and keep nothing but the results.")
]
AfterLine = Annotated[int, Query(ge=0, le=10_000, description="The line of the last result you have seen.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
OfOutcome = Annotated[Outcome | None, Query(description="Only the rows that ended so.")]


class ImportView(View):
    """How far an import is. `done` is the sum of accepted (created, changed, withdrawn), unchanged, superseded and
    rejected; `finished_at` is null until all rows are done."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    dry_run: bool
    created_at: datetime
    rows: int
    done: int
    accepted: int
    unchanged: int
    superseded: int
    rejected: int
    finished_at: datetime | None


class ResultView(View):
    """What became of one line. A rejection has a code, a message and, where it is about one field, a pointer to it;
    what was sent is never repeated."""

    line: int = Field(description="The number of the line in the file, from 1.")
    record: str | None
    reference: str | None
    outcome: Outcome
    code: str | None
    pointer: str | None
    message: str | None


class ResultPage(View):
    """Results by line, and the address of what follows; null at the end of what is done."""

    items: list[ResultView]
    next: str | None
