"""Chats from archives and mails from boxes: each once, to their customer; answers for clocks."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from closeloop.conversations import actions
from closeloop.conversations.adapters import mail as mails
from closeloop.conversations.models import Conversation, ConversationState, Message, Source
from closeloop.integrations.models import PersonLink
from closeloop.leads.models import Identity
from closeloop.records.models import Record
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import make_lead
from tests.conversations.conftest import MAIL, fixture
from tests.twins.imap import PASSWORD, USER, ImapTwin

OUTSIDE = "wmGAgeDQAAvQeaTqWwkMTxGMvvI7OOOQ"


@pytest.fixture
def ops(company):
    return make_user("运营", role="sales_ops", unit=company.head_office)


def source(kind, ops, **settings):
    return actions.create_source(
        kind=kind, name=kind, settings=settings, owner_id=None, actor=actor_of(ops)
    )


def send(ops, row, *payloads):
    body = {"messages": list(payloads)}
    return client_as(ops).post(f"/conversation-sources/{row.pk}/messages", body).json()


def mail(sender, to, *, subject="报价", text="请发报价", key="<1@huakang>", answers=""):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"], letter["Date"] = key, format_datetime(from_now(hours=-1))
    if answers:
        letter["In-Reply-To"] = answers
    letter.set_content(text)
    return letter.as_bytes()


def test_a_chat_of_wecom_is_filed_by_the_persons_id_each_message_once(company, ops):
    lead = make_lead(company.seller)
    Identity.objects.create(kind="external_user", value=OUTSIDE, lead=Record.objects.get(pk=lead))
    PersonLink.objects.create(
        provider="wecom", external_id="ZhangWei", person=company.seller, source="hand"
    )
    row = source("wecom", ops)
    payloads = [fixture("wecom_text"), fixture("wecom_answer"), fixture("wecom_recall")]
    told = send(ops, row, *payloads)
    assert [each["outcome"] for each in told] == ["taken", "taken", "skipped"]
    assert [each["outcome"] for each in send(ops, row, payloads[0])] == ["repeated"]

    [made] = Conversation.objects.all()
    assert (made.state, made.record_id, made.author_id) == (
        ConversationState.FILED,
        lead,
        company.seller.pk,
    )
    assert made.text.split("\n")[1] == "张伟：我下周三前把合同初稿发给您"
    assert Message.objects.count() == 2
    [promise] = made.promises.all()
    assert (promise.is_ours, promise.speaker) == (True, "张伟")


def test_a_message_of_dingtalk_is_filed_by_group_number_and_name(company, ops, customer):
    send(ops, source("dingtalk", ops), fixture("dingtalk_text"))
    [made] = Conversation.objects.all()
    assert made.record_id == customer.pk
    assert {each["by"] for each in made.match["chosen"]["why"]} == {"phone", "person", "company"}


def test_mails_of_a_box_are_filed_once_and_an_answer_is_known_to_clocks(company, ops, customer):
    first = mail(f"陈林 <{MAIL}>", USER)
    answer = mail(
        USER, MAIL, subject="Re: 报价", text="见附件", key="<2@us>", answers="<1@huakang>"
    )
    spam = mail("news@shop.example", USER, key="<3@shop>", text="大促销")
    with ImapTwin(first, answer, spam) as box:
        row = source(
            "mailbox", ops, host="127.0.0.1", port=str(box.port), security="none",
            user=USER, password=PASSWORD, address=USER,
        )  # fmt: skip
        assert actions.fetch_mail(row.pk) == 3
        box.seen.clear()
        actions.fetch_mail(row.pk)
    filed = Conversation.objects.filter(state=ConversationState.FILED).order_by("pk")
    assert [(each.is_incoming, each.record_id) for each in filed] == [
        (True, customer.pk),
        (False, customer.pk),
    ]
    assert Conversation.objects.filter(state=ConversationState.WAITING).count() == 1
    told = entries("mail.answered")
    assert {each["conversation_id"] for each in told} == {filed[1].pk}
    assert len(told) == 2


def test_a_secret_never_leaves_and_stays_where_it_is_not_named(company, ops):
    row = source("mailbox", ops, host="h", user="u", address="a@b.cn", password="geheim")
    shown = client_as(ops).put(
        f"/conversation-sources/{row.pk}",
        {"name": "邮箱", "settings": {"host": "h", "user": "u", "address": "a@b.cn"}},
    )
    assert shown.json()["secrets_set"] == ["password"]
    assert "geheim" not in shown.content.decode()
    assert "geheim" not in str(Source.objects.get().sealed)
    missing = client_as(ops).post(
        "/conversation-sources", {"kind": "mailbox", "name": "x", "settings": {}}
    )
    assert missing.status_code == 422
    assert client_as(company.seller).get("/conversation-sources").status_code == 403


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("好的\r\n\r\n> 请报价\r\n> 谢谢", "好的"),
        ("收到\n\n陈林 <a@b.cn> 于2026年11月18日写道：\n请报价", "收到"),
        ("已安排\n\n------------------ 原始邮件 ------------------\n发件人: a", "已安排"),
        ("OK\n\nOn Wed, Nov 18, 2026 at 10:00 AM A <a@b.cn> wrote:\n> hi", "OK"),
        ("On 04/02/2012 06:26 PM, Megan One wrote:\n> hi\n\nHello", "Hello"),
        ("只有一句", "只有一句"),
    ],
)
def test_a_mail_says_what_its_writer_wrote(text, own):
    assert mails.without_quotation(text) == own
