"""Fields that hold a code of a published list."""

from collections.abc import Callable

from shared.codes.lists import code_list


def codes_of(name: str) -> list[str]:
    """The codes of the list with this name, in the order of its source."""
    return [each.code for each in code_list(name).codes]


def one_of(name: str) -> Callable[[str], str]:
    """A check that a text is a code of the list; it raises ValueError that names them all."""
    known = codes_of(name)

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"must be one of: {', '.join(known)}")
        return value

    return check
