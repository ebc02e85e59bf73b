"""Claims, repetitions, dead letters, and workers that die in between."""

from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions
from closeloop.notices.actions import delivering
from closeloop.notices.channels.directory import CHANNELS
from closeloop.notices.models import Delivery
from closeloop.notices.sweeping import Swept, sweep
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.notices.working import after, queued, reader, state_of, tell, work
from tests.twins.smtp import LOST

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BUSY, UNKNOWN_MAILBOX = "451 busy", "550 no such mailbox"


@contextmanager
def dying(*, has_left):
    """Workers die while they send: before the mail has left, or after."""
    mail = CHANNELS["mail"]
    send = mail.send

    def half(message, settings):
        if has_left:
            send(message, settings)
        raise SystemExit

    with pytest.MonkeyPatch.context() as patched, suppress(SystemExit):
        patched.setattr(mail, "send", half)
        yield


def test_a_mail_leaves_once_with_what_the_server_said(post):
    (delivery,) = tell(reader())
    assert (post.subjects(), state_of(delivery)) == ([], "waiting")
    assert work() == 1
    row = Delivery.objects.get(pk=delivery)
    assert (row.state, row.attempts) == ("sent", 1)
    assert row.provider_id == "2.0.0 Ok: queued as 4F3"
    assert row.sent_at is not None
    assert actions.deliver([delivery]) == 0
    assert post.subjects() == ["王经理在「江苏省人民医院」中提到了您"]


def test_what_may_heal_is_tried_again_with_growing_pauses_and_then_given_up(post, clock):
    (delivery,) = tell(reader())
    post.server.contents = [BUSY] * 7
    work()
    pauses = []
    while state_of(delivery) == "failed":
        next_at = Delivery.objects.get(pk=delivery).next_at
        pauses.append((next_at - clock.now).total_seconds())
        assert after(clock, next_at - clock.now - timedelta(seconds=1)).queued == 0
        assert after(clock, timedelta(seconds=1)).queued == 1
    row = Delivery.objects.get(pk=delivery)
    assert pauses == list(delivering.PAUSES_S)
    assert (row.state, row.attempts, row.error_code) == ("dead", 7, "smtp_451")
    assert post.subjects() == []


def test_what_heals_arrives(post, clock):
    (delivery,) = tell(reader())
    post.server.contents = [BUSY]
    work()
    assert state_of(delivery) == "failed"
    assert after(clock, MINUTE) == Swept(queued=1, settled=0)
    assert (state_of(delivery), len(post.subjects())) == ("sent", 1)


def test_what_cannot_heal_is_given_up_at_once(post, clock):
    (delivery,) = tell(reader())
    post.server.recipients = [UNKNOWN_MAILBOX]
    work()
    assert state_of(delivery) == "dead"
    assert after(clock, DAY) == Swept(queued=0, settled=0)


def test_an_administrator_sees_dead_letters_and_resends_them(post):
    (delivery,) = tell(reader())
    post.server.recipients = [UNKNOWN_MAILBOX]
    work()
    admin = client_as(make_user(role="administrator"))
    (row,) = admin.get("/deliveries", state="dead").json()["items"]
    assert (row["id"], row["error"], row["can_resend"]) == (delivery, "no such mailbox", True)
    assert admin.post(f"/deliveries/{delivery}/resend").json()["state"] == "waiting"
    work()
    assert (state_of(delivery), len(post.subjects())) == ("sent", 1)
    again = admin.post(f"/deliveries/{delivery}/resend")
    assert (again.status_code, again.json()["code"]) == (409, "delivery_not_stuck")
    assert admin.post("/deliveries/999999/resend").json()["code"] == "delivery_not_found"


@pytest.mark.parametrize("has_left", [False, True])
def test_a_worker_that_dies_while_sending_leaves_it_to_a_person(post, clock, has_left):
    (delivery,) = tell(reader())
    with dying(has_left=has_left):
        work()
    assert state_of(delivery) == "sending"
    assert actions.deliver([delivery]) == 0
    assert after(clock, timedelta(minutes=4)) == Swept(queued=0, settled=0)
    assert after(clock, MINUTE) == Swept(queued=0, settled=1)
    assert state_of(delivery) == "unknown"
    assert after(clock, DAY) == Swept(queued=0, settled=0)
    assert len(post.subjects()) == has_left


@pytest.mark.parametrize("has_left", [False, True])
def test_an_administrator_may_choose_that_unknown_mails_are_sent_again(post, clock, has_left):
    settings = {"resend_unknown": True}
    actions.set_channel("mail", is_on=None, settings=settings, actor=SYSTEM)
    (delivery,) = tell(reader())
    with dying(has_left=has_left):
        work()
    after(clock, timedelta(minutes=5))
    after(clock, MINUTE)
    assert state_of(delivery) == "sent"
    assert len(post.subjects()) == 1 + has_left
    assert len({mail["Message-ID"] for mail in post.server.mails}) == 1


def test_a_slow_worker_that_comes_back_confirms_what_was_taken_for_lost(post, clock):
    (delivery,) = tell(reader())
    (queued_id,) = queued()
    claimed = delivering._claim(queued_id)
    after(clock, timedelta(minutes=6))
    assert state_of(delivery) == "unknown"
    delivering._confirm(claimed, delivering._send(claimed))
    assert state_of(delivery) == "sent"


def test_a_reply_that_got_lost_is_not_answered_by_a_second_mail(post, clock):
    (delivery,) = tell(reader())
    post.server.contents = [LOST]
    work()
    assert state_of(delivery) == "unknown"
    after(clock, DAY)
    assert len(post.subjects()) == 1


def test_a_job_that_got_lost_is_handed_on_again(post, clock):
    (delivery,) = tell(reader())
    assert queued() == [delivery]
    assert after(clock, timedelta(minutes=14)).queued == 0
    assert after(clock, timedelta(minutes=2)).queued == 1
    assert state_of(delivery) == "sent"


def test_an_idle_sweep_asks_once(post, django_assert_num_queries):
    tell(reader())
    work()
    with django_assert_num_queries(1):
        assert sweep() == Swept(queued=0, settled=0)


def test_a_channel_that_is_switched_off_meanwhile_sends_nothing(post):
    (delivery,) = tell(reader())
    actions.set_channel("mail", is_on=False, settings={}, actor=SYSTEM)
    work()
    row = Delivery.objects.get(pk=delivery)
    assert (row.state, row.error_code, post.subjects()) == ("skipped", "channel_off", [])


def test_who_has_left_meanwhile_gets_nothing(post):
    person = reader()
    (delivery,) = tell(person)
    person.is_active = False
    person.save()
    work()
    row = Delivery.objects.get(pk=delivery)
    assert (row.state, row.error_code, post.subjects()) == ("skipped", "account_closed", [])


def test_who_has_no_address_is_shown_to_those_who_look_after_it(post):
    tell(make_user())
    (row,) = (
        client_as(make_user(role="administrator"))
        .get("/deliveries", state="skipped")
        .json()["items"]
    )
    assert (row["channel"], row["error_code"]) == ("mail", "no_address")
    assert row["reason"] == "此人没有可用的地址或账号。"
