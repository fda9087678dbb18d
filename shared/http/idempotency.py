"""One answer per idempotency key, stored in the transaction that did the work."""

import hashlib
import re
from datetime import datetime, timedelta

from fastapi import Request, Response
from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth.principal import Principal
from shared.http.models import IdempotencyKey
from shared.refusals import Contradiction, KeyReused

KEPT_HEADERS = ("etag", "location", "content-type")
KEPT_FOR = timedelta(days=7)
KEY = re.compile(r"[\x21-\x7e]{1,200}")


def key_of(request: Request) -> str:
    """The request's Idempotency-Key. Raises Contradiction where a POST has none, or an unusable one."""
    key = request.headers.get("idempotency-key", "").strip().strip('"')
    if not KEY.fullmatch(key):
        raise Contradiction(
            "Every POST needs an Idempotency-Key header: up to 200 printable characters, new for each new request.",
            code="idempotency_key_required",
            pointer="header/idempotency-key",
        )
    return key


async def fingerprint(request: Request) -> str:
    """What makes two requests the same one: method, address and body."""
    body, query = await request.body(), request.url.query
    address = f"{request.url.path}?{query}" if query else request.url.path
    return hashlib.sha256(f"{request.method} {address}\n".encode() + body).hexdigest()


async def earlier_answer(
    session: AsyncSession, who: Principal, key: str, print_: str, now: datetime
) -> Response | None:
    """The answer this key already got, or None, the key then being taken for this request.

    A second request with the key waits here until the first has committed. Raises KeyReused where the key
    came with another request.
    """
    mine = {"authority_id": who.authority, "caller": who.subject, "key": key}
    taken = insert(IdempotencyKey).values(**mine, fingerprint=print_, created_at=now)
    if (await session.execute(taken.on_conflict_do_nothing().returning(IdempotencyKey.key))).first():
        await _forget_old_keys(session, who.authority, now)
        return None
    row = (await session.execute(select(IdempotencyKey).filter_by(**mine))).scalar_one()
    if row.fingerprint != print_:
        raise KeyReused("This idempotency key was used before, with another request. Use a new key.")
    assert row.status is not None
    return Response((row.body or "").encode(), row.status, row.headers or {})


async def _forget_old_keys(session: AsyncSession, authority: str, now: datetime) -> None:
    # Here rather than in a job, because no service may see another's answers. What another request is forgetting just
    # now is left to it: nobody waits for the whole of that request.
    this = IdempotencyKey
    old = (
        select(this.caller, this.key)
        .where(this.authority_id == authority, this.created_at < now - KEPT_FOR)
        .with_for_update(skip_locked=True)
    )
    await session.execute(
        delete(this)
        .where(this.authority_id == authority, tuple_(this.caller, this.key).in_(old))
        .execution_options(synchronize_session=False)
    )


async def keep_answer(
    session: AsyncSession, who: Principal, key: str, response: Response, body: str | None = None
) -> None:
    """Store the answer beside the work it reports; with this body where its own is shown once and kept nowhere."""
    kept = bytes(response.body).decode() if body is None else body
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    await session.execute(
        update(IdempotencyKey)
        .filter_by(authority_id=who.authority, caller=who.subject, key=key)
        .values(status=response.status_code, headers=headers, body=kept)
        .execution_options(synchronize_session=False)
    )
