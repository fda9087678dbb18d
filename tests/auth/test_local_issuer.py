"""The signing key of one installation."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.auth.keys import FileKeys
from shared.auth.local_issuer import PRIVATE, LocalIssuer


def issuer(folder) -> LocalIssuer:
    return LocalIssuer(folder, "https://id.test", "duecare")


def test_only_the_owner_can_read_the_key(tmp_path):
    issuer(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_key_is_kept(tmp_path):
    first = issuer(tmp_path).key.private_bytes_raw()
    assert issuer(tmp_path).key.private_bytes_raw() == first


@pytest.mark.parametrize("_", range(5))
def test_processes_that_start_at_once_use_one_key(tmp_path, _):
    with ThreadPoolExecutor(8) as together:
        keys = list(
            together.map(lambda _: (issuer(tmp_path), FileKeys(tmp_path / "jwks.json"))[0].key, range(16))
        )
    assert len({key.private_bytes_raw() for key in keys}) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["jwks.json", PRIVATE]
