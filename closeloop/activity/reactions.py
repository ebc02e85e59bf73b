"""What must follow at once from a recorded thing, in the same transaction (inline reactions).

`config/wiring.py` registers them; whatever may lag reads the record as a subscriber instead.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import Actor

React = Callable[[Sequence[Happening], Actor], None]


@dataclass(frozen=True)
class _Reaction:
    wanted: Callable[[], Collection[str]]
    react: React


@dataclass
class Reactions:
    """The reactions of this process, run in the order in which they were registered."""

    _registered: list[_Reaction] = field(default_factory=list)

    def register(self, wanted: Callable[[], Collection[str]], react: React) -> None:
        """Run `react` with the entries whose verbs `wanted()` holds; asked at every entry."""
        self._registered.append(_Reaction(wanted, react))

    def follow(self, happenings: Sequence[Happening], *, actor: Actor) -> None:
        """Run what follows from entries that the current transaction has just written."""
        for reaction in self._registered:
            verbs = reaction.wanted()
            chosen = [happening for happening in happenings if happening.verb in verbs]
            if chosen:
                reaction.react(chosen, actor)


reactions = Reactions()
