from datetime import UTC, datetime

import pytest

from closeloop.org.access import NotAllowed
from closeloop.process import blueprints, openings
from closeloop.process.models import Instance, Visit
from closeloop.records.types import registry
from closeloop.transfer import actions
from tests.builders.activity import entries, verbs
from tests.builders.company import make_company
from tests.builders.people import actor_of
from tests.transfer.running import csv_of, draft, error_rows, imported, nobody, rows_of

pytestmark = pytest.mark.django_db
TABLE = csv_of(
    ["商机", "客户", "阶段", "进入时间", "输单原因"],
    ["监护仪", "协和医院", "报价谈判", "2026-10-01 09:00", ""],
    ["超声", "协和医院", "初步接触", "", ""],
    ["呼吸机", "协和医院", "输单", "2026-09-01", "price"],
)
COLUMNS = {
    "商机": "name",
    "客户": {"target": "customer", "create_missing": {"industry": "other"}},
    "阶段": "@stage",
    "进入时间": "@entered_at",
    "输单原因": "@outcome_reason",
}


def test_history_enters_its_stage_marked_and_with_what_it_lacks(pack):
    job = imported(TABLE, COLUMNS, record_type="deal", opening=True)
    assert (job.created, job.opened, job.refused) == (3, 2, 0)
    assert rows_of("deal", "name", "stage", "is_opening") == [
        ("监护仪", "quotation", True),
        ("超声", "first_contact", False),
        ("呼吸机", "lost", True),
    ]
    quotation, _, lost = Instance.objects.order_by("pk")
    assert quotation.entered_at == datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
    kinds = {item["kind"] for item in quotation.opening_missing}
    assert kinds == {"field", "document", "checklist", "roles"}
    assert lost.outcome_reason == "price"
    assert list(Visit.objects.order_by("pk").values_list("stage", "kind")) == [
        ("quotation", "opening"),
        ("first_contact", "start"),
        ("lost", "opening"),
    ]
    assert [entry["to"] for entry in entries("deal.opening_entered")] == ["quotation", "lost"]


def test_an_opening_entry_lacks_exactly_what_a_stored_one_would(pack):
    imported(TABLE, COLUMNS, record_type="deal", opening=True)
    record_id = rows_of("deal", "pk")[0][0]
    version = blueprints.current_of("deal")
    stored = openings.missing_of_record(
        registry.get("deal"), record_id, version=version, stage="quotation"
    )
    listed = Instance.objects.get(pk=record_id).opening_missing
    assert [item["item_key"] for item in listed] == [item["item_key"] for item in stored]


def test_without_opening_a_row_of_a_later_stage_is_refused_and_others_pass(pack):
    columns = {key: COLUMNS[key] for key in ("商机", "客户", "阶段")}
    job = imported(TABLE, columns, record_type="deal")
    assert (job.created, job.refused) == (1, 2)
    said = "新记录从第一个阶段开始；历史数据请勾选“期初导入”（需要权限）"
    assert [row[-1] for row in error_rows(job)[1:]] == [f"阶段: {said}"] * 2
    assert rows_of("deal", "stage", "is_opening") == [("first_contact", False)]


def test_moments_and_outcomes_of_the_past_go_with_openings_only(pack):
    job = imported(TABLE, COLUMNS, record_type="deal")
    assert rows_of("deal", "name") == [("超声",)]
    assert job.refused == 2


def test_openings_need_their_permission():
    company = make_company()
    actor = actor_of(company.manager)
    with pytest.raises(NotAllowed):
        draft(TABLE, COLUMNS, record_type="deal", actor=actor, opening=True)
    job = draft(TABLE, COLUMNS, record_type="deal", actor=actor)
    job.is_opening = True
    job.save()
    with pytest.raises(NotAllowed):
        actions.start(job, actor=actor, defer=nobody)
    assert rows_of("deal", "pk") == []


def test_a_stage_in_an_update_meets_the_same_lock_as_any_move(pack):
    first = csv_of(["商机", "客户", "阶段"], ["监护仪", "协和医院", ""])
    columns = {key: COLUMNS[key] for key in ("商机", "客户", "阶段")}
    imported(first, columns, record_type="deal")
    changed = csv_of(["商机", "客户", "阶段", "来源"], ["监护仪", "协和医院", "初次沟通", "展会"])
    job = imported(
        changed,
        {**columns, "来源": "source"},
        record_type="deal",
        policy="update",
        match_on=["name"],
    )
    assert (job.updated, job.refused) == (0, 1)
    assert rows_of("deal", "stage", "source", "version") == [("first_contact", None, 1)]
    blocked = entries("process.move_blocked")
    assert [(each["to"], each["via"]) for each in blocked] == [("first_talk", "import")]
    assert len(blocked[0]["missing"]) == 2
    assert "deal.changed" not in verbs()
    assert error_rows(job)[1][-1].startswith("阶段: ")
