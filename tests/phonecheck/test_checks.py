"""A phone is checked on every path on which it is saved; what is wrong is shown, never dropped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from closeloop.customers.models import Contact
from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM
from closeloop.org.models import Role
from closeloop.phonecheck import jobs
from closeloop.phonecheck.models import Check
from closeloop.privacy.registry import registry as personal
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.records import make_contact, make_customer
from tests.phonecheck.conftest import (
    CODE,
    HOSPITAL,
    OTHER,
    PHONE,
    listed,
    register,
    said,
    shown,
    use,
)
from tests.transfer.running import imported

pytestmark = pytest.mark.django_db
NOT_LISTED, LISTED = ("mismatch", "not_listed"), ("match", "listed")


@pytest.fixture
def registered(company):
    """The registry knows the hospital's numbers."""
    use(registry=True)
    register(f"{HOSPITAL},{CODE},0512-65880001；{OTHER},,,")


def test_nothing_is_kept_while_no_source_is_on(company, customer):
    register(f"{HOSPITAL},,{OTHER},,,")
    assert not Check.objects.exists()
    told = shown(company.seller, customer.contact)
    assert (told["is_on"], told["state"], told["sources"]) == (False, "none", [])


def test_the_screen_and_the_api(company, registered, customer):
    assert said(customer.contact) == NOT_LISTED
    body = {"values": {"phone": OTHER}}
    seller = client_as(company.seller)
    assert seller.patch(f"/records/contact/{customer.contact}", body, version=1).status_code == 200
    assert said(customer.contact) == LISTED
    made = {"values": {"name": "王芳", "customer": customer.pk, "phone": "0512 6588 0001转802"}}
    assert said(seller.post("/records/contact", made).json()["id"]) == LISTED
    gone = {"values": {"phone": None}}
    seller.patch(f"/records/contact/{customer.contact}", gone, version=2)
    assert said(customer.contact) is None


def test_many_at_once(company, registered, customer):
    body = {"ids": [customer.contact], "action": "set", "values": {"phone": OTHER}}
    client_as(company.seller).post("/records/contact/bulk", body)
    assert said(customer.contact) == LISTED


def test_an_import_is_judged_by_a_worker(company, registered, customer):
    table = f"姓名,客户,电话\n王芳,{HOSPITAL},13700000000\n李丽,{HOSPITAL},{OTHER}\n"
    columns = {"姓名": "name", "客户": "customer", "电话": "phone"}
    job = imported(table.encode(), columns, record_type="contact")
    assert job.created == 2, job.refused
    assert ProcrastinateJob.objects.filter(task_name="phonecheck.catch_up").exists()
    jobs.judge_waiting()
    found = {each.name: said(each.pk) for each in Contact.objects.exclude(pk=customer.contact)}
    assert found == {"王芳": NOT_LISTED, "李丽": LISTED}


def test_another_company_and_a_better_name_of_the_customer(company, registered, customer):
    register(f"无锡安心门诊部,,{PHONE},,,", encoding="gb18030")
    assert said(customer.contact) == ("mismatch", "another_company")
    other = make_customer(company.seller, name="安心门诊")
    guest = make_contact(company.seller, other, name="吴敏", phone=PHONE)
    body = {"values": {"name": "无锡安心门诊部"}}
    client_as(company.seller).patch(f"/records/customer/{other}", body, version=1)
    assert said(guest) == LISTED


def test_it_is_kept_with_a_reason_until_the_phone_changes(company, registered, customer):
    path = f"/contacts/{customer.contact}/phone-check"
    seller = client_as(company.seller)
    assert listed(company.manager) == [customer.contact]
    kept = seller.post(f"{path}/kept", {"why": "本人新号，已回拨确认"}).json()
    assert (kept["state"], kept["kept"]["by"]) == ("kept", "张伟")
    assert (listed(company.manager), listed(company.manager, "kept")) == ([], [customer.contact])
    register("无关公司,,13600000000,,,", f"{HOSPITAL},{CODE},0512-65880001；{OTHER},,,")
    assert shown(company.seller, customer.contact)["state"] == "kept"
    seller.patch(
        f"/records/contact/{customer.contact}", {"values": {"phone": "13700000000"}}, version=1
    )
    assert shown(company.seller, customer.contact)["state"] == "open"
    told = seller.get(f"/records/contact/{customer.contact}/timeline").json()["items"]
    texts = [each["text"] for each in told]
    assert texts.count("联系电话与工商登记不一致") == 2
    assert "核对不一致仍保留联系电话：本人新号，已回拨确认" in texts


def test_theirs_is_taken_as_any_change(company, registered, customer):
    path = f"/contacts/{customer.contact}/phone-check/taken"
    seller = client_as(company.seller)
    assert (
        seller.post(path, {"number": "13600000000"}).json()["code"] == "phonecheck_number_unknown"
    )
    assert seller.post(path, {"number": OTHER}, version=7).status_code == 412
    assert seller.post(path, {"number": OTHER}, version=1).json()["state"] == "match"
    assert Contact.objects.get(pk=customer.contact).phone == OTHER
    assert entries("contact.changed")[-1]["via"] == "phone_check"
    assert len(entries("contact.phone_settled")) == 1
    late = client_as(company.seller).post(path.replace("taken", "kept"), {"why": "x"})
    assert late.json()["code"] == "phonecheck_no_mismatch"


def test_nobody_learns_of_a_contact_who_is_not_theirs(company, registered, customer):
    stranger = client_as(company.stranger)
    path = f"/contacts/{customer.contact}"
    assert listed(company.stranger) == []
    assert stranger.get("/phone-checks").json()["counts"]["open"] == 0
    for answer in (
        stranger.get(f"{path}/phone-check"),
        stranger.get(f"{path}/wecom-people"),
        stranger.post(f"{path}/phone-check/kept", {"why": "x"}),
        stranger.post(f"{path}/phone-check/taken", {"number": OTHER}),
        stranger.put(f"{path}/wecom-person", {"external_id": None}),
    ):
        assert answer.status_code == 404


def test_who_may_not_know_the_phone_learns_no_number(company, registered, customer):
    role = Role.objects.get(key="salesperson")
    fields.limit_field("contact", "phone", role=role, access="masked", actor=SYSTEM)
    answer = client_as(company.seller).get(f"/contacts/{customer.contact}/phone-check")
    assert (PHONE in answer.content.decode(), OTHER in answer.content.decode()) == (False, False)
    told = answer.json()
    assert (told["phone"], told["may_decide"]) == ("138****5678", False)
    assert told["sources"][0]["verdict"] == "mismatch"
    taken = client_as(company.seller).post(
        f"/contacts/{customer.contact}/phone-check/taken", {"number": OTHER}
    )
    assert taken.status_code == 422


def test_a_provider_is_asked_once_about_each_customer(company, registry):
    use(registry=True, provider="tianyancha", base_url=registry.url, key="geheim")
    registry.companies[HOSPITAL] = {
        "name": HOSPITAL, "creditCode": CODE, "phoneNumber": "0512-65880001",
        "phoneSourceList": [{"phoneNumber": OTHER, "showSource": "2025年报"}],
    }  # fmt: skip
    pk = make_customer(company.seller, name=HOSPITAL)
    contact = make_contact(company.seller, pk, name="陈林", phone=PHONE)
    unknown = make_customer(company.seller, name="没有登记的诊所")
    guest = make_contact(company.seller, unknown, name="吴敏", phone=PHONE)
    assert said(contact) == ("unknown", "no_entry")
    asked = ProcrastinateJob.objects.filter(task_name="phonecheck.look_up")
    assert {each.args["customer_id"] for each in asked} == {pk, unknown}

    registry.code = 300004
    with pytest.raises(jobs.TryLater):
        jobs.ask_provider(pk)
    manages = client_as(company.ops)
    problem = manages.get("/phone-check/settings").json()["readings"]["registry"]["problem"]
    assert problem == "tianyancha_300004 访问频率过快"
    registry.code = 0
    assert [jobs.ask_provider(pk), jobs.ask_provider(unknown), jobs.ask_provider(pk)] == [1, 1, 0]
    assert (said(contact), said(guest)) == (NOT_LISTED, ("unknown", "no_entry"))
    assert "geheim" not in manages.get("/phone-check/settings").content.decode()
    assert client_as(company.seller).get("/phone-check/settings").status_code == 403


def test_a_table_without_the_columns_is_refused(company):
    table = SimpleUploadedFile("表.csv", "甲,乙\n1,2\n".encode())
    answer = client_as(company.ops)._client.post("/api/phone-check/registry-file", {"file": table})
    assert answer.json()["code"] == "phonecheck_table_columns"


def test_it_is_forgotten_with_the_contact(company, registered, customer):
    holding = personal.get("phone_checks")
    assert holding.count_of(customer.contact) == 1
    assert holding.export(customer.contact).rows[0]["phone"] == PHONE
    assert holding.erase(customer.contact) == 1
    assert not Check.objects.exists()
