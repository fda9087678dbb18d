"""A return as children rather than files: what it says of one child belongs together."""

from dataclasses import dataclass, field
from datetime import date

from services.reviews_api.imports.findings import Refused, Verdicts
from services.reviews_api.imports.ssda903.files import Kind, ReturnFile
from services.reviews_api.imports.ssda903.rows import EpisodeRow, HeaderRow, ReviewRow, Row, read_row


@dataclass(slots=True)
class ChildReturn:
    """The rows about one child that are sound in themselves."""

    reference: str
    header: list[HeaderRow] = field(default_factory=list)
    episodes: list[EpisodeRow] = field(default_factory=list)
    reviews: list[ReviewRow] = field(default_factory=list)

    def add(self, row: Row) -> None:
        match row:
            case HeaderRow():
                self.header.append(row)
            case EpisodeRow():
                self.episodes.append(row)
            case ReviewRow():
                self.reviews.append(row)


def by_child(files: dict[Kind, ReturnFile], today: date, verdicts: Verdicts) -> list[ChildReturn]:
    """The children of a return in the order of their references; rows that are unsound are rejected."""
    children: dict[str, ChildReturn] = {}
    for kind, file in files.items():
        for line in file.lines:
            try:
                row = read_row(kind, line, today)
            except Refused as refusal:
                verdicts.reject(kind, [line.row], refusal)
                continue
            children.setdefault(row.child, ChildReturn(row.child)).add(row)
    return [children[reference] for reference in sorted(children)]
