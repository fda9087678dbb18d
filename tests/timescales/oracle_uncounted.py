"""The rows of the reference that the oracle counts no days for: due on an event, or another row's clock."""

# Rows that are due in an order, on an event or by the year: no count of days.
UNCOUNTED = {
    "iro-appointment-before-first-review",
    "lac-review-brought-forward",
    "lac-review-before-significant-change",
    "iro-consult-child-before-review",
    "iro-informed-of-change",
    "iro-annual-report",
    "cp-repeat-plan",
    "visit-reg28-other",
    "rha-band-change",
    "pep-review",
    "pathway-plan",
    "preproceedings-fgdm-offer",
}
SAME_CLOCK = {
    "lac-review-without-meeting": "lac-review-subsequent",
    "remand-looked-after": "lac-review-first",
}
# Rows that hang on more than a plain period from their start.
NOT_PLAIN = {"iro-midpoint-lac", "cp-chair-midpoint", "rcpc-first-prebirth", "shortbreak-year-75-days"}
