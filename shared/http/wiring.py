"""From settings to a door: what each service's process makes at start-up."""

from pathlib import Path

from shared.auth.access import Access
from shared.auth.keys import FileKeys, KeySource, ProviderKeys
from shared.auth.tokens import TokenChecker, TokenRules
from shared.clock import Clock, SystemClock
from shared.db.engine import connect
from shared.deadlines.law import Law, law
from shared.http.door import Door
from shared.settings import Settings


def make_door(settings: Settings, role: str, access: Access, clock: Clock | None = None) -> Door:
    """The door of a service that works under database role `role`. Raises ValueError for missing settings."""
    if settings.database_url is None:
        raise ValueError("DATABASE_URL is not set.")
    clock = clock or SystemClock()
    rules = TokenRules(
        settings.oidc_issuer,
        settings.oidc_audience,
        settings.oidc_token_types,
        settings.oidc_roles_claim,
        settings.oidc_authority_claim,
    )
    return Door(
        engine=connect(settings.database_url, role, name=role, pool_size=settings.pool_size),
        clock=clock,
        law=_law(settings),
        tokens=TokenChecker(_keys(settings), rules, clock),
        access=access,
        body_limit=settings.body_limit,
        import_limit=settings.import_limit,
        contacts=settings.contacts,
        late_seconds=settings.late_seconds,
        links=settings.links,
    )


def _law(settings: Settings) -> Law:
    ruled = law(settings.practice)
    if ruled.catalogue.authority not in (None, settings.authority):
        raise ValueError(
            "DUECARE_POLICY or DUECARE_OVERLAY names another council's practice than DUECARE_AUTHORITY's: name "
            "its own, or leave both empty for England's timescales alone."
        )
    return ruled


def _keys(settings: Settings) -> KeySource:
    if settings.oidc_jwks_url:
        return ProviderKeys(settings.oidc_jwks_url)
    if settings.oidc_jwks_file:
        return FileKeys(Path(settings.oidc_jwks_file))
    raise ValueError(
        "Set DUECARE_OIDC_JWKS_URL to your provider's keys, or DUECARE_OIDC_JWKS_FILE to a file."
    )
