"""Entering through a provider: the whole way over its twin, and who stays outside."""

from urllib.parse import urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from closeloop.identity.actor import SYSTEM
from closeloop.integrations.models import Account, PersonLink
from closeloop.org import actions as org
from tests.builders.activity import entries, verbs
from tests.builders.people import PASSWORD, make_user
from tests.twins.accounts import ids

pytestmark = pytest.mark.django_db
START = "/accounts/{provider}/login/"


@pytest.fixture(autouse=True)
def _no_failures_counted(db):
    cache.clear()


@pytest.fixture
def zhang(office, account):
    """Somebody whom the provider knows by the phone number 138 0000 0002."""
    user = make_user(
        "张伟", role="salesperson", unit=office, username="zhangwei", password=PASSWORD
    )
    return org.change_user(user.pk, wanted={"phone": "13800000002"}, actor=SYSTEM)


def enter(provider, twin, name, *, path="", agent="Mozilla/5.0"):
    """Press the button, say yes at the provider, come back; gives the browser and where it is."""
    browser = Client(headers={"user-agent": agent})
    twin.signs_in = ids(provider, name)[0]
    away = browser.get(START.format(provider=provider) + path)
    assert away.status_code == 302, away.content
    assert away["Location"].startswith(twin.url)
    back = requests.get(away["Location"], allow_redirects=False, timeout=5)
    place = urlsplit(back.headers["Location"])
    arrived = browser.get(f"{place.path}?{place.query}")
    return browser, arrived


def me(browser):
    return browser.get("/api/session").json()["user"]


def test_the_sign_in_page_offers_what_is_on(account, twin):
    offered = Client().get("/api/session").json()["providers"]
    assert [(one["key"], one["url"]) for one in offered] == [
        (account, START.format(provider=account))
    ]
    assert set(offered[0]["name"]) == {"zh-CN", "en-US"}


def test_somebody_who_is_linked_comes_in(account, twin, office):
    user = make_user("张伟", role="salesperson", unit=office)
    external_id = ids(account, "zhang")[0]
    PersonLink.objects.create(provider=account, external_id=external_id, person=user, source="sync")
    browser, arrived = enter(account, twin, "zhang")
    assert (arrived.status_code, arrived["Location"]) == (302, "/")
    assert me(browser)["id"] == user.pk
    (entry,) = entries("session.opened")
    assert (entry["user_id"], entry["provider"]) == (user.pk, account)


def test_somebody_known_by_phone_comes_in_and_is_linked(account, twin, zhang):
    twin.members[ids(account, "zhang")[0]]["mobile"] = "13800000002"
    browser, _ = enter(account, twin, "zhang")
    assert me(browser)["id"] == zhang.pk
    link = PersonLink.objects.get(person=zhang)
    assert (link.external_id, link.source) == (ids(account, "zhang")[0], "sign_in")


@pytest.mark.parametrize("provider", ["feishu", "wecom"], indirect=True)
def test_somebody_known_by_the_companys_mail_comes_in(account, twin, office):
    user = make_user("李小娜", role="salesperson", unit=office)
    org.change_user(user.pk, wanted={"email": "lina@corp.example"}, actor=SYSTEM)
    browser, _ = enter(account, twin, "li")
    assert me(browser)["id"] == user.pk


def test_a_stranger_stays_outside_and_nobody_is_made(account, twin, office):
    browser, arrived = enter(account, twin, "zhang")
    assert arrived["Location"] == "/?sign_in=sign_in_failed"
    assert me(browser) is None
    assert "user.created" not in verbs()
    assert entries("session.refused")[0]["reason"] == "unknown"


def test_somebody_outside_the_company_stays_outside(account, twin, zhang):
    browser, arrived = enter(account, twin, "outsider")
    assert me(browser) is None
    assert "sign_in=" in arrived["Location"]


def test_two_people_with_one_phone_are_nobody(account, twin, zhang, office):
    other = make_user("张伟二", role="salesperson", unit=office)
    org.change_user(other.pk, wanted={"phone": "138-0000-0002"}, actor=SYSTEM)
    browser, _ = enter(account, twin, "zhang")
    assert me(browser) is None
    assert not PersonLink.objects.exists()


def test_a_closed_account_stays_closed(account, twin, zhang):
    org.change_user(zhang.pk, wanted={"is_active": False}, actor=SYSTEM)
    browser, arrived = enter(account, twin, "zhang")
    assert arrived["Location"] == "/?sign_in=sign_in_failed"
    assert me(browser) is None
    assert entries("session.refused")[0]["reason"] == "inactive"


def test_a_locked_name_waits_whichever_door_it_takes(account, twin, zhang):
    for _ in range(6):
        wrong = {"username": "zhangwei", "password": "wrong"}
        Client().post("/api/session", wrong, content_type="application/json")
    browser, arrived = enter(account, twin, "zhang")
    assert arrived["Location"] == "/?sign_in=sign_in_locked"
    assert me(browser) is None


def test_entering_counts_as_no_failed_attempt(account, twin, zhang):
    for _ in range(8):
        browser, _ = enter(account, twin, "zhang")
    assert me(browser)["id"] == zhang.pk


def test_a_session_is_as_one_by_password(account, twin, zhang):
    browser, _ = enter(account, twin, "zhang")
    by_password = Client()
    body = {"username": "zhangwei", "password": PASSWORD}
    by_password.post("/api/session", body, content_type="application/json")
    assert me(browser) == me(by_password)
    org.set_password(zhang.pk, password="another horse 48", actor=SYSTEM)
    assert me(browser) is None


def test_one_goes_where_one_wanted_to(account, twin, zhang):
    _, arrived = enter(account, twin, "zhang", path="?next=/m/approvals/12")
    assert arrived["Location"] == "/m/approvals/12"


def test_nobody_is_led_to_another_site(account, twin, zhang):
    _, arrived = enter(account, twin, "zhang", path="?next=https://evil.example/")
    assert arrived["Location"] == "/"


def test_on_the_phone_a_refusal_is_told_on_the_phone(account, twin, office):
    _, arrived = enter(account, twin, "zhang", path="?next=/m/approvals/12")
    assert arrived["Location"] == "/m?sign_in=sign_in_failed&next=%2Fm%2Fapprovals%2F12"


def test_an_answer_without_its_question_opens_nothing(account, twin, zhang):
    twin.codes["stolen"] = ids(account, "zhang")[0]
    browser = Client()
    answer = browser.get(f"/accounts/{account}/login/callback/?code=stolen&state=made-up")
    assert answer["Location"] == "/?sign_in=sign_in_not_vouched"
    assert me(browser) is None


def test_a_wrong_code_opens_nothing(account, twin, zhang):
    browser = Client()
    away = browser.get(START.format(provider=account))
    state = dict(part.split("=") for part in urlsplit(away["Location"]).query.split("&"))["state"]
    answer = browser.get(f"/accounts/{account}/login/callback/?code=wrong&state={state}")
    assert answer["Location"] == "/?sign_in=sign_in_not_vouched"


def test_a_provider_that_is_off_leads_back(account, twin, zhang):
    Account.objects.filter(key=account).update(signs_in=False)
    answer = Client().get(START.format(provider=account))
    assert answer["Location"] == "/?sign_in=sign_in_not_offered"
    assert Client().get("/accounts/slack/login/")["Location"] == "/?sign_in=sign_in_not_offered"


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_inside_wecom_the_browser_is_asked_silently(account, twin, zhang):
    browser, _ = enter(account, twin, "zhang", agent="Mozilla/5.0 wxwork/4.1.0 MicroMessenger/7")
    assert me(browser)["id"] == zhang.pk
    assert "GET /connect/oauth2/authorize" in twin.paths()
