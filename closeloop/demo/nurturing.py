"""Leads of the demo company on the pack's path: mails, texts and WeCom notes, read and not read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.intake import Given, record_token
from closeloop.engine import nurture as engine
from closeloop.engine.nurture import (
    CLICKED_LAST,
    OPENED_LAST,
    Addressee,
    Admission,
    Channel,
    Compiled,
    Score,
    Send,
    Standing,
    State,
)
from closeloop.identity.actor import SYSTEM
from closeloop.leads.identities import actions as identities
from closeloop.leads.identities.kinds import EXTERNAL_USER, Known
from closeloop.leads.models import Lead
from closeloop.nurture import actions, addressees, composing, limits, paths, templates
from closeloop.nurture.addressees import Reach
from closeloop.nurture.clock import calendar_of, day_of
from closeloop.nurture.models import (
    Enrolment,
    How,
    Message,
    Path,
    PathVersion,
    Points,
    Reached,
    Suppression,
    Taken,
    Template,
)
from closeloop.nurture.plugs import plugs
from closeloop.nurture.templates import Live
from closeloop.scoring import actions as scoring

MOST, GRADED, DAYS = 60, 12, 50
"""At most so many leads on the path, and so many that it brought further, of the last days."""
CODES = {"tencent": "1400100", "aliyun": "SMS_460000100"}
ITEMS = (
    (
        "case",
        "case",
        "同行换机案例（4 页）",
        "A case (4 pages)",
        "/cases/replacement",
    ),
    (
        "document",
        "product",
        "选型清单（1 页）",
        "Checklist (1 page)",
        "/guides/checklist",
    ),
    ("video", "product", "操作演示（3 分钟）", "Demonstration (3 minutes)", "/videos/demo"),
)
SITE = "https://www.demo.example"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class _Road:
    """The path that all of them walk, and until when."""

    compiled: Compiled
    version: PathVersion
    until: datetime


@dataclass
class _Lived:
    """What one lead lived through on the path."""

    lead: Mapping[str, Any]
    enrolment: Enrolment
    taken: list[Taken] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    points: list[Points] = field(default_factory=list)


def nurture(*, until: datetime, seed: int) -> int:
    """Fill the library, publish the path, and tell what leads lived through; gives how many.

    It is history: nothing is sent, and nothing follows from it but the leads' scores.
    """
    definition = Path.objects.exclude(draft=None).order_by("pk").values_list("draft", flat=True)
    draft = definition.first()
    if draft is None:
        return 0
    _fill_library()
    version = actions.publish_draft(draft["key"], actor=SYSTEM)
    compiled = paths.compiled(paths.live(version.pk))
    chosen = _choose(until)
    if compiled is None or not chosen:
        return 0
    _give_addresses(chosen)
    road = _Road(compiled, version, until)
    lived = [
        _live(road, each, place, Random(f"{seed}:{each['pk']}"))
        for place, each in enumerate(chosen)
    ]
    _write(lived)
    _tell(lived)
    scoring.rescore("lead", [each["pk"] for each in chosen], actor=SYSTEM, tells=False)
    actions.switch(draft["key"], is_active=True, actor=SYSTEM)
    return len(lived)


def _fill_library() -> None:
    """Links to the company's own pages, and templates that name them; texts with their codes."""
    made = []
    for kind, topic, zh, en, path in ITEMS:
        described = actions.Described({"zh-CN": zh, "en-US": en}, kind=kind, topic=topic)
        made.append(actions.add_link(described, f"{SITE}{path}", actor=SYSTEM).pk)
    for template in Template.objects.order_by("pk"):
        current = template.versions.filter(is_current=True).first()
        definition = dict(current.definition if current else template.draft or {})
        if template.channel == Channel.SMS:
            definition["sms"] = {**definition.get("sms", {}), **CODES}
        else:
            definition["items"] = made[:2] if definition.get("topic") == "case" else made[1:]
        actions.publish_template(definition, actor=SYSTEM)
    Template.objects.update(draft=None, drafted_at=None)


def _choose(until: datetime) -> list[dict[str, Any]]:
    """Open leads of the last weeks that are not ready yet, and some that have become so."""
    recent = Lead.objects.filter(
        deleted_at=None, created_at__gte=until - timedelta(days=DAYS),
        created_at__lt=until - timedelta(days=1),
    ).exclude(stage__in=plugs.ended("lead"))  # fmt: skip
    columns = ("pk", "name", "owner_id", "unit_id", "created_at", "phone", "score", "grade")
    cold = list(recent.filter(grade=None, score__lt=50).order_by("pk").values(*columns))
    warm = list(recent.exclude(grade=None).order_by("pk").values(*columns))
    return [*_spread(cold, MOST), *_spread(warm, GRADED)]


def _spread(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """So many of some rows, from the oldest to the newest."""
    return rows[:: max(1, -(-len(rows) // most))]


def _give_addresses(chosen: Sequence[Mapping[str, Any]]) -> None:
    """Most have a mailbox, every second one is a contact in WeCom."""
    rows = []
    for place, each in enumerate(chosen):
        if place % 8 != 5:
            rows.append(Lead(pk=each["pk"], email=f"lead{each['pk']}@customer.example"))
        if place % 2 == 0:
            identities.remember(each["pk"], [Known(EXTERNAL_USER, f"wmDemo{each['pk']:010d}")])
    Lead.objects.bulk_update(rows, ["email"])


def _live(road: _Road, lead: Mapping[str, Any], place: int, chance: Random) -> _Lived:
    compiled, version, until = road.compiled, road.version, road.until
    began = lead["created_at"] + _HOUR
    enrolment = Enrolment(
        record_id=lead["pk"], path_id=version.path_id, version=version, how=How.VERB,
        started_at=began,
    )  # fmt: skip
    lived = _Lived(lead, enrolment)
    ends_at, reason = _ending(place, lead, began, chance)
    reach = _reach(lead, began)
    position, now = compiled.first, began
    while True:
        if ends_at is not None and now >= min(ends_at, until):
            _end(enrolment, State.LEFT, ends_at, reason)
            break
        decision = engine.decide(
            compiled,
            position,
            _facts(lead, lived.messages, now),
            standing=Standing(),
            admit=_admission(lived, reach, now),
            now=now,
            calendar=calendar_of(lead["unit_id"]),
        )
        _take(lived, decision, reach, now)
        for message in lived.messages[-1:] if isinstance(decision.effect, Send) else ():
            _react(message, chance, until)
        if decision.state is not State.RUNNING:
            _end(enrolment, decision.state, now, "handed_over" if decision.effect else "")
            break
        position, now = decision.position, decision.next_at or now
        if now >= until and (ends_at is None or ends_at >= until):
            enrolment.position = position
            # What fell due on this very day has been looked at by the time somebody reads it.
            enrolment.next_at = max(now, until + timedelta(days=1, hours=10))
            break
    return lived


def _reach(lead: Mapping[str, Any], at: datetime) -> Reach:
    """How the lead was reached; the invented numbers of the company belong to nobody."""
    found = addressees.reach_of([lead["pk"]], today=day_of(at))[lead["pk"]]
    if found.obstacles.get(Channel.SMS) != "address_invalid":
        return found
    return replace(
        found,
        people={**found.people, Channel.SMS: f"+86{lead['phone']}"},
        obstacles={**found.obstacles, Channel.SMS: ""},
    )


def _ending(
    place: int, lead: Mapping[str, Any], began: datetime, chance: Random
) -> tuple[datetime | None, str]:
    """When and why some leads leave: graded, taken up by sales, unsubscribed from everything."""
    at = began + timedelta(days=chance.randint(4, 16), hours=chance.randint(0, 8))
    if lead["grade"]:
        return at, "qualified"
    if place % 15 == 7:
        return began + timedelta(days=chance.randint(3, 5)), "unsubscribed"
    return (at, "taken") if place % 9 == 4 else (None, "")


def _facts(lead: Mapping[str, Any], messages: Sequence[Message], now: datetime) -> dict[str, Any]:
    sent = [each for each in messages if each.state == Message.State.SENT]
    last = sent[-1] if sent else None
    return {
        "field.score": lead["score"],
        "field.grade": None,
        OPENED_LAST: bool(last and last.opened_at and last.opened_at <= now),
        CLICKED_LAST: bool(last and last.clicked_at and last.clicked_at <= now),
    }


def _admission(lived: _Lived, reach: Reach, now: datetime) -> Callable[[Send], Admission]:
    def admit(step: Send) -> Admission:
        days = [
            each.day.toordinal()
            for each in lived.messages
            if each.channel == step.channel and each.day is not None
        ]
        return engine.admit(
            limits.of_channels()[step.channel],
            Addressee(reach.obstacles.get(step.channel, ""), days),
            now=now,
            calendar=calendar_of(None),
        )

    return admit


def _take(lived: _Lived, decision: Any, reach: Reach, now: datetime) -> None:
    enrolment = lived.enrolment
    message = None
    if isinstance(decision.effect, Send):
        message = _message(lived, decision, reach, now)
        lived.messages.append(message)
    elif isinstance(decision.effect, Score):
        step = decision.effect
        lived.points.append(
            Points(record_id=lived.lead["pk"], enrolment=enrolment, step=step.key,
                   points=step.points, reason=dict(step.reason), at=now)
        )  # fmt: skip
    for passed in decision.passed:
        is_message = message is not None and passed.step == message.step
        lived.taken.append(
            Taken(
                enrolment=enrolment, step=passed.step, outcome=passed.outcome, until=passed.until,
                reason=decision.skip if is_message else "", at=now,
                message=message if is_message else None,
            )
        )  # fmt: skip


def _message(lived: _Lived, decision: Any, reach: Reach, now: datetime) -> Message:
    step: Send = decision.effect
    live: Live = templates.current()[step.template]
    said = None
    if not decision.skip:
        words = composing.words_for(lived.lead["pk"], live.template, "zh-CN")
        said = composing.compose(live.template, words, "zh-CN")
    return Message(
        enrolment=lived.enrolment, record_id=lived.lead["pk"], path_id=lived.enrolment.path_id,
        version=lived.enrolment.version, step=step.key, channel=step.channel,
        template_id=live.version_id, said=said, created_at=now,
        address=reach.addresses.get(step.channel, ""), person=reach.people.get(step.channel, ""),
        state=Message.State.SKIPPED if decision.skip else Message.State.SENT,
        error_code=decision.skip, day=None if decision.skip else day_of(now),
        attempts=0 if decision.skip else 1, sent_at=None if decision.skip else now,
    )  # fmt: skip


def _react(message: Message, chance: Random, until: datetime) -> None:
    """Half of the mails are opened, of these a third followed; WeCom's are confirmed."""
    sent = message.created_at
    if message.error_code:
        return
    if message.channel == Channel.WECOM:
        message.receipt, message.receipt_at = {"is_delivered": True, "detail": "sent"}, sent + _HOUR
    opened = sent + timedelta(hours=chance.randint(1, 40))
    clicked = opened + timedelta(minutes=chance.randint(1, 6))
    reads, follows = chance.random() < 0.5, chance.random() < 0.35
    if message.channel == Channel.MAIL and reads and clicked < until:
        message.opened_at, message.opens = opened, chance.randint(1, 3)
        if follows:
            message.clicked_at, message.clicks = clicked, 1


def _end(enrolment: Enrolment, state: State, at: datetime, reason: str) -> None:
    enrolment.state, enrolment.ended_at, enrolment.reason = state.value, at, reason
    enrolment.position, enrolment.next_at = "", None


def _write(lived: Sequence[_Lived]) -> None:
    Enrolment.objects.bulk_create([each.enrolment for each in lived])
    Message.objects.bulk_create([message for each in lived for message in each.messages])
    Taken.objects.bulk_create([taken for each in lived for taken in each.taken])
    Points.objects.bulk_create([points for each in lived for points in each.points])
    Reached.objects.bulk_create(
        Reached(enrolment=each.enrolment, grade=each.lead["grade"], at=each.enrolment.ended_at)
        for each in lived
        if each.lead["grade"] and each.enrolment.ended_at
    )
    out = [each for each in lived if each.enrolment.reason == "unsubscribed"]
    for each in out:
        reached = addressees.reach_of([each.lead["pk"]], today=day_of(each.enrolment.started_at))
        for channel, person in list(reached[each.lead["pk"]].people.items())[:1]:
            Suppression.objects.create(
                channel=channel, person=person, is_all=True, source=Suppression.Source.PAGE,
                record_id=each.lead["pk"], at=each.enrolment.ended_at or each.enrolment.started_at,
            )  # fmt: skip


def _tell(lived: Sequence[_Lived]) -> None:
    """The trails of the leads: what they were sent, and what they did with it."""
    activity.record_all(
        sorted(
            (told for each in lived for told in _happenings(each)), key=lambda told: str(told.at)
        ),
        actor=SYSTEM,
    )
    events = [event for each in lived for event in _events(each)]
    behaviour.collect(sorted(events, key=lambda event: event.at), tells=False)


def _happenings(lived: _Lived) -> Iterator[Happening]:
    live = paths.live(lived.enrolment.version_id)
    data = {"path": live.key, "name": dict(live.name), "version": live.number}
    yield _happening(lived, "nurture.started", lived.enrolment.started_at, data)
    for message in lived.messages:
        told = {**data, "step": message.step, "via": message.channel,
                "channel": paths.in_both(f"nurture.channel.{message.channel}")}  # fmt: skip
        if message.error_code:
            why = paths.in_both(f"nurture.reason.{message.error_code}")
            told |= {"reason": message.error_code, "why": why}
            yield _happening(lived, "nurture.step_skipped", message.created_at, told)
        else:
            told |= {"template": dict(message.template.definition["name"])}
            yield _happening(lived, "nurture.step_sent", message.created_at, told)
    ended, reason = lived.enrolment.ended_at, lived.enrolment.reason
    if ended and lived.enrolment.state == State.LEFT:
        told = {**data, "reason": reason, "why": dict(paths.reason_name(live, reason))}
        yield _happening(lived, "nurture.left", ended, told)
    elif ended:
        yield _happening(lived, "nurture.finished", ended, data)


def _happening(lived: _Lived, verb: str, at: datetime, data: Mapping[str, Any]) -> Happening:
    lead = lived.lead
    return Happening(
        verb=verb, record_id=lead["pk"], record_type="lead", unit_id=lead["unit_id"], data=data,
        at=at,
    )  # fmt: skip


def _events(lived: _Lived) -> Iterator[Given]:
    for message in lived.messages:
        template = message.template.definition
        data = {"mail": template["key"], "message": message.pk, "topic": template.get("topic", "")}
        for kind, at in (("mail_open", message.opened_at), ("mail_click", message.clicked_at)):
            if at is not None:
                said = json.dumps(data, ensure_ascii=False)
                yield Given(kind=kind, at=at, data=said, visitor=record_token(lived.lead["pk"]))
