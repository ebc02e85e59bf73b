"""Step-backs as the screens show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from closeloop.deals.catalogue import DEAL
from closeloop.engine.association import Association, Flapping
from closeloop.metrics.stepback import factors, sentences
from closeloop.metrics.stepback.analysing import Analysis
from closeloop.metrics.stepback.circumstances import WAITED, Explanation
from closeloop.metrics.stepback.factors import Labels
from closeloop.metrics.stepback.moves import Move
from closeloop.process.models import Visit
from closeloop.records.models import Record


def analysis(found: Analysis, *, language: str) -> dict[str, Any]:
    """Everything that a span of moves says."""
    labels = factors.labels(found.moves, language)
    told = found.explanation
    return {
        "is_cut": found.is_cut,
        "moves": len(found.observed),
        "backs": found.backs,
        "deals": len({move.deal for move in found.moves if move.is_back}),
        "findings": sentences.findings(found, labels),
        "rows": [_row(each, found, labels) for each in found.rows if each.hits],
        "hours": [
            {"weekday": weekday, "hour": hour, "backs": backs, "moves": count}
            for (weekday, hour), (backs, count) in sorted(found.hours.items())
        ],
        "flapping": _flapping(found.flapping, found.moves, labels),
        "explanation": _explanation(told, labels) if told else None,
    }


def moves(page: Sequence[Move], *, language: str) -> list[dict[str, Any]]:
    """Moves with the names of what they are about."""
    labels = factors.labels(page, language)
    titles = _titles({move.deal for move in page})
    reasons = dict(
        Visit.objects.filter(pk__in=[move.id for move in page]).values_list("pk", "reason")
    )
    return [
        {
            "id": move.id,
            "at": move.at,
            "record": _deal(move.deal, titles),
            "person": _person(move.person, labels),
            "unit": labels.units.get(move.unit or 0, "—"),
            "from_stage": labels.stage(move.from_stage),
            "to_stage": labels.stage(move.to_stage),
            "is_back": move.is_back,
            "reason": reasons.get(move.id, ""),
        }
        for move in page
    ]


def _row(each: Association, found: Analysis, labels: Labels) -> dict[str, Any]:
    verdict = "none"
    if each.is_found:
        verdict = "part" if each.trait in found.parts else "finding"
    return {
        "factor": each.trait[0],
        "level": each.trait[1],
        "label": labels.of(each.trait),
        "backs": each.hits,
        "moves": each.of,
        "other_backs": each.other_hits,
        "other_moves": each.other_of,
        "deals": each.hit_clusters,
        "share": each.share_of_hits,
        "share_elsewhere": each.share_of_misses,
        "strength": each.strength,
        "ratio": each.ratio,
        "low": each.interval[0],
        "high": each.interval[1],
        "p": each.corrected,
        "is_exact": each.is_exact,
        "verdict": verdict,
    }


def _flapping(
    found: Sequence[Flapping], moved: Sequence[Move], labels: Labels
) -> list[dict[str, Any]]:
    latest = {move.deal: move for move in reversed(moved)}
    titles = _titles({each.record for each in found})
    return [
        {
            "record": _deal(each.record, titles),
            "changes": each.changes,
            "backs": each.backs,
            "first": each.first,
            "last": each.last,
            "owner": _person(latest[each.record].owner, labels),
            "unit": labels.units.get(latest[each.record].unit or 0, "—"),
        }
        for each in found
    ]


def _explanation(told: Explanation, labels: Labels) -> dict[str, Any]:
    return {
        "stage": labels.stage(told.stage),
        "to_stage": labels.stage(told.to_stage),
        "of": told.of,
        "others": told.others,
        "returned": told.returned,
        "hours": told.hours,
        "sentences": sentences.explanation(told, labels),
        "rows": [_circumstance(each, told, labels) for each in told.rows if each.hits],
    }


def _circumstance(each: Association, told: Explanation, labels: Labels) -> dict[str, Any]:
    kind, key = each.trait
    names = told.names.get(each.trait)
    if kind == WAITED:
        names = sentences.waiting_reasons(told.stage).get(key)
    return {
        "kind": kind,
        "key": key,
        "name": sentences.name_of(names, key, labels.language),
        "there": each.hits,
        "elsewhere": each.of - each.hits,
        "ratio": each.ratio,
        "low": each.interval[0],
        "high": each.interval[1],
        "p": each.corrected,
        "is_found": each.is_found,
    }


def _titles(ids: set[int]) -> dict[int, str]:
    return dict(Record.objects.filter(pk__in=ids).values_list("pk", "title"))


def _deal(deal: int, titles: dict[int, str]) -> dict[str, Any]:
    return {"type": DEAL.key, "id": deal, "title": titles.get(deal, "")}


def _person(person: int | None, labels: Labels) -> dict[str, Any] | None:
    return None if person is None else {"id": person, "name": labels.people.get(person, "—")}
