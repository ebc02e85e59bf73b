"""What people and policies want: switches, quiet hours, digests, urgency."""

from datetime import timedelta

import pytest

from closeloop.edge import messages
from closeloop.notices import actions
from closeloop.notices.events import Event, events
from closeloop.notices.models import Delivery, Notice
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.notices.working import after, reader, state_of, tell, work

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _events(monkeypatch):
    """Events of the apps above, as they might register them."""
    known = {
        "test.urgent": Event("test.urgent", ("in_app", "mail"), True, "approvals"),
        "test.calm": Event("test.calm", ("in_app", "mail"), False, "approvals"),
        "test.quiet": Event("test.quiet", ("in_app",), False, "clocks"),
    }
    monkeypatch.setattr(events, "_by_key", {"mention": events.get("mention"), **known})


def wish(person, **wishes):
    answer = client_as(person).put("/me/notice-settings", wishes)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def tell_of(event, *people, channels=None):
    to = tuple(person.pk for person in people)
    made = actions.send(actions.Message(event=event, to=to, channels=channels))
    return Delivery.objects.filter(notice__in=made).exclude(channel="in_app")


def channels_of(found):
    return {row.channel: row.state for row in found}


@pytest.mark.parametrize(
    ("event", "switch", "expected"),
    [
        ("test.calm", {}, {"mail": "waiting"}),
        ("test.calm", {"approvals": {"mail": False}}, {}),
        ("test.calm", {"clocks": {"mail": False}}, {"mail": "waiting"}),
        ("test.quiet", {}, {}),
        ("test.quiet", {"clocks": {"mail": True}}, {"mail": "waiting"}),
        ("test.quiet", {"clocks": {"sms": True}}, {}),
    ],
)
def test_switches_add_and_take_away_channels(post, event, switch, expected):
    person = reader()
    wish(person, channels=switch)
    assert channels_of(tell_of(event, person)) == expected


def test_what_a_policy_demands_overrules_the_switch(post):
    person = reader()
    wish(person, channels={"approvals": {"mail": False}})
    found = channels_of(tell_of("test.calm", person, channels=("mail", "sms")))
    assert found == {"mail": "waiting", "sms": "skipped"}


def test_the_notice_centre_cannot_be_switched_off(post):
    answer = client_as(reader()).put(
        "/me/notice-settings", {"channels": {"approvals": {"in_app": False}}}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "always_on"


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"channels": {"nonsense": {}}}, "channels.nonsense"),
        ({"channels": {"clocks": {"pigeon": True}}}, "channels.clocks.pigeon"),
        ({"channels": {"clocks": {"robot": True}}}, "channels.clocks.robot"),
        ({"quiet": {"from": "08:00", "to": "08:00"}}, "quiet"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
    ],
)
def test_wrong_wishes_are_told_where_they_are_wrong(wishes, field):
    answer = client_as(make_user()).put("/me/notice-settings", wishes)
    assert (answer.status_code, answer.json()["code"]) == (422, "notice_settings_invalid")
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_wishes_come_back_as_they_were_made(post):
    person = reader()
    made = wish(
        person,
        channels={"tasks": {"mail": True}},
        quiet={"from": "22:00", "to": "07:30"},
        digest="daily",
        digest_at="09:15",
        time_zone="America/New_York",
    )
    assert client_as(person).get("/me/notice-settings").json() == made
    assert made["channels"]["tasks"]["mail"] is True
    assert made["channels"]["approvals"] == {
        "in_app": True,
        "wecom": False,
        "dingtalk": False,
        "feishu": False,
        "mail": True,
        "sms": False,
    }
    assert made["quiet"] == {"from": "22:00", "to": "07:30"}
    by_key = {each["key"]: each for each in made["available"]}
    assert by_key["mail"]["address"] == person.email
    assert (by_key["mail"]["is_on"], by_key["sms"]["is_on"]) == (True, False)


def test_quiet_hours_hold_mail_back_until_they_end(post, clock):
    person = reader()
    wish(person, quiet={"from": "22:00", "to": "07:30"})
    clock.tell(clock.now + 13 * HOUR)
    (delivery,) = tell(person)
    work()
    assert (state_of(delivery), post.subjects()) == ("waiting", [])
    assert Notice.objects.filter(person=person).count() == 1
    assert after(clock, 8 * HOUR).queued == 0
    assert after(clock, HOUR / 2).queued == 1
    assert state_of(delivery) == "sent"


def test_urgent_mail_passes_quiet_hours_and_digests(post, clock):
    person = reader()
    wish(person, quiet={"from": "00:00", "to": "23:59"}, digest="daily")
    tell_of("test.urgent", person)
    work()
    assert len(post.subjects()) == 1


def test_quiet_hours_that_began_meanwhile_hold_a_repetition_back(post, clock):
    person = reader()
    (delivery,) = tell(person)
    wish(person, quiet={"from": "10:00", "to": "12:00"})
    work()
    assert (state_of(delivery), post.subjects()) == ("waiting", [])
    after(clock, 2 * HOUR)
    assert len(post.subjects()) == 1


def test_a_changed_wish_frees_what_is_held(post, clock):
    person = reader()
    wish(person, quiet={"from": "09:00", "to": "18:00"})
    (delivery,) = tell(person)
    wish(person, quiet=None)
    assert after(clock, timedelta(0)).queued == 1
    assert state_of(delivery) == "sent"


def test_a_digest_gathers_what_came_until_it_leaves(post, clock):
    person, other = reader(), reader()
    wish(person, digest="daily", digest_at="18:00")
    wish(other, digest="hourly")
    made = [*tell(person, comment="一"), *tell(person, comment="二")]
    tell(other, comment="三")
    work()
    assert post.subjects() == []
    after(clock, HOUR)
    assert post.subjects() == ["王经理在「江苏省人民医院」中提到了您"]
    after(clock, 7 * HOUR)
    assert post.subjects()[1:] == ["您有 2 条新消息"]
    assert [state_of(delivery) for delivery in made] == ["sent", "sent"]
    plain = post.server.mails[1].get_body(("plain",)).get_content()
    assert "一" in plain
    assert "二" in plain


def test_a_digest_leaves_out_what_was_seen(post, clock):
    person = reader()
    wish(person, digest="hourly")
    made = [*tell(person), *tell(person), *tell(person)]
    seen = Delivery.objects.get(pk=made[0]).notice_id
    client_as(person).post("/notices/seen", {"ids": [seen]})
    after(clock, HOUR)
    assert [state_of(delivery) for delivery in made] == ["skipped", "sent", "sent"]
    assert post.subjects() == ["您有 2 条新消息"]


def test_a_digest_that_failed_is_repeated_as_it_was(post, clock):
    person = reader()
    wish(person, digest="hourly")
    first = [*tell(person), *tell(person)]
    post.server.contents = ["451 busy"]
    after(clock, HOUR)
    assert {state_of(delivery) for delivery in first} == {"failed"}
    (later,) = tell(person)
    after(clock, timedelta(minutes=1))
    assert {state_of(delivery) for delivery in first} == {"sent"}
    assert state_of(later) == "waiting"
    assert post.subjects() == ["您有 2 条新消息"]
    assert len({mail["Message-ID"] for mail in post.server.mails}) == 1


def test_a_robot_speaks_once_whoever_is_told():
    people = [make_user(), make_user(), make_user()]
    found = tell_of("test.quiet", *people, channels=("robot",))
    assert [(row.channel, row.error_code) for row in found] == [("robot", "channel_off")]


def test_times_are_told_in_the_readers_zone_and_names_in_their_language(monkeypatch):
    texts = {"zh-CN": "{flow}须在 {due_at} 前处理", "en-US": "{flow} is due at {due_at}"}
    monkeypatch.setitem(messages.catalogue(), "notice.test.calm.title", texts)
    person = reader()
    data = {
        "flow": {"zh-CN": "合同审批", "en-US": "Contract approval"},
        "due_at": "2026-11-23T10:30:00+00:00",
    }
    actions.send(actions.Message(event="test.calm", to=(person.pk,), data=data))
    asker = client_as(person)
    assert title_in(asker) == "合同审批须在 11月23日 18:30 前处理"
    person.locale = "en-US"
    person.save()
    wish(person, time_zone="America/New_York")
    assert title_in(asker) == "Contract approval is due at 23 Nov 05:30"


def title_in(asker):
    (item,) = asker.get("/notices").json()["items"]
    return item["title"]
