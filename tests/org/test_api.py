"""The addresses of the organisation, as an administrator and as somebody who may nothing."""

import pytest

from closeloop.org import me
from closeloop.org.models import Role, Unit
from tests.builders.people import (
    PASSWORD,
    client_of,
    make_role,
    make_unit,
    make_user,
    shipped_role,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def unit():
    return make_unit("华东")


@pytest.fixture
def administrator(unit):
    return client_of(make_user("管理员", role="administrator", unit=unit))


def send(client, method, path, payload, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client, method)(path, payload, content_type=JSON, headers=named)


def test_me_says_what_one_may_do(unit):
    user = make_user("王芳", role="salesperson", unit=unit)
    me = client_of(user).get("/api/session").json()["user"]
    assert (me["name"], me["unit"], me["is_admin"], me["admin"]) == (
        "王芳",
        {"id": unit.pk, "name": "华东"},
        False,
        ["process.view"],
    )
    assert me["roles"] == [{"zh-CN": "销售", "en-US": "Salesperson"}]
    assert me["can"]["deal"] == {
        "read": "self", "create": "self", "edit": "self", "delete": "none",
        "move": "self", "assign": "none", "export": "none",
    }  # fmt: skip
    assert (me["can"]["customer"]["read"], me["can"]["product"]["read"]) == ("unit", "all")


def test_the_sign_in_page_offers_one_demo_account_a_role(unit, monkeypatch):
    monkeypatch.setattr(me.provided, "demo_password", lambda: "demo password")
    for name in ("王芳", "李娜"):
        make_user(name, role="salesperson", unit=unit, is_demo=True)
    make_user("真人", role="manager", unit=unit)
    session = client_of().get("/api/session").json()
    assert session["demo"] is True
    assert [(each["name"], each["password"]) for each in session["demo_accounts"]] == [
        ("王芳", "demo password")
    ]
    monkeypatch.setattr(me.provided, "demo_password", lambda: None)
    assert client_of().get("/api/session").json()["demo_accounts"] == []


def test_a_unit_is_added_moved_and_removed(administrator, unit):
    made = send(administrator, "post", "/api/org/units", {"name": "一组", "parent_id": unit.pk})
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    path = f"/api/org/units/{made.json()['id']}"
    assert send(administrator, "patch", path, {"parent_id": None}).status_code == 428
    moved = send(administrator, "patch", path, {"parent_id": None}, if_match='"1"')
    assert (moved.json()["parent_id"], moved.json()["version"]) == (None, 2)
    stale = send(administrator, "patch", path, {"name": "二组"}, if_match='"1"')
    assert (stale.status_code, stale.json()["conflict"]) == (
        412,
        [{"field": "name", "yours": "二组", "theirs": "一组"}],
    )
    assert administrator.delete(path).status_code == 204
    assert list(Unit.objects.values_list("name", flat=True)) == ["华东"]


def test_a_person_is_added_and_must_change_the_password(administrator, unit):
    role = shipped_role("salesperson")
    payload = {
        "username": "wangfang",
        "name": "王芳",
        "password": PASSWORD,
        "positions": [{"unit_id": unit.pk, "role_id": role.pk, "title": "销售代表"}],
    }
    made = send(administrator, "post", "/api/org/users", payload, idempotency_key="one")
    assert made.status_code == 201
    person = made.json()
    assert person["positions"][0]["unit"] == {"id": unit.pk, "name": "华东"}
    assert (person["must_change_password"], person["positions"][0]["is_primary"]) == (True, True)
    again = send(administrator, "post", "/api/org/users", {**payload, "username": "WangFang"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (409, "username")


def test_a_closed_account_is_listed_as_closed(administrator):
    user = make_user("王芳", username="wangfang")
    closed = send(
        administrator, "patch", f"/api/org/users/{user.pk}", {"is_active": False}, if_match='"1"'
    )
    assert closed.json()["is_active"] is False
    listed = administrator.get("/api/org/users?is_active=false").json()
    assert [person["username"] for person in listed["items"]] == ["wangfang"]


def test_people_come_in_pages_and_by_subtree(administrator, unit):
    team = make_unit(parent=unit)
    for name in ("安一", "安二", "安三"):
        make_user(name, role="salesperson", unit=team)
    asked = f"/api/org/users?unit_id={team.pk}&limit=2"
    first = administrator.get(asked).json()
    second = administrator.get(f"{asked}&cursor={first['next_cursor']}").json()
    assert [len(first["items"]), len(second["items"]), first["count"]] == [2, 1, 3]
    assert second["next_cursor"] is None
    names = {person["name"] for person in first["items"] + second["items"]}
    assert names == {"安一", "安二", "安三"}
    assert administrator.get(f"/api/org/users?unit_id={unit.pk}").json()["count"] == 4


def test_a_role_is_made_and_holds_for_the_next_request(administrator):
    role = make_role()
    client = client_of(make_user(role=role))
    assert client.get("/api/org/roles").status_code == 403
    change = {
        "capabilities": ["roles.manage"],
        "grants": [{"record_type": "deal", "verb": "read", "scope": "all"}],
    }
    changed = send(administrator, "patch", f"/api/org/roles/{role.pk}", change, if_match='"1"')
    assert changed.status_code == 200
    assert client.get("/api/org/roles").status_code == 200
    assert client.get("/api/session").json()["user"]["can"]["deal"]["read"] == "all"
    name = {"zh-CN": "观察员", "en-US": "Observer"}
    made = send(administrator, "post", "/api/org/roles", {"name": name})
    assert (made.status_code, made.json()["grants"]) == (201, [])
    assert Role.objects.get(pk=made.json()["id"]).name == name


def test_everything_a_role_is_made_of_has_a_name(administrator):
    offered = administrator.get("/api/org/permissions").json()
    words = offered["verbs"] + offered["scopes"] + offered["capabilities"]
    assert all(set(word["name"]) == {"zh-CN", "en-US"} for word in words)
    assert [len(offered["verbs"]), len(offered["scopes"])] == [7, 6]


def test_who_may_nothing_changes_nothing(unit):
    client = client_of(make_user(role=make_role(), unit=unit), locale="en-US")
    refused = send(client, "post", "/api/org/units", {"name": "一组"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert "admin:org.manage" in refused.json()["detail"]
    assert client.get("/api/org/users").status_code == 403
    assert Unit.objects.count() == 1


def test_an_id_beyond_any_is_just_unknown(administrator):
    answer = send(administrator, "patch", f"/api/org/users/{10**30}", {}, if_match='"1"')
    assert answer.json()["code"] == "user_not_found"
    asked = administrator.get(f"/api/org/users?unit_id={10**30}&role_id={10**30}")
    assert asked.json()["count"] == 0
    nul = send(administrator, "post", "/api/org/units", {"name": "a\0b"})
    assert nul.status_code == 400


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/api/org/units", 2), ("/api/org/users", 4), ("/api/org/roles", 3), ("/api/people", 2)],
)
def test_lists_cost_the_same_for_one_and_for_twenty(
    administrator, unit, path, queries, django_assert_num_queries
):
    administrator.get(path)
    with django_assert_num_queries(queries):
        administrator.get(path)
    for _ in range(19):
        role = make_role({("deal", "read"): "self"})
        make_user(role=role, unit=make_unit(parent=unit))
    administrator.get(path)
    with django_assert_num_queries(queries):
        answer = administrator.get(f"{path}?limit=100").json()
    assert len(answer["items"] if path == "/api/org/users" else answer) >= 20
