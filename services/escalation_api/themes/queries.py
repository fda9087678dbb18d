"""The list of themes: those that ship with what the council made of them, and its own."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.themes.models import Theme
from services.escalation_api.themes.schemas import ThemeView
from services.escalation_api.themes.shipped import THEMES
from shared.refusals import Contradiction


async def all_themes(session: AsyncSession, authority: str) -> list[ThemeView]:
    """Every theme, also those retired, in the order of their codes."""
    own = await session.scalars(select(Theme).where(Theme.authority_id == authority))
    found = {code: shown(code, None) for code in THEMES}
    found |= {each.code: shown(each.code, each) for each in own}
    return [found[code] for code in sorted(found)]


async def find_theme(session: AsyncSession, authority: str, code: str, *, lock: bool = False) -> Theme | None:
    """What the council made of a theme, if anything."""
    return await session.get(Theme, (authority, code), with_for_update=lock or None)


async def must_be_known(session: AsyncSession, authority: str, code: str) -> None:
    """Raise Contradiction for a code that no theme has, or only one that is retired."""
    own = await find_theme(session, authority, code)
    if own is not None and own.retired_at is not None:
        raise Contradiction("This theme is retired.", code="theme_retired", pointer="/theme")
    if own is None and code not in THEMES:
        raise Contradiction(
            "This is not the code of a theme: GET /v1/escalation_themes lists them.",
            code="unknown_theme",
            pointer="/theme",
        )


def shown(code: str, own: Theme | None) -> ThemeView:
    """A theme as it is shown."""
    return ThemeView(
        code=code,
        title=own.title if own else THEMES[code],
        shipped=code in THEMES,
        retired=own is not None and own.retired_at is not None,
        version=own.version if own else 0,
    )
