"""Entering through the company's single sign-on (OpenID Connect)."""

from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions
from closeloop.integrations.models import PersonLink
from closeloop.org import actions as org
from tests.builders.people import make_user
from tests.twins.oidc import CLIENT_ID, SECRET, OidcTwin

pytestmark = pytest.mark.django_db
MAIL = "lina@corp.example"


@pytest.fixture
def server(db):
    with OidcTwin() as running:
        given = {"server_url": running.url, "client_id": CLIENT_ID, "client_secret": SECRET}
        actions.change_account(
            "oidc", is_on=True, signs_in=True, settings={**given, "name": "公司账号"}, actor=SYSTEM
        )
        yield running


@pytest.fixture
def li():
    user = make_user("李娜", role="salesperson")
    return org.change_user(user.pk, wanted={"email": MAIL}, actor=SYSTEM)


def enter(server, subject):
    browser = Client()
    server.signs_in = subject
    away = browser.get("/accounts/oidc/login/")
    back = requests.get(away["Location"], allow_redirects=False, timeout=5)
    place = urlsplit(back.headers["Location"])
    assert place.path == "/accounts/oidc/login/callback/"
    return browser, browser.get(f"{place.path}?{place.query}")


def me(browser):
    return browser.get("/api/session").json()["user"]


def test_the_button_says_what_the_company_calls_it(server):
    (offered,) = Client().get("/api/session").json()["providers"]
    assert offered == {
        "key": "oidc",
        "name": {"zh-CN": "公司账号", "en-US": "公司账号"},
        "url": "/accounts/oidc/login/",
    }


def test_a_verified_mail_address_lets_in_and_links(server, li):
    server.people["s1"] = {"email": MAIL, "email_verified": True}
    browser, arrived = enter(server, "s1")
    assert arrived["Location"] == "/"
    assert me(browser)["id"] == li.pk
    assert PersonLink.objects.get().external_id == "s1"


def test_an_address_that_nobody_verified_lets_nobody_in(server, li):
    server.people["s1"] = {"email": MAIL, "email_verified": False}
    browser, arrived = enter(server, "s1")
    assert arrived["Location"] == "/?sign_in=sign_in_failed"
    assert me(browser) is None


def test_once_linked_the_address_may_change(server, li):
    server.people["s1"] = {"email": MAIL, "email_verified": True}
    enter(server, "s1")
    server.people["s1"] = {"email": "new@corp.example", "email_verified": True}
    browser, _ = enter(server, "s1")
    assert me(browser)["id"] == li.pk


def test_a_server_that_fails_leads_back(server, li):
    server.people["s1"] = {"email": MAIL, "email_verified": True}
    browser = Client()
    away = browser.get("/accounts/oidc/login/")
    server.codes.clear()
    state = dict(part.split("=") for part in urlsplit(away["Location"]).query.split("&"))["state"]
    answer = browser.get(f"/accounts/oidc/login/callback/?code=x&state={state}")
    assert answer["Location"] == "/?sign_in=sign_in_not_vouched"
