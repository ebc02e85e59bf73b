"""A merge reaches everything that hangs on a lead, and so does undoing it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions import Act
from closeloop.behaviour.models import Visitor
from closeloop.capture.models import Submission
from closeloop.fieldwork.models import FollowUp
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.routing import standing
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.pools import pooled_lead
from tests.builders.records import make_lead
from tests.capture.senders import Program, make_channel
from tests.fieldwork.given import body
from tests.routing.given import make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(company):
    return client_as(make_user("冯管理", role="administrator", unit=company.head_office))


def merged(asker, winner, loser):
    answer = asker.post(f"/leads/{winner}/merge", {"losers": [loser], "why": "同一人"})
    assert answer.status_code == 201, answer.json()
    return answer.json()["id"]


def undo(asker, merge_id):
    assert asker.post(f"/leads/merges/{merge_id}/undo").status_code == 200


def test_trail_and_score_go_along_and_come_back(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    videos = [Act("video_play", {"topic": "product"})] * 2
    behaviour.note(one, [Act("form")], actor=SYSTEM)
    behaviour.note(other, videos, actor=SYSTEM)
    before = dict(Lead.objects.values_list("pk", "score"))

    merge_id = merged(chief, one, other)

    kinds = {each["kind"] for each in chief.get(f"/records/lead/{one}/behaviour").json()["counts"]}
    assert kinds == {"form", "video_play"}
    assert Lead.objects.get(pk=one).score > before[one]
    assert Lead.objects.get(pk=one).grade == "mql"

    undo(chief, merge_id)

    assert dict(Visitor.objects.values_list("token", "record_id")) == {
        f"record:{one}": one,
        f"record:{other}": other,
    }
    assert dict(Lead.objects.values_list("pk", "score")) == before


def test_the_pool_lists_one_of_them_and_then_both_again(company, chief):
    one, other = pooled_lead(company.seller, "林晓"), pooled_lead(company.seller, "林小姐")
    (pool,) = [each for each in chief.get("/pools").json() if each["record_type"] == "lead"]

    def lying():
        found = chief.get(f"/pools/{pool['id']}/entries").json()["items"]
        return {each["record_id"] for each in found}

    assert lying() == {one, other}
    merge_id = merged(chief, one, other)
    assert lying() == {one}
    undo(chief, merge_id)
    assert lying() == {one, other}


def test_its_clocks_end_and_run_again(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")

    def running(lead):
        open_clocks = Clock.objects.filter(record_id=lead, closed_at=None)
        return dict(open_clocks.values_list("policy__key", "due_at"))

    before = running(other)
    assert before
    merge_id = merged(chief, one, other)
    assert (running(other), running(one).keys()) == ({}, before.keys())
    undo(chief, merge_id)
    again = running(other)
    assert again.keys() == before.keys()
    assert all(abs(again[key] - before[key]) < timedelta(seconds=5) for key in before)


def test_a_receiver_has_one_open_lead_less_until_it_is_undone(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    make_group("everybody", company.seller)

    def load():
        now = standing.read("lead", ["everybody"], at=from_now()).state
        return now.loads.get(company.seller.pk, 0)

    assert load() == 2
    merge_id = merged(chief, one, other)
    assert load() == 1
    undo(chief, merge_id)
    assert load() == 2


def test_what_was_sent_goes_along_and_comes_back(company, chief):
    program = Program(*make_channel())
    one = program.send({"name": "林晓", "phone": "13812345678"}).json()[0]["lead_id"]
    other = program.send({"name": "林小姐", "email": "lin@example.com"}).json()[0]["lead_id"]

    merge_id = merged(chief, one, other)
    assert set(Submission.objects.values_list("lead_id", flat=True)) == {one}
    undo(chief, merge_id)
    assert set(Submission.objects.values_list("lead_id", flat=True)) == {one, other}


def test_its_follow_ups_go_along_and_come_back(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    seller = client_as(company.seller)
    counted = seller.post("/followups", body(other, record_type="lead")).json()
    draft = seller.post("/followups", body(other, record_type="lead", text="", ticks=[])).json()
    own = seller.post("/followups", body(one, record_type="lead", text="价格要再商量一次")).json()
    assert [each["state"] for each in (counted, draft, own)] == ["counted", "draft", "counted"]

    def held():
        return dict(FollowUp.objects.values_list("pk", "record_id"))

    def told(lead):
        verbs = {
            each["verb"]: each
            for each in chief.get(f"/records/lead/{lead}/timeline").json()["items"]
        }
        return {key: each["text"] for key, each in verbs.items() if "carried" in key}

    before = held()
    merge_id = merged(chief, one, other)
    assert held() == dict.fromkeys(before, one)
    assert told(one) == {"followup.carried": "接收了合并线索的 2 条跟进"}
    shown = seller.get(f"/followups/{counted['id']}").json()
    assert (shown["record"]["id"], shown["text"]) == (one, counted["text"])
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=counted["id"]).update(record_id=other)
    assert seller.delete(f"/followups/{draft['id']}", version=1).status_code == 204

    undo(chief, merge_id)
    assert held() == {key: lead for key, lead in before.items() if key != draft["id"]}
    assert told(other) == {"followup.carried_back": "撤销合并，收回了 1 条跟进"}


def test_what_was_agreed_last_is_owed_by_the_lead_that_stays(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    seller = client_as(company.seller)
    sooner, later = from_now(days=2), from_now(days=5)
    seller.post("/followups", body(one, record_type="lead", next_at=sooner.isoformat()))
    text = "价格要再商量一次，下周带新报价"
    told = body(other, record_type="lead", next_at=later.isoformat(), text=text)
    seller.post("/followups", told)

    def owed(lead):
        clocks = Clock.objects.filter(record_id=lead, policy__key="agreed_follow_up_lead")
        return list(clocks.filter(closed_at=None).values_list("owner_id", "due_at"))

    before = {one: [(company.seller.pk, sooner)], other: [(company.seller.pk, later)]}
    assert {lead: owed(lead) for lead in (one, other)} == before
    merge_id = merged(chief, one, other)
    assert (owed(one), owed(other)) == (before[other], [])
    undo(chief, merge_id)
    assert {lead: owed(lead) for lead in (one, other)} == before


def test_an_older_contact_that_comes_along_changes_nothing_that_is_owed(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    seller = client_as(company.seller)
    seller.post("/followups", body(other, record_type="lead", next_at=from_now(days=2).isoformat()))
    text = "价格要再商量一次，下周带新报价"
    seller.post(
        "/followups", body(one, record_type="lead", next_at=from_now(days=5).isoformat(), text=text)
    )

    def running():
        found = Clock.objects.filter(policy__key="agreed_follow_up_lead", closed_at=None)
        return dict(found.filter(record_id=one).values_list("pk", "due_at"))

    before = running()
    assert before
    merge_id = merged(chief, one, other)
    assert running() == before
    undo(chief, merge_id)
    assert running() == before


def test_every_merge_names_its_author_and_who_undid_it(company, chief):
    one, other = make_lead(company.seller, "林晓"), make_lead(company.seller, "林小姐")
    merge_id = merged(client_as(company.seller), one, other)
    undo(chief, merge_id)

    for shown in (
        client_as(company.ops).get("/leads/merges", doubtful="false").json()["items"],
        client_as(company.seller).get(f"/leads/{one}/merges").json(),
        client_as(company.seller).get(f"/leads/{other}/merges").json(),
    ):
        (merge,) = shown
        assert (merge["id"], merge["by"]["name"]) == (merge_id, company.seller.name)
        assert (merge["undone_by"]["name"], merge["why"]) == ("冯管理", "同一人")
