"""A company whose seller has one customer with a contact, and the sources to check phones by."""

import io
from types import SimpleNamespace

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions as integrations
from closeloop.integrations.models import PersonLink
from closeloop.notices.vendors.tokens import tokens
from closeloop.phonecheck import actions, set_up
from closeloop.phonecheck.models import Check
from closeloop.phonecheck.set_up import Ways
from tests.builders.asking import client_as
from tests.builders.records import make_contact, make_customer
from tests.twins.accounts import settings_for
from tests.twins.loopback import Twin
from tests.twins.wecom_customers import WeComCustomersTwin

PHONE, OTHER = "13812345678", "13900001111"
HOSPITAL, CODE = "苏州华康口腔医院", "91320500MA1MABCD1P"


@pytest.fixture(autouse=True)
def _afresh():
    set_up._held.clear()
    tokens.clear()


@pytest.fixture
def customer(company):
    pk = make_customer(company.seller, name=HOSPITAL)
    contact = make_contact(company.seller, pk, name="陈林", phone=PHONE)
    return SimpleNamespace(pk=pk, contact=contact)


@pytest.fixture
def wecom(company):
    """The company's WeCom, in which the seller and somebody of the other region are known."""
    with WeComCustomersTwin() as twin:
        integrations.change_account(
            "wecom",
            is_on=True,
            signs_in=False,
            settings=settings_for("wecom", twin.url),
            actor=SYSTEM,
        )
        for name, person in (("zhangsan", company.seller), ("zhaoqiang", company.stranger)):
            PersonLink.objects.create(
                provider="wecom", external_id=name, person=person, source="hand"
            )
        yield twin


class RegistryTwin(Twin):
    """天眼查 as it is documented. `companies` by name; `code` is what it answers instead."""

    routes = {"GET /services/open/ic/baseinfoV2/2.0": "tell"}

    def __init__(self):
        super().__init__()
        self.companies, self.code = {}, 0

    def tell(self, asked):
        if asked.headers.get("authorization") != "geheim":
            return {"result": None, "reason": "无权限", "error_code": 300005}
        if self.code:
            return {"result": None, "reason": "访问频率过快", "error_code": self.code}
        found = self.companies.get(asked.query["keyword"])
        if found is None:
            return {"result": None, "reason": "经查无结果", "error_code": 300000}
        return {"result": found, "reason": "ok", "error_code": 0}


@pytest.fixture
def registry():
    with RegistryTwin() as twin:
        yield twin


def use(*, wecom=False, registry=False, key=None, **more):
    """Switch sources on."""
    wanted = Ways(uses_wecom=wecom, uses_registry=registry, **more)
    actions.set_up_sources(wanted, key=key, actor=SYSTEM)


def register(*lines, encoding="utf-8"):
    """Take an export of the registry."""
    table = "\n".join(("企业名称,统一社会信用代码,电话,更多电话,法定代表人,法人电话", *lines))
    return actions.keep_companies(io.BytesIO(table.encode(encoding)), actor=SYSTEM)


def said(contact, source="registry"):
    """A source's verdict and reason, as they are kept."""
    row = Check.objects.filter(contact_id=contact).first()
    return (row.said[source]["verdict"], row.said[source]["reason"]) if row else None


def shown(user, contact):
    return client_as(user).get(f"/contacts/{contact}/phone-check").json()


def listed(user, state="open"):
    return [
        each["contact"]["id"]
        for each in client_as(user).get("/phone-checks", state=state).json()["items"]
    ]
