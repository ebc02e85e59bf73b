"""The pace of deals: stages updated in time, days until won, and what is normal."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query

from closeloop.deals import schemas
from closeloop.deals.catalogue import DEAL
from closeloop.deals.pace import actions, cycle, norms, updating
from closeloop.deals.pace.cycle import Length, Period
from closeloop.deals.pace.norms import Norm
from closeloop.deals.pace.updating import Count
from closeloop.edge import etags
from closeloop.edge.router import Router
from closeloop.identity import queries as identity
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.org.access import Reach, Verb
from closeloop.process import blueprints

router = Router(tags=["deals"])
READ = "record:read:deal"
_CYCLE_DAYS = 90


@router.get("/deal-pace/stage-updates", permission=READ, response=schemas.StageUpdatesOut)
def read_stage_updates(request: HttpRequest, asked: Annotated[schemas.Under, Query()]) -> Any:
    """The share of open deals whose stage is within its expected days, by unit and by person."""
    now = timezone.now()
    counted = updating.counted(now=now, reach=_reach(request), among=_among(asked))
    norm = norms.of(norms.UPDATED)
    units = org.unit_names()
    people = identity.names_of({each for each in counted.by_owner if each is not None})
    return {
        "as_of": now,
        "norm": vars(norm),
        "whole": _update_row(None, "", counted.whole, norm),
        "units": _update_rows(counted.by_unit, units, norm),
        "people": _update_rows(counted.by_owner, people, norm),
    }


@router.get("/deal-pace/stage-updates/deals", permission=READ, response=schemas.UpdatedDealPage)
def list_stage_update_deals(
    request: HttpRequest, asked: Annotated[schemas.StageUpdateQuery, Query()]
) -> Any:
    """The open deals behind a figure, the longest in their stage first."""
    found, more = updating.behind(
        asked.part,
        unit_id=asked.unit_id,
        owner_id=asked.owner_id,
        cursor=asked.cursor,
        limit=asked.limit,
        now=timezone.now(),
        reach=_reach(request),
        among=_among(asked),
    )
    version = blueprints.current_of(DEAL.key)
    stages = {stage.key: stage.name for stage in (version.stages if version else ())}
    return {
        "items": [
            {**row, "stage_name": dict(stages.get(row["stage"], {}))} for row in _deals(found)
        ],
        "next_cursor": more,
    }


@router.get("/deal-pace/cycle", permission=READ, response=schemas.DealCycleOut)
def read_deal_cycle(request: HttpRequest, asked: Annotated[schemas.CycleQuery, Query()]) -> Any:
    """Mean and median days from creation until won, by unit; the last 90 days."""
    first, last = _days(asked)
    period, reach = _period(first, last), _reach(request)
    whole, units = cycle.by_unit(period, reach=reach, among=_among(asked))
    norm = norms.of(norms.CYCLE)
    names = org.unit_names()
    rows = [_cycle_row(key, _named(names, key), length, norm) for key, length in units.items()]
    return {
        "since": first,
        "until": last,
        "norm": vars(norm),
        "whole": _cycle_row(None, "", whole, norm),
        "units": sorted(rows, key=lambda row: (-(row["mean"] or 0), row["name"])),
    }


@router.get("/deal-pace/cycle/deals", permission=READ, response=schemas.WonDealPage)
def list_cycle_deals(
    request: HttpRequest, asked: Annotated[schemas.CycleDealQuery, Query()]
) -> Any:
    """The won deals behind a figure, the longest first."""
    found, more = cycle.behind(
        _period(*_days(asked)),
        unit_id=asked.unit_id,
        cursor=asked.cursor,
        limit=asked.limit,
        reach=_reach(request),
        among=_among(asked),
    )
    return {"items": _deals(found), "next_cursor": more}


@router.get("/deal-pace/norms", permission=READ, response=list[schemas.DealNormWhole])
def list_deal_norms(request: HttpRequest) -> Any:
    """What is normal of deals, who says so, and every version."""
    return [_norm(norm) for norm in norms.current().values()]


@router.put("/deal-pace/norms/{key}", permission="admin:sla.manage", response=schemas.DealNormWhole)
def set_deal_norm(
    request: HttpRequest,
    response: HttpResponse,
    key: Annotated[str, Path(max_length=63)],
    payload: schemas.DealNormIn,
) -> Any:
    """Say what is normal and what abnormal; without thresholds the pack's count again.

    If-Match carries the number of the version that was read.
    """
    row = actions.set_norm(
        key,
        **payload.dict(),
        expected_number=etags.given_version(request),
        actor=actor_of(request),
    )
    response["ETag"] = etags.etag(row.number)
    return _norm(norms.of(key))


def _reach(request: HttpRequest) -> Reach:
    return org.access_of(actor_of(request)).reach(DEAL.key, Verb.READ)


def _among(asked: schemas.Under) -> Collection[int] | None:
    """The unit that is asked for with all below it; what lies out of reach stays out."""
    return None if asked.under is None else org.subtree_ids(asked.under)


def _update_rows(
    counts: Mapping[int | None, Count], names: Mapping[int, str], norm: Norm
) -> list[dict[str, Any]]:
    """A row each, the lowest share first, those without a share last."""
    rows = [_update_row(key, _named(names, key), count, norm) for key, count in counts.items()]
    return sorted(
        rows,
        key=lambda row: (row["share"] is None, row["share"] or 0, -row["late"], row["name"]),
    )


def _update_row(key: int | None, name: str, count: Count, norm: Norm) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "timed": count.timed,
        "in_time": count.in_time,
        "late": count.late,
        "untimed": count.untimed,
        "share": count.share,
        "verdict": norm.verdict(count.share),
    }


def _cycle_row(key: int | None, name: str, length: Length, norm: Norm) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "won": length.won,
        "mean": length.mean,
        "median": length.median,
        "verdict": norm.verdict(None if length.mean is None else float(length.mean)),
    }


def _named(names: Mapping[int, str], key: int | None) -> str:
    return "—" if key is None else names.get(key, "—")


def _deals(found: list[Any]) -> list[dict[str, Any]]:
    """Deals with the names of their owners and units."""
    people = identity.names_of({each.owner_id for each in found if each.owner_id is not None})
    units = org.unit_names()
    return [
        {
            **vars(each),
            "owner": each.owner_id and {"id": each.owner_id, "name": people[each.owner_id]},
            "unit": _named(units, each.unit_id),
        }
        for each in found
    ]


def _norm(norm: Norm) -> dict[str, Any]:
    item = norms.shipped()[norm.key]
    return {
        **vars(norm),
        "shipped_normal": item.get("normal"),
        "shipped_abnormal": item.get("abnormal"),
        "versions": [
            {
                "number": row.number,
                "normal": norms.figure(row.normal),
                "abnormal": norms.figure(row.abnormal),
                "note": row.note,
                "set_by": row.set_by.name if row.set_by else "",
                "set_at": row.set_at,
            }
            for row in norms.versions(norm.key)
        ],
    }


def _days(asked: schemas.CycleQuery) -> tuple[date, date]:
    last = asked.until or timezone.localdate()
    return asked.since or last - timedelta(days=_CYCLE_DAYS - 1), last


def _period(first: date, last: date) -> Period:
    """From the first day's beginning to the last day's end, in the company's zone."""
    zone = timezone.get_default_timezone()
    end = datetime.combine(last, time.min, zone) + timedelta(days=1)
    return Period(datetime.combine(first, time.min, zone), end)
