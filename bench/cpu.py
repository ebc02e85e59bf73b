"""CPU time of processes, read from /proc: it does not change with what else the machine does."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICK_NS = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def of_thread_group(pid: int) -> int:
    """Nanoseconds of CPU that a process has used with all its threads; 0 when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    words = stat.rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) * _TICK_NS


def of_backend(pid: int) -> int:
    """The same of a process with one thread, such as a PostgreSQL backend, to the nanosecond."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except OSError:
        return 0


def of_backends(pids: Iterable[int]) -> int:
    """The same of several backends together."""
    return sum(of_backend(pid) for pid in pids)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for tasks in found for child in tasks.read_text().split()]
