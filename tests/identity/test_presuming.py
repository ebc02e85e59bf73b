"""A write presumes that nothing has changed since its session was last read; where something has,
it is answered from the facts, and nothing is left of what was presumed."""

import pytest
from django.db import transaction

from closeloop.edge import revisions, statements
from closeloop.edge.models import KeptAnswer
from closeloop.edge.postgresql.base import DatabaseWrapper
from closeloop.identity import actions, session_store
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import Session, User
from closeloop.org import queries as org
from closeloop.org.models import Grant
from closeloop.process.models import Instance, Visit
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.people import PASSWORD
from tests.builders.records import make_deal, open_lock
from tests.races.together import together

pytestmark = pytest.mark.django_db
MOVE = {"to_stage": "first_talk"}


@pytest.fixture
def outdated(monkeypatch):
    """How often something presumed did not hold."""
    found = []
    held_to = DatabaseWrapper._held_to

    def told(self, rows):
        try:
            held_to(self, rows)
        except statements.Outdated:
            found.append(rows)
            raise

    monkeypatch.setattr(DatabaseWrapper, "_held_to", told)
    return found


@pytest.fixture
def desk(company):
    """The seller's browser, whose session this process knows."""
    desk = client_as(company.seller)
    assert move(desk, ready(company)).status_code == 200
    return desk


def ready(company):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    return deal


def move(desk, deal, **options):
    return desk.post(f"/records/deal/{deal}/move", MOVE, **options)


def stage_of(deal):
    return Instance.objects.get(pk=deal).stage


def assert_refused(desk, deal, status, code):
    before = verbs(), Visit.objects.count(), KeptAnswer.objects.count(), stage_of(deal)
    answer = move(desk, deal)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (verbs(), Visit.objects.count(), KeptAnswer.objects.count(), stage_of(deal)) == before


def test_a_session_that_is_as_it_was_is_not_asked_for_before(company, desk, outdated):
    deal = ready(company)
    assert move(desk, deal).status_code == 200
    assert stage_of(deal) == "first_talk"
    assert outdated == []


def test_a_session_that_was_closed_elsewhere(company, desk, outdated):
    deal = ready(company)
    Session.objects.all().delete()
    assert_refused(desk, deal, 401, "not_signed_in")
    assert outdated == [[]]


def test_a_session_that_is_over(company, desk, outdated):
    deal = ready(company)
    statements.rows("UPDATE identity_session SET expire_date = now() - interval '1 second'", [])
    assert_refused(desk, deal, 401, "not_signed_in")
    assert outdated == [[]]


def test_a_person_whose_account_was_closed(company, desk, outdated):
    deal = ready(company)
    User.objects.filter(pk=company.seller.pk).update(is_active=False)
    assert_refused(desk, deal, 401, "not_signed_in")
    assert len(outdated) == 1


def test_a_person_with_a_new_password(company, desk, outdated):
    deal = ready(company)
    actions.set_password(company.seller.pk, password=f"new {PASSWORD}", actor=SYSTEM)
    assert_refused(desk, deal, 401, "not_signed_in")
    assert len(outdated) == 1


def test_a_person_who_must_choose_a_new_password(company, desk, outdated):
    deal = ready(company)
    User.objects.filter(pk=company.seller.pk).update(must_change_password=True)
    assert_refused(desk, deal, 403, "password_change_due")
    assert len(outdated) == 1


def test_a_session_in_which_somebody_else_has_signed_in(company, desk, outdated):
    deal = ready(company)
    mine = Session.objects.get(user=company.seller)
    client_as(company.stranger)
    theirs = Session.objects.get(user=company.stranger)
    Session.objects.filter(pk=mine.pk).update(
        session_data=theirs.session_data, user=company.stranger
    )
    assert_refused(desk, deal, 404, "record_not_found")
    assert len(outdated) == 1


def test_rights_that_were_taken_away(company, desk, outdated):
    deal = ready(company)
    Grant.objects.filter(verb="move").delete()
    with transaction.atomic():
        revisions.bump(org.REVISION)
    assert_refused(desk, deal, 403, "not_allowed")
    assert len(outdated) == 1


def test_a_key_that_has_got_its_answer(company, desk, outdated):
    deal = ready(company)
    first = move(desk, deal, key="the same")
    again = move(desk, deal, key="the same")
    assert (again.status_code, again.content) == (200, first.content)
    assert again["Idempotent-Replay"] == "true"
    assert Visit.objects.filter(record_id=deal, stage="first_talk").count() == 1
    assert len(outdated) == 1


def test_a_key_that_was_used_for_another_request(company, desk, outdated):
    move(desk, ready(company), key="the same")
    deal = ready(company)
    before = verbs()
    answer = move(desk, deal, key="the same")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert verbs() == before
    assert len(outdated) == 1


def test_a_person_who_now_reads_another_language(company, desk, outdated):
    deal = make_deal(company.seller)
    User.objects.filter(pk=company.seller.pk).update(locale="en-US")
    answer = move(desk, deal)
    assert answer.status_code == 423
    assert answer.json()["title"] == "The stage is locked"
    assert len(entries("process.move_blocked")) == 1
    assert len(outdated) == 1


def test_a_refusal_that_needs_no_question_is_only_told_of_who_asks(company, desk, outdated):
    Session.objects.all().delete()
    answer = desk.post("/records/nothing_like_it/1/move", MOVE)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert outdated == [[]]


def test_a_route_that_may_do_more_than_ask_knows_who_asks_first(company, desk, outdated):
    Session.objects.all().delete()
    before = verbs()
    answer = desk.post("/records/deal", {"values": {"name": "商机"}})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert verbs() == before
    assert outdated == [[]]


def test_after_a_change_a_session_is_known_as_it_is_now(company, desk, outdated):
    User.objects.filter(pk=company.seller.pk).update(name="张伟二")
    for deal in (ready(company), ready(company)):
        answer = move(desk, deal)
        assert answer.json()["owner"]["name"] == "张伟二"
    assert len(outdated) == 1


def test_reads_presume_nothing(company, desk, outdated):
    Session.objects.all().delete()
    assert desk.get(f"/records/deal/{ready(company)}").status_code == 401
    assert outdated == []


def test_few_sessions_are_known_at_a_time(company, desk, monkeypatch):
    monkeypatch.setattr(session_store, "MOST_KNOWN", 1)
    other = client_as(company.colleague)
    deal = make_deal(company.colleague)
    open_lock("deal", deal, "first_talk")
    assert move(other, deal).status_code == 200
    assert len(session_store._known) == 1
    assert move(desk, ready(company)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_at_once_over_a_session_that_is_known_has_one_effect(company, desk):
    deal = ready(company)
    with together(3) as threads:
        answers = threads.do(*[lambda: move(desk, deal, key="at once") for _ in range(3)])
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert Visit.objects.filter(record_id=deal, stage="first_talk").count() == 1
