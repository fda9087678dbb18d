"""Where the next stretch of a list begins."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from fastapi import Request


class Listed(Protocol):
    """One item of a list, which is cut by ids."""

    @property
    def id(self) -> UUID: ...


def next_address(request: Request, found: Sequence[Listed], limit: int) -> str | None:
    """The address of what follows the first `limit` of these; None where nothing does."""
    if len(found) <= limit:
        return None
    url = request.url.include_query_params(after=found[limit - 1].id)
    return f"{url.path}?{url.query}"
