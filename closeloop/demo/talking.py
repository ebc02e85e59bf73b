"""What the demo company has said with customers: minutes, a call, chats, mails, and the tray."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from closeloop.conversations import actions
from closeloop.conversations.actions import NewConversation
from closeloop.conversations.models import Conversation, ConversationKind, Promise, Source
from closeloop.customers.models import Contact
from closeloop.deals.catalogue import DEAL
from closeloop.deals.models import Deal
from closeloop.demo import samples, workdays
from closeloop.demo.organising import Colleague, Organisation
from closeloop.desk import loads
from closeloop.records.models import Record

OUR_BOX = "service@closeloop.example"
_MINUTES = (
    "时间：{day}，地点：{company}会议室。参会：{contact}、设备科两人，我方{seller}。\n"
    "{contact}介绍现有设备已用八年，报警频繁，维修停机每月约三天。\n"
    "院里希望年内完成招标，预算在100万到150万之间。\n"
    "{seller}：我们下周三前把修改后的技术方案发给{contact}。\n"
    "{seller}：我安排应用工程师下周五上午到科室演示。\n"
    "{contact}：院方负责在月底前确认付款方式。\n"
)
_CHAT = (
    "对方：报价收到了，整机加两把探头总价能不能控制在135万以内？\n"
    "我方：{contact}好，我明天下午把新的配置和报价发给您\n"
    "对方：好的，另外麻烦安排一次样机试用\n"
    "我方：没问题，我们下周二派人送到科室\n"
)
_CALL = "{contact}来电：问三年质保是否包含探头，并要一份备件清单。我今天下班前把备件清单发到邮箱。"
_UNKNOWN_CALL = "一位女士来电询问便携彩超价格，没有留下单位，说下周再联系。"


def talk(organisation: Organisation, *, today: date, zone: tzinfo) -> None:
    """Let some sellers note what was said, the same each time."""
    began = workdays.at(today - timedelta(days=1), 9, zone)
    held = _held(organisation)
    for number, (seller, deal, words) in enumerate(held):
        at = began + timedelta(hours=number)
        record = Record.objects.get(pk=deal.pk)
        _add(seller, ConversationKind.MINUTES, _MINUTES, words, at=at, record=record)
        kind, said = (
            (ConversationKind.CHAT, _CHAT) if number % 2 else (ConversationKind.CALL, _CALL)
        )
        _add(seller, kind, said, words, at=at + timedelta(hours=2), record=record)
    if held:
        seller, deal, words = held[0]
        _record_call(seller, Record.objects.get(pk=deal.pk), at=began)
        _wait(seller, words, at=began + timedelta(hours=6))
        _write_mails(words, at=began + timedelta(hours=3))
        _confirm_first(seller)


def _held(organisation: Organisation) -> list[tuple[Colleague, Deal, Mapping[str, str]]]:
    """A seller of each of the first teams, with an open deal and somebody known at its customer."""
    found: list[tuple[Colleague, Deal, Mapping[str, str]]] = []
    for team in organisation.teams[:4]:
        seller = team.sellers[0]
        deals = Deal.objects.filter(
            owner_id=seller.actor.person_id, deleted_at=None, customer__isnull=False
        ).exclude(stage__in=loads.ended(DEAL.key))
        for deal in deals.select_related("customer").order_by("pk")[:5]:
            known = Contact.objects.filter(customer=deal.customer)
            contact = known.order_by(F("email").asc(nulls_last=True), "pk").first()
            if contact is None or deal.customer is None:
                continue
            words = {
                "company": deal.customer.name,
                "contact": contact.name,
                "email": contact.email or "",
                "seller": seller.actor.name,
            }
            found.append((seller, deal, words))
            break
    return found


def _add(
    seller: Colleague,
    kind: ConversationKind,
    said: str,
    words: Mapping[str, str],
    **more: Any,
) -> Conversation:
    text = said.format(day=more["at"].strftime("%m月%d日"), **words)
    titles = {
        ConversationKind.MINUTES: f"{words['company']}需求访谈",
        ConversationKind.CHAT: f"与{words['contact']}的微信沟通",
        ConversationKind.CALL: f"{words['contact']}来电",
    }
    new = NewConversation(kind=kind, title=titles[kind], text=text, as_document=False, **more)
    return actions.add(new, actor=seller.actor)


def _record_call(seller: Colleague, record: Record, *, at: datetime) -> None:
    """A recording for which no engine is set up: it is kept, and somebody writes the text."""
    content = SimpleUploadedFile("客户通话.wav", samples.recording("", 9))
    new = NewConversation(
        kind=ConversationKind.CALL, at=at, title="客户通话", record=record, as_document=False
    )
    actions.add(new, upload=content, actor=seller.actor)


def _wait(seller: Colleague, words: Mapping[str, str], *, at: datetime) -> None:
    """Two of which it is not sure whose they are: one names a customer, the other nobody."""
    named = f"展会上{words['company']}的一位医生留下口信，想了解便携机型，请回电。"
    for number, (title, text) in enumerate((("展会口信", named), ("陌生来电", _UNKNOWN_CALL))):
        new = NewConversation(
            kind=ConversationKind.VOICE, at=at + timedelta(minutes=number), title=title, text=text
        )
        actions.add(new, actor=seller.actor)


def _write_mails(words: Mapping[str, str], *, at: datetime) -> None:
    """A customer's mail and our answer, from a box that is off: there is no server behind it."""
    source = Source.objects.create(
        kind="mailbox",
        name="客户服务邮箱",
        is_on=False,
        settings={"address": OUR_BOX, "host": "imap.closeloop.example", "user": OUR_BOX},
    )
    if not words["email"]:
        return
    asked = _mail(words["email"], OUR_BOX, "请发一份备件清单和质保条款。", key="<a1@demo>", at=at)
    told = _mail(OUR_BOX, words["email"], "清单见附件，我下周一电话跟进。", key="<a2@demo>", at=at)
    told["In-Reply-To"] = "<a1@demo>"
    for letter in (asked, told):
        actions.take_mail(source, letter.as_bytes(), now=at + timedelta(hours=1))


def _mail(sender: str, to: str, text: str, *, key: str, at: datetime) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, "备件清单"
    letter["Message-ID"], letter["Date"] = key, format_datetime(at)
    letter.set_content(text)
    return letter


def _confirm_first(seller: Colleague) -> None:
    first = Promise.objects.filter(
        conversation__author_id=seller.actor.person_id, is_ours=True
    ).order_by("pk")
    for promise in first[:1]:
        actions.confirm(promise, actor=seller.actor)
