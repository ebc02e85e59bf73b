"""Who is told, over which channels, once per key, in the transaction of what it is about."""

import pytest
from django.db import transaction

from closeloop.notices import actions
from closeloop.notices.actions import Message
from closeloop.notices.events import EventUnknown
from closeloop.notices.models import Delivery, Notice
from tests.builders.asking import client_as
from tests.builders.people import make_user

pytestmark = pytest.mark.django_db


def mention(*people, **options):
    data = {"actor": "王经理", "record": "江苏省人民医院", "comment": "请看一下"}
    return Message(event="mention", to=tuple(each.pk for each in people), data=data, **options)


def test_each_person_gets_one_notice_in_their_own_language():
    reader = make_user("Ann")
    reader.locale = "en-US"
    reader.save()
    actions.send(mention(reader, make_user("李娜")))
    page = client_as(reader).get("/notices").json()
    assert [item["title"] for item in page["items"]] == ["王经理 mentioned you in 江苏省人民医院"]
    assert page["unread"] == 1
    assert Notice.objects.count() == 2


def test_the_same_key_tells_a_person_once():
    first, second = make_user(), make_user()
    assert len(actions.send(mention(first, dedupe_key="k"))) == 1
    assert len(actions.send(mention(first, second, dedupe_key="k"))) == 1
    assert Notice.objects.filter(person=first).count() == 1
    assert Delivery.objects.filter(channel="in_app").count() == 2


def test_who_only_reads_gets_a_copy():
    acts, reads = make_user(), make_user()
    actions.send(Message(event="mention", to=(acts.pk,), cc=(reads.pk, acts.pk)))
    copies = dict(Notice.objects.values_list("person_id", "is_copy"))
    assert copies == {acts.pk: False, reads.pk: True}


def test_closed_accounts_are_left_out():
    gone = make_user()
    gone.is_active = False
    gone.save()
    assert actions.send(mention(gone)) == []


def test_an_unknown_event_has_no_words():
    with pytest.raises(EventUnknown):
        actions.send(Message(event="nothing.happened", to=(make_user().pk,)))


def test_what_is_rolled_back_tells_nobody():
    with transaction.atomic():
        actions.send(mention(make_user()))
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0


def test_a_demanded_channel_that_is_off_is_kept_as_skipped():
    person = make_user()
    actions.send(mention(person, channels=("sms",)))
    found = set(Delivery.objects.values_list("channel", "state", "error_code"))
    assert ("in_app", "sent", "") in found


def test_seeing_one_notice_leaves_the_others():
    person, other = make_user(), make_user()
    (seen,) = actions.send(mention(person))
    actions.send(mention(person))
    actions.send(mention(other))
    answer = client_as(person).post("/notices/seen", {"ids": [seen]})
    assert answer.json() == {"unread": 1}
    assert client_as(person).get("/notices", box="unread", limit=0).json()["items"] == []
    assert client_as(other).get("/notices", limit=0).json()["unread"] == 1
    assert client_as(person).post("/notices/seen", {"ids": None}).json() == {"unread": 0}


def test_pages_follow_one_another():
    person = make_user()
    made = [actions.send(mention(person))[0] for _ in range(5)]
    asker, cursor, read = client_as(person), None, []
    for _ in range(3):
        page = asker.get("/notices", limit=2, **({"cursor": cursor} if cursor else {})).json()
        read += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert read == made[::-1]
    assert cursor is None


def test_telling_costs_the_same_for_one_and_for_twenty(django_assert_max_num_queries):
    people = [make_user() for _ in range(20)]
    with django_assert_max_num_queries(10):
        actions.send(mention(*people))


def test_several_messages_at_once_are_told_as_one_by_one():
    first, second, gone = make_user(), make_user(), make_user()
    gone.is_active = False
    gone.save()
    plain, keyed = mention(first, second), mention(second, gone, dedupe_key="k")
    copied = Message(event="mention", to=(second.pk,), cc=(first.pk,), dedupe_key="c")
    made = actions.send_all([plain, keyed, keyed, plain, copied, mention(gone)])
    assert made == sorted(Notice.objects.values_list("pk", flat=True))
    told = Notice.objects.order_by("pk").values_list("person_id", "dedupe_key", "is_copy")
    assert list(told) == [
        (first.pk, "", False),
        (second.pk, "", False),
        (second.pk, "k", False),
        (first.pk, "", False),
        (second.pk, "", False),
        (second.pk, "c", False),
        (first.pk, "c", True),
    ]
    assert Delivery.objects.filter(channel="in_app", state="sent").count() == len(told)
