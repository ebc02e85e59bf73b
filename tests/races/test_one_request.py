"""The same request sent several times at once, under one idempotency key: one effect."""

import pytest

from closeloop.deals.models import Deal
from closeloop.process.models import Visit
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.records import make_customer, make_deal, open_lock
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


def test_one_key_has_one_effect_and_one_answer_however_often_it_is_sent(company):
    customer = make_customer(company.seller)
    desks = [client_as(company.seller) for _ in range(3)]
    with together(3) as threads:
        for number in range(ROUNDS):
            one_creation(threads, desks, customer, key=f"create-{number}")
            one_move(threads, desks, company, key=f"move-{number}")


def one_creation(threads, desks, customer, *, key):
    before = Deal.objects.count()
    body = {"values": {"name": f"商机 {key}", "customer": customer}}

    answers = threads.do(
        *[lambda desk=desk: desk.post("/records/deal", body, key=key) for desk in desks]
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Deal.objects.count() == before + 1


def one_move(threads, desks, company, *, key):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    before = verbs()

    answers = threads.do(
        *[
            lambda desk=desk: desk.post(
                f"/records/deal/{deal}/move", {"to_stage": "first_talk"}, key=key
            )
            for desk in desks
        ]
    )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replay" in answer.headers for answer in answers) == 2
    assert Visit.objects.filter(record=deal).count() == 2
    assert verbs()[len(before) :] == ["deal.stage_entered"]
