"""Notices, one's settings, and the channels with their deliveries, over HTTP."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query

from closeloop.edge.problems import language_of
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of, user_of
from closeloop.notices import actions, presenting, queries, readers, schemas
from closeloop.notices.channels.directory import CHANNELS

router = Router(tags=["notices"])
MANAGE = "admin:notices.manage"
Number = Annotated[int, Path(ge=1, lt=2**63)]
Key = Annotated[str, Path(max_length=40)]
Cursor = Annotated[str | None, Query(max_length=500)]


@router.get("/notices", permission=SIGNED_IN, response=schemas.NoticePageOut)
def list_notices(
    request: HttpRequest,
    box: Literal["unread", "all"] = "all",
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=0, le=100)] = 30,
) -> Any:
    """One's own notices, newest first; with limit=0 only how many are unseen."""
    actor = actor_of(request)
    page = queries.notices_of(actor, only_unseen=box == "unread", cursor=cursor, limit=limit)
    zone = readers.zone_of(queries.setting_of(actor)) if page.items else readers.company_zone()
    language = language_of(request)
    return {
        "items": [presenting.notice_out(each, language=language, zone=zone) for each in page.items],
        "unread": queries.unseen_count(actor.person_id),
        "next_cursor": page.next_cursor,
    }


@router.post("/notices/seen", permission=SIGNED_IN, response=schemas.Unread)
def see_notices(request: HttpRequest, payload: schemas.SeenIn) -> Any:
    """Mark notices of one's own as seen, or all of them."""
    actor = actor_of(request)
    actions.see(payload.ids, actor=actor)
    return {"unread": queries.unseen_count(actor.person_id)}


@router.get(
    "/me/notice-settings", permission=SIGNED_IN, by_alias=True, response=schemas.SettingsOut
)
def read_notice_settings(request: HttpRequest) -> Any:
    """How one is told."""
    return presenting.settings_out(queries.setting_of(actor_of(request)), user_of(request))


@router.put(
    "/me/notice-settings", permission=SIGNED_IN, by_alias=True, response=schemas.SettingsOut
)
def change_notice_settings(request: HttpRequest, payload: schemas.SettingsIn) -> Any:
    """Say how one wants to be told; what is waiting follows at once."""
    quiet = payload.quiet
    wishes = actions.Wishes(
        channels=payload.channels,
        quiet=(schemas.time_of(quiet.from_), schemas.time_of(quiet.to)) if quiet else None,
        digest=payload.digest,
        digest_at=schemas.time_of(payload.digest_at),
        time_zone=payload.time_zone,
    )
    setting = actions.set_settings(wishes, actor=actor_of(request))
    return presenting.settings_out(setting, user_of(request))


@router.get("/deliveries", permission=MANAGE, response=schemas.DeliveryPageOut)
def list_deliveries(
    request: HttpRequest,
    state: schemas.DeliveryStateName | None = None,
    channel: Annotated[str | None, Query(max_length=40)] = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Any:
    """Deliveries of everybody, newest first; `dead` and `unknown` ask for a decision."""
    page = queries.deliveries(state=state, channel=channel, cursor=cursor, limit=limit)
    language = language_of(request)
    return {
        "items": [presenting.delivery_out(each, language=language) for each in page.items],
        "next_cursor": page.next_cursor,
    }


@router.post("/deliveries/{delivery_id}/resend", permission=MANAGE, response=schemas.DeliveryOut)
def resend_delivery(request: HttpRequest, delivery_id: Number) -> Any:
    """Send again what was given up, left out or never confirmed."""
    actions.resend(delivery_id, actor=actor_of(request))
    language = language_of(request)
    return presenting.delivery_out(queries.delivery(delivery_id), language=language)


@router.get("/channels", permission=MANAGE, response=list[schemas.ChannelOut])
def list_channels(request: HttpRequest) -> Any:
    """Every channel: how it is set up, what it guarantees, what waits or is stuck."""
    counts, language = queries.open_counts(), language_of(request)
    return [
        presenting.channel_out(key, language=language, counts=counts.get(key)) for key in CHANNELS
    ]


@router.put("/channels/{key}", permission=MANAGE, keeps_answer=False, response=schemas.ChannelOut)
def change_channel(request: HttpRequest, key: Key, payload: schemas.ChannelIn) -> Any:
    """Set a channel up, or switch it; secrets go in and never come out."""
    actor = actor_of(request)
    actions.set_channel(key, is_on=payload.is_on, settings=payload.settings, actor=actor)
    counts = queries.open_counts().get(key)
    return presenting.channel_out(key, language=language_of(request), counts=counts)


@router.post("/channels/{key}/test", permission=MANAGE, response=schemas.TriedOut)
def try_channel(request: HttpRequest, key: Key) -> Any:
    """Send a test message to oneself now, and hear what the provider says."""
    tried = actions.try_channel(key, to=user_of(request))
    return {**vars(tried), "reason": presenting.reason(tried.code, language_of(request))}
