"""Setting channels up: secrets go in and stay in, what is incomplete stays off."""

import json

import pytest

from closeloop.notices import configuration
from closeloop.notices.models import ChannelConfig
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.people import make_user
from tests.notices.working import reader, tell, work
from tests.twins.robots import SECRET, TOKEN, RobotsTwin
from tests.twins.smtp import USER

pytestmark = pytest.mark.django_db
PASSWORD = "very-secret-9"
MAIL = {"host": "mail.example", "port": 25, "security": "none", "from_address": USER}


@pytest.fixture
def admin():
    return client_as(make_user(role="administrator"))


def channel(admin, key):
    return next(each for each in admin.get("/channels").json() if each["key"] == key)


def test_without_any_setting_only_the_notice_centre_is_on(admin):
    on = {
        each["key"]: (each["is_on"], each["is_complete"]) for each in admin.get("/channels").json()
    }
    assert [key for key, (is_on, is_complete) in on.items() if is_on and is_complete] == ["in_app"]
    assert on["mail"] == (False, False)


def test_every_channel_says_plainly_how_often_a_message_may_arrive(admin):
    told = {each["key"]: each["guarantee"] for each in admin.get("/channels").json()}
    assert told == {
        "in_app": "exactly_once",
        "wecom": "repeats_dropped",
        "dingtalk": "repeats_dropped",
        "feishu": "repeats_dropped",
        "mail": "at_most_once",
        "sms": "at_most_once",
        "robot": "at_most_once",
    }
    admin.put("/channels/mail", {"settings": {"resend_unknown": True}})
    assert channel(admin, "mail")["guarantee"] == "at_least_once"
    assert "4 小时" in channel(admin, "wecom")["guarantee_text"]


def test_a_secret_goes_in_and_never_comes_out(admin):
    answer = admin.put(
        "/channels/mail", {"is_on": True, "settings": {**MAIL, "password": PASSWORD}}
    )
    assert answer.status_code == 200
    told = channel(admin, "mail")
    assert (told["is_on"], told["secrets_set"]) == (True, ["password"])
    assert PASSWORD not in json.dumps(admin.get("/channels").json()) + answer.content.decode()
    assert PASSWORD not in json.dumps(snapshot())
    assert configuration.configured("mail").settings["password"] == PASSWORD
    assert verbs()[-1] == "channel.changed"


def test_settings_that_are_not_named_stay_and_null_removes_one(admin):
    admin.put("/channels/mail", {"settings": {**MAIL, "username": "u", "password": PASSWORD}})
    admin.put("/channels/mail", {"settings": {"username": None, "port": 587}})
    assert configuration.configured("mail").settings["password"] == PASSWORD
    assert "username" not in ChannelConfig.objects.get(key="mail").settings
    assert channel(admin, "mail")["settings"]["port"] == 587


def test_an_incomplete_channel_cannot_be_switched_on(admin):
    before = snapshot()
    answer = admin.put("/channels/sms", {"is_on": True, "settings": {"provider": "aliyun"}})
    assert (answer.status_code, answer.json()["code"]) == (422, "channel_incomplete")
    assert [each["field"] for each in answer.json()["errors"]] == [
        f"settings.{name}"
        for name in ("access_key_id", "access_key_secret", "sign_name", "template")
    ]
    assert snapshot() == before


@pytest.mark.parametrize(
    ("key", "settings", "field"),
    [
        ("mail", {"port": "25"}, "port"),
        ("mail", {"security": "hope"}, "security"),
        ("mail", {"colour": "red"}, "colour"),
        ("mail", {"host": "x" * 501}, "host"),
        ("robot", {"token": True}, "token"),
    ],
)
def test_settings_of_the_wrong_kind_are_refused(admin, key, settings, field):
    answer = admin.put(f"/channels/{key}", {"settings": settings})
    assert (answer.status_code, answer.json()["code"]) == (422, "channel_settings_invalid")
    assert answer.json()["errors"][0]["field"] == f"settings.{field}"


def test_the_notice_centre_needs_nothing(admin):
    assert admin.put("/channels/in_app", {"is_on": False}).json()["code"] == "channel_always_on"
    assert admin.put("/channels/pigeon", {"is_on": True}).json()["code"] == "channel_unknown"
    assert admin.post("/channels/pigeon/test").json()["code"] == "channel_unknown"


def test_only_who_looks_after_notices_sees_channels_and_deliveries():
    seller = client_as(make_user(role="salesperson"))
    assert seller.get("/channels").status_code == 403
    assert seller.get("/deliveries").status_code == 403
    assert seller.put("/channels/mail", {"is_on": False}).status_code == 403


def test_a_test_mail_tells_what_the_server_says(post):
    person = reader(role="administrator")
    admin = client_as(person)
    assert admin.post("/channels/mail/test").json()["is_sent"] is True
    assert post.subjects() == ["测试消息（邮件）"]
    post.server.contents = ["554 no"]
    told = admin.post("/channels/mail/test").json()
    assert (told["is_sent"], told["code"], told["detail"]) == (False, "smtp_554", "no")
    person.email = ""
    person.save()
    assert admin.post("/channels/mail/test").json()["reason"] == "此人没有可用的地址或账号。"


def test_a_test_of_an_incomplete_channel_is_refused(admin):
    assert admin.post("/channels/sms/test").json()["code"] == "channel_incomplete"


def test_a_robot_speaks_to_its_group_once_for_many_people(admin):
    with RobotsTwin() as group:
        settings = {"platform": "feishu", "token": TOKEN, "secret": SECRET, "base_url": group.url}
        assert (
            admin.put("/channels/robot", {"is_on": True, "settings": settings}).status_code == 200
        )
        tell(make_user(), make_user(), channels=("robot",))
        work()
        assert len(group.said) == 1
