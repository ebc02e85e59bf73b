"""The same follow-up sent by several at once is there once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from closeloop.activity.models import Entry
from closeloop.fieldwork import actions
from closeloop.fieldwork.models import FollowUp, Upload
from closeloop.fieldwork.reports import Report
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_customer
from tests.fieldwork.given import picture


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_and_two_overlapping_batches_make_each_follow_up_once(company):
    customers = [make_customer(company.seller, f"第{n}医院") for n in range(6)]
    at, actor = from_now(minutes=-5), actor_of(company.seller)
    reports = [
        Report(uuid.uuid4(), "call", "customer", each, at, text=f"需求{n}", ticks=("need",))
        for n, each in enumerate(customers)
    ]

    def one(_):
        with transaction.atomic():
            found = actions.record_one(reports[0], actor=actor)
        connection.close()
        return found.saved.id if found.saved else found.existing_id

    def batch(chosen):
        with transaction.atomic():
            found = actions.record_all(chosen, actor=actor, device_now=None)
        connection.close()
        return [each.result for each in found]

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1
        results = list(pool.map(batch, [reports[1:5], reports[3:6], reports[2:4]]))
    assert [result for some in results for result in some].count("saved") == 5
    assert FollowUp.objects.count() == 6
    assert Entry.objects.filter(verb="followup.recorded").count() == 6


@pytest.mark.django_db(transaction=True)
def test_the_same_photo_sent_by_several_at_once_is_there_once(company):
    client_id, actor = uuid.uuid4(), actor_of(company.seller)

    def send(_):
        file = SimpleUploadedFile("a.jpg", picture(1))
        with transaction.atomic():
            arrived = actions.upload(
                file, client_id=client_id, kind="photo", taken_at=None, actor=actor
            )
        connection.close()
        return arrived.upload.pk

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert Upload.objects.count() == 1
