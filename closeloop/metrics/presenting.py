"""Figures, definitions and things as they are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from closeloop.engine.metrics import Board, Figure, Measure, Metric
from closeloop.identity.actor import Actor
from closeloop.identity.queries import names_of
from closeloop.metrics.definitions import Book, Held, book
from closeloop.metrics.queries.behind import Thing
from closeloop.metrics.queries.corrections import Corrected
from closeloop.metrics.queries.counts import DIMENSIONS, FLOW, TIMES, Key
from closeloop.metrics.queries.figures import Row
from closeloop.metrics.sources import sources
from closeloop.org import queries as org
from closeloop.records import queries as records

Name = Mapping[str, str]
NOBODY: Name = {"zh-CN": "未归属人员", "en-US": "Nobody"}
NOWHERE: Name = {"zh-CN": "未归属团队", "en-US": "No unit"}
OTHER: Name = {"zh-CN": "其他", "en-US": "Other"}


def metric(held: Held) -> dict[str, Any]:
    """A metric with everything that can be said about it."""
    own = held.metric
    kinds = kinds_of(own, book())
    return {
        "key": own.key,
        "name": dict(own.name),
        "format": own.format.value,
        "numerator": dict(own.parts[0]),
        "denominator": dict(own.parts[1]) or None,
        "source": dict(own.source),
        "exclusions": dict(own.exclusions),
        "unit": dict(own.unit) or None,
        "threshold": None
        if own.threshold is None
        else {
            "good": own.threshold.good,
            "bad": own.threshold.bad,
            "source": dict(own.threshold.source),
        },
        "period": own.period,
        "is_now": book().is_now(own),
        "can_target": own.can_target,
        "dimensions": dimensions_of(held, book()),
        "kinds": [{"key": key, "name": dict(name)} for key, name in kinds.items()],
        "version": held.number,
        "published_at": held.published_at,
        "published_by": held.published_by,
    }


def dimensions_of(held: Held, known: Book) -> list[str]:
    """By what a metric can be broken down."""
    kinds = kinds_of(held.metric, known)
    not_by = TIMES if known.is_now(held.metric) else ()
    offered = {"kind": bool(kinds), "flow": any(each.endswith(FLOW) for each in kinds)}
    return [each for each in DIMENSIONS if each not in not_by and offered.get(each, True)]


def board(own: Board) -> dict[str, Any]:
    """A board with its panels."""
    panels = [
        {
            "metric": each.metric or None, "name": dict(each.name), "chart": each.chart,
            "source": each.source or None,
            "by": each.by, "and_by": each.and_by, "days": each.days,
        }
        for each in own.panels
    ]  # fmt: skip
    return {
        "key": own.key,
        "name": dict(own.name),
        "about": dict(own.about),
        "page": own.page and {"path": own.page.path, "name": dict(own.page.name)},
        "periods": list(own.periods),
        "panels": panels,
    }


def kinds_of(own: Metric, held: Book) -> dict[str, Name]:
    """The kinds that the metric's things have, with their words, in order."""
    found: dict[str, Name] = {}
    for measure in held.measured(own):
        names = sources.names_of(measure.names)
        keys = [key for key in names if not measure.of or key in measure.of]
        found |= {key: names[key] for key in keys}
    return found


def figure(own: Figure) -> dict[str, Any]:
    """A figure with its parts and its interval."""
    low, high = own.interval or (None, None)
    return {
        "value": own.value,
        "numerator": own.numerator,
        "denominator": own.denominator,
        "low": low,
        "high": high,
        "level": own.level.value,
    }


def rows(found: Sequence[Row], by: Sequence[str], own: Metric) -> list[dict[str, Any]]:
    """Rows with the words of their keys."""
    words = [_words([row.keys[at] for row in found], each, own) for at, each in enumerate(by)]
    told = []
    for row in found:
        labels = [words[at][key] for at, key in enumerate(row.keys)]
        told.append(
            {
                "key": str(row.keys[0]),
                "label": dict(labels[0]),
                "and_key": str(row.keys[1]) if len(by) > 1 else None,
                "and_label": dict(labels[1]) if len(by) > 1 else None,
                "figure": figure(row.figure),
                "before": None if row.before is None else figure(row.before),
            }
        )
    return told


def things(found: Sequence[Thing], own: Metric, *, actor: Actor) -> list[dict[str, Any]]:
    """Things with the names of what the viewer may see of them."""
    seen = records.visible_among(
        {each.record_id for each in found if each.record_id is not None}, actor=actor
    )
    people = names_of({each.person_id for each in found})
    units = org.unit_names()
    measures = book().measures
    return [
        {
            "at": each.at,
            "id": each.id,
            "measure": dict(measures[each.measure].name),
            "kind": _kind(each, measures[each.measure]),
            "record": _record(seen.get(each.record_id or 0)),
            "person": {"id": each.person_id, "name": people[each.person_id]}
            if each.person_id in people
            else None,
            "unit": units.get(each.unit_id),
            "is_met": each.is_met,
            "value": None if each.value is None else each.value / own.per,
        }
        for each in found
    ]


def corrected(found: Corrected | None, language: str) -> dict[str, Any] | None:
    """The newest correction in words."""
    if found is None:
        return None
    return {
        "at": found.at,
        "by": names_of({found.actor_id}).get(found.actor_id) if found.actor_id else None,
        "what": found.what(language),
        "reason": found.reason,
    }


def _kind(thing: Thing, measure: Measure) -> dict[str, str] | None:
    if not thing.kind:
        return None
    return dict(sources.names_of(measure.names).get(thing.kind, OTHER))


def _record(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"id": found.pk, "type": found.type, "title": found.title}


def _words(keys: Collection[Key], dimension: str, own: Metric) -> Mapping[Key, Name]:
    if dimension == "unit":
        units = org.unit_names()
        return {key: _same(units.get(int(str(key)))) or NOWHERE for key in keys}
    if dimension == "person":
        people = names_of({int(str(key)) for key in keys})
        return {key: _same(people.get(int(str(key)))) or NOBODY for key in keys}
    if dimension in ("kind", "flow"):
        kinds = kinds_of(own, book())
        return {key: kinds.get(str(key), OTHER) for key in keys}
    return {key: _same(str(key)) or OTHER for key in keys}


def _same(text: str | None) -> Name | None:
    return None if text is None else {"zh-CN": text, "en-US": text}
