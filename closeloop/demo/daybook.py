"""Two weeks of sales logs in the demo company: events, a surge in one region, support cases.

Both weeks hold the same kinds of events, so that only what is planted jumps. Of the cases whose 24
hours are over about seven in nine had help in time; the others were answered late or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from random import Random
from uuid import UUID

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.activity.models import Entry
from closeloop.customers.models import Customer
from closeloop.demo import workdays
from closeloop.demo.organising import Colleague, Organisation
from closeloop.demo.supporting import Told, ask_now, set_due, tell_cases
from closeloop.identity.actor import Actor
from closeloop.records.models import Record
from closeloop.saleslog import actions as saleslog
from closeloop.saleslog import clock, setups
from closeloop.saleslog.actions import reporting
from closeloop.saleslog.models import DayLog, LogEvent
from closeloop.saleslog.plugs import plugs
from closeloop.support.actions import turning

WEEK = timedelta(days=7)
SHARE = 0.24
"""Of a person's days those on which something happened."""
SURGE_TYPE, SURGE = "competitor_price", 12
TEXTS: Mapping[str, Sequence[str]] = {
    "new_need": ("检验科想再加一台", "新院区下半年要装备", "问能不能先租一年"),
    "competitor_price": ("对方报价低 15%", "送两年耗材", "账期放到 180 天"),
    "sample_rejected": ("三批样品杂质超标", "到货晚了两天", "缺进口批件"),
    "customer_refusal": ("院长说今年不买设备", "见不到分管副院长", "已定进口品牌"),
    "sudden_event": ("夜里停机，影响急诊", "科主任调走了", "招标参数改了"),
}


def keep(organisation: Organisation, *, today: date, seed: int, zone: tzinfo) -> int:
    """Fill the logs of the two weeks before this one and of this week so far; how many events."""
    if not setups.current().types:
        return 0
    until = workdays.at(today, 0, zone)
    this_week = clock.monday(today)
    days = [this_week - 2 * WEEK + timedelta(days=each) for each in range(21)]
    worked = [day for day in days if day < today and workdays.is_workday(day)]
    sellers = [seller for team in organisation.teams for seller in team.sellers]
    customers = _customers(sellers)
    events = [
        event
        for seller in sellers
        if customers.get(seller.actor.person_id)
        for event in _events(seller, worked, customers[seller.actor.person_id], seed, zone)
    ]
    surging = [
        seller
        for seller in organisation.teams[1 % len(organisation.teams)].sellers
        if customers.get(seller.actor.person_id)
    ]
    last_week = [day for day in worked if this_week - WEEK <= day < this_week]
    events += _surge(surging, last_week, customers, zone)
    people = {seller.actor.person_id: seller for seller in sellers}
    told = tell_cases(events, people, until=until, seed=seed)
    LogEvent.objects.bulk_create(events)
    _record(events, told, people)
    _send(sellers, worked, events, seed=seed, zone=zone)
    saleslog.review_surges(this_week - WEEK)
    ask_now(organisation, customers)
    return len(events)


def _customers(sellers: Sequence[Colleague]) -> dict[int, list[Record]]:
    """The first customers of each seller."""
    owners = [seller.actor.person_id for seller in sellers]
    ids = Customer.objects.filter(owner_id__in=owners, deleted_at=None).values("pk")
    found: dict[int, list[Record]] = {}
    for record in Record.objects.filter(pk__in=ids).defer("grams").order_by("pk"):
        found.setdefault(record.owner_id or 0, []).append(record)
    return {owner: records[:6] for owner, records in found.items()}


def _events(
    seller: Colleague, days: Sequence[date], customers: Sequence[Record], seed: int, zone: tzinfo
) -> Iterator[LogEvent]:
    """The same weekdays bring the same types of events in both weeks."""
    kinds = sorted(setups.current().types)
    for day in days:
        chance = Random(f"{seed}:log:{seller.username}:{day.weekday()}")
        if chance.random() < SHARE:
            kind = chance.choice(kinds)
            hour = chance.uniform(9.5, 17)
            varied = Random(f"{seed}:log:{seller.username}:{day}")
            yield _event(seller, kind, workdays.at(day, hour, zone), customers, varied)


def _surge(
    sellers: Sequence[Colleague],
    days: Sequence[date],
    customers: Mapping[int, Sequence[Record]],
    zone: tzinfo,
) -> Iterator[LogEvent]:
    """One team meets a competitor's low price again and again in the week that is over."""
    if not sellers or not days or SURGE_TYPE not in setups.current().types:
        return
    for number in range(SURGE):
        seller = sellers[number % len(sellers)]
        at = workdays.at(days[number % len(days)], 10 + number % 7, zone)
        own = customers[seller.actor.person_id]
        yield _event(seller, SURGE_TYPE, at, own, Random(f"surge:{number}"))


def _event(
    seller: Colleague, kind: str, at: datetime, customers: Sequence[Record], chance: Random
) -> LogEvent:
    known = setups.current().types[kind]
    customer = chance.choice(customers)
    return LogEvent(
        author_id=seller.actor.person_id,
        unit_id=customer.unit_id or seller.unit_id,
        day=clock.today(at),
        at=at,
        type=kind,
        setup=setups.current().number,
        customer=customer,
        reason=chance.choice(known.reasons).key if known.reasons else "",
        text=chance.choice(TEXTS.get(kind, ("",))),
        client_id=UUID(int=chance.getrandbits(128), version=4),
        received_at=at,
    )


def _record(
    events: Sequence[LogEvent], told: Sequence[Told], people: Mapping[int, Colleague]
) -> None:
    """Everything in its order, by who did it; the clocks of the cases follow."""
    said: list[tuple[datetime, int, Actor, Happening]] = []
    for event in events:
        happening = reporting.happening("saleslog.event_reported", event, at=event.at)
        said.append((event.at, 0, people[event.author_id].actor, happening))
    for each in told:
        for verb, at, by, more in each.said:
            said.append((at, 1, by, turning.happening(verb, each.case, at=at, **more)))
    said.sort(key=lambda row: row[:2])
    for by, happenings in _by_actor(said):
        activity.record_all(happenings, actor=by)
    set_due(told)


def _by_actor(
    said: Sequence[tuple[datetime, int, Actor, Happening]],
) -> Iterator[tuple[Actor, list[Happening]]]:
    """Runs of entries by one person, so that clocks see everything in its order."""
    run: list[Happening] = []
    last: Actor | None = None
    for _, _, by, happening in said:
        if last is not None and by != last:
            yield last, run
            run = []
        last = by
        run.append(happening)
    if last is not None:
        yield last, run


def _send(
    sellers: Sequence[Colleague],
    days: Sequence[date],
    events: Sequence[LogEvent],
    *,
    seed: int,
    zone: tzinfo,
) -> None:
    """Most logs were sent before eight, a few later, a few never."""
    if not days:
        return
    done = _done(sellers, days, zone)
    reported: dict[tuple[int, date], int] = {}
    for event in events:
        reported[event.author_id, event.day] = reported.get((event.author_id, event.day), 0) + 1
    logs = []
    for seller in sellers:
        for day in days:
            chance = Random(f"{seed}:sent:{seller.username}:{day}")
            drawn, key = chance.random(), (seller.actor.person_id, day)
            if drawn < 0.05:
                continue
            hour = chance.uniform(20.1, 22) if drawn < 0.1 else chance.uniform(17.5, 19.9)
            entries = done.get(key, {})
            counts = {part: len(ids) for part, ids in entries.items()}
            logs.append(
                DayLog(
                    author_id=seller.actor.person_id,
                    day=day,
                    unit_id=seller.unit_id,
                    client_id=UUID(int=chance.getrandbits(128), version=4),
                    entries=[each for ids in entries.values() for each in ids],
                    counts={**counts, "events": reported.get(key, 0)},
                    sent_at=workdays.at(day, hour, zone),
                )
            )
    DayLog.objects.bulk_create(logs)


def _done(
    sellers: Sequence[Colleague], days: Sequence[date], zone: tzinfo
) -> dict[tuple[int, date], dict[str, list[int]]]:
    """What everybody did each day, part by part, in one query."""
    parts = plugs.parts()
    since = workdays.at(days[0], 0, zone)
    rows = Entry.objects.filter(
        at__gte=since, at__lt=workdays.at(days[-1], 0, zone) + timedelta(days=1),
        actor_id__in=[seller.actor.person_id for seller in sellers],
    )  # fmt: skip
    found: dict[tuple[int, date], dict[str, list[int]]] = {}
    for key, actor_id, at, verb, data in rows.order_by("id").values_list(
        "id", "actor_id", "at", "verb", "data"
    ):
        part = next((each for each in parts if each.holds(verb, data)), None)
        if part is not None:
            of_day = found.setdefault((actor_id or 0, clock.today(at)), {})
            of_day.setdefault(part.key, []).append(key)
    return found
