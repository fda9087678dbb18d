"""Digests as operations see them: that they go. Never an address, and nothing that they told."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from services.scheduler.digests.models import Failure, State
from shared.http.fields import BoundedDate, View

OfDay = Annotated[BoundedDate | None, Query(description="A London day; without one, today.")]
InState = Annotated[State | None, Query(description="Only those in this state.")]


class DigestView(View):
    """One worker's digest of one London day; the counts are of what it told."""

    worker_id: UUID
    digest_on: date
    state: State
    attempts: int
    sent_at: datetime | None
    failure: Failure | None = Field(description="Why the last attempt came to nothing.")
    status: int | None = Field(description="The mail server's code, where it gave one.")
    due: int | None
    overdue: int | None
    answered: int | None
    unanswered: int | None


class LineView(View):
    """One line of a digest."""

    title: str
    when: str = Field(examples=["due Fri 27 November 2026"])
    link: str = Field(description="Of a child or an escalation, by our id.")


class DigestPreview(View):
    """What a digest would tell now, the earliest first. Answers wait for the officer's decision; what is unanswered has
    run out of time."""

    due: list[LineView]
    overdue: list[LineView]
    answered: list[LineView]
    unanswered: list[LineView]


class DigestList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[DigestView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
