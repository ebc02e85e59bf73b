"""New leads without an owner get one by the rules, with the reason."""

import pytest
from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.notices.models import Notice
from closeloop.org import actions as org
from closeloop.pool.models import Stay
from closeloop.routing import actions, errors
from closeloop.routing.actions import ReceiverGiven
from closeloop.sla.models import Clock
from tests.builders.activity import entries
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_lead
from tests.routing.given import branch, make_group, new_lead, publish, where, words

pytestmark = pytest.mark.django_db
HOSPITAL = where("field.industry", "=", "public_tertiary_hospital")


def owner_of(lead):
    return Lead.objects.get(pk=lead).owner


def test_the_first_branch_that_fits_gives_the_lead_to_who_has_the_fewest_open(company):
    make_group("hospitals", company.seller, company.colleague)
    make_group("others", company.stranger)
    publish(branch("hospital", HOSPITAL, "hospitals"), otherwise=["others"])
    make_lead(company.seller)
    lead = new_lead(industry="public_tertiary_hospital")
    assert owner_of(lead) == company.colleague
    assert Lead.objects.get(pk=lead).unit == company.teams[0]
    (told,) = entries("lead.routed")
    assert (told["branch"], told["group"]) == ("hospital", "hospitals")
    assert (told["load"], told["cap"], told["kind"]) == (0, 5, "first")
    assert told["values"] == {"industry": "public_tertiary_hospital"}
    assert sorted(told["room"]) == sorted([[company.seller.pk, 1], [company.colleague.pk, 0]])
    assert owner_of(new_lead(industry="software")) == company.stranger


def test_the_receiver_is_told_and_owes_the_first_touch(company):
    make_group("all", company.colleague)
    publish(otherwise=["all"])
    lead = new_lead()
    notice = Notice.objects.get(person=company.colleague, event="lead.routed")
    assert notice.link == f"/r/lead/{lead}"
    clock = Clock.objects.get(record_id=lead, policy__key="first_touch")
    assert (clock.owner, clock.unit) == (company.colleague, company.teams[0])


def test_a_province_covers_its_cities(company):
    make_group("zhejiang", company.seller)
    make_group("others", company.stranger)
    publish(branch("east", where("place", "in", ["330000"]), "zhejiang"), otherwise=["others"])
    assert owner_of(new_lead(place="浙江省杭州市西湖区")) == company.seller
    assert owner_of(new_lead(place="杭州")) == company.seller
    assert owner_of(new_lead(place="广东深圳")) == company.stranger
    assert owner_of(new_lead(place="不知道")) == company.stranger
    assert entries("lead.routed")[0]["values"] == {"place": "330106"}


def test_a_full_group_passes_on_and_then_comes_the_pool(company):
    make_group("first", company.seller, cap=2)
    make_group("second", company.stranger, cap=1)
    publish(otherwise=["first", "second"])
    leads = [new_lead() for _ in range(4)]
    owners = [company.seller, company.seller, company.stranger, None]
    assert [owner_of(each) for each in leads] == owners
    assert entries("lead.routed")[2]["overflow"] == ["first"]
    (told,) = entries("lead.not_routed")
    assert told["reason"] == "nobody_free"
    assert [(each["group"], each["why"]) for each in told["passed_over"]] == [
        ("first", "at_cap"),
        ("second", "at_cap"),
    ]
    assert Stay.objects.get(record_id=leads[3]).reason == "routed"


def test_who_is_away_paused_or_lacks_the_skill_is_passed_over(company):
    make_group("team", company.seller, company.colleague, company.stranger, skills=["影像"])
    org.plan_absence(
        org.AbsencePlanned(
            person_id=company.seller.pk,
            delegate_id=None,
            from_at=from_now(hours=-1),
            to_at=from_now(days=1),
        ),
        actor=actor_of(company.seller),
    )
    actions.change_receiver(company.colleague.pk, ReceiverGiven(is_receiving=False), actor=SYSTEM)
    publish(branch("one", None, "team", skills=["影像"]))
    assert owner_of(new_lead()) == company.stranger
    (told,) = entries("lead.routed")
    assert told["passed_over"] == [
        {"group": "team", "why": "paused", "people": [company.colleague.pk]},
        {"group": "team", "why": "away", "people": [company.seller.pk]},
    ]


def test_a_lead_with_an_owner_is_left_alone(company):
    make_group("all", company.stranger)
    publish(otherwise=["all"])
    mine = make_lead(company.seller)
    assert owner_of(mine) == company.seller
    done = actions.route_batch([mine, 987654], record_type="lead")
    assert [(each.record_id, each.why) for each in done.left] == [
        (987654, "not_found"),
        (mine, "has_owner"),
    ]


def test_many_at_once_are_told_as_each_was(company):
    """2.0 and 2.00 are equal and fit the same branch; what is written is what each one said."""
    for key, kind in (("beds", "number"), ("wishes", "choices")):
        values = {"key": key, "name": words(key), "type": kind}
        if kind == "choices":
            values["choices"] = [{"key": each, "name": words(each)} for each in "ab"]
        fields.add_field("lead", values, actor=SYSTEM)
    leads = [new_lead() for _ in range(4)]
    said = ['{"beds": 2.0}', '{"beds": 2.00}', '{"beds": 2.0, "wishes": ["a", "b"]}', "{}"]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE leads_lead SET extra = %s WHERE id = %s", list(zip(said, leads, strict=True))
        )
    make_group("big", company.colleague)
    big = {"field": "field.beds", "operator": ">=", "value": 2}
    wishing = {"field": "field.wishes", "operator": "contains", "value": "b"}
    publish(
        branch("wishing", {"combinator": "and", "rules": [big, wishing]}, "big"),
        branch("big", {"combinator": "and", "rules": [big]}, "big"),
    )
    actions.route_batch(leads, record_type="lead")
    told = entries("lead.routed") + entries("lead.not_routed")
    assert [(each["branch"], each["values"]) for each in told] == [
        ("big", {"beds": "2.0"}),
        ("big", {"beds": "2.00"}),
        ("wishing", {"beds": "2.0", "wishes": ["a", "b"]}),
        ("otherwise", {}),
    ]


def test_nothing_is_given_out_without_active_rules(company):
    make_group("all", company.stranger)
    lead = new_lead()
    assert owner_of(lead) is None
    with pytest.raises(errors.NothingDecides):
        actions.route(lead)
    publish(otherwise=["all"])
    assert owner_of(lead) is None
    actions.route(lead)
    assert owner_of(lead) == company.stranger
    assert Stay.objects.filter(record_id=lead, left_at=None).count() == 0
    actions.switch("leads", is_active=False, actor=SYSTEM)
    assert owner_of(new_lead()) is None


def test_what_nobody_touches_goes_to_others_and_then_to_the_pool(company):
    make_group("team", company.seller, company.colleague, company.stranger, strategy="fixed")
    publish(otherwise=["team"], reroutes=1)
    lead = new_lead()
    assert owner_of(lead) == company.seller
    assert actions.route_again("lead", lead, why="first_touch") == company.colleague.pk
    again = entries("lead.routed")[-1]
    assert (again["kind"], again["why"], again["from_owner"]) == (
        "again", "first_touch", company.seller.pk,
    )  # fmt: skip
    assert again["passed_over"] == [
        {"group": "team", "why": "had_it", "people": [company.seller.pk]}
    ]
    assert actions.route_again("lead", lead, why="first_touch") is None
    assert owner_of(lead) is None
    assert entries("lead.not_routed")[-1]["reason"] == "not_touched"
    assert Stay.objects.get(record_id=lead, left_at=None).reason == "routed"
    assert Notice.objects.filter(person=company.manager, event="lead.not_routed").count() == 1


def test_nobody_is_robbed_of_a_lead_that_no_rule_gave(company):
    make_group("team", company.stranger)
    publish(otherwise=["team"])
    lead = make_lead(company.seller)
    assert actions.route_again("lead", lead, why="first_touch") is None
    assert owner_of(lead) == company.seller


def test_a_grade_gives_out_what_nobody_owns_where_the_rules_say_so(company):
    make_group("team", company.stranger)
    publish(otherwise=["team"], upon={"created": False, "graded": ["sql"]})
    lead = new_lead()
    assert owner_of(lead) is None
    from_scoring(lead, "mql")
    assert owner_of(lead) is None
    from_scoring(lead, "sql")
    assert owner_of(lead) == company.stranger


def from_scoring(lead, grade):
    """What scoring records when a lead crosses a threshold."""
    happening = Happening(
        verb="lead.graded",
        record_id=lead,
        record_type="lead",
        data={"from": None, "to": grade, "score": 80, "version": 1},
    )
    activity.record(happening, actor=SYSTEM)


def test_what_came_while_everybody_was_away_is_given_out_when_they_are_back(company):
    make_group("all", company.seller, company.colleague, cap=1)
    publish(otherwise=["all"])
    away = [
        org.plan_absence(
            org.AbsencePlanned(
                person_id=each.pk,
                delegate_id=None,
                from_at=from_now(hours=-1),
                to_at=from_now(days=1),
            ),
            actor=actor_of(each),
        )
        for each in (company.seller, company.colleague)
    ]
    leads = [new_lead() for _ in range(3)]
    assert actions.route_waiting("lead") == 0
    assert len(entries("lead.not_routed")) == 3
    for each in away:
        org.cancel_absence(each.pk, actor=SYSTEM)
    assert actions.route_waiting("lead") == 2
    assert {owner_of(leads[0]), owner_of(leads[1])} == {company.seller, company.colleague}
    assert owner_of(leads[2]) is None
    assert [each.record_id for each in Stay.objects.filter(left_at=None)] == [leads[2]]
    assert len(entries("lead.not_routed")) == 3


def test_what_nobody_had_room_for_waits_for_whoever_claims_it(company):
    make_group("all", company.seller, cap=1)
    publish(otherwise=["all"])
    taken, left = new_lead(), new_lead()
    desk.remove_record("lead", taken, actor=SYSTEM)
    assert actions.route_waiting("lead") == 0
    assert owner_of(left) is None
