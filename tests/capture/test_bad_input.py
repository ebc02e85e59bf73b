"""Bad input gets a clear answer; nothing is lost, nothing is doubled (issue 4, must show 7)."""

import json

import pytest

from closeloop.capture import actions
from closeloop.capture.models import Submission
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.capture.senders import Program, Visitor, errors_on, make_channel, make_form

pytestmark = pytest.mark.django_db
PERSON = {"name": "林晓", "phone": "13812345678", "company": "江苏省人民医院"}
EIGHT = [
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "+86 138 1234 5678",
    "0086-13812345678",
    "(86)13812345678",
    "１３８１２３４５６７８",
    "+8613812345678",
]


@pytest.fixture
def program(company):
    return Program(*make_channel())


@pytest.fixture
def visitor(company):
    return Visitor(make_form())


def states():
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


def test_a_wrong_signature_is_refused_and_kept_and_can_be_taken_after_a_look(program, company):
    answer = program.send(PERSON, secret="not the secret")

    assert answer.status_code == 403
    assert answer.json()["code"] == "capture_signature_wrong"
    assert "签名不正确" in answer.json()["detail"]
    assert Lead.objects.count() == 0
    kept = Submission.objects.get()
    assert (kept.state, json.loads(bytes(kept.raw))["phone"]) == ("refused", "13812345678")

    ops = client_as(company.ops)
    (shown,) = ops.get("/capture/submissions").json()["items"]
    assert shown["reasons"][0]["message"] == "签名不正确，已拒绝。"
    outcome = ops.post(f"/capture/submissions/{kept.pk}/retry").json()
    assert (outcome["state"], Lead.objects.get().phone) == ("taken", "13812345678")
    again = ops.post(f"/capture/submissions/{kept.pk}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "submission_settled")
    assert Lead.objects.count() == 1


def test_a_replayed_webhook_gets_the_first_answer(program):
    first = program.send(PERSON, nonce="order-4711")
    second = program.send(PERSON, nonce="order-4711")

    assert (first.status_code, second.status_code) == (200, 200)
    (told,), (repeated,) = first.json(), second.json()
    assert (told["state"], told["is_repeat"]) == ("taken", False)
    assert (repeated["lead_id"], repeated["is_repeat"]) == (told["lead_id"], True)
    assert (Lead.objects.count(), states(), len(entries("lead.captured"))) == (1, ["taken"], 1)


def test_a_nonce_is_good_for_one_body_and_five_minutes(program):
    program.send(PERSON, nonce="order-4711")

    other = program.send({**PERSON, "phone": "13987654321"}, nonce="order-4711")
    late = program.send({**PERSON, "phone": "13987654321"}, age_s=301)

    assert (other.status_code, other.json()["code"]) == (409, "capture_nonce_used")
    assert (late.status_code, late.json()["code"]) == (403, "capture_stale")
    assert (Lead.objects.count(), states()) == (1, ["taken", "refused"])


def test_five_megabytes_are_refused_before_they_are_read_and_noted(program, visitor):
    body = b'{"name": "' + b"x" * (5 * 1024 * 1024) + b'"}'

    answer = program.post(body)
    page = visitor.post(body)

    assert (answer.status_code, answer.json()["code"]) == (413, "capture_too_large")
    assert "1 MB" in answer.json()["detail"]
    assert page.status_code == 413
    assert "一次最多 1 MB" in page.content.decode()
    noted = Submission.objects.order_by("pk")
    assert [(each.state, bytes(each.raw)) for each in noted] == [("refused", b"")] * 2
    assert noted[0].reasons[0]["size"] == len(body)


def test_emoji_stay_and_control_characters_go(program, visitor):
    program.send({**PERSON, "name": "林\x00晓\x07 🦾👩‍⚕️", "company": "心\u202e电\u0000图"})
    visitor.send(name="王\x01明 🚀", phone="13900001111", company="\x1b[31m厂")

    assert list(Lead.objects.order_by("pk").values_list("name", "company")) == [
        ("林晓 🦾👩⚕️", "心电图"),
        ("王明 🚀", "[31m厂"),
    ]
    assert states() == ["taken", "taken"]


def test_a_phone_in_eight_formats_is_one_person(program, visitor):
    for number, phone in enumerate(EIGHT):
        if number % 2:
            assert program.send({**PERSON, "phone": phone}).status_code == 200
        else:
            assert visitor.send(name="林晓", phone=phone).status_code == 200

    lead = Lead.objects.get()
    assert lead.phone == "13812345678"
    assert states() == ["taken"] + ["attached"] * 7
    assert len(entries("lead.captured")) == 8


@pytest.mark.parametrize(
    ("charset", "says"),
    [
        ("gbk", "application/x-www-form-urlencoded; charset=GBK"),
        ("gbk", "application/x-www-form-urlencoded; charset=gb2312"),
        ("gbk", "application/x-www-form-urlencoded"),
        ("gb18030", "application/x-www-form-urlencoded; charset=gb18030"),
        ("utf-8", "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_in_gbk_is_read_by_its_charset(visitor, charset, says):
    answer = visitor.send(
        charset=charset, says=says, name="欧阳喆", phone="13812345678", company="镕基医疗"
    )

    assert answer.status_code == 200
    assert Lead.objects.values_list("name", "company").get() == ("欧阳喆", "镕基医疗")


def test_the_field_of_the_html_standard_names_the_charset(company):
    visitor = Visitor(make_form(plain=True, consent=None))

    answer = visitor.send(
        charset="gbk",
        says="application/x-www-form-urlencoded",
        ticket="",
        _charset_="gbk",
        name="韩梅梅",
        phone="13812345678",
    )

    assert answer.status_code == 200
    assert Lead.objects.get().name == "韩梅梅"


def test_a_body_that_cannot_be_read_waits_with_its_reason(program, company):
    broken = program.post(b'{"name": "\xe6\x9e\x97", "phone": ')
    utf16 = program.post(b"\xff\xfe\x00\xd8{", content_type="application/json; charset=utf-16-le")
    nobody = program.send({"name": "路人"})

    assert [each.status_code for each in (broken, utf16, nobody)] == [202, 202, 202]
    reasons = [each.json()[0]["reasons"][0]["code"] for each in (broken, utf16, nobody)]
    assert reasons == ["json_wrong", "charset_wrong", "nobody_to_reach"]
    assert states() == ["quarantined"] * 3
    assert Lead.objects.count() == 0
    page = client_as(company.ops).get("/capture/submissions").json()
    assert page["waiting"] == 3
    assert page["items"][0]["reasons"][0]["message"] == "手机、邮箱、微信至少要有一个。"


def test_a_waiting_submission_is_taken_after_correction(program, company):
    told = program.send({"name": "路人", "phone": "12"}).json()[0]
    ops = client_as(company.ops)

    still = ops.post(
        f"/capture/submissions/{told['submission_id']}/retry", {"values": {"phone": "123"}}
    ).json()
    outcome = ops.post(
        f"/capture/submissions/{told['submission_id']}/retry",
        {"values": {"phone": "138 1234 5678"}},
    ).json()

    assert (still["state"], still["reasons"][0]["code"]) == ("quarantined", "phone_invalid")
    assert outcome["state"] == "taken"
    lead = Lead.objects.get()
    assert (lead.name, lead.phone, lead.owner) == ("路人", "13812345678", None)


def test_a_waiting_submission_is_taken_after_the_mapping_is_mended(company):
    channel, secret = make_channel(mapping={"name": "who", "phone": "tel"})
    program = Program(channel, secret)
    program.send({"contact": {"who": "林晓", "tel": "13812345678"}, "items": [{"firm": "一院"}]})
    assert states() == ["quarantined"]
    ops = client_as(company.ops)
    mapping = {"name": "contact.who", "phone": "contact.tel", "company": "items[0].firm"}

    ops.put(f"/capture/channels/{channel.pk}", {"name": channel.name, "mapping": mapping})
    outcome = ops.post(f"/capture/submissions/{Submission.objects.get().pk}/retry").json()

    assert outcome["state"] == "taken"
    assert Lead.objects.values_list("name", "phone", "company").get() == (
        "林晓", "13812345678", "一院",
    )  # fmt: skip


def test_a_mended_form_is_the_same_submission(visitor):
    ticket = visitor.ticket()

    wrong = visitor.send(ticket=ticket, name="林晓", phone="12", _consent="")
    waiting = states()
    right = visitor.send(ticket=ticket, name="林晓", phone="13812345678")
    twice = visitor.send(ticket=ticket, name="林晓", phone="13812345678")

    assert wrong.status_code == 422
    assert len(errors_on(wrong)) == 2
    assert ticket in wrong.content.decode()
    assert (waiting, states()) == (["quarantined"], ["taken"])
    assert (right.status_code, twice.status_code) == (200, 200)
    assert Lead.objects.count() == 1


def test_what_a_machine_fills_in_waits_and_is_no_lead(visitor):
    trapped = visitor.send(name="bot", phone="13812345678", website="https://spam.example")
    fast = visitor.send(ticket=visitor.ticket(age_s=0.5), name="bot", phone="13812345678")

    assert (trapped.status_code, fast.status_code) == (200, 200)
    assert (states(), Lead.objects.count()) == (["quarantined"] * 2, 0)
    reasons = [each.reasons[-1]["code"] for each in Submission.objects.order_by("pk")]
    assert reasons == ["honeypot_filled", "too_fast"]


def test_a_page_of_yesterday_is_sent_again_with_what_was_typed(visitor):
    old = visitor.send(ticket=visitor.ticket(age_s=25 * 3600), name="林晓", phone="13812345678")
    forged = visitor.send(ticket="forged", name="林晓", phone="13812345678")

    assert (old.status_code, forged.status_code) == (409, 409)
    assert 'value="林晓"' in old.content.decode()
    assert Submission.objects.count() == 0


def test_an_address_that_sends_too_much_is_asked_to_wait(visitor):
    answers = [visitor.send(name="林晓", phone="13812345678").status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]
    assert Lead.objects.count() == 1


def test_a_wrong_choice_costs_no_lead(program):
    told = program.send({**PERSON, "industry": "民营医院", "budget_range": "很多"}).json()[0]

    submission = Submission.objects.get()
    assert told["state"] == "taken"
    assert Lead.objects.get().industry == "private_hospital"
    assert [each["field"] for each in submission.left_out] == ["budget_range"]


def test_what_is_no_lead_is_thrown_away_and_counted(program, company):
    told = program.send({"name": "测试"}).json()[0]

    actions.discard(told["submission_id"], actor=SYSTEM)

    assert states() == ["discarded"]
    assert client_as(company.ops).get("/capture/submissions").json()["waiting"] == 0


def test_numbers_and_nestings_that_no_column_takes_are_kept_as_far_as_they_go(program):
    deep = b"[" * 400 + b"]" * 400
    huge = b'{"name": "\xe6\x9e\x97", "phone": 13812345678, "x": 1e999, "y": ' + deep + b"}"

    answer = program.post(huge)
    long_number = program.post(b'{"name": "a", "phone": ' + b"9" * 400 + b"}")

    assert [each.status_code for each in (answer, long_number)] == [200, 202]
    assert Lead.objects.get().phone == "13812345678"
