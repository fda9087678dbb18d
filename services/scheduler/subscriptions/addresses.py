"""Where webhooks may go: named hosts over HTTPS, and nowhere else."""

import ipaddress
import re
from dataclasses import dataclass

import httpx

PRINTABLE = re.compile(r"[!-\[\]-~]{1,2000}")  # ASCII without blanks and without the backslash
LOOPBACK = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The hosts an installation allows, by their exact names; and whether this machine itself is one, over HTTP."""

    hosts: frozenset[str]
    loopback: bool = False

    def allow(self, url: str) -> bool:
        """Whether a webhook may be sent there. Read by the same parser that will send it."""
        if not PRINTABLE.fullmatch(url):
            return False
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, ValueError):
            return False
        if parsed.userinfo or parsed.fragment or not parsed.host:
            return False
        return self._is_named_host(parsed) or self._is_this_machine(parsed)

    def _is_named_host(self, url: httpx.URL) -> bool:
        at_its_port = url.scheme == "https" and url.port in (None, 443)
        return at_its_port and url.host in self.hosts and not _is_number(url.host)

    def _is_this_machine(self, url: httpx.URL) -> bool:
        port = 80 if url.port is None else url.port
        return self.loopback and url.scheme == "http" and url.host in LOOPBACK and 0 < port < 65_536


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return re.fullmatch(r"[0-9.]+|0x.*", host) is not None
    return True
