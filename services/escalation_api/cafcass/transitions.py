"""What can be done with a referral to Cafcass, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class ReferralState(StrEnum):
    """Where a referral stands. It runs beside the ladder, whose stages and clocks it leaves as they are."""

    ADVICE_SOUGHT = "advice_sought"
    DRAFTED = "drafted"
    APPROVAL_ASKED = "approval_asked"
    APPROVED = "approved"
    REFERRED = "referred"
    DECLINED = "declined"
    ACTING = "acting"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ReferralVerb(StrEnum):
    """What is done with a referral."""

    SEEK_ADVICE = "seek_advice"
    DRAFT = "draft"
    REWRITE = "rewrite"
    NOTE_LEGAL_ADVICE = "note_legal_advice"
    ASK_APPROVAL = "ask_approval"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REFER = "refer"
    DECLINE = "decline"
    ACT = "act"
    CLOSE = "close"
    WITHDRAW = "withdraw"


BEFORE_IT_IS_SENT = (
    ReferralState.ADVICE_SOUGHT,
    ReferralState.DRAFTED,
    ReferralState.APPROVAL_ASKED,
    ReferralState.APPROVED,
)
REFERRAL_UNDER_WAY = (*BEFORE_IT_IS_SENT, ReferralState.REFERRED, ReferralState.ACTING)
"""The states of which an escalation has at most one referral; one that was declined may be followed by another."""


def _while_ours(state: ReferralState) -> dict[str, str]:
    return {ReferralVerb.NOTE_LEGAL_ADVICE: state, ReferralVerb.WITHDRAW: ReferralState.WITHDRAWN}


REFERRAL = Lifecycle(
    noun="referral to Cafcass",
    steps={
        None: {
            ReferralVerb.SEEK_ADVICE: ReferralState.ADVICE_SOUGHT,
            ReferralVerb.DRAFT: ReferralState.DRAFTED,
        },
        ReferralState.ADVICE_SOUGHT: {
            ReferralVerb.DRAFT: ReferralState.DRAFTED,
            **_while_ours(ReferralState.ADVICE_SOUGHT),
        },
        ReferralState.DRAFTED: {
            ReferralVerb.REWRITE: ReferralState.DRAFTED,
            ReferralVerb.SEEK_ADVICE: ReferralState.DRAFTED,
            ReferralVerb.ASK_APPROVAL: ReferralState.APPROVAL_ASKED,
            ReferralVerb.REFER: ReferralState.REFERRED,
            **_while_ours(ReferralState.DRAFTED),
        },
        # What a second person reads and approves is what is sent: to change it is to ask again.
        ReferralState.APPROVAL_ASKED: {
            ReferralVerb.APPROVE: ReferralState.APPROVED,
            ReferralVerb.SEND_BACK: ReferralState.DRAFTED,
            **_while_ours(ReferralState.APPROVAL_ASKED),
        },
        ReferralState.APPROVED: {
            ReferralVerb.REFER: ReferralState.REFERRED,
            ReferralVerb.SEND_BACK: ReferralState.DRAFTED,
            **_while_ours(ReferralState.APPROVED),
        },
        ReferralState.REFERRED: {
            ReferralVerb.DECLINE: ReferralState.DECLINED,
            ReferralVerb.ACT: ReferralState.ACTING,
        },
        ReferralState.DECLINED: {ReferralVerb.CLOSE: ReferralState.CLOSED},
        ReferralState.ACTING: {ReferralVerb.CLOSE: ReferralState.CLOSED},
        ReferralState.CLOSED: {},
        ReferralState.WITHDRAWN: {},
    },
    done={
        ReferralVerb.SEEK_ADVICE: "begun by seeking advice",
        ReferralVerb.DRAFT: "drafted",
        ReferralVerb.REWRITE: "rewritten",
        ReferralVerb.NOTE_LEGAL_ADVICE: "given a note of legal advice",
        ReferralVerb.ASK_APPROVAL: "put before a second person",
        ReferralVerb.APPROVE: "approved",
        ReferralVerb.SEND_BACK: "sent back to be rewritten",
        ReferralVerb.REFER: "referred",
        ReferralVerb.DECLINE: "declined",
        ReferralVerb.ACT: "acted on",
        ReferralVerb.CLOSE: "closed",
        ReferralVerb.WITHDRAW: "withdrawn",
    },
    advice="Nothing more can be done with it; begin another if need be.",
)
