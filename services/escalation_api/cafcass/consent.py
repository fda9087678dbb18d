"""What a child said to being referred."""

from enum import StrEnum


class Consent(StrEnum):
    """Whether the child agrees to the referral. Consent is no bar to it in law, and is recorded."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_SOUGHT = "not_sought"
    TOO_YOUNG = "too_young"
