"""Mail that comes back: the address is shut, the path goes on without it, and the trail says so."""

from itertools import count
from pathlib import Path

import pytest

from closeloop.capture.adapters.mail import read_mail
from closeloop.capture.models import Submission
from closeloop.leads.models import Lead
from closeloop.nurture.models import Message, Suppression
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.capture.senders import Program, make_channel
from tests.nurture.given import DAY, after, mail, make_path, messages_of, new_lead, wait, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post", "clock")]
FIXTURES = Path(__file__).parent / "fixtures" / "returned"
PERSON = "wang@clinic.example"
_numbers = count(1)


def returned(name, message_id, to=PERSON):
    text = (FIXTURES / f"{name}.eml").read_text(encoding="utf-8")
    for key, value in {"id": message_id, "to": to, "number": str(next(_numbers))}.items():
        text = text.replace("{" + key + "}", value)
    return text.encode("gb18030" if "charset=gb18030" in text else "utf-8")


@pytest.fixture
def sent(post):
    """A lead to whom the first mail of a path has gone; more follow it, a day each."""
    make_path(mail("a"), wait("b"), mail("c"), wait("d"), mail("e"), wait("f"), mail("g"))
    lead = new_lead()
    work()
    return lead


@pytest.fixture
def come_back(post, company):
    """Hands a notice about the last mail that left to the mail-in address."""
    channel, secret = make_channel("mail")
    program = Program(channel, secret)

    def hand_over(name, message_id=None):
        raw = returned(name, message_id or str(post.server.mails[-1]["Message-ID"]))
        (told,) = program.post(raw, content_type="message/rfc822", address="mail").json()
        return told

    return hand_over


@pytest.mark.parametrize(
    ("name", "is_permanent", "is_over", "status"),
    [
        ("postfix_unknown", True, True, "5.1.1"),
        ("exchange_not_found", True, True, "5.1.10"),
        ("exchange_full", False, True, "5.2.2"),
        ("qq_unknown", True, True, ""),
        ("netease_unknown", True, True, "5.0.0"),
        ("exim_unknown", True, True, ""),
        ("blocked", False, True, "5.7.1"),
        ("delayed", False, False, "4.4.1"),
    ],
)
def test_what_mail_systems_say_is_read(name, is_permanent, is_over, status):
    payload = read_mail(returned(name, "<nurture-1.0123456789abcdef@corp.example>"))
    found = payload.returned
    assert (found.is_permanent, found.is_over, found.status) == (is_permanent, is_over, status)
    assert "<nurture-1.0123456789abcdef@corp.example>" in found.message_ids
    assert payload.values == {}


@pytest.mark.parametrize(
    "name",
    ["postfix_unknown", "exchange_not_found", "qq_unknown", "netease_unknown", "exim_unknown"],
)
def test_an_address_that_is_gone_is_written_to_no_more(name, clock, company, come_back, sent):
    told = come_back(name)

    assert (told["state"], told["lead_id"]) == ("returned", sent)
    assert Lead.objects.count() == 1, "a mail server is no lead"
    shut = Suppression.objects.get()
    assert (shut.channel, shut.person, shut.source) == ("mail", PERSON, "bounce")
    assert after(clock, DAY) == 0
    assert messages_of(sent) == [("a", "dead", "bounced"), ("c", "skipped", "undeliverable")]
    ops = client_as(company.ops)
    reach = ops.get(f"/records/lead/{sent}/nurture").json()["reach"][0]
    assert (reach["can"], reach["why_text"]) == (False, "地址无法送达（邮件被退回）")
    texts = [each["text"] for each in ops.get(f"/records/lead/{sent}/timeline").json()["items"]]
    assert "「path」中的邮件被退回：退信：地址不存在或已停用" in texts
    assert "邮件地址无法送达，不再向它发送" in texts


def test_three_in_a_row_that_came_back_for_the_time_being_are_enough(clock, come_back, sent):
    for times in (1, 2):
        come_back("exchange_full")
        assert (Suppression.objects.count(), entries("nurture.bounced")[-1]["times"]) == (0, times)
        assert after(clock, DAY) == 1
    come_back("blocked")

    assert Suppression.objects.get().source == "bounce"
    assert after(clock, DAY) == 0
    assert [state for _, state, _ in messages_of(sent)] == ["dead", "dead", "dead", "skipped"]


def test_one_that_arrived_in_between_begins_the_count_anew(clock, come_back, sent):
    come_back("exchange_full")
    after(clock, DAY)
    after(clock, DAY)
    come_back("exchange_full")
    assert [each["times"] for each in entries("nurture.bounced")] == [1, 1]
    assert Suppression.objects.count() == 0


def test_each_mail_comes_back_once_whatever_is_told_of_it(come_back, sent):
    for _ in range(2):
        come_back("exchange_full")
    come_back("delayed")
    come_back("postfix_unknown")
    assert len(entries("nurture.bounced")) == 1


def test_an_invented_notice_shuts_nobodys_address(come_back, sent):
    number = Message.objects.get().pk
    told = come_back("postfix_unknown", f"<nurture-{number}.0123456789abcdef@corp.example>")

    assert (told["state"], told["lead_id"]) == ("returned", None)
    assert (Suppression.objects.count(), entries("nurture.bounced")) == (0, [])
    assert messages_of(sent) == [("a", "sent", "")]


def test_a_mail_that_is_still_being_tried_has_not_come_back(come_back, sent):
    come_back("delayed")
    assert messages_of(sent) == [("a", "sent", "")]
    assert Submission.objects.get().state == "returned"
