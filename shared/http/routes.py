"""The door every request comes through: who is asking, may they, one transaction, one answer.

The transaction is committed here, before the response leaves: a failed commit can never look like success.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, get_origin

from fastapi import Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth.access import check_access
from shared.auth.principal import Principal
from shared.auth.restricted import hide_restricted
from shared.db.session import authority_session
from shared.http import idempotency
from shared.http.door import Door
from shared.http.nothing import NothingToShow
from shared.http.strict_json import StrictRequest, read_body, read_lines
from shared.refusals import Contradiction

Handler = Callable[[Request], Awaitable[Any]]
READS = {"GET", "HEAD"}
KEEP = "kept_instead"  # of a request's state: the body that is stored beside its key in place of the answer's


class GuardedRoute(APIRoute):
    """A route for callers who show a token and hold a role that the service's access.py names."""

    def get_route_handler(self) -> Any:
        handler, parameters = super().get_route_handler(), _parameters(self.dependant)

        async def guarded(request: Request) -> Response:
            door: Door = request.app.state.door
            request.state.principal = await door.tokens.principal(request.headers.get("authorization"))
            check_access(door.access, f"{request.method} {self.path_format}", request.state.principal)
            _check_query(request, parameters)
            if request.method not in READS:
                request = await self.take_in(door, request)
            return await self.answer(door, request, handler)

        return guarded

    async def take_in(self, door: Door, request: Request) -> Request:
        """The request with its body read, which is one JSON value."""
        request = StrictRequest(request.scope, request.receive)
        await read_body(request, door.body_limit)
        return request

    async def answer(self, door: Door, request: Request, handler: Handler) -> Response:
        """What a guarded request gets."""
        response: Response = await handler(request)
        return response


def _parameters(dependant: Dependant) -> dict[str, bool]:
    """The parameters that the address may have, and whether each may be given several times: those that are lists."""
    found = {f.alias: get_origin(f.field_info.annotation) is list for f in dependant.query_params}
    for each in dependant.dependencies:
        found |= _parameters(each)
    return found


def _check_query(request: Request, parameters: dict[str, bool]) -> None:
    names = [name for name, _ in request.query_params.multi_items()]
    if not parameters.keys() >= set(names):
        # A filter that is misspelt would widen the answer. What was sent is not repeated: it may be a child's name.
        known = f"It may have: {', '.join(sorted(parameters))}." if parameters else "It has none."
        detail = f"The address has a parameter that is not known here. {known}"
        raise Contradiction(detail, code="unknown_parameter")
    # Readers of an address disagree on which of two values counts.
    once = [name for name in names if not parameters[name]]
    if len(once) != len(set(once)):
        raise Contradiction("A parameter of the address is given twice.", code="parameter_twice")


class ReadingRoute(GuardedRoute):
    """A guarded route that only reads, whatever its method: a question too long for an address is POSTed, and
    needs no key, as nothing is done twice."""

    async def answer(self, door: Door, request: Request, handler: Handler) -> Response:
        who: Principal = request.state.principal
        async with authority_session(door.engine, who.authority, read_only=True) as session:
            request.state.session = session
            await hide_restricted(session, who)
            response: Response = await handler(request)
            return response


class TransactionalRoute(GuardedRoute):
    """A guarded route whose work is one transaction; GET reads in a read-only one, and a POST needs a key."""

    async def answer(self, door: Door, request: Request, handler: Handler) -> Response:
        who: Principal = request.state.principal
        reads = request.method in READS
        key = idempotency.key_of(request) if request.method == "POST" else None
        async with authority_session(door.engine, who.authority, read_only=reads) as session:
            request.state.session = session
            await hide_restricted(session, who)
            if key is None:
                return await _shown(handler, request)
            return await _once(session, door, request, handler, key)


class LinkedRoute(APIRoute):
    """A route without a token, for who has its link: the handler finds by the secret in its address whose it is, reads
    in a transaction of its own, and answers 404 in the same words whatever is wrong. Each is named in its service's
    access.py, by itself."""


class LinesRoute(TransactionalRoute):
    """A transactional route whose body is one JSON value a line, and may be larger than others."""

    async def take_in(self, door: Door, request: Request) -> Request:
        await read_lines(request, door.import_limit)
        return request


async def _once(session: AsyncSession, door: Door, request: Request, handler: Handler, key: str) -> Response:
    who: Principal = request.state.principal
    print_ = await idempotency.fingerprint(request)
    if earlier := await idempotency.earlier_answer(session, who, key, print_, door.clock.now()):
        return earlier
    response = await _shown(handler, request)
    await idempotency.keep_answer(session, who, key, response, getattr(request.state, KEEP, None))
    return response


def keep_instead(request: Request, view: BaseModel) -> None:
    """A retry of this request shall be answered with this, and not with what the answer shows once."""
    setattr(request.state, KEEP, view.model_dump_json())


async def _shown(handler: Handler, request: Request) -> Response:
    try:
        response: Response = await handler(request)
    except NothingToShow:
        return Response(status_code=204)
    return response


# No waiting in these, and none of them a thread's work: a plain function would go to a thread and back.
async def _session(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


async def _principal(request: Request) -> Principal:
    principal: Principal = request.state.principal
    return principal


async def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


Session = Annotated[AsyncSession, Depends(_session)]
Caller = Annotated[Principal, Depends(_principal)]
AtDoor = Annotated[Door, Depends(_door)]
