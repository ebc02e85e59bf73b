"""What the sweeper does for figures: keeps the counts up to date, and has them made when needed."""

import time
from collections.abc import Mapping
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from closeloop.edge.revisions import CachedByRevision
from closeloop.metrics import actions, standing
from closeloop.metrics.actions import KeptUp
from closeloop.metrics.definitions import REVISION, book

REBUILD = "metrics.rebuild"
ASKED_EVERY_S = 10.0


class _Asking:
    """When this process last looked whether the counts must be made anew."""

    at = -ASKED_EVERY_S

    def is_time(self) -> bool:
        """Whether to look again; at most every ten seconds."""
        now = time.monotonic()
        if now - self.at < ASKED_EVERY_S:
            return False
        self.at = now
        return True


_asking = _Asking()


def sweep() -> KeptUp:
    """One round; any number of sweepers may run at once."""
    if _asking.is_time() and _wanted.get() and not is_current():
        _ask()
    return actions.keep_up()


def is_current() -> bool:
    """Whether the build that is read counts what is measured now."""
    live = standing.live()
    return live is not None and _counted(live.pk) == _wanted.get()


def _ask() -> None:
    try:
        app.configure_task(REBUILD, queueing_lock=REBUILD).defer()
    except AlreadyEnqueued:
        return


def _counted(build_id: int) -> Mapping[str, Any]:
    return {each.key: standing.written(each) for each in standing.measures_of(build_id).values()}


def _read() -> Mapping[str, Any]:
    return {key: standing.written(each) for key, each in book().measures.items()}


_wanted: CachedByRevision[Mapping[str, Any]] = CachedByRevision(REVISION, _read)
