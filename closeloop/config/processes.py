"""Processes of this machine: who works in a folder, who carries a mark, and how to end them.

Read from /proc, so Linux only; elsewhere nothing is found and nothing is ended.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def working_in(folder: Path, *, owner: tuple[int, int] | None = None) -> list[int]:
    """Give the ids of the processes whose working directory is `folder`.

    `owner` is the user and group that they run as: inside containers root may not look at other
    users' processes, but may become that user while it looks.
    """
    with _seeing_as(owner):
        return [pid for pid in _all() if _working_directory(pid) == str(folder)]


def marked(**variables: str) -> list[int]:
    """Give the ids of the other processes started with all these environment variables."""
    wanted = {f"{name}={value}".encode() for name, value in variables.items()}
    return [pid for pid in _all() if pid != os.getpid() and wanted <= _environment(pid)]


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and was not yet collected does not count."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def end(pids: Iterable[int], how: signal.Signals, *, wait_s: float) -> None:
    """Signal the processes, wait until they are gone, and kill what is left after `wait_s`."""
    left = _signal(pids, how)
    deadline = time.monotonic() + wait_s
    while left and time.monotonic() < deadline:
        time.sleep(0.02)
        left = [pid for pid in left if is_alive(pid)]
    _signal(left, signal.SIGKILL)
    while any(is_alive(pid) for pid in left):
        time.sleep(0.02)


@contextmanager
def _seeing_as(owner: tuple[int, int] | None) -> Iterator[None]:
    if owner is None or os.geteuid() != 0:
        yield
        return
    user, group = os.geteuid(), os.getegid()
    os.setegid(owner[1])
    os.seteuid(owner[0])
    try:
        yield
    finally:
        os.seteuid(user)
        os.setegid(group)


def _signal(pids: Iterable[int], how: signal.Signals) -> list[int]:
    reached = []
    for pid in pids:
        try:
            os.kill(pid, how)
        except (ProcessLookupError, PermissionError):
            continue
        reached.append(pid)
    return reached


def _all() -> list[int]:
    proc = Path("/proc")
    entries = proc.iterdir() if proc.exists() else ()
    return [int(entry.name) for entry in entries if entry.name.isdigit()]


def _working_directory(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""


def _environment(pid: int) -> set[bytes]:
    try:
        return set(Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"))
    except OSError:
        return set()
