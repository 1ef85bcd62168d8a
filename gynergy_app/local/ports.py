"""One port, one process: granian shares its port with whoever asks, so nobody would notice a second one."""

import errno
import socket

from gynergy_app.local.trouble import Trouble

LAST_PORT = 65535


def read(typed: str) -> int:
    """Raise unless this is a port's number."""
    if typed.isascii() and typed.isdecimal() and 0 < int(typed) <= LAST_PORT:
        return int(typed)
    raise Trouble(f"There is no port {typed!r}. Please choose a number from 1 to {LAST_PORT}, such as 3100.")


def refuse_busy(host: str, port: int, way_out: str) -> None:
    """Raise unless this port is free; `way_out` is what to type for another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(_why(error, host, port, way_out)) from error


def _why(error: OSError, host: str, port: int, way_out: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is used by another program. Stop it, or choose another: {way_out}"
    return f"Nothing can listen at {host}, port {port}: {error.strerror}."
