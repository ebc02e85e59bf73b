"""A reading from asking to its lines: real pictures, crashes, a second try, who may see it."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from closeloop.files import actions as files
from closeloop.recognition import actions, jobs
from closeloop.recognition.engines import child
from closeloop.recognition.engines.apart import Apart
from closeloop.recognition.engines.outcomes import CannotRead, EngineFailed
from closeloop.recognition.errors import NothingToRead, ReadingUnderWay
from closeloop.recognition.models import Reading, ReadingState
from closeloop.records.models import Record
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.chats import CHATS, accuracy, draw
from tests.builders.records import make_customer
from tests.files.samples import PDF, picture, sound, upload


@pytest.fixture
def customer(company):
    return Record.objects.get(pk=make_customer(company.seller, name="苏州华康口腔医院"))


@pytest.fixture
def engine(monkeypatch):
    """The process apart as a function that a test gives."""

    def use(answer):
        monkeypatch.setattr(jobs.apart, "read", lambda *_args: answer())

    return use


def ask(company, record, content=None):
    sent = upload(content or picture(), "聊天.png")
    kept = files.attach(record, sent, kind="screenshot", actor=company.actor)
    return actions.read_picture(kept, purpose="conversation", actor=company.actor)


def fails(error):
    def answer():
        raise error

    return answer


def test_a_chat_is_read_with_its_sides_and_facts(company, customer):
    content, lines = draw(*CHATS["light"])
    reading = ask(company, customer, content)
    assert ProcrastinateJob.objects.filter(queue_name="recognition").count() == 1

    jobs.read_now(reading.pk)
    jobs.apart.end()

    shown = client_as(company.seller).get(f"/recognitions/{reading.pk}").json()
    assert accuracy(shown["text"], "\n".join(text for text, _ in lines)) >= 0.95
    assert [line["side"] for line in shown["lines"]] == [side for _, side in lines]
    assert {("phone", "13812345678"), ("amount", "1428000"), ("serial", "US-8800-2291A")} <= {
        (fact["kind"], fact["value"]) for fact in shown["facts"]
    }
    [entry] = entries("recognition.finished")
    assert (entry["reading_id"], entry["state"]) == (reading.pk, "done")


def test_the_same_picture_is_read_once_for_a_purpose(company, customer):
    first, second = ask(company, customer), ask(company, customer)
    assert first.pk == second.pk
    with pytest.raises(ReadingUnderWay):
        actions.ask_again(first, actor=company.actor)


def test_what_is_no_picture_is_not_read(company, customer):
    with pytest.raises(NothingToRead):
        ask(company, customer, PDF)
    assert not Reading.objects.exists()


def test_a_crash_is_tried_again_and_then_says_what_to_do(company, customer, engine):
    reading = ask(company, customer)
    engine(fails(EngineFailed("engine_crashed", "it ended with -9")))
    with pytest.raises(EngineFailed):
        jobs.read_now(reading.pk, is_last=False)
    reading.refresh_from_db()
    assert reading.state == ReadingState.READING

    jobs.read_now(reading.pk)
    shown = client_as(company.seller).get(f"/recognitions/{reading.pk}").json()
    assert (shown["state"], shown["error"]) == ("failed", "engine_crashed")
    assert shown["problem"].startswith("识别程序多次中断")

    engine(lambda: {"engine": "x", "version": "1", "lines": [{"text": "好", "side": "own"}]})
    client_as(company.seller).post(f"/recognitions/{reading.pk}/again", {})
    jobs.read_now(reading.pk)
    reading.refresh_from_db()
    assert (reading.state, reading.text, reading.error) == (ReadingState.DONE, "好", "")


def test_what_cannot_be_read_is_not_tried_again(company, customer, engine):
    reading = ask(company, customer)
    engine(fails(CannotRead("unreadable")))
    jobs.read_now(reading.pk, is_last=False)
    reading.refresh_from_db()
    assert (reading.state, reading.error) == (ReadingState.FAILED, "unreadable")


def test_a_company_is_named_only_to_whom_may_see_it(company, customer, engine):
    reading = ask(company, customer)
    engine(
        lambda: {
            "engine": "x",
            "version": "1",
            "lines": [{"text": "我是苏州华康口腔医院的陈林", "side": "other"}],
        }
    )
    jobs.read_now(reading.pk)
    seen = client_as(company.seller).get(f"/recognitions/{reading.pk}").json()["facts"]
    assert [(fact["kind"], fact["record"]["id"]) for fact in seen] == [("company", customer.pk)]
    assert client_as(company.stranger).get(f"/recognitions/{reading.pk}").status_code == 404


def test_a_recording_without_an_engine_is_kept_and_says_so(company, customer):
    kept = files.attach(customer, upload(sound(), "通话.wav"), kind="call", actor=company.actor)
    reading = actions.transcribe(kept, purpose="conversation", actor=company.actor)
    assert (reading.state, reading.error) == (ReadingState.FAILED, "no_speech_engine")
    assert not ProcrastinateJob.objects.filter(queue_name="recognition").exists()


def test_a_process_that_hangs_or_dies_is_replaced(monkeypatch, tmp_path):
    reader = Apart(longest_s={"picture": 0.0})
    with pytest.raises(EngineFailed, match="engine_slow"):
        reader.read("picture", b"", {})
    reader.longest_s["picture"] = 30.0
    with pytest.raises(CannotRead, match="unreadable"):
        reader.read("picture", b"no picture", {})
    reader.end()


def test_a_local_engine_that_is_not_installed_says_so(tmp_path):
    asked = {"kind": "speech", "settings": {"model_path": str(tmp_path)}}
    assert child._answer(asked, b"")["error"] == "engine_missing"
