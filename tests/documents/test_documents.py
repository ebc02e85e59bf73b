"""Writing documents, and who may read them."""

import pytest

from closeloop.documents import actions, queries
from closeloop.documents.errors import DocumentNotFound
from closeloop.documents.kinds import Kind, KindUnknown, kinds
from closeloop.documents.models import Document
from closeloop.identity.actor import SYSTEM
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal
from tests.documents.contents import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sample_kind(monkeypatch):
    """A kind that says what it was asked."""
    sample = Kind(
        "sample",
        {"zh-CN": "样例", "en-US": "Sample"},
        lambda request: everything(f"关于 {request['record_id']} {request.get('why', '')}"),
    )
    monkeypatch.setitem(kinds._by_key, "sample", sample)


def write(record=None, **more):
    about = {"record_id": record, "record_type": "deal"} if record else {}
    return actions.write_document("sample", {"why": "超时"}, **about, actor=SYSTEM, **more)


def test_a_document_says_for_ever_what_it_said(company, monkeypatch):
    record = make_deal(company.seller)
    document = write(record)
    monkeypatch.setitem(kinds._by_key, "sample", None)
    kept = Document.objects.get(pk=document.pk)
    assert kept.title["zh-CN"] == f"关于 {record} 超时"
    assert [block["kind"] for block in kept.content["blocks"]] == [
        "figures", "text", "text", "table", "bars", "timeline",
    ]  # fmt: skip
    assert verbs()[-1] == "document.written"


def test_what_nobody_can_write_is_not_written(company):
    before = verbs()
    with pytest.raises(KindUnknown):
        actions.write_document("unheard_of", {}, actor=SYSTEM)
    assert (Document.objects.count(), verbs()) == (0, before)


def test_readers_of_the_record_and_whom_it_was_sent_to_read_it(company):
    record = make_deal(company.seller)
    document = write(record, to=[company.stranger.pk])
    for reader in (company.seller, company.manager, company.stranger):
        assert queries.visible_document(document.pk, actor=actor_of(reader)) == document
    with pytest.raises(DocumentNotFound):
        queries.visible_document(document.pk, actor=actor_of(company.colleague))
    actions.address(document.pk, [company.colleague.pk])
    assert queries.visible_document(document.pk, actor=actor_of(company.colleague)) == document


def test_a_document_without_a_record_is_read_by_whom_it_was_sent_to(company):
    document = write(to=[company.ops.pk])
    assert listed(company.ops) == [document.pk]
    assert listed(company.director) == []


def test_a_list_holds_what_one_may_read(company):
    mine = write(make_deal(company.seller))
    theirs = write(make_deal(company.stranger))
    assert listed(company.seller) == [mine.pk]
    assert listed(company.director) == [theirs.pk, mine.pk]
    assert listed(company.director, addressed=True) == []
    assert listed(company.seller, record_id=mine.record_id, kind="sample") == [mine.pk]
    assert listed(company.seller, kind="other") == []
    assert (
        client_as(company.seller).get("/documents", record_id=theirs.record_id).status_code == 404
    )


def test_a_document_over_http(company):
    document = write(make_deal(company.seller), to=[company.stranger.pk])
    shown = client_as(company.seller).get(f"/documents/{document.pk}").json()
    assert (shown["kind_name"]["en-US"], shown["record"]["id"]) == ("Sample", document.record_id)
    assert shown["blocks"][4]["items"][0]["limit"] == 14
    assert client_as(company.stranger).get(f"/documents/{document.pk}").json()["record"] is None
    pdf = client_as(company.seller).get(f"/documents/{document.pk}/pdf")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")
    assert client_as(company.colleague).get(f"/documents/{document.pk}/pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_costs_the_same_whatever_it_holds(company, count, django_assert_max_num_queries):
    record = make_deal(company.seller)
    for _ in range(count):
        write(record)
    asker = client_as(company.seller)
    listed(company.seller)
    with django_assert_max_num_queries(6):
        assert len(asker.get("/documents").json()["items"]) == count


def test_pages_are_complete(company):
    record = make_deal(company.seller)
    made = [write(record).pk for _ in range(5)]
    asker, found, cursor = client_as(company.seller), [], None
    for _ in range(3):
        page = asker.get("/documents", limit=2, **({"cursor": cursor} if cursor else {})).json()
        found += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (made[::-1], None)


def listed(user, **query):
    answer = client_as(user).get("/documents", **query)
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["items"]]
