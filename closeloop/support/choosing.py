"""Who helps with a problem, and why that person: rules, stand-ins, the unit's manager at last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count

from closeloop.engine.support import SupportRule, fitting
from closeloop.identity import queries as identity
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope, UnitClosure
from closeloop.support import setups
from closeloop.support.models import Case, CaseState

HEAD, SUPERIOR = "head", "superior"


@dataclass
class Chosen:
    """Who is asked (nobody, where there is no one at all), and the reasons as plain data."""

    owner_id: int | None = None
    why: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """What is asked for: a kind of problem in a unit, by somebody, at a moment."""

    kind: str
    unit_id: int | None
    requester_id: int
    stand_ins: Mapping[int, int]


def choose(
    *,
    kind: str,
    unit_id: int | None,
    requester_id: int,
    at: datetime,
    by: setups.Live | None = None,
) -> Chosen:
    """The owner of a new case, by the configuration that holds unless another is given.

    The first fitting rule with somebody who is there, or whose stand-in is, decides; nobody helps
    themselves. Without one it is the manager of the unit, else the superior of whoever asks.
    """
    live = by or setups.current()
    stand_ins = org.stand_ins(at, scope=AbsenceScope.CLOCKS)
    place = _Place(kind, unit_id, requester_id, stand_ins)
    passed: list[dict[str, Any]] = []
    for rule, person in _candidates(fitting(live.rules, kind=kind, line=_line(unit_id)), place):
        chosen = _present(person, place, at, passed)
        if chosen is not None:
            return _decided(chosen, person, rule, live.number, passed)
    for fallback, last in _last(place):
        chosen = _present(last, place, at, passed)
        if chosen is not None:
            return _decided(chosen, last, fallback, live.number, passed)
    return Chosen(None, {"version": live.number, "by": "nobody", "passed_over": passed})


def _candidates(rules: list[SupportRule], place: _Place) -> Iterator[tuple[SupportRule, int]]:
    for rule in rules:
        for person in _people(rule, place):
            yield rule, person


def _people(rule: SupportRule, place: _Place) -> list[int]:
    if rule.target == "person":
        active = User.objects.filter(pk=rule.value or 0, is_active=True)
        return list(active.values_list("pk", flat=True))
    if rule.target == "role":
        return _least_busy(org.people_with_role(str(rule.value), place.unit_id))
    unit_id = rule.value if isinstance(rule.value, int) else place.unit_id
    head = org.head_of_unit(unit_id) if unit_id is not None else None
    return [] if head is None else [head]


def _last(place: _Place) -> Iterator[tuple[str, int]]:
    """The manager of the unit, then everybody above whoever asks."""
    head = org.head_of_unit(place.unit_id) if place.unit_id is not None else None
    if head is not None:
        yield HEAD, head
    for person in org.superiors_of(place.requester_id):
        yield SUPERIOR, person


def _least_busy(people: list[int]) -> list[int]:
    """Those with the fewest open cases first."""
    held = Case.objects.filter(owner_id__in=people, state=CaseState.OPEN)
    load = dict(held.values_list("owner_id").annotate(count=Count("pk")))
    return sorted(people, key=lambda person: (load.get(person, 0), person))


def _present(person: int, place: _Place, at: datetime, passed: list[dict[str, Any]]) -> int | None:
    """The person, or their stand-in; None where nobody is there, which is noted."""
    if person == place.requester_id:
        passed.append({"person_id": person, "why": "asks"})
        return None
    stand_in = place.stand_ins.get(person)
    if stand_in is not None:
        if stand_in != place.requester_id:
            return stand_in
        passed.append({"person_id": person, "why": "stand_in_asks"})
        return None
    if org.is_away(person, at, scope=AbsenceScope.CLOCKS):
        passed.append({"person_id": person, "why": "away"})
        return None
    return person


def _decided(
    owner: int,
    meant: int,
    rule: SupportRule | str,
    version: int,
    passed: list[dict[str, Any]],
) -> Chosen:
    why: dict[str, Any] = {"version": version, "passed_over": _told(passed)}
    if isinstance(rule, str):
        why["by"] = rule
    else:
        why |= {
            "by": "rule",
            "rule": rule.number,
            "kind": rule.kind,
            "unit_id": rule.unit_id,
            "target": rule.target,
            "value": rule.value,
        }
    if owner != meant:
        why["on_behalf_of"] = meant
    return Chosen(owner, why)


def _told(passed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = identity.names_of({each["person_id"] for each in passed}) if passed else {}
    unique = {each["person_id"]: each for each in passed}
    return [{**each, "name": names.get(person, "—")} for person, each in unique.items()]


def _line(unit_id: int | None) -> list[int]:
    if unit_id is None:
        return []
    above = UnitClosure.objects.filter(descendant_id=unit_id).order_by("depth")
    return list(above.values_list("ancestor_id", flat=True))
