"""The oracle's own table of the clocks of an escalation: of the handbook and of Sefton's two ladders."""

from datetime import date

TWO_WEEKS, ONE_WEEK, FOUR_WEEKS = ("WD0", 10), ("WD0", 5), ("WD0", 20)
ON_THE_DAY = ("CD", 0)

DUE = {
    "alert-formal": FOUR_WEEKS,
    "alert-needed-by": ON_THE_DAY,
    "alert-action": ON_THE_DAY,
    "alert-handbook-informal": TWO_WEEKS,
    "alert-handbook-formal": FOUR_WEEKS,
    "alert-handbook-decision": ONE_WEEK,
    "alert-handbook-outcome": FOUR_WEEKS,
    "alert-sefton-2020-informal": TWO_WEEKS,
    "alert-sefton-2020-practice-alert": TWO_WEEKS,
    "alert-sefton-2020-head": TWO_WEEKS,
    "alert-sefton-2020-decision": ONE_WEEK,
    "alert-sefton-2020-outcome": FOUR_WEEKS,
    "alert-sefton-2021-informal": TWO_WEEKS,
    "alert-sefton-2021-practice-alert": ONE_WEEK,
    "alert-sefton-2021-service-manager": ONE_WEEK,
    "alert-sefton-2021-head": ONE_WEEK,
    "alert-sefton-2021-director": ONE_WEEK,
    "alert-sefton-2021-decision": ONE_WEEK,
    "alert-sefton-2021-outcome": FOUR_WEEKS,
}

# The report of 2020-21, and the relaunch that it announces.
BEGAN = {"alert-sefton-2020": date(2020, 4, 1), "alert-sefton-2021": date(2021, 8, 1)}
SINCE = {code: day for code in DUE for ladder, day in BEGAN.items() if code.startswith(ladder)}
