"""Pages inside WeCom and DingTalk: the signature, the shared ticket, what is refused."""

import pytest
from django.core.cache import cache
from django.test import Client

from closeloop.integrations import page_signing
from closeloop.notices.vendors.tokens import tokens
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.integrations.conftest import set_up

PAGE = "http://testserver/m/log?from=1"
DOCUMENTED_PAGE = "mp.weixin.qq.com?params=value"
IN_WECOM = "Mozilla/5.0 (iPhone) wxwork/4.1.28 MicroMessenger/7.0.1"


@pytest.fixture(params=["dingtalk", "wecom"])
def provider(request):
    return request.param


@pytest.fixture(autouse=True)
def _no_old_tickets(db):
    cache.clear()


@pytest.fixture
def seller(office):
    return client_as(make_user("张伟", role="salesperson", unit=office))


@pytest.fixture
def signing(account, provider, twin):
    set_up(provider, twin, corp_id="ww1234567890abcdef")
    return f"/integrations/{provider}/page-signature"


def asked_for_tickets(twin):
    return sum("ticket" in one.path for one in twin.asked)


def test_the_signature_is_the_one_of_the_documentation():
    made = page_signing.signature(
        "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
        nonce="Wm3WZYTPz0wzccnW",
        timestamp=1414587457,
        url=f"http://{DOCUMENTED_PAGE}",
    )
    assert made == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_processes_share_one_ticket_until_it_ends(signing, twin, seller):
    answers = []
    for _ in range(2):
        tokens.clear()
        answers.append(seller.post(signing, {"url": PAGE}))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert asked_for_tickets(twin) == 1
    told = answers[0].json()
    assert told["corp_id"] == "ww1234567890abcdef"
    assert len(told["signature"]) == 40
    assert answers[1].json()["nonce"] != told["nonce"]


def test_a_ticket_that_ended_is_asked_for_again(signing, twin, seller):
    twin.ticket_life_s = 1
    for _ in range(2):
        assert seller.post(signing, {"url": PAGE}).status_code == 200
    assert asked_for_tickets(twin) == 2


@pytest.mark.parametrize(
    "url", ["http://elsewhere.example/m", "https://testserver/m", f"{PAGE}#top", "http://[x"]
)
def test_only_own_pages_are_signed(signing, seller, twin, url):
    answer = seller.post(signing, {"url": url})
    assert (answer.status_code, answer.json()["code"]) == (422, "page_not_own")
    assert asked_for_tickets(twin) == 0


def test_what_is_not_set_up_or_signs_nothing_says_so(provider, seller):
    answer = seller.post(f"/integrations/{provider}/page-signature", {"url": PAGE})
    assert (answer.status_code, answer.json()["code"]) == (409, "account_incomplete")
    answer = seller.post("/integrations/feishu/page-signature", {"url": PAGE})
    assert answer.json()["code"] == "pages_not_signed"


def test_the_check_tells_a_refused_ticket(signing, twin, admin, seller, monkeypatch):
    provider = signing.split("/")[2]
    no = {"errcode": 60020, "errmsg": "not allow to access from your ip"}
    monkeypatch.setattr(twin, "give_ticket", lambda _asked: no)
    assert seller.post(signing, {"url": PAGE}).status_code == 409
    answer = client_as(admin).post(f"/integrations/{provider}/check")
    assert (answer.status_code, answer.json()["reason"]) == (409, f"{provider}_60020")


@pytest.mark.parametrize("provider", ["wecom"])
def test_the_script_is_let_in_only_where_the_app_shows_the_page(signing, tmp_path, settings):
    (tmp_path / "m.html").write_text("<!doctype html>")
    settings.WEB_DIST = tmp_path

    def policy(agent):
        answer = Client().get("/m", headers={"user-agent": agent})
        return answer["Content-Security-Policy"]

    assert f"script-src 'self' https://{page_signing.SCRIPT_HOSTS['wecom']};" in policy(IN_WECOM)
    assert "script-src 'self';" in policy("Mozilla/5.0 (iPhone)")
    assert "script-src 'self';" in policy("AliApp(DingTalk/7.5.10)")
