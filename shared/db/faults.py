"""What a failing database means for the caller: wait and retry, or a value that cannot be stored."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.refusals import Contradiction, Refusal, TransitionRefused, Unavailable

WAIT = "Duecare cannot reach its database just now. Nothing was changed; try again in a moment."
BUSY = "Somebody else is changing the same record. Nothing was changed; try again in a moment."

# SQLSTATE classes and codes; https://www.postgresql.org/docs/current/errcodes-appendix.html
CONNECTION = ("08", "53", "57", "25P03", "25P04")
CONTENTION = ("40", "55P03")


def refusal_for(error: BaseException) -> Refusal | None:
    """The refusal that a database error comes to, or None where it is a fault of ours."""
    if isinstance(error, (PoolTimeout, OSError, TimeoutError)):
        return Unavailable(WAIT)
    if not isinstance(error, SQLAlchemyError):
        return None
    state = sqlstate(error)
    if state.startswith(CONTENTION):
        return Unavailable(BUSY)
    if state.startswith(CONNECTION) or (not state and isinstance(error, (InterfaceError, OperationalError))):
        return Unavailable(WAIT)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Unavailable(WAIT)
    if state == "23505":
        return TransitionRefused("Another record already has this reference or place.", code="already_there")
    if state == "23503":
        return Contradiction("This refers to something that Duecare does not hold.", code="unknown_reference")
    if state.startswith("22"):
        return Contradiction("A value is outside what can be stored.", code="value_out_of_range")
    return None


def sqlstate(error: BaseException) -> str:
    """The PostgreSQL error code behind an SQLAlchemy error, or an empty string."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
