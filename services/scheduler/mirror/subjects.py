"""Under which subject an event lies in NATS. Pure."""

from urllib.parse import quote

ROOT = "duecare"
EVERYTHING = f"{ROOT}.>"
EMPTY = "%"  # what no quoted word is


def subject(authority: str, type: str) -> str:
    """`duecare.AUTHORITY.TYPE`; the dots of the type stay, so that `duecare.E08000014.review.*` can be asked for."""
    return ".".join((ROOT, _token(authority), *map(_token, type.split("."))))


def everything_of(authority: str) -> str:
    """The subjects of one authority, and of no other whatever its code is made of."""
    return f"{ROOT}.{_token(authority)}.>"


def _token(word: str) -> str:
    # A dot, a star, an arrow or a space would make it another subject, or many.
    return quote(word, safe="").replace(".", "%2E") or EMPTY
