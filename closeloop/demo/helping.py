"""How the library lived in the demo company: used before deals moved on, rated, pushed, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from random import Random

from django.db.models import F

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.demo import workdays
from closeloop.demo.organising import Colleague, Organisation
from closeloop.playbooks import actions, shelf
from closeloop.playbooks.content import STAGE, Content
from closeloop.playbooks.facets import stage_tag
from closeloop.playbooks.models import Entry, EntryKind, Push, Rating, Receipt, Use, UseKind
from closeloop.playbooks.shelf import Shelved
from closeloop.process.models import Visit, VisitKind

LATELY, MOST_USES = timedelta(days=200), 900
SHARE, HELPFUL = 0.3, 0.8
MATERIALS = (EntryKind.KIT, EntryKind.PACK, EntryKind.CASE)
TOLD = (
    (
        "样品复测前先对齐三件事",
        "「复测那天，我们先把质控品、批号和操作人定下来，结果出来大家都认，您看可以吗？」"
        "做法：一、复测前一天把方案发到群里；二、请对方技师一起上机；三、当场签字。",
    ),
    (
        "院长只给五分钟怎么讲",
        "「院长，我只说三个数：一年多做多少例、少停几天机、几年收回。」"
        "做法：一页纸，三个数字，最后请他指定对接人。",
    ),
    (
        "经销商压着不报备时的说法",
        "「早报备一天，项目就早归您一天；三个月没动静，系统会自动放开。」"
        "做法：当场用手机替他填好，截图发给他。",
    ),
    (
        "对方说等集采结果再谈",
        "「集采定的是价格，装机档期要自己排；先把场地和需求定下来，结果一出就能签。」"
        "做法：约勘场，不谈价格。",
    ),
)
"""What sellers wrote; the last one waits to be published."""
PUSHED = (
    (3, "这周报价阶段的单子先看这条，周五例会说说用得怎么样"),
    (10, "新同事先学，客户一压价就用"),
)


def help_sellers(organisation: Organisation, *, today: date, seed: int, zone: tzinfo) -> int:
    """Let sellers use, rate and write entries, and managers push them; how many uses."""
    written = _write(organisation)
    tracks = [each for each in shelf.current().entries if each.kind == EntryKind.TALK_TRACK]
    if not tracks:
        return 0
    until = workdays.at(today, 0, zone)
    sellers = {
        seller.actor.person_id: seller for team in organisation.teams for seller in team.sellers
    }
    materials = [each for each in shelf.current().entries if each.kind in MATERIALS]
    uses = _uses(tracks, sellers, until=until, seed=f"{seed}:used")
    brought = _uses(materials, sellers, until=until, seed=f"{seed}:brought")
    Use.objects.bulk_create([*uses, *brought], ignore_conflicts=True)
    _record([*uses, *brought], {each.entry_id: each for each in (*tracks, *materials)}, sellers)
    _rate(uses, seed=seed)
    _push(organisation, tracks, until=until, seed=seed)
    for seller in _first(organisation):
        actions.note_opened(tracks[0], source="library", now=until, actor=seller.actor)
    return len(uses) + len(brought) + len(written)


def _first(organisation: Organisation) -> list[Colleague]:
    return [team.sellers[0] for team in organisation.teams if team.sellers]


def _write(organisation: Organisation) -> list[Entry]:
    """Sellers propose what works for them; sales operations publish all but the last."""
    authors, ops = _first(organisation), organisation.staff["ops"].actor
    made = []
    for number, (title, body) in enumerate(TOLD):
        content = Content.model_validate({"title": {"zh-CN": title}, "body": {"zh-CN": body}})
        author = authors[number // 2 % len(authors)].actor
        entry = actions.propose(EntryKind.TALK_TRACK, content, actor=author)
        made.append(entry)
        if number < len(TOLD) - 1:
            actions.publish(entry.pk, actor=ops)
    return made


def _uses(
    tracks: Sequence[Shelved],
    sellers: Mapping[int, Colleague],
    *,
    until: datetime,
    seed: str,
) -> list[Use]:
    """Of the stays of deals in stages, the latest: in some of them the owner used an entry."""
    visits = (
        Visit.objects.filter(
            record__type="deal",
            record__owner_id__in=sellers,
            record__deleted_at=None,
            kind__in=(VisitKind.START, VisitKind.FORWARD),
            entered_at__gte=until - LATELY,
            entered_at__lt=until - timedelta(days=1),
        )
        .annotate(owner_id=F("record__owner_id"))
        .order_by("-entered_at", "pk")
    )
    found: list[Use] = []
    for number, visit in enumerate(visits.iterator()):
        chance = Random(f"{seed}:{number}")
        if not tracks or chance.random() > SHARE:
            continue
        tag = stage_tag("deal", visit.stage)
        fitting = [each for each in tracks if tag in each.tags.get(STAGE, ())] or tracks
        ended = min(visit.left_at or until, until)
        at = visit.entered_at + (ended - visit.entered_at) * chance.uniform(0.2, 0.9)
        entry = chance.choice(fitting)
        for kind in (UseKind.OPENED, UseKind.USED):
            found.append(
                Use(
                    entry_id=entry.entry_id,
                    number=entry.number,
                    person_id=visit.owner_id,
                    kind=kind,
                    record_id=visit.record_id if kind == UseKind.USED else None,
                    source="record",
                    on=at.astimezone(until.tzinfo).date(),
                    at=at,
                )
            )
        if len(found) >= MOST_USES:
            break
    return found


def _record(
    uses: Sequence[Use], tracks: Mapping[int, Shelved], sellers: Mapping[int, Colleague]
) -> None:
    """The timelines of the deals tell of it."""
    by_person: dict[int, list[Happening]] = {}
    used = [each for each in uses if each.kind == UseKind.USED]
    for use in sorted(used, key=lambda each: each.at):
        entry = tracks[use.entry_id]
        data = {
            "entry_id": entry.entry_id,
            "kind": entry.kind,
            "name": entry.title,
            "source": use.source,
        }
        by_person.setdefault(use.person_id, []).append(
            Happening(
                verb="playbook.used",
                record_id=use.record_id,
                record_type="deal",
                unit_id=sellers[use.person_id].unit_id,
                at=use.at,
                data=data,
            )
        )
    for person, happenings in by_person.items():
        activity.record_all(happenings, actor=sellers[person].actor)


def _rate(uses: Sequence[Use], *, seed: int) -> None:
    """Every other reader says whether it helped."""
    chance = Random(f"{seed}:rated")
    latest = {(each.entry_id, each.person_id): each.at for each in reversed(uses)}
    Rating.objects.bulk_create(
        Rating(entry_id=entry_id, person_id=person_id, is_helpful=chance.random() < HELPFUL, at=at)
        for (entry_id, person_id), at in sorted(latest.items())
        if chance.random() < 0.5
    )


def _push(
    organisation: Organisation, tracks: Sequence[Shelved], *, until: datetime, seed: int
) -> None:
    """Managers pushed to their teams, most have looked; one push is new today."""
    for number, team in enumerate(team for team in organisation.teams if team.sellers):
        days, note = PUSHED[number % len(PUSHED)]
        at = until - timedelta(days=days, hours=-10)
        entry = tracks[(number * 3 + 1) % len(tracks)]
        made = Push.objects.create(
            entry_id=entry.entry_id, pushed_by_id=team.manager.actor.person_id, note=note, at=at
        )
        receipts = []
        for seller in team.sellers:
            drawn = Random(f"{seed}:receipt:{seller.username}").random()
            seen = at + timedelta(hours=1 + 20 * drawn) if drawn < 0.8 else None
            opened = seen + timedelta(minutes=5) if seen and drawn < 0.6 else None
            receipts.append(
                Receipt(push=made, person_id=seller.actor.person_id, seen_at=seen, opened_at=opened)
            )
        Receipt.objects.bulk_create(receipts)
    for team in organisation.teams[:1]:
        people = [seller.actor.person_id for seller in team.sellers[:3]]
        if people:
            actions.push(tracks[0], people=people, note=PUSHED[0][1], actor=team.manager.actor)
