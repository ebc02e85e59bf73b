"""WeChat, WeCom and advertising platforms: their documented payloads, checked, taken once."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client

from closeloop.capture import actions
from closeloop.capture.models import Submission
from closeloop.identity.actor import SYSTEM
from closeloop.integrations.models import PersonLink
from closeloop.leads.models import Lead
from tests.builders.moments import from_now
from tests.capture.senders import Program, make_channel
from tests.twins.imap import PASSWORD, USER, ImapTwin
from tests.twins.platforms import KEY, ByToken, CustomerContact, OceanEngine, OfficialAccount

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name):
    """A documented payload: body, and what it is worth."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def poster(channel):
    """How a platform reaches the channel."""
    client = Client()

    def post(query, body, content_type, headers):
        path = f"/api/capture/callbacks/{channel.token}{query}"
        return client.generic("POST", path, body, content_type=content_type, headers=headers)

    return post


def now_s():
    return from_now().timestamp()


def official(company):
    channel, _ = make_channel(
        "wechat_official",
        settings={"app_id": "wx1234567890abcdef"},
        secrets={"callback_token": "official-token", "callback_key": KEY},
    )
    return OfficialAccount(poster(channel), now_s)


def worth(name):
    """The values and ids that a submission of this payload must have."""
    takes = fixture(name)["takes"]
    row = Submission.objects.order_by("-pk").first()
    return (row.values, row.ids) == (takes["values"], takes["ids"])


def test_every_fixture_names_its_source():
    for file in FIXTURES.glob("*.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        assert told["source"].startswith("https://"), file
        assert told["seen"], file


@pytest.mark.parametrize("safe", [False, True])
def test_a_follower_and_what_they_write_are_one_lead(company, safe):
    account = official(company)

    followed = account.send(fixture("wechat_official_subscribe")["body"], safe=safe)
    assert worth("wechat_official_subscribe")
    wrote = account.send(fixture("wechat_official_text")["body"], safe=safe)
    again = account.send(fixture("wechat_official_text")["body"], safe=safe)

    assert worth("wechat_official_text")
    assert [each.content for each in (followed, wrote, again)] == [b"success"] * 3
    lead = Lead.objects.get()
    assert (lead.name, lead.phone, lead.email) == (
        "微信用户 jklm", "13812345678", "lin@example.com",
    )  # fmt: skip
    assert lead.source == "wechat_official"
    assert Submission.objects.count() == 2


def test_an_official_account_is_checked_by_signature_and_time(company):
    account = official(company)
    body = fixture("wechat_official_text")["body"]

    assert account.send(body, token="guessed").status_code == 403
    assert account.send(body, age_s=301).status_code == 403
    assert account.send(body.replace("text", "event")).content == b"success"
    assert Lead.objects.count() == 0


def test_a_contact_of_wecom_waits_for_the_details(company):
    PersonLink.objects.create(
        provider="wecom", external_id="zhangsan", person=company.seller, source="hand"
    )
    channel, _ = make_channel(
        "wecom_contact",
        settings={"corp_id": "ww1234567890abcdef"},
        secrets={"callback_token": "wecom-token", "callback_key": KEY},
    )
    wecom = CustomerContact(poster(channel), now_s)
    body = fixture("wecom_contact_add")["body"]

    assert wecom.send(body, token="guessed").status_code == 403
    assert [wecom.send(body).content for _ in range(2)] == [b"success"] * 2

    assert worth("wecom_contact_add")
    (row,) = Submission.objects.filter(state="asked")
    assert (row.owner, row.lead, Lead.objects.count()) == (company.seller, None, 0)
    assert "WelcomeCode" not in row.rest


def test_a_clue_of_ocean_engine(company):
    channel, _ = make_channel("ocean_engine", secrets={"app_secret": "ocean-secret"})
    ocean = OceanEngine(poster(channel))
    told = fixture("ocean_engine_clue")["body"]

    assert ocean.send(told, secret="guessed").status_code == 403
    answers = [ocean.send(told) for _ in range(2)]

    assert [each.json()["StatusCode"] for each in answers] == [200, 200]
    assert worth("ocean_engine_clue")
    assert Lead.objects.values_list("name", "source").get() == ("林晓", "feed_ad")
    asked = Client().get(
        f"/api/capture/callbacks/{channel.token}?event=verify_webhook&challenge=42"
    )
    assert asked.json()["challenge"] == 42


@pytest.mark.parametrize(
    ("kind", "name", "source"),
    [("baidu", "baidu_clue", "search_ad"), ("tencent_ads", "tencent_ads_lead", "feed_ad")],
)
def test_a_clue_behind_a_token(company, kind, name, source):
    channel, token = make_channel(kind)
    platform = ByToken(poster(channel), token)
    told = fixture(name)["body"]

    assert platform.send(told, token="guessed").status_code == 403
    answers = [platform.send(told) for _ in range(2)]

    assert [each.json()["code"] for each in answers] == [0, 0]
    assert worth(name)
    lead = Lead.objects.get()
    assert (lead.company, lead.source) == ("江苏省人民医院", source)
    assert Submission.objects.filter(state="taken").count() == 1


def test_a_clue_sent_as_a_form(company):
    channel, token = make_channel("tencent_ads")
    told = fixture("tencent_ads_lead")["body"]

    ByToken(poster(channel), token).send(told, form=True)

    assert worth("tencent_ads_lead")


def mail(charset="utf-8", **headers):
    message = EmailMessage()
    message["From"] = headers.get("sender", "林晓 <Lin@Example.com>")
    message["Subject"] = "咨询 CT"
    message["Message-ID"] = "<4711@example.com>"
    for name, value in headers.get("more", {}).items():
        del message[name]
        message[name] = value
    message.set_content("单位：江苏省人民医院\n想看演示，电话 138-1234-5678。", charset=charset)
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_mail_is_taken_once(company, charset):
    channel, secret = make_channel("mail")
    program = Program(channel, secret)

    answers = [
        program.post(mail(charset), content_type="message/rfc822", address="mail") for _ in range(2)
    ]

    assert [each.json()[0]["is_repeat"] for each in answers] == [False, True]
    lead = Lead.objects.get()
    assert (lead.name, lead.email, lead.phone, lead.company) == (
        "林晓", "lin@example.com", "13812345678", "江苏省人民医院",
    )  # fmt: skip
    assert Submission.objects.get().rest["subject"] == "咨询 CT"


def test_what_is_no_mail_waits(company):
    channel, secret = make_channel("mail")

    answer = Program(channel, secret).post(b"hello", content_type="text/plain", address="mail")

    assert answer.status_code == 202
    assert answer.json()[0]["reasons"][0]["code"] == "mail_wrong"


@pytest.mark.parametrize(
    "more",
    [
        {"Auto-Submitted": 'auto-replied; owner-email="lin@example.com"'},
        {"Precedence": "auto_reply"},
        {"Subject": "自动回复: 咨询 CT"},
        {"Subject": "Automatic reply: CT", "Auto-Submitted": "auto-generated"},
    ],
)
def test_what_a_program_answered_waits_until_somebody_takes_it(company, more):
    channel, secret = make_channel("mail")
    answer = Program(channel, secret).post(
        mail(more=more), content_type="message/rfc822", address="mail"
    )
    assert answer.json()[0]["reasons"][0]["code"] == "mail_automatic"
    assert not Lead.objects.exists()

    taken = actions.retry(Submission.objects.get().pk, values={"name": "林晓"}, actor=SYSTEM)

    assert Lead.objects.get().pk == taken.lead_id


def test_a_mail_that_a_website_made_of_its_form_is_taken(company):
    channel, secret = make_channel("mail")
    made = mail(more={"Auto-Submitted": "auto-generated"})

    Program(channel, secret).post(made, content_type="message/rfc822", address="mail")

    assert Lead.objects.get().name == "林晓"


def test_a_mailbox_is_read_and_each_mail_is_taken_once(company):
    with ImapTwin(mail(), mail("gb18030", sender="王明 <wang@example.com>")) as server:
        channel, _ = make_channel(
            "mail",
            settings={
                "host": "127.0.0.1", "port": str(server.port), "security": "none", "user": USER,
            },
            secrets={"password": PASSWORD},
        )  # fmt: skip

        counts = [actions.fetch_mail(channel.pk) for _ in range(2)]

    assert (counts, server.seen) == ([2, 0], {1, 2})
    assert actions.mailboxes() == [channel.pk]
    assert Submission.objects.filter(state="taken").count() == 1
