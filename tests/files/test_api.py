import pytest
from django.test import Client

from closeloop.desk import actions as desk
from closeloop.files.models import Attachment
from tests.builders.activity import verbs
from tests.builders.company import Company, make_company
from tests.builders.kept import kept
from tests.builders.people import actor_of, client_of, shipped_role
from tests.files import samples
from tests.files.conftest import files_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return kept(make_company)


@pytest.fixture
def address(company) -> str:
    values = {"name": "迈瑞监护仪", "source": "other"}
    record_id = desk.create_record("lead", values, actor=actor_of(company.seller))
    return f"/api/records/lead/{record_id}/files"


@pytest.fixture
def client(company) -> Client:
    return client_of(company.seller)


def sent(client: Client, address: str, content: bytes, name: str, **headers: str):
    body = {"file": samples.upload(content, name), "kind": "minutes"}
    return client.post(address, body, headers=headers)


def test_a_document_is_sent_listed_fetched_and_removed(client, address):
    answer = sent(client, address, samples.photo_of_a_phone(), "现场.jpg")
    assert answer.status_code == 201
    document = answer.json()
    assert (document["name"], document["format"], document["uploaded_by"]["name"]) == (
        "现场.jpg",
        "image",
        "张伟",
    )
    assert document["taken"]["time"] == "2026-11-20T09:08:07"
    assert client.get(address).json() == [document]
    content = client.get(document["url"])
    assert b"".join(content.streaming_content)[:2] == b"\xff\xd8"
    assert client.get(document["thumbnail_url"])["Content-Type"] == "image/webp"
    assert client.delete(f"/api/files/{document['id']}").status_code == 204
    assert client.get(address).json() == []
    assert client.get(document["url"]).status_code == 404


def test_html_that_calls_itself_a_photo_is_refused_and_not_kept(client, address, stored):
    answer = sent(client, address, samples.HTML, "photo.jpg")
    assert (answer.status_code, answer.json()["code"]) == (422, "file_type_refused")
    assert (Attachment.objects.count(), files_in(stored)) == (0, [])
    assert "file.attached" not in verbs()


def test_a_double_click_makes_one_document(client, address, stored):
    first = sent(client, address, samples.PDF, "纪要.pdf", **{"idempotency-key": "one"})
    second = sent(client, address, samples.PDF, "纪要.pdf", **{"idempotency-key": "one"})
    third = sent(client, address, samples.PDF, "纪要.pdf")
    assert first.json() == second.json() == third.json()
    assert len(files_in(stored)) == 1
    assert verbs().count("file.attached") == 1


def test_whoever_may_not_see_the_record_sees_no_document(company, client, address):
    document = sent(client, address, samples.PDF, "纪要.pdf").json()
    stranger = client_of(company.stranger)
    answers = [
        stranger.get(address),
        sent(stranger, address, samples.PDF, "a.pdf"),
        stranger.get(document["url"]),
        stranger.get(f"/api/files/{document['id']}/thumbnail"),
        stranger.delete(f"/api/files/{document['id']}"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert Attachment.objects.filter(deleted_at=None).count() == 1


def test_whoever_may_only_read_sends_and_removes_nothing(company, client, address):
    document = sent(client, address, samples.PDF, "纪要.pdf").json()
    reader = client_of(company.director)
    company.director.positions.update(role=shipped_role("legal"))
    assert reader.get(document["url"]).status_code == 200
    assert sent(reader, address, samples.PDF, "a.pdf").status_code == 403
    assert reader.delete(f"/api/files/{document['id']}").status_code == 403
