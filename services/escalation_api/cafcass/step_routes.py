"""The routes by which a referral to Cafcass is approved, heard of and closed; it is sent with its bundle."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.escalation_api.cafcass import actions
from services.escalation_api.cafcass.answering import answer
from services.escalation_api.cafcass.schemas import Because, Closing, Heard, Reasoned
from services.escalation_api.cafcass.transitions import ReferralVerb
from services.escalation_api.cafcass.views import ReferralView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP
from shared.http.versions import IfMatch

router = APIRouter(
    prefix="/v1/cafcass_referrals/{referral_id}", tags=["cafcass referrals"], route_class=TransactionalRoute
)


@router.post("/ask_approval", summary="Ask a second person to approve a referral", responses=ON_A_STEP)
async def ask_approval(
    referral_id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Because | None = None,
    if_match: IfMatch = None,
) -> ReferralView:
    """Put a draft before a second person, where the council's ladder wants one. It cannot be rewritten meanwhile."""
    done = await actions.ask_approval(session, door, who, referral_id, if_match, body or Because())
    return await answer(session, response, done)


@router.post("/approve", summary="Approve a referral", responses=ON_A_STEP)
async def approve_referral(
    referral_id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Because | None = None,
    if_match: IfMatch = None,
) -> ReferralView:
    """Agree as the second person, who is never the one who asked. It can be sent from then on."""
    done = await actions.approve(session, door, who, referral_id, if_match, body or Because())
    return await answer(session, response, done)


@router.post("/send_back", summary="Send a referral back to be rewritten", responses=ON_A_STEP)
async def send_back_referral(
    referral_id: UUID,
    body: Reasoned,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """It is a draft again, and has to be approved anew; whether the second person wants something changed, or the
    officer does."""
    return await answer(
        session, response, await actions.send_back(session, door, who, referral_id, if_match, body)
    )


@router.post("/decline", summary="Record that Cafcass declined", responses=ON_A_STEP)
async def decline_referral(
    referral_id: UUID,
    body: Heard,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """Cafcass will not act: what it said. Another referral may be begun."""
    verb = ReferralVerb.DECLINE
    return await answer(
        session, response, await actions.hear(session, door, who, referral_id, if_match, verb, body)
    )


@router.post("/act", summary="Record that Cafcass acts", responses=ON_A_STEP)
async def act_on_referral(
    referral_id: UUID,
    body: Heard,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """Cafcass acts for the child: what it said."""
    verb = ReferralVerb.ACT
    return await answer(
        session, response, await actions.hear(session, door, who, referral_id, if_match, verb, body)
    )


@router.post("/close", summary="Close a referral", responses=ON_A_STEP)
async def close_referral(
    referral_id: UUID,
    body: Closing,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """The guardian and the officer have had their last talk, or Cafcass declined and there is no more to say: how it
    came to its end."""
    return await answer(
        session, response, await actions.close(session, door, who, referral_id, if_match, body)
    )


@router.post("/withdraw", summary="Withdraw a referral", responses=ON_A_STEP)
async def withdraw_referral(
    referral_id: UUID,
    body: Reasoned,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ReferralView:
    """Give it up before it is sent."""
    return await answer(
        session, response, await actions.withdraw(session, door, who, referral_id, if_match, body)
    )
