"""Answers to mails by a real server, recordings by a service: also when they fail."""

import pytest

from closeloop.conversations import actions
from closeloop.conversations.models import Conversation, ConversationKind, Source
from closeloop.identity.actor import SYSTEM
from closeloop.notices.channels.outcomes import TryLater
from closeloop.recognition import actions as recognition
from closeloop.recognition import jobs as reading
from closeloop.recognition.engines.outcomes import EngineFailed
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.conversations.conftest import MAIL, PHONE
from tests.conversations.test_sources import mail
from tests.files.samples import sound, upload
from tests.notices.conftest import set_up
from tests.twins.loopback import SILENCE, Answer, Twin
from tests.twins.smtp import USER, SmtpTwin

BUSY, REFUSED = "451 4.3.0 try again later", "550 5.1.1 no such user"


@pytest.fixture
def server(company):
    with SmtpTwin() as running:
        set_up(running)
        yield running


@pytest.fixture
def asked(company, customer):
    """A customer's mail, filed to the customer."""
    box = Source.objects.create(kind="mailbox", name="信箱", settings={"address": USER})
    return actions.take_mail(box, mail(f"陈林 <{MAIL}>", USER), now=from_now())


def answer(company, asked):
    told = client_as(company.seller).post(
        f"/conversations/{asked.pk}/reply", {"text": "报价见附件，周五前有效。"}
    )
    assert told.json()["sending"] == "queued"
    return Conversation.objects.get(pk=told.json()["id"])


def shown(company, made):
    told = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    return told["sending"], told["problem"]


def test_an_answer_reaches_the_customer_in_the_thread(company, customer, asked, server):
    made = answer(company, asked)
    actions.deliver(made.pk)
    actions.deliver(made.pk)
    [letter] = server.mails
    assert server.envelopes[0][1] == [MAIL]
    assert (letter["In-Reply-To"], letter["References"]) == ("<1@huakang>", "<1@huakang>")
    assert (letter["Subject"], letter["From"].addresses[0].display_name) == ("Re: 报价", "张伟")
    assert "报价见附件，周五前有效。" in letter.get_body().get_content()
    made.refresh_from_db()
    assert (made.external_id, made.thread) == (letter["Message-ID"], asked.thread)
    assert (made.record_id, made.is_incoming) == (customer.pk, False)
    assert shown(company, made) == ("sent", "")
    assert {each["conversation_id"] for each in entries("mail.answered")} == {made.pk}

    box = Source.objects.get()
    back = mail(MAIL, USER, subject="Re: 报价", key="<3@huakang>", answers=letter["Message-ID"])
    assert actions.take_mail(box, back, now=from_now()).thread == asked.thread


def test_a_busy_server_is_asked_again_and_at_last_it_is_told(company, asked, server):
    made = answer(company, asked)
    server.contents += [BUSY, "250 OK"]
    with pytest.raises(TryLater):
        actions.deliver(made.pk)
    assert shown(company, made) == ("queued", "")
    actions.deliver(made.pk)
    assert shown(company, made) == ("sent", "")

    second = answer(company, asked)
    server.contents.append(BUSY)
    actions.deliver(second.pk, is_last=True)
    sending, problem = shown(company, second)
    assert (sending, "451" in problem) == ("failed", True)


def test_a_refused_address_is_told_at_once(company, asked, server):
    made = answer(company, asked)
    server.recipients.append(REFUSED)
    actions.deliver(made.pk)
    sending, problem = shown(company, made)
    assert (sending, "550" in problem, server.mails) == ("failed", True, [])
    assert entries("mail.answered") == []


class SpeechTwin(Twin):
    """A service that speaks `/v1/audio/transcriptions`."""

    routes = {"POST /v1/audio/transcriptions": "write_down"}

    def write_down(self, asked):
        if asked.headers.get("authorization") != "Bearer geheim":
            return Answer({"error": {"message": "bad key"}}, status=401)
        return {
            "task": "transcribe",
            "language": "zh",
            "duration": 8.4,
            "text": "",
            "segments": [
                {"id": 0, "start": 0.0, "end": 3.1, "text": f"我是陈林，电话{PHONE}。"},
                {"id": 1, "start": 3.1, "end": 8.4, "text": "我们周五前把备件清单发给您。"},
            ],
        }


@pytest.fixture
def service(company):
    with SpeechTwin() as running:
        recognition.set_up_speech(
            backend="service",
            settings={"base_url": f"{running.url}/v1", "model": "sensevoice"},
            key="geheim",
            actor=SYSTEM,
        )
        yield running


def recorded(add):
    return add(kind=ConversationKind.CALL, upload=upload(sound(), "通话.wav"))


def test_a_recording_becomes_a_conversation_of_its_customer(company, customer, add, service):
    made = recorded(add)
    assert client_as(company.seller).get(f"/conversations/{made.pk}").json()["text"] == ""
    reading.read_now(made.reading_id)
    made.refresh_from_db()
    assert (made.record_id, made.is_draft, made.lasts_s) == (customer.pk, True, 8.4)
    told = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert "备件清单" in told["text"]
    assert [each["due_said"] for each in told["promises"]] == ["周五前"]
    [asked] = service.asked
    assert (b"sensevoice" in asked.raw, sound() in asked.raw) == (True, True)


def test_a_silent_service_is_asked_again_and_says_what_to_do(company, customer, add, service):
    made = recorded(add)
    service.script += [SILENCE, Answer({"error": {"message": "busy"}}, status=503), SILENCE]
    for _ in range(2):
        with pytest.raises(EngineFailed):
            reading.read_now(made.reading_id, is_last=False)
    reading.read_now(made.reading_id)
    told = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert told["problem"].startswith("转写服务没有应答")
    again = client_as(company.seller).post(f"/recognitions/{made.reading_id}/again", {})
    assert again.status_code == 200
    reading.read_now(made.reading_id)
    made.refresh_from_db()
    assert (made.record_id, "备件清单" in made.text) == (customer.pk, True)


def test_a_wrong_key_is_not_tried_again(company, add, service):
    made = recorded(add)
    recognition.set_up_speech(
        backend="service", settings={"base_url": f"{service.url}/v1"}, key="falsch", actor=SYSTEM
    )
    reading.read_now(made.reading_id, is_last=False)
    told = client_as(company.seller).get(f"/conversations/{made.pk}").json()
    assert told["problem"].startswith("转写服务拒绝了请求")
