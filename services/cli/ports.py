"""Which service listens where, and a plain word where it cannot."""

import errno
import os
import socket

from services.cli.console import CommandRefused
from shared.settings import Settings

# In the order in which they are started: the service, and the setting of its port.
SERVICES = {"reviews_api": "reviews_port", "escalation_api": "escalation_port", "scheduler": "scheduler_port"}
TAKEN_WITHIN = 30_000  # milliseconds in which a caller must take something of what waits for them


def port_of(settings: Settings, service: str) -> int:
    """The port that a service listens on."""
    return int(getattr(settings, SERVICES[service]))


def base_url(settings: Settings, service: str) -> str:
    """Where a service is reached from this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 (a comparison)
    return f"http://{f'[{host}]' if ':' in host else host}:{port_of(settings, service)}"


def listen(settings: Settings, service: str) -> socket.socket:
    """A socket that listens where the settings say. Raises CommandRefused, naming the variable to change."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    address = (settings.host, port_of(settings, service))
    try:
        listening = socket.create_server(address, family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:
        raise CommandRefused(_refusal(settings, service, getattr(error, "errno", None) or 0)) from None
    # Connections have it from here: an event loop sees to it only for sockets that it made itself, and without it the
    # second half of an answer waits 40 ms for its reader to acknowledge the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Likewise. An event loop closes a connection once what was written is taken, and whoever has stopped reading (a
    # stream of events, say) would keep theirs for ever.
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TAKEN_WITHIN)
    return listening


def _refusal(settings: Settings, service: str, number: int) -> str:
    port, variable = port_of(settings, service), f"DUECARE_{SERVICES[service].upper()}"
    if number == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: stop what listens there, or set {variable} to a free port for {service}."
        )
    if number == errno.EACCES:
        return f"Port {port} is reserved: set {variable} to one above 1023."
    reason = os.strerror(number).lower() if number > 0 else "there is no such address"
    return f"Cannot listen on {settings.host}, port {port}: {reason}. Check DUECARE_HOST and {variable}."


def check_ports(settings: Settings) -> None:
    """Raise CommandRefused unless every service can have its port."""
    held = []
    try:
        for service in SERVICES:
            held.append(listen(settings, service))
    finally:
        for each in held:
            each.close()
