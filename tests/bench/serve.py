"""`python -m tests.bench.serve MODULE:APP PORT`: one process that answers sockets, and serves no pages."""

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server


def serve(app: str, port: int) -> None:
    Server(
        app,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
