"""Merging leads: the values that were chosen, the trail joined, undone as it was, watched."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.leads.merging import signs
from closeloop.leads.merging.signs import Evidence
from closeloop.leads.models import Identity, Lead, Merge
from closeloop.records.models import Comment
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.records import make_lead

pytestmark = pytest.mark.django_db
KEPT = frozenset(
    {"activity_entry", "activity_entry_rest", "leads_merge", "leads_mergedlead", "records_record",
     "leads_lead", "sla_clock", "sla_firing", "deskindex", "desk_tally"}
)  # fmt: skip


@pytest.fixture
def desk(company):
    return client_as(company.seller)


@pytest.fixture
def pair(company):
    """Two leads of one person: a thin one with a phone, a rich one with a mail."""
    thin = make_lead(company.seller, "林晓", phone="13812345678", company="一院")
    rich = make_lead(
        company.seller, "林小姐", email="lin@example.com", wechat="lin01", company="第一医院",
        industry="private_hospital",
    )  # fmt: skip
    return thin, rich


def merge(desk, winner, *losers, **body):
    return desk.post(f"/leads/{winner}/merge", {"losers": list(losers), **body})


def test_the_winner_has_what_was_chosen_and_what_it_lacked(desk, pair):
    thin, rich = pair

    answer = merge(desk, thin, rich, choices={"company": rich}, why="同一人")

    assert answer.status_code == 201
    lead = Lead.objects.get(pk=thin)
    assert (lead.name, lead.phone, lead.email) == ("林晓", "13812345678", "lin@example.com")
    assert (lead.company, lead.industry, lead.wechat) == ("第一医院", "private_hospital", "lin01")
    assert Lead.objects.get(pk=rich).deleted_at is not None
    assert rich not in [each["id"] for each in desk.get("/records/lead").json()["items"]]
    told = entries("lead.merged")[-1]
    assert (told["from_ids"], told["why"]) == ([rich], "同一人")


def test_the_trails_join(desk, pair, company):
    thin, rich = pair
    make_document(rich, "minutes")
    desk.post(f"/records/lead/{rich}/comments", {"text": "想看演示", "mentions": []})

    merge(desk, thin, rich)

    comments = desk.get(f"/records/lead/{thin}/comments").json()
    assert [each["text"] for each in comments] == ["想看演示"]
    assert len(desk.get(f"/records/lead/{thin}/files").json()) == 1
    told = desk.get(f"/records/lead/{thin}/timeline").json()["items"]
    assert [each["verb"] for each in told].count("lead.created") == 2


def test_undoing_brings_back_the_lost_with_all_that_was_theirs(desk, pair):
    thin, rich = pair
    make_document(rich, "minutes")
    desk.post(f"/records/lead/{rich}/comments", {"text": "想看演示", "mentions": []})
    before = {lead: Lead.objects.values().get(pk=lead) for lead in pair}
    kept = snapshot(without=KEPT)
    made = merge(desk, thin, rich, choices={"company": rich}).json()

    undone = desk.post(f"/leads/merges/{made['id']}/undo")

    assert undone.status_code == 200
    changing = {"version", "updated_at", "last_activity_at"}
    for lead, values in before.items():
        now = Lead.objects.values().get(pk=lead)
        assert {key: now[key] for key in now if key not in changing} == {
            key: values[key] for key in values if key not in changing
        }
    assert snapshot(without=KEPT) == kept
    again = desk.post(f"/leads/merges/{made['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "merge_undone")


def test_what_was_changed_since_stays_when_a_merge_is_undone(desk, pair):
    thin, rich = pair
    made = merge(desk, thin, rich, choices={"company": rich}).json()
    desk.patch(f"/records/lead/{thin}", {"values": {"company": "附属医院"}}, version=2)

    desk.post(f"/leads/merges/{made['id']}/undo")

    lead = Lead.objects.get(pk=thin)
    assert (lead.company, lead.email) == ("附属医院", None)


def test_a_merged_leads_number_names_the_winner_from_now_on(desk, pair, company):
    thin, rich = pair
    merge(desk, thin, rich, choices={"email": thin})

    known = set(Identity.objects.values_list("kind", "value", "lead_id"))

    assert {("email", "lin@example.com", thin), ("wechat", "lin01", thin)} <= known


def test_leads_of_others_and_converted_ones_stay_as_they_are(desk, pair, company):
    thin, rich = pair
    foreign = make_lead(company.stranger, "外人", phone="13900001111")
    Lead.objects.filter(pk=rich).update(converted_at=from_now())
    before = snapshot()

    refused = [
        merge(desk, thin, foreign),
        merge(desk, thin, rich),
        merge(desk, thin, thin),
        merge(desk, thin, foreign, choices={"owner": foreign}),
    ]

    assert [each.status_code for each in refused] == [404, 409, 422, 404]
    assert snapshot() == before


def test_side_by_side_shows_what_differs(desk, pair):
    thin, rich = pair

    told = desk.get(f"/leads/{thin}/merge-preview", others=f"{rich}").json()

    fields = {each["key"]: each for each in told["fields"]}
    assert [each["id"] for each in told["leads"]] == [thin, rich]
    assert (fields["company"]["differs"], fields["company"]["proposed"]) == (True, thin)
    assert (fields["email"]["differs"], fields["email"]["proposed"]) == (False, rich)
    assert fields["industry"]["values"][1]["label"] == "民营医院"


def test_candidates_share_a_number_or_at_least_the_company(desk, company):
    one = make_lead(company.seller, "林晓", phone="13812345678", company="一院")
    same = make_lead(company.colleague, "林小姐", phone="13812345678")
    near = make_lead(company.seller, "王明", company="一院")

    found = client_as(company.manager).get(f"/leads/{one}/candidates").json()

    assert [(each["id"], each["matches"]) for each in found] == [
        (same, ["phone"]), (near, ["company"]),
    ]  # fmt: skip


def test_doubtful_merges_are_listed_with_reasons(desk, company):
    good = make_lead(company.seller, "甲", phone="13812345678", company="一院")
    Lead.objects.filter(pk=good).update(grade="mql")
    for number in range(5):
        other = make_lead(
            company.seller, f"乙{number}", phone=f"1390000000{number}", company=f"别家{number}"
        )
        merge(desk, good, other)

    page = client_as(company.ops).get("/leads/merges").json()
    first, last = page["items"][-1], page["items"][0]

    assert len(page["items"]) == 5
    assert [each["code"] for each in first["signs"]] == ["different_person", "into_qualified"]
    assert last["signs"][0]["code"] == "many_at_once"
    assert last["signs"][0]["message"] == "同一人一小时内合并了 5 次"
    assert desk.get("/leads/merges").status_code == 403
    assert Merge.objects.count() == 5


def test_a_grade_that_rises_soon_after_is_a_sign():
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)

    def judged(**after):
        rose = [(now + timedelta(**after), None, "mql")]
        return [each["code"] for each in signs.signs_of(Evidence({}, (), 1, at=now,
                                                                 grades_after=rose))]  # fmt: skip

    assert judged(minutes=10) == ["grade_rose_after"]
    assert judged(minutes=90) == []


def test_the_same_number_is_the_same_person_whatever_the_company():
    one = {"phone": "13812345678", "company": "一院", "email": "a@b.cn"}

    assert not signs.is_somebody_else(one, {"phone": "13812345678", "company": "二院"})
    assert not signs.is_somebody_else(one, {"phone": "13900000000", "company": "一院"})
    assert not signs.is_somebody_else(one, {"company": "二院"})
    assert signs.is_somebody_else(one, {"phone": "13900000000", "company": "二院"})


def test_comments_of_a_merge_are_the_same_rows(desk, pair):
    thin, rich = pair
    desk.post(f"/records/lead/{rich}/comments", {"text": "一", "mentions": []})
    number = Comment.objects.get().pk

    merge(desk, thin, rich)

    assert Comment.objects.get(pk=number).record_id == thin
