"""Whose a conversation is: by itself where it is sure, by a person where it is not, and again."""

import pytest

from closeloop.conversations.models import Conversation, ConversationKind, ConversationState
from closeloop.files.models import Attachment
from closeloop.recognition import jobs as reading
from closeloop.records.models import Record
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.builders.records import make_contact, make_customer, make_lead
from tests.conversations.conftest import PHONE
from tests.files.samples import picture, sound, upload

READ = {
    "engine": "x",
    "version": "1",
    "lines": [
        {"text": "我是陈林，电话138", "side": "other", "message": 0, "confidence": 0.99},
        {"text": "12345678", "side": "other", "message": 0, "confidence": 0.99},
        {"text": "好，我周五前把方案发给您", "side": "own", "message": 1, "confidence": 0.98},
    ],
}


def page(user, **query):
    return client_as(user).get("/conversations", **query).json()["items"]


def file_to(user, conversation, record_id, **more):
    body = {"record_id": record_id, **more}
    return client_as(user).post(f"/conversations/{conversation.pk}/filing", body)


def test_a_known_number_files_it_to_customer_and_deal(company, customer, add):
    made = add("陈主任来电，回电 138-1234-5678。我们下周三前报价。")
    assert (made.state, made.record_id, made.deal_id) == (
        ConversationState.FILED,
        customer.pk,
        customer.deal,
    )
    shown = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert shown["chosen"]["confidence"] == 0.95
    assert [each["text"] for each in shown["chosen"]["why"]] == [f"手机号 {PHONE}"]
    assert [each["id"] for each in page(company.seller, record_id=customer.deal)] == [made.pk]


def test_a_name_alone_waits_and_is_filed_by_a_person_with_two_taps(company, customer, add):
    made = add("今天拜访苏州华康口腔医院，谈了价格。")
    assert made.state == ConversationState.WAITING
    [waiting] = page(company.seller, state="waiting")
    [candidate] = waiting["candidates"]
    assert (candidate["record"]["id"], candidate["confidence"]) == (customer.pk, 0.75)
    assert file_to(company.seller, made, candidate["record"]["id"]).status_code == 200
    assert page(company.seller, state="waiting") == []
    [filed] = entries("conversation.filed")
    assert filed["by_hand"] is True


def test_a_number_of_two_customers_waits(company, customer, add):
    other = make_customer(company.seller, name="无锡安心门诊部")
    make_contact(company.seller, other, name="陈林", phone=PHONE)
    made = add(f"电话 {PHONE} 来问报价")
    assert made.state == ConversationState.WAITING
    assert len(made.match["candidates"]) == 2


def test_nobody_learns_of_a_customer_who_is_not_theirs(company, customer, add):
    made = add(f"苏州华康口腔医院，电话 {PHONE}", by=company.stranger)
    assert (made.state, made.match["candidates"]) == (ConversationState.WAITING, [])
    assert page(company.seller, state="waiting") == []
    assert client_as(company.seller).get(f"/conversations/{made.pk}").status_code == 404
    assert file_to(company.stranger, made, customer.pk).status_code == 404


def test_the_tray_is_seen_by_who_stands_above_and_who_manages(company, customer, add):
    made = add("不知道是谁来问价格")
    manages = make_user("运营", role="sales_ops", unit=company.head_office)
    seen = [user for user in (company.manager, company.colleague) if page(user, state="waiting")]
    assert seen == [company.manager]
    assert page(manages, state="waiting")[0]["id"] == made.pk


def test_it_is_filed_anew_with_an_entry_that_says_from_where(company, customer, add):
    made = add("纪要", record=Record.objects.get(pk=customer.pk))
    other = make_customer(company.seller, name="无锡安心门诊部")
    file_to(company.seller, made, other)
    [entry] = entries("conversation.refiled")
    assert (entry["from_title"], entry["to_title"]) == ("苏州华康口腔医院", "无锡安心门诊部")
    assert page(company.seller, record_id=customer.pk) == []
    assert Attachment.objects.get(pk=Conversation.objects.get().attachment_id).record_id == other


def test_minutes_are_the_document_that_the_interview_clock_waits_for(company, add):
    lead = Record.objects.get(pk=make_lead(company.seller))
    add("访谈纪要：客户要两台彩超。", title="首次访谈", record=lead)
    [kept] = Attachment.objects.filter(record=lead)
    assert (kept.kind, kept.format, kept.name) == ("interview_minutes", "pdf", "首次访谈.pdf")
    assert entries("file.attached")[-1]["kind"] == "interview_minutes"


def test_a_screenshot_is_read_then_filed_and_corrected(company, customer, add, monkeypatch):
    monkeypatch.setattr(reading.apart, "read", lambda *_args: READ)
    made = add(kind=ConversationKind.CHAT, upload=upload(picture("PNG"), "截图.png"))
    reading.read_now(made.reading_id)
    made.refresh_from_db()
    assert made.text == "对方：我是陈林，电话13812345678\n我方：好，我周五前把方案发给您"
    assert (made.is_draft, made.record_id) == (True, customer.pk)
    shown = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert [each["due_said"] for each in shown["promises"]] == ["周五前"]
    client_as(company.seller).patch(
        f"/conversations/{made.pk}", {"text": "我方：周五前发"}, version=shown["version"]
    )
    stale = client_as(company.seller).patch(
        f"/conversations/{made.pk}", {"text": "旧的"}, version=shown["version"]
    )
    assert stale.status_code == 412


def test_a_recording_is_kept_while_no_engine_is_set_up(company, customer, add):
    record = Record.objects.get(pk=customer.pk)
    made = add(kind=ConversationKind.CALL, upload=upload(sound(), "通话.wav"), record=record)
    shown = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert shown["problem"].startswith("尚未配置语音转文字")
    heard = client_as(company.seller).get(f"/conversations/{made.pk}/content")
    assert heard["Content-Type"] == "audio/wav"
    assert client_as(company.stranger).get(f"/conversations/{made.pk}/content").status_code == 404
    assert Attachment.objects.get(pk=made.attachment_id).kind == "call_recording"


@pytest.mark.parametrize("kind", [ConversationKind.CALL, ConversationKind.CHAT])
def test_a_file_that_does_not_fit_is_refused_and_nothing_is_kept(company, kind):
    body = {"file": upload("文本".encode(), "文本.txt"), "kind": kind.value}
    answer = client_as(company.seller)._client.post("/api/conversations/files", body)
    assert answer.json()["code"] == "conversation_wrong_file"
    assert not Conversation.objects.exists()
    assert entries("conversation.added") == []


def test_what_is_nobodys_leaves_the_tray(company, add):
    made = add("广告推销电话")
    client_as(company.seller).post(f"/conversations/{made.pk}/ignored", {})
    assert page(company.seller, state="waiting") == []
    assert [each["id"] for each in page(company.seller, state="ignored")] == [made.pk]
