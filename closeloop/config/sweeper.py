"""The sweeper process: takes what has fallen due, twice a second. Any number of them may run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from types import FrameType

import django
import structlog
from django.db import Error, connection
from django.utils.module_loading import import_string

from closeloop.config import loading
from closeloop.config.settings import env

SOURCES = (
    "closeloop.edge.revisions.refresh",
    "closeloop.sla.actions.sweep",
    "closeloop.notices.sweeping.sweep",
    "closeloop.nurture.sweeping.sweep",
    "closeloop.metrics.sweeping.sweep",
    "closeloop.metrics.mailing.sweeping.sweep",
)
"""What falls due by itself, in the order in which it is asked; first: is what is cached still new?
"""
DATABASE_PAUSE_S = 1.0
SHORTEST_PAUSE_S = 0.01
log = structlog.get_logger("closeloop.sweeper")


def main() -> None:
    """Sweep until stopped; started again by the supervisor whenever it ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    with loading.for_good():
        django.setup()
        sources = tuple(import_string(path) for path in SOURCES)
    Sweeper(sources).run()


class Sweeper:
    """Asks every source for what is due, again and again, and stops between two rounds."""

    def __init__(self, sources: tuple[Callable[[], object], ...]) -> None:
        """Take the sources in the order in which they are asked."""
        self._sources = sources
        self._is_stopping = False
        self._pause_s = env.SWEEP_EVERY_S

    def run(self) -> None:
        """Round after round until SIGTERM or SIGINT."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        while not self._is_stopping:
            began = time.monotonic()
            if self.round():
                continue
            time.sleep(max(0.0, self._pause_s - (time.monotonic() - began)))

    def round(self) -> bool:
        """Ask every source once; whether one had something to do, so that it may have more."""
        is_busy, self._pause_s = False, env.SWEEP_EVERY_S
        for source in self._sources:
            try:
                found = source()
                is_busy |= getattr(found, "is_busy", False)
                wait_s = getattr(found, "wait_s", None)
                if wait_s is not None:
                    self._pause_s = min(self._pause_s, max(wait_s, SHORTEST_PAUSE_S))
            except Error:
                log.exception("sweep_failed", source=repr(source))
                connection.close()
                self._pause_s = DATABASE_PAUSE_S
                return False
        return is_busy

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True


if __name__ == "__main__":
    main()
