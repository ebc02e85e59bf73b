"""Lines of a form that name a record or a person say what it is called, where one may know."""

import pytest

from tests.builders.approvals import approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.people import make_role, make_user
from tests.builders.records import make_deal, make_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def blind(company):
    """An approver who reads no products."""
    role = make_role({("deal", "read"): "all"})
    return make_user("盲审", role=role, unit=company.head_office)


@pytest.fixture
def case(company, blind):
    """A case about a deal of an analyser; both managers are asked."""
    flow = make_flow(
        approve("first", persons(company.manager, blind), mode="all"),
        record_type="deal",
        form=[{"key": "product", "field": "product"}, {"key": "amount", "field": "amount"}],
    )
    values = {"name": "化学发光分析仪", "code": "A1"}
    product = make_record("product", values, owner=company.ops)
    deal = make_deal(company.seller, product=product, amount="980000")
    return open_case(flow, company.seller, record_id=deal, record_type="deal")


def line_of(page, part):
    return next(row for row in page[part] if row["key"] == "product")


def test_a_product_is_called_by_its_name_in_the_case_and_on_its_card(company, case):
    manager = client_as(company.manager)
    named = {"zh-CN": "化学发光分析仪", "en-US": "化学发光分析仪"}
    page = manager.get(f"/approvals/{case.pk}").json()
    assert (line_of(page, "form")["label"], line_of(page, "summary")["label"]) == (named, named)
    (card,) = manager.get("/approvals").json()["items"]
    assert line_of(card, "summary")["label"] == named


def test_who_may_not_read_products_does_not_learn_its_name(case, blind):
    page = client_as(blind).get(f"/approvals/{case.pk}").json()
    assert "化学发光" not in str(page)
