"""Lists are read in stretches: how many, after which one, and where the next begins."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request

After = Annotated[UUID | None, Query(description="The id of the last one you have seen.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]


def next_address(request: Request, found: Sequence[Any], limit: int, by: str = "id") -> str | None:
    """The address of the next stretch, if more than `limit` were found; None at the end. `by` is the field that the
    list goes on after."""
    if len(found) <= limit:
        return None
    url = request.url.include_query_params(after=getattr(found[limit - 1], by))
    return f"{url.path}?{url.query}"
