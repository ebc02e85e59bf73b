"""API keys: what they may do, and when they stop."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from closeloop.edge.models import KeptAnswer
from closeloop.identity import actions
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import ApiKey
from tests.builders.activity import verbs
from tests.builders.people import actor_of, client_of, make_user

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def user():
    return make_user("林一", role="salesperson")


@pytest.fixture
def secret(user):
    return actions.create_key(user, name="ERP", actor=actor_of(user))[1]


def ask(secret, path="/api/people", **options):
    client = Client(enforce_csrf_checks=True)
    method = options.pop("method", "get")
    return getattr(client, method)(
        path, headers={"authorization": f"Bearer {secret}"}, content_type=JSON, **options
    )


def test_a_key_acts_as_its_person_without_cookie_or_csrf_token(user, secret):
    assert ask(secret).status_code == 200
    answer = ask(secret, "/api/me", method="patch", data={"theme": "dark"})
    assert answer.json()["theme"] == "dark"
    assert verbs()[-1] == "user.changed"


def test_the_secret_is_given_once_and_never_stored(user):
    client = client_of(user)
    made = client.post(
        "/api/keys", {"name": "ERP"}, content_type=JSON, headers={"idempotency-key": "one"}
    )
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret.startswith("clk_")
    assert ask(secret).status_code == 200
    listed = client.get("/api/keys").json()
    assert [(key["name"], key["prefix"], "secret" in key) for key in listed] == [
        ("ERP", secret[:12], False)
    ]
    assert not ApiKey.objects.filter(digest__contains=secret).exists()
    assert KeptAnswer.objects.count() == 0


def test_a_revoked_key_ends_at_once(user, secret):
    key = ApiKey.objects.get()
    assert client_of(user).delete(f"/api/keys/{key.pk}").status_code == 204
    assert ask(secret).status_code == 401
    assert verbs()[-1] == "key.revoked"


def test_an_expired_key_is_no_key(user):
    long_past = datetime(2020, 1, 1, tzinfo=UTC)
    _, secret = actions.create_key(user, name="old", expires_at=long_past, actor=actor_of(user))
    assert ask(secret).json()["code"] == "not_signed_in"


def test_the_key_of_a_closed_account_is_no_key(user, secret):
    actions.change_user(user.pk, changes={"is_active": False}, actor=SYSTEM)
    assert ask(secret).status_code == 401


@pytest.mark.parametrize("given", ["clk_", "clk_wrong", "clk_" + "x" * 5000])
def test_an_unknown_key_is_refused(given):
    assert ask(given).status_code == 401


def test_a_key_makes_no_keys_and_changes_no_password(user, secret):
    answers = [
        ask(secret, "/api/keys", method="post", data={"name": "more"}),
        ask(secret, "/api/session/password", method="post", data={"current": "a", "new": "b"}),
        ask(secret, "/api/session", method="delete"),
        ask(secret, f"/api/keys/{ApiKey.objects.get().pk}", method="delete"),
    ]
    assert [answer.json()["code"] for answer in answers] == ["needs_own_session"] * 4
    assert ApiKey.objects.filter(revoked_at=None).count() == 1


def test_nobody_revokes_the_key_of_another(user, secret):
    key = ApiKey.objects.get()
    answer = client_of(make_user()).delete(f"/api/keys/{key.pk}")
    assert answer.json()["code"] == "key_not_found"
    assert ask(secret).status_code == 200


def test_the_day_of_the_last_use_is_kept(user, secret, django_assert_num_queries):
    ask(secret)
    assert ApiKey.objects.get().last_used_on is not None
    with django_assert_num_queries(2):  # the key with its person and revisions; the people
        ask(secret)
