"""What is sent to the routes of referrals to Cafcass."""

from pydantic import Field, StrictBool

from services.escalation_api.cafcass.consent import Consent
from services.escalation_api.escalations.schemas import MOST_SIBLINGS, Words
from shared.http.fields import Body, BoundedDate, Reference


class Advice(Body):
    """Cafcass was asked for advice, on a London date: today's where left out."""

    on: BoundedDate | None = Field(None, examples=["2026-11-20"])
    note: Words | None = Field(None, examples=["Asked whether drift in the plan is enough for a referral."])


class Beginning(Body):
    """A referral begun: about whom, and whether it begins by seeking advice."""

    children: list[Reference] = Field(
        [],
        max_length=MOST_SIBLINGS,
        description="Which of the escalation's children are referred; left out, all of them.",
        examples=[["C-1042"]],
    )
    advice: Advice | None = Field(
        None, description="Sent, it begins by seeking advice; left out, as a draft."
    )
    because: Words | None = Field(None, description="Why it is begun now.")


class ChildAccount(Body):
    """What is told of one child who is referred."""

    child: Reference = Field(examples=["C-1042"])
    views: Words | None = Field(
        None,
        description="The child's wishes and feelings, or why they are not known.",
        examples=["She wants somebody from outside to look at it."],
    )
    consent: Consent | None = Field(None, description="No bar to a referral, whichever it is.")
    advocate_offered: StrictBool | None = Field(
        None, description="Whether the child was offered an advocate."
    )
    advocate: Words | None = Field(
        None, description="Who the child's advocate or solicitor is, and how to reach them."
    )


class Account(Body):
    """What a referral says. It replaces what it said before; a child who is left out keeps nothing."""

    breach: Words | None = Field(
        None,
        description="The specific breach of the authority's duties.",
        examples=["The care plan of June was not carried out, and the review's decisions were not followed."],
    )
    remedy: Words | None = Field(
        None, description="What is sought.", examples=["That the child is visited, and the plan reviewed."]
    )
    impact: Words | None = Field(None, description="What it does to the child.")
    timetable: Words | None = Field(
        None, description="The child's timetable: by when it matters, and for what."
    )
    children: list[ChildAccount] = Field([], max_length=MOST_SIBLINGS)


class LegalAdvice(Body):
    """Independent legal advice, taken on a London date: today's where left out. Its words are privileged: they become a
    note that officers alone read, and enter neither the referral nor its bundle."""

    on: BoundedDate | None = None
    words: Words = Field(examples=["Counsel advises that the failure is arguable."])


class Because(Body):
    """Why this step is taken, if there is something to say."""

    because: Words | None = Field(None, examples=["Read and agreed."])


class Reasoned(Body):
    """Why this step is taken."""

    because: Words = Field(examples=["The authority has put it right."])


class Heard(Body):
    """What Cafcass said, and on which London date: today's where left out."""

    on: BoundedDate | None = None
    said: Words = Field(examples=["A guardian has been named, and will write to the authority."])


class Closing(Body):
    """How it came to its end, and on which London date: today's where left out."""

    on: BoundedDate | None = None
    outcome: Words = Field(examples=["Last talk with the guardian: the plan is carried out now."])
