"""Entries put before people: by those who lead them, and by failures in a row."""

import pytest

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.notices.models import Notice
from closeloop.playbooks import actions, errors
from closeloop.playbooks.models import Push
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import advance, make_deal
from tests.playbooks.given import publish

pytestmark = pytest.mark.django_db


def send_back(company, deal):
    ask = MoveAsk(to_stage="first_contact", reason="客户改口")
    desk.move_record("deal", deal, ask, actor=company.actor)


def failed_deal(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk")
    send_back(company, deal)
    return deal


def a_pack(stage="deal.first_talk"):
    track = publish()
    return publish("首谈受阻资料包", kind="pack", entries=[track.entry_id], tags={"stage": [stage]})


def test_a_manager_pushes_to_their_people_who_see_and_open_it(company):
    entry = publish()
    manager, seller = client_as(company.manager), client_as(company.seller)
    body = {"people": [company.seller.pk, company.colleague.pk], "note": "本周先用这条"}
    sent = manager.post(f"/playbooks/{entry.entry_id}/pushes", body)
    assert sent.status_code == 201, sent.content
    assert (sent.json()["people"], sent.json()["seen"], sent.json()["opened"]) == (2, 0, 0)
    notice = Notice.objects.get(person=company.seller)
    assert notice.link == f"/playbooks/{entry.entry_id}?push={sent.json()['id']}"
    got = seller.get("/playbooks/pushes").json()
    assert (got["unseen"], got["items"][0]["note"]) == (1, "本周先用这条")
    seller.post("/playbooks/pushes/seen", {})
    seller.post(f"/playbooks/{entry.entry_id}/uses", {"kind": "opened", "source": "push"})
    (figures,) = manager.get("/playbooks/pushes", is_sent="true").json()["items"]
    assert (figures["people"], figures["seen"], figures["opened"]) == (2, 1, 1)
    assert seller.get("/playbooks/pushes").json()["unseen"] == 0
    assert entries("playbook.pushed")[0]["count"] == 2


def test_a_unit_is_pushed_to_as_far_as_one_leads_it(company):
    entry = publish()
    actor = actor_of(company.manager)
    made = actions.push(entry, unit_id=company.head_office.pk, actor=actor)
    told = set(made.receipts.values_list("person_id", flat=True))
    assert told == {company.seller.pk, company.colleague.pk}


def test_only_people_whom_one_leads_are_offered_for_a_push(company):
    names = [each["id"] for each in client_as(company.manager).get("/people", below="true").json()]
    assert set(names) == {company.seller.pk, company.colleague.pk}
    assert client_as(company.seller).get("/people", below="true").json() == []


def test_nobody_pushes_to_people_whom_they_do_not_lead(company):
    entry = publish()
    with pytest.raises(errors.PushNotAllowed):
        actions.push(entry, people=[company.stranger.pk], actor=actor_of(company.manager))
    with pytest.raises(errors.NobodyToPushTo):
        actions.push(entry, unit_id=company.teams[2].pk, actor=company.actor)
    assert not Push.objects.exists()
    assert not Notice.objects.exists()


def test_three_failures_in_a_row_push_the_pack_of_the_stage_once(company):
    pack = a_pack()
    deals = [failed_deal(company) for _ in range(2)]
    assert not Push.objects.exists()
    deals.append(failed_deal(company))
    push = Push.objects.get()
    assert (push.entry_id, push.pushed_by_id) == (pack.entry_id, None)
    assert {each["id"] for each in push.behind} == set(deals)
    assert set(push.receipts.values_list("person_id", "is_copy")) == {
        (company.seller.pk, False),
        (company.manager.pk, True),
    }
    failed_deal(company)
    assert Push.objects.count() == 1
    shown = client_as(company.seller).get("/playbooks/pushes").json()["items"][0]
    assert shown["stage"]["name"]["zh-CN"] == "首次深谈" or shown["stage"]["name"]["zh-CN"]
    assert {each["id"] for each in shown["behind"]} == set(deals)


def test_a_success_ends_the_row_and_another_begins(company):
    a_pack()
    for _ in range(2):
        failed_deal(company)
    won_through = make_deal(company.seller)
    advance("deal", won_through, "first_talk", "needs_confirmed")
    for _ in range(2):
        failed_deal(company)
    assert not Push.objects.exists()
    failed_deal(company)
    assert Push.objects.count() == 1


def test_the_number_of_failures_is_set_and_zero_is_never(company):
    a_pack()
    ops = client_as(company.ops)
    assert ops.put("/playbooks/settings", {"failures": 0}).json()["failures"] == 0
    for _ in range(3):
        failed_deal(company)
    assert not Push.objects.exists()
    ops.put("/playbooks/settings", {"failures": 2})
    failed_deal(company)
    assert Push.objects.count() == 1


def test_other_peoples_failures_do_not_count(company):
    a_pack()
    for _ in range(2):
        failed_deal(company)
    deal = make_deal(company.colleague)
    advance("deal", deal, "first_talk")
    ask = MoveAsk(to_stage="first_contact", reason="客户改口")
    desk.move_record("deal", deal, ask, actor=actor_of(company.colleague))
    assert not Push.objects.exists()
