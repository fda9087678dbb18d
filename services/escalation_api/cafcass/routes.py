"""The routes of referrals to Cafcass: beginning one, reading them, and writing what it says."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.escalation_api.cafcass import queries, writing
from services.escalation_api.cafcass.answering import answer
from services.escalation_api.cafcass.beginning import begin
from services.escalation_api.cafcass.schemas import Account, Advice, Beginning, LegalAdvice
from services.escalation_api.cafcass.transitions import ReferralState
from services.escalation_api.cafcass.views import ReferralList, ReferralView
from services.escalation_api.children import child_id
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP, problem_responses
from shared.http.versions import IfMatch

router = APIRouter(prefix="/v1", tags=["cafcass referrals"], route_class=TransactionalRoute)

ON_BEGINNING = problem_responses(409)
ON_WRITING = problem_responses(409, 412, 428)


@router.post(
    "/escalations/{id}/cafcass_referrals",
    status_code=201,
    summary="Begin a referral to Cafcass",
    responses=ON_BEGINNING,
)
async def begin_referral(
    id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Beginning | None = None,
) -> ReferralView:
    """Begin a referral under section 25B(3)(a) of the Children Act 1989, by seeking Cafcass's advice or as a draft, at
    any stage of an escalation that is under way. It runs beside the ladder, whose stages and clocks go on. Only for
    children who are looked after today; of siblings, for those who are named. One at a time."""
    referral = await begin(session, door, who, id, body or Beginning())
    response.headers["Location"] = f"/v1/cafcass_referrals/{referral.id}"
    return await answer(session, response, referral)


@router.get("/cafcass_referrals", summary="List referrals to Cafcass", responses=problem_responses(404))
async def list_referrals(
    request: Request,
    session: Session,
    who: Caller,
    state: ReferralState | None = None,
    escalation: UUID | None = None,
    child: Reference | None = None,
    after: After = None,
    limit: Limit = 50,
) -> ReferralList:
    """Referrals in the order in which they were begun, narrowed by what is asked. `next` is the address of what
    follows."""
    about = await child_id(session, who.authority, child) if child else None
    asked = queries.Asked(state, escalation, about, after, limit + 1)
    found = await queries.stretch(session, who.authority, asked)
    return ReferralList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/cafcass_referrals/{referral_id}", summary="Read a referral to Cafcass")
async def read_referral(referral_id: UUID, session: Session, who: Caller, response: Response) -> ReferralView:
    """One referral with every step it has taken, and what can be done with it now."""
    return await answer(session, response, await queries.get(session, who.authority, referral_id))


@router.put("/cafcass_referrals/{referral_id}", summary="Write what a referral says", responses=ON_WRITING)
async def write_referral(
    referral_id: UUID,
    body: Account,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """Replace what it says, while it is drafted: the breach and the remedy sought, the impact and the child's
    timetable, and of each child the views, the consent and the advocate. One that sought advice is a draft from then
    on. The same again changes nothing."""
    return await answer(
        session, response, await writing.write(session, door, who, referral_id, if_match, body)
    )


@router.post(
    "/cafcass_referrals/{referral_id}/seek_advice",
    summary="Record advice sought from Cafcass",
    responses=ON_A_STEP,
)
async def seek_advice(
    referral_id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Advice | None = None,
    if_match: IfMatch = None,
) -> ReferralView:
    """Cafcass was asked for advice while the referral is drafted: when, and what was said."""
    done = await writing.seek_advice(session, door, who, referral_id, if_match, body or Advice())
    return await answer(session, response, done)


@router.post(
    "/cafcass_referrals/{referral_id}/legal_advice", summary="Note legal advice", responses=ON_A_STEP
)
async def note_legal_advice(
    referral_id: UUID,
    body: LegalAdvice,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """Independent legal advice was taken. Its words become a privileged note on the escalation, which officers alone
    read; the referral keeps only when it was taken."""
    done = await writing.note_legal_advice(session, door, who, referral_id, if_match, body)
    return await answer(session, response, done)
