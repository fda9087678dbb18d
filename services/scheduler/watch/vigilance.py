"""How closely the scheduler watches itself."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Vigilance(BaseSettings):
    """In seconds, but for the address. Variables are named DUECARE_BEAT_SECONDS and so on."""

    model_config = SettingsConfigDict(env_prefix="DUECARE_", extra="ignore", hide_input_in_errors=True)

    beat_seconds: float = Field(default=2.0, gt=0, le=60)
    """Between two heartbeats."""
    calm_seconds: float = Field(default=60.0, gt=0)
    """For how long clocks that were in doubt must have agreed before anything is recorded or told again."""
    deadman_url: str = Field(default="", pattern="^(https?://.+)?$", repr=False)
    """Asked for as long as all is well, as healthchecks.io and its like want it; empty for nowhere. A secret."""
    deadman_seconds: float = Field(default=60.0, gt=0)
    """Between two pings; and all is well if everything was swept and relayed within as long."""
