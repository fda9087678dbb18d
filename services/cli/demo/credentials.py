"""Keys and tokens of the demonstration: made for this installation, kept where only its owner can read them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from services.cli.issuer import AUDIENCE, ISSUER
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.settings import Settings

SUBJECTS = {Role.IRO: "iro-1"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token per role, the folder they are written in, and what the services must be told to believe them."""

    tokens: Mapping[Role, str]
    folder: Path
    environment: Mapping[str, str]


def make_credentials(settings: Settings, now: datetime) -> Credentials:
    """Tokens valid for 12 hours from `now` (UTC), each also in a file of its own."""
    home = settings.home.absolute()
    issuer = LocalIssuer(home / "keys", ISSUER, AUDIENCE)
    tokens = {
        role: issuer.token(SUBJECTS.get(role, f"demo-{role}"), settings.authority, role, now) for role in Role
    }
    folder = home / "tokens"
    folder.mkdir(mode=0o700, exist_ok=True)
    for role, token in tokens.items():
        _write(folder / role.value, token)
    return Credentials(tokens, folder, _believing(issuer))


def services_environment(
    credentials: Credentials, settings: Settings, database_url: str, given: Mapping[str, str]
) -> dict[str, str]:
    """The environment of the services: as given, but for this database, these keys and loopback webhooks."""
    kept = {name: value for name, value in given.items() if not name.upper().startswith("DUECARE_OIDC_")}
    ours = {"DATABASE_URL": database_url, "DUECARE_HOME": str(settings.home.absolute())}
    return kept | ours | dict(credentials.environment) | {"DUECARE_WEBHOOK_LOOPBACK": "1"}


def _believing(issuer: LocalIssuer) -> dict[str, str]:
    return {
        "DUECARE_OIDC_ISSUER": ISSUER,
        "DUECARE_OIDC_AUDIENCE": AUDIENCE,
        "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file),
    }


def _write(path: Path, token: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(token + "\n")
