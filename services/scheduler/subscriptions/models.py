"""Who asked to be told, and what was done about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.scheduler.subscriptions.keys import Scheme, SigningKey
from services.scheduler.subscriptions.states import SUBSCRIPTION, SubscriptionState, SubscriptionVerb
from shared.db.base import Base, new_id


class SubscriptionStep(Base, kw_only=True):
    """Who did what and when (UTC); never changed. `taken_by` is None where Duecare itself did it. `version` is the
    subscription's after the step, and `was` what the fields that were changed held before."""

    __tablename__ = "subscription_step"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    subscription_id: Mapped[UUID]
    version: Mapped[int]
    verb: Mapped[str]
    taken_by: Mapped[str | None]
    taken_at: Mapped[datetime]
    was: Mapped[dict[str, Any] | None] = mapped_column(JSONB, default=None)


class Subscription(Base, kw_only=True):
    """An address that is told of events: of these types (`deadline.*` meaning all of a family), teams and officers,
    None meaning all of them. Every verb returns the step it took, or raises TransitionRefused; None where it was so
    already. While it is paused its deliveries wait. `previous_secret` signs beside `secret` until `previous_until`
    (UTC). Since `failing_since` nothing has arrived, though it was tried, last at `tried_at` (None: nobody wrote that
    down yet); `warned_percent` of the time after which it is ended has been warned of. `acknowledged_position` is what
    its receiver says it holds. What has its place after `told_after` is told by its present wishes; of restricted
    children, where `hears_restricted`. Ended, never deleted.

    Secrets and `public_key` are base64 as in Standard Webhooks, with a prefix; whoever did something is the subject of
    their token; positions are of the feed, instants in UTC."""

    __tablename__ = "subscription"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    url: Mapped[str]
    types: Mapped[list[str] | None] = mapped_column(ARRAY(Text()))
    teams: Mapped[list[str] | None] = mapped_column(ARRAY(Text()), default=None)
    officers: Mapped[list[str] | None] = mapped_column(ARRAY(Text()), default=None)
    scheme: Mapped[str] = mapped_column(default=Scheme.HMAC)
    secret: Mapped[str] = mapped_column(repr=False)
    public_key: Mapped[str | None] = mapped_column(default=None)
    previous_secret: Mapped[str | None] = mapped_column(default=None, repr=False)
    previous_until: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    told_after: Mapped[int] = mapped_column(BigInteger, default=0)
    hears_restricted: Mapped[bool] = mapped_column(default=False)
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    paused_by: Mapped[str | None] = mapped_column(default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    tried_at: Mapped[datetime | None] = mapped_column(default=None)
    warned_percent: Mapped[int] = mapped_column(default=0)
    acknowledged_position: Mapped[int | None] = mapped_column(BigInteger, default=None)
    acknowledged_at: Mapped[datetime | None] = mapped_column(default=None)
    acknowledged_by: Mapped[str | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_because: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def state(self) -> SubscriptionState:
        """Where it stands; an end is the last of it, also of one that is paused."""
        if self.ended_at is not None:
            return SubscriptionState.ENDED
        return SubscriptionState.ACTIVE if self.paused_at is None else SubscriptionState.PAUSED

    @property
    def possible(self) -> list[str]:
        """What can be done with it now."""
        return SUBSCRIPTION.possible(self.state)

    @property
    def shown_secret(self) -> str | None:
        """What its receiver must hold: the secret of both sides, and never a private key."""
        return self.secret if self.scheme == Scheme.HMAC else None

    def begin(self) -> SubscriptionStep:
        """It is made, by whoever it says."""
        SUBSCRIPTION.next(None, SubscriptionVerb.SUBSCRIBE)
        return self._record(SubscriptionVerb.SUBSCRIBE, self.created_by, self.created_at)

    def change(self, by: str, at: datetime, here: int, **wanted: Any) -> SubscriptionStep | None:
        """Another address, other filters; those count for what has its place after `here`."""
        was = {name: getattr(self, name) for name in wanted if getattr(self, name) != wanted[name]}
        if not was:
            return None
        step = self._step(SubscriptionVerb.CHANGE, by, at, was)
        for name, value in wanted.items():
            setattr(self, name, value)
        if was.keys() - {"url"}:
            self.told_after = here
        return step

    def rotate(self, key: SigningKey, until: datetime, by: str, at: datetime) -> SubscriptionStep:
        """Sign with another key, and beside it with the one before until an instant; any older one is forgotten."""
        step = self._step(SubscriptionVerb.ROTATE, by, at)
        self.previous_secret, self.previous_until = (self.secret, until) if until > at else (None, None)
        self.scheme, self.secret, self.public_key = key.scheme, key.secret, key.public_key
        return step

    def ping(self, by: str, at: datetime) -> SubscriptionStep:
        """It is sent a trial event."""
        return self._step(SubscriptionVerb.PING, by, at)

    def pause(self, by: str, at: datetime) -> SubscriptionStep | None:
        """Keep for it what it would be told."""
        if self.state is SubscriptionState.PAUSED:
            return None
        step = self._step(SubscriptionVerb.PAUSE, by, at)
        self.paused_at, self.paused_by = at, by
        return step

    def resume(self, by: str, at: datetime) -> SubscriptionStep | None:
        """Tell it, and first what was kept."""
        if self.state is SubscriptionState.ACTIVE:
            return None
        step = self._step(SubscriptionVerb.RESUME, by, at)
        if self.failing_since and self.paused_at:  # nobody tried to reach it meanwhile
            self.failing_since += at - max(self.paused_at, self.failing_since)
            self.tried_at = self.tried_at and self.tried_at + (at - max(self.paused_at, self.tried_at))
        self.paused_at = self.paused_by = None
        return step

    def end(self, because: str, by: str | None, at: datetime) -> SubscriptionStep | None:
        """Tell this address no more."""
        if self.state is SubscriptionState.ENDED:
            return None
        step = self._step(SubscriptionVerb.END, by, at)
        self.ended_at, self.ended_because = at, because
        return step

    def _step(
        self, verb: SubscriptionVerb, by: str | None, at: datetime, was: dict[str, Any] | None = None
    ) -> SubscriptionStep:
        SUBSCRIPTION.next(self.state, verb)
        self.version += 1
        return self._record(verb, by, at, was)

    def _record(
        self, verb: SubscriptionVerb, by: str | None, at: datetime, was: dict[str, Any] | None = None
    ) -> SubscriptionStep:
        return SubscriptionStep(
            authority_id=self.authority_id,
            subscription_id=self.id,
            version=self.version,
            verb=verb,
            taken_by=by,
            taken_at=at,
            was=was,
        )
