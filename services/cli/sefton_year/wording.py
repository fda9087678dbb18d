"""The words of officers and managers, none of them anybody's own. The report names the themes, and counts none."""

THEMES = {
    "no_report_for_review": "No report was there for the review.",
    "recommendations_not_progressed": "What the last review recommended has not been carried out.",
    "final_evidence_not_given": "The final evidence has not reached the reviewing officer.",
    "unregistered_placement": "The placement is not registered.",
    "no_evidence_of_visits": "No visit is on record since the last review.",
    "care_planning_meeting_not_held": "No care planning meeting was held.",
    "change_without_oversight": "The placement changed without the reviewing officer being told.",
    "late_health_assessment": "The health assessment is late.",
    "poor_or_late_assessment": "The assessment is late.",
    "late_pathway_plan": "The pathway plan is late.",
}
OF_THE_OLDEST = "late_pathway_plan"
OF_PROTECTION = {
    "no_core_group": "No core group has met since the conference.",
    "no_evidence_of_visits": "No visit is on record since the conference.",
    "poor_or_late_assessment": "The assessment was not there in time to be read.",
    "parents_unable_to_participate": "The parents could not take part: they had the report on the day.",
}
PRAISE = (
    "The life story work was ready for the review, and the child helped to write it.",
    "The social worker found a way for the child to see both grandparents in lockdown.",
    "The report was shared with the family a week before the meeting.",
)
STRAIGHT_AWAY = (
    "It is too serious for a quiet word.",
    "The same was resolved informally before, and has come back.",
    "The child is being harmed by the delay.",
)
ASKED_FOR = (
    "A date this month, and word to the child.",
    "The plan brought up to date before the next review.",
    "A meeting of those concerned within two weeks.",
)
UNANSWERED = "Nobody has answered."
GRAVER = "It is graver than it looked at first."
NOT_ENOUGH = ("No date is given.", "It does not say who will do it.", "The same was promised at the review.")
STILL_NOT_ENOUGH = "It says no more than the team manager did."
STILL_WANTING = "The child has not been told yet."
ANSWERS = (
    "It was missed through sickness in the team; cover is in place.",
    "The social worker left in the week that it was due; the new one has it in hand.",
    "It was done, but not put on record.",
    "The delay is with another authority; we have asked again.",
)
ACTIONS = (
    "The social worker visits, and sees the child alone.",
    "The plan is brought up to date and shared.",
    "The meeting is held, and its minutes are put on record.",
    "The assessment is completed and read by the team manager.",
)
EVIDENCE = "It is on the child's record."
OUTCOMES = (
    "It was done, and is on record.",
    "The plan was changed, and the child knows of it.",
    "It was talked over; the team manager looks at it each week.",
)
IN_PART = "A part of it was done; the rest waits for the next review."
MISUNDERSTOOD = "It had been done in time; the record was late."
NOT_NEEDED_NOW = "The child has moved, and it is not needed any more."
CAME_BACK = "It has come back."
LEFT_CARE = "The child has left care."
