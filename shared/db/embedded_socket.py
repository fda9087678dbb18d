"""A private folder for the server's Unix socket, with a path short enough for the system (107 bytes)."""

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from shared.db.embedded_programs import EmbeddedServerError, RunAs

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_PATH = 107
# PostgreSQL reads a comma in the setting, and drivers a colon in the address, as the end of a path.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


def socket_folder(home: Path, identity: RunAs) -> Path:
    """The socket's folder, made if absent: in `home`, or under the temporary folder where home is too deep."""
    folder = home / "socket"
    if not _usable(folder):
        name = f"duecare-{identity.uid}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
        folder = next(filter(_usable, (Path(root) / name for root in (tempfile.gettempdir(), "/tmp"))))
    try:
        folder.mkdir(mode=0o700)
        identity.take(folder)
    except FileExistsError:
        _check_ours(folder, identity)
    return folder


def clear_socket(folder: Path) -> None:
    """Remove a dead server's socket and its lock, whose process id PostgreSQL would believe."""
    for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (folder / name).unlink(missing_ok=True)


def remove_outside_folder(folder: Path, home: Path) -> None:
    """Leave nothing of a stopped server's under the temporary folder."""
    if not folder.is_relative_to(home):
        with suppress(OSError):
            folder.rmdir()


def _usable(folder: Path) -> bool:
    path = str(folder / SOCKET_NAME)
    return len(os.fsencode(path)) <= LONGEST_PATH and _PLAIN_PATH.fullmatch(path) is not None


def _check_ours(folder: Path, identity: RunAs) -> None:
    """Refuse a folder that somebody else made first: they could read what goes through the socket."""
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    if not private or found.st_uid != identity.uid:
        raise EmbeddedServerError(f"{folder} is not a private folder of our own: remove it and start again.")
