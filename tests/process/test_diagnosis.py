"""Why a record stands still: what the risk-diagnosis report finds, and how it says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.documents import content, paper
from closeloop.documents.actions import write_document
from closeloop.identity.actor import SYSTEM
from closeloop.process import diagnosis
from closeloop.process.documents import report
from closeloop.process.errors import NoProcess
from closeloop.process.models import Visit
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.records.types import registry
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_customer, make_deal
from tests.documents.test_briefs import halves

pytestmark = pytest.mark.django_db
STAGES = ("first_contact", "first_talk", "needs_confirmed")


def stayed(record_id, *days):
    """The record's stays: so many days in each of the first stages, the last one still open."""
    at = timezone.localtime() - timedelta(days=sum(days))
    Visit.objects.filter(record_id=record_id).delete()
    for number, (stage, long) in enumerate(zip(STAGES, days, strict=False)):
        left = at + timedelta(days=long)
        is_last = number == len(days) - 1
        Visit.objects.create(
            record_id=record_id,
            stage=stage,
            kind="forward" if number else "start",
            entered_at=at,
            left_at=None if is_last else left,
        )
        at = left


def test_two_stages_in_a_row_over_fourteen_days_are_found(company):
    deal = make_deal(company.seller)
    stayed(deal, 15, 20)
    found = diagnosis.diagnose(deal)
    assert [stay.stage for stay in found.overstayed] == ["first_contact", "first_talk"]
    stayed(deal, 15, 3)
    assert diagnosis.diagnose(deal).overstayed == []
    assert diagnosis.diagnose(deal, longest_s=2 * 86400).overstayed != []


def test_waiting_for_the_world_outside_does_not_count(company):
    deal = make_deal(company.seller)
    stayed(deal, 15, 20)
    told(deal, "process.waiting_started", days_ago=18)
    told(deal, "process.waiting_ended", days_ago=10)
    told(deal, "process.waiting_started", days_ago=2)
    found = diagnosis.diagnose(deal)
    assert [round(stay.waited_s / 86400, 3) for stay in found.stays] == [0, 10]
    assert found.overstayed == []


def told(record_id, verb, *, days_ago):
    """Record that something happened some days ago."""
    at = timezone.localtime() - timedelta(days=days_ago)
    happening = Happening(verb=verb, record_id=record_id, record_type="deal", at=at)
    activity.record(happening, actor=SYSTEM)


def test_what_the_next_move_lacks_and_who_was_stopped_are_told(company):
    deal = make_deal(company.seller)
    for _ in range(3):
        answer = client_as(company.seller).post(
            f"/records/deal/{deal}/move", {"to_stage": "first_talk"}
        )
        assert answer.status_code == 423
    found = diagnosis.diagnose(deal)
    assert len(found.lacking) == len(answer.json()["missing"])
    assert [(each.by, each.missing) for each in found.attempts] == [
        ("张伟", len(found.lacking))
    ] * 3
    said = content.as_data(report(found))
    advice = " ".join(each["zh-CN"] for each in said["blocks"][-1]["paragraphs"])
    assert "申请例外放行" in advice
    assert "决策链" in advice


def test_silence_is_red_and_asks_for_a_call(company):
    deal = make_deal(company.seller)
    registry.get("deal").model.objects.filter(pk=deal).update(
        last_activity_at=timezone.localtime() - timedelta(days=9)
    )
    said = content.as_data(report(diagnosis.diagnose(deal)))
    silent = said["blocks"][0]["items"][1]
    assert (silent["value"]["zh-CN"], silent["tone"]) == ("9 天", "bad")
    assert "48 小时内约到客户并写下纪要。" in [
        each["zh-CN"] for each in said["blocks"][-1]["paragraphs"]
    ]


def test_a_comment_counts_as_communication(company):
    deal = make_deal(company.seller)
    assert diagnosis.diagnose(deal).said_lately == 0
    records.comment(
        Record.objects.get(pk=deal), text="已约周五", mentions=[], actor=actor_of(company.seller)
    )
    assert diagnosis.diagnose(deal).said_lately == 1


def test_the_report_is_whole_in_both_languages_and_on_paper(company):
    deal = make_deal(company.seller)
    stayed(deal, 15, 20, 3)
    document = write_document(
        "risk_diagnosis", {"days": 14}, record_id=deal, record_type="deal", actor=SYSTEM
    )
    assert halves(document.content) == []
    assert paper.pdf_of(document, language="en-US").startswith(b"%PDF-")
    kinds = [block["kind"] for block in document.content["blocks"]]
    assert kinds == ["figures", "text", "bars", "table", "table", "timeline", "text"]


def test_no_value_of_a_field_stands_in_the_report(company):
    deal = make_deal(company.seller, name="样例商机", amount="1357911.13")
    document = write_document(
        "risk_diagnosis", {}, record_id=deal, record_type="deal", actor=SYSTEM
    )
    assert "1357911" not in str(document.content)


def test_what_has_no_stages_cannot_be_diagnosed(company):
    with pytest.raises(NoProcess):
        diagnosis.diagnose(make_customer(company.seller))
