"""What is sent to and from the routes of notes."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.escalation_api.escalations.schemas import Words
from services.escalation_api.notes.models import NoteKind
from shared.http.fields import Body, View


class NoteBody(Body):
    """A note that only officers read."""

    kind: NoteKind = NoteKind.PRIVATE
    words: Words = Field(examples=["The child asked me not to tell her mother."])


class NoteView(View):
    """A note, written at an instant (UTC) and never changed."""

    id: UUID
    kind: NoteKind
    words: str
    written_by: str
    written_at: datetime


class NoteList(View):
    """The notes on an escalation, the first first."""

    items: list[NoteView]
