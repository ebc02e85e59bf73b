"""Messages to outside people: claims, workers that die, caps, unsubscribing, what people do."""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from closeloop.behaviour.models import Event
from closeloop.identity.actor import SYSTEM
from closeloop.notices.actions import set_channel
from closeloop.nurture import actions, tokens
from closeloop.nurture.channels import outside
from closeloop.nurture.models import Message, Suppression
from closeloop.nurture.tokens import Out
from tests.nurture.given import (
    DAY,
    HOUR,
    after,
    enrolment_of,
    mail,
    make_path,
    make_template,
    messages_of,
    new_lead,
    queued,
    send,
    wait,
    work,
)
from tests.twins.sms import KEY_ID, KEY_SECRET, TEMPLATE, AliyunSmsTwin
from tests.twins.smtp import LOST

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


@contextmanager
def dying(*, has_left):
    """Workers die while they send: before the message has left, or after."""
    real = outside.send

    def half(parcel):
        if has_left:
            real(parcel)
        raise SystemExit

    with pytest.MonkeyPatch.context() as patched, suppress(SystemExit):
        patched.setattr("closeloop.nurture.channels.send", half)
        yield


@pytest.mark.parametrize("has_left", [False, True])
def test_a_worker_that_dies_leaves_an_unknown_that_a_person_may_resend(post, clock, has_left):
    make_path(mail("first"))
    lead = new_lead()
    actions.walk_due()
    with dying(has_left=has_left):
        actions.deliver(queued())
    (message,) = Message.objects.filter(record_id=lead)
    assert message.state == "sending"
    assert after(clock, timedelta(minutes=6)) == 0
    message.refresh_from_db()
    assert (message.state, message.error_code, message.is_uncertain) == (
        "unknown", "abandoned", True,
    )  # fmt: skip
    assert len(post.subjects()) == int(has_left)
    assert after(clock, DAY) == 0
    actions.resend(message.pk, actor=SYSTEM)
    assert work() == 1
    assert len(post.subjects()) == int(has_left) + 1


def test_a_lost_answer_is_not_sent_again(post, clock):
    make_path(mail("first"))
    lead = new_lead()
    post.server.contents = [LOST]
    work()
    after(clock, DAY)
    assert [state for _, state, _ in messages_of(lead)] == ["unknown"]
    assert len(post.subjects()) == 1


def test_what_may_heal_is_tried_again_with_the_same_words(post, clock):
    make_path(mail("first"))
    lead = new_lead()
    post.server.contents = ["451 busy"]
    work()
    assert messages_of(lead) == [("first", "failed", "smtp_451")]
    assert after(clock, HOUR) == 1
    assert post.subjects() == ["给王女士"]


def test_a_mailbox_that_is_not_there_is_suppressed(post, clock):
    make_path(mail("first"), wait("pause"), mail("second"))
    lead = new_lead()
    post.server.recipients = ["550 no such mailbox"]
    work()
    assert messages_of(lead) == [("first", "dead", "smtp_550")]
    found = Suppression.objects.get()
    assert (found.channel, found.person, found.source) == ("mail", "wang@clinic.example", "bounce")
    after(clock, DAY)
    assert messages_of(lead)[1:] == [("second", "skipped", "undeliverable")]
    again = new_lead(name="同一邮箱", email="Wang@Clinic.example")
    work()
    assert messages_of(again)[0] == ("first", "skipped", "undeliverable")


def test_a_mail_carries_the_way_out_and_tells_of_opening_and_clicks(post, clock):
    make_template("linked", body="看[案例](https://www.example.com/case?id=1)")
    make_path(mail("first", "linked"))
    lead = new_lead()
    work()
    (letter,) = post.server.mails
    way_out = letter["List-Unsubscribe"].strip(" <>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = letter.get_body(("html",)).get_content()
    text = letter.get_body(("plain",)).get_content()
    assert way_out.replace("&", "&amp;") in html
    assert way_out in text
    browser = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64)"})
    click = html.partition('href="')[2].partition('"')[0]
    went = browser.get(path_of(click))
    assert went.status_code == 302
    assert went["Location"].startswith("https://www.example.com/case?id=1&cl_r=")
    (message,) = Message.objects.filter(record_id=lead)
    assert message.opened_at is not None
    assert (message.clicks, message.opens) == (1, 0)
    pixel = html.partition('img src="')[2].partition('"')[0]
    assert browser.get(path_of(pixel)).status_code == 200
    kinds = Event.objects.filter(data__message=message.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["mail_click", "mail_open"]


def test_values_are_data_and_never_markup(post, clock):
    make_template("bold", body="**{{name}}** {{company|贵单位}} <b>")
    make_path(mail("first", "bold"))
    new_lead(name="<script>x</script> **y**", email="x@clinic.example")
    work()
    html = post.server.mails[0].get_body(("html",)).get_content()
    assert "<strong>&lt;script&gt;x&lt;/script&gt; **y**</strong> 贵单位 &lt;b&gt;" in html
    assert "<script>" not in html


def test_one_click_and_the_page_unsubscribe_and_reading_does_not(post, clock):
    make_path(mail("first"), wait("pause"), mail("second"))
    lead = new_lead()
    work()
    way_out = path_of(post.server.mails[0]["List-Unsubscribe"].strip(" <>"))
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(way_out, headers={"accept-language": "en-US"})
    assert (page.status_code, page["Content-Language"]) == (200, "en-US")
    assert "w***@clinic.example" in page.content.decode()
    assert not Suppression.objects.exists()
    assert browser.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert browser.post(way_out, {"which": "all"}).status_code == 200
    assert sorted(Suppression.objects.values_list("source", "is_all")) == [
        ("one_click", False), ("page", True),
    ]  # fmt: skip
    assert enrolment_of(lead).reason == "unsubscribed"
    assert after(clock, DAY * 3) == 0
    assert browser.get(way_out[:-3] + "abc").status_code == 404


def test_a_suppression_survives_and_is_lifted_by_consent_alone(post, clock):
    actions.suppress("mail", "wang@clinic.example", source="page", actor=SYSTEM)
    make_path(mail("first"))
    assert enrolment_of(new_lead()) is None
    found = Suppression.objects.get()
    actions.lift(found.pk, reason="客户来电同意", actor=SYSTEM)
    lead = new_lead(name="再来", email="wang@clinic.example")
    assert work() == 1
    assert messages_of(lead) == [("first", "sent", "")]


def test_who_unsubscribes_between_planning_and_sending_is_not_written_to(post, clock):
    make_path(mail("first"))
    lead = new_lead(phone="13812345678")
    actions.walk_due()
    ids = queued()
    actions.suppress("mail", "wang@clinic.example", source="page", record_id=lead, actor=SYSTEM)
    assert actions.deliver(ids) == 0
    assert messages_of(lead) == [("first", "skipped", "suppressed")]
    assert post.subjects() == []


def test_texts_leave_on_working_days_within_hours_by_their_approved_template(post, clock):
    clock.tell(SATURDAY)
    with AliyunSmsTwin() as carrier:
        set_up_texts(carrier)
        codes = {"aliyun": TEMPLATE, "params": ["name"]}
        make_template("text", "sms", body="{{name}}您好", sms=codes)
        make_path(send("first", "sms", "text"))
        lead = new_lead(phone="13812345678")
        assert work() == 0
        assert messages_of(lead) == []
        monday = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
        assert enrolment_of(lead).next_at == monday
        clock.tell(monday)
        assert work() == 1
    assert carrier.delivered == [("13812345678", {"name": "王女士"})]


def test_a_reply_that_says_stop_suppresses_the_number(post, clock):
    lead = new_lead(phone="13812345678")
    url = path_of(tokens.reply_url("aliyun"))
    told = [{"phone_number": "13812345678", "content": " 退订 "},
            {"phone_number": "13900000000", "content": "好的"}]  # fmt: skip
    answer = Client().post(url, told, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    found = Suppression.objects.get()
    assert (found.person, found.source, found.record_id) == ("+8613812345678", "reply", lead)
    wrong = url[:-2] + ("aa" if not url.endswith("aa") else "bb")
    assert Client().post(wrong, told, content_type="application/json").status_code == 403


def test_no_address_is_skipped_with_its_reason(post, clock):
    make_path(mail("first"), wait("pause"))
    lead = new_lead(email=None, phone="13812345678")
    work()
    assert messages_of(lead) == [("first", "skipped", "no_address")]


def test_the_way_out_names_nobody_else(post):
    out = Out("mail", "wang@clinic.example", 1, 2)
    token = tokens.out_url(out).rpartition("/")[2]
    assert tokens.read_out(token) == out


def set_up_texts(carrier):
    settings = {
        "provider": "aliyun",
        "access_key_id": KEY_ID,
        "access_key_secret": KEY_SECRET,
        "sign_name": "成环",
        "template": "SMS_0",
        "endpoint": carrier.url,
    }
    set_channel("sms", is_on=True, settings=settings, actor=SYSTEM)


def path_of(url):
    return "/" + url.split("://", 1)[1].partition("/")[2].replace("&amp;", "&")
