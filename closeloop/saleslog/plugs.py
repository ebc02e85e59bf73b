"""What the sales log is told by the apps beside and below it (`config.saleslog_plugs`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from closeloop.identity.actor import Actor

Name = Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """What an event is about: its type's tags, what was said, the customer."""

    event: str
    tags: Sequence[str]
    text: str
    customer_id: int | None
    record_id: int | None


@dataclass(frozen=True)
class Suggestion:
    """An entry of the playbooks, and why it is shown; `link` opens it."""

    id: int
    title: str
    text: str
    why: str
    link: str


@dataclass(frozen=True)
class Part:
    """A part of the day: the verbs whose entries it shows, whole or by their ending.

    `where` holds values that the entry's data must have.
    """

    key: str
    verbs: Sequence[str] = ()
    endings: Sequence[str] = ()
    where: Mapping[str, object] = field(default_factory=dict)

    def holds(self, verb: str, data: Mapping[str, object]) -> bool:
        """Whether an entry belongs to it."""
        is_named = verb in self.verbs or verb.endswith(tuple(self.endings) or ("\0",))
        return is_named and all(data.get(key) == value for key, value in self.where.items())


def _nothing(_situation: Situation, _actor: Actor, _limit: int) -> Sequence[Suggestion]:
    return ()


@dataclass
class Plugs:
    """`suggest`: playbooks for an event. `parts`: of what a day is made, in their order."""

    suggest: Callable[[Situation, Actor, int], Sequence[Suggestion]] = _nothing
    parts: Callable[[], Sequence[Part]] = tuple


plugs = Plugs()
