"""An office in a told time: its people can be reached, the sweeper and the worker do their part."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from closeloop.approvals.models import Case
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.integrations import actions as integrations
from closeloop.integrations.models import LinkSource, PersonLink
from closeloop.notices import actions as notices
from closeloop.notices import configuration
from closeloop.notices.models import Delivery
from closeloop.notices.vendors.tokens import tokens
from closeloop.org.models import Position
from closeloop.sla import actions as sla
from tests.approvals.test_gate import TO_CONTRACT
from tests.builders.asking import client_as
from tests.builders.company import Company
from tests.builders.people import make_user
from tests.builders.records import advance, make_deal, open_lock
from tests.builders.told_time import ToldTime, told_time
from tests.notices.working import work
from tests.stories.given import stored
from tests.stories.post import Letter, Postbox
from tests.twins import sms
from tests.twins.accounts import settings_for
from tests.twins.sms import TencentSmsTwin
from tests.twins.smtp import USER, SmtpTwin
from tests.twins.wecom import WeComTwin

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DUE = "SELECT min(next_at) FROM sla_clock WHERE next_at <= %s"
_TOLD = """
    SELECT d.sent_at, d.channel, u.name, n.event, n.is_red, n.is_copy
    FROM notices_delivery d JOIN notices_notice n ON n.id = d.notice_id
    JOIN identity_user u ON u.id = n.person_id
    WHERE d.state = 'sent' AND n.link LIKE '/approvals/%%'
    ORDER BY d.sent_at, n.event, u.name, d.channel
"""


@dataclass(frozen=True)
class Office:
    """The company with whoever a contract goes through, and the time of all of them."""

    company: Company
    people: dict[str, User]
    time: ToldTime
    outside: Postbox
    post: list[tuple[datetime, Letter]] = field(default_factory=list)
    """What the providers have delivered, and when."""

    def at(self, moment: str) -> None:
        """Let time pass until "2026-03-10 10:00" in Shanghai, with whatever falls due before."""
        until = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        while (due := _next_due(until)) is not None:
            self.time.tell(max(due, self.time.now))
            self.work()
        self.time.tell(until)
        self.work()

    def work(self) -> None:
        """Be the sweeper and the worker until nothing is left."""
        revisions.remember(None)
        while sla.sweep().fired:
            pass
        work()
        self.post.extend((self.time.now, letter) for letter in self.outside.empty())

    def told(self) -> list[str]:
        """Every message about approvals that has gone out: time, event, person, channel, marks."""
        with connection.cursor() as cursor:
            cursor.execute(_TOLD, [])
            rows = cursor.fetchall()
        return [_line(row) for row in rows]

    def sent(self) -> dict[str, int]:
        """How many messages we take for sent, by channel, those of other clocks included."""
        found = Delivery.objects.filter(state="sent").exclude(channel="in_app")
        return dict(Counter(found.values_list("channel", flat=True)))

    def arrived(self) -> dict[str, int]:
        """How many messages each provider has delivered."""
        return dict(Counter(letter.channel for _at, letter in self.post))


@contextmanager
def open_office(company: Company, monkeypatch) -> Iterator[Office]:
    """Everybody at work, reachable by mail, WeCom and SMS, until the end."""
    tokens.clear()
    with ExitStack() as stack:
        time = stack.enter_context(told_time(monkeypatch))
        outside = Postbox(
            stack.enter_context(SmtpTwin()),
            stack.enter_context(WeComTwin()),
            stack.enter_context(TencentSmsTwin()),
        )
        with transaction.atomic():
            people = _hire(company)
            _reach([*people.values(), company.seller, company.manager, company.director], outside)
        yield Office(company, people, time, outside)
    configuration.forget()
    tokens.clear()


def make_ready_deal(office: Office, name: str) -> int:
    """A deal of the salesperson whose contract lacks nothing but its approval."""
    return stored(_ready_deal, office.company.seller, name)


def go_away(person: User, first: str, last: str, *, stand_in: User) -> None:
    """The person plans their leave, through the last day."""
    planned = client_as(person).post(
        "/absences",
        {
            "from_at": f"{first}T00:00:00+08:00",
            "to_at": f"{last}T00:00:00+08:00",
            "delegate_id": stand_in.pk,
            "scope": "all",
        },
    )
    assert planned.status_code == 201, planned.content


def _ready_deal(seller: User, name: str) -> int:
    deal = make_deal(seller, name=name)
    advance("deal", deal, *TO_CONTRACT)
    open_lock("deal", deal, "signing")
    Case.objects.filter(record_id=deal).delete()
    return deal


def _hire(company: Company) -> dict[str, User]:
    office = company.head_office
    named = {
        "chief": ("陈总", "manager"),
        "bp": ("何伙伴", "sales_bp"),
        "legal": ("孙法务", "legal"),
        "presales": ("吴售前", "presales"),
        "finance": ("郑财务", "finance"),
        "deputy": ("冯副总监", "manager"),
    }
    people = {key: make_user(name, role=role, unit=office) for key, (name, role) in named.items()}
    Position.objects.filter(user=company.director).update(superior=people["chief"])
    Position.objects.filter(user=people["deputy"]).update(superior=company.director)
    revisions.bump("org")
    return people


def _reach(people: Sequence[User], outside: Postbox) -> None:
    outside.wecom.add_department(1, "成环科技", parent=0)
    for person in people:
        person.email = f"p{person.pk}@corp.example"
        person.phone = f"138{person.pk:08d}"
        person.save(update_fields=["email", "phone"])
        outside.wecom.add_member(f"u{person.pk}", person.name, 1)
        PersonLink.objects.create(
            provider="wecom", external_id=f"u{person.pk}", person=person, source=LinkSource.HAND
        )
    mail = {"host": "127.0.0.1", "port": outside.mail.port, "security": "none"}
    notices.set_channel("mail", is_on=True, settings={**mail, "from_address": USER}, actor=SYSTEM)
    account = settings_for("wecom", outside.wecom.url)
    integrations.change_account("wecom", is_on=True, signs_in=False, settings=account, actor=SYSTEM)
    notices.set_channel("wecom", is_on=True, settings={}, actor=SYSTEM)
    carrier = {
        "provider": "tencent",
        "access_key_id": sms.KEY_ID,
        "access_key_secret": sms.KEY_SECRET,
        "app_id": sms.APP_ID,
        "sign_name": sms.SIGN_NAME,
        "template": sms.TEMPLATE,
        "params": "title,path",
        "endpoint": outside.sms.url,
    }
    notices.set_channel("sms", is_on=True, settings=carrier, actor=SYSTEM)


def _next_due(until: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [until])
        found: datetime | None = cursor.fetchone()[0]
    return found


def _line(row: tuple[datetime, str, str, str, bool, bool]) -> str:
    at, channel, person, event, is_red, is_copy = row
    marks = " 红" * is_red + " 抄送" * is_copy
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M} {event} {person} {channel}{marks}"
