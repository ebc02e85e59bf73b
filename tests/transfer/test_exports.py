import csv
import io
from typing import Any

import pytest
import python_calamine
from django.core.files.storage import default_storage

from closeloop.desk import actions as desk
from closeloop.desk.errors import FilterInvalid
from closeloop.desk.listing import Ask
from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org.access import NotAllowed
from closeloop.transfer import actions
from closeloop.transfer.errors import ExportColumnsInvalid
from closeloop.transfer.models import Export
from tests.builders.activity import entries
from tests.builders.company import Company, make_company
from tests.builders.kept import kept
from tests.builders.people import actor_of, shipped_role
from tests.transfer.running import imported, nobody

pytestmark = pytest.mark.django_db
HEADER = ["联系人姓名", "手机", "来源渠道", "阶段", "负责人"]
COLUMNS = ["name", "phone", "source", "stage", "owner"]


@pytest.fixture
def company() -> Company:
    made = kept(make_company)
    for name, phone, owner in [
        ("=HYPERLINK(1)", "13800138000", made.seller),
        ("李四", "13900139000", made.stranger),
    ]:
        desk.create_record(
            "lead",
            {"name": name, "phone": phone, "source": "exhibition"},
            actor=SYSTEM,
            owner_id=owner.pk,
        )
    return made


def exported(actor: Actor, *, form: str = "csv", **options: Any) -> Export:
    ask = Ask(filter=options.pop("filter", None))
    export = actions.create_export(
        "lead",
        form=form,
        columns=options.pop("columns", COLUMNS),
        ask=ask,
        actor=actor,
        defer=nobody,
    )
    return actions.write_export(export.pk, actor=actor)


def rows_of(export: Export) -> list[list[str]]:
    content = default_storage.open(export.stored_as).read()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_list_is_written_with_names_and_no_cell_that_a_spreadsheet_runs(company):
    export = exported(actor_of(company.ops))
    assert (export.state, export.rows_done) == ("done", 2)
    assert rows_of(export) == [
        HEADER,
        ["'=HYPERLINK(1)", "13800138000", "展会", "新线索", "张伟"],
        ["李四", "13900139000", "展会", "新线索", "赵强"],
    ]


def test_a_workbook_holds_texts_and_no_formulas(company):
    export = exported(actor_of(company.ops), form="xlsx")
    content = io.BytesIO(default_storage.open(export.stored_as).read())
    sheet = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    assert sheet.to_python()[1][:2] == ["=HYPERLINK(1)", "13800138000"]


def test_only_rows_within_the_reach_of_the_export_are_written(company):
    names = [row[0] for row in rows_of(exported(actor_of(company.manager)))]
    assert names == ["联系人姓名", "'=HYPERLINK(1)"]


def test_who_may_not_export_gets_nothing(company):
    with pytest.raises(NotAllowed):
        exported(actor_of(company.seller))
    assert Export.objects.count() == 0
    assert entries("export.started") == []


def test_masked_fields_stay_masked_and_hidden_ones_are_not_there(company):
    role = shipped_role("sales_ops")
    fields.limit_field("lead", "phone", role=role, access="masked", actor=SYSTEM)
    fields.limit_field("lead", "source", role=role, access="hidden", actor=SYSTEM)
    actor = actor_of(company.ops)
    written = rows_of(exported(actor, columns=["name", "phone"]))
    assert written[2] == ["李四", "139****9000"]
    with pytest.raises(ExportColumnsInvalid):
        exported(actor, columns=["name", "source"])
    assert "来源渠道" not in rows_of(exported(actor, columns=None))[0]
    with pytest.raises(FilterInvalid):
        exported(actor, filter=rule("source", "exhibition"))


def test_a_filter_limits_the_rows_and_is_recorded(company):
    export = exported(actor_of(company.ops), filter=rule("phone", "13900139000"))
    assert [row[0] for row in rows_of(export)[1:]] == ["李四"]
    told = entries("export.finished")[0]
    assert (told["rows"], told["columns"], told["format"]) == (1, COLUMNS, "csv")
    assert told["filter"]["filter"] == rule("phone", "13900139000")


def test_an_export_can_be_imported_again(company):
    export = exported(actor_of(company.ops), columns=["name", "phone", "source"])
    content = default_storage.open(export.stored_as).read()
    columns = {"联系人姓名": "name", "手机": "phone", "来源渠道": "source"}
    job = imported(content, columns, match_on=["phone"], policy="update")
    assert (job.unchanged, job.updated, job.refused) == (2, 0, 0)


def test_old_exports_are_cleared_away_with_their_files(company, stored):
    export = exported(actor_of(company.ops))
    assert actions.clear_exports(before=export.created_at) == 0
    assert actions.clear_exports(before=export.finished_at) == 1
    assert [path for path in stored.rglob("*") if path.is_file()] == []


def test_nothing_to_export_still_has_a_header(company):
    table = exported(actor_of(company.ops), filter=rule("name", "nobody"))
    assert rows_of(table) == [HEADER]


def rule(field: str, value: str) -> dict[str, Any]:
    return {
        "combinator": "and",
        "rules": [{"field": field, "operator": "=", "value": value}],
    }
