"""Volumes for the benches: all rows there, counted, found, the same each time; tables whole."""

import pytest
from django.db import connection

from closeloop.demo.errors import NotEmpty
from closeloop.demo.volume.loading import TABLES, load_volume
from closeloop.process.models import Instance, Visit
from closeloop.records.models import Record
from tests.builders.people import make_user
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_files")]
DEALS = 300
STRUCTURE = """
    SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%(tables)s)
    UNION ALL
    SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(%(tables)s::regclass[]) ORDER BY 1
"""
STANDS = """
    SELECT count(*) FROM deals_deal d JOIN process_instance i ON i.record_id = d.id
    JOIN process_visit v ON v.record_id = d.id AND v.left_at IS NULL
    WHERE d.stage = i.stage AND i.stage = v.stage AND d.stage_entered_at = v.entered_at
"""


def test_a_volume_has_all_its_rows_and_counts_them():
    before = structure()
    load_volume(DEALS, today=TODAY, entries=6)
    assert Record.objects.filter(type="deal").count() == DEALS
    assert Record.objects.filter(type="customer").count() == DEALS // 20 + 1
    assert Instance.objects.count() == DEALS
    assert Visit.objects.count() > DEALS
    assert value(STANDS) == DEALS
    assert value("SELECT sum(count) FROM desk_tally WHERE record_type = 'deal'") == DEALS
    told = "SELECT count(*) FROM activity_entry WHERE record_type = 'deal'"
    assert value(told) == 6 * DEALS
    assert structure() == before


def test_new_records_go_on_after_a_volume():
    load_volume(DEALS, today=TODAY)
    last = Record.objects.order_by("-id").values_list("id", flat=True)[0]
    assert Record.objects.create(type="deal", title="新商机").pk == last + 1


def test_a_volume_is_not_mixed_with_other_peoples_work():
    make_user("林一")
    with pytest.raises(NotEmpty):
        load_volume(DEALS, today=TODAY)
    assert Record.objects.count() == 0


def structure():
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE, {"tables": list(TABLES)})
        return [row[0] for row in cursor.fetchall()]


def value(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
