"""What is held about one contact: told as one file, and erased so that the figures stay."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from closeloop.activity.models import Entry
from closeloop.customers.models import Contact
from closeloop.files.models import Attachment
from closeloop.privacy import actions, masking
from closeloop.privacy.models import SubjectRequest
from closeloop.privacy.registry import Holding, Registry, Told
from closeloop.records import actions as records
from closeloop.records.models import Comment, Record
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.records import make_contact, make_customer


@pytest.fixture
def contact(company) -> int:
    """A contact with addresses, a comment and a document."""
    number = make_contact(
        company.seller,
        make_customer(company.seller, "江苏省人民医院"),
        "陈主任",
        phone="13812345678",
        email="chen@hospital.example",
        wechat="chen_2026",
        chain_role="technical",
    )
    said = Record.objects.get(pk=number)
    records.comment(said, text="周五下午有空", mentions=[], actor=company.actor)
    make_document(number, "other")
    return number


def ask(user, contact, kind):
    body = {"kind": kind, "contact_id": contact, "reason": "本人来函"}
    return client_as(user).post("/privacy/requests", body)


def counts(answer):
    return {each["key"]: each["count"] for each in answer.json()["kinds"]}


def test_an_export_holds_everything_as_one_file(company, contact):
    made = ask(company.ops, contact, "export").json()
    assert (made["state"], made["url"]) == ("waiting", None)
    actions.run_request(made["id"])
    told = client_as(company.ops).get(f"/privacy/requests/{made['id']}").json()
    assert (told["state"], told["done_kinds"]) == ("done", told["all_kinds"])
    answer = client_as(company.ops).get(told["url"].removeprefix("/api"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        data = json.loads(archive.read("data.json"))
        papers = [name for name in archive.namelist() if name.startswith("documents/")]
    assert data["card"]["rows"][0]["phone"] == "13812345678"
    assert data["card"]["rows"][0]["customer"] == "江苏省人民医院"
    assert [each["text"] for each in data["comments"]["rows"]] == ["周五下午有空"]
    assert len(papers) == 1
    assert verbs()[-2:] == ["privacy.request_opened", "privacy.exported"]


def test_an_erasure_takes_the_person_and_leaves_that_things_happened(
    company, contact, django_capture_on_commit_callbacks
):
    before = Entry.objects.filter(record_id=contact).count()
    asked = client_as(company.ops).get(f"/privacy/contacts/{contact}")
    assert {key: counts(asked)[key] for key in ("card", "comments", "documents")} == {
        "card": 1,
        "comments": 1,
        "documents": 1,
    }
    made = ask(company.ops, contact, "erasure").json()
    with django_capture_on_commit_callbacks(execute=True):
        actions.run_request(made["id"])
    row = Contact.objects.select_related("record").get(pk=contact)
    assert (row.name, row.phone, row.email, row.wechat) == ("已删除的联系人", None, None, None)
    assert (row.chain_role, row.record.title) == ("technical", "已删除的联系人")
    assert Comment.objects.get(record_id=contact).text == ""
    assert Attachment.objects.get(record_id=contact).stored_as == ""
    entries = Entry.objects.filter(record_id=contact)
    assert entries.count() > before
    written = json.dumps([each.data for each in entries], ensure_ascii=False)
    assert not {each for each in ("陈主任", "13812345678", "chen_2026") if each in written}
    asked = client_as(company.ops).get(f"/privacy/contacts/{contact}")
    assert set(counts(asked).values()) == {0}
    assert "人工处理" in asked.json()["elsewhere"]
    assert actions.run_request(made["id"]) == "done"


def test_only_people_are_asked_for_and_one_request_at_a_time(company, contact):
    customer = make_customer(company.seller)
    assert ask(company.ops, customer, "export").json()["code"] == "privacy_not_a_subject"
    assert ask(company.seller, contact, "export").status_code == 403
    assert ask(company.ops, contact, "export").status_code == 201
    again = ask(company.ops, contact, "export")
    assert (again.status_code, again.json()["code"]) == (409, "privacy_request_open")
    assert SubjectRequest.objects.count() == 1


def test_a_written_file_goes_after_its_days(company, contact):
    made = ask(company.ops, contact, "export").json()
    actions.run_request(made["id"])
    assert actions.clear_files(from_now(days=6)) == 0
    assert actions.clear_files(from_now(days=8)) == 1
    gone = client_as(company.ops).get(f"/privacy/requests/{made['id']}/file")
    assert (gone.status_code, gone.json()["code"]) == (404, "privacy_file_gone")


def test_what_is_past_its_period_goes_in_batches_and_can_be_previewed(company, monkeypatch):
    kept = [from_now(days=-day, hours=6) for day in range(1, 1201)]

    def erase_before(before, limit):
        gone = [each for each in kept if each < before][:limit]
        for each in gone:
            kept.remove(each)
        return len(gone)

    made = Registry()
    made.register(
        Holding(
            key="sample",
            name={"zh-CN": "样例", "en-US": "Sample"},
            stays={"zh-CN": "样例", "en-US": "Sample"},
            export=lambda _record: Told(),
            count_of=lambda _record: 0,
            erase=lambda _record: 0,
            default_days=600,
            count_before=lambda before: len([each for each in kept if each < before]),
            erase_before=erase_before,
        )
    )
    for place in ("queries", "actions.retention", "presenting"):
        monkeypatch.setattr(f"closeloop.privacy.{place}.registry", made)
    client = client_as(company.ops)
    assert client.get("/privacy/retention").json()[0]["past"] == 600
    assert client.get("/privacy/retention/sample/preview", days=1000).json()["past"] == 200
    changed = client.put("/privacy/retention/sample", {"days": 100})
    assert (changed.json()[0]["days"], changed.json()[0]["past"]) == (100, 1100)
    assert len(kept) == 1200
    assert actions.erase_due(from_now()) == {"sample": 1100}
    assert actions.erase_due(from_now()) == {}
    assert len(kept) == 100
    assert verbs()[-2:] == ["privacy.retention_changed", "privacy.erased_by_time"]
    client.put("/privacy/retention/sample", {"days": None})
    assert actions.erase_due(from_now() + timedelta(days=10_000)) == {}


def test_others_see_a_place_coarsely_a_number_masked_and_no_words():
    place = {"latitude": 32.04573, "longitude": 118.77841, "accuracy_m": 12, "system": "GCJ02"}
    assert masking.coarse_place(place) == {
        "system": "GCJ02",
        "accuracy_m": None,
        "at": None,
        "latitude": 32.05,
        "longitude": 118.78,
        "is_coarse": True,
    }
    assert masking.coarse_place(None) is None
    assert masking.masked_phone("138-1234-5678") == "138-****-5678"
    assert masking.masked_phone("12345") == "*****"
    assert (masking.hidden_text("价格太高"), masking.hidden_text("")) == ("•••", "")
