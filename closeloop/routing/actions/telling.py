"""What is recorded of a decision, in full, and who is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.engine.routing import Branch, Decision, Passed
from closeloop.identity.actor import Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.org import queries as org
from closeloop.records.types import registry
from closeloop.routing import rules, sentences
from closeloop.routing.plugs import Standing
from closeloop.routing.rules import Live

ROUTED, ROUTED_MANY, NOT_ROUTED = "lead.routed", "lead.routed_many", "lead.not_routed"
NOBODY_FREE, NOT_TOUCHED, NO_GROUP = "nobody_free", "not_touched", "no_group"
_TITLES = "SELECT id, title FROM records_record WHERE id = ANY(%s::bigint[])"
_SOME = 3
"""From so many records at once on, a person is told in one notice."""


class Kind(StrEnum):
    """Upon what a record was given: as new, after waiting in a pool until somebody was there, by
    hand, or because nobody touched it.
    """

    FIRST = "first"
    WAITED = "waited"
    BY_HAND = "by_hand"
    AGAIN = "again"


class Given(NamedTuple):
    """A record as it stood, the branch that fitted, the decision, and the facts asked for."""

    standing: Standing
    branch: Branch
    decision: Decision
    facts: Mapping[str, Any]


def tell(live: Live, given: Sequence[Given], *, kind: Kind, why: str, actor: Actor) -> None:
    """Record every decision, and tell the receivers; of what nobody touched, the superior."""
    said = _Saying(live, kind, why)
    activity.record_many([said.of(each) for each in given], actor=actor)
    _tell_receivers(live, given, kind)
    if kind is Kind.AGAIN:
        _tell_superiors(live, given)


def reason_of(given: Given, kind: Kind) -> str:
    """Why a record goes to the pool, as a code."""
    if kind is Kind.AGAIN and not given.branch.groups:
        return NOT_TOUCHED
    return NOBODY_FREE if given.branch.groups else NO_GROUP


class _Saying:
    """What is recorded of decisions by one version: what they share is put together once."""

    def __init__(self, live: Live, kind: Kind, why: str) -> None:
        self._live, self._kind = live, kind
        self._tables = rules.tables()
        self._common: dict[str, Any] = {
            "rule_set": live.key, "version": live.number, "kind": kind.value,
        }  # fmt: skip
        if why:
            self._common["why"] = why
        self._verbs = (f"{live.record_type}.routed", f"{live.record_type}.not_routed")
        self._heads: dict[tuple[int, int], tuple[Given, dict[str, Any]]] = {}
        self._groups: dict[str | None, dict[str, Any]] = {}
        self._passed: dict[int, tuple[Passed, dict[str, Any]]] = {}

    def of(self, given: Given) -> Happening:
        """The entry about one decision."""
        decision, record = given.decision, given.standing
        about: dict[str, Any]
        if decision.person is None:
            about = {"reason": reason_of(given, self._kind)}
        else:
            about = {
                **self._of_group(decision.group),
                "to_owner": decision.person,
                "load": decision.load,
                "cap": decision.cap,
                "room": decision.room,
            }
        data = {
            **self._head(given),
            "from_owner": record.owner_id,
            "overflow": decision.overflow,
            "passed_over": list(map(self._of_passed, decision.passed)),
            **about,
        }
        return Happening(
            verb=self._verbs[decision.person is None],
            record_id=record.record_id,
            record_type=self._live.record_type,
            unit_id=record.unit_id,
            data=data,
        )

    def _head(self, given: Given) -> dict[str, Any]:
        """What is told alike of all records with the same facts."""
        branch, known = given.branch, given.facts
        held = self._heads.get((id(branch), id(known)))
        if held is None:
            head = {
                **self._common,
                "branch": branch.key,
                "name": branch.name,
                "values": sentences.values_of(branch, known),
            }
            # Kept with what it tells, so that its ids are given to nothing else meanwhile.
            held = self._heads[id(branch), id(known)] = (given, head)
        return held[1]

    def _of_group(self, key: str | None) -> dict[str, Any]:
        held = self._groups.get(key)
        if held is None:
            table = self._tables.get(key or "")
            held = self._groups[key] = {
                "group": key,
                "group_name": table.name if table else {},
                "strategy": table.strategy.value if table else "",
            }
        return held

    def _of_passed(self, passed: Passed) -> dict[str, Any]:
        """The same people passed over for the same reason by many decisions are told once."""
        held = self._passed.get(id(passed))
        if held is None:
            told = {"group": passed.group, "why": passed.why.value, "people": passed.people}
            # Kept with what it tells, so that its id is given to nothing else meanwhile.
            held = self._passed[id(passed)] = (passed, told)
        return held[1]


def _tell_receivers(live: Live, given: Sequence[Given], kind: Kind) -> None:
    counts = Counter(each.decision.person for each in given if each.decision.person is not None)
    single = [
        each
        for each in given
        if each.decision.person is not None and counts[each.decision.person] < _SOME
    ]
    titles = _titles([each.standing.record_id for each in single])
    messages = [
        _message(live, each, titles.get(each.standing.record_id, "—"), kind) for each in single
    ]
    messages += [
        Message(
            event=ROUTED_MANY,
            to=(person,),
            link=f"/r/{live.record_type}?mine=1",
            data={"count": count, "type": dict(registry.get(live.record_type).plural)},
        )
        for person, count in counts.items()
        if count >= _SOME
    ]
    notices.send_all(messages)


def _message(live: Live, given: Given, title: str, kind: Kind) -> Message:
    decision, record_id = given.decision, given.standing.record_id
    table = rules.tables().get(decision.group or "")
    return Message(
        event=ROUTED,
        to=(decision.person or 0,),
        record_id=record_id,
        record_type=live.record_type,
        link=f"/r/{live.record_type}/{record_id}",
        data={
            "record": title,
            "type": dict(registry.get(live.record_type).name),
            "branch": dict(given.branch.name),
            "group": dict(table.name) if table else {},
            "load": decision.load + 1,
            "cap": decision.cap,
            "is_again": kind is Kind.AGAIN,
        },
    )


def _tell_superiors(live: Live, given: Sequence[Given]) -> None:
    pooled = [each for each in given if each.decision.person is None]
    titles = _titles([each.standing.record_id for each in pooled])
    for each in pooled:
        owner, record_id = each.standing.owner_id, each.standing.record_id
        superior = org.superior_of(owner) if owner is not None else None
        if superior is not None:
            message = Message(
                event=NOT_ROUTED,
                to=(superior,),
                record_id=record_id,
                record_type=live.record_type,
                link=f"/r/{live.record_type}/{record_id}",
                data={
                    "record": titles.get(record_id, "—"),
                    "type": dict(registry.get(live.record_type).name),
                },
            )
            notices.send(message)


def _titles(ids: Sequence[int]) -> dict[int, str]:
    return dict(statements.rows(_TITLES, [statements.listed(ids)])) if ids else {}
