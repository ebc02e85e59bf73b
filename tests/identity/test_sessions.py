"""Signing in and out, the lock after failures, one's own password."""

import pytest
from django.test import Client

from closeloop.edge.models import KeptAnswer
from closeloop.identity import actions
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import Session
from tests.builders.activity import entries, verbs
from tests.builders.people import PASSWORD, client_of, make_user

pytestmark = pytest.mark.django_db
WRONG = "wrong horse 48"
JSON = "application/json"


def sign_in(client, username, password=PASSWORD, **headers):
    payload = {"username": username, "password": password}
    return client.post("/api/session", payload, content_type=JSON, headers=headers)


def is_signed_in(client):
    return client.get("/api/session").json()["authenticated"]


def test_the_right_password_opens_a_session():
    user = make_user("王芳", username="wangfang", password=PASSWORD, role="salesperson")
    client = client_of()
    answer = sign_in(client, "WangFang ")
    assert answer.status_code == 200
    assert answer.json()["name"] == "王芳"
    assert is_signed_in(client)
    assert entries("session.opened") == [{"user_id": user.pk, "address": "127.0.0.1"}]


@pytest.mark.parametrize("username", ["wangfang", "nobody", "closed"])
def test_every_refused_sign_in_looks_the_same_and_is_recorded(username):
    make_user(username="wangfang", password=PASSWORD)
    closed = make_user(username="closed", password=WRONG)
    actions.change_user(closed.pk, changes={"is_active": False}, actor=SYSTEM)
    client = client_of()
    answer = sign_in(client, username, WRONG)
    assert answer.status_code == 401
    assert {key: answer.json()[key] for key in ("code", "detail")} == {
        "code": "sign_in_failed",
        "detail": "用户名或密码不正确。忘记密码请联系管理员重设。",
    }
    assert [entry["username"] for entry in entries("session.refused")] == [username]
    assert not is_signed_in(client)


def test_five_failures_lock_the_name_even_for_the_right_password():
    make_user(username="wangfang", password=PASSWORD)
    make_user(username="lina", password=PASSWORD)
    client = client_of()
    answers = [sign_in(client, "wangfang", WRONG).status_code for _ in range(5)]
    assert answers == [401] * 5
    locked = [sign_in(client, name) for name in ("wangfang", "WANGFANG")]
    assert [answer.status_code for answer in locked] == [429, 429]
    assert locked[0].json()["code"] == "sign_in_locked"
    assert "5 分钟" in locked[0].json()["detail"]
    reasons = [entry["reason"] for entry in entries("session.refused")]
    assert reasons == ["wrong"] * 5 + ["locked"]
    assert sign_in(client, "lina").status_code == 200


def test_successes_between_do_not_wipe_the_count():
    make_user(username="wangfang", password=PASSWORD)
    client = client_of()
    tried = [WRONG, WRONG, PASSWORD, WRONG, WRONG, PASSWORD, WRONG, PASSWORD]
    answers = [sign_in(client, "wangfang", password).status_code for password in tried]
    assert answers == [401, 401, 200, 401, 401, 200, 401, 429]


def test_an_unknown_name_is_locked_too():
    client = client_of()
    answers = [sign_in(client, "nobody", WRONG).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_signing_out_ends_the_session():
    client = client_of(make_user())
    assert client.delete("/api/session").status_code == 204
    assert not is_signed_in(client)
    assert verbs()[-1] == "session.closed"


def test_a_closed_account_ends_its_sessions_at_once():
    user = make_user()
    client = client_of(user)
    assert is_signed_in(client)
    actions.change_user(user.pk, changes={"is_active": False}, actor=SYSTEM)
    assert not is_signed_in(client)


def test_a_new_password_ends_all_other_sessions():
    user = make_user(username="wangfang", password=PASSWORD)
    here, elsewhere = client_of(user), client_of(user)
    answer = here.post(
        "/api/session/password", {"current": PASSWORD, "new": "battery staple 9"}, content_type=JSON
    )
    assert answer.status_code == 204
    assert [is_signed_in(here), is_signed_in(elsewhere)] == [True, False]
    assert sign_in(client_of(), "wangfang").status_code == 401
    assert sign_in(client_of(), "wangfang", "battery staple 9").status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "code", "weakness"),
    [
        (WRONG, "battery staple 9", "current_password_wrong", "wrong"),
        (PASSWORD, "short", "password_too_weak", "password_too_short"),
        (PASSWORD, "1234567890", "password_too_weak", "password_too_common"),
        (PASSWORD, PASSWORD, "password_too_weak", "password_same"),
    ],
)
def test_a_password_change_is_refused_with_its_reason(current, new, code, weakness):
    user = make_user(username="wangfang", password=PASSWORD)
    client = client_of(user)
    answer = client.post(
        "/api/session/password", {"current": current, "new": new}, content_type=JSON
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["code"] == weakness
    assert not answer.json()["errors"][0]["message"].startswith("value.")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "user.password_changed" not in verbs()


def test_wrong_current_passwords_lock_as_well():
    client = client_of(make_user(username="wangfang", password=PASSWORD))
    payload = {"current": WRONG, "new": "battery staple 9"}
    answers = [
        client.post("/api/session/password", payload, content_type=JSON).status_code
        for _ in range(6)
    ]
    assert answers == [422] * 5 + [429]


def test_who_holds_a_temporary_password_may_only_change_it():
    user = make_user(password=PASSWORD, must_change_password=True)
    client = client_of(user)
    assert client.get("/api/people").json()["code"] == "password_change_due"
    assert client.get("/api/session").json()["user"]["must_change_password"] is True
    payload = {"current": PASSWORD, "new": "battery staple 9"}
    assert client.post("/api/session/password", payload, content_type=JSON).status_code == 204
    assert client.get("/api/people").status_code == 200


def test_a_write_from_another_page_is_refused():
    user = make_user(username="wangfang", password=PASSWORD)
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "wangfang").json()["code"] == "csrf_failed"
    client.get("/api/session")
    token = client.cookies["csrftoken"].value
    assert sign_in(client, "wangfang", **{"x-csrftoken": token}).status_code == 200
    changed = client.patch("/api/me", {"theme": "dark"}, content_type=JSON)
    assert (changed.status_code, changed.json()["code"]) == (403, "csrf_failed")
    user.refresh_from_db()
    assert user.theme == "light"


def test_no_answer_and_no_fingerprint_of_a_password_is_kept():
    make_user(username="wangfang", password=PASSWORD)
    client = client_of()
    assert sign_in(client, "wangfang", **{"idempotency-key": "one"}).status_code == 200
    assert KeptAnswer.objects.count() == 0


def test_preferences_are_ones_own():
    user = make_user()
    answer = client_of(user).patch(
        "/api/me", {"locale": "en-US", "theme": "dark"}, content_type=JSON
    )
    assert (answer.json()["locale"], answer.json()["theme"]) == ("en-US", "dark")
    refused = client_of(user).patch("/api/me", {"locale": "fr-FR"}, content_type=JSON)
    assert refused.status_code == 422


def test_a_session_of_an_older_version_that_does_not_know_its_person_goes_on():
    user = make_user(username="wangfang", password=PASSWORD)
    client = client_of(user)
    Session.objects.update(user=None)
    assert is_signed_in(client)


def test_a_session_is_never_taken_for_somebody_else():
    user, other = make_user(username="wangfang"), make_user(username="lina")
    client = client_of(user)
    Session.objects.update(user=other)
    assert client.get("/api/session").json()["user"]["username"] == "wangfang"
