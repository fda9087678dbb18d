"""The ways in which Duecare says no, in the trade's words. The web layer maps each to a status, once."""


class Refusal(Exception):
    """A request that cannot be granted. `code` is stable; `detail` is plain English and echoes no input."""

    code = "refused"

    def __init__(self, detail: str, *, code: str | None = None, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.pointer = pointer


class Unauthenticated(Refusal):
    """The caller did not show who they are."""

    code = "unauthenticated"


class Forbidden(Refusal):
    """The caller is known, and their role may not do this."""

    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing, or none that this caller may see: the two look the same."""

    code = "not_found"

    def __init__(self, what: str = "record") -> None:
        super().__init__(f"There is no such {what}.")


class TransitionRefused(Refusal):
    """The record's state does not allow this step; the detail says what it does allow."""

    code = "transition_refused"


class Contradiction(Refusal):
    """What was sent is well-formed and cannot be true, or cannot be true together with what is held."""

    code = "contradiction"


class Stale(Refusal):
    """The record has changed since the caller read it."""

    code = "stale"


class VersionRequired(Refusal):
    """A change to a record must say, by If-Match, which version of it the caller has read."""

    code = "if_match_required"


class KeyReused(Refusal):
    """An idempotency key was used before, with another request."""

    code = "idempotency_key_reused"


class TooLarge(Refusal):
    """The body is larger than the service accepts."""

    code = "body_too_large"


class TooSlow(Refusal):
    """The body did not arrive in time."""

    code = "body_too_slow"


class WrongMediaType(Refusal):
    """The body is not JSON."""

    code = "media_type_not_supported"


class Malformed(Refusal):
    """The body is not JSON that means one thing only."""

    code = "malformed"


class Unavailable(Refusal):
    """The service cannot answer now; try again shortly. Nothing was lost and nothing was done."""

    code = "unavailable"
