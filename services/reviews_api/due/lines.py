"""A stretch of what is due as the JSON text of a DueList, written from rows. No I/O."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.reviews_api.naming import Names
from shared.deadlines.standing import open_standing
from shared.http.json_text import TRUTH, instant, said
from shared.http.places import to_number


def written(rows: Sequence[Any], named: Names, now: datetime, follows: str | None) -> str:
    """The whole, as the lines stand at `now` (UTC), and the address of what follows."""
    lines = ",".join([_line(row, named, now) for row in rows])
    return f'{{"as_at":{instant(now)},"items":[{lines}],"next":{said(follows)}}}'


def place_of(row: Any) -> str:
    """The place of a line in the list."""
    return f"{to_number(row['due_at'])}.{row['id']}"


def _line(row: Any, named: Names, now: datetime) -> str:
    deadline, child_id, code, due_on, due_at, reason, child, breached, officer = row
    return (
        f'{{"id":"{deadline}","child_id":"{child_id}","child":{said(child)},{named[code]},"due_on":"{due_on}",'
        f'"due_at":{instant(due_at)},"standing":"{open_standing(due_at, "breach", now)}",'
        f'"breached":{TRUTH[breached]},"officer":{said(officer)},"reason":{said(reason)}}}'
    )
