"""duecare migrate: safe to repeat, and to start twice at once."""

import asyncio
import hashlib
import hmac
from base64 import b64decode, b64encode
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.cli.passwords import scram_verifier, set_passwords
from shared.db.engine import connect
from shared.db.server import ensure_database
from tests.cli.runs import environment
from tests.forked import Forked


@pytest.fixture
def fresh_database(server: str) -> str:
    return ensure_database(server, f"migrate_{uuid4().hex[:12]}")


async def one(database_url: str, sql: str) -> object:
    engine = connect(database_url, None, name="tests", pool_size=1)
    try:
        async with engine.connect() as connection:
            return await connection.scalar(text(sql))
    finally:
        await engine.dispose()


def test_two_migrations_at_once_both_succeed(fresh_database: str, tmp_path: Path) -> None:
    settings = environment(DATABASE_URL=fresh_database, DUECARE_HOME=str(tmp_path))
    said = [tmp_path / "one", tmp_path / "other"]
    both = [Forked(["migrate"], settings, out=path, err=path) for path in said]
    for each, path in zip(both, said, strict=True):
        assert each.wait(60) == 0, path.read_text()
        assert "E08000014 (Sefton) is there." in path.read_text()
    assert asyncio.run(one(fresh_database, "SELECT count(*) FROM authority")) == 1


def test_a_password_reaches_the_server_only_as_the_verifier_of_the_standard() -> None:
    # The example of RFC 7677: what the server signs with its key proves that the verifier is the password's.
    salt = "W22ZaJ0SNY7soEsUEjb6gQ=="
    nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    exchange = f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s={salt},i=4096,c=biws,r={nonce}".encode()
    verifier = scram_verifier("pencil", b64decode(salt))
    scheme, _, keys = verifier.rpartition("$")
    stored, server_key = (b64decode(each) for each in keys.split(":"))
    assert scheme == f"SCRAM-SHA-256$4096:{salt}"
    signed = b64encode(hmac.digest(server_key, exchange, "sha256")).decode()
    assert signed == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    proof = b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    mask = hmac.digest(stored, exchange, "sha256")
    client_key = bytes(a ^ b for a, b in zip(proof, mask, strict=True))
    assert hashlib.sha256(client_key).digest() == stored


async def test_a_role_gets_its_password(database_url: str) -> None:
    role = f"duecare_test_{uuid4().hex[:12]}"
    await _run(database_url, f"CREATE ROLE {role}")
    try:
        await set_passwords(database_url, {role: "it's a $ecret"})
        if await one(database_url, "SELECT has_table_privilege('pg_authid', 'SELECT')"):
            kept = str(await one(database_url, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'"))
            salt = b64decode(kept.split(":")[1].split("$")[0])
            assert kept == scram_verifier("it's a $ecret", salt)
    finally:
        await _run(database_url, f"DROP ROLE {role}")


async def _run(database_url: str, sql: str) -> None:
    engine = connect(database_url, None, name="tests", pool_size=1)
    async with engine.begin() as connection:
        await connection.execute(text(sql))
    await engine.dispose()
