"""A past that two weeks cannot have: deals that went their ways over a year, some of them back."""

from datetime import timedelta
from uuid import uuid4

from closeloop.activity.models import Entry
from closeloop.deals.models import Deal
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.process.models import Instance, Version, Visit
from closeloop.records.models import Record

DAY = timedelta(days=1)
WAY = (
    "first_contact", "first_talk", "needs_confirmed", "solution_demo", "quotation",
    "contract_approval", "signing", "payment",
)  # fmt: skip
SEAL = {"item_key": "contract_seal_status", "name": {"zh-CN": "盖章", "en-US": "Seal"}}


def tell_a_past(now, *, deals=84):
    """So many deals of the owners that there are, from a year ago on, in no order of size."""
    like = list(
        Deal.objects.filter(owner__isnull=False, customer__isnull=False, deleted_at=None)
        .exclude(unit=None)
        .order_by("owner_id", "pk")
    )
    for number in range(deals):
        begun = now - 350 * DAY + 4 * number * DAY
        steps = [step for step in _steps(number, begun) if step[-1] <= now - DAY]
        _deal(number, like[number * 5 % len(like)], steps)


def _deal(number, like, steps):
    begun = steps[0][-1]
    record = Record.objects.create(
        type="deal", title=f"往年商机{number}", owner_id=like.owner_id, unit_id=like.unit_id,
        created_by_id=like.owner_id, created_at=begun,
    )  # fmt: skip
    amount = None if number % 21 == 20 else 90_000 + 7_013 * (number * 37 % 83)
    deal = Deal.objects.create(
        record=record, name=record.title, owner_id=like.owner_id, unit_id=like.unit_id,
        customer_id=like.customer_id, created_at=begun, stage=steps[-1][0],
        stage_entered_at=steps[-1][2], amount=amount,
        currency="USD" if number % 19 == 18 else "CNY",
        expected_close=(begun + (30 + number % 40) * DAY).date(),
        deleted_at=begun + 60 * DAY if number % 23 == 22 else None,
    )  # fmt: skip
    Instance.objects.create(
        record=record, stage=steps[-1][0], entered_at=steps[-1][2], moves=len(steps) - 1,
        version=Version.objects.get(blueprint__key="deal", is_current=True),
    )  # fmt: skip
    left = [*(at for _, _, at in steps[1:]), None]
    Visit.objects.bulk_create(
        Visit(
            record=record, stage=stage, kind=kind, entered_at=at, left_at=gone,
            entered_by_id=like.owner_id, reason="客户内部流程" if kind == "back" else "",
        )
        for (stage, kind, at), gone in zip(steps, left, strict=True)
    )  # fmt: skip
    _say(number, deal, steps)
    for place in range(number % 4 if number % 2 else 0):
        said = _follow_up(deal, begun + (2 + 3 * place) * DAY)
        if number % 8 == 3 and place == 2:
            _take_back(deal, said, by_correcting=number % 16 == 3)


def _steps(number, begun):
    """Stages with how and when: won, lost on the way, or open still; one in three was put back."""
    stay, last = DAY * (3 + number % 5), 8 - (number % 4 == 1) * (1 + number % 6)
    at = begun
    yield WAY[0], "start", at
    for place in range(1, last - (2 if number % 7 == 6 else 0)):
        at += stay + timedelta(hours=number % 9)
        yield WAY[place], "forward", at
        if place == 5 and number % 3 == 0:
            back = _friday(at)
            yield WAY[4], "back", back
            at = back + timedelta(days=2, hours=number % 20)
            yield WAY[5], "forward", at
            for _ in range(3 * (number % 12 == 0)):
                yield WAY[4], "back", at + timedelta(hours=1)
                at += timedelta(hours=5)
                yield WAY[5], "forward", at
    if last < 8:
        yield "lost", "close", at + stay


def _friday(at):
    """The next Friday afternoon."""
    day = at + DAY * ((4 - at.weekday()) % 7 or 7)
    return day.replace(hour=8, minute=at.minute)


def _say(number, deal, steps):
    """What was said of it on the way: another amount or day, or none any more; what was missing."""
    said, midway = {}, steps[len(steps) // 2][2] + timedelta(hours=2)
    if number % 5 == 0 and deal.amount is not None:
        said["amount"] = [f"{deal.amount - 40_000:.2f}", f"{deal.amount:.2f}"]
    if number % 14 == 6:
        said |= {"amount": ["120000.00", None], "expected_close": ["2026-12-20", None]}
        Deal.objects.filter(pk=deal.pk).update(amount=None, expected_close=None)
    if number % 6 == 1:
        later = deal.expected_close + 20 * DAY
        said["expected_close"] = [deal.expected_close.isoformat(), later.isoformat()]
        Deal.objects.filter(pk=deal.pk).update(expected_close=later)
    if said:
        _entry(deal, midway, "deal.changed", {"changes": said, "via": "screen"})
    for _, kind, at in steps:
        if kind == "back" and number % 2 == 0:
            _entry(deal, at - timedelta(minutes=5), "process.move_blocked", {"missing": [SEAL]})


def _entry(deal, at, verb, data):
    Entry.objects.create(
        at=at, verb=verb, actor_kind="person", actor_id=deal.owner_id, record_id=deal.pk,
        record_type="deal", unit_id=deal.unit_id, data=data,
    )  # fmt: skip


def _take_back(deal, said, *, by_correcting):
    """Five days later it was put right by another one, or found untrue."""
    at = said.at + 5 * DAY
    if by_correcting:
        _follow_up(deal, at, corrects=said)
        return
    FollowUpDoubt.objects.create(
        followup=said, kind="burst", verdict="confirmed", judged_by_id=deal.owner_id, judged_at=at
    )


def _follow_up(deal, at, **more):
    """Somebody called, as many others have since."""
    like = FollowUp.objects.filter(state="counted", standard__isnull=False).earliest("pk")
    return FollowUp.objects.create(
        author_id=deal.owner_id, client_id=uuid4(), kind=like.kind, state="counted",
        record_id=deal.pk, record_type="deal", customer_id=deal.customer_id, unit_id=deal.unit_id,
        stage=deal.stage, at=at, received_at=at, counted_at=at, text=like.text, plain=like.plain,
        standard_id=like.standard_id, met=like.met, **more,
    )  # fmt: skip
