"""Sending a referral to Cafcass, and the bundle that goes with it: assembled until then, and kept from then on."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass.bundle import Assembled, assemble
from services.escalation_api.cafcass.models import Referral, SentBundle
from services.escalation_api.cafcass.page import page_of
from services.escalation_api.cafcass.queries import get
from services.escalation_api.cafcass.recording import read_by, record
from services.escalation_api.cafcass.schemas import Because
from shared.auth.principal import Principal
from shared.auth.restricted import hidden_in
from shared.http.door import Door
from shared.refusals import NotFound, TransitionRefused


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle as text: the document (JSON), the page (HTML), and the SHA-256 of each."""

    document: str
    page: str

    @property
    def document_sha256(self) -> str:
        """Of the document's bytes."""
        return _sha256(self.document)

    @property
    def page_sha256(self) -> str:
        """Of the page's bytes."""
        return _sha256(self.page)


async def refer(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Because
) -> Referral:
    """Send it, and keep the bundle as it was sent.

    Raises NotFound, Stale, TransitionRefused where it is not approved or something is missing that bars it.
    """
    referral = await read_by(session, who, id, if_match)
    step = referral.refer(who.subject, door.clock.now(), body.because)
    assembled = await assemble(session, door, referral)
    _must_be_whole(assembled)
    written = _written(assembled)
    session.add(
        SentBundle(
            authority_id=referral.authority_id,
            referral_id=referral.id,
            document=written.document,
            document_sha256=written.document_sha256,
            page=written.page,
            page_sha256=written.page_sha256,
            about=sorted(str(each) for each in assembled.about),
            sent_by=who.subject,
            sent_at=step.taken_at,
        )
    )
    return await record(session, door, referral, step)


async def bundle_of(session: AsyncSession, door: Door, who: Principal, id: UUID) -> Written:
    """The bundle as it was sent, or as it stands now where it is not sent yet.

    Raises NotFound, also where what was sent tells of a child whom the caller may not see.
    """
    referral = await get(session, who.authority, id)
    sent = await session.get(SentBundle, (who.authority, id))
    if sent is None:
        return _written(await assemble(session, door, referral))
    if {str(each) for each in hidden_in(session)} & set(sent.about):
        raise NotFound("referral")
    return Written(sent.document, sent.page)


def _must_be_whole(assembled: Assembled) -> None:
    barred = dict.fromkeys(each.words for each in assembled.bundle.missing if each.blocks)
    if barred:
        raise TransitionRefused(
            f"It cannot be sent yet: {' '.join(barred)} GET its bundle to see all that is missing.",
            code="something_missing",
        )


def _written(assembled: Assembled) -> Written:
    return Written(assembled.bundle.model_dump_json(), page_of(assembled.bundle))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
