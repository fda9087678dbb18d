"""duecare migrate: the newest schema, the council's row, and the roles' passwords."""

import asyncio
import os

from services.cli.console import read_settings, say
from services.cli.passwords import passwords_given, set_passwords
from shared.settings import Settings


def migrate() -> None:
    """Bring the database to the newest schema. Safe to run again, and twice at once.

    Uses the database that DATABASE_URL names, as a user who owns it and may create roles; without
    DATABASE_URL, the embedded one. Adds the council of DUECARE_AUTHORITY and DUECARE_AUTHORITY_NAME.

    Each service has a database role of its own. DUECARE_REVIEWS_PASSWORD, DUECARE_ESCALATION_PASSWORD,
    DUECARE_SCHEDULER_PASSWORD and DUECARE_AUDITOR_PASSWORD, where set, become these roles' passwords.
    """
    from shared.db.server import database_server

    settings = read_settings()
    passwords = passwords_given(os.environ)
    with database_server(settings.database_url, settings.home) as database_url:
        revision = asyncio.run(prepare(database_url, settings))
        say(
            f"The schema is at revision {revision}. {settings.authority} ({settings.authority_name}) is there."
        )
        if passwords:
            asyncio.run(set_passwords(database_url, passwords))
            say(f"Passwords set for {', '.join(passwords)}.")
        if asyncio.run(is_behind(database_url, settings)):
            say(
                "Some deadlines were worked out under other rules than those in force: run `duecare rebuild`."
            )


async def prepare(database_url: str, settings: Settings) -> str:
    """Migrate, and add the council of the settings; returns the schema's revision."""
    from shared.db.authorities import ensure_authority
    from shared.db.migrate import migrate

    revision = await migrate(database_url)
    await ensure_authority(database_url, settings.authority, settings.authority_name)
    return revision


async def is_behind(database_url: str, settings: Settings) -> bool:
    """Whether a deadline of any council was worked out under other rules than those in force."""
    from services.cli.rebuilding import Task, any_behind
    from shared.db.authorities import known_authorities

    councils = await known_authorities(database_url)
    return await any_behind(Task(database_url, settings.practice, tuple(councils)))
