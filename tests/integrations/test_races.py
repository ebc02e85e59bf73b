"""Two administrators, two browsers, one message sent twice: at the same instant, one effect."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from closeloop.edge import envelopes, work
from closeloop.identity.models import User
from closeloop.integrations.models import PersonLink, Received
from closeloop.org import actions as org
from closeloop.org.models import Unit
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import make_unit, make_user
from tests.integrations.conftest import set_up
from tests.races.together import loser, statuses, together
from tests.twins.accounts import furnish
from tests.twins.wecom import CORP_ID, WeComTwin

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOKEN, KEY = "t" * 20, "k" * 43
ROUNDS = 6


@pytest.fixture
def twin(transactional_db):
    with WeComTwin() as running:
        furnish("wecom", running)
        with work.one_transaction():
            org.install_roles()
            more = {"callback_token": TOKEN, "callback_key": KEY, "new_role": "salesperson"}
            set_up("wecom", running, **more)
        yield running


@pytest.fixture
def admin(twin):
    with work.one_transaction():
        return make_user("管理员", role="administrator", unit=make_unit("总部"))


def test_a_difference_that_two_apply_is_applied_once(admin):
    desks = [client_as(admin), client_as(admin)]
    path = "/integrations/wecom/sync"
    sync = desks[0].post(path).json()
    with together() as threads:
        answers = threads.do(
            *[lambda desk=desk: desk.post(f"{path}/{sync['id']}/apply", {}) for desk in desks]
        )
    assert statuses(answers) == [200, 409]
    assert loser(answers)["code"] == "sync_done"
    assert User.objects.filter(name="张伟").count() == 1
    assert Unit.objects.filter(name="一组").count() == 1


def test_a_message_that_comes_twice_at_once_takes_effect_once(twin, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    with together() as threads:
        for number in range(ROUNDS):
            query, body = message(number)
            answers = threads.do(*[lambda q=query, b=body: post(q, b)] * 2)
            assert statuses(answers) == [200, 200]
    assert Received.objects.count() == ROUNDS
    assert verbs().count("integration.sync_due") == 1


def test_one_id_is_given_to_one_person(admin):
    with work.one_transaction():
        people = [make_user("甲"), make_user("乙")]
    with together() as threads:
        answers = threads.do(
            *[
                lambda user=user: client_as(admin).put(
                    f"/integrations/wecom/people/{user.pk}", {"external_id": "x1"}
                )
                for user in people
            ]
        )
    assert statuses(answers) == [204, 409]
    assert PersonLink.objects.count() == 1


def message(number):
    text = (
        f"<xml><CreateTime>{number}</CreateTime><MsgType>event</MsgType>"
        "<Event>change_contact</Event><ChangeType>update_user</ChangeType></xml>"
    )
    sealed = envelopes.seal_shared(text, KEY, receiver=CORP_ID)
    stamp = str(int(AT.timestamp()))
    signed = envelopes.signature(TOKEN, stamp, "n", sealed)
    query = f"msg_signature={signed}&timestamp={stamp}&nonce=n"
    return query, f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"


def post(query, body):
    return Client().post(f"/api/callbacks/wecom?{query}", body, content_type="text/xml")
