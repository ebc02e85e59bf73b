"""What is under way on the demo company's last day: absences, tasks, a late approval, papers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.activity.models import Entry
from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase
from closeloop.approvals.models import Ask, Case, Visit
from closeloop.deals.models import Deal
from closeloop.demo import samples, workdays
from closeloop.demo.organising import Colleague, Organisation
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.documents.actions import write_document
from closeloop.engine.blueprint import MoveKind, StageKind
from closeloop.files import actions as files
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org.models import Absence, AbsenceScope
from closeloop.process import blueprints, diagnosis
from closeloop.process.actions.approving import Approval
from closeloop.process.models import Instance
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask

CONTRACT = "contract_approval"
"""Stage and flow of the standard pack in which a contract waits: two days are long enough for both
escalations, to the next manager up and to the sales BP (E03, E04)."""
_DRAFT = "contract_draft"
_WISH = "客户希望本周用印"


def begin(organisation: Organisation, *, today: date, zone: tzinfo) -> None:
    """Begin it by the product's own actions, the same each time."""
    _leave(organisation, today, zone)
    _ask(organisation, today, zone)
    _diagnose(organisation)
    _wait_too_long(organisation, today, zone)


def _leave(organisation: Organisation, today: date, zone: tzinfo) -> None:
    """A salesperson is away now, a presales engineer will be."""
    sellers, staff = organisation.teams[-1].sellers, organisation.staff
    begins = workdays.at(today - timedelta(days=1), 9, zone)
    _plan(sellers[-1], sellers[-2], begins, begins + timedelta(days=3, hours=9), "客户现场装机")
    later = workdays.at(workdays.add_workdays(today, 3), 9, zone)
    _plan(staff["presales2"], staff["presales3"], later, later + timedelta(days=4), "年休假")


def _plan(
    person: Colleague, delegate: Colleague, begins: datetime, ends: datetime, reason: str
) -> None:
    absence = Absence.objects.create(
        person_id=person.actor.person_id,
        delegate_id=delegate.actor.user_id,
        from_at=begins,
        to_at=ends,
        scope=AbsenceScope.ALL,
        reason=reason,
        planned_by_id=person.actor.user_id,
    )
    activity.record(
        Happening(
            verb="absence.planned",
            unit_id=person.unit_id,
            data={
                "absence_id": absence.pk,
                "person_id": person.actor.user_id,
                "name": person.actor.name,
                "delegate_id": delegate.actor.user_id,
                "delegate": delegate.actor.name,
                "from": begins,
                "to": ends,
                "scope": absence.scope,
                "reason": reason,
            },
        ),
        actor=person.actor,
    )


def _ask(organisation: Organisation, today: date, zone: tzinfo) -> None:
    """Tasks between people, one of them red and one done."""
    team, director = organisation.teams[0], organisation.directors[0]
    seller, manager = team.sellers[0], team.manager
    stalled, *others = _open_deals(organisation)[:2]
    second = others[0] if others else stalled

    def by(days: int, hour: float) -> datetime:
        return workdays.at(workdays.add_workdays(today, days), hour, zone)

    _task("补齐决策链：找到拍板人", "Complete the decision chain: find who decides",
          seller, manager.actor, due_at=by(1, 18), deal=second)  # fmt: skip
    _task("准备下周方案演示", "Prepare next week's demonstration",
          seller, seller.actor, due_at=by(3, 12))  # fmt: skip
    _task("主管介入：客户超过 7 天没有互动", "Step in: no interaction for 7 days", manager, SYSTEM,
          kind="intervention", due_at=by(1, 12), deal=stalled, is_red=True)  # fmt: skip
    done = _task("复盘上月丢单原因", "Review last month's lost deals", manager, director.actor)
    tasks.finish_task(done, note="三单因价格，两单因窗口期，已在晨会讲过", actor=manager.actor)


def _task(
    chinese: str,
    english: str,
    owner: Colleague,
    asker: Actor,
    *,
    kind: str = "asked",
    due_at: datetime | None = None,
    deal: Deal | None = None,
    is_red: bool = False,
) -> int:
    new = NewTask(
        kind=kind,
        title={"zh-CN": chinese, "en-US": english},
        owner_id=owner.actor.person_id,
        due_at=due_at,
        record_id=deal.pk if deal else None,
        record_type="deal" if deal else "",
        is_red=is_red,
    )
    return tasks.create_task(new, actor=asker).pk


def _diagnose(organisation: Organisation) -> None:
    """The report about the deal that stands still the longest, for its manager and director."""
    deals = _open_deals(organisation)[:20]
    found = next((deal for deal in deals if diagnosis.diagnose(deal.pk).overstayed), deals[0])
    readers = [organisation.teams[0].manager, organisation.directors[0]]
    write_document(
        "risk_diagnosis",
        {},
        record_id=found.pk,
        record_type="deal",
        unit_id=found.unit_id,
        to=[reader.actor.person_id for reader in readers],
        actor=SYSTEM,
    )


def _wait_too_long(organisation: Organisation, today: date, zone: tzinfo) -> None:
    """A contract that its director has not answered: told upward, and briefed to the sales BP."""
    asked = Case.objects.filter(state="running", record__isnull=False)
    taken = set(asked.values_list("record_id", flat=True))
    deals = [each for each in _open_deals(organisation) if each.pk not in taken]
    owners = {person.actor.user_id: person.actor for person in organisation.everybody}
    contract = next((each for each in deals if each.stage == CONTRACT), None)
    if contract is not None:
        case = submit(contract, owners[contract.owner_id])
    else:
        title = f"{deals[0].name}合同"
        new = NewCase(CONTRACT, deals[0].pk, "deal", title=title, comment=_WISH)
        case = approvals.open_case(new, actor=owners[deals[0].owner_id])
    asked_at = workdays.at(workdays.last_workday(workdays.last_workday(today)), 10, zone)
    _set_back(case, asked_at)
    sla.sweep(timezone.now())


def submit(deal: Deal, owner: Actor) -> Case:
    """Supply what the contract lacks and ask for the approval that signing waits for: whoever
    agrees last moves the deal.
    """
    blueprint = blueprints.loaded(Instance.objects.get(pk=deal.pk).version_id).blueprint
    ahead = next(move for move in blueprint.moves_from(CONTRACT) if move.kind is MoveKind.FORWARD)
    sample = next(each for each in samples.made() if each.key.startswith(f"{_DRAFT}."))
    upload = SimpleUploadedFile(f"{deal.name}{sample.ending}", sample.content)
    files.attach(Record.objects.get(pk=deal.pk), upload, kind=_DRAFT, actor=owner)
    ask = MoveAsk(
        to_stage=ahead.to_stage,
        via="approval",
        values={"seal_status": "stamped"},
        ticks=tuple(f"{CONTRACT}.{row.key}" for row in blueprint.stage(CONTRACT).checklist),
    )
    return desk.request_approval("deal", deal.pk, ask, Approval(comment=_WISH), actor=owner)


def _set_back(case: Case, asked_at: datetime) -> None:
    """Let a case have been opened at a moment, with its asks and their clocks."""
    asks = Ask.objects.filter(case=case, state="waiting")
    Case.objects.filter(pk=case.pk).update(opened_at=asked_at)
    Visit.objects.filter(case=case).update(entered_at=asked_at)
    asks.update(asked_at=asked_at)
    Clock.objects.filter(about_kind="approval_ask", about_id__in=asks.values("pk")).delete()
    told = Entry.objects.filter(verb="approval.asked", data__case_id=case.pk).order_by("id")
    sla.react(
        [
            Happening(
                verb=entry.verb,
                record_id=entry.record_id,
                record_type=entry.record_type,
                unit_id=entry.unit_id,
                data=entry.data,
                at=asked_at,
            )
            for entry in told
        ],
        SYSTEM,
    )


def _open_deals(organisation: Organisation) -> list[Deal]:
    """Open deals of the first team, the longest untouched first."""
    version = blueprints.current_of("deal")
    stages = version.stages if version else ()
    team = organisation.teams[0]
    found = Deal.objects.filter(
        unit_id=team.manager.unit_id,
        deleted_at=None,
        stage__in=[stage.key for stage in stages if stage.kind is StageKind.OPEN],
    )
    return list(found.order_by("last_activity_at", "pk"))
