"""What a failing database means for the caller: wait and retry, or a value that cannot be stored."""

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.refusals import Contradiction, Forbidden, Refusal, TransitionRefused, Unavailable

# A commit whose answer was lost may have happened: the words must hold then too.
WAIT = (
    "Duecare cannot reach its database just now. Try again in a moment, and a POST with the same "
    "Idempotency-Key: nothing is done twice."
)
BUSY = "Somebody else is changing the same record. Nothing was changed; try again in a moment."

# SQLSTATE classes and codes; https://www.postgresql.org/docs/current/errcodes-appendix.html
CONNECTION = ("08", "28", "3D", "53", "57", "58", "25P03", "25P04", "0A000")
CONTENTION = ("40", "55P03")
NO_CONNECTION = (InterfaceError, OperationalError, asyncpg.InterfaceError)


def refusal_for(error: BaseException) -> Refusal | None:
    """The refusal that a database error comes to, or None where it is a fault of ours."""
    if isinstance(error, (PoolTimeout, OSError, TimeoutError)):
        return Unavailable(WAIT)
    if not isinstance(error, (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)):
        return None
    state = sqlstate(error)
    if state.startswith(CONTENTION):
        return Unavailable(BUSY)
    if state.startswith(CONNECTION) or (not state and isinstance(error, NO_CONNECTION)):
        return Unavailable(WAIT)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Unavailable(WAIT)
    if state == "23505":
        return TransitionRefused("Another record already has this reference or place.", code="already_there")
    if state == "23503" and constraint(error).endswith("_authority_id_fkey"):
        return Forbidden(
            "Your token names an authority that Duecare does not serve.", code="unknown_authority"
        )
    if state == "23503":
        return Contradiction("This refers to something that Duecare does not hold.", code="unknown_reference")
    if state.startswith("22"):
        return Contradiction("A value is outside what can be stored.", code="value_out_of_range")
    return None


def is_outage(error: BaseException) -> bool:
    """Whether the error says no more than: the database cannot do it now."""
    return isinstance(refusal_for(error), Unavailable)


def sqlstate(error: BaseException) -> str:
    """The PostgreSQL error code of a driver's error or behind an SQLAlchemy error, or an empty string."""
    return str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")


def constraint(error: BaseException) -> str:
    """The name of the constraint that an SQLAlchemy error is about, or an empty string."""
    driver = getattr(getattr(error, "orig", None), "__cause__", None)
    return str(getattr(driver, "constraint_name", None) or "")
