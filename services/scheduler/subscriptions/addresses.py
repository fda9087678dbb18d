"""Where webhooks may go: named hosts over HTTPS, and nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label holds a letter in front, as every top-level domain does: a number in any notation is thus no name.
NAME = re.compile(rf"(?=.{{1,253}}$)(?:{LABEL}\.)*[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
CHARACTER = r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2}"
ADDRESS = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[A-Za-z0-9.-]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    rf"(?P<path>/(?:{CHARACTER})*)?"
    rf"(?:\?(?P<query>(?:{CHARACTER}|\?)*))?"
)
LOOPBACK = {"127.0.0.1", "localhost"}
LONGEST = 2000  # characters


@dataclass(frozen=True, slots=True)
class Destination:
    """An address taken apart, once and by one reader, so that what was judged is what is sent to."""

    secure: bool
    host: str
    port: int
    path: str
    query: str

    @property
    def scheme(self) -> str:
        """How it is reached: `https` or `http`."""
        return "https" if self.secure else "http"

    @property
    def authority(self) -> str:
        """The Host header's value."""
        return self.host if self.port == (443 if self.secure else 80) else f"{self.host}:{self.port}"


def named(hosts: Iterable[str], *, loopback: bool) -> "Addresses":
    """What an installation's setting allows. Raises ValueError where it says anything but names."""
    lower = frozenset(each.lower() for each in hosts)
    for each in lower:
        below = each.removeprefix("*.")
        if not NAME.fullmatch(below) or (below != each and "." not in below):
            raise ValueError(
                "A host that webhooks may go to is a name, or *. and a name of two parts or more."
            )
    return Addresses(lower, loopback)


def read_address(url: str) -> Destination | None:
    """The parts of an address in its plainest form; None for any other: with a user, a fragment, an address in
    brackets, anything but ASCII, or a character that must be escaped."""
    found = ADDRESS.fullmatch(url) if len(url) <= LONGEST else None
    if found is None:
        return None
    secure = found["scheme"] == "https"
    port = int(found["port"]) if found["port"] else 443 if secure else 80
    return Destination(secure, found["host"].lower(), port, found["path"] or "/", found["query"] or "")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The hosts an installation allows: by their names, and `*.council.example` for every host below that one, but
    not itself. Whether this machine is allowed too, over HTTP."""

    hosts: frozenset[str]
    loopback: bool = False

    def allow(self, url: str) -> bool:
        """Whether a webhook may be sent there."""
        return self.destination(url) is not None

    def destination(self, url: str) -> Destination | None:
        """Where that is; None where no webhook may go."""
        found = read_address(url)
        return found if found and (self._is_named_host(found) or self.is_this_machine(found)) else None

    def is_this_machine(self, there: Destination) -> bool:
        """Whether it is this machine, and the installation allows that."""
        return self.loopback and not there.secure and there.host in LOOPBACK and 0 < there.port < 65_536

    def _is_named_host(self, there: Destination) -> bool:
        at_its_port = there.secure and there.port == 443
        return at_its_port and NAME.fullmatch(there.host) is not None and self._is_listed(there.host)

    def _is_listed(self, host: str) -> bool:
        above = host.split(".")[1:]
        parents = (".".join(above[n:]) for n in range(len(above)))
        return host in self.hosts or any(f"*.{parent}" in self.hosts for parent in parents if "." in parent)
