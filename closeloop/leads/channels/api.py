"""The channel board, its funnel, the leads behind each figure, and what channels cost."""

import itertools
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Status

from closeloop.desk import columns, presenting
from closeloop.desk.schemas import RecordPage
from closeloop.edge import cursors
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.leads import errors
from closeloop.leads.channels import (
    actions,
    figures,
    norms,
    reviewing,
    schemas,
    spending,
    standard,
)
from closeloop.leads.channels.actions import NewSpend
from closeloop.leads.channels.figures import Counted, Period
from closeloop.leads.channels.standard import LEAD, Standard
from closeloop.org import queries as org
from closeloop.records.types import registry
from closeloop.sla import policies

router = Router(tags=["leads"])
UNKNOWN = {"zh-CN": "未注明", "en-US": "Not given"}
WHOLE = {"zh-CN": "合计", "en-US": "All"}
_BOARD_DAYS, _FUNNEL_MONTHS = 90, 6
_CENT = Decimal("0.01")


@router.get("/channel-board", permission="record:read:lead", response=schemas.ChannelBoardOut)
def read_channel_board(request: HttpRequest, asked: Annotated[schemas.BoardQuery, Query()]) -> Any:
    """Leads that came in a period by channel: touched, wasted, MQL, SQL, won, amount and cost.

    The last 90 days where none are named.
    """
    actor = actor_of(request)
    access = org.access_of(actor)
    figures.require_channels(access)
    first, last = _days(asked.since, asked.until, timedelta(days=_BOARD_DAYS - 1))
    by = standard.current()
    currency = asked.currency or spending.currencies()[0]
    board = figures.counted(
        _period(first, last), standard=by, currency=currency, by_month=False, actor=actor
    )
    is_everything = spending.tells_costs(access)
    costs = spending.costs(since=first, until=last, currency=currency) if is_everything else None
    names = {**spending.channels(), figures.UNKNOWN: UNKNOWN}
    known = {row.key: row for row in board.rows}
    nothing = dict.fromkeys(board.whole.counts, 0)
    silent = Counted("", None, nothing, None if board.whole.amount is None else Decimal(0))
    keys = [key for key in names if key in known or key in (costs or {})]
    keys += sorted(known.keys() - names.keys())
    steps = [key for key, _ in reviewing.steps_of(by.links)]
    rows = [
        _row(key, names.get(key, {"zh-CN": key}), known.get(key, silent), steps, costs)
        for key in keys
    ]
    together = None if costs is None else {"": sum(costs.values(), Decimal(0))}
    return {
        "as_of": timezone.now(),
        "since": first,
        "until": last,
        "currency": currency,
        "other_currencies": [each for each in board.currencies if each != currency],
        "is_everything": is_everything,
        "dormant_after_days": by.dormant_after_days,
        "policy": _policy(by.policy),
        "steps": _steps(by),
        "channels": sorted(rows, key=lambda row: -row["counts"][figures.ALL]),
        "whole": _row("", WHOLE, board.whole, steps, together),
    }


@router.get("/channel-board/funnel", permission="record:read:lead", response=schemas.FunnelOut)
def read_channel_funnel(
    request: HttpRequest, asked: Annotated[schemas.FunnelQuery, Query()]
) -> Any:
    """The loss at every link of the funnel by the month in which leads came; the last 6 months."""
    actor = actor_of(request)
    figures.require_channels(org.access_of(actor))
    last = asked.until or timezone.localdate()
    first = asked.since or _months_before(last, _FUNNEL_MONTHS - 1)
    by = standard.current()
    period = _period(first, max(first, last), asked.channel)
    board = figures.counted(period, standard=by, currency="", by_month=True, actor=actor)
    return {
        "as_of": timezone.now(),
        "since": first,
        "until": last,
        "steps": _steps(by),
        "months": [_month(row, by, first) for row in board.rows],
        "whole": _month(board.whole, by, first),
    }


@router.get("/channel-board/leads", permission="record:read:lead", response=RecordPage)
def list_channel_leads(
    request: HttpRequest, asked: Annotated[schemas.FunnelDrillQuery, Query()]
) -> Any:
    """The leads that a figure counts, newest first."""
    actor = actor_of(request)
    access = org.access_of(actor)
    figures.require_channels(access)
    by = standard.current()
    if asked.figure not in figures.conditions(by):
        raise errors.FigureUnknown({"figure": asked.figure})
    first, last = _days(asked.since, asked.until, timedelta(days=_BOARD_DAYS - 1))
    ids, count = figures.leads_behind(
        asked.figure,
        _period(first, last, asked.channel),
        standard=by,
        before=cursors.decode(asked.cursor, "bigint")[0] if asked.cursor else None,
        at_most=asked.limit + 1,
        actor=actor,
    )
    shown = ids[: asked.limit]
    lead = registry.get(LEAD)
    return {
        "items": presenting.present(lead, columns.read_rows(lead, shown), access),
        "next_cursor": cursors.encode(shown[-1]) if len(ids) > asked.limit else None,
        "count": count,
        "count_capped": False,
    }


@router.get("/channel-spend", permission="admin:channels.manage", response=schemas.SpendList)
def list_channel_spend(request: HttpRequest, asked: Annotated[schemas.FunnelQuery, Query()]) -> Any:
    """What was entered as spent on channels; the last 6 months where no days are named."""
    last = asked.until or timezone.localdate()
    first = asked.since or _months_before(last, _FUNNEL_MONTHS - 1)
    names = spending.channels()
    rows = spending.entries(since=first, until=last, actor=actor_of(request))
    return {
        "items": [_spend(each, names) for each in rows],
        "channels": [{"key": key, "name": name} for key, name in names.items()],
        "currencies": spending.currencies(),
    }


@router.post("/channel-spend", permission="admin:channels.manage", response={201: schemas.SpendOut})
def enter_channel_spend(request: HttpRequest, payload: schemas.SpendIn) -> Any:
    """Enter what a channel cost over some days."""
    spend = actions.enter_spend(NewSpend(**payload.dict()), actor=actor_of(request))
    spend.refresh_from_db()
    return Status(201, _spend(spend, spending.channels()))


@router.delete(
    "/channel-spend/{spend_id}", permission="admin:channels.manage", response={204: None}
)
def withdraw_channel_spend(
    request: HttpRequest, spend_id: Annotated[int, Path(ge=1, lt=2**63)]
) -> Any:
    """Withdraw a wrong entry."""
    actions.withdraw_spend(spend_id, actor=actor_of(request))
    return Status(204, None)


@router.get("/channel-board/norms", permission="record:read:lead", response=list[schemas.NormOut])
def list_funnel_norms(request: HttpRequest) -> Any:
    """Which shares are normal at each link of the funnel, who says so, and every version."""
    figures.require_channels(org.access_of(actor_of(request)))
    return [_norm(link.key) for link in standard.current().links]


@router.put(
    "/channel-board/norms/{link}",
    permission="admin:channels.manage",
    response=schemas.NormOut,
)
def set_funnel_norm(
    request: HttpRequest, link: Annotated[str, Path(max_length=63)], payload: schemas.NormIn
) -> Any:
    """Say which shares are normal and abnormal at a link; without them the pack's count again."""
    actions.set_norm(link, **payload.dict(), actor=actor_of(request))
    return _norm(link)


def _norm(key: str) -> dict[str, Any]:
    """A link's norm with the step that it begins at, what was shipped, and its versions."""
    by = standard.current()
    pairs = itertools.pairwise(reviewing.steps_of(by.links))
    before = next(name for (_, name), (step, _) in pairs if step == key)
    link = next(each for each in by.links if each.key == key)
    item = standard.shipped().get(key, {})
    versions = norms.versions(key)
    setters = {row.number: row.set_by.name if row.set_by else "" for row in versions}
    return {
        **vars(link.norm),
        "set_by": setters.get(link.norm.number, ""),
        "key": key,
        "name": dict(before),
        "step": dict(link.name),
        "shipped_normal": item.get("normal"),
        "shipped_abnormal": item.get("abnormal"),
        "versions": [
            {
                "number": row.number,
                "normal": norms.share(row.normal),
                "abnormal": norms.share(row.abnormal),
                "note": row.note,
                "set_by": setters[row.number],
                "set_at": row.set_at,
            }
            for row in versions
        ],
    }


def _row(
    key: str,
    name: Any,
    row: Counted,
    steps: list[str],
    costs: dict[str, Decimal] | None,
) -> dict[str, Any]:
    cost = None if costs is None else costs.get(key)
    each = {step: row.counts[step] for step in steps if cost and row.counts[step]}
    return {
        "key": key,
        "name": dict(name),
        "counts": dict(row.counts),
        "amount": row.amount,
        "cost": cost,
        "cost_per": {
            step: (cost / count).quantize(_CENT, ROUND_HALF_UP)
            for step, count in each.items()
            if cost
        },
    }


def _month(row: Counted, by: Standard, first: date) -> dict[str, Any]:
    links = reviewing.reviewed(row.counts, by.links)
    worst = reviewing.bottleneck_of(links)
    return {
        "month": row.month.date() if row.month else first,
        "links": [{**vars(link), "verdict": link.verdict} for link in links],
        "bottleneck": worst.key if worst else None,
    }


def _spend(spend: Any, names: Any) -> dict[str, Any]:
    person = spend.entered_by
    return {
        **{
            key: getattr(spend, key)
            for key in ("channel", "first_day", "last_day", "amount", "currency", "note")
        },
        "id": spend.pk,
        "name": dict(names.get(spend.channel, {"zh-CN": spend.channel})),
        "entered_by": {"id": person.pk, "name": person.name} if person else None,
        "entered_at": spend.entered_at,
    }


def _steps(by: Standard) -> list[dict[str, Any]]:
    return [{"key": key, "name": dict(name)} for key, name in reviewing.steps_of(by.links)]


def _policy(key: str) -> dict[str, str] | None:
    live = policies.current(key)
    return dict(live.policy.name) if live else None


def _days(since: date | None, until: date | None, span: timedelta) -> tuple[date, date]:
    last = until or timezone.localdate()
    first = since or last - span
    return first, max(first, last)


def _period(first: date, last: date, channel: str | None = None) -> Period:
    return Period(_midnight(first), _midnight(last + timedelta(days=1)), channel)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before a day's."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
