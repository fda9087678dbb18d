"""Reads the lines of an import: what each is about, or why it cannot be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.reviews_api.bulk.kinds import KINDS
from shared.http.fields import REFERENCE
from shared.http.strict_json import parse
from shared.refusals import Contradiction, Malformed, Refusal

MOST_ROWS = 10_000
WITHDRAWN_BECAUSE = "withdrawn_because"


@dataclass(slots=True)
class Line:
    """One line: the record it tells of, and its body; or why it can be neither."""

    number: int
    record: str | None = None
    reference: str | None = None
    withdrawal: bool = False
    body: dict[str, Any] | None = None
    refusal: Refusal | None = None


def read_lines(content: bytes) -> list[Line]:
    """The lines that are not blank. Raises Contradiction for none, or too many."""
    texts = [(number, text) for number, text in enumerate(content.split(b"\n"), 1) if text.strip()]
    if not texts:
        raise Contradiction("An import needs at least one row.", code="no_rows")
    if len(texts) > MOST_ROWS:
        raise Contradiction(
            f"An import may have {MOST_ROWS} rows at most: send several.", code="too_many_rows"
        )
    return list(_read(texts))


def _read(texts: list[tuple[int, bytes]]) -> Iterator[Line]:
    for number, text in texts:
        line = Line(number)
        try:
            _fill(line, _object(parse(text)))
        except Refusal as refusal:
            line.body, line.refusal = None, refusal
        yield line


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("A row is one JSON object.")
    return value


def _fill(line: Line, said: dict[str, Any]) -> None:
    record, reference = said.pop("record", None), said.pop("reference", None)
    if not isinstance(record, str) or record not in KINDS:
        raise Contradiction(
            f"Say in `record` one of: {', '.join(KINDS)}.", code="no_such_record", pointer="/record"
        )
    line.record = record
    if (
        not isinstance(reference, str)
        or not re.fullmatch(REFERENCE, reference, re.ASCII)
        or "\n" in reference
    ):
        raise Contradiction(
            "Give in `reference` your own name for the record: up to 64 letters, digits, dots, dashes, underscores "
            "and tildes.",
            code="no_such_reference",
            pointer="/reference",
        )
    line.reference = reference
    line.withdrawal = WITHDRAWN_BECAUSE in said
    if line.withdrawal:
        said["because"] = said.pop(WITHDRAWN_BECAUSE)
        if KINDS[record].withdraw_record is None:
            raise Contradiction(
                "A record of this kind is not withdrawn.",
                code="not_withdrawn",
                pointer=f"/{WITHDRAWN_BECAUSE}",
            )
    line.body = said
