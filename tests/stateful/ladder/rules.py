"""How each step must be answered, as a status: what the table of routes, the stage and the state say of it."""

from shared.auth.principal import Role
from tests.stateful.ladder.model import Told
from tests.stateful.ladder.policy import Policy

OFFICERS = (Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER)
MANAGERS = (Role.TEAM_MANAGER, Role.SENIOR_MANAGER)
RESPONDERS = (*MANAGERS, Role.SOCIAL_WORKER)
DECISIONS = {"accept": "accept_answer", "accept_partly": "accept_partly", "reject": "reject"}
CLOSING = ("resolve", "resolve_partly", "withdraw", "supersede")


def on_raising(policy: Policy, role: Role, formal: bool | None, place: int | None, reasoned: bool) -> int:
    """Raised at the stage of this place, or at the first of its kind, or at the foot of the ladder."""
    if role not in OFFICERS:
        return 403
    if role is Role.CP_CHAIR and not policy.chairs:
        return 409
    begins = place_of_raising(policy, formal, place)
    contradicted = formal is not None and policy.rungs[begins].formal is not formal
    return 422 if contradicted or (begins > 0 and not reasoned) else 201


def place_of_raising(policy: Policy, formal: bool | None, place: int | None) -> int:
    if place is not None:
        return min(place, policy.top)
    return policy.first_formal if formal else 0


def on_step(told: Told, verb: str, role: Role, by: str) -> int:
    """A step on the escalation as a whole, at the next stage where it is an advance."""
    if role not in OFFICERS:
        return 403
    if verb not in told.possible:
        return 409
    if verb in CLOSING and by in told.answered_by:
        return 403
    return 409 if verb.startswith("resolve") and told.outstanding else 200


def on_leap(told: Told, role: Role, up: int) -> int:
    """An advance to the stage that lies so many above this one."""
    if (status := on_step(told, "advance", role, "")) != 200:
        return status
    return 200 if 0 < up <= told.policy.top - told.visit.place else 422


def on_drafting(told: Told, role: Role, *, send: bool) -> int:
    if role not in RESPONDERS:
        return 403
    if told.state != "open" or told.waiting:
        return 409
    return 403 if send and role not in told.rung.roles else 201


def on_sending(told: Told, role: Role, *, gone_by: bool) -> int:
    if role not in RESPONDERS or role not in told.rung.roles:
        return 403
    return 409 if told.answer != "draft" or gone_by else 200


def on_discarding(told: Told, role: Role) -> int:
    if role not in RESPONDERS:
        return 403
    return 200 if told.answer == "draft" else 409


def on_deciding(told: Told, role: Role, by: str) -> int:
    if role not in OFFICERS or by in told.answered_by:
        return 403
    return 200 if told.answer == "sent" else 409


def on_promise(outstanding: bool, verb: str, role: Role) -> int:
    may = (*OFFICERS, *MANAGERS) if verb == "keep" else OFFICERS
    if role not in may:
        return 403
    return 200 if outstanding else 409
