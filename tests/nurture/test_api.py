"""Over HTTP: a path is written, tried and published; nobody sees leads that are not theirs."""

import pytest

from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions
from closeloop.nurture.models import Enrolment, Message
from tests.builders.asking import client_as
from tests.builders.people import make_user, shipped_role
from tests.builders.records import make_lead
from tests.nurture.given import mail, make_path, make_template, new_lead, wait, words, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def ops(company):
    return client_as(company.ops)


def listed(asker, what):
    return asker.get(f"/nurture/{what}").json()["items"]


def definition(*steps, **more):
    return {
        "key": "spring",
        "name": words("春季"),
        "record_type": "lead",
        "starts": {"on": ["lead.created"], "when": None, "again_after_days": None},
        "leaves": [],
        "steps": list(steps),
        **more,
    }


def test_a_path_is_made_drafted_tried_and_published(post, clock, ops, company):
    made = ops.post("/nurture/paths", {"key": "spring", "name": words("春季")})
    assert (made.status_code, made.json()["has_draft"]) == (201, True)
    wrong = ops.post("/nurture/paths/spring/check", {"definition": definition(mail("a", "gone"))})
    (problem,) = wrong.json()["problems"]
    assert (problem["path"], problem["step"]) == ("/steps/0/template", "a")
    assert "gone" in problem["message"]
    good = definition(mail("first"), wait("pause", 2), mail("second"))
    saved = ops.put("/nurture/paths/spring/draft", {"definition": good, "revision": 1})
    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    stale = ops.put("/nurture/paths/spring/draft", {"definition": good, "revision": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "nurture_draft_moved")
    lead = make_lead(company.seller, email="a@clinic.example")
    preview = ops.post("/nurture/paths/spring/preview", {}).json()
    assert (preview["would_start"], preview["reach"][0]["reachable"]) == (1, 1)
    rehearsed = ops.post("/nurture/paths/spring/rehearse", {"record_id": lead}).json()
    assert [each["step"] for each in rehearsed["steps"]] == ["first", "pause", "second"]
    assert rehearsed["ends"]["how"] == "done"
    assert Enrolment.objects.count() == Message.objects.count() == 0
    assert ops.post("/nurture/paths/spring/publish", {}).json()["version"] == 1
    assert ops.post("/nurture/paths/spring/switch", {"is_active": True}).json()["is_active"]
    begun = ops.post("/nurture/paths/spring/enrol", {"ids": [lead, 999]}).json()
    assert begun["started"] == [lead]
    assert [each["code"] for each in begun["refused"]] == ["not_found"]
    again = ops.post("/nurture/paths/spring/enrol", {"ids": [lead]}).json()
    assert [each["code"] for each in again["refused"]] == ["on_it"]


def test_nobody_sees_leads_on_paths_that_are_not_theirs(post, clock, company):
    make_path(mail("first"), wait("pause"), on=("lead.created",))
    mine = make_lead(company.seller, "我的", email="mine@clinic.example")
    other = make_lead(company.stranger, "别人的", email="other@clinic.example")
    work()
    seller, ops = client_as(company.seller), client_as(company.ops)
    seen = seller.get("/nurture/enrolments").json()
    assert ([each["record"]["id"] for each in seen["items"]], seen["count"]) == ([mine], 1)
    messages = seller.get("/nurture/messages").json()
    assert [each["record"]["id"] for each in messages["items"]] == [mine]
    report = seller.get("/nurture/paths/path/report").json()
    assert (report["started"], report["steps"][0]["sent"]) == (1, 1)
    assert ops.get("/nurture/paths/path/report").json()["started"] == 2
    theirs = Enrolment.objects.get(record_id=other)
    letter = Message.objects.get(record_id=other)
    assert seller.get(f"/nurture/enrolments/{theirs.pk}").status_code == 404
    assert seller.get(f"/nurture/messages/{letter.pk}").status_code == 404
    taken = seller.post(f"/nurture/enrolments/{theirs.pk}/leave", {"note": "不要"})
    assert taken.status_code == 404
    begun = seller.post("/nurture/paths/path/enrol", {"ids": [other]}).json()
    assert begun["refused"][0] == {
        "id": other, "title": "—", "code": "not_found", "detail": "没有这条线索",
    }  # fmt: skip
    assert seller.get(f"/records/lead/{other}/nurture").status_code == 404
    assert seller.get("/nurture/templates").status_code == 403
    assert seller.get("/nurture/suppressions").status_code == 403


def test_a_lead_page_tells_its_paths_and_how_it_is_reached(post, clock, company):
    make_path(mail("first"), wait("pause"), on=())
    lead = make_lead(company.seller, email="mine@clinic.example")
    seller = client_as(company.seller)
    told = seller.get(f"/records/lead/{lead}/nurture").json()
    assert [(each["channel"], each["can"], each["why"]) for each in told["reach"]] == [
        ("mail", True, None), ("sms", False, "no_address"), ("wecom", False, "no_address"),
    ]  # fmt: skip
    assert [each["key"] for each in told["may_start"]] == ["path"]
    assert seller.post("/nurture/paths/path/enrol", {"ids": [lead]}).json()["started"] == [lead]
    work()
    (enrolment,) = seller.get(f"/records/lead/{lead}/nurture").json()["enrolments"]
    assert [each["outcome"] for each in enrolment["steps"]] == ["sent", "waits"]
    assert enrolment["messages"][0]["subject"] == "给孙主任"
    page = seller.get(f"/nurture/messages/{enrolment['messages'][0]['id']}").json()
    assert "您好 孙主任" in page["html"]
    left = seller.post(f"/nurture/enrolments/{enrolment['id']}/leave", {"note": "已面谈"})
    assert (left.json()["state"], left.json()["reason"]["key"]) == ("left", "by_hand")
    twice = seller.post(f"/nurture/enrolments/{enrolment['id']}/leave", {"note": "再来"})
    assert (twice.status_code, twice.json()["code"]) == (409, "nurture_enrolment_over")


def test_a_template_is_checked_looked_at_and_cannot_go_while_it_is_sent(post, clock, ops):
    body = {"zh-CN": {"subject": "{{nmae}}", "body": "{{company|贵单位}} {{item:7}} {{"}}
    given = {"key": "hello", "name": words("x"), "channel": "mail", "texts": body}
    told = ops.post("/nurture/templates/hello/check", {"definition": given}).json()["problems"]
    assert [(each["code"], each["path"]) for each in told] == [
        ("nurture.placeholder_unknown", "/texts/zh-CN/subject"),
        ("nurture.braces_loose", "/texts/zh-CN/body"),
        ("nurture.item_unknown", "/texts/zh-CN/body"),
    ]
    shown = ops.post("/nurture/templates/hello/preview", {"language": "zh-CN"}).json()
    assert (shown["subject"], shown["text"]) == ("给陈主任", "您好 陈主任")
    make_path(mail("first"))
    refused = ops.post("/nurture/templates/hello/archive", {"is_archived": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "nurture_template_in_use")


def test_a_template_is_sent_to_oneself_alone(post, clock, company, ops):
    company.ops.email = "ops@corp.example"
    company.ops.save()
    tried = ops.post("/nurture/templates/hello/test-send", {"language": "zh-CN"}).json()
    assert tried["is_sent"]
    assert [each["To"] for each in post.server.mails] == [f"{company.ops.name} <ops@corp.example>"]
    assert Message.objects.count() == 0


def test_the_library_keeps_links_and_counts_what_leads_followed(post, clock, ops):
    made = ops.post(
        "/nurture/library", {"title": words("案例"), "url": "https://www.example.com/a"}
    )
    item = made.json()["id"]
    make_template("linked", body=f"看 {{{{item:{item}}}}}")
    make_path(mail("first", "linked"))
    lead = new_lead()
    work()
    letter = Message.objects.get(record_id=lead)
    actions.heard("mail_open", lead, {"message": letter.pk})
    (row,) = ops.get("/nurture/library").json()
    assert (row["sent"], row["opened"], row["used_by"][0]["key"]) == (1, 1, "linked")


def test_suppressions_are_masked_and_lifted_with_a_reason(post, clock, ops):
    made = ops.post(
        "/nurture/suppressions", {"channel": "sms", "address": "138 1234 5678", "note": "来电要求"}
    ).json()
    assert made["address"] == "+86138****5678"
    lifted = ops.post(f"/nurture/suppressions/{made['id']}/lift", {"reason": "本人来电同意"})
    assert lifted.json()["lift_reason"] == "本人来电同意"
    twice = ops.post(f"/nurture/suppressions/{made['id']}/lift", {"reason": "本人来电同意"})
    assert twice.status_code == 409
    wrong = ops.post("/nurture/suppressions", {"channel": "mail", "address": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "nurture_address_invalid")


def test_why_somebody_let_a_path_begin_is_kept_and_told(post, clock, company):
    make_path(mail("first"), wait("pause"), on=())
    first, second = (make_lead(company.seller, name, email="a@x.example") for name in "甲乙")
    seller = client_as(company.seller)
    seller.post("/nurture/paths/path/enrol", {"ids": [first], "why": " 明年才有预算 "})
    seller.post("/nurture/paths/path/enrol", {"ids": [second]})

    of = [seller.get(f"/records/lead/{each}/nurture").json() for each in (first, second)]
    assert [told["enrolments"][0]["why"] for told in of] == ["明年才有预算", ""]
    texts = [
        [each["text"] for each in seller.get(f"/records/lead/{lead}/timeline").json()["items"]]
        for lead in (first, second)
    ]
    assert "开始培育：path，原因：明年才有预算" in texts[0]
    assert "开始培育：path" in texts[1]


@pytest.mark.usefixtures("post", "clock")
@pytest.mark.parametrize(
    ("access", "address", "reach"),
    [
        ("read", "sun@clinic.example", {"mail": "sun@clinic.example", "sms": "", "wecom": ""}),
        ("masked", "***", {"mail": "***", "sms": "", "wecom": ""}),
        ("hidden", "", {"sms": "", "wecom": ""}),
    ],
)
def test_an_address_is_told_as_its_field_is(company, access, address, reach):
    make_path(mail("first"), wait("pause"))
    lead = make_lead(company.seller, "孙主任", email="sun@clinic.example")
    work()
    Message.objects.update(error_code="not_delivered", error="550 no <sun@clinic.example>")
    limit = {"role": shipped_role("salesperson"), "access": access, "actor": SYSTEM}
    fields.limit_field("lead", "email", **limit)
    seller = client_as(company.seller)

    told = seller.get(f"/records/lead/{lead}/nurture").json()
    assert {each["channel"]: each["address"] for each in told["reach"]} == reach
    (message,) = told["enrolments"][0]["messages"]
    shown = [message["address"], *(each["address"] for each in listed(seller, "messages"))]
    assert shown == [address, address]
    of_record, of_one = f"/records/lead/{lead}/nurture", f"/nurture/messages/{message['id']}"
    paths = (of_record, "/nurture/messages", of_one)
    is_said = ["sun@clinic" in seller.get(path).content.decode() for path in paths]
    assert is_said == [access == "read"] * 3


@pytest.mark.parametrize("leads", [1, 20])
def test_lists_ask_a_fixed_number_of_queries(
    post, clock, company, leads, django_assert_max_num_queries
):
    make_path(mail("first"), wait("pause"), on=("lead.created",))
    for number in range(leads):
        make_lead(company.seller, f"客户{number}", email=f"c{number}@clinic.example")
    work()
    seller = client_as(company.seller)
    for path in ("/nurture/enrolments", "/nurture/messages", "/nurture/paths/path/report"):
        seller.get(path)
        with django_assert_max_num_queries(14):
            assert seller.get(path).status_code == 200


def test_who_keeps_no_paths_may_not_change_them(post, company):
    seller = client_as(make_user(role="salesperson", unit=company.teams[0]))
    make_path(mail("first"))
    assert seller.get("/nurture/paths/path").status_code == 200
    for path, body in (
        ("/nurture/paths", {"key": "x1", "name": words("x")}),
        ("/nurture/paths/path/switch", {"is_active": False}),
        ("/nurture/paths/path/rehearse", {"record_id": 1}),
    ):
        assert seller.post(path, body).status_code == 403
    assert actions.switch("path", is_active=True, actor=SYSTEM).is_active
