"""Doing several things at the same moment, each on a database connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, TypeVar

from django.db import connections

Result = TypeVar("Result")


class Together:
    """Threads that start each task at the same moment."""

    def __init__(self, pool: ThreadPoolExecutor, size: int) -> None:
        self._pool = pool
        self._barrier = Barrier(size, timeout=30)

    def do(self, *tasks: Callable[[], Result]) -> list[Result]:
        """Do all tasks (as many as there are threads) at once; gives their results in order."""
        return list(self._pool.map(self._run, tasks))

    def _run(self, task: Callable[[], Result]) -> Result:
        self._barrier.wait()
        return task()

    def close(self) -> None:
        """Close every thread's connection."""
        self.do(*[connections.close_all] * self._barrier.parties)


@contextmanager
def together(size: int = 2) -> Iterator[Together]:
    """Threads for the length of a test."""
    with ThreadPoolExecutor(size) as pool:
        threads = Together(pool, size)
        yield threads
        threads.close()


def statuses(answers: list[Any]) -> list[int]:
    """The answers' statuses, lowest first: the winner's, then the losers'."""
    return sorted(answer.status_code for answer in answers)


def loser(answers: list[Any]) -> dict[str, Any]:
    """What the one who lost was told."""
    (told,) = [answer.json() for answer in answers if answer.status_code >= 400]
    return dict(told)
