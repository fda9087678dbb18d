"""Hands letters to the mail server: one connection for a round of them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from services.scheduler.digests.models import Failure
from services.scheduler.digests.post import Post, Tls

log = logging.getLogger("duecare.scheduler")
WITHIN = 30.0  # seconds for one letter, or for the way there


class NoPost(Exception):
    """There is no mail server, or none that takes our word."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of one letter; `status` is the mail server's code, where it gave one."""

    failure: Failure | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Postman:
    """A connection to the mail server."""

    smtp: SMTP

    @classmethod
    @asynccontextmanager
    async def calling(cls, post: Post) -> AsyncIterator["Postman"]:
        """Connected for as long as it is wanted. Raises NoPost."""
        smtp = SMTP(
            hostname=post.smtp_host,
            port=post.smtp_port,
            username=post.smtp_user or None,
            password=post.smtp_password.get_secret_value() or None,
            use_tls=post.smtp_tls is Tls.TLS,
            start_tls=post.smtp_tls is Tls.STARTTLS,
            # Ours is the only bound: those of the library wait in a way that may lose a cancellation (Python 3.11's
            # wait_for), and the scheduler would then not end.
            timeout=None,
        )
        try:
            async with asyncio.timeout(WITHIN):
                await smtp.connect()
        except (SMTPException, OSError, TimeoutError) as error:
            smtp.close()
            log.warning("no mail server takes the digests (%s)", type(error).__name__)
            raise NoPost from None
        try:
            yield cls(smtp)
        finally:
            smtp.close()

    async def hand_over(self, message: EmailMessage) -> Handed:
        """One letter. Whatever the mail server does comes back; nothing is raised for it, and nothing it said is
        kept, as it may have said the address."""
        try:
            async with asyncio.timeout(WITHIN):
                await self.smtp.sendmail(str(message["From"]), str(message["To"]), message.as_bytes())
        except SMTPRecipientsRefused as error:
            return _refusal(min(each.code for each in error.recipients))
        except SMTPDataError as error:
            return _refusal(error.code)
        except SMTPResponseException as error:  # our own address, or a mood: not the reader's fault
            return Handed(Failure.DEFERRED, error.code)
        except ValueError:
            return Handed(Failure.REFUSED)
        except (SMTPException, OSError, TimeoutError):
            return Handed(Failure.UNREACHABLE)
        return Handed()


def _refusal(code: int) -> Handed:
    return Handed(Failure.REFUSED if code >= 500 else Failure.DEFERRED, code)
