"""Whether this process was told to end: whoever waits for something to happen then waits no longer."""

import signal


def leaving() -> bool:
    """Whether the server that serves us is stopping; what it serves is finished meanwhile."""
    # uvicorn's handler of the signal is a method of the server.
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))
