"""SMS, robots and mail against their twins, and both against what the providers document."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from closeloop.notices.channels import sms_aliyun, sms_tencent
from closeloop.notices.channels.mail import Mail, message_id
from closeloop.notices.channels.outcomes import GiveUp, RecipientRefused, TryLater, Uncertain
from closeloop.notices.channels.protocol import Attached, Line, Outgoing
from closeloop.notices.channels.robots import Robot
from closeloop.notices.channels.sms import Sms
from tests.twins import robots, sms
from tests.twins.documented import payload, strays
from tests.twins.loopback import SILENCE, Answer, Twin
from tests.twins.robots import RobotsTwin
from tests.twins.sms import AliyunSmsTwin, TencentSmsTwin
from tests.twins.smtp import LOST, PASSWORD, USER, SmtpTwin

LINK = "https://crm.example/approvals/12"
MESSAGE = Outgoing(
    address="13800138000",
    name="王经理",
    locale="zh-CN",
    title="合同「江苏省人民医院」待您审批",
    body="请在 4 小时内处理",
    link=LINK,
    phone_link="https://crm.example/m/approvals/12",
    dedupe_key="delivery-7",
)
LETTER = replace(MESSAGE, address="wang@corp.example")
PLATFORMS = ("wecom", "dingtalk", "feishu")
TWINS = {"tencent": TencentSmsTwin, "aliyun": AliyunSmsTwin}


@pytest.fixture(params=sorted(TWINS))
def provider(request):
    return request.param


@pytest.fixture
def carrier(provider):
    with TWINS[provider]() as running:
        yield running


@pytest.fixture
def group():
    with RobotsTwin() as running:
        yield running


@pytest.fixture
def server():
    with SmtpTwin() as running:
        yield running


def sms_settings(provider, twin, **more):
    return {
        "provider": provider,
        "access_key_id": sms.KEY_ID,
        "access_key_secret": sms.KEY_SECRET,
        "app_id": sms.APP_ID,
        "region": "ap-guangzhou",
        "sign_name": sms.SIGN_NAME,
        "template": sms.TEMPLATE,
        "params": "title,path",
        "endpoint": twin.url,
        **more,
    }


def robot_settings(platform, twin, **more):
    known = {"token": robots.TOKEN, "secret": robots.SECRET, "base_url": twin.url}
    return {"platform": platform, **known, **more}


def mail_settings(server, **more):
    sender = {"from_address": USER, "from_name": "星河 CRM"}
    return {"host": "127.0.0.1", "port": server.port, "security": "none", **sender, **more}


def text(provider, carrier, message=MESSAGE, **more):
    return Sms().send(message, sms_settings(provider, carrier, **more))


def test_a_text_goes_out_with_its_variables_in_order(provider, carrier):
    sent = text(provider, carrier)
    values = {"title": MESSAGE.title, "path": "approvals/12"}
    assert (
        carrier.delivered
        == {
            "tencent": [("+8613800138000", list(values.values()))],
            "aliyun": [("13800138000", values)],
        }[provider]
    )
    assert sent.provider_id


def test_a_text_keeps_to_the_documented_request(provider, carrier):
    text(provider, carrier)
    (asked,) = carrier.asked
    documented = payload(f"{provider}_sms", "sent")["request"]
    assert strays(asked.query, documented["query"]) == []
    assert strays(asked.body or {}, documented["body"] or {}) == []


def test_the_twin_says_what_the_carrier_documents(provider, carrier):
    text(provider, carrier)
    (asked,) = carrier.asked
    said = carrier.take(asked)
    assert strays(said, payload(f"{provider}_sms", "sent")["response"]) == []


@pytest.mark.parametrize(
    ("provider", "name", "outcome"),
    [
        ("tencent", "refused_number", TryLater),
        ("tencent", "refused", GiveUp),
        ("aliyun", "limited", TryLater),
    ],
    indirect=["provider"],
)
def test_documented_refusals_are_understood(provider, carrier, name, outcome):
    carrier.script = [Answer(payload(f"{provider}_sms", name)["response"])]
    with pytest.raises(outcome) as refused:
        text(provider, carrier)
    assert type(refused.value) is outcome


def test_a_wrong_secret_is_given_up(provider, carrier):
    with pytest.raises(GiveUp, match="Signature"):
        text(provider, carrier, access_key_secret="wrong")
    assert carrier.delivered == []


def test_an_unknown_template_is_given_up(provider, carrier):
    with pytest.raises(GiveUp):
        text(provider, carrier, template="2")


def test_a_broken_connection_leaves_open_whether_the_text_left(provider, carrier):
    carrier.lost_answers = [SILENCE]
    with pytest.raises(Uncertain):
        text(provider, carrier)
    assert len(carrier.delivered) == 1


def test_a_carrier_that_is_not_there_is_asked_later(provider):
    with TWINS[provider]() as twin:
        settings = sms_settings(provider, twin)
    twin.close()
    with pytest.raises(TryLater, match="no_connection"):
        Sms().send(MESSAGE, settings)


@pytest.mark.parametrize(
    ("provider", "code", "pause_s"),
    [
        ("tencent", "LimitExceeded.PhoneNumberThirtySecondLimit", 30),
        ("tencent", "LimitExceeded.PhoneNumberDailyLimit", 21600),
        ("aliyun", "isv.BUSINESS_LIMIT_CONTROL", 3600),
    ],
    indirect=["provider"],
)
def test_a_limit_says_how_long_to_wait(provider, carrier, code, pause_s):
    carrier.codes = [code]
    with pytest.raises(TryLater) as refused:
        text(provider, carrier)
    assert refused.value.after_s == pause_s


def test_tencents_own_timeout_leaves_it_open():
    with TencentSmsTwin() as twin:
        twin.codes = ["InternalError.Timeout"]
        with pytest.raises(Uncertain):
            text("tencent", twin)


@pytest.mark.parametrize("address", ["", "12", "not a number"])
def test_what_is_no_phone_number_is_never_sent(provider, carrier, address):
    with pytest.raises(GiveUp, match="phone_invalid"):
        text(provider, carrier, replace(MESSAGE, address=address))
    assert carrier.asked == []


def test_readers_of_english_get_their_own_template(carrier, provider):
    with pytest.raises(GiveUp):
        text(provider, carrier, replace(MESSAGE, locale="en-US"), template_en="3")


def test_the_documented_signature_comes_out():
    told = payload("aliyun_sms", "signature")
    asked = told["request"]
    headers = sms_aliyun.signed(
        asked["action"],
        asked["version"],
        asked["query"],
        host=asked["host"],
        key_id=asked["key_id"],
        secret=asked["secret"],
        at=datetime.fromisoformat(asked["date"]).astimezone(UTC),
        nonce=asked["nonce"],
    )
    assert headers["Authorization"].endswith(f"Signature={told['response']['Signature']}")
    assert headers["x-acs-content-sha256"] == hashlib.sha256(b"").hexdigest()


def test_the_public_addresses_stand_where_no_other_is_given():
    assert (sms_tencent.HOST, sms_aliyun.HOST) == (
        "sms.tencentcloudapi.com",
        "dysmsapi.aliyuncs.com",
    )


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_robot_speaks_as_documented(platform, group):
    Robot().send(MESSAGE, robot_settings(platform, group))
    (asked,) = group.asked
    documented = payload(f"robot_{platform}", "message")
    assert strays(asked.query, documented["request"]["query"]) == []
    assert strays(asked.body, documented["request"]["body"]) == []
    ((_, said),) = group.said
    assert MESSAGE.title in str(said)
    assert MESSAGE.phone_link in str(said)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_robots_no_within_a_yes_is_heard(platform, group):
    """These platforms refuse with HTTP 200 and a code in the body."""
    group.script = [Answer(payload(f"robot_{platform}", "refused")["response"])]
    with pytest.raises(GiveUp):
        Robot().send(MESSAGE, robot_settings(platform, group))


@pytest.mark.parametrize("platform", ["dingtalk", "feishu"])
def test_a_robot_with_a_wrong_secret_is_given_up(platform, group):
    with pytest.raises(GiveUp):
        Robot().send(MESSAGE, robot_settings(platform, group, secret="wrong"))
    assert group.said == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_loud_group_is_left_alone_for_a_while(platform, group):
    settings = robot_settings(platform, group)
    for _ in range(robots.MOST_A_MINUTE):
        Robot().send(MESSAGE, settings)
    with pytest.raises(TryLater) as refused:
        Robot().send(MESSAGE, settings)
    assert refused.value.after_s >= 60


def test_any_other_robot_speaks_through_apprise(group):
    with _AnyWebhook() as webhook:
        address = webhook.url.replace("http://", "json://")
        Robot().send(MESSAGE, {"platform": "apprise", "apprise_url": address})
        (asked,) = webhook.asked
        assert asked.body["title"] == MESSAGE.title
        webhook.script = [Answer("no", status=500)]
        with pytest.raises(Uncertain):
            Robot().send(MESSAGE, {"platform": "apprise", "apprise_url": address})


class _AnyWebhook(Twin):
    routes = {"POST /": "take"}

    def take(self, _asked):
        return {}


def test_a_mail_has_text_html_documents_and_one_lasting_id(server):
    letter = replace(
        LETTER,
        title="多行\r\nBcc: x@evil.example",
        is_red=True,
        files=(Attached("超时预警简报.pdf", "application/pdf", b"%PDF-1.7 brief"),),
    )
    sent = Mail().send(letter, mail_settings(server))
    (mail,) = server.mails
    assert mail["Subject"] == "多行 Bcc: x@evil.example"
    assert mail["From"] == f"星河 CRM <{USER}>"
    assert mail["To"] == "王经理 <wang@corp.example>"
    assert mail["Message-ID"] == message_id("delivery-7", USER)
    assert mail["Importance"] == "high"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert server.envelopes == [(USER, ["wang@corp.example"])]
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert LINK in plain.get_content()
    assert f'href="{LINK}"' in html.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "超时预警简报.pdf"
    assert attached.get_content() == b"%PDF-1.7 brief"
    assert sent.provider_id == "2.0.0 Ok: queued as 4F3"


def test_what_people_wrote_is_no_markup_in_a_mail(server):
    Mail().send(replace(LETTER, body="<script>alert(1)</script>"), mail_settings(server))
    html = server.mails[0].get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_digest_lists_its_notices(server):
    lines = tuple(Line(f"第{n}条", "", LINK, "", is_red=n == 2) for n in (1, 2))
    Mail().send(replace(LETTER, title="您有 2 条新消息", lines=lines), mail_settings(server))
    plain = server.mails[0].get_body(("plain",)).get_content()
    assert plain.index("第1条") < plain.index("! 第2条")


@pytest.mark.parametrize(
    ("place", "reply", "outcome"),
    [
        ("recipients", "busy", TryLater),
        ("recipients", "unknown_mailbox", RecipientRefused),
        ("contents", "busy", TryLater),
        ("contents", "too_large", GiveUp),
    ],
)
def test_a_servers_reply_says_whether_to_try_again(server, place, reply, outcome):
    getattr(server, place).append(payload("smtp", "replies")["response"][reply])
    with pytest.raises(outcome) as refused:
        Mail().send(LETTER, mail_settings(server))
    assert type(refused.value) is outcome
    assert server.mails == []


def test_a_connection_that_breaks_after_the_content_leaves_it_open(server):
    server.contents = [LOST]
    with pytest.raises(Uncertain):
        Mail().send(LETTER, mail_settings(server))
    assert len(server.mails) == 1


def test_a_mail_server_that_is_not_there_is_asked_later():
    with SmtpTwin() as gone:
        settings = mail_settings(gone)
    with pytest.raises(TryLater, match="no_connection"):
        Mail().send(LETTER, settings)


def test_signing_in_to_the_mail_server():
    with SmtpTwin(needs_sign_in=True) as server:
        known = {"username": USER, "password": PASSWORD}
        Mail().send(LETTER, mail_settings(server, **known))
        with pytest.raises(GiveUp, match="smtp_sign_in"):
            Mail().send(LETTER, mail_settings(server, **{**known, "password": "wrong"}))
    assert len(server.mails) == 1
