"""Visits as they are made, honest and doctored, by numbers: texts, places, photos, clocks.

Honest phones are not exact either: they stand somewhere on the grounds, half of them give GCJ-02,
half of the photos have lost their camera's facts, and some rooms are photographed every week.
"""

import math
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy
from PIL import Image

from bench import scenes
from closeloop.engine import evidence

HONEST = "honest"
SPOOFED, OLD_PHOTO, CLOCK, COPIED = "spoofed_place", "old_photo", "device_clock", "copied_text"
RECOMPRESSED, RESIZED, MARKED = "photo_recompressed", "photo_resized", "photo_watermarked"
CROPPED, MIRRORED = "photo_cropped", "photo_mirrored"
EXPECTED = {
    SPOOFED: "far_from_customer",
    OLD_PHOTO: "photo_time",
    CLOCK: "device_clock",
    COPIED: "copied_text",
    RECOMPRESSED: "reused_photo",
    RESIZED: "reused_photo",
    MARKED: "reused_photo",
    CROPPED: "reused_photo",
    MIRRORED: "reused_photo",
}
APART = (CROPPED, MIRRORED)
"""Reported apart: found as far as that is cheap."""
SHARES = {
    HONEST: 0.5, SPOOFED: 0.08, OLD_PHOTO: 0.08, CLOCK: 0.08, COPIED: 0.08,
    RECOMPRESSED: 0.05, RESIZED: 0.05, MARKED: 0.04, CROPPED: 0.02, MIRRORED: 0.02,
}  # fmt: skip
_WHO = (
    "王主任",
    "李院长",
    "采购科陈科长",
    "护士长",
    "设备科赵工",
    "检验科刘主任",
    "副院长",
    "财务科孙科长",
)
_PAINS = (
    "抱怨现有监护仪夜间误报太多，护士疲于处理", "说检验报告要等四个小时，门诊投诉增加",
    "担心新设备和现有信息系统接不上", "反映上一家供应商维修响应超过三天",
    "预算只批到一半，希望分两期付款", "要求先在一个病区试用两周再定",
    "对试剂的批间差有疑问，想看第三方数据", "提出培训要覆盖夜班人员",
    "关心保修期外的配件价格", "说竞品报价低一成但交期更长",
    "希望把耗材和设备打包招标", "认为操作界面对新手太复杂",
    "下月要迎接等级评审，急需补齐质控记录", "反映冷链运输有两次超温记录",
    "要求提供同级医院的使用案例", "对数据存放在院外有顾虑",
)  # fmt: skip
_NEXT = (
    "约好带工程师现场看接口", "答应周内给出分期方案", "会把三甲医院案例发过去",
    "下次带样机做对比演示", "由技术同事出一份对接说明", "先送两盒试剂做平行测试",
    "请对方整理夜班名单后安排培训", "回去核实配件目录价", "准备一页纸的成本测算",
    "约采购科一起开会", "帮忙起草评审所需的质控表", "提交冷链整改说明",
)  # fmt: skip


@dataclass(frozen=True)
class Customer:
    """A hospital and where it is (WGS-84)."""

    id: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Visit:
    """A visit as a phone sends it, and what was done to it."""

    kind: str
    author: int
    customer: Customer
    client_id: uuid.UUID
    at: datetime
    device_now: datetime
    next_at: datetime
    text: str
    place: tuple[float, float]
    accuracy_m: float
    system: str
    photo: bytes
    picture: Image.Image


def visits(
    count: int,
    *,
    authors: int,
    customers: list[Customer],
    now: datetime,
    size: tuple[int, int] = scenes.SIZE,
    seed: int = 20261122,
) -> Iterator[Visit]:
    """Visits in the order in which they arrive; doctored ones draw on honest ones before them."""
    rng = numpy.random.default_rng(seed)
    kinds = _kinds(count, rng)
    honest: dict[int, list[Visit]] = {}
    pictures: list[Visit] = []
    for number, kind in enumerate(kinds):
        author = number % authors
        made = _honest(number, authors, customers, rng, now=now, size=size)
        mine = honest.setdefault(author, [])
        if kind != HONEST:
            source = pictures[int(rng.integers(0, len(pictures)))]
            made = _doctored(made, kind, source, mine[-1], rng)
        else:
            mine.append(made)
            pictures.append(made)
        yield made


def _kinds(count: int, rng: numpy.random.Generator) -> list[str]:
    """The first fifth is honest, for a copy needs something before it."""
    wanted = {kind: round(count * share) for kind, share in SHARES.items()}
    first = count // 5
    wanted[HONEST] = count - first - sum(n for kind, n in wanted.items() if kind != HONEST)
    rest = [kind for kind, number in wanted.items() for _ in range(number)]
    return [HONEST] * first + [rest[place] for place in rng.permutation(len(rest))]


def _honest(
    number: int,
    authors: int,
    customers: list[Customer],
    rng: numpy.random.Generator,
    *,
    now: datetime,
    size: tuple[int, int],
) -> Visit:
    """Each author visits customers of their own: every so many-th."""
    author = number % authors
    place = author + authors * int(rng.integers(0, len(customers) // authors))
    customer = customers[place]
    at = now - timedelta(minutes=float(rng.uniform(2, 600)))
    accuracy = float(rng.uniform(8, 80))
    off = float(min(rng.rayleigh(accuracy / 1.5), 3 * accuracy)) + float(rng.uniform(0, 180))
    stood = _moved(customer.latitude, customer.longitude, off, float(rng.uniform(0, 360)))
    system = evidence.System.GCJ02 if rng.random() < 0.5 else evidence.System.WGS84
    given = evidence.wgs84_to_gcj02(*stood) if system is evidence.System.GCJ02 else stood
    is_known_room = rng.random() < 0.15
    room = 10_000 + place if is_known_room else 50_000 + number
    picture = scenes.scene(room, visit=number if is_known_room else 0, size=size)
    has_facts = rng.random() < 0.5
    photo = scenes.jpeg(
        picture,
        quality=int(rng.integers(80, 93)),
        taken_at=at + timedelta(minutes=float(rng.uniform(-50, 10))) if has_facts else None,
        place=stood if has_facts and rng.random() < 0.6 else None,
    )
    return Visit(
        kind=HONEST,
        author=author,
        customer=customer,
        client_id=uuid.UUID(int=int.from_bytes(rng.bytes(16), "big"), version=4),
        at=at,
        device_now=now + timedelta(seconds=float(rng.normal(0, 40))),
        next_at=now + timedelta(days=float(rng.integers(2, 20))),
        text=_text(rng),
        place=given,
        accuracy_m=accuracy,
        system=system.value,
        photo=photo,
        picture=picture,
    )


def _doctored(
    made: Visit, kind: str, source: Visit, own: Visit, rng: numpy.random.Generator
) -> Visit:
    made = replace(made, kind=kind)
    if kind == SPOOFED:
        away = 3000 + float(rng.uniform(-100, 400))
        stood = _moved(
            made.customer.latitude, made.customer.longitude, away, float(rng.uniform(0, 360))
        )
        photo = scenes.jpeg(made.picture)
        return replace(made, place=stood, system=evidence.System.WGS84.value, photo=photo)
    if kind == OLD_PHOTO:
        taken = made.at - timedelta(hours=float(rng.uniform(8, 24 * 30)))
        return replace(made, photo=scenes.jpeg(made.picture, taken_at=taken))
    if kind == CLOCK:
        days = 1 if rng.random() < 0.5 else -1
        return replace(made, device_now=made.device_now + timedelta(days=days))
    if kind == COPIED:
        return replace(made, text=_retold(own, made, rng))
    return replace(made, photo=_reused(source.picture, kind, rng))


def _reused(picture: Image.Image, kind: str, rng: numpy.random.Generator) -> bytes:
    if kind == RECOMPRESSED:
        return scenes.jpeg(picture, quality=int(rng.integers(25, 60)))
    if kind == RESIZED:
        return scenes.jpeg(scenes.resized(picture, float(rng.uniform(0.35, 0.8))), quality=70)
    if kind == MARKED:
        return scenes.jpeg(scenes.watermarked(picture, "2026-11-20 10:21 Hospital, east gate"))
    if kind == CROPPED:
        return scenes.jpeg(scenes.cropped(picture, rng), quality=75)
    return scenes.jpeg(scenes.mirrored(picture), quality=75)


def _text(rng: numpy.random.Generator) -> str:
    who = _WHO[int(rng.integers(0, len(_WHO)))]
    pain = _PAINS[int(rng.integers(0, len(_PAINS)))]
    then = _NEXT[int(rng.integers(0, len(_NEXT)))]
    beds = int(rng.integers(5, 90))
    shapes = (
        f"{who}{pain}，{then}",
        f"{then}。{who}{pain}，涉及{beds}张床位",
        f"今天见了{who}，对方{pain}；{then}，约{beds}天内完成",
    )
    return shapes[int(rng.integers(0, len(shapes)))]


def _retold(own: Visit, made: Visit, rng: numpy.random.Generator) -> str:
    """One's own last text with another customer's name, other numbers and a word more."""
    text = own.text.replace(own.customer.name, made.customer.name)
    text = "".join(str(int(rng.integers(1, 9))) if each.isdigit() else each for each in text)
    dress = ("。", "！", "，", " ")
    text = text.replace("，", dress[int(rng.integers(0, 4))])
    return text + ("" if rng.random() < 0.5 else "，已记录")


def _moved(latitude: float, longitude: float, metres: float, bearing: float) -> tuple[float, float]:
    up = metres * math.cos(math.radians(bearing)) / 111_195
    across = metres * math.sin(math.radians(bearing))
    return latitude + up, longitude + across / (111_195 * math.cos(math.radians(latitude)))
