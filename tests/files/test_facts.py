from django.db import connection

from closeloop.files import actions, facts
from tests.files import samples


def measured(record, key: str) -> int:
    source = facts.fact_source(key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {source.sql} FROM records_record r WHERE r.id = %s",
            [*source.params, record.pk],
        )
        return cursor.fetchone()[0]


def test_documents_are_counted_by_kind_and_format(record, actor):
    for content, kind in [
        (samples.PDF, "contract"),
        (samples.picture("JPEG"), "contract"),
        (samples.picture("PNG"), "contract"),
        (samples.PDF, "minutes"),
    ]:
        actions.attach(record, samples.upload(content, "x"), kind=kind, actor=actor)
    assert measured(record, "document.count:contract") == 3
    assert measured(record, "document.count:contract:pdf") == 1
    assert measured(record, "document.count:contract:image,pdf") == 3
    assert measured(record, "document.count:contract:jpg") == 2
    assert measured(record, "document.count:recording") == 0


def test_a_removed_document_does_not_count(record, actor):
    sent = samples.upload(samples.PDF, "x")
    actions.remove(actions.attach(record, sent, kind="contract", actor=actor), actor=actor)
    assert measured(record, "document.count:contract") == 0


def test_other_facts_are_not_answered():
    assert facts.fact_source("field.amount") is None
    assert facts.fact_source("document.count:") is None
