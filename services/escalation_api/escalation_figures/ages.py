"""The bands in which the ages of alerts are shown: these and no others."""

# By name, the most working days since it was raised; the last band has no end.
BANDS: tuple[tuple[str, int | None], ...] = (
    ("0_to_5", 5),
    ("6_to_10", 10),
    ("11_to_20", 20),
    ("21_to_40", 40),
    ("over_40", None),
)


def band(days: int) -> str:
    """The band of an age in working days."""
    return next(name for name, most in BANDS if most is None or days <= most)
