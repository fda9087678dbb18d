"""Runs one application under the uvicorn that the services run under:
`python -m bench.serving bare|usual|replay:SCRIPT PORT`."""

import pickle
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn

from bench.bare import Bare
from bench.replaying import Replay
from bench.usual import create_app


def main(which: str, port: int) -> None:
    """Serve until a signal."""
    application = _application(which)
    listening = socket.create_server(("127.0.0.1", port), backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        lifespan="on" if which == "usual" else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _application(which: str) -> Any:
    name, _, script = which.partition(":")
    match name:
        case "bare":
            return Bare()
        case "usual":
            return create_app()
        case _:
            return Replay(pickle.loads(Path(script).read_bytes()))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
