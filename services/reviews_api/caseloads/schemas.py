"""An officer's day."""

from datetime import datetime
from uuid import UUID

from services.reviews_api.children.schemas import DeadlineView
from shared.http.fields import View


class CaseloadChild(View):
    """One child of the caseload, and the promises still open for them, the nearest first."""

    child: str
    child_id: UUID
    display_name: str | None
    care_period: str
    allocated_at: datetime
    deadlines: list[DeadlineView]


class CaseloadView(View):
    """An officer's children, the most urgent first: overdue longest, then due soonest, then the rest."""

    officer: str
    as_at: datetime
    children_count: int
    overdue: int
    due_soon: int
    children: list[CaseloadChild]
