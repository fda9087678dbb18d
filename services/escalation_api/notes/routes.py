"""Officers' notes on an escalation: private, and never shown to whoever answers."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from services.escalation_api.escalations.ending import must_be_nobody_who_answered
from services.escalation_api.escalations.queries import get
from services.escalation_api.notes.models import Note
from services.escalation_api.notes.schemas import NoteBody, NoteList, NoteView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute

router = APIRouter(prefix="/v1/escalations/{id}/notes", tags=["notes"], route_class=TransactionalRoute)


@router.post("", status_code=201, summary="Write a note")
async def write_note(id: UUID, body: NoteBody, session: Session, who: Caller, door: AtDoor) -> NoteView:
    """A private note, or independent legal advice, which is privileged. It enters no event, answer or bundle."""
    escalation = await get(session, who.authority, id, lock=True)
    note = Note(
        authority_id=who.authority,
        escalation_id=escalation.id,
        kind=body.kind,
        words=body.words,
        written_by=who.subject,
        written_at=door.clock.now(),
    )
    session.add(note)
    await session.flush()
    return NoteView.model_validate(note)


@router.get("", summary="Read the notes")
async def read_notes(id: UUID, session: Session, who: Caller) -> NoteList:
    """Every note on an escalation, the first first; for officers alone, and for none who has answered it."""
    escalation = await get(session, who.authority, id)
    await must_be_nobody_who_answered(session, escalation, who)
    query = select(Note).where(Note.authority_id == who.authority, Note.escalation_id == escalation.id)
    found = await session.scalars(query.order_by(Note.id))
    return NoteList(items=[NoteView.model_validate(each) for each in found])
