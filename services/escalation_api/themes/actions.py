"""Adding a theme, renaming it, and retiring it."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.themes.models import Theme
from services.escalation_api.themes.queries import find_theme
from services.escalation_api.themes.schemas import ThemeBody
from services.escalation_api.themes.shipped import DEADLINE_BREACHED
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import Saved, check_version
from shared.refusals import Contradiction


async def put_theme(
    session: AsyncSession, door: Door, who: Principal, code: str, body: ThemeBody, if_match: str | None
) -> tuple[Theme, Saved]:
    """Write it. Raises VersionRequired and Stale, and Contradiction for retiring the one that Duecare itself uses."""
    if code == DEADLINE_BREACHED and body.retired:
        raise Contradiction("Duecare's own suggestions have this theme: it stays.", pointer="/retired")
    now = door.clock.now()
    theme = await find_theme(session, who.authority, code, lock=True)
    if theme is None:
        theme = Theme(
            authority_id=who.authority, code=code, title=body.title, changed_by=who.subject, changed_at=now
        )
        theme.retired_at = now if body.retired else None
        session.add(theme)
        return theme, Saved.CREATED
    if (theme.title, theme.retired_at is not None) == (body.title, body.retired):
        return theme, Saved.UNCHANGED
    check_version(if_match, theme.version)
    theme.change(body.title, who.subject, now, retired=body.retired)
    return theme, Saved.CHANGED
