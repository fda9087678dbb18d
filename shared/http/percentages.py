"""Percentages, as every service shows them."""


def percent(part: int, whole: int) -> int | None:
    """A whole percentage, a half rounded up; None of nothing."""
    return None if whole == 0 else (200 * part + whole) // (2 * whole)
