"""The monthly self-check (G10): four figures beside their norms, and what to do about each.

Every figure is the one of its own screen: the funnel's link of the leads that came in the month,
the cycle of the deals won in it, stages updated in time now, customers of high value now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.utils import timezone
from psycopg import sql

from closeloop.deals.catalogue import DEAL
from closeloop.deals.pace import cycle, updating
from closeloop.deals.pace import norms as deal_norms
from closeloop.deals.pace.norms import Norm
from closeloop.edge import statements
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.catalogue import LEAD
from closeloop.leads.channels import figures as channels
from closeloop.leads.channels import reviewing, standard
from closeloop.metrics.periods import first_of
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.types import registry

SETTING = "self_check"
Level = Literal["good", "middle", "bad", "none"]
Unit = Literal["share", "days"]
_LEVELS: Mapping[str, Level] = {"normal": "good", "low": "middle", "abnormal": "bad"}


@dataclass(frozen=True)
class Checked:
    """One row: its figure with the counts it rests on, its norm, and what to do.

    `value` None: nothing to judge, or the viewer may not see it. `of` is how many it rests on.
    """

    key: str
    name: Mapping[str, str]
    unit: Unit
    value: float | None
    hits: int | None
    of: int
    normal: float | None
    abnormal: float | None
    level: Level
    page: str
    countermeasures: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class _Read:
    unit: Unit
    value: float | None
    hits: int | None
    of: int
    norm: Norm


def checked(month: date, *, actor: Actor) -> list[Checked]:
    """The rows of a month, as the installed pack names them."""
    return [_row(each, month, actor) for each in fields.settings().get(SETTING, [])]


def _row(item: Mapping[str, Any], month: date, actor: Actor) -> Checked:
    found = _READERS[item["of"]](item, month, actor)
    verdict = found.norm.verdict(found.value)
    return Checked(
        key=item["key"], name=item["name"], unit=found.unit, value=found.value, hits=found.hits,
        of=found.of, normal=found.norm.normal, abnormal=found.norm.abnormal,
        level="none" if verdict is None else _LEVELS[verdict], page=item["page"],
        countermeasures=item["countermeasures"],
    )  # fmt: skip


def _funnel(item: Mapping[str, Any], month: date, actor: Actor) -> _Read:
    by = standard.current()
    if not org.access_of(actor).reach(LEAD.key, Verb.READ):
        return _Read("share", None, None, 0, _norm(None, None))
    since, until = _moments(month)
    board = channels.counted(
        channels.Period(since, until), standard=by, currency="", by_month=False, actor=actor
    )
    for link in reviewing.reviewed(board.whole.counts, by.links):
        if link.step == item["link"]:
            share = link.passed / link.reached if link.reached else None
            norm = _norm(link.normal, link.abnormal)
            return _Read("share", share, link.passed, link.reached, norm)
    return _Read("share", None, None, 0, _norm(None, None))


def _cycle(_item: Mapping[str, Any], month: date, actor: Actor) -> _Read:
    reach = org.access_of(actor).reach(DEAL.key, Verb.READ)
    whole, _ = cycle.by_unit(cycle.Period(*_moments(month)), reach=reach)
    mean = None if whole.mean is None else float(whole.mean)
    return _Read("days", mean, None, whole.won, deal_norms.of(deal_norms.CYCLE))


def _updates(_item: Mapping[str, Any], _month: date, actor: Actor) -> _Read:
    reach = org.access_of(actor).reach(DEAL.key, Verb.READ)
    whole = updating.counted(now=timezone.now(), reach=reach).whole
    return _Read(
        "share", whole.share, whole.in_time, whole.timed, deal_norms.of(deal_norms.UPDATED)
    )


def _records(item: Mapping[str, Any], _month: date, actor: Actor) -> _Read:
    """How many of the records that have the field have one of its values."""
    kind = registry.get(item["record_type"])
    where, params = org.access_of(actor).reach(kind.key, Verb.READ).where("r")
    column = sql.Identifier(item["field"]).as_string()
    table = sql.Identifier(kind.table).as_string()
    row = statements.row(
        f"SELECT count(*) FILTER (WHERE t.{column} = ANY(%s)), count(*)"
        f" FROM {table} t JOIN records_record r ON r.id = t.id"
        f" WHERE r.deleted_at IS NULL AND t.{column} IS NOT NULL AND {where}",
        [list(item["values"]), *params],
    )
    hits, of = row or (0, 0)
    return _Read(
        "share", hits / of if of else None, hits, of, _norm(item["normal"], item["abnormal"])
    )


def _norm(normal: float | None, abnormal: float | None) -> Norm:
    return Norm("", {}, deal_norms.HIGHER, normal, abnormal)


def _moments(month: date) -> tuple[datetime, datetime]:
    first = first_of(month, "month")
    after = first_of(first + timedelta(days=31), "month")
    zone = timezone.get_default_timezone()
    return datetime.combine(first, time.min, zone), datetime.combine(after, time.min, zone)


_READERS: Mapping[str, Callable[[Mapping[str, Any], date, Actor], _Read]] = {
    "funnel": _funnel,
    "deal_cycle": _cycle,
    "stage_updates": _updates,
    "records": _records,
}
