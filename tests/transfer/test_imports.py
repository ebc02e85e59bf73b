from decimal import Decimal

import pytest

from closeloop.fields import queries as fields
from closeloop.org.access import NotAllowed
from closeloop.process.models import Instance, Visit
from closeloop.transfer import actions
from closeloop.transfer.errors import MappingInvalid, WrongState
from closeloop.transfer.models import Import, ImportState
from tests.builders.activity import entries, verbs
from tests.builders.company import make_company
from tests.builders.people import actor_of, make_user
from tests.transfer.running import (
    LEAD,
    csv_of,
    draft,
    error_rows,
    imported,
    nobody,
    rows_of,
    started,
    xlsx_of,
)

pytestmark = pytest.mark.django_db
HEADER = ["姓名", "手机", "来源"]


def codes(job: Import) -> dict[int, list[tuple[str, str]]]:
    return {
        refused["row"]: [(problem["field"], problem["code"]) for problem in refused["problems"]]
        for batch in job.batches.order_by("first_row")
        for refused in batch.refused
    }


@pytest.mark.parametrize("encode", [csv_of, lambda *rows: csv_of(*rows, encoding="gbk"), xlsx_of])
def test_rows_become_records_with_everything_that_a_form_makes(pack, encode):
    job = imported(encode(HEADER, ["张伟", "138 0013 8000", "展会"]), LEAD)
    assert (job.state, job.created, job.refused) == ("done", 1, 0)
    assert rows_of("lead", "name", "phone", "source", "stage", "version") == [
        ("张伟", "13800138000", "exhibition", "new", 1)
    ]
    record_id = rows_of("lead", "pk")[0][0]
    assert list(Visit.objects.values_list("record_id", "stage", "kind", "left_at")) == [
        (record_id, "new", "start", None)
    ]
    assert Instance.objects.get(pk=record_id).is_opening is False
    assert entries("lead.created") == [
        {
            "via": "import",
            "stage": "new",
            "import_id": job.pk,
            "row": 2,
            "derived": {"place": {"value": "北京市", "by": "phone"}},
        }
    ]


def test_every_refused_row_stands_in_the_error_file_with_its_reasons(pack):
    job = imported(
        csv_of(
            HEADER,
            ["张伟", "13800138000", "展会"],
            ["", "12", "展会"],
            ["李娜", "", "路边广告"],
        ),
        LEAD,
    )
    assert (job.created, job.refused) == (1, 2)
    assert codes(job) == {
        3: [("phone", "phone_invalid"), ("name", "required")],
        4: [("source", "choice_unknown")],
    }
    assert error_rows(job) == [
        ["姓名", "手机", "来源", "错误"],
        ["", "12", "展会", "手机: 电话号码不正确；姓名: 必填"],
        ["李娜", "", "路边广告", "来源: 「路边广告」不在选项中"],
    ]


def test_placeholders_are_data_until_they_are_told_to_be_empty(pack):
    table = csv_of(["姓名", "公司", "来源"], ["张伟", "NULL", "展会"])
    columns = {"姓名": "name", "公司": "company", "来源": "source"}
    imported(table, columns)
    imported(table, columns, empties=["NULL"])
    assert rows_of("lead", "company") == [("NULL",), (None,)]


def test_single_texts_may_be_told_what_they_mean(pack):
    columns = {**LEAD, "来源": {"target": "source", "values": {"网站": "website", "?": "other"}}}
    imported(csv_of(HEADER, ["张伟", "", "网站"], ["李娜", "", "?"]), columns)
    assert rows_of("lead", "source") == [("website",), ("other",)]


def test_unknown_choices_may_be_added(pack):
    columns = {**LEAD, "来源": {"target": "source", "unmatched": "add"}}
    rows = [["张伟", "", "Trade Fair"], ["李娜", "", "trade fair"], ["王芳", "", "路边广告"]]
    job = imported(csv_of(HEADER, *rows), columns)
    assert job.created == 3
    assert rows_of("lead", "source") == [("trade_fair",), ("trade_fair",), ("lbgg",)]
    names = {choice.key: choice.name for choice in fields.specs_of("lead")["source"].choices}
    assert names["lbgg"] == {"zh-CN": "路边广告", "en-US": "路边广告"}


def test_a_column_may_become_a_new_field(pack):
    new = {"key": "visits", "name": {"zh-CN": "访问次数"}, "type": "number"}
    job = imported(
        csv_of(["姓名", "来源", "Visits"], ["张伟", "展会", "1,200"], ["李娜", "展会", ""]),
        {"姓名": "name", "来源": "source", "Visits": {"new_field": new}},
    )
    assert job.created == 2
    assert fields.specs_of("lead")["visits"].type == "number"
    assert [row[0].get("visits") for row in rows_of("lead", "extra")] == ["1200", None]


def test_known_rows_are_refused_updated_or_both(pack):
    imported(csv_of(HEADER, ["张伟", "13800138000", "展会"]), LEAD)
    table = csv_of(
        HEADER,
        ["张大伟", "13800138000", ""],
        ["李娜", "13900139000", "官网"],
        ["李小娜", "13900139000", "官网"],
    )
    created = imported(table, LEAD, match_on=["phone"])
    assert codes(created) == {2: [("phone", "exists_already")], 4: [("phone", "repeats_row")]}
    assert created.created == 1
    updated = imported(table, LEAD, match_on=["phone"], policy="update")
    assert (updated.updated, updated.unchanged, updated.refused) == (2, 1, 0)
    assert rows_of("lead", "name", "source") == [("张大伟", "exhibition"), ("李小娜", "website")]
    both = imported(
        csv_of(HEADER, ["张伟", "13800138000", ""], ["王芳", "13700137000", "官网"]),
        LEAD,
        match_on=["phone"],
        policy="both",
    )
    assert (both.updated, both.created) == (1, 1)


def test_an_update_changes_nothing_where_the_cell_is_empty_or_the_same(pack):
    imported(csv_of(HEADER, ["张伟", "13800138000", "展会"]), LEAD)
    job = imported(
        csv_of(HEADER, ["张伟", "13800138000", ""]), LEAD, match_on=["phone"], policy="update"
    )
    assert (job.updated, job.unchanged) == (0, 1)
    assert rows_of("lead", "version", "source") == [(1, "exhibition")]


def test_references_are_found_by_name_and_made_where_that_is_wished(pack):
    table = csv_of(
        ["商机", "客户", "金额"], ["监护仪", "协和医院", "12万"], ["超声", "协和医院", "3"]
    )
    columns = {"商机": "name", "客户": "customer", "金额": "amount"}
    refused = imported(table, columns, record_type="deal")
    assert codes(refused) == {
        2: [("customer", "reference_unknown_title")],
        3: [("customer", "reference_unknown_title")],
    }
    columns["客户"] = {"target": "customer", "create_missing": {"industry": "other"}}
    made = imported(table, columns, record_type="deal")
    assert (made.created, made.made_beside) == (2, 1)
    assert rows_of("customer", "name", "industry") == [("协和医院", "other")]
    assert rows_of("deal", "customer__name", "amount", "currency") == [
        ("协和医院", Decimal("120000.00"), "CNY"),
        ("协和医院", Decimal("3.00"), "CNY"),
    ]


def test_a_reference_that_cannot_be_made_says_why(pack):
    columns = {"商机": "name", "客户": {"target": "customer", "create_missing": {}}}
    job = imported(csv_of(["商机", "客户"], ["监护仪", "协和医院"]), columns, record_type="deal")
    assert error_rows(job)[1][2] == "客户: 无法创建“协和医院”：industry required"
    assert rows_of("customer", "pk") == []


def test_rows_may_name_one_another_in_any_order(pack):
    table = csv_of(["名称", "上级"], ["子公司", "集团"], ["集团", ""], ["自己", "自己"])
    job = imported(
        table,
        {"名称": "name", "上级": "parent"},
        record_type="customer",
        constants={"industry": "other"},
    )
    assert (job.created, codes(job)) == (2, {4: [("parent", "reference_to_itself")]})
    assert rows_of("customer", "name", "parent__name") == [("子公司", "集团"), ("集团", None)]


def test_one_person_may_be_chosen_for_every_row():
    company = make_company()
    table = csv_of(["姓名", "来源"], ["客户甲", "展会"])
    columns = {"姓名": "name", "来源": "source"}
    owner = {"@owner": company.stranger.pk}
    imported(table, columns, constants=owner, actor=actor_of(company.ops))
    assert rows_of("lead", "name", "owner_id", "unit_id") == [
        ("客户甲", company.stranger.pk, company.teams[2].pk)
    ]


def test_owners_are_found_by_name_and_bring_their_unit():
    company = make_company()
    make_user("重名", role="salesperson", unit=company.teams[0])
    make_user("重名", role="salesperson", unit=company.teams[1])
    table = csv_of(
        ["姓名", "来源", "负责人"],
        ["客户甲", "展会", "赵强"],
        ["客户乙", "展会", "重名"],
        ["客户丙", "展会", "查无此人"],
    )
    columns = {"姓名": "name", "来源": "source", "负责人": "@owner"}
    job = imported(table, columns, actor=actor_of(company.ops))
    assert rows_of("lead", "name", "owner_id", "unit_id") == [
        ("客户甲", company.stranger.pk, company.teams[2].pk)
    ]
    assert codes(job) == {
        3: [("@owner", "name_ambiguous")],
        4: [("@owner", "person_unknown_name")],
    }


def test_nobody_imports_for_people_outside_their_reach():
    company = make_company()
    table = csv_of(["姓名", "来源", "负责人"], ["甲", "展会", "赵强"], ["乙", "展会", "张伟"])
    columns = {"姓名": "name", "来源": "source", "负责人": "@owner"}
    job = imported(table, columns, actor=actor_of(company.manager))
    assert codes(job) == {2: [("@owner", "owner_outside_reach")]}
    assert rows_of("lead", "owner_id") == [(company.seller.pk,)]


def test_a_mapping_is_refused_as_a_whole_with_every_problem(pack):
    job = draft(csv_of(HEADER, ["a", "b", "c"]), {"姓名": "nickname", "电话": "phone"})
    with pytest.raises(MappingInvalid) as refused:
        actions.start(job, actor=pack, defer=nobody)
    assert [(each["field"], each["code"]) for each in refused.value.data["errors"]] == [
        ("姓名", "target_unknown"),
        ("电话", "column_unknown"),
        ("name", "required_not_given"),
        ("source", "required_not_given"),
    ]
    assert Import.objects.get(pk=job.pk).state == ImportState.DRAFT


def test_only_administrators_of_fields_add_fields_and_choices():
    company = make_company()
    actor = actor_of(company.manager)
    columns = {**LEAD, "来源": {"target": "source", "unmatched": "add"}}
    job = draft(csv_of(HEADER, ["张伟", "", "新来源"]), columns, actor=actor)
    with pytest.raises(NotAllowed):
        actions.start(job, actor=actor, defer=nobody)
    assert "import.started" not in verbs()


def test_the_plan_is_remembered_for_the_same_columns(pack):
    columns = {**LEAD, "来源": {"target": "source", "values": {"网站": "website"}}}
    imported(csv_of(HEADER, ["张伟", "", "网站"]), columns, match_on=["phone"])
    again = started(csv_of(HEADER, ["李娜", "", "网站"]), columns)
    proposed = draft(csv_of(["来源", "手机", "姓名"], ["网站", "", "王芳"]), columns)
    assert again.match_on == ["phone"]
    assert proposed.match_on == ["phone"]


def test_a_draft_runs_once(pack):
    job = started(csv_of(HEADER, ["张伟", "", "展会"]), LEAD)
    with pytest.raises(WrongState):
        actions.start(job, actor=pack, defer=nobody)
