"""The page of the documentation on the ladder of escalation, made from the policy in force, never written by hand."""

from collections.abc import Iterator
from datetime import date, timedelta

from services.cli.ladder.diagram import diagram
from shared.timescales.catalogue import Catalogue
from shared.timescales.description import day_plainly
from shared.timescales.ladder import Ladder, Silence, Stage
from shared.timescales.ladder_agreement import FORMAL_DAYS
from shared.timescales.periods import Period, WorkingDays
from shared.timescales.wording import counted, listed

HEAD = """\
# The ladder of escalation

Made from the policy by `make docs`, and never edited by hand: the ladders are `[[ladder]]` and `[[stage]]` tables in
[shared/timescales](../shared/timescales). Each stage must be answered within its time; silence lets it go up, and never
closes it. An escalation keeps to the end the ladder under which it began. What each clock counts
from and to is said in [the timescales](timescales.md#an-escalation).
"""
SILENCE = {
    Silence.ENABLE: "the officer may go on",
    Silence.PERFORM: "Duecare goes on by itself",
}
TABLE = """\
| Stage | `stage` | Answered by | Who may answer | Within | Warned | Silence | Also told |
|---|---|---|---|---|---|---|---|"""


def page(catalogue: Catalogue, day: date) -> str:
    """The whole page, the ladder in force on this London date first."""
    cap = _cap(catalogue)
    current = catalogue.ladder_on(day)
    others = [each for each in reversed(catalogue.ladders) if each is not current]
    council = f"\nAs the council {catalogue.authority} has it.\n" if catalogue.authority else ""
    parts = [HEAD + council]
    for each in ([current] if current else []) + others:
        parts.append("\n".join(_ladder(each, catalogue, day, cap)))
    return "\n".join(parts)


def _cap(catalogue: Catalogue) -> Period:
    formal = catalogue.find("alert-formal")
    return formal.limit if formal else WorkingDays(FORMAL_DAYS)


def _ladder(ladder: Ladder, catalogue: Catalogue, day: date, cap: Period) -> Iterator[str]:
    yield f"## {_line(ladder.title)}\n"
    unread = "" if ladder.confirmed else ", *not confirmed*"
    yield f"`{ladder.code}` · {ladder.basis}{unread} · {_line(ladder.source)}\n"
    yield f"{_when(ladder, catalogue, day)}\n"
    yield f"```mermaid\n{diagram(ladder, cap)}\n```\n"
    yield TABLE
    yield from (_row(stage) for stage in ladder.stages)
    yield ""
    yield from (f"- {line}" for line in _rules(ladder))
    yield ""


def _when(ladder: Ladder, catalogue: Catalogue, day: date) -> str:
    if catalogue.ladder_on(ladder.first_day) is not ladder:
        return "Not followed here: another was in force when it began."
    later = (each.first_day for each in catalogue.ladders if each.first_day > ladder.first_day)
    until = next((first for first in later if catalogue.ladder_on(first) is not ladder), None)
    end = f" to {day_plainly(until - timedelta(days=1))}" if until else ""
    told = f"for escalations that begin from {day_plainly(ladder.first_day)}{end}."
    return f"**In force**, {told}" if catalogue.ladder_on(day) is ladder else f"Not in force now: {told}"


def _row(stage: Stage) -> str:
    roles = listed([role.replace("_", " ") for role in stage.roles])
    warned = listed([f"{each} before" for each in stage.warn]) or "never"
    told = "; ".join(stage.copied) or "nobody else"
    kind = "" if stage.formal else " (informal)"
    cells = (
        f"{stage.title}{kind}",
        f"`{stage.code}`",
        stage.responder,
        roles,
        str(stage.limit),
        warned,
        SILENCE[stage.silence],
        told,
    )
    return f"| {' | '.join(_cell(each) for each in cells)} |"


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(text.split())


def _rules(ladder: Ladder) -> Iterator[str]:
    yield f"The officer decides on an answer within {ladder.decide}."
    yield f"The outcome of an accepted answer is recorded within {ladder.follow_up}."
    chairs = "use it too" if ladder.chairs else "do not use it"
    yield f"Child protection chairs {chairs}. For a child who is not looked after it ends with {_line(ladder.ends)}."
    second = "needs" if ladder.second_approver else "does not need"
    yield f"A referral to Cafcass {second} the approval of a second person, and stops no clock."
    yield f"A suggestion that nobody took up lapses after {ladder.lapses}."
    if (often := ladder.repeated) is not None:
        within = counted(often.months, "month")
        yield f"{often.times} breaches of one timescale of one child within {within} suggest a formal alert at once."
    if ladder.note:
        yield f"Note: {_line(ladder.note)}"
