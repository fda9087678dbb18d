"""An answer to an escalation: drafted, sent, and decided on by the officer. Once sent, its words stand."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id
from shared.lifecycle import Lifecycle
from shared.refusals import TransitionRefused
from shared.timescales.london import london_date


class ResponseState(StrEnum):
    """Where an answer stands. One that is passed over was left undecided when the escalation went on."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    PASSED_OVER = "passed_over"
    DISCARDED = "discarded"


class ResponseVerb(StrEnum):
    """What is done with an answer."""

    DRAFT = "draft"
    REWRITE = "rewrite"
    SEND = "send"
    DISCARD = "discard"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    REJECT = "reject"
    PASS_OVER = "pass_over"  # noqa: S105 - a step, no word to pass by


RESPONSE = Lifecycle(
    noun="response",
    steps={
        None: {ResponseVerb.DRAFT: ResponseState.DRAFT},
        ResponseState.DRAFT: {
            ResponseVerb.REWRITE: ResponseState.DRAFT,
            ResponseVerb.SEND: ResponseState.SENT,
            ResponseVerb.DISCARD: ResponseState.DISCARDED,
        },
        ResponseState.SENT: {
            ResponseVerb.ACCEPT: ResponseState.ACCEPTED,
            ResponseVerb.ACCEPT_PARTLY: ResponseState.PARTLY_ACCEPTED,
            ResponseVerb.REJECT: ResponseState.REJECTED,
            ResponseVerb.PASS_OVER: ResponseState.PASSED_OVER,
        },
        ResponseState.ACCEPTED: {},
        ResponseState.PARTLY_ACCEPTED: {},
        ResponseState.REJECTED: {},
        ResponseState.PASSED_OVER: {},
        ResponseState.DISCARDED: {},
    },
    done={
        ResponseVerb.DRAFT: "drafted",
        ResponseVerb.REWRITE: "rewritten",
        ResponseVerb.SEND: "sent",
        ResponseVerb.DISCARD: "discarded",
        ResponseVerb.ACCEPT: "accepted",
        ResponseVerb.ACCEPT_PARTLY: "accepted in part",
        ResponseVerb.REJECT: "rejected",
        ResponseVerb.PASS_OVER: "passed over",
    },
    reactions=frozenset({ResponseVerb.DRAFT, ResponseVerb.PASS_OVER}),
    advice="Nothing more can be done with it; if the escalation is open, it can be answered anew.",
)


class Response(Base, kw_only=True):
    """An answer given at one visit of a stage. `promises` are the actions that it offers: each its `action`, `due_on`
    (London) and perhaps `by_whom`. Instants are UTC."""

    __tablename__ = "escalation_response"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
        ForeignKeyConstraint(
            ["authority_id", "stage_id"], ["escalation_stage.authority_id", "escalation_stage.id"]
        ),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    stage_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(init=False, default=ResponseState.DRAFT)
    answer: Mapped[str]
    promises: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    sent_by: Mapped[str | None] = mapped_column(init=False, default=None)
    sent_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    decided_by: Mapped[str | None] = mapped_column(init=False, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    decided_because: Mapped[str | None] = mapped_column(init=False, default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    def rewrite(self, answer: str, promises: list[dict[str, Any]]) -> None:
        """A draft says something else."""
        self._take(ResponseVerb.REWRITE)
        self.answer, self.promises = answer, promises

    def send(self, by: str, at: datetime) -> None:
        """From now on its words stand, and the officer decides. Raises TransitionRefused where what it promises was
        for a day that has gone by since it was drafted."""
        self._take(ResponseVerb.SEND)
        if any(date.fromisoformat(each["due_on"]) < london_date(at) for each in self.promises):
            raise TransitionRefused(
                "An action is promised for a day to come, and one of these days has gone by: rewrite it first.",
                code="promise_gone_by",
            )
        self.sent_by, self.sent_at = by, at

    def discard(self) -> None:
        """A draft is given up."""
        self._take(ResponseVerb.DISCARD)

    def decide(self, verb: ResponseVerb, by: str, at: datetime, because: str | None) -> None:
        """The officer accepts it, in full or in part, or rejects it."""
        self._take(verb)
        self.decided_by, self.decided_at, self.decided_because = by, at, because

    def leave(self) -> None:
        """The escalation went on, or ended, without it: a draft is discarded, what was sent is passed over."""
        draft = self.state == ResponseState.DRAFT
        self._take(ResponseVerb.DISCARD if draft else ResponseVerb.PASS_OVER)

    @property
    def possible(self) -> list[str]:
        """What a person can do with it now."""
        return RESPONSE.possible(self.state)

    def _take(self, verb: ResponseVerb) -> None:
        self.state = RESPONSE.next(self.state, verb)
        self.version += 1
