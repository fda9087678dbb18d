"""What a service's routes share: its engine, its clock, the law, its access rows, and how tokens are checked."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth.access import Access
from shared.auth.tokens import TokenChecker
from shared.clock import Clock
from shared.deadlines.law import Law
from shared.settings import DEFAULT_LINKS, NO_CONTACTS, Contacts, Links


@dataclass(frozen=True, slots=True)
class Door:
    """Made once per service, at start-up."""

    engine: AsyncEngine
    clock: Clock
    law: Law
    tokens: TokenChecker
    access: Access
    body_limit: int = 1_048_576
    import_limit: int = 16_777_216
    contacts: Contacts = NO_CONTACTS
    late_seconds: float = 120.0
    links: Links = DEFAULT_LINKS
