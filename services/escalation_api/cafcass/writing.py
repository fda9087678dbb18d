"""Writing a referral to Cafcass: what it says, what Cafcass advised, and that legal advice was taken."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass import queries
from services.escalation_api.cafcass.models import Referral, ReferralChild
from services.escalation_api.cafcass.recording import read_by, record
from services.escalation_api.cafcass.schemas import Account, Advice, ChildAccount, LegalAdvice
from services.escalation_api.cafcass.transitions import REFERRAL, ReferralState, ReferralVerb
from services.escalation_api.children import child_id
from services.escalation_api.days import day_told
from services.escalation_api.notes.models import Note, NoteKind
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import check_version
from shared.refusals import Contradiction

OF_THE_REFERRAL = ("breach", "remedy", "impact", "timetable")
OF_A_CHILD = ("views", "consent", "advocate_offered", "advocate")


async def write(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Account
) -> Referral:
    """Replace what it says while it is drafted; what sought advice is a draft from then on. Saying the same again
    changes nothing.

    Raises NotFound, VersionRequired, Stale, TransitionRefused, Contradiction for a child who is not referred in it.
    """
    referral = await queries.get(session, who.authority, id, lock=True)
    check_version(if_match, referral.version)
    begins = referral.state == ReferralState.ADVICE_SOUGHT
    verb = ReferralVerb.DRAFT if begins else ReferralVerb.REWRITE
    REFERRAL.next(referral.state, verb)
    rows = {row.child_id: row for row in await queries.rows_of(session, referral)}
    told = await _told(session, rows, body, who.authority)
    if not _changes(referral, rows, told, body) and not begins:
        return referral
    for name in OF_THE_REFERRAL:
        setattr(referral, name, getattr(body, name))
    for child, row in rows.items():
        for name in OF_A_CHILD:
            setattr(row, name, getattr(told[child], name))
    return await record(session, door, referral, referral.step(verb, who.subject, door.clock.now()))


async def seek_advice(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Advice
) -> Referral:
    """Cafcass was asked while it is drafted. Raises NotFound, Stale, TransitionRefused, Contradiction."""
    referral = await read_by(session, who, id, if_match)
    now = door.clock.now()
    on = day_told(body.on, now)
    step = referral.step(ReferralVerb.SEEK_ADVICE, who.subject, now, body.note, on)
    referral.sought_advice(on, body.note)
    return await record(session, door, referral, step)


async def note_legal_advice(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: LegalAdvice
) -> Referral:
    """Its words become a privileged note on the escalation; the referral keeps when it was taken.

    Raises NotFound, Stale, TransitionRefused, Contradiction for a day to come.
    """
    referral = await read_by(session, who, id, if_match)
    now = door.clock.now()
    on = day_told(body.on, now)
    step = referral.step(ReferralVerb.NOTE_LEGAL_ADVICE, who.subject, now, on=on)
    referral.legal_advice_on = on
    session.add(
        Note(
            authority_id=who.authority,
            escalation_id=referral.escalation_id,
            kind=NoteKind.LEGAL_ADVICE,
            words=body.words,
            written_by=who.subject,
            written_at=now,
        )
    )
    return await record(session, door, referral, step)


async def _told(
    session: AsyncSession, rows: dict[UUID, ReferralChild], body: Account, authority: str
) -> dict[UUID, ChildAccount]:
    """What is told of each child; of one who is left out, nothing."""
    told: dict[UUID, ChildAccount] = {}
    for place, each in enumerate(body.children):
        child, pointer = await child_id(session, authority, each.child), f"/children/{place}/child"
        if child not in rows:
            raise Contradiction("That child is not referred here.", code="other_child", pointer=pointer)
        if child in told:
            raise Contradiction("A child is named twice.", pointer=pointer)
        told[child] = each
    return {child: told.get(child, ChildAccount(child="left-out")) for child in rows}


def _changes(
    referral: Referral, rows: dict[UUID, ReferralChild], told: dict[UUID, ChildAccount], body: Account
) -> bool:
    return any(getattr(referral, name) != getattr(body, name) for name in OF_THE_REFERRAL) or any(
        getattr(row, name) != getattr(told[child], name) for child, row in rows.items() for name in OF_A_CHILD
    )
