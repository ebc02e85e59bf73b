"""Who is not written to any more, caps and hours, and what providers tell of replies."""

from datetime import time
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from ninja import Path, Query, Status

from closeloop.edge.router import PUBLIC
from closeloop.engine.nurture import Channel
from closeloop.identity.actor import SYSTEM
from closeloop.identity.queries import actor_of
from closeloop.nurture import actions, channels, errors, limits, paths, tokens
from closeloop.nurture.actions import RuleGiven
from closeloop.nurture.api.routes import MANAGE, IdIn, router
from closeloop.nurture.models import Suppression
from closeloop.nurture.pages.replies import replies_in
from closeloop.nurture.queries import suppressions
from closeloop.nurture.queries.reach import Sight, masked
from closeloop.nurture.schemas.content import (
    NurtureLiftIn,
    NurtureSettings,
    NurtureSettingsIn,
    NurtureSuppression,
    NurtureSuppressionIn,
    NurtureSuppressionPage,
    NurtureSuppressionQuery,
)

PROVIDERS = ("tencent", "aliyun")
_DAY_S = 86_400


@router.get("/nurture/suppressions", permission=MANAGE, response=NurtureSuppressionPage)
def list_nurture_suppressions(
    request: HttpRequest, asked: Annotated[NurtureSuppressionQuery, Query()]
) -> Any:
    """Who is not written to any more, the newest first."""
    rows, following, count = suppressions.page(**asked.dict())
    return {
        "items": _shown(rows, request),
        "next_cursor": following,
        "count": count,
    }


@router.post("/nurture/suppressions", permission=MANAGE, response={201: NurtureSuppression})
def add_nurture_suppression(request: HttpRequest, payload: NurtureSuppressionIn) -> Any:
    """Let nothing be sent to an address any more."""
    made = actions.add_by_hand(
        payload.channel,
        payload.address,
        is_all=payload.is_all,
        note=payload.note,
        actor=actor_of(request),
    )
    return Status(201, _shown([suppressions.one(made.pk)], request)[0])


@router.post(
    "/nurture/suppressions/{suppression_id}/lift", permission=MANAGE, response=NurtureSuppression
)
def lift_nurture_suppression(
    request: HttpRequest, suppression_id: IdIn, payload: NurtureLiftIn
) -> Any:
    """Let an address be written to again, because its owner has agreed."""
    actions.lift(suppression_id, reason=payload.reason, actor=actor_of(request))
    return _shown([suppressions.one(suppression_id)], request)[0]


@router.get("/nurture/settings", permission=MANAGE, response=NurtureSettings)
def read_nurture_settings(request: HttpRequest) -> Any:
    """Caps, hours, and where providers tell of replies."""
    return _settings()


@router.put("/nurture/settings", permission=MANAGE, response=NurtureSettings)
def change_nurture_settings(request: HttpRequest, payload: NurtureSettingsIn) -> Any:
    """Set caps and hours of channels."""
    given = [
        RuleGiven(
            channel=each.channel,
            per_day=each.per_day,
            per_week=each.per_week,
            from_time=_time(each.from_time),
            to_time=_time(each.to_time),
            only_working_days=each.only_working_days,
        )
        for each in payload.channels
    ]
    actions.change_limits(given, actor=actor_of(request))
    return _settings()


@router.post(
    "/nurture/replies/{provider}/{token}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: None},
)
def take_nurture_reply(
    request: HttpRequest,
    provider: Annotated[str, Path(max_length=20)],
    token: Annotated[str, Path(max_length=200)],
) -> HttpResponse:
    """What people answered to text messages; the address's token stands for the provider."""
    known = provider in PROVIDERS
    if not known or not constant_time_compare(token, tokens.reply_token(provider)):
        raise errors.ReplyUntrusted
    for address, text in replies_in(provider, request.body):
        actions.suppress_by_reply(address, text, actor=SYSTEM)
    told = '{"result":0,"errmsg":"OK"}' if provider == "tencent" else '{"code":0,"msg":"OK"}'
    return HttpResponse(told, content_type="application/json")


def _settings() -> dict[str, Any]:
    return {
        "channels": [_limits(each) for each in Channel],
        "replies": [{"provider": each, "url": tokens.reply_url(each)} for each in PROVIDERS],
    }


def _limits(channel: Channel) -> dict[str, Any]:
    held = limits.of_channels()[channel]
    is_all_day = held.hours.from_s == 0 and held.hours.to_s == _DAY_S
    return {
        "channel": channel.value,
        "name": dict(paths.in_both(f"nurture.channel.{channel}")),
        "per_day": held.caps.per_day,
        "per_week": held.caps.per_week,
        "from_time": None if is_all_day else _clock(held.hours.from_s),
        "to_time": None if held.hours.to_s == _DAY_S else _clock(held.hours.to_s),
        "only_working_days": held.hours.only_working_days,
        "is_ready": channels.is_ready(channel),
        "guarantee": channels.guarantee_of(channel).value,
        "needs_confirmation": channel is Channel.WECOM,
    }


def _shown(rows: list[Suppression], request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    titles, sight = suppressions.titles(rows, actor=actor), Sight(actor)
    return [
        {
            "id": each.pk,
            "channel": each.channel,
            "is_all": each.is_all,
            "address": "" if sight.is_hidden(each.channel) else masked(each.channel, each.person),
            "source": each.source,
            "note": _note(each, sight),
            "at": each.at,
            "by": each.by.name if each.by else "",
            "record": _record(titles.get(each.record_id or 0)),
            "lifted_at": each.lifted_at,
            "lifted_by": each.lifted_by.name if each.lifted_by else "",
            "lift_reason": each.lift_reason,
        }
        for each in rows
    ]


def _note(row: Suppression, sight: Sight) -> str:
    """What was noted; a mail system's own words name the address and are told with it alone."""
    is_quoted = row.source == Suppression.Source.BOUNCE
    nowhere = {"owner_id": None, "unit_id": None}
    return "" if is_quoted and not sight.is_told(row.channel, nowhere) else row.note


def _record(record: Any) -> dict[str, Any] | None:
    if record is None:
        return None
    return {"id": record.pk, "type": record.type, "title": record.title}


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
