"""The passwords of the services' database roles: sent to the server as SCRAM verifiers, never as they are.

A verifier is what PostgreSQL would make of the password itself (RFC 5803). Made here, so that the password
cannot reach a server's log of statements, whatever that server logs.
"""

import hashlib
import hmac
import os
from base64 import b64encode
from collections.abc import Mapping

from services.cli.console import CommandRefused

ITERATIONS = 4096
VARIABLES = {
    "duecare_reviews": "DUECARE_REVIEWS_PASSWORD",
    "duecare_escalation": "DUECARE_ESCALATION_PASSWORD",
    "duecare_scheduler": "DUECARE_SCHEDULER_PASSWORD",
    "duecare_auditor": "DUECARE_AUDITOR_PASSWORD",
}
LOCK = 7_201_990  # two at once would meet on the same role


def passwords_given(environment: Mapping[str, str]) -> dict[str, str]:
    """The passwords by role, of those that are set. Raises CommandRefused for one that cannot be used."""
    given = {role: environment[name] for role, name in VARIABLES.items() if environment.get(name)}
    for role, password in given.items():
        if not (password.isascii() and password.isprintable()):
            raise CommandRefused(
                f"{VARIABLES[role]} cannot be used: letters, digits and signs of ASCII only."
            )
    return given


def scram_verifier(password: str, salt: bytes) -> str:
    """What PostgreSQL keeps of an ASCII password."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${ITERATIONS}:{_b64(salt)}${_b64(stored)}:{_b64(server)}"


async def set_passwords(database_url: str, passwords: Mapping[str, str]) -> None:
    """Give the roles these passwords."""
    from sqlalchemy import text

    from shared.db.engine import connect

    engine = connect(database_url, None, name="duecare-migrate", pool_size=1)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
            for role, password in passwords.items():
                verifier = scram_verifier(
                    password, os.urandom(16)
                )  # base64 and $ : only, so it quotes as it is
                await connection.exec_driver_sql(f"ALTER ROLE {role} PASSWORD '{verifier}'")
    finally:
        await engine.dispose()


def _b64(value: bytes) -> str:
    return b64encode(value).decode()
