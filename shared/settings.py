"""Everything that an installation may set, read once from the environment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _split(value: Any) -> Any:
    return (
        tuple(each.strip() for each in value.split(",") if each.strip()) if isinstance(value, str) else value
    )


CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
OptionalPath = Annotated[Path | None, BeforeValidator(lambda value: value or None)]


@dataclass(frozen=True, slots=True)
class Contacts:
    """How the reviewing officers, their manager and Cafcass are reached, in the council's words; None: not set."""

    officer: str | None = None
    manager: str | None = None
    cafcass: str | None = None


NO_CONTACTS = Contacts()


@dataclass(frozen=True, slots=True)
class Links:
    """Where a child's page is, and an escalation's, by our id: with `{id}` in the place of it."""

    child: str = "/v1/children/{id}"
    escalation: str = "/v1/escalations/{id}"

    def to_child(self, id: UUID) -> str:
        """The address of a child's page."""
        return self.child.replace(PLACE, str(id))

    def to_escalation(self, id: UUID) -> str:
        """The address of an escalation's page."""
        return self.escalation.replace(PLACE, str(id))


PLACE = "{id}"
DEFAULT_LINKS = Links()


def _with_a_place(value: str) -> str:
    if value and PLACE not in value:
        raise ValueError("needs {id} where the id belongs")
    return value


Template = Annotated[str, AfterValidator(_with_a_place)]


class Settings(BaseSettings):
    """Settings come from variables named DUECARE_..., and DATABASE_URL as everybody spells it."""

    model_config = SettingsConfigDict(env_prefix="DUECARE_", extra="ignore", hide_input_in_errors=True)

    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    home: Path = Path(".duecare")
    authority: str = "E08000014"
    authority_name: str = "Sefton"
    overlay: str = "sefton"
    """A council's practice that ships; empty for England's timescales alone."""
    policy: OptionalPath = None
    """A file with a council's own practice, which counts before `overlay`."""

    host: str = "127.0.0.1"
    reviews_port: int = 8001
    escalation_port: int = 8002
    scheduler_port: int = 8003

    oidc_issuer: str = "https://duecare.invalid/local"
    oidc_audience: str = "duecare"
    oidc_jwks_url: str | None = None
    oidc_jwks_file: Path | None = None
    oidc_token_types: CommaSeparated = ("at+jwt",)
    oidc_roles_claim: str = "roles"
    oidc_authority_claim: str = "authority"

    webhook_hosts: CommaSeparated = ()
    webhook_loopback: bool = False
    """Lets webhooks go to this machine over plain HTTP: for the demonstration and the tests only."""

    nats_url: SecretStr = Field(default=SecretStr(""), validation_alias="NATS_URL")
    """A NATS server with JetStream, which the feed is mirrored in; several with commas between; empty: no mirror."""
    nats_stream: str = Field(default="DUECARE", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    nats_credentials: OptionalPath = None
    """A credentials file, where the server asks for one."""
    nats_keep_days: int = Field(default=0, ge=0, le=36_500)
    """How long the stream keeps an event, as it is made; 0: for good."""

    officer_contact: str = ""
    manager_contact: str = ""
    cafcass_contact: str = ""
    """How Cafcass reaches the officers and their manager about a referral, and how they reach Cafcass."""

    late_seconds: float = Field(default=120.0, gt=0)
    """After so many seconds without a full sweep the scheduler counts as late."""
    child_link: Template = ""
    escalation_link: Template = ""
    """Where an e-mail or a calendar sends its reader: pages that know a child, or an escalation, by our id, which takes
    the place of `{id}`. Empty: the addresses of this installation's own services, without a host."""

    pool_size: int = 10
    body_limit: int = 1_048_576
    import_limit: int = 16_777_216

    @property
    def contacts(self) -> Contacts:
        """Those three; what is left empty is not set."""
        return Contacts(
            *(each or None for each in (self.officer_contact, self.manager_contact, self.cafcass_contact))
        )

    @property
    def links(self) -> Links:
        """Those two; what is left empty is our own."""
        return Links(self.child_link or DEFAULT_LINKS.child, self.escalation_link or DEFAULT_LINKS.escalation)

    @property
    def practice(self) -> str | None:
        """What is laid over England's timescales: the path of a file, the name of what ships, or None."""
        return (str(self.policy) if self.policy else self.overlay) or None
