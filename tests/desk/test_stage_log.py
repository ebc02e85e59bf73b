"""The log of stage changes as a file: who, when, why, from where to where."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.builders.records import advance, make_deal, open_lock

pytestmark = pytest.mark.django_db


def lines(response) -> list[list]:
    assert response.status_code == 200
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        .get_sheet_by_index(0)
        .to_python()
    )


@pytest.fixture
def reader(company):
    return client_as(make_user("冯管理", role="administrator", unit=company.head_office))


@pytest.fixture
def deal(company) -> int:
    """A deal that went on, came back for a reason, and was lost."""
    deal = make_deal(company.seller, "监护仪采购")
    open_lock("deal", deal, "first_talk")
    asker = client_as(company.seller)
    for move in (
        {"to_stage": "first_talk"},
        {"to_stage": "first_contact", "reason": "=找错人了"},
        {"to_stage": "lost", "outcome_reason": "price"},
    ):
        assert asker.post(f"/records/deal/{deal}/move", move).status_code == 200
    return deal


def test_every_change_with_its_reason_and_only_the_steps_back(reader, deal):
    head, *rows = lines(reader.get("/audit/stage-changes", record_type="deal"))
    assert head[:8] == ["时间", "记录类型", "记录", "动作", "原阶段", "新阶段", "操作人", "原因"]
    told = [row[3:8] for row in rows]
    assert told == [
        ["推进", "初步接触", "初次沟通", "张伟", ""],
        ["倒退", "初次沟通", "初步接触", "张伟", "=找错人了"],
        ["关闭", "初步接触", "输单", "张伟", "价格过高"],
    ]
    _head, *back = lines(reader.get("/audit/stage-changes", moves="back"))
    assert [row[2:7] for row in back] == [["监护仪采购", "倒退", "初次沟通", "初步接触", "张伟"]]


def test_a_period_holds_what_happened_in_it(reader, deal):
    found = lines(reader.get("/audit/stage-changes", **{"from": "2020-01-01", "to": "2020-12-31"}))
    assert len(found) == 1


def test_too_long_a_log_is_refused(reader, company, monkeypatch):
    monkeypatch.setattr("closeloop.desk.stage_log.MOST_ROWS", 1)
    deal = make_deal(company.seller, "监护仪采购")
    advance("deal", deal, "first_talk", "needs_confirmed")
    answer = reader.get("/audit/stage-changes")
    assert (answer.status_code, answer.json()["code"]) == (413, "stage_log_too_long")
