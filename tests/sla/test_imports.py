"""Imported records have clocks too, opened together by a job, without any for what is long over."""

import pytest
from django.db import connection

from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.transfer.running import LEAD, csv_of, imported

pytestmark = pytest.mark.django_db
HEADER = ["姓名", "手机", "来源"]
_ADOPTIONS = "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'sla.adopt'"


def test_an_import_opens_its_clocks_in_one_job(company, django_assert_max_num_queries):
    rows = [[f"客户{n}", f"138001380{n:02}", "展会"] for n in range(20)]
    job = imported(csv_of(HEADER, *rows), LEAD)
    assert job.created == 20
    assert not Clock.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(_ADOPTIONS)
        assert len(cursor.fetchall()) == 1
    ids = [each for batch in job.batches.all() for each in batch.created_ids]
    with django_assert_max_num_queries(80):
        opened = sla.adopt(record_type="lead", record_ids=ids)
    keys = set(Clock.objects.values_list("policy__key", flat=True))
    assert opened == Clock.objects.count() == 40
    assert keys == {"dormant_lead", "lead_stage_overstay"}
    assert sla.adopt(record_type="lead", record_ids=ids) == 0
