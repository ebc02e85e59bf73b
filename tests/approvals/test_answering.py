"""What people do with a case, what follows from it, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer
from closeloop.approvals.errors import CaseAlreadyOpen, ChosenMissing, FormInvalid, UrgedLately
from closeloop.approvals.models import Case
from closeloop.engine.approvals.refusals import (
    AskAnswered,
    CaseClosed,
    NodeNotPassed,
    NotAsked,
    RightMissing,
    SignerNotPossible,
)
from closeloop.org import actions as org
from closeloop.org.actions.absences import AbsencePlanned
from tests.builders.activity import entries, verbs
from tests.builders.approvals import (
    agree,
    approve,
    copy,
    make_flow,
    open_case,
    persons,
    refuse,
    states,
    waiting,
    words,
)
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.documents import make_document
from tests.builders.people import actor_of
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_steps(company):
    return make_flow(
        approve("first", persons(company.manager)),
        approve("second", persons(company.director)),
        copy("told", persons(company.ops)),
    )


def test_a_case_runs_from_step_to_step_and_is_granted(company, two_steps):
    case = open_case(two_steps, company.seller, title="年度框架")
    assert waiting(case) == ["王经理"]
    agree(case, company.manager)
    assert waiting(case) == ["周总监"]
    done = agree(case, company.director, "可以")
    assert done.state == "granted"
    assert list(done.copies.values_list("person__name", flat=True)) == ["钱运营"]
    assert [verb for verb in verbs() if verb.startswith("approval.")] == [
        "approval.opened",
        "approval.asked",
        "approval.agreed",
        "approval.ask_ended",
        "approval.asked",
        "approval.agreed",
        "approval.ask_ended",
        "approval.granted",
    ]
    assert entries("approval.ask_ended")[0]["outcome"] == "agreed"


def test_one_refusal_of_all_refuses(company):
    flow = make_flow(approve("both", persons(company.manager, company.director)))
    case = open_case(flow, company.seller)
    assert waiting(case) == ["王经理", "周总监"]
    assert refuse(case, company.manager).state == "refused"
    assert states(case) == [("王经理", "refused"), ("周总监", "closed")]
    with pytest.raises(CaseClosed):
        agree(case, company.director)


def test_any_is_granted_by_one_and_refused_only_by_all(company):
    flow = make_flow(approve("either", persons(company.manager, company.director), mode="any"))
    case = open_case(flow, company.seller)
    assert refuse(case, company.manager).state == "running"
    assert agree(case, company.director).state == "granted"


def test_in_order_asks_one_after_another(company):
    flow = make_flow(approve("row", persons(company.manager, company.director), mode="in_order"))
    case = open_case(flow, company.seller)
    assert waiting(case) == ["王经理"]
    agree(case, company.manager)
    assert waiting(case) == ["周总监"]


def test_one_of_each_role_signs(company):
    flow = make_flow(
        approve(
            "signed",
            persons(company.manager, company.director),
            persons(company.ops, company.colleague),
            mode="one_each",
        )
    )
    case = open_case(flow, company.seller)
    agree(case, company.director)
    assert sorted(waiting(case)) == ["李娜", "钱运营"]
    assert agree(case, company.colleague).state == "granted"


def test_who_agreed_is_not_asked_again_right_after(company):
    flow = make_flow(
        approve("first", persons(company.manager)), approve("again", persons(company.manager))
    )
    case = open_case(flow, company.seller)
    assert agree(case, company.manager).state == "granted"
    assert states(case) == [("王经理", "agreed"), ("王经理", "repeated")]


def test_nobody_decides_their_own_request(company):
    flow = make_flow(approve("own", persons(company.seller)))
    case = open_case(flow, company.seller)
    assert waiting(case) == ["王经理"]


def test_levels_go_up_to_the_role_named(company):
    flow = make_flow(approve("up", {"kind": "levels", "until_role": "manager"}))
    case = open_case(flow, company.seller)
    assert waiting(case) == ["王经理"]
    assert agree(case, company.manager).state == "granted"


def test_a_stand_in_answers_on_behalf_of_who_is_away(company, two_steps):
    org.plan_absence(
        AbsencePlanned(
            person_id=company.manager.pk,
            from_at=datetime(2020, 1, 1, tzinfo=UTC),
            to_at=datetime(2099, 1, 1, tzinfo=UTC),
            delegate_id=company.colleague.pk,
        ),
        actor=actor_of(company.manager),
    )
    case = open_case(two_steps, company.seller)
    assert waiting(case) == ["李娜"]
    assert entries("approval.asked")[0]["on_behalf_of"] == company.manager.pk
    agree(case, company.colleague)
    assert entries("approval.agreed")[0]["on_behalf_of"] == company.manager.pk


def test_an_empty_step_goes_to_an_administrator_or_passes(company):
    company.manager.is_active = False
    company.manager.save()
    stuck = make_flow(approve("gone", {"kind": "role", "role": "legal"}))
    case = open_case(stuck, company.seller)
    assert waiting(case) == ["钱运营"]
    passing = make_flow(
        approve("gone", {"kind": "role", "role": "legal"}, empty="agree"),
        approve("last", persons(company.director)),
    )
    assert waiting(open_case(passing, company.seller)) == ["周总监"]


def test_returned_to_the_requester_it_is_sent_again(company, two_steps):
    case = open_case(two_steps, company.seller)
    agree(case, company.manager)
    back = actions.send_back(
        case.pk, Answer(comment="补材料"), to_node=None, actor=actor_of(company.director)
    )
    assert (back.state, waiting(case)) == ("returned", [])
    actions.resubmit(case.pk, form={}, actor=actor_of(company.seller))
    assert waiting(case) == ["王经理"]
    agree(case, company.manager)
    assert agree(case, company.director).state == "granted"


def test_returned_to_a_step_it_is_decided_there_again(company, two_steps):
    case = open_case(two_steps, company.seller)
    agree(case, company.manager)
    director = actor_of(company.director)
    with pytest.raises(NodeNotPassed):
        actions.send_back(case.pk, Answer(comment="重审"), to_node="second", actor=director)
    actions.send_back(case.pk, Answer(comment="重审"), to_node="first", actor=director)
    assert waiting(case) == ["王经理"]
    agree(case, company.manager)
    assert waiting(case) == ["周总监"]


def test_a_transfer_hands_the_ask_on(company, two_steps):
    case = open_case(two_steps, company.seller)
    manager = actor_of(company.manager)
    with pytest.raises(SignerNotPossible):
        actions.transfer(case.pk, Answer(), to=company.seller.pk, actor=manager)
    actions.transfer(case.pk, Answer(comment="请代审"), to=company.colleague.pk, actor=manager)
    assert states(case) == [("王经理", "transferred"), ("李娜", "waiting")]
    with pytest.raises(AskAnswered):
        agree(case, company.manager)
    agree(case, company.colleague)
    assert waiting(case) == ["周总监"]


def test_documents_go_with_a_transfer_and_with_an_added_signer(company):
    flow = make_flow(approve("first", persons(company.manager)), record_type="deal")
    deal = make_deal(company.seller, "星海医院 CT")
    case = open_case(flow, company.seller, record_id=deal, record_type="deal")
    first = make_document(deal, "approval")
    body = {"to": company.colleague.pk, "files": [first.pk]}
    answer = client_as(company.manager).post(f"/approvals/{case.pk}/transfer", body)
    assert answer.status_code == 200
    # Who was handed it does not read the deal, and sends a document of their own.
    text = SimpleUploadedFile("意见.txt", "意见".encode())
    second = actions.add_file(case.pk, text, actor=actor_of(company.colleague))
    body = {"person": company.ops.pk, "place": "before", "files": [second.pk]}
    answer = client_as(company.colleague).post(f"/approvals/{case.pk}/add-signer", body)
    assert answer.status_code == 200
    asks = answer.json()["nodes"][0]["asks"]
    kept = [(ask["person"]["name"], file["id"]) for ask in asks for file in ask["files"]]
    assert sorted(kept) == sorted([("王经理", first.pk), ("李娜", second.pk)])


def test_a_signer_before_answers_first(company, two_steps):
    case = open_case(two_steps, company.seller)
    actions.add_signer(
        case.pk,
        Answer(),
        person=company.ops.pk,
        is_before=True,
        actor=actor_of(company.manager),
    )
    assert waiting(case) == ["钱运营"]
    agree(case, company.ops)
    assert waiting(case) == ["王经理"]
    agree(case, company.manager)
    assert waiting(case) == ["周总监"]


def test_a_signer_after_answers_next_even_where_one_is_enough(company):
    flow = make_flow(approve("either", persons(company.manager, company.director), mode="any"))
    case = open_case(flow, company.seller)
    actions.add_signer(
        case.pk,
        Answer(),
        person=company.ops.pk,
        is_before=False,
        actor=actor_of(company.manager),
    )
    assert agree(case, company.manager).state == "running"
    assert agree(case, company.ops).state == "granted"


def test_a_step_may_forbid_refusing(company):
    flow = make_flow(approve("only", persons(company.manager), rights=["transfer"]))
    case = open_case(flow, company.seller)
    before = snapshot()
    with pytest.raises(RightMissing):
        refuse(case, company.manager)
    assert snapshot() == before


def test_the_requester_withdraws_and_urges(company, two_steps):
    case = open_case(two_steps, company.seller)
    seller = actor_of(company.seller)
    actions.urge(case.pk, actor=seller)
    with pytest.raises(UrgedLately):
        actions.urge(case.pk, actor=seller)
    assert actions.withdraw(case.pk, actor=seller).state == "withdrawn"
    with pytest.raises(CaseClosed):
        agree(case, company.manager)


def test_only_who_is_asked_answers(company, two_steps):
    case = open_case(two_steps, company.seller)
    with pytest.raises(NotAsked):
        agree(case, company.ops)


def test_branches_follow_the_form_and_the_default_takes_the_rest(company):
    ways = [
        {
            "key": "large",
            "name": words("大额"),
            "when": {
                "combinator": "and",
                "rules": [{"field": "form.amount", "operator": ">", "value": 1000}],
            },
            "nodes": [approve("director", persons(company.director))],
        },
        {"key": "else", "name": words("其他"), "nodes": []},
    ]
    flow = make_flow(
        {"key": "size", "kind": "branch", "name": words("金额"), "branches": ways},
        approve("manager", persons(company.manager)),
        form=[{"key": "amount", "name": words("金额"), "type": "money", "required": True}],
    )
    assert waiting(open_case(flow, company.seller, form={"amount": "5000"})) == ["周总监"]
    assert waiting(open_case(flow, company.seller, form={"amount": "10"})) == ["王经理"]
    with pytest.raises(FormInvalid):
        open_case(flow, company.seller, form={})


def test_the_requester_chooses_where_the_flow_asks(company):
    flow = make_flow(approve("chosen", {"kind": "chosen", "at_most": 1}))
    with pytest.raises(ChosenMissing):
        open_case(flow, company.seller)
    case = open_case(flow, company.seller, chosen={"chosen": [company.colleague.pk]})
    assert waiting(case) == ["李娜"]


def test_asks_of_a_leaver_go_to_somebody_else(company, two_steps):
    case = open_case(two_steps, company.seller)
    moved = actions.reassign_asks(
        company.manager.pk, company.ops.pk, actor=actor_of(company.director)
    )
    assert moved == 1
    assert waiting(case) == ["钱运营"]


def test_a_move_is_not_asked_for_twice(company, two_steps, deal):
    purpose = {"kind": "plain", "move": "a>b"}
    open_case(two_steps, company.seller, record_id=deal, purpose=purpose)
    with pytest.raises(CaseAlreadyOpen):
        open_case(two_steps, company.seller, record_id=deal, purpose=purpose)
    assert Case.objects.count() == 1
