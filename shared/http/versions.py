"""Versions of a record as ETags, so that nobody overwrites what they have not read."""

from enum import StrEnum
from typing import Annotated

from fastapi import Header, Response

from shared.refusals import Stale, VersionRequired

IfMatch = Annotated[
    str | None,
    Header(description="The ETag of the version you have read. Needed to change a record that exists."),
]


class Saved(StrEnum):
    """What a PUT did."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'


def check_version(if_match: str | None, version: int) -> None:
    """Raise VersionRequired without If-Match, Stale where it names another version."""
    if if_match is None:
        raise VersionRequired(
            "This record exists with other content. Read it, then send its ETag as If-Match to change it."
        )
    wanted = {each.strip().removeprefix("W/") for each in if_match.split(",")}
    if "*" not in wanted and etag(version) not in wanted:
        raise Stale("The record has changed since you read it. Read it again.")


def check_version_if_sent(if_match: str | None, version: int) -> None:
    """Raise Stale where If-Match names another version. Without it, a step is taken on the record as it stands."""
    if if_match is not None:
        check_version(if_match, version)


def mark(response: Response, version: int, saved: Saved | None = None) -> None:
    """Put the ETag, and for a PUT the status 201 or 200, on a response."""
    response.headers["ETag"] = etag(version)
    if saved is not None:
        response.status_code = 201 if saved is Saved.CREATED else 200
