"""What a DATABASE_URL says: in the form that drivers take, and in a form fit for a message."""

from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SCHEMES = ("postgres", "postgresql", "postgresql+asyncpg")


class NotAnAddressError(Exception):
    """The text is no PostgreSQL address; the message does not repeat it, for it may hold a password."""


def parse_address(database_url: str) -> URL:
    """The address as `postgresql://...`, from any of the usual spellings.

    libpq's `sslmode` becomes `ssl`, which is how asyncpg's dialect calls it. Raises NotAnAddressError.
    """
    scheme, _, rest = database_url.strip().partition("://")
    # A second @ is part of a password that was not encoded, and what follows the first would pass for the host.
    if scheme not in SCHEMES or rest.count("@") > 1:
        raise NotAnAddressError
    try:
        url = make_url(f"postgresql://{rest}")
        connect_arguments(url)
    except (ArgumentError, ValueError):
        raise NotAnAddressError from None
    if sslmode := url.query.get("sslmode"):
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": sslmode})
    return url


def connect_arguments(url: URL) -> dict[str, Any]:
    """The arguments of `asyncpg.connect` for this address."""
    dialect = url.set(drivername="postgresql+asyncpg").get_dialect()()
    _, arguments = dialect.create_connect_args(url)
    return dict(arguments)


def describe(url: URL) -> str:
    """Where the server is, without user or password: `db.example.org:5432`, or its socket's folder."""
    arguments = connect_arguments(url)
    host, port = arguments.get("host", "localhost"), arguments.get("port", 5432)
    if isinstance(host, list) and isinstance(port, list):
        return ", ".join(f"{one}:{its_port}" for one, its_port in zip(host, port, strict=True))
    return f"the socket in {host}" if str(host).startswith("/") else f"{host}:{port}"
