"""Forecasts as the screens show them, and why a deal has its chance, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from closeloop.deals.catalogue import DEAL
from closeloop.edge import messages
from closeloop.engine.forecast import FACTORS, Proved, levels_of
from closeloop.engine.forecast.expecting import Expected
from closeloop.identity import queries as identity
from closeloop.metrics.forecast.making import Known, Made, Part
from closeloop.org import queries as org
from closeloop.process import blueprints
from closeloop.records.models import Record

AIM = 0.12
"""The error that is aimed at (L01)."""
ENOUGH_PERIODS = 3
"""Over fewer periods no error is called reached."""
_EPOCH = date(1970, 1, 1)


def told(made: Made, *, language: str) -> dict[str, Any]:
    """The forecast's figures, its stages and its factors; parts stand in `parts`."""
    forecast, known = made.forecast, made.known
    return {
        "term": term(known),
        "currency": known.currency,
        "other_currencies": known.other_currencies,
        "is_learnt": made.chances.is_learnt,
        "is_cut": known.is_cut,
        "learnt_from": made.chances.whole.deals,
        "won": forecast.won,
        "won_deals": len(forecast.won_ids),
        "open": forecast.open,
        "open_deals": len(forecast.lines),
        "without_amount": sum(line.amount is None for line in forecast.lines),
        "newcomers": {"amount": forecast.newcomers.amount, "looks": forecast.newcomers.looks},
        "total": forecast.total,
        "low": forecast.low,
        "high": forecast.high,
        "commit": forecast.commit,
        "best": forecast.best,
        "plain": forecast.configured,
        "shared_spread": made.chances.excess**0.5,
        "stages": _stages(made, language),
        "factors": _factors(made, language),
    }


def parts(found: Mapping[int, Part], *, are_people: bool) -> list[dict[str, Any]]:
    """The parts of a forecast with names, the greatest first."""
    names = identity.names_of(set(found) - {0}) if are_people else org.unit_names()
    rows = []
    for key, part in found.items():
        who = {"id": key, "name": names.get(key, "—")}
        rows.append(
            {
                "unit": None if are_people else who,
                "person": who if are_people else None,
                "won": part.won,
                "open": part.open,
                "expected": part.won + part.open,
                "commit": part.commit,
                "best": part.best,
                "deals": part.deals,
            }
        )
    return sorted(rows, key=lambda row: (-row["expected"], str(row["unit"] or row["person"])))


def term(known: Known) -> dict[str, Any]:
    """The period, and what is left of it."""
    span = known.term.span(known.at)
    return {
        "kind": known.term.kind,
        "since": known.term.since,
        "until": known.term.until,
        "days": known.term.days,
        "left": round(span.days, 1),
    }


def accuracy(known: Known, proved: Proved, *, language: str) -> dict[str, Any]:
    """How wrong it was, and whether what is aimed at is reached, in words."""
    is_reached = (
        proved.error is not None and proved.error <= AIM and proved.compared >= ENOUGH_PERIODS
    )
    return {
        "term": term(known),
        "currency": known.currency,
        "periods": [
            {
                "since": _day(each.span.since),
                "until": _day(each.span.until) - timedelta(days=1),
                "day": _day(each.span.at),
                "expected": each.expected,
                "low": each.low,
                "high": each.high,
                "came": each.came,
                "configured": each.configured,
                "previous": each.previous,
                "is_within": each.is_within,
            }
            for each in proved.periods
        ],
        "compared": proved.compared,
        "within": proved.within,
        "error": proved.error,
        "configured_error": proved.configured_error,
        "previous_error": proved.previous_error,
        "aim": AIM,
        "enough": ENOUGH_PERIODS,
        "is_reached": is_reached,
        "finding": _finding(proved, is_reached=is_reached, language=language),
    }


def deals(page: Sequence[int], made: Made, *, language: str) -> list[dict[str, Any]]:
    """Deals with what each brings and why."""
    records = Record.objects.in_bulk(page)
    held = {each.course.id: each for each in made.known.held}
    people = identity.names_of({own for deal in page if (own := held[deal].owner) is not None})
    units, stages = org.unit_names(), _stage_names(language)
    rows = []
    for deal in page:
        course, owner, line = held[deal].course, held[deal].owner, made.line(deal)
        stay = course.stay_at(made.known.at)
        amount = course.amount_at(made.known.at)
        rows.append(
            {
                "id": deal,
                "title": records[deal].title,
                "owner": None if owner is None else {"id": owner, "name": people.get(owner, "—")},
                "unit": units.get(held[deal].unit or 0, "—"),
                "stage": stages.get(stay[0], stay[0]) if stay else "—",
                "amount": amount,
                "chance": None if line is None else line.chance,
                "share": amount or Decimal(0) if line is None else line.share,
                "is_due": line is not None and line.is_due,
                "why": [] if line is None else why(line, made, language=language),
            }
        )
    return rows


def why(line: Expected, made: Made, *, language: str) -> list[str]:
    """How the chance of a deal came about: its stage's rate, then what changes it."""
    chances, names = made.chances, _stage_names(language)
    stage = names.get(line.cell.stage, line.cell.stage)
    if not chances.is_learnt:
        given = {"stage": stage, "chance": _percent(line.chance)}
        return [messages.say("forecast.why.configured", language, given)]
    rate = chances.stage(line.cell.stage)
    code = "forecast.why.stage" if rate.looks else "forecast.why.stage_unseen"
    data: dict[str, object] = {
        "stage": stage,
        "looks": rate.looks,
        "deals": rate.deals,
        "days": f"{chances.days:.0f}",
        "share": _percent(rate.share or 0.0),
        "taken": _percent(rate.taken),
    }
    told = [messages.say(code, language, data)]
    for level in levels_of(line.cell):
        factor = chances.factor(level)
        if abs(factor.taken - 1) >= 0.005:
            data = {
                "name": messages.say(f"forecast.factor.{level[0]}.{level[1]}", language),
                "taken": f"{factor.taken:.2f}",
                "wins": factor.wins,
                "expected": f"{factor.expected:.0f}",
            }
            told.append(messages.say("forecast.why.factor", language, data))
    if line.amount is None:
        told.append(messages.say("forecast.why.no_amount", language))
    return told


def _finding(proved: Proved, *, is_reached: bool, language: str) -> str:
    if proved.error is None:
        return messages.say("forecast.no_proof", language)
    data = {
        "error": _percent(proved.error),
        "count": proved.compared,
        "configured": _percent(proved.configured_error or 0.0),
        "previous": _percent(proved.previous_error or 0.0),
        "within": proved.within,
        "aim": _percent(AIM),
    }
    code = "too_few" if proved.compared < ENOUGH_PERIODS else "reached" if is_reached else "missed"
    return messages.say(f"forecast.proof.{code}", language, data)


def _stages(made: Made, language: str) -> list[dict[str, Any]]:
    names = _stage_names(language)
    rows = []
    for stage in names:
        lines = [line for line in made.forecast.lines if line.cell.stage == stage]
        rate = made.chances.stage(stage)
        if not lines and not rate.looks:
            continue
        configured = made.chances.configured.get(stage, 0.0)
        rows.append(
            {
                "stage": stage,
                "name": names[stage],
                "deals": len(lines),
                "amount": sum((line.amount or Decimal(0) for line in lines), Decimal(0)),
                "expected": sum((line.share for line in lines), Decimal(0)),
                "looks": rate.looks,
                "seen": rate.deals,
                "wins": rate.wins,
                "rate": rate.taken if made.chances.is_learnt else configured,
            }
        )
    return rows


def _factors(made: Made, language: str) -> list[dict[str, Any]]:
    if not made.chances.is_learnt:
        return []
    order = {name: place for place, name in enumerate(FACTORS)}
    return [
        {
            "key": f"{name}.{value}",
            "name": messages.say(f"forecast.factor.{name}.{value}", language),
            "looks": factor.looks,
            "wins": factor.wins,
            "expected": factor.expected,
            "taken": factor.taken,
        }
        for (name, value), factor in sorted(
            made.chances.factors.items(), key=lambda pair: (order[pair[0][0]], pair[0][1])
        )
    ]


def _stage_names(language: str) -> dict[str, str]:
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    return {each.key: each.name.get(language) or each.key for each in stages}


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _day(at: float) -> date:
    return _EPOCH + timedelta(days=int(at))
