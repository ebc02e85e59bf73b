"""The timeout brief counts what was waited as its policy counts what is allowed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from closeloop.documents.models import Document
from closeloop.sla import actions as sla
from tests.builders.approvals import agree, approve, make_flow, open_case, persons
from tests.builders.people import make_user
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """Friday the 13th of March 2026, three in the afternoon."""
    told = ToldClock(monkeypatch)
    told.tell(datetime(2026, 3, 13, 15, tzinfo=SHANGHAI))
    return told


def test_over_a_weekend_only_working_time_counts_against_the_working_limit(company, time):
    make_user("林BP", role="sales_bp", unit=company.head_office)
    flow = make_flow(
        approve("first", persons(company.manager), policy="contract_approval"),
        approve("second", persons(company.director), policy="contract_approval"),
    )
    case = open_case(flow, company.seller, title="年度框架")
    time.tell(datetime(2026, 3, 13, 16, tzinfo=SHANGHAI))
    agree(case, company.manager)
    time.tell(datetime(2026, 3, 16, 16, 30, tzinfo=SHANGHAI))
    sla.sweep()
    content = Document.objects.get(kind="timeout_brief").content
    figures, _summary, nodes, chart = content["blocks"][:4]
    assert [each["value"]["zh-CN"] for each in figures["items"][:2]] == ["8 小时 30 分", "30 分钟"]
    assert [[cell["zh-CN"] for cell in row[3:]] for row in nodes["rows"]] == [
        ["1 小时", "8 小时"],
        ["8 小时 30 分", "8 小时"],
    ]
    assert [(bar["value"], bar["limit"]) for bar in chart["items"]] == [(1.0, 8.0), (8.5, 8.0)]
