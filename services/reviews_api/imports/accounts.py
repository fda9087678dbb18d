"""One account of each thing that the rows of a return speak of."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Numbered(Protocol):
    """A row that knows where in its file it stands."""

    @property
    def row(self) -> int: ...


R = TypeVar("R", bound=Numbered)


@dataclass(slots=True)
class Said(Generic[R]):
    """What a return says of one thing, and the numbers of the rows that say just this."""

    row: R
    rows: list[int]


def one_account(
    rows: Iterable[R], key: Callable[[R], Hashable], content: Callable[[R], Any]
) -> tuple[list[Said[R]], list[int]]:
    """One account of each thing that the rows speak of, and the numbers of the rows that contradict it.

    The account is the first by its content, so the order of the rows makes no difference.
    """
    said: dict[Hashable, list[R]] = {}
    for row in sorted(rows, key=lambda row: (content(row), row.row)):
        said.setdefault(key(row), []).append(row)
    accounts, contradicting = [], []
    for group in said.values():
        same = [row.row for row in group if content(row) == content(group[0])]
        accounts.append(Said(group[0], same))
        contradicting += [row.row for row in group if content(row) != content(group[0])]
    return accounts, contradicting
