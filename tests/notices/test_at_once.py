"""Several processes at the same moment: each notice once, each mail once."""

import pytest
from django.db import connection, transaction

from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions
from closeloop.notices.actions import Message
from closeloop.notices.models import Delivery, DeliveryState, Notice
from closeloop.notices.sweeping import sweep
from tests.builders.people import make_user
from tests.notices.working import queued, reader, tell
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_two_who_tell_the_same_thing_tell_it_once():
    people = [make_user() for _ in range(3)]
    to = tuple(person.pk for person in people)

    def tell_them(key):
        return actions.send(Message(event="mention", to=to, dedupe_key=key))

    with together() as both:
        made = [
            both.do(lambda key=key: tell_them(key), lambda key=key: tell_them(key))
            for key in map(str, range(ROUNDS))
        ]
    assert [len(one) + len(other) for one, other in made] == [3] * ROUNDS
    assert Notice.objects.count() == 3 * ROUNDS


def test_two_workers_send_each_mail_once(committed_post):
    made = [tell(reader())[0] for _ in range(ROUNDS)]
    queued()
    with together() as both:
        both.do(lambda: actions.deliver(made), lambda: actions.deliver(made[::-1]))
    assert len(committed_post.subjects()) == ROUNDS
    assert set(Delivery.objects.filter(pk__in=made).values_list("state", flat=True)) == {"sent"}


def test_two_sweepers_hand_each_delivery_on_once(committed_post):
    made = [tell(reader())[0] for _ in range(20)]
    queued()
    Delivery.objects.filter(pk__in=made).update(queued_at=None)
    with together() as both:
        swept = both.do(lambda: sweep(at_most=15), lambda: sweep(at_most=15))
    assert sum(each.queued for each in swept) == 20
    assert queued() == made


def test_a_worker_and_an_administrator_do_not_both_send(committed_post):
    (delivery,) = tell(reader())
    Delivery.objects.filter(pk=delivery).update(state=DeliveryState.DEAD)
    actions.resend(delivery, actor=SYSTEM)
    jobs = queued()
    with together() as both:
        both.do(lambda: actions.deliver(jobs), lambda: actions.deliver(jobs))
    assert len(committed_post.subjects()) == 1


def test_the_word_to_open_screens_goes_out_when_the_transaction_commits():
    person = make_user()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN closeloop_live")
    with transaction.atomic():
        actions.send(Message(event="mention", to=(person.pk,)))
        assert list(connection.connection.notifies(timeout=0)) == []
    (heard,) = connection.connection.notifies(timeout=5, stop_after=1)
    assert heard.payload == f'{{"kind": "notice", "people": [{person.pk}]}}'
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN *")
