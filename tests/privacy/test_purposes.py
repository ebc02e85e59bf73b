"""What people are told and asked before data of theirs is taken."""

import pytest
from django.db import IntegrityError, connection, transaction

from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.identity.actor import SYSTEM
from closeloop.privacy import actions, purposes
from closeloop.privacy.models import Access, Consent, Purpose
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_contact, make_customer

WORDS = {"zh-CN": "新的说明", "en-US": "New words"}


def answer(user, purpose="location", *, version=1, agreed=True):
    body = {"purpose": purpose, "version": version, "agreed": agreed, "via": "phone"}
    return client_as(user).post("/privacy/consents", body)


def mine(user):
    items = client_as(user).get("/privacy/purposes").json()["items"]
    return {each["key"]: each["mine"] for each in items}


def test_each_purpose_is_asked_once_and_kept_with_its_version(company):
    assert set(mine(company.seller).values()) == {None}
    assert answer(company.seller).status_code == 200
    assert answer(company.seller, "photos", agreed=False).status_code == 200
    assert answer(company.seller).status_code == 200
    assert mine(company.seller) == {
        "location": "agreed",
        "photos": "declined",
        "recordings": None,
        "chats": None,
        "mail": None,
    }
    assert mine(company.colleague)["location"] is None
    assert verbs()[-2:] == ["privacy.agreed", "privacy.declined"]
    assert purposes.has_agreed(company.seller.pk, "location")
    assert not purposes.has_agreed(company.seller.pk, "photos")
    assert not purposes.has_agreed(company.seller.pk, "mail")


def test_who_changes_their_mind_is_believed_and_both_answers_stay(company):
    answer(company.seller)
    answer(company.seller, agreed=False)
    assert mine(company.seller)["location"] == "declined"
    said = Consent.objects.filter(person=company.seller).order_by("pk")
    assert [each.is_agreed for each in said] == [True, False]


def test_new_words_ask_everybody_again_and_an_old_answer_counts_no_more(company):
    answer(company.seller)
    published = client_as(company.ops).put(
        "/privacy/purposes/location", {"name": WORDS, "text": WORDS}
    )
    row = next(each for each in published.json() if each["key"] == "location")
    assert (row["version"], row["agreed"]) == (2, 0)
    assert mine(company.seller)["location"] is None
    late = answer(company.seller, version=1)
    assert (late.status_code, late.json()["code"]) == (409, "privacy_purpose_moved")
    assert answer(company.seller, version=2).status_code == 200


def test_installing_the_pack_again_leaves_what_an_administrator_wrote(company):
    actions.publish_purpose("mail", {"name": WORDS, "text": WORDS}, actor=SYSTEM)
    designer.install_pack(packs.read_pack("standard"), actor=SYSTEM)
    assert purposes.purpose("mail").version == 2
    assert Purpose.objects.filter(key="mail").count() == 2


def test_answers_are_counted_by_people_who_are_there(company):
    answer(company.seller)
    answer(company.colleague, agreed=False)
    answer(company.colleague)
    answer(company.manager, agreed=False)
    rows = client_as(company.ops).get("/privacy/consents").json()
    row = next(each for each in rows if each["key"] == "location")
    assert (row["agreed"], row["declined"], row["silent"]) == (2, 1, 3)


def test_what_was_answered_and_looked_at_never_changes(company):
    answer(company.seller)
    actions.note_access("place", [1], actor=company.actor)
    for table in ("privacy_consent", "privacy_purpose", "privacy_access"):
        with (
            pytest.raises(IntegrityError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_looks_are_noted_once_an_hour_and_told_to_who_keeps_privacy(company):
    contact = make_contact(company.seller, make_customer(company.seller), "陈主任")
    actor = actor_of(company.manager)
    actions.note_access("recording", [7, 8], actor=actor, record_ids=[contact, contact])
    actions.note_access("recording", [7], actor=actor, record_ids=[contact])
    actions.note_access("chat", [7], actor=company.actor)
    actions.note_access("chat", [7], actor=SYSTEM)
    assert Access.objects.count() == 3
    asked = client_as(company.ops).get("/privacy/accesses", kind="recording")
    rows = [
        (each["person"]["name"], each["item_id"], each["record"]["title"])
        for each in asked.json()["items"]
    ]
    assert rows == [("王经理", 8, "陈主任"), ("王经理", 7, "陈主任")]
    assert client_as(company.manager).get("/privacy/accesses").status_code == 403
