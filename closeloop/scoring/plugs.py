"""What scoring must know of things that lie above: plugged in by `config/scoring_plugs.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass
class Plugs:
    """How a stage ends a record: won (True), lost (False); stages that end nothing are absent."""

    outcomes: Callable[[str], Mapping[str, bool]] = lambda _record_type: {}


plugs = Plugs()
