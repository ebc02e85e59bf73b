"""Messages from providers: signed, encrypted, recent, and taking effect once."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from closeloop.edge import envelopes
from closeloop.integrations.models import Account, Received
from tests.builders.activity import entries
from tests.builders.database import snapshot
from tests.integrations.conftest import set_up
from tests.twins import dingtalk, wecom

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOKEN = "callback-token"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
RECEIVER = {"wecom": wecom.CORP_ID, "dingtalk": dingtalk.CLIENT_ID}
EVENTS = {
    "wecom": "<xml><ToUserName>ww</ToUserName><FromUserName>sys</FromUserName>"
    "<CreateTime>1403610513</CreateTime><MsgType>event</MsgType><Event>change_contact</Event>"
    "<ChangeType>update_user</ChangeType><UserID>zhangsan</UserID></xml>",
    "dingtalk": json.dumps({"EventType": "user_modify_org", "TimeStamp": "1", "UserId": ["z"]}),
    "feishu": json.dumps(
        {
            "schema": "2.0",
            "header": {"event_id": "e1", "event_type": "contact.user.updated_v3", "token": TOKEN},
            "event": {},
        }
    ),
}
OTHERS = {
    "wecom": EVENTS["wecom"].replace("change_contact", "enter_agent").replace("update_user", ""),
    "dingtalk": json.dumps({"EventType": "bpms_task_change"}),
    "feishu": EVENTS["feishu"].replace("contact.user.updated_v3", "im.message.receive_v1"),
}


@pytest.fixture(autouse=True)
def _at_a_moment(db, monkeypatch):
    """Let it be Monday morning, with nothing noted about anybody."""
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def listening(provider, account, twin):
    """The account with token and key, as an administrator copied them from the provider."""
    set_up(provider, twin, callback_token=TOKEN, callback_key=KEY)
    return provider


def now_s(offset_s=0):
    return int(AT.timestamp()) + offset_s


def message(provider, text, *, at_s=None, nonce="n1", token=TOKEN, key=KEY):
    """A message as the provider sends it: query, body, headers."""
    stamp = str(now_s() if at_s is None else at_s)
    if provider == "feishu":
        body = json.dumps({"encrypt": envelopes.seal_feishu(text, key)}).encode()
        headers = {
            "X-Lark-Request-Timestamp": stamp,
            "X-Lark-Request-Nonce": nonce,
            "X-Lark-Signature": envelopes.feishu_signature(stamp, nonce, key, body),
        }
        return {}, body, headers
    sealed = envelopes.seal_shared(text, key, receiver=RECEIVER[provider])
    signed = envelopes.signature(token, stamp, nonce, sealed)
    query = {"msg_signature": signed, "timestamp": stamp, "nonce": nonce}
    bodies = {
        "wecom": f"<xml><ToUserName><![CDATA[ww]]></ToUserName>"
        f"<Encrypt><![CDATA[{sealed}]]></Encrypt><AgentID><![CDATA[1]]></AgentID></xml>",
        "dingtalk": json.dumps({"encrypt": sealed}),
    }
    return query, bodies[provider].encode(), {}


def post(provider, query, body, headers):
    """Without a session, a CSRF token or an idempotency key, as outsiders do."""
    kind = "text/xml" if provider == "wecom" else "application/json"
    browser = Client(enforce_csrf_checks=True)
    address = f"/api/callbacks/{provider}?{urlencode(query)}"
    return browser.post(address, body, content_type=kind, headers=headers)


def due_since(provider):
    return Account.objects.get(key=provider).sync_due_since


def test_a_change_of_the_address_book_makes_a_sync_due(listening):
    answer = post(listening, *message(listening, EVENTS[listening]))
    assert answer.status_code == 200, answer.content
    assert due_since(listening) is not None
    assert len(entries("integration.sync_due")) == 1


def test_each_provider_hears_what_it_wants_to(listening):
    said = post(listening, *message(listening, EVENTS[listening])).content.decode()
    readers = {
        "wecom": lambda: said,
        "feishu": lambda: said,
        "dingtalk": lambda: _opened(json.loads(said)),
    }
    assert readers[listening]() == {"wecom": "", "feishu": "{}", "dingtalk": "success"}[listening]


def test_a_repetition_is_answered_and_has_no_second_effect(listening):
    first = message(listening, EVENTS[listening])
    post(listening, *first)
    Account.objects.update(sync_due_since=None)
    again = post(listening, *first)
    retried = post(listening, *message(listening, EVENTS[listening], nonce="n2"))
    assert (again.status_code, retried.status_code) == (200, 200)
    assert due_since(listening) is None
    assert Received.objects.count() == 1


def test_other_events_are_answered_and_change_nothing(listening):
    assert post(listening, *message(listening, OTHERS[listening])).status_code == 200
    assert due_since(listening) is None


@pytest.mark.parametrize("offset_s", [-301, 301])
def test_a_message_outside_the_window_is_refused(listening, offset_s):
    late = message(listening, EVENTS[listening], at_s=now_s(offset_s))
    refused = post(listening, *late)
    assert (refused.status_code, refused.json()["code"]) == (403, "message_stale")
    assert due_since(listening) is None


def test_a_wrong_signature_is_refused_and_recorded_once_a_minute(listening):
    before = snapshot(without=frozenset({"activity_entry"}))
    query, body, headers = message(listening, EVENTS[listening])
    forged = ({**query, "msg_signature": "0" * 40} if query else {}), body, _forged(headers)
    answers = [post(listening, *forged) for _ in range(3)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (403, "signature_wrong")
    ] * 3
    assert snapshot(without=frozenset({"activity_entry"})) == before
    (entry,) = entries("integration.message_refused")
    assert (entry["provider"], entry["reason"]) == (listening, "signature")


def test_a_message_under_another_key_is_refused(listening):
    other = KEY[::-1]
    assert post(listening, *message(listening, EVENTS[listening], key=other)).status_code == 403


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml/>", b'{"encrypt": 1}', b'{"encrypt": "@@"}'])
def test_nonsense_is_refused(listening, body):
    query, _, headers = message(listening, EVENTS[listening])
    assert post(listening, query, body, headers).status_code == 403


def test_without_token_and_key_nothing_is_taken(account):
    assert post(account, *message(account, EVENTS[account])).status_code == 403


def test_a_provider_that_is_off_takes_nothing(listening):
    Account.objects.filter(key=listening).update(is_on=False)
    assert post(listening, *message(listening, EVENTS[listening])).status_code == 404


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_wecom_verifies_the_address_by_an_echo(listening):
    stamp = str(now_s())
    sealed = envelopes.seal_shared("1616140317555161061", KEY, receiver=wecom.CORP_ID)
    query = {
        "msg_signature": envelopes.signature(TOKEN, stamp, "n", sealed),
        "timestamp": stamp,
        "nonce": "n",
        "echostr": sealed,
    }
    echoed = Client().get("/api/callbacks/wecom", query)
    assert (echoed.status_code, echoed.content) == (200, b"1616140317555161061")
    refused = Client().get("/api/callbacks/wecom", {**query, "msg_signature": "x"})
    assert refused.status_code == 403


@pytest.mark.parametrize("provider", ["dingtalk"], indirect=True)
def test_dingtalk_verifies_the_address_by_an_event(listening):
    check = json.dumps({"EventType": "check_url"})
    answer = post(listening, *message(listening, check)).json()
    assert _opened(answer) == "success"
    signed = envelopes.signature(TOKEN, answer["timeStamp"], answer["nonce"], answer["encrypt"])
    assert answer["msg_signature"] == signed
    assert not Received.objects.exists()


@pytest.mark.parametrize("provider", ["feishu"], indirect=True)
def test_feishu_verifies_the_address_by_a_challenge(listening):
    challenge = {"challenge": "c1", "token": TOKEN, "type": "url_verification"}
    _, body, _ = message(listening, json.dumps(challenge))
    assert post(listening, {}, body, {}).json() == {"challenge": "c1"}
    _, wrong, _ = message(listening, json.dumps({**challenge, "token": "other"}))
    assert post(listening, {}, wrong, {}).status_code == 403


def test_the_documented_examples_come_out():
    """Sources: WeCom's WXBizMsgCrypt sample (document/path/90968), Feishu's event encryption."""
    echo = (
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    )
    signed = envelopes.signature("QDG6eK", "1409659589", "263014780", echo)
    key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
    assert signed == "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    assert envelopes.open_shared(echo, key, receiver="wx5823bf96d3bd56c7") == "1616140317555161061"
    sealed = "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="
    assert envelopes.open_feishu(sealed, "test key") == "hello world"


def _opened(answer):
    return envelopes.open_shared(answer["encrypt"], KEY, receiver=dingtalk.CLIENT_ID)


def _forged(headers):
    return {**headers, "X-Lark-Signature": "0" * 64} if headers else {}
