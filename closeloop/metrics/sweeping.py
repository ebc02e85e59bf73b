"""What the sweeper does for figures: keeps the counts up to date, and has them made when needed."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from closeloop.edge.revisions import CachedByRevision
from closeloop.metrics import actions, standing
from closeloop.metrics.actions import KeptUp
from closeloop.metrics.definitions import REVISION, book
from closeloop.notices import live

REBUILD = "metrics.rebuild"
ASKED_EVERY_S = 10.0
TOLD_EVERY_S = 5.0


class _Telling:
    """What this process owes open screens: a word that figures have changed, now and then."""

    at = -TOLD_EVERY_S
    is_owed = False

    def tell(self, *, has_counted: bool) -> None:
        """Tell every open screen, at most every five seconds; the last change is never kept."""
        self.is_owed = self.is_owed or has_counted
        now = time.monotonic()
        if not self.is_owed or now - self.at < TOLD_EVERY_S:
            return
        self.at, self.is_owed = now, False
        with transaction.atomic():
            live.tell_everybody("figures")


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
_telling = _Telling()


def sweep() -> KeptUp:
    """One round; any number of sweepers may run at once."""
    if _asking.is_time() and _wanted.get() and not is_current():
        _ask()
    kept = actions.keep_up()
    _telling.tell(has_counted=kept.entries > 0)
    return kept


def is_current() -> bool:
    """Whether the build that is read counts what is measured now."""
    build = standing.live()
    return build is not None and _counted(build.pk) == _wanted.get()


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
