"""What must follow at once from a recorded thing, in the same transaction (inline reactions).

`config/wiring.py` registers them; whatever may lag reads the record as a subscriber instead.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.edge.statements import Row, Statement
from closeloop.identity.actor import Actor

React = Callable[[Sequence[Happening], Actor], None]


@dataclass(frozen=True)
class Written:
    """What a reaction writes with an entry; `told` is how its things then stand, for an answer."""

    statements: Sequence[Statement]
    told: Any = None


NOTHING = Statement("", [])
"""What a reaction reads that only looks at what happens: nothing is asked."""


@dataclass(frozen=True)
class Aboard:
    """How a reaction travels with the write that it follows, which saves it trips of its own.

    `read` gives what it reads (verb, record) together with the record's lock, NOTHING where the
    happening alone tells, None where it does not travel; `write` what it
    writes, from the rows that were read, or None where it must wait until the entry is written.
    What it tells is found by its `name`. `read_of` reads for several records at once, whose ids a
    statement gives; each of its rows ends with the id of its record.
    """

    name: str
    read: Callable[[str, int], Statement | None]
    write: Callable[[Happening, Actor, Sequence[Row]], Written | None]
    read_of: Callable[[str, Statement], Statement | None] | None = None


@dataclass(frozen=True)
class Travelling:
    """Everything that reactions write with an entry, the numbers of these, and what they tell."""

    statements: Sequence[Statement]
    done: Collection[int]
    told: Mapping[str, Any]


@dataclass(frozen=True)
class _Reaction:
    wanted: Callable[[], Collection[str]]
    react: React
    aboard: Aboard | None = None


@dataclass
class Reactions:
    """The reactions of this process, run in the order in which they were registered."""

    _registered: list[_Reaction] = field(default_factory=list)

    def register(
        self,
        wanted: Callable[[], Collection[str]],
        react: React,
        aboard: Aboard | None = None,
    ) -> None:
        """Run `react` with the entries whose verbs `wanted()` holds; asked at every entry."""
        self._registered.append(_Reaction(wanted, react, aboard))

    def reads(self, verb: str, record_id: int) -> dict[int, Statement]:
        """What reactions read under a record's lock before a verb is written, by their number.

        NOTHING among them is not asked; its rows are none.
        """
        found = {}
        for number, reaction in enumerate(self._registered):
            if reaction.aboard is not None and verb in reaction.wanted():
                statement = reaction.aboard.read(verb, record_id)
                if statement is not None:
                    found[number] = statement
        return found

    def writes(
        self, happening: Happening, read: Mapping[int, Sequence[Row]], *, actor: Actor
    ) -> Travelling:
        """What is written together with an entry.

        `read` are the rows of what `reads` gave in this transaction. The reactions that are `done`
        have then run; the others are left to `follow`.
        """
        statements: list[Statement] = []
        done: list[int] = []
        told: dict[str, Any] = {}
        for number, rows in read.items():
            aboard = self._registered[number].aboard
            written = aboard.write(happening, actor, rows) if aboard is not None else None
            if aboard is not None and written is not None:
                statements += written.statements
                told[aboard.name] = written.told
                done.append(number)
        return Travelling(statements, done, told)

    def reads_of(self, verb: str, ids: Statement) -> dict[int, Statement]:
        """The same as `reads` for several records, whose ids a statement gives."""
        found = {}
        for number, reaction in enumerate(self._registered):
            aboard = reaction.aboard
            if aboard is not None and aboard.read_of is not None and verb in reaction.wanted():
                statement = aboard.read_of(verb, ids)
                if statement is not None:
                    found[number] = statement
        return found

    def writes_all(
        self,
        happenings: Sequence[Happening],
        read: Mapping[int, Sequence[Row]],
        *,
        actor: Actor,
    ) -> Travelling:
        """What is written together with entries, each about another record.

        `read` are the rows of what `reads_of` gave in this transaction, for all these records.
        """
        statements: list[Statement] = []
        done: list[int] = []
        for number, rows in read.items():
            written = self._writes_of(number, happenings, rows, actor)
            if written is not None:
                statements += [each for some in written for each in some.statements]
                done.append(number)
        return Travelling(statements, done, {})

    def _writes_of(
        self, number: int, happenings: Sequence[Happening], rows: Sequence[Row], actor: Actor
    ) -> list[Written] | None:
        """What one reaction writes with all of the entries, or None where it must wait."""
        aboard = self._registered[number].aboard
        by_record: dict[int | None, list[Row]] = {}
        for row in rows:
            by_record.setdefault(row[-1], []).append(row[:-1])
        found: list[Written] = []
        for happening in happenings:
            about = by_record.get(happening.record_id, ())
            written = None if aboard is None else aboard.write(happening, actor, about)
            if written is None:
                return None
            found.append(written)
        return found

    def follow(
        self,
        happenings: Sequence[Happening],
        *,
        actor: Actor,
        done: Collection[int] = (),
    ) -> bool:
        """Run what follows from entries that the current transaction has just written.

        `done` are the numbers of reactions that have run. Gives whether any other has.
        """
        has_run = False
        said = {happening.verb for happening in happenings}
        for number, reaction in enumerate(self._registered):
            heard = said.intersection(reaction.wanted()) if number not in done else None
            if heard:
                chosen = (
                    happenings
                    if heard == said
                    else [happening for happening in happenings if happening.verb in heard]
                )
                reaction.react(chosen, actor)
                has_run = True
        return has_run


reactions = Reactions()
