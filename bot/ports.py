"""Whether a port is free, told before anything heavy is loaded."""

from __future__ import annotations

import errno
import socket


class PortInUseError(Exception):
    """Something else listens on the port."""


def check_port(host: str, port: int) -> None:
    """Whether the server can listen there.

    Raises:
        PortInUseError: it cannot.
        OSError: the host is not an address of this machine.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortInUseError(str(port)) from None
            raise
