"""What nurture must know of apps above and beside it: plugged in by `config/nurture_plugs.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.identity.actor import Actor

Name = Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """A record under its lock."""

    record_id: int
    owner_id: int | None
    unit_id: int | None
    is_open: bool


def _nothing(_type: str, _ids: Sequence[int]) -> Sequence[Held]:
    return ()


@dataclass
class Plugs:
    """How records are locked and change hands, which stages are open, who is known at WeCom.

    `route` and `pool` say in a code why nothing came of it, or nothing. `senders` gives the ids at
    WeCom of colleagues; `wecom` the settings of the company's application.
    """

    lock: Callable[[str, Sequence[int]], Sequence[Held]] = _nothing
    route: Callable[[str, int, Actor], str] = lambda _type, _id, _actor: "nothing_decides"
    pool: Callable[[str, int, str, Actor], str] = lambda _type, _id, _note, _actor: "no_pool"
    assign: Callable[[str, int, int, Actor], None] | None = None
    loads: Callable[[str, Collection[int]], Mapping[int, int]] = lambda _type, _people: {}
    ended: Callable[[str], Collection[str]] = lambda _type: ()
    stages: Callable[[str], Mapping[str, Name]] = lambda _type: {}
    grades: Callable[[str], Sequence[tuple[str, Name]]] = lambda _type: ()
    """The grades of a record type, the highest first."""
    senders: Callable[[Collection[int]], Mapping[int, str]] = lambda _people: {}
    wecom: Callable[[], Mapping[str, Any]] = dict


plugs = Plugs()
