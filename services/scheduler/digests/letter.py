"""A digest as an e-mail: plain text, and the same as HTML. Nobody is named in it. No I/O."""

from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID, uuid5

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.scheduler.digests.contents import Contents
from shared.timescales.wording import day_in_words

NAMESPACE = UUID("5b0a1f6e-7f3d-5c7e-9a42-6d2f6c1c9d35")
SHOWN = 50  # lines of each kind; the rest is counted

_LETTERS = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def letter(
    contents: Contents, sender: str, to: str, message_id: str, on: date, ahead_days: int, now: datetime
) -> EmailMessage:
    """The message of a London day, put together at `now` (UTC)."""
    told = {
        "day": day_in_words(on),
        "shown": SHOWN,
        "sections": (
            ("Overdue", contents.overdue),
            ("Unanswered: the time for an answer has run out", contents.unanswered),
            ("Answered: the officer's decision is awaited", contents.answered),
            (f"Due in the next {ahead_days} days", contents.due),
        ),
    }
    message = EmailMessage(SMTP)
    message["From"], message["To"] = sender, to
    message["Subject"] = f"Duecare: what is due, {told['day']}"
    message["Date"], message["Message-ID"] = format_datetime(now), message_id
    message["Auto-Submitted"], message["X-Auto-Response-Suppress"] = "auto-generated", "All"
    message.set_content(_LETTERS.get_template("digest.txt").render(told), cte="quoted-printable")
    html = _LETTERS.get_template("digest.html").render(told)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def message_id(authority: str, worker: UUID, on: date, sender: str) -> str:
    """The same for every attempt at one worker's digest of one day, so that a second copy is known for one."""
    return f"<{uuid5(NAMESPACE, f'{authority}/{worker}/{on}')}@{sender.rpartition('@')[2]}>"
