"""Where people's and sessions' happenings go: `activity` lies above and plugs itself in."""

from collections.abc import Callable, Mapping
from typing import Any

from closeloop.identity.actor import Actor


class Recorder:
    """Takes verbs and facts; fails shut, so that nothing can happen unrecorded."""

    def __init__(self) -> None:
        self.plugged: Callable[[str, Mapping[str, Any], Actor], None] | None = None

    def record(self, verb: str, data: Mapping[str, Any], *, actor: Actor) -> None:
        """Record one thing in the current transaction."""
        if self.plugged is None:
            raise RuntimeError("no activity is wired")
        self.plugged(verb, data, actor)


recorder = Recorder()
