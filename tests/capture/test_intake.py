"""One way in: a new lead or the same person's, filled up, never overwritten silently."""

import pytest
from django.utils.html import escapejs

from closeloop.behaviour.models import Event, Visitor
from closeloop.capture.models import Channel, Submission
from closeloop.leads.models import Lead
from closeloop.notices.models import Notice
from tests.builders.activity import entries, verbs
from tests.builders.asking import Asker, client_as
from tests.builders.records import make_lead
from tests.capture.senders import Program, make_channel, make_form
from tests.capture.senders import Visitor as Guest

pytestmark = pytest.mark.django_db
PERSON = {"name": "林晓", "phone": "13812345678"}


@pytest.fixture
def program(company):
    return Program(*make_channel(source="exhibition", unit_id=company.regions[0].pk))


def test_a_new_person_becomes_a_lead_of_the_channel(program, company):
    told = program.send({**PERSON, "company": "一院", "industry": "private_hospital"}).json()[0]

    lead = Lead.objects.get(pk=told["lead_id"])
    assert (lead.name, lead.company, lead.source) == ("林晓", "一院", "exhibition")
    assert (lead.unit, lead.stage) == (company.regions[0], "new")
    assert entries("lead.created")[-1]["via"] == "capture"
    captured = entries("lead.captured")[-1]
    assert (captured["is_new"], captured["submission_id"]) == (True, told["submission_id"])


def test_the_same_person_by_mail_is_filled_up_and_differences_are_kept(program, company):
    lead_id = make_lead(company.seller, "林晓", email="lin@example.com", company="一院")

    told = program.send(
        {**PERSON, "email": "LIN@Example.com", "company": "二院", "intent_level": "高"}
    ).json()[0]

    lead = Lead.objects.get(pk=lead_id)
    assert (told["state"], told["lead_id"]) == ("attached", lead_id)
    assert (lead.phone, lead.intent_level, lead.company) == ("13812345678", "high", "一院")
    assert (lead.owner, lead.source) == (company.seller, "exhibition")
    (touch,) = client_as(company.seller).get(f"/leads/{lead_id}/touches").json()
    assert touch["conflicts"] == [
        {"field": "company", "field_name": "公司名称", "held": "一院", "given": "二院"}
    ]
    notice = Notice.objects.get(event="lead.captured_again")
    assert (notice.person, notice.record_id) == (company.seller, lead_id)


def test_a_second_number_is_remembered_and_found_again(program):
    first = program.send({**PERSON, "email": "lin@example.com"}).json()[0]
    program.send({"name": "林晓", "phone": "13900001111", "email": "lin@example.com"})
    third = program.send({"name": "林小姐", "phone": "13900001111"}).json()[0]

    assert (third["state"], third["lead_id"]) == ("attached", first["lead_id"])
    assert Lead.objects.get().phone == "13812345678"


def test_colleagues_behind_one_landline_are_two_people(program):
    one = program.send({"name": "林晓", "phone": "021-58888888"}).json()[0]
    two = program.send({"name": "王明", "phone": "02158888888"}).json()[0]
    again = program.send({"name": "林晓", "phone": "+86 21 5888 8888"}).json()[0]

    assert one["lead_id"] != two["lead_id"]
    assert (again["state"], again["lead_id"]) == ("attached", one["lead_id"])


def test_two_leads_that_fit_are_named_and_the_surest_is_taken(program, company):
    by_phone = make_lead(company.seller, "林晓", phone="13812345678")
    by_mail = make_lead(company.seller, "林小姐", email="lin@example.com")

    told = program.send({**PERSON, "email": "lin@example.com"}).json()[0]

    assert told["lead_id"] == by_phone
    assert Submission.objects.get().also == [by_mail]


def test_the_same_external_id_is_taken_once(program):
    first = program.send({**PERSON, "external_id": "A-1"}).json()[0]
    second = program.send({**PERSON, "external_id": "A-1", "name": "别人"}).json()[0]

    assert second == {**first, "is_repeat": True}
    assert len(entries("lead.captured")) == 1


def test_several_people_in_one_call_are_told_one_by_one(program):
    answer = program.send([PERSON, {"name": "路人"}, {"name": "王明", "phone": "13900001111"}])

    assert answer.status_code == 202
    assert [each["state"] for each in answer.json()] == ["taken", "quarantined", "taken"]


def test_what_the_person_did_before_belongs_to_the_lead(program):
    told = program.send(
        {
            **PERSON,
            "visitor": "abcdef123456",
            "behaviour": [{"kind": "video_play", "video": "ct"}, {"kind": "nonsense"}],
        }
    ).json()[0]

    assert Visitor.objects.get(token="abcdef123456").record_id == told["lead_id"]
    assert sorted(Event.objects.values_list("kind", flat=True)) == ["form", "video_play"]


def test_a_form_keeps_the_words_that_were_agreed_to(company):
    guest = Guest(make_form(), locale="en-US")

    page = guest.open().content.decode()
    guest.send(name="Lin", phone="13812345678", _language="en-US")

    consent = Submission.objects.get().consent
    assert 'lang="en-US"' in page
    assert "I agree that my details" in page
    assert (consent["form_version"], consent["language"]) == (1, "en-US")
    assert consent["text"].startswith("I agree")


def test_a_form_can_be_embedded_and_speaks_both_languages(company):
    channel = make_form()
    guest = Guest(channel)

    page = guest.client.get(f"/f/{channel.token}?lang=zh-CN")
    script = guest.client.get(f"/f/{channel.token}/embed.js")

    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "预约咨询" in page.content.decode()
    assert escapejs(f"/f/{channel.token}") in script.content.decode()
    assert script["Content-Type"].startswith("text/javascript")


def test_a_form_that_is_not_published_or_switched_off_is_not_there(company):
    channel, _ = make_channel("form")
    published = make_form()
    Channel.objects.filter(pk=published.pk).update(is_on=False)

    assert Guest(channel).open().status_code == 404
    assert Guest(published).open().status_code == 404


def test_secrets_are_shown_once_and_an_old_one_is_worth_nothing(company):
    ops = client_as(company.ops)
    made = ops.post(
        "/capture/channels", {"kind": "webhook", "name": {"zh-CN": "官网", "en-US": "Site"}}
    ).json()
    channel = Channel.objects.get(pk=made["id"])

    rotated = ops.post(f"/capture/channels/{channel.pk}/secret").json()["secret"]

    shown = ops.get(f"/capture/channels/{channel.pk}").json()
    assert (shown["secrets"], "secret" in shown) == ({"secret": True}, False)
    assert made["secret"] not in str(channel.sealed)
    channel.refresh_from_db()
    assert Program(channel, made["secret"]).send(PERSON).status_code == 403
    assert Program(channel, rotated).send(PERSON).status_code == 200
    assert "capture.channel_secret_rotated" in verbs()


def test_a_form_with_faults_is_not_published(company):
    ops = client_as(company.ops)
    channel, _ = make_channel("form")
    draft = ops.get(f"/capture/channels/{channel.pk}/form").json()["draft"]
    wrong = {**draft, "fields": [{"key": "name"}, {"key": "owner"}], "title": {"zh-CN": "表单"}}

    state = ops.put(f"/capture/channels/{channel.pk}/form", wrong).json()
    answer = ops.post(f"/capture/channels/{channel.pk}/form/publish")

    assert [each["field"] for each in state["problems"]] == ["fields.1", "fields", "title"]
    assert (answer.status_code, answer.json()["code"]) == (422, "form_invalid")


@pytest.fixture
def robot(company):
    """A program of sales operations with a key of its own, and one of a salesperson abroad."""

    def key_of(user):
        made = client_as(user).post("/keys", {"name": "官网"}).json()
        return Asker(None, api_key=made["secret"])

    return key_of(company.ops), key_of(company.stranger)


def test_a_program_with_a_key_brings_one_lead_per_person(company, robot):
    program, _ = robot
    values = {"name": "林晓", "phone": "138 1234 5678", "source": "website"}

    first = program.post("/records/lead", {"values": values})
    second = program.post("/records/lead", {"values": {**values, "email": "lin@example.com"}})
    wrong = program.post("/records/lead", {"values": {**values, "phone": "12"}})

    assert [each.status_code for each in (first, second, wrong)] == [201, 200, 422]
    assert second.json()["id"] == first.json()["id"]
    assert Lead.objects.values_list("phone", "email").get() == ("13812345678", "lin@example.com")
    assert list(Submission.objects.values_list("state", flat=True).order_by("pk")) == [
        "taken", "attached",
    ]  # fmt: skip


def test_a_program_does_not_learn_of_leads_out_of_its_reach_but_nothing_is_lost(company, robot):
    _, program = robot
    lead_id = make_lead(company.seller, "林晓", phone="13812345678")
    values = {"name": "林晓", "phone": "13812345678", "source": "website", "company": "一院"}

    answer = program.post("/records/lead", {"values": values})

    assert (answer.status_code, answer.json()["code"]) == (409, "lead_known")
    assert "company" not in answer.json()
    assert Lead.objects.get(pk=lead_id).company == "一院"


def test_people_who_type_make_the_record_that_they_typed(company):
    make_lead(company.seller, "林晓", phone="13812345678")

    answer = client_as(company.seller).post(
        "/records/lead", {"values": {"name": "林晓", "phone": "13812345678", "source": "website"}}
    )

    assert (answer.status_code, Lead.objects.count()) == (201, 2)
