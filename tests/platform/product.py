"""One installation in a folder of its own, driven as a person would drive it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from closeloop.config import clusters, processes

_NOT_ITS_OWN = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
"""An installation has a database of its own, and keeps what it has compiled."""
SUPERVISE = (sys.executable, "-m", "closeloop.config.supervise")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Product:
    """Its processes under one supervisor, with an embedded PostgreSQL of its own."""

    def __init__(self, var: Path, port: int, *, demo: bool = False) -> None:
        kept = {key: value for key, value in os.environ.items() if key not in _NOT_ITS_OWN}
        place = {"CLOSELOOP_VAR": str(var), "CLOSELOOP_PORT": str(port)}
        place["CLOSELOOP_DEMO"] = "1" if demo else "0"
        self.var, self.port, self.environment = var, port, {**kept, **place}

    @property
    def database_url(self) -> str:
        return clusters.locate(self.var).url()

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*SUPERVISE, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def pid(self, name: str) -> int:
        if name == "supervisor":
            return int((self.var / "run" / "supervisor.pid").read_text())
        marks = {"CLOSELOOP_VAR": str(self.var), "CLOSELOOP_PROCESS": name}
        if name == "postgres":
            return int((self.var / "pg" / "postmaster.pid").read_text().split()[0])
        return min(processes.marked(**marks))

    def kill(self, *names: str) -> None:
        killed = [self.pid(name) for name in names]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        processes.end(killed, signal.SIGKILL, wait_s=5)

    def kill_whole(self, *names: str) -> None:
        """Kill processes with all that they started, at once."""
        marks = [{"CLOSELOOP_VAR": str(self.var), "CLOSELOOP_PROCESS": name} for name in names]
        killed = [pid for mark in marks for pid in processes.marked(**mark)]
        processes.end(killed, signal.SIGKILL, wait_s=5)
