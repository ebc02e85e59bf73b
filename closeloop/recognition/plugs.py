"""What recognition is told by the apps above it (`config.talk_plugs`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Known:
    """A record that a text names, within the viewer's reach; `said` is how the text says it."""

    id: int
    type: str
    title: str
    said: str


@dataclass
class Plugs:
    """`named_in`: the records that a text names. `readers`: who else may read a document."""

    named_in: Callable[[str, Actor], Sequence[Known]] = lambda _text, _actor: ()
    readers: list[Callable[[int, Actor], bool]] = field(default_factory=list)


plugs = Plugs()
