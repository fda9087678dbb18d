"""NATS as an operator runs it: users are known by signed tokens, and have a credentials file each."""

import base64
import binascii
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OPERATOR, ACCOUNT, USER, SEED = 14 << 3, 0, 20 << 3, 18 << 3
ANYTHING = dict.fromkeys(("subs", "data", "payload", "conn", "leaf", "imports", "exports"), -1)
STREAMS = dict.fromkeys(("mem_storage", "disk_storage", "streams", "consumer"), -1)


class Key:
    """A key of NATS: https://github.com/nats-io/nkeys says how it is written."""

    def __init__(self, kind: int) -> None:
        self.kind, self.private = kind, Ed25519PrivateKey.generate()

    @property
    def public(self) -> str:
        return _written(bytes([self.kind]), self.private.public_key().public_bytes_raw())

    @property
    def seed(self) -> str:
        return _written(
            bytes([SEED | self.kind >> 5, (self.kind & 31) << 3]), self.private.private_bytes_raw()
        )

    def token(self, subject: "Key", **nats: Any) -> str:
        """What this key says of another."""
        claims = {"jti": "1", "iat": 1, "iss": self.public, "sub": subject.public, "name": "test"}
        parts = [{"typ": "JWT", "alg": "ed25519-nkey"}, claims | {"nats": nats | {"version": 2}}]
        said = ".".join(_url(json.dumps(part).encode()) for part in parts)
        return f"{said}.{_url(self.private.sign(said.encode()))}"


def accounts(folder: Path) -> tuple[Path, Path]:
    """The server's configuration, and the credentials file of its one user."""
    operator, system, account, user = Key(OPERATOR), Key(ACCOUNT), Key(ACCOUNT), Key(USER)
    known = {
        system.public: operator.token(system, type="account", limits=ANYTHING),
        account.public: operator.token(account, type="account", limits=ANYTHING | STREAMS),
    }
    settings = {
        "operator": operator.token(operator, type="operator", system_account=system.public),
        "system_account": system.public,
        "resolver": "MEMORY",
        "resolver_preload": known,
    }
    server, creds = folder / "nats.conf", folder / "user.creds"
    server.write_text("\n".join(f"{name}: {json.dumps(value)}" for name, value in settings.items()))
    token = account.token(user, type="user", subs=-1, data=-1, payload=-1)
    blocks = {"NATS USER JWT": token, "USER NKEY SEED": user.seed}
    creds.write_text(
        "\n".join(f"-----BEGIN {name}-----\n{is_}\n------END {name}------\n" for name, is_ in blocks.items())
    )
    return server, creds


def _written(prefix: bytes, key: bytes) -> str:
    raw = prefix + key
    return base64.b32encode(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")


def _url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
