"""Whoever asks for an approval sends documents with it; approvers open them, nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from closeloop.approvals.jobs import forget_requests_never_made
from closeloop.approvals.models import Case, RequestFile, StepFile
from closeloop.files import actions as files
from closeloop.files.models import Attachment
from closeloop.identity.models import User
from tests.builders.activity import entries
from tests.builders.approvals import approve, make_flow, persons
from tests.builders.asking import client_as
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.people import client_of
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
QUOTATION = "竞品报价".encode()


@pytest.fixture
def flow(company):
    """A flow about no record, with a line that must be filled."""
    line = {"key": "days", "name": {"zh-CN": "天数"}, "type": "number", "required": True}
    return make_flow(approve("first", persons(company.manager)), form=[line])


@pytest.fixture
def flow_of_deals(company):
    """A flow about deals."""
    return make_flow(approve("first", persons(company.manager)), record_type="deal")


def send(person, name="报价.txt", content=QUOTATION):
    upload = SimpleUploadedFile(name, content)
    return client_of(person).post("/api/approvals/files", {"file": upload})


def sent(person, **options):
    answer = send(person, **options)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def ask(person, flow, **body):
    return client_as(person).post("/approvals", {"flow": flow, **body})


def fetch(person, page, place=0):
    return client_of(person).get(page["files"][place]["url"])


def test_approvers_open_what_came_with_a_request(company, flow):
    ids = [sent(company.seller), sent(company.seller, name="函.txt", content=b"letter")]
    answer = ask(company.seller, flow, title="出差", form={"days": 3}, files=ids)
    assert answer.status_code == 201, answer.content
    page = client_as(company.manager).get(f"/approvals/{answer.json()['id']}").json()
    assert [(each["id"], each["name"]) for each in page["files"]] == [
        (ids[0], "报价.txt"),
        (ids[1], "函.txt"),
    ]
    assert page["steps"] == []
    read = fetch(company.manager, page)
    assert b"".join(read.streaming_content) == QUOTATION
    assert fetch(company.stranger, page).status_code == 404


def test_a_request_that_is_refused_leaves_its_files_for_the_next(company, flow):
    file_id = sent(company.seller)
    refused = ask(company.seller, flow, title="出差", files=[file_id])
    assert (refused.status_code, refused.json()["code"]) == (422, "approval_form_invalid")
    assert (Case.objects.count(), StepFile.objects.count()) == (0, 0)
    again = ask(company.seller, flow, title="出差", form={"days": 3}, files=[file_id])
    assert [each["id"] for each in again.json()["files"]] == [file_id]


def test_a_file_of_a_request_about_a_record_stands_with_the_record(company, flow_of_deals):
    deal, file_id = make_deal(company.seller), sent(company.seller)
    body = {"record_type": "deal", "record_id": deal, "files": [file_id]}
    answer = ask(company.seller, flow_of_deals, **body)
    assert answer.status_code == 201, answer.content
    listed = client_as(company.seller).get(f"/records/deal/{deal}/files").json()
    assert [(each["id"], each["kind"]) for each in listed] == [(file_id, "approval")]
    told = entries("file.attached")[1:]
    assert [each["attachment_id"] for each in told] == [file_id]
    # Sent once more for another request, it is the same document of the record.
    other = ask(company.seller, flow_of_deals, **{**body, "files": [sent(company.seller)]})
    assert [each["id"] for each in other.json()["files"]] == [file_id]


def test_documents_of_the_record_may_be_named_in_a_request(company, flow_of_deals):
    deal = make_deal(company.seller)
    kept = make_document(deal, "quotation_document")
    body = {"record_type": "deal", "record_id": deal, "files": [kept.pk]}
    assert ask(company.seller, flow_of_deals, **body).json()["files"][0]["id"] == kept.pk


def test_nobody_names_what_another_sent_nor_names_it_twice(company, flow):
    theirs, own = sent(company.manager), sent(company.seller, content=b"own")
    for file_id in (theirs, 9_999_999):
        answer = ask(company.seller, flow, form={"days": 1}, files=[own, file_id])
        assert (answer.status_code, answer.json()["code"]) == (422, "approval_file_not_possible")
    assert (Case.objects.count(), RequestFile.objects.count()) == (0, 2)
    assert ask(company.seller, flow, form={"days": 1}, files=[own]).status_code == 201
    assert ask(company.seller, flow, form={"days": 1}, files=[own]).status_code == 422
    # Until it is named nobody reads it.
    assert client_as(company.seller).get(f"/files/{theirs}/content").status_code == 404


def test_a_file_that_is_too_large_is_refused_in_the_readers_language(company, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_BYTES", 1024 * 1024)
    said = []
    for reader, locale in ((company.seller, "zh-CN"), (company.manager, "en-US")):
        User.objects.filter(pk=reader.pk).update(locale=locale)
        said.append(send(reader, content=b"x" * (1024 * 1024 + 1)).json()["detail"])
    assert said == [
        "文件超过 1 MB 的上限，请压缩后再传。",
        "The file is larger than 1 MB; make it smaller and send it again.",
    ]
    assert (RequestFile.objects.count(), Attachment.objects.count()) == (0, 0)


def test_what_was_sent_for_a_request_that_nobody_makes_goes_after_a_week(company, flow):
    old, new = sent(company.seller), sent(company.seller, content=b"new")
    named = sent(company.seller, content=b"named")
    ask(company.seller, flow, form={"days": 1}, files=[named])
    RequestFile.objects.filter(attachment=old).update(at=from_now(days=-8))
    RequestFile.objects.filter(attachment=new).update(at=from_now(days=-6))
    assert forget_requests_never_made(int(from_now().timestamp())) == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) == {new, named}
    (removed,) = entries("file.removed")
    assert removed["attachment_id"] == old
    answer = ask(company.seller, flow, form={"days": 1}, files=[old])
    assert answer.json()["code"] == "approval_file_not_possible"
