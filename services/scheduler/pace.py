"""How often the scheduler looks, and how much it takes at once."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Pace(BaseSettings):
    """The longest sleeps, in seconds, and the largest batches. Variables are named DUECARE_SWEEP_BATCH and so on."""

    model_config = SettingsConfigDict(env_prefix="DUECARE_", extra="ignore", hide_input_in_errors=True)

    sweep_seconds: float = Field(default=1.0, gt=0, le=60)
    relay_seconds: float = Field(default=0.25, gt=0, le=60)
    delivery_seconds: float = Field(default=0.25, gt=0, le=60)
    calendar_seconds: float = Field(default=1.0, gt=0, le=60)
    digest_seconds: float = Field(default=20.0, gt=0, le=600)
    sweep_batch: int = Field(default=1000, ge=1, le=10_000)
    relay_batch: int = Field(default=1000, ge=1, le=10_000)
    move_batch: int = Field(default=250, ge=1, le=2000)
    """Histories that follow a change of the calendar in one transaction; whoever writes one of them waits so long."""
    hold_seconds: float = Field(default=2.0, gt=0, le=60)
    """How long the feed stays its writer's after each batch: another scheduler takes over after that, at the latest."""
    replay_seconds: float = Field(default=1.0, gt=0, le=60)
    warning_seconds: float = Field(default=60.0, gt=0, le=3600)
    replay_batch: int = Field(default=1000, ge=1, le=10_000)
    """Events of a replay that are handed out in one transaction, and that may wait to be sent at once."""
    patience_hours: float = Field(default=120.0, gt=0)
    """How long nothing may reach a subscription before it is ended; longer than the schedule of retries."""
    lease_seconds: float = Field(default=30.0, gt=0)
    """How long a delivery is its taker's. An attempt ends with it: below 30, receivers have less time to answer."""
    heartbeat_seconds: int = Field(default=15, ge=1, le=60)
