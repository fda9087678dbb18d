"""A body that is too large is refused while it arrives, whatever its headers promise."""

import asyncio
import logging
from typing import Any

from shared.auth.principal import Role
from tests.town import Town

MEGABYTE = 1_048_576


async def pour(
    town: Town, chunks: int, size: int, *, leaving: bool = False, **headers: str
) -> tuple[int, int, bytes]:
    """PUT a child in many chunks, perhaps `leaving` before the last; the status, how many chunks were taken in, and the
    answer's body."""
    taken, answered = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        if leaving and taken == chunks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b" " * size, "more_body": taken < chunks}

    async def send(message: Any) -> None:
        answered.append(message)

    sent = {
        "authorization": f"Bearer {town.token(Role.CASE_SYSTEM)}",
        "content-type": "application/json",
    } | headers
    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/v1/children/C-1",
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
    }
    await asyncio.wait_for(town.apps["reviews"](scope, receive, send), 20)  # type: ignore[arg-type]
    return answered[0]["status"], taken, b"".join(each.get("body", b"") for each in answered)


async def test_a_body_that_declares_itself_too_large_is_not_read_at_all(town):
    assert (await pour(town, 1, 1, content_length=str(MEGABYTE + 1)))[:2] == (413, 0)
    assert (await pour(town, 1, 1, content_length="9" * 4000))[:2] == (413, 0)


async def test_a_body_of_unknown_length_is_read_to_the_limit_and_no_further(town):
    status, taken, _ = await pour(town, 3200, 65536)
    assert (status, taken) == (413, 17)


async def test_a_length_that_lies_helps_nobody(town):
    assert (await pour(town, 3200, 65536, content_length="10"))[0] == 413
    assert (await pour(town, 3200, 65536, content_length="-1"))[0] == 413
    assert (await pour(town, 3200, 65536, content_length="ten"))[0] == 413


async def test_a_body_within_the_limit_is_taken_in_pieces(town):
    status, _, body = await pour(town, 16, 65536)
    assert (status, b"not valid JSON" in body) == (422, True)


async def test_a_stranger_s_body_is_not_read(town):
    assert (await pour(town, 3200, 65536, authorization="Bearer x"))[:2] == (401, 0)


async def test_who_leaves_before_the_body_is_there_has_told_nothing_and_it_is_no_fault_of_ours(town, caplog):
    assert (await pour(town, 2, 5, leaving=True))[0] == 422
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
    assert await town.rows("SELECT 1 FROM child") == []
