"""What people did on the demo company's pages, and what their leads are worth by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.intake import Given
from closeloop.behaviour.models import Visitor
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.scoring import actions as scoring

DAYS, MOST_LEADS = 150, 700
SITE = "www"
_ORIGINS = {
    "website": {"referrer": "https://www.baidu.example/", "landing": "/"},
    "search_ad": {"utm_source": "baidu", "utm_campaign": "体外诊断-品牌词", "landing": "/products"},
    "feed_ad": {"utm_source": "douyin", "utm_campaign": "影像设备-信息流", "landing": "/products"},
    "wechat_official": {"utm_source": "wechat", "utm_campaign": "公众号推文", "landing": "/news"},
}
_OTHER = {"landing": "/"}
_LESS = {"cold_call", "tender_notice", "import", "other", "channel_partner"}
_PAGES = (
    ("/products/immunoassay", "全自动化学发光仪", "product"),
    ("/products/monitor", "多参数监护仪", "product"),
    ("/products/ultrasound", "彩色超声诊断系统", "product"),
    ("/prices", "报价与租赁方案", "price"),
    ("/cases", "三甲医院装机案例", "case"),
    ("/news", "展会与学术会议", "news"),
    ("/service", "安装与售后", "service"),
)
_FILES = ("产品彩页.pdf", "技术参数表.pdf", "装机案例集.pdf")
_MINUTE = timedelta(minutes=1)
_VIDEOS = ("产品介绍", "操作演示", "客户访谈")


def behave(*, until: datetime, seed: int) -> int:
    """Tell the trails of the newest leads, then score every lead; gives how many events there are.

    It is history: nothing follows from it, no clock opens for a grade that was reached long ago.
    """
    values = {"name": "公司官网", "origins": ["https://www.demo.example"]}
    site = behaviour.create_site(SITE, values, actor=SYSTEM)
    leads = list(
        Lead.objects.filter(created_at__gte=until - timedelta(days=DAYS), created_at__lt=until)
        .order_by("-created_at", "pk")
        .values("pk", "source", "created_at", "extra", "stage_entered_at")[:MOST_LEADS]
    )
    Visitor.objects.bulk_create(
        Visitor(
            token=_token(lead["pk"]),
            record_id=lead["pk"],
            site_id=site.pk,
            first_seen_at=lead["created_at"],
        )
        for lead in leads
    )
    by_source: dict[str, list[Given]] = {}
    for lead in sorted(leads, key=lambda each: int(each["pk"])):
        chance = Random(f"{seed}:{lead['pk']}")
        by_source.setdefault(lead["source"] or "", []).extend(_trail(lead, chance, until))
    told = 0
    for source in sorted(by_source):
        origin = json.dumps(_ORIGINS.get(source, _OTHER), ensure_ascii=False)
        events = sorted(by_source[source], key=lambda each: each.at)
        told += behaviour.collect(events, site_id=site.pk, origin=origin, tells=False).kept
    scoring.rescore_all("lead", actor=SYSTEM, tells=False)
    return told


def _trail(lead: Mapping[str, Any], chance: Random, until: datetime) -> Iterator[Given]:
    """Some visits about the time at which the lead came, and what its own fields say was done."""
    came, extra = lead["created_at"], lead["extra"]
    visits = chance.randint(0, 1) if lead["source"] in _LESS else chance.randint(1, 4)
    for number in range(visits):
        at = came + timedelta(days=chance.expovariate(1 / 9) - 1, minutes=chance.randint(0, 500))
        if at < until:
            yield from _visit(lead["pk"], number, at, chance)
    if extra.get("form_submitted"):
        yield _done(lead["pk"], "0", "form", came, form="资料申请", topic="product")
    for number in range(min(int(extra.get("product_video_views") or 0), 6)):
        at = min(came + timedelta(days=number, hours=chance.randint(1, 20)), until - _MINUTE)
        video = chance.choice(_VIDEOS)
        yield _done(lead["pk"], f"v{number}", "video_play", at, video=video, topic="product")
    if extra.get("demo_booked"):
        at = min(came + timedelta(days=chance.randint(1, 6)), until - _MINUTE)
        yield _done(lead["pk"], "d", "demo_booked", at, name="预约演示", topic="product")


def _visit(lead_id: int, number: int, at: datetime, chance: Random) -> Iterator[Given]:
    visit = str(number)
    for _ in range(chance.randint(1, 3)):
        path, title, topic = chance.choice(_PAGES)
        page = {"path": path, "title": title, "topic": topic}
        yield _done(lead_id, visit, "page_view", at, **page)
        seconds = chance.randint(8, 240)
        at += timedelta(seconds=seconds)
        if seconds > 30:
            yield _done(lead_id, visit, "dwell", at, seconds=seconds, **page)
    if chance.random() < 0.25:
        yield _done(lead_id, visit, "download", at, file=chance.choice(_FILES), topic="product")
    if chance.random() < 0.2:
        yield _done(lead_id, visit, "mail_open", at, mail="新品与活动月报")


def _done(lead_id: int, visit: str, kind: str, at: datetime, **data: Any) -> Given:
    return Given(
        kind=kind,
        at=at,
        data=json.dumps(data, ensure_ascii=False),
        visitor=_token(lead_id),
        session=f"demo_{lead_id}_{visit}",
    )


def _token(lead_id: int) -> str:
    return f"demo_visitor_{lead_id}"
