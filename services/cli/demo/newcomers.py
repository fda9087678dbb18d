"""Children who come into care while somebody watches, and whose 72 hours run out in front of them."""

from datetime import datetime, timedelta

from services.cli.demo.api import Api
from shared.auth.principal import Role
from shared.timescales.london import london_date

ALLOWED = timedelta(hours=72)
DUE_AFTER = (8, 16, 24)  # seconds


async def register_newcomers(api: Api, now: datetime, *, once: bool) -> dict[str, str]:
    """Three children without a reviewing officer, due one 8, 16 and 24 seconds after `now` (UTC).

    With `once` only the first: nobody would be left to notice the others. Registered through the public API,
    as a case system would. Returns their references by id.
    """
    references = {}
    for number, seconds in enumerate(DUE_AFTER[: 1 if once else None], start=1):
        reference = f"new-{now:%Y%m%d-%H%M%S}-{number}"
        references[await _register(api, reference, now + timedelta(seconds=seconds) - ALLOWED)] = reference
    return references


async def _register(api: Api, reference: str, notified_at: datetime) -> str:
    child = await api.ask(Role.CASE_SYSTEM, "PUT", "reviews_api", f"/v1/children/{reference}", {})
    period = {
        "child": reference,
        "started_on": london_date(notified_at).isoformat(),
        "iro_notified_at": notified_at.isoformat(),
    }
    await api.ask(Role.CASE_SYSTEM, "PUT", "reviews_api", f"/v1/care_periods/{reference}", period)
    return str(child["id"])
