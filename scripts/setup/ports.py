"""A port that somebody else holds is named before minutes are spent on installing.

Only before the first installation: later the supervisor knows whether it is the product's own.
"""

from __future__ import annotations

import errno
import os
import socket

from scripts.setup.steps import VENV, SetupError


def require_free_before_the_first_start() -> None:
    """Raise SetupError when nothing is installed yet and a port of the product is taken."""
    if VENV.exists():
        return
    host = os.environ.get("CLOSELOOP_HOST") or "127.0.0.1"
    port = int(os.environ.get("CLOSELOOP_PORT") or "8000")
    live = int(os.environ.get("CLOSELOOP_LIVE_PORT") or port + 1)
    for each, setting in ((port, "CLOSELOOP_PORT"), (live, "CLOSELOOP_LIVE_PORT")):
        if _is_taken(host, each):
            raise SetupError(
                f"Port {each} is taken by another program. Choose a free one: "
                f"{setting}={each + 10} scripts/start"
            )


def _is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False
