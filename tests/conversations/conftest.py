"""A company with one customer, its contact and a deal, and ways to bring conversations."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from closeloop.conversations import actions
from closeloop.conversations.actions import NewConversation
from closeloop.conversations.models import ConversationKind
from closeloop.recognition import set_up
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_contact, make_customer, make_deal

FIXTURES = Path(__file__).parent / "fixtures"
PHONE, MAIL = "13812345678", "chenlin@huakang.example.cn"


def fixture(name):
    return json.loads((FIXTURES / f"{name}.json").read_text())


@pytest.fixture(autouse=True)
def _afresh():
    set_up._held.clear()


@pytest.fixture
def customer(company):
    """苏州华康口腔医院 with 陈林 and one deal, the seller's."""
    pk = make_customer(company.seller, name="苏州华康口腔医院")
    contact = make_contact(company.seller, pk, name="陈林", phone=PHONE, email=MAIL)
    deal = make_deal(company.seller, name="华康彩超", customer=pk)
    return SimpleNamespace(pk=pk, contact=contact, deal=deal)


@pytest.fixture
def add(company):
    """Add minutes of the seller's, or another kind."""

    def adding(text="", *, kind=ConversationKind.MINUTES, upload=None, by=None, **more):
        new = NewConversation(kind=kind, at=more.pop("at", from_now()), text=text, **more)
        return actions.add(new, upload=upload, actor=actor_of(by or company.seller))

    return adding


def local(moment):
    return timezone.localtime(moment)
