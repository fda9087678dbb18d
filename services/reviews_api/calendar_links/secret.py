"""The secret of a link: 32 random bytes and the council's code, as one word of an address. No I/O.

The code is there because nobody's rows can be looked at before it is known whose they are; it is no secret, and what
is found under it is found by the random bytes alone.
"""

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass

RANDOM = 32  # bytes
WORD = re.compile(r"[A-Za-z0-9_-]{43,255}")
CODE = re.compile(r"[\x21-\x7e]{1,64}")


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """What a link proves itself by."""

    authority: str
    random: bytes

    @classmethod
    def new(cls, authority: str) -> "Secret":
        """A secret that nobody can guess. Raises ValueError for a code that no address could hold."""
        if not CODE.fullmatch(authority):
            raise ValueError("The code of this council cannot be part of a link.")
        return cls(authority, secrets.token_bytes(RANDOM))

    @classmethod
    def read(cls, word: str) -> "Secret | None":
        """What a word of an address says; None where it can be none of ours."""
        if not WORD.fullmatch(word):
            return None
        try:
            said = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
            authority = said[RANDOM:].decode("ascii")
        except (binascii.Error, UnicodeDecodeError):
            return None
        found = cls(authority, said[:RANDOM])
        return found if CODE.fullmatch(authority) and found.word == word else None

    @property
    def word(self) -> str:
        """As it stands in an address."""
        return base64.urlsafe_b64encode(self.random + self.authority.encode()).decode().rstrip("=")

    @property
    def sha256(self) -> bytes:
        """All that is kept of it."""
        return hashlib.sha256(self.random).digest()
