"""What field work and conversations hold of people: masked, erased, and still counted."""

import json
import uuid

import pytest

from closeloop.activity.models import Entry
from closeloop.conversations.models import Conversation
from closeloop.fieldwork import queries
from closeloop.fieldwork.models import FollowUp, PhotoPrint, Upload
from closeloop.files.models import Attachment
from closeloop.privacy import actions
from closeloop.privacy.models import Access
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import make_contact, make_customer
from tests.fieldwork.given import HOSPITAL, sent_photo, visit

PAIN = "检验科主任担心报告太慢"


@pytest.fixture
def visited(company):
    """A visit with a contact, that counts, with a photo and a place."""
    customer = make_customer(company.seller)
    contact = make_contact(company.seller, customer, "陈主任", phone="13812345678")
    body = visit(customer, sent_photo(company.seller, 7), contact_id=contact, text=PAIN)
    made = client_as(company.seller).post("/followups", body).json()
    assert made["state"] == "counted", made
    return made["id"], customer, contact


def place_of(user, followup):
    answer = client_as(user).get(f"/followups/{followup}")
    assert answer.status_code == 200, answer.content
    return answer.json()["place"]


def done(customer, actor):
    found = queries.penetration(
        since=from_now(days=-30), until=from_now(days=30), now=from_now(days=30),
        unit_id=None, actor=actor,
    )  # fmt: skip
    return [(row["customer"]["id"], row["is_done"]) for row in found.rows] + [customer]


def test_others_see_about_where_and_every_exact_look_is_noted(company, visited):
    followup, customer, _ = visited
    exact = place_of(company.seller, followup)
    assert (exact["latitude"], exact["is_coarse"]) == (HOSPITAL[0], False)
    assert Access.objects.count() == 0
    assert place_of(company.manager, followup)["latitude"] == HOSPITAL[0]
    beside = make_user("同组", role="salesperson", unit=company.teams[0])
    coarse = place_of(beside, followup)
    assert (coarse["latitude"], coarse["is_coarse"]) == (31.23, True)
    looks = Access.objects.values_list("person_id", "kind", "item_id", "record_id")
    assert list(looks) == [(company.manager.pk, "place", followup, customer)]
    listed = client_as(company.director).get("/followups").json()["items"]
    assert [each["place"]["is_coarse"] for each in listed] == [False]
    assert Access.objects.filter(person=company.director).count() == 1


def test_what_is_past_its_period_goes_and_the_follow_up_stays_counted(
    company, visited, django_capture_on_commit_callbacks
):
    followup, customer, _ = visited
    before = done(customer, actor_of(company.manager))
    with django_capture_on_commit_callbacks(execute=True):
        erased = actions.erase_due(from_now(days=200))
    assert erased == {"places": 1}
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_due(from_now(days=400)) == {"photos": 1}
    row = FollowUp.objects.get(pk=followup)
    assert (row.state, row.place, row.text) == ("counted", None, PAIN)
    photo = Attachment.objects.get(kind="photo")
    assert (photo.stored_as, photo.thumbnail_as) == ("", "")
    assert done(customer, actor_of(company.manager)) == before
    shown = client_as(company.seller).get(f"/followups/{followup}").json()
    assert (shown["state"], shown["place"]) == ("counted", None)


def test_files_that_no_follow_up_took_go_after_a_week_and_others_stay(company, visited):
    alone = sent_photo(company.seller, 8)
    assert actions.erase_due(from_now(days=6)) == {}
    assert actions.erase_due(from_now(days=8)) == {"untaken_files": 1}
    assert Upload.objects.get().followup_id == visited[0]
    assert PhotoPrint.objects.values("upload_id").distinct().count() == 1
    assert Attachment.objects.count() == 1
    late = visit(visited[1], alone)
    assert client_as(company.seller).post("/followups", late).json()["code"] == (
        "followup_upload_missing"
    )
    assert sent_photo(company.seller, 8, client_id=alone) == alone  # a phone may send it again


def test_how_long_untaken_files_stay_is_set_beside_the_other_periods(company):
    sent_photo(company.seller, 8)
    keeper = client_as(company.ops)
    periods = {each["key"]: each for each in keeper.get("/privacy/retention").json()}
    assert periods["untaken_files"]["days"] == 7
    assert keeper.put("/privacy/retention/untaken_files", {"days": 30}).status_code == 200
    assert actions.erase_due(from_now(days=29)) == {}
    assert actions.erase_due(from_now(days=31)) == {"untaken_files": 1}
    assert not Attachment.objects.exists()


def test_an_erased_contact_leaves_no_words_in_follow_ups_calls_and_the_record(
    company, visited, django_capture_on_commit_callbacks
):
    followup, customer, contact = visited
    said = Conversation.objects.create(
        kind="call",
        origin="upload",
        external_id=str(uuid.uuid4()),
        text="张总：价格再谈",
        parties=[{"kind": "phone", "value": "13812345678", "name": "陈主任"}],
        at=from_now(days=-1),
        customer_id=customer,
        record_id=customer,
        state="filed",
    )
    body = {"kind": "erasure", "contact_id": contact, "reason": "本人来函"}
    made = client_as(company.ops).post("/privacy/requests", body).json()
    held = {each["key"]: each["count"] for each in made["counts"] if each["count"]}
    assert held == {"photos": 1, "places": 1, "followup_texts": 1, "calls": 1, "card": 1}
    with django_capture_on_commit_callbacks(execute=True):
        actions.run_request(made["id"])
    row = FollowUp.objects.get(pk=followup)
    assert (row.state, row.text, row.place, row.plain) == ("counted", "", None, "")
    said.refresh_from_db()
    assert (said.text, said.parties, said.state) == ("", [], "filed")
    written = json.dumps([each.data for each in Entry.objects.all()], ensure_ascii=False)
    assert PAIN not in written
    assert "陈主任" not in written
