"""The days between which the story is told, all of them London's."""

from datetime import date

FIRST_LOAD = date(2020, 2, 3)
"""The case system tells of everybody who is in care by now."""
FIRST_DAY, LAST_DAY = date(2020, 4, 1), date(2021, 3, 31)
OCTOBER = date(2020, 10, 1)
FEBRUARY_SAMPLE, MARCH_SAMPLE = date(2020, 2, 28), date(2020, 3, 31)
"""The report dates both samples before its own year."""
