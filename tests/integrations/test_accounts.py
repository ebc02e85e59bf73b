"""Setting up a provider: what is told, what never is, what is refused."""

import pytest

from closeloop.integrations import queries
from closeloop.integrations.models import Account, PersonLink
from closeloop.notices import configuration
from closeloop.notices.addresses import addresses
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.integrations.conftest import set_up
from tests.twins.accounts import SECRET_NAMES, settings_for

SECRET = {"wecom": "wecom-secret", "dingtalk": "dingtalk-secret", "feishu": "feishu-secret"}


def test_a_secret_is_entered_and_never_told(provider, twin, admin):
    body = {"is_on": True, "settings": settings_for(provider, twin.url)}
    answer = client_as(admin).put(f"/integrations/{provider}", body)
    told = client_as(admin).get(f"/integrations/{provider}")
    assert (answer.status_code, told.status_code) == (200, 200)
    assert SECRET[provider] not in answer.content.decode() + told.content.decode()
    fields = {field["key"]: field for field in told.json()["fields"]}
    assert fields[SECRET_NAMES[provider]]["is_set"] is True
    row = Account.objects.get(key=provider)
    assert SECRET[provider] not in str(row.settings) + str(row.sealed)
    assert SECRET[provider] not in str(entries("integration.changed"))


def test_what_is_not_named_stays_and_what_is_empty_goes(account, admin):
    asker = client_as(admin)
    asker.put(f"/integrations/{account}", {"is_on": True, "settings": {"new_role": ""}})
    found = queries.set_up(account)
    assert found.settings["new_role"] == ""
    assert found.settings[SECRET_NAMES[account]] == SECRET[account]


def test_missing_and_wrong_settings_are_all_named(admin):
    body = {"is_on": True, "settings": {"agent_id": "abc", "base_url": "ftp://x", "nonsense": "1"}}
    answer = client_as(admin).put("/integrations/wecom", body)
    assert answer.status_code == 422
    assert {(error["field"], error["code"]) for error in answer.json()["errors"]} == {
        ("settings.agent_id", "wrong_form"),
        ("settings.base_url", "wrong_form"),
        ("settings.corp_id", "missing"),
        ("settings.secret", "missing"),
        ("settings.nonsense", "unknown_choice"),
    }
    assert not Account.objects.exists()
    assert "integration.changed" not in verbs()


def test_an_account_is_checked_with_the_provider(account, twin, admin):
    asker = client_as(admin)
    assert asker.post(f"/integrations/{account}/check").status_code == 204
    set_up(account, twin, **{SECRET_NAMES[account]: "wrong"})
    refused = asker.post(f"/integrations/{account}/check")
    assert (refused.status_code, refused.json()["code"]) == (409, "provider_failed")


def test_the_page_says_what_to_enter_on_the_other_side(account, admin):
    told = client_as(admin).get(f"/integrations/{account}").json()
    assert told["callback_url"] == f"http://testserver/api/callbacks/{account}"
    assert told["sign_in_return_url"] == f"http://testserver/accounts/{account}/login/callback/"
    assert told["trusted_domain"] == "testserver"


def test_the_channel_of_a_provider_uses_its_account(account):
    person = make_user("张伟")
    PersonLink.objects.create(provider=account, external_id="x1", person=person, source="hand")
    found = configuration.configured(account)
    assert found.settings[SECRET_NAMES[account]] == SECRET[account]
    assert configuration.plain_settings(found).get(SECRET_NAMES[account]) is None
    assert addresses.of([person], [account])[person.pk][account] == "x1"


def test_only_who_manages_integrations_sees_them(account):
    seller = client_as(make_user("张伟", role="salesperson"))
    assert seller.get(f"/integrations/{account}").status_code == 403
    assert seller.put(f"/integrations/{account}", {"is_on": False}).status_code == 403


def test_a_person_is_linked_by_hand_and_by_one_id_only(account, admin):
    first, second = make_user("张伟"), make_user("李娜")
    asker = client_as(admin)
    path = f"/integrations/{account}/people"
    assert asker.put(f"{path}/{first.pk}", {"external_id": "x1"}).status_code == 204
    taken = asker.put(f"{path}/{second.pk}", {"external_id": "x1"})
    assert (taken.status_code, taken.json()["code"]) == (409, "link_taken")
    assert [link["external_id"] for link in asker.get(path).json()] == ["x1"]
    assert asker.delete(f"{path}/{first.pk}").status_code == 204
    assert asker.get(path).json() == []


def test_an_unknown_provider_is_not_found(admin):
    assert client_as(admin).get("/integrations/slack").status_code == 404


def test_single_sign_on_has_no_address_book(admin):
    asker = client_as(admin)
    body = {
        "settings": {"server_url": "https://sso.example", "client_id": "a", "client_secret": "b"}
    }
    assert asker.put("/integrations/oidc", {"is_on": True, **body}).status_code == 200
    assert asker.post("/integrations/oidc/sync").json()["code"] == "nothing_to_read"


pytestmark = pytest.mark.django_db
