"""Reading an address book, showing what differs, and taking it over."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.integrations import actions
from closeloop.integrations.models import Account, PersonLink, Sync, UnitLink
from closeloop.org import actions as org
from closeloop.org.models import Position, Unit
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.people import make_role, make_unit, make_user
from tests.integrations.conftest import set_up
from tests.twins.accounts import ids

pytestmark = pytest.mark.django_db
OF_SYNCS = frozenset({"integrations_sync", "activity_entry"})


@pytest.fixture
def asker(admin, account):
    return client_as(admin)


def read(asker, account):
    answer = asker.post(f"/integrations/{account}/sync")
    assert answer.status_code == 201, answer.content
    return answer.json()


def apply(asker, account, sync, **choice):
    return asker.post(f"/integrations/{account}/sync/{sync['id']}/apply", choice)


def kinds(items):
    return {item["name"]: item["kind"] for item in items}


def person(name):
    return User.objects.get(name=name)


def home(name):
    return Position.objects.select_related("unit").get(user__name=name, is_primary=True)


def test_reading_shows_what_differs_and_changes_nothing(asker, account):
    before = snapshot(without=OF_SYNCS)
    told = read(asker, account)
    assert snapshot(without=OF_SYNCS) == before
    assert {"华东大区": "added", "一组": "added", "华西大区": "added"}.items() <= kinds(
        told["units"]
    ).items()
    assert kinds(told["people"]) == {"王经理": "added", "张伟": "added", "李娜": "added"}
    assert told["conflicts"] == []
    assert verbs()[-1] == "integration.directory_read"


def test_applying_makes_units_and_people_and_links_them(asker, account, office):
    answer = apply(asker, account, read(asker, account))
    assert answer.status_code == 200, answer.content
    east, team = Unit.objects.get(name="华东大区"), Unit.objects.get(name="一组")
    assert (east.parent_id, team.parent_id) == (office.pk, east.pk)
    assert home("张伟").unit == team
    assert person("张伟").phone == "13800000002"
    assert person("李娜").email == "lina@corp.example"
    assert not person("张伟").has_usable_password()
    linked = PersonLink.objects.filter(provider=account).values_list("external_id", flat=True)
    assert set(linked) == set(ids(account, "wang", "zhang", "li"))
    assert {"unit.created", "user.created", "user.positions_changed"} <= set(verbs())


@pytest.mark.parametrize("provider", ["feishu", "wecom"], indirect=True)
def test_superiors_come_along_where_the_provider_names_them(asker, account):
    apply(asker, account, read(asker, account))
    assert home("张伟").superior == person("王经理")


def test_reading_again_finds_nothing_left(asker, account):
    apply(asker, account, read(asker, account))
    told = read(asker, account)
    assert (told["units"], told["people"], told["conflicts"]) == ([], [], [])


def test_a_difference_is_applied_once(asker, account):
    sync = read(asker, account)
    apply(asker, account, sync)
    before = snapshot()
    again = apply(asker, account, sync)
    assert (again.status_code, again.json()["code"]) == (409, "sync_done")
    assert snapshot() == before


def test_a_difference_that_is_out_of_date_is_refused_whole(asker, account):
    sync = read(asker, account)
    make_unit("新部门")
    before = snapshot()
    answer = apply(asker, account, sync)
    assert (answer.status_code, answer.json()["code"]) == (409, "sync_outdated")
    assert snapshot() == before


def test_units_that_are_there_already_are_linked_not_doubled(asker, account, office):
    east = make_unit("华东大区", parent=office)
    told = read(asker, account)
    assert kinds(told["units"])["华东大区"] == "linked"
    apply(asker, account, told)
    assert Unit.objects.filter(name="华东大区").count() == 1
    assert UnitLink.objects.get(unit=east).provider == account


def test_people_are_known_by_phone_and_by_mail(asker, account, office):
    zhang = make_user("张大伟", role="salesperson", unit=office)
    li = make_user("李小娜", role="salesperson", unit=office)
    org.change_user(zhang.pk, wanted={"phone": "138 0000 0002"}, actor=SYSTEM)
    org.change_user(li.pk, wanted={"email": "LiNa@corp.example"}, actor=SYSTEM)
    told = read(asker, account)
    found = {item["name"]: item for item in told["people"]}
    assert (found["张伟"]["matched_by"], found["张伟"]["person_id"]) == ("phone", zhang.pk)
    assert (found["李娜"]["matched_by"], found["李娜"]["person_id"]) == ("email", li.pk)
    assert found["张伟"]["changes"]["name"] == ["张大伟", "张伟"]
    assert "phone" not in found["张伟"]["changes"]
    apply(asker, account, told)
    zhang.refresh_from_db()
    assert (zhang.name, home("张伟").unit.name) == ("张伟", "一组")


def test_the_same_name_is_only_likely_and_waits_to_be_accepted(asker, account, office):
    zhang = make_user("张伟", role="salesperson", unit=office)
    told = read(asker, account)
    (item,) = [one for one in told["people"] if one["name"] == "张伟"]
    assert (item["matched_by"], item["confidence"]) == ("name", "likely")
    apply(asker, account, told)
    assert not PersonLink.objects.filter(person=zhang).exists()
    assert User.objects.filter(name="张伟").count() == 1
    again = read(asker, account)
    apply(asker, account, again, accept=[item["key"]])
    assert PersonLink.objects.get(person=zhang).external_id == ids(account, "zhang")[0]


def test_doubts_are_told_and_left_alone(asker, account, office):
    for name in ("甲", "乙"):
        user = make_user(name, role="salesperson", unit=office)
        org.change_user(user.pk, wanted={"phone": "13800000002"}, actor=SYSTEM)
    told = read(asker, account)
    (conflict,) = told["conflicts"]
    assert conflict["code"] == "same_phone"
    assert conflict["message"] == "“张伟”的手机号对应多个人（甲、乙），请先改正。"
    assert "张伟" not in kinds(told["people"])


def test_what_is_left_out_stays_as_it_is(asker, account):
    told = read(asker, account)
    keys = {item["name"]: item["key"] for item in (*told["units"], *told["people"])}
    apply(asker, account, told, leave_out=[keys["华西大区"], keys["李娜"]])
    assert not Unit.objects.filter(name="华西大区").exists()
    assert not User.objects.filter(name="李娜").exists()


def test_changes_at_the_provider_follow(asker, account, twin):
    apply(asker, account, read(asker, account))
    _rename_and_move(account, twin)
    told = read(asker, account)
    assert kinds(told["units"]) == {"一组（新）": "moved"}
    (item,) = told["people"]
    assert (item["kind"], item["changes"]) == ("changed", {"name": ["张伟", "张伟强"]})
    apply(asker, account, told)
    team = Unit.objects.get(name="一组（新）")
    assert team.parent.name == "华西大区"
    assert home("张伟强").unit == team


def test_leavers_are_listed_and_closed_only_where_chosen(asker, account, twin):
    apply(asker, account, read(asker, account))
    gone = ids(account, "zhang", "li")
    twin.members = {key: row for key, row in twin.members.items() if key not in gone}
    told = read(asker, account)
    assert kinds(told["people"]) == {"张伟": "left", "李娜": "left"}
    answer = apply(asker, account, told, deactivate=[person("张伟").pk])
    assert answer.json()["result"]["counts"] == {"person_deactivated": 1}
    assert (person("张伟").is_active, person("李娜").is_active) == (False, True)
    assert "user.deactivated" in verbs()


def test_somebody_who_comes_back_is_opened_again(asker, account, twin):
    apply(asker, account, read(asker, account))
    org.change_user(person("张伟").pk, wanted={"is_active": False}, actor=SYSTEM)
    told = read(asker, account)
    assert told["people"][0]["changes"] == {"is_active": ["false", "true"]}
    apply(asker, account, told)
    assert person("张伟").is_active


def test_a_unit_that_is_gone_is_set_inactive_unless_people_are_in_it(asker, account, twin):
    apply(asker, account, read(asker, account))
    west, team = _department_keys(account)
    twin.departments.pop(west)
    told = read(asker, account)
    assert kinds(told["units"]) == {"华西大区": "removed"}
    apply(asker, account, told)
    assert Unit.objects.get(name="华西大区").is_active is False
    twin.departments.pop(team)
    conflicts = read(asker, account)["conflicts"]
    assert [(one["code"], one["name"]) for one in conflicts] == [("unit_has_people", "一组")]


def test_new_people_need_a_role(asker, account, twin):
    set_up(account, twin, new_role="")
    sync = read(asker, account)
    refused = apply(asker, account, sync)
    assert (refused.status_code, refused.json()["code"]) == (422, "role_needed")
    assert Sync.objects.get().state == "read"
    assert apply(asker, account, sync, role="salesperson").status_code == 200


def test_what_the_organisation_refuses_is_named_and_the_rest_stands(account, office):
    role = make_role(capabilities=["integrations.manage", "users.manage"])
    manager = client_as(make_user("对接员", role=role, unit=office))
    boss = make_user("王经理", role="administrator", unit=office)
    org.change_user(boss.pk, wanted={"phone": "13800000001"}, actor=SYSTEM)
    answer = apply(manager, account, read(manager, account), role=make_role().key)
    assert answer.status_code == 200, answer.content
    left_out = answer.json()["result"]["left_out"]
    assert "beyond_own_powers" in {one["code"] for one in left_out if one["name"] == "王经理"}
    assert User.objects.filter(name="张伟").exists()


def test_a_provider_that_fails_is_told_and_nothing_is_kept(asker, account, twin):
    twin.close()
    answer = asker.post(f"/integrations/{account}/sync")
    assert (answer.status_code, answer.json()["reason"]) == (409, "no_connection")
    assert not Sync.objects.exists()


def test_a_sync_that_was_due_is_due_no_more(asker, account):
    Account.objects.filter(key=account).update(sync_due_since="2026-01-01T00:00Z")
    apply(asker, account, read(asker, account))
    assert asker.get(f"/integrations/{account}").json()["sync_due_since"] is None


def test_what_was_applied_is_recorded_and_can_be_read_later(asker, account):
    sync = read(asker, account)
    apply(asker, account, sync)
    (entry,) = entries("integration.directory_applied")
    assert entry["person_added"] == 3
    later = asker.get(f"/integrations/{account}/sync/{sync['id']}").json()
    assert later["state"] == "applied"
    assert later["result"]["counts"]["person_added"] == 3


def test_no_address_book_is_kept_longer_than_it_is_needed(asker, account):
    applied, waiting = read(asker, account), read(asker, account)
    apply(asker, account, applied)
    assert Sync.objects.get(pk=applied["id"]).directory == {"departments": [], "members": []}
    Sync.objects.filter(pk=waiting["id"]).update(read_at="2026-01-01T00:00Z")
    assert actions.forget_readings() == 1
    assert [sync.pk for sync in Sync.objects.all()] == [applied["id"]]


def _department_keys(provider):
    return ("od-west", "od-team") if provider == "feishu" else (4, 3)


def _rename_and_move(provider, twin):
    west, team = _department_keys(provider)
    parent = "parent_department_id" if provider == "feishu" else _parent_key(provider)
    twin.departments[team].update({"name": "一组（新）", parent: west})
    twin.members[ids(provider, "zhang")[0]]["name"] = "张伟强"


def _parent_key(provider):
    return {"wecom": "parentid", "dingtalk": "parent_id"}[provider]
