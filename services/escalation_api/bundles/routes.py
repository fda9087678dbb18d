"""The bundle of a referral, as a document for a system and as a page for a person, and the sending of both."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from services.escalation_api.bundles.sending import bundle_of, refer
from services.escalation_api.bundles.views import Bundle
from services.escalation_api.cafcass.answering import answer
from services.escalation_api.cafcass.schemas import Because
from services.escalation_api.cafcass.views import ReferralView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP
from shared.http.versions import IfMatch

router = APIRouter(
    prefix="/v1/cafcass_referrals/{referral_id}", tags=["cafcass referrals"], route_class=TransactionalRoute
)

PAGE = {"text/html": {"example": '<!doctype html><html lang="en-GB"><h1>Referral to Cafcass</h1></html>'}}


@router.get("/bundle", summary="Read the bundle", response_model=Bundle)
async def read_bundle(referral_id: UUID, session: Session, who: Caller, door: AtDoor) -> Response:
    """What is sent to Cafcass: of each child who is referred the status, the chronology, the alerts with all that was
    answered and promised, the reviews and checks; and what is `missing`, which may bar sending. Assembled anew until
    the referral is sent; from then on what was sent, to the byte, and the ETag is its SHA-256. No officer's note, and
    no word of legal advice, is in it."""
    written = await bundle_of(session, door, who, referral_id)
    headers = {"etag": f'"{written.document_sha256}"'}
    return Response(written.document, media_type="application/json", headers=headers)


@router.get(
    "/bundle.html",
    summary="Read the bundle as a page",
    responses={200: {"content": PAGE}},
    response_class=HTMLResponse,
)
async def read_bundle_page(referral_id: UUID, session: Session, who: Caller, door: AtDoor) -> HTMLResponse:
    """The same bundle as one self-contained page, to read, print or send. Kept from the sending on, like the
    document."""
    written = await bundle_of(session, door, who, referral_id)
    headers = {
        "etag": f'"{written.page_sha256}"',
        "content-disposition": 'attachment; filename="bundle.html"',
    }
    return HTMLResponse(written.page, headers=headers)


@router.post("/refer", summary="Send a referral to Cafcass", responses=ON_A_STEP)
async def refer_to_cafcass(
    referral_id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Because | None = None,
    if_match: IfMatch = None,
) -> ReferralView:
    """It is sent with its bundle, which is kept as it was sent. Refused while something is missing without which
    nothing is sent, and where a second person has yet to approve it."""
    return await answer(
        session, response, await refer(session, door, who, referral_id, if_match, body or Because())
    )
