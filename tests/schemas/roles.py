"""Who asks each operation: always somebody who may, as whoever may not learns nothing but that."""

from collections.abc import Mapping
from importlib import import_module

from services.cli.ports import SERVICES
from shared.auth.access import Access
from shared.auth.principal import Role

ACCESS: Mapping[str, Access] = {
    service: import_module(f"services.{service}.access").ACCESS for service in SERVICES
}
ORDERS = (
    (Role.CASE_SYSTEM, Role.IRO_MANAGER, Role.OPERATOR, Role.TEAM_MANAGER),
    (Role.IRO_MANAGER, Role.OPERATOR, Role.CASE_SYSTEM, Role.TEAM_MANAGER),
    (Role.AUDITOR, Role.IRO, Role.IRO_MANAGER, Role.OPERATOR, Role.CASE_SYSTEM, Role.TEAM_MANAGER),
)
"""Whom to prefer. Each order by itself reaches every operation."""


def role_for(service: str, operation: str, order: tuple[Role, ...] = ORDERS[0]) -> Role:
    """The first of the order who may use "METHOD /path"."""
    return next(role for role in order if role in ACCESS[service][operation])
