"""A NATS credentials file (`nsc generate creds`): who the user is, and the seed of the key that signs for it."""

import base64
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

USER, SEED = "NATS USER JWT", "USER NKEY SEED"
SEED_AT = slice(2, 34)  # base32 of two bytes of kind, the seed, two of checksum: github.com/nats-io/nkeys


@dataclass(frozen=True, slots=True)
class Credentials:
    """Read anew for each connection, so that a file that was replaced counts from then on."""

    path: Path = field(repr=False)

    def user(self) -> bytearray:
        """The user's JWT."""
        return bytearray(self._block(USER), "ascii")

    def sign(self, nonce: str) -> bytes:
        """The server's nonce, signed, in base64."""
        seed = self._block(SEED)
        raw = base64.b32decode(seed + "=" * (-len(seed) % 8))[SEED_AT]
        return base64.b64encode(Ed25519PrivateKey.from_private_bytes(raw).sign(nonce.encode()))

    def _block(self, title: str) -> str:
        lines = [line.strip() for line in self.path.read_text(encoding="ascii").splitlines()]
        begin = next((n for n, line in enumerate(lines) if line.strip("-") == f"BEGIN {title}"), None)
        if begin is None or begin + 1 >= len(lines):
            raise ValueError(f"The credentials file has no block named {title}.")
        return lines[begin + 1]
