"""How digests go out, and when: what an installation sets."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, SecretStr, StringConstraints, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.timescales.calendar import Calendar
from shared.timescales.london import LONDON

LOOPBACK = ("127.0.0.1", "::1", "localhost")
Mailbox = Annotated[str, StringConstraints(pattern=r"^[^\s@<>,;:\\\"]{1,64}@[A-Za-z0-9.-]{1,190}$")]
OptionalMailbox = Annotated[Mailbox | None, BeforeValidator(lambda value: value or None)]


class Tls(StrEnum):
    """How the way to the mail server is closed to others. Open only to this machine itself."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Days(StrEnum):
    """On which days digests go out."""

    WORKING = "working"
    EVERY = "every"


class Post(BaseSettings):
    """The mail server, and the hour in London at which digests go out. Without a host, none do."""

    model_config = SettingsConfigDict(env_prefix="DUECARE_", extra="ignore", hide_input_in_errors=True)

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65_535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: OptionalMailbox = None
    smtp_tls: Tls = Tls.STARTTLS
    digest_at: time = time(7)
    digest_days: Days = Days.WORKING
    digest_ahead_days: int = Field(default=14, ge=1, le=60)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.smtp_host and self.smtp_from is None:
            raise ValueError("DUECARE_SMTP_FROM is not set: whose address do digests come from?")
        if self.smtp_tls is Tls.NONE and self.smtp_host and self.smtp_host not in LOOPBACK:
            raise ValueError("DUECARE_SMTP_TLS=none is for a mail server on this machine alone.")
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("DUECARE_SMTP_USER and DUECARE_SMTP_PASSWORD go together.")
        if self.digest_at.tzinfo is not None:
            raise ValueError("DUECARE_DIGEST_AT is a time of day in London, such as 07:00.")
        return self

    @property
    def sends(self) -> bool:
        """Whether digests go out at all."""
        return bool(self.smtp_host)

    def has_come(self, now: datetime) -> bool:
        """Whether the London day of `now` (UTC) has reached its hour."""
        local = now.astimezone(LONDON)
        return local.replace(tzinfo=None).time() >= self.digest_at

    def counts(self, day: date, calendar: Calendar) -> bool:
        """Whether digests go out on this London day."""
        return self.digest_days is Days.EVERY or calendar.is_working_day(day)
