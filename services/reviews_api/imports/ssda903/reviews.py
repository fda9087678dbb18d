"""The review rows of a child: held, in the care period that covers the day."""

from collections.abc import Sequence
from dataclasses import replace

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.imports.accounts import Said, one_account
from services.reviews_api.imports.findings import Refused, Verdicts
from services.reviews_api.imports.ssda903.by_child import ChildReturn
from services.reviews_api.imports.ssda903.header import ANY_VERSION
from services.reviews_api.imports.ssda903.held import Held
from services.reviews_api.imports.ssda903.periods import Periods
from services.reviews_api.imports.ssda903.rows import SHORT_BREAKS, ReviewRow
from services.reviews_api.imports.ssda903.spells import Spell
from services.reviews_api.imports.ssda903.writing import SOURCE, Move, Writing
from services.reviews_api.record import STANDING
from services.reviews_api.reviews.happenings import happenings
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.participation import is_too_old, is_too_young
from services.reviews_api.reviews.states import ReviewStatus


class ReviewBook:
    """Settles the reviews of one child."""

    def __init__(self, child: Child, held: Held, periods: Periods, spells: Sequence[Spell]) -> None:
        self.child, self.periods = child, periods
        self.withdrawn, self.taken = held.withdrawn_reviews, held.taken
        self.by_reference = {review.reference: review for review in held.reviews}
        # A return holds one day for each review; which one of a series of meetings is not settled.
        known = [review for review in held.reviews if review.held_on is not None]
        self.by_day = {each.began_on: each for each in known} | {each.held_on: each for each in known}
        self.only_breaks = bool(spells) and all(spell.legal_status in SHORT_BREAKS for spell in spells)

    def take(self, row: ReviewRow, writing: Writing) -> bool:
        """Hold the review in the record; False if it is there just so. Raises Refused."""
        reference = f"{self.child.reference}-{row.held_on}"
        period = self.periods.covering(row.held_on)
        if period is None:
            raise Refused("REVIEW", "short_breaks_only" if self.only_breaks else "no_care_period")
        known = self.by_reference.get(reference) or self.by_day.get(row.held_on)
        if known is not None:
            return self._agree(known, row)
        if reference in self.taken:
            raise Refused("REVIEW", "record_of_another")
        if reference in self.withdrawn:
            self._bring_back(self.withdrawn[reference], row, period, writing)
        else:
            self._hold(reference, row, period, writing)
        return True

    def _hold(self, reference: str, row: ReviewRow, period: CarePeriod, writing: Writing) -> None:
        review = Review(
            authority_id=self.child.authority_id,
            reference=reference,
            child_id=self.child.id,
            care_period_id=period.id,
            status=ReviewStatus.HELD,
            held_on=row.held_on,
            participation=row.participation,
            source=SOURCE,
        )
        writing.reviews.append(review)
        writing.govern(review.id, review.facts())
        writing.events.extend(happenings(review, {}))

    def _bring_back(self, review: Review, row: ReviewRow, period: CarePeriod, writing: Writing) -> None:
        """It was withdrawn as a mistake, and the return says that it was held."""
        held = {"status": ReviewStatus.HELD, "held_on": row.held_on, "participation": row.participation}
        never = {"cancelled_on": None, "cancelled_because": None}
        review.change({**held, **never, "source": SOURCE, **STANDING}, ANY_VERSION)
        if review.care_period_id != period.id:
            writing.moves.append(Move(review, review.care_period_id, period.id))
        writing.govern(review.id, [replace(fact, history_id=period.id) for fact in review.facts()])
        writing.events.extend(happenings(review, {}))

    def _agree(self, known: Review, row: ReviewRow) -> bool:
        """Only a return corrects what a return said; the case system's own word stands."""
        if known.held_on is None or row.held_on not in (known.began_on, known.held_on):
            raise Refused("REVIEW", "review_differs")
        if known.participation == row.participation:
            return False
        if known.source == SOURCE:
            known.change({"participation": row.participation}, ANY_VERSION)
            return True
        if known.participation is None:
            return False
        raise Refused("REVIEW_CODE", "review_differs")


def settle_reviews(
    child: Child | None,
    said: ChildReturn,
    held: Held,
    book: ReviewBook | None,
    verdicts: Verdicts,
    writing: Writing,
) -> None:
    """Store the reviews that were held while the child was looked after."""
    rows = _possible(child, said.reviews, held, verdicts)
    accounts, contradicting = one_account(rows, lambda row: row.held_on, lambda row: row.participation)
    verdicts.reject("reviews", contradicting, Refused("REVIEW_CODE", "conflicting_duplicate"))
    for each in accounts:
        assert book is not None  # there are rows, so there is a child
        try:
            new = book.take(each.row, writing)
        except Refused as refusal:
            verdicts.reject("reviews", each.rows, refusal)
            continue
        if new:
            verdicts.accept("reviews")
        verdicts.leave("reviews", len(each.rows) - new)
        _warn(each, verdicts)


def _possible(
    child: Child | None, rows: Sequence[ReviewRow], held: Held, verdicts: Verdicts
) -> list[ReviewRow]:
    possible = []
    for row in rows:
        if child is None:
            verdicts.reject("reviews", [row.row], held.nobody)
        elif child.date_of_birth not in (None, row.born_on):
            verdicts.reject("reviews", [row.row], Refused("DOB", "dob_differs"))
        else:
            possible.append(row)
    return possible


def _warn(said: Said[ReviewRow], verdicts: Verdicts) -> None:
    """Rules 440 and 441: PN0 up to the fourth birthday, the others from it; on the day itself either."""
    row = said.row
    if is_too_old(row.participation, row.held_on, row.born_on):
        verdicts.warn("reviews", said.rows, "REVIEW_CODE", "code_after_4")
    if is_too_young(row.participation, row.held_on, row.born_on):
        verdicts.warn("reviews", said.rows, "REVIEW_CODE", "code_before_4")
