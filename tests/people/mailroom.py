"""A mail server on loopback that takes letters, or does not; and rounds that bring them there."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from tempfile import NamedTemporaryFile
from typing import Any

from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from services.scheduler.digests.post import Post
from services.scheduler.digests.rounds import Rounds
from tests.town import Town

TAKEN = "250 Taken"


@dataclass
class Mailroom:
    """Answers each address with `rcpt` in turn, each letter with `data`; then takes all. While `silent`, it takes a
    letter and says nothing."""

    port: int = 0
    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    silent: bool = False

    @classmethod
    @asynccontextmanager
    async def open(cls, tls: ssl.SSLContext | None = None) -> AsyncIterator["Mailroom"]:
        room = cls()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(room, loop=loop, tls_context=tls), "127.0.0.1", 0)
        room.port = server.sockets[0].getsockname()[1]
        try:
            yield room
        finally:
            server.close()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.rcpt.pop(0) if self.rcpt else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else TAKEN
        if answer == TAKEN:
            letter = message_from_bytes(envelope.content, policy=default)
            assert envelope.rcpt_tos == [letter["To"]]
            self.letters.append(letter)
            self.arrived.set()
        while self.silent:
            await asyncio.Event().wait()
        return answer

    @property
    def readers(self) -> list[str]:
        return [str(letter["To"]) for letter in self.letters]

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]

    def rounds(self, town: Town, **settings: Any) -> Rounds:
        """A scheduler's rounds in this council, with this mail server."""
        said = {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_tls": "none"}
        post = Post(smtp_from="duecare@council.example", **(said | settings))
        return Rounds(town.apps["scheduler"].state.door, post, 1.0)


def plain(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def page(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def nobody_s_certificate() -> ssl.SSLContext:
    """Of a server that vouches for itself."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]),
    )
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(datetime(2026, 1, 1)).not_valid_after(datetime(2036, 1, 1))
    whole = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    whole += key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile() as file:
        file.write(whole)
        file.flush()
        context.load_cert_chain(file.name)
    return context
