"""What scoring must know of things that lie above: plugged in by `config/scoring_plugs.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.engine.scoring import Given


@dataclass(frozen=True)
class Result:
    """Something that may become of records, from which a model can learn.

    `sql` gives (id, 1 or 0, when it was decided) of every record of which it is decided.
    `betrayed_by`: fields that a gate asks for on the way there, so that they would tell it.
    """

    key: str
    name: Mapping[str, str]
    sql: str
    params: Sequence[Any] = ()
    betrayed_by: frozenset[str] = frozenset()


def _none(_record_type: str) -> Sequence[Result]:
    return ()


@dataclass
class Plugs:
    """How a stage ends a record: won (True), lost (False); stages that end nothing are absent.

    `results`: what else may become of records of a type. `asked_by_gates`: the fields for which
    gates of its process ask; who lacks them has not got far, so they tell how it ends. `given`:
    points that other apps gave some records beside the rules, by record.
    """

    outcomes: Callable[[str], Mapping[str, bool]] = lambda _record_type: {}
    results: Callable[[str], Sequence[Result]] = _none
    asked_by_gates: Callable[[str], frozenset[str]] = lambda _record_type: frozenset()
    given: Callable[[Collection[int]], Mapping[int, Sequence[Given]]] = lambda _ids: {}


plugs = Plugs()
