"""Channels of the demo company: two forms, a webhook, an ad platform; what came and what waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from closeloop.capture import actions as capture
from closeloop.capture.actions import Arrival, ChannelGiven
from closeloop.capture.arrivals import Payload
from closeloop.capture.models import Channel, State, Submission
from closeloop.demo.organising import Organisation
from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.leads.merging import actions as merging
from closeloop.leads.merging.actions import MergeAsk

BOOKING, EXPO, PUSHES, FEED = "demo-booking", "demo-expo", "demo-webhook", "demo-feed"
"""The public addresses; the same in every demo, so that they can be written on paper."""
_NAMES: Mapping[str, Mapping[str, str]] = {
    BOOKING: {"zh-CN": "官网预约演示", "en-US": "Website: book a demo"},
    EXPO: {"zh-CN": "展会扫码登记", "en-US": "Exhibition sign-up"},
    PUSHES: {"zh-CN": "官网商城推送", "en-US": "Web shop"},
    FEED: {"zh-CN": "巨量引擎信息流", "en-US": "Ocean Engine feed ads"},
}


def capture_some(organisation: Organisation) -> None:
    """Set the channels up and let something come through each, by the product's own actions."""
    ops = organisation.staff["ops"].actor
    seller = organisation.teams[0].sellers[0].actor
    booking = _form(BOOKING, "website", ("name", "phone", "company", "product_interest"), ops)
    _form(EXPO, "exhibition", ("name", "phone", "company", "wechat"), ops)
    pushes = _channel(PUSHES, "webhook", ops, source="website", settings={}, secrets={})
    feed = _channel(
        FEED, "ocean_engine", ops, source="feed_ad", settings={}, secrets={"app_secret": "demo"}
    )
    _let_in(booking, feed)
    _let_wait(booking, pushes, feed)
    _merge(seller)


def _form(token: str, source: str, keys: tuple[str, ...], actor: Actor) -> Channel:
    channel = _channel(token, "form", actor, source=source, settings={}, secrets={})
    asked = [{"key": key, "required": key in ("name", "phone")} for key in keys]
    draft = {**channel.draft, "title": _NAMES[token], "fields": asked}
    capture.save_draft(channel.pk, draft, actor=actor)
    capture.publish_form(channel.pk, actor=actor)
    return Channel.objects.get(pk=channel.pk)


def _channel(
    token: str,
    kind: str,
    actor: Actor,
    *,
    source: str,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
) -> Channel:
    given = ChannelGiven(
        kind=kind, name=_NAMES[token], source=source, settings=settings, secrets=secrets
    )
    return capture.create_channel(given, actor=actor, token=token)[0]


def _let_in(booking: Channel, feed: Channel) -> None:
    """Two people come, one of them twice and with another company."""
    _send(booking, "1", name="沈若溪", phone="15400007001", company="澜城中心医院")
    _send(feed, "2", name="沈若溪", phone="154-0000-7001", company="澜城医院")
    _send(feed, "3", name="骆一帆", phone="+86 154 0000 7002", company="青屿体检中心")


def _let_wait(booking: Channel, pushes: Channel, feed: Channel) -> None:
    """What a person must look at: a wrong number, nobody to reach, a machine, a wrong secret."""
    _send(booking, "4", name="柏青", phone="154-没带手机", company="云岫口腔")
    _send(pushes, "5", name="匿名访客", company="松果诊所")
    _send(booking, "6", spam="honeypot_filled", name="best seo", phone="15400007003")
    body = {"id": "6805367880600000007", "name": "纪晚", "telphone": "15400007004"}
    Submission.objects.create(
        channel=feed,
        key="refused:demo",
        digest="",
        address="203.0.113.7",
        content_type="application/json",
        raw=json.dumps(body, ensure_ascii=False).encode(),
        state=State.REFUSED,
        reasons=[{"field": "", "code": "signature_wrong"}],
    )


def _send(channel: Channel, number: str, *, spam: str = "", **values: Any) -> None:
    payload = Payload(key=f"demo:{number}", values=values, rest={"demo": True})
    raw = json.dumps(values, ensure_ascii=False).encode()
    arrival = Arrival(
        payload, raw=raw, content_type="application/json", address="203.0.113.5", is_spam=spam
    )
    capture.take(channel, arrival, actor=SYSTEM)


def _merge(seller: Actor) -> None:
    """A salesperson made one of somebody entered twice; and one of two who are two people (K08)."""
    twice = _made(
        seller,
        {"name": "闻笙", "phone": "15400007005", "company": "霁川康复医院"},
        {"name": "闻主任", "wechat": "wensheng", "company": "霁川康复医院"},
    )
    two = _made(
        seller,
        {"name": "宁远", "phone": "15400007006", "company": "澄江眼科"},
        {"name": "商陆", "phone": "15400007007", "company": "桐安体检"},
    )
    for (winner, loser), why in ((twice, "名片与微信各录了一次"), (two, "应该是同一个")):
        merging.merge(MergeAsk(winner_id=winner, loser_ids=(loser,), why=why), actor=seller)


def _made(seller: Actor, *people: Mapping[str, Any]) -> tuple[int, int]:
    first, second = (
        desk.create_record("lead", {"source": "referral", **each}, actor=seller) for each in people
    )
    return first, second
