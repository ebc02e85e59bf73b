"""Mass messages to WeCom contacts: a task for the owner, sent once they have confirmed it."""

from datetime import UTC, datetime

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions as integrations
from closeloop.leads.identities import actions as identities
from closeloop.leads.identities.kinds import Known
from closeloop.notices.vendors.tokens import tokens
from closeloop.nurture import actions
from closeloop.nurture.models import How, Message
from closeloop.nurture.queries.paths import live_of
from tests.builders.records import make_lead
from tests.integrations.conftest import set_up as set_up_account
from tests.nurture.given import after, make_path, make_template, messages_of, send, wait, work
from tests.twins.accounts import furnish
from tests.twins.wecom_customers import NO_FRIEND, WeComCustomersTwin

pytestmark = pytest.mark.django_db
CONTACT = "wmqfasd1e19278asdasAAAA"


@pytest.fixture
def twin(company, clock):
    tokens.clear()
    with WeComCustomersTwin() as running:
        furnish("wecom", running)
        set_up_account("wecom", running)
        integrations.link_by_hand("wecom", company.seller.pk, external_id="zhangwei", actor=SYSTEM)
        running.contacts = {"zhangwei": {CONTACT}}
        yield running
    tokens.clear()


@pytest.fixture
def lead(company, twin):
    make_template("note", "wecom", body="{{name}}，我是{{owner}}")
    found = make_lead(company.seller, email=None)
    identities.remember(found, [Known("external_user", CONTACT)])
    make_path(send("note", "wecom", "note"), wait("pause"), on=("lead.changed",))
    return found


def begin(lead):
    actions.begin(live_of("path"), [lead], how=How.BY_HAND, actor=SYSTEM, checks_start=False)


def test_the_owner_is_asked_to_send_it_and_it_counts_once_they_have(lead, twin, clock):
    begin(lead)
    assert work() == 1
    ((message_id, task),) = twin.tasks.items()
    assert (task["sender"], task["external_userid"]) == ("zhangwei", [CONTACT])
    assert task["text"]["content"] == "孙主任，我是张伟"
    assert actions.ask_wecom(now=clock.now) == 0
    twin.confirm(message_id)
    assert actions.ask_wecom(now=clock.now) == 1
    kept = Message.objects.get(record_id=lead)
    assert (kept.state, kept.receipt["is_delivered"]) == ("sent", True)
    assert actions.ask_wecom(now=clock.now) == 0


def test_who_is_no_contact_any_more_is_told_apart(lead, twin, clock):
    begin(lead)
    work()
    twin.confirm(next(iter(twin.tasks)), NO_FRIEND)
    assert actions.ask_wecom(now=clock.now) == 1
    assert messages_of(lead) == [("note", "dead", "not_delivered")]


def test_a_stranger_to_the_owner_is_given_up(lead, twin, clock):
    twin.contacts = {}
    begin(lead)
    assert work() == 0
    assert messages_of(lead) == [("note", "dead", "no_recipient")]


def test_without_a_colleague_there_it_is_skipped(lead, twin, clock, company):
    integrations.unlink("wecom", company.seller.pk, actor=SYSTEM)
    begin(lead)
    assert work() == 0
    assert messages_of(lead) == [("note", "skipped", "no_sender")]


def test_nothing_leaves_at_night(lead, twin, clock):
    clock.tell(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    begin(lead)
    assert work() == 0
    assert after(clock, datetime(2026, 11, 24, 1, 0, tzinfo=UTC) - clock.now) == 1
