"""Who is named in a comment is told, as far as they may read the record."""

import pytest

from closeloop.notices.models import Notice
from closeloop.records import actions as records
from closeloop.records.models import Record
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db


def say(company, text, *named):
    deal = Record.objects.get(pk=make_deal(company.seller, "监护仪 12 台"))
    mentions = [person.pk for person in named]
    records.comment(deal, text=text, mentions=mentions, actor=actor_of(company.seller))
    return deal


def test_a_mention_reaches_the_person_with_a_way_to_the_record(company):
    deal = say(company, "请看一下\n报价", company.manager)
    (item,) = client_as(company.manager).get("/notices").json()["items"]
    assert item["title"] == "张伟在「监护仪 12 台」中提到了您"
    assert item["body"] == "请看一下 报价"
    assert item["link"] == f"/r/deal/{deal.pk}"
    assert item["record"] == {"id": deal.pk, "type": "deal", "title": "监护仪 12 台"}
    assert (item["group"], item["seen_at"]) == ("mentions", None)


def test_who_may_not_read_the_record_learns_nothing(company):
    say(company, "给外人", company.stranger)
    assert Notice.objects.count() == 0


def test_nobody_is_told_of_their_own_words(company):
    say(company, "给自己", company.seller)
    assert Notice.objects.count() == 0


def test_a_long_comment_is_told_in_short(company):
    say(company, "长" * 400, company.manager)
    (item,) = client_as(company.manager).get("/notices").json()["items"]
    assert item["body"] == "长" * 119 + "…"
