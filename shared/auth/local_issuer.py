"""A signing key of this installation's own, for the demonstration and the tests; never for production."""

import json
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from shared.auth.principal import Role

KID = "local"
PRIVATE, PUBLIC = "signing-key.pem", "jwks.json"


class LocalIssuer:
    """Issues tokens with a key that is made at first use and kept, readable by its owner alone, in `folder`."""

    def __init__(self, folder: Path, issuer: str, audience: str) -> None:
        self.folder, self.issuer, self.audience = folder, issuer, audience
        self.key = _load_or_make(folder)
        self.jwks_file = folder / PUBLIC
        public = OKPAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        keys = {"keys": [public | {"kid": KID, "use": "sig", "alg": "EdDSA"}]}
        _draft(self.jwks_file, json.dumps(keys).encode()).replace(self.jwks_file)

    def token(self, subject: str, authority: str, role: Role, now: datetime, hours: int = 12) -> str:
        """A token for one person in one role, valid from `now` (UTC)."""
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject,
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(hours=hours)).timestamp()),
            "authority": authority,
            "roles": [role.value],
        }
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": KID, "typ": "at+jwt"})


def _load_or_make(folder: Path) -> Ed25519PrivateKey:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / PRIVATE
    if not path.exists():
        _write_new(path, Ed25519PrivateKey.generate())
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def _write_new(path: Path, key: Ed25519PrivateKey) -> None:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = _draft(path, pem)
    try:
        os.link(draft, path)  # whoever is first wins; the other uses the winner's key
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, content: bytes) -> Path:
    # A name of its own, and complete before it takes its place: another process may be reading.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # readable by its owner alone
    with open(handle, "wb") as file:
        file.write(content)
    return Path(name)
