"""Which roles may use which route: one row per route, and a route without a row does not start."""

from collections.abc import Mapping

from shared.auth.principal import Principal, Role
from shared.refusals import Forbidden

Access = Mapping[str, frozenset[Role]]
"""Rows of "METHOD /path/{template}" and the roles that may use it."""


def roles(*names: Role) -> frozenset[Role]:
    """A row's roles."""
    return frozenset(names)


def check_access(access: Access, route: str, principal: Principal) -> None:
    """Raise Forbidden unless one of the caller's roles is in the route's row."""
    if not access[route] & principal.roles:
        raise Forbidden("Your role may not do this.")


def check_complete(access: Access, routes: set[str]) -> None:
    """Raise LookupError, at start-up, for a route without a row or a row without a route."""
    if missing := sorted(routes - set(access)):
        raise LookupError(f"routes without a row in access.py: {', '.join(missing)}")
    if stale := sorted(set(access) - routes):
        raise LookupError(f"rows in access.py without a route: {', '.join(stale)}")
