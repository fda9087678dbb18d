"""A bundle as the document of the service shows it."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "council": "Sefton",
    "authority": "E08000014",
    "as_of": "2026-11-23T12:00:00Z",
    "contacts": {"officer": "The reviewing service, 0151 496 0000", "manager": None, "cafcass": None},
    "referral": {
        "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c21",
        "escalation_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
        "state": "drafted",
        "begun_by": "iro-07",
        "begun_at": "2026-11-23T12:00:00Z",
        "advice_sought_on": "2026-11-20",
        "advice": None,
        "legal_advice_on": None,
        "breach": "The care plan of June was not carried out.",
        "remedy": "That the child is visited, and the plan reviewed.",
        "impact": None,
        "timetable": None,
        "approved_by": None,
        "approved_at": None,
        "referred_by": None,
        "referred_at": None,
    },
    "children": [
        {
            "child": "C-1042",
            "child_id": "01936b7a-51b2-7f10-8d0e-6f0e4b1f7a02",
            "looked_after": True,
            "care_periods": [
                {"reference": "CP-1042-1", "started_on": "2026-06-01", "ended_on": None, "end_reason": None}
            ],
            "legal_status": {"code": "C2", "meaning": "Full care order.", "from_on": "2026-06-01"},
            "legal_statuses": [{"code": "C2", "meaning": "Full care order.", "from_on": "2026-06-01"}],
            "views": "She wants somebody from outside to look at it.",
            "consent": "given",
            "advocate_offered": True,
            "advocate": None,
            "chronology": [
                {
                    "on": "2026-06-29",
                    "at": None,
                    "what": "deadline",
                    "code": "lac-review-first",
                    "words": "First looked-after review: due by the end of Mon 29 June 2026; done, after its date "
                    "(on Fri 10 July 2026).",
                    "standing": "met_late",
                    "closed_on": "2026-07-10",
                    "source": "SI 2010/959 reg 33(1)",
                }
            ],
            "alerts": [],
            "reviews": [],
            "midpoint_checks": [],
        }
    ],
    "missing": [
        {
            "code": "no_care_plan",
            "words": "No care plan is on record.",
            "blocks": False,
            "child": "C-1042",
        }
    ],
}
