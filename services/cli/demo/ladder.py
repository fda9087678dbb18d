"""An alert that nobody answers: raised three weeks ago through the service itself, so that its stage is overdue now."""

from datetime import date, datetime, timedelta

from services.cli.demo.api import Api
from services.cli.demo.credentials import SUBJECTS
from services.cli.sefton_year.stage import set_stage
from shared.auth.principal import Role
from shared.deadlines.law import Law
from shared.settings import Settings
from shared.timescales.london import london_date
from shared.timescales.periods import WorkingDays

AGO = timedelta(weeks=3)  # longer than a stage of the ladders that ship, shorter than 20 working days
OFFICER = SUBJECTS[Role.IRO]
ALERT = {
    "kind": "practice_alert",
    "because": "A quiet word brought nothing.",
    "theme": "recommendations_not_progressed",
    "concern": "What the last review decided has not been carried out.",
    "asked_for": "A date this month, and word to the child.",
}


async def raise_an_alert(
    api: Api, settings: Settings, database_url: str, law: Law, now: datetime
) -> str | None:
    """Raise a practice alert about a child of the officer's, under a clock that stands three weeks before `now` (UTC),
    and leave it alone. Returns its id; None where that would be in vain. Raises CommandRefused."""
    raised_at = now - AGO
    caseload = await api.ask(Role.IRO_MANAGER, "GET", "reviews_api", f"/v1/caseloads/{OFFICER}")
    children = [each["child"] for each in caseload["children"]]
    if not children or not _is_overdue(law, london_date(raised_at), london_date(now)):
        return None
    about = {"child": children[now.second % len(children)]}  # another at the next start
    keys = settings.home.absolute() / "keys"
    async with set_stage(settings, database_url, keys, raised_at) as past:
        raised = await past.ask(
            "POST", "/v1/escalations", ALERT | about, role=Role.IRO, service="escalation", subject=OFFICER
        )
    return str(raised["id"])


def _is_overdue(law: Law, raised_on: date, today: date) -> bool:
    """Whether the first formal stage of the council's ladder, if there was one, has passed its time."""
    ladder = law.catalogue.ladder_on(raised_on)
    if ladder is None or not isinstance(limit := ladder.first_formal.limit, WorkingDays):
        return False
    return law.calendar.working_day(raised_on, limit.days) < today
