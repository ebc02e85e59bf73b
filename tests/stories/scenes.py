"""Every page of the product, with its drawers and dialogs, and how to come there."""

import io
from dataclasses import dataclass
from functools import cache

from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.process import actions as process
from closeloop.records.models import Record
from closeloop.records.types import registry
from closeloop.routing import divisions
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from closeloop.transfer import actions as transfer
from tests.builders.company import Company
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import (
    advance,
    make_contact,
    make_customer,
    make_deal,
    make_lead,
    make_repair,
)
from tests.stories import (
    approval_scenes,
    book_scenes,
    capture_scenes,
    channel_scenes,
    clock_scenes,
    desk_scenes,
    figure_scenes,
    follow_up_scenes,
    giving_scenes,
    log_scenes,
    nurture_scenes,
    scoring_scenes,
    talk_scenes,
)
from tests.stories.scene import Scene, keys, press

REASON = "先谈后补"
COMPANY = "江苏省人民医院"
TABLE = "客户名称,行业\n滨湖医院,民营医院\n湖滨医院,不知道\n"
TASKS = ("约院长谈预算", "寄送样品")
ASKED = "周五前给答复"
TYPED = (
    REASON,
    *TASKS,
    *approval_scenes.TYPED,
    *book_scenes.TYPED,
    *capture_scenes.TYPED,
    *channel_scenes.TYPED,
    *follow_up_scenes.TYPED,
    *giving_scenes.TYPED,
    *clock_scenes.TYPED,
    *log_scenes.TYPED,
    *nurture_scenes.TYPED,
    *scoring_scenes.TYPED,
    *talk_scenes.TYPED,
    ASKED,
    COMPANY,
    *TABLE.replace("\n", ",").strip(",").split(","),
    "客户.csv",
    "standard",
)


@dataclass(frozen=True)
class World:
    """Records on which every page has something to show, and the person who may see them all."""

    person: User
    deal: int
    lead: int
    customer: int
    repair: int
    table: int
    task: int
    case: int
    report: int
    captured: capture_scenes.Captured
    routed: int
    scored: int
    nurtured: int
    followed: int
    talked: int
    logged: log_scenes.Logged
    shelved: int

    def typed(self) -> set[str]:
        """What people typed, and names of places: it stays as it is in every language."""
        titles = [record.title for record in Record.objects.all()]
        people = User.objects.values_list("name", "username")
        return {
            *titles,
            *(title[-2:] for title in titles),
            *(name for pair in people for name in pair),
            *(name[-2:] for name, _ in people),
            *Unit.objects.values_list("name", flat=True),
            *Attachment.objects.values_list("name", flat=True),
            *_places(),
            *book_scenes.tags(),
            *TYPED,
        }


@cache
def _places() -> list[str]:
    """Provinces, and cities with their province, as they are derived from numbers and names."""
    provinces = divisions.within(None)
    cities = [each for province in provinces for each in divisions.within(province.code)]
    return [divisions.full_name(each.code) for each in (*provinces, *cities)]


def make_world(company: Company) -> World:
    """A deal on its second stage with people, a document, a comment-less timeline, and the rest."""
    customer = make_customer(
        company.seller, "星海医院", phone="051267891234", website="https://xinghai.example"
    )
    make_contact(
        company.seller, customer, "陈主任", chain_role="decision_maker", attitude="champion"
    )
    make_contact(company.seller, customer, "吴工", chain_role="technical", phone="13812345678")
    deal = make_deal(
        company.seller,
        "星海医院 CT 采购",
        customer=customer,
        amount="1280000",
        expected_close="2026-01-31",
    )
    advance("deal", deal, "first_talk")
    make_deal(company.colleague, "新区医院监护仪", amount="360000")
    make_document(deal, "interview_minutes")
    process.request_exception(
        registry.get("deal"),
        deal,
        to_stage="needs_confirmed",
        reason=REASON,
        actor=actor_of(company.seller),
    )
    table = transfer.create_import(
        io.BytesIO(TABLE.encode("gb18030")),
        name="客户.csv",
        record_type="customer",
        actor=actor_of(company.ops),
    )
    person = make_user("冯管理", role="administrator", unit=company.head_office)
    channel_scenes.make_channels(person, company.seller)
    clock_scenes.make_pilot(person)
    return World(
        person=person,
        deal=deal,
        lead=make_lead(company.seller, "孙主任", company=COMPANY),
        customer=customer,
        repair=make_repair(company.seller, customer=customer),
        table=table.pk,
        task=make_tasks(person, deal),
        case=approval_scenes.make_approvals(person, company.seller, deal),
        report=clock_scenes.make_clocks(person, deal),
        captured=capture_scenes.make_captured(person, company.seller),
        routed=giving_scenes.make_giving(company.seller, company.colleague),
        scored=scoring_scenes.make_scored(company.seller),
        nurtured=nurture_scenes.make_nurtured(person),
        followed=follow_up_scenes.make_follow_ups(person, company.seller, deal),
        talked=talk_scenes.make_conversations(person, deal),
        logged=log_scenes.make_logged(person, company.seller, customer),
        shelved=book_scenes.make_library(person, company.seller, deal),
    )


def make_tasks(person: User, deal: int) -> int:
    """A task in each state; gives the open one."""
    made = [
        tasks.create_task(
            NewTask(
                kind="asked",
                title={"zh-CN": title},
                owner_id=person.pk,
                record_id=deal,
                record_type="deal",
                due_at=from_now(days=-1),
                note=ASKED,
                is_red=True,
            ),
            actor=actor_of(person),
        ).pk
        for title in TASKS
    ]
    tasks.finish_task(made[1], note=ASKED, actor=actor_of(person))
    return made[0]


def scenes(world: World, *, width: int) -> dict[str, Scene]:
    """Every page by a short name."""
    deal = f"/r/deal/{world.deal}"
    common = {
        "today": Scene("/"),
        "list": Scene("/r/deal"),
        "filter": Scene(
            "/r/customer", (press("desk:filter.button"), press("fields:condition.addRule"))
        ),
        "board": Scene("/r/deal?kind=board"),
        "deal": Scene(deal),
        "deal-details": Scene(f"{deal}?tab=details"),
        "deal-chain": Scene(f"{deal}?tab=contacts"),
        "deal-checklist": Scene(f"{deal}?tab=checklist"),
        "deal-files": Scene(f"{deal}?tab=files"),
        "move": Scene(deal, (press("process:moveVerb.forward"),), "dialog"),
        "new-deal": Scene("/r/deal/new"),
        "customer": Scene(f"/r/customer/{world.customer}?tab=related"),
        "customer-support": Scene(f"/r/customer/{world.customer}?tab=support"),
        "convert": Scene(
            f"/r/lead/{world.lead}",
            (press("desk:record.actions"), press("desk:record.convert", role="menuitem")),
            "dialog",
        ),
        "repairs": Scene("/r/repair?kind=board"),
        "palette": Scene("/", (keys("Control+K"),), "dialog"),
        "exceptions": Scene("/exceptions?box=all"),
        "processes": Scene("/processes"),
        "fill-rates": Scene("/fill-rates"),
        "imports": Scene("/imports"),
        "import": Scene(f"/imports/{world.table}"),
        "users": Scene("/admin/users"),
        "units": Scene("/admin/units"),
        "roles": Scene("/admin/roles"),
        "fields": Scene("/admin/fields?type=deal"),
        "field": Scene("/admin/fields?type=deal&field=source", (), "dialog"),
        "followup-standards": Scene("/admin/followup-standards"),
        "followup-standard": Scene("/admin/followup-standards", (press("followupStandards:edit"),)),
        "keys": Scene("/admin/keys"),
        "audit": Scene("/admin/audit"),
        "tasks": Scene("/tasks"),
        "new-task": Scene("/tasks", (press("tasks:add"),), "dialog"),
        "deal-tasks": Scene(f"{deal}?tab=tasks"),
        "task": Scene(f"/tasks/{world.task}"),
        "nowhere": Scene("/r/deal/999999999"),
    }
    common |= clock_scenes.clock_scenes(world.report, world.task, world.deal, width=width)
    common |= approval_scenes.approval_scenes(world.case, world.deal, width=width)
    common |= channel_scenes.channel_scenes()
    common |= capture_scenes.capture_scenes(world.captured)
    common |= giving_scenes.giving_scenes(world.routed, width=width)
    common |= scoring_scenes.scoring_scenes(world.scored)
    common |= nurture_scenes.nurture_scenes(world.nurtured)
    common |= follow_up_scenes.follow_up_scenes(world.followed, world.deal, width=width)
    common |= log_scenes.log_scenes(world.logged, width=width)
    common |= desk_scenes.desk_scenes(width=width)
    common |= figure_scenes.figure_scenes()
    common |= book_scenes.book_scenes(world.shelved, world.deal, width=width)
    common |= talk_scenes.talk_scenes(world.talked, world.deal, width=width)
    if width < 800:
        phone = {"phone": "/m/", "phone-list": "/m/list?mine=0", "phone-me": "/m/me"}
        return {
            **common,
            **{name: Scene(path) for name, path in phone.items()},
            "phone-deal": Scene(f"/m{deal}"),
        }
    return {
        **common,
        "drawer": Scene(f"/r/deal?open={world.deal}", (), "dialog"),
        "columns": Scene("/r/deal", (press("desk:columns.title"),), "dialog"),
        "save-view": Scene(
            "/r/deal",
            (press("desk:views.manage"), press("desk:views.save", role="menuitem")),
            "dialog",
        ),
        "export": Scene("/r/deal", (press("transfer:export"),), "dialog"),
    }
