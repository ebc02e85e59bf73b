"""A gate or a clock that only a part of the company has: a unit, or a product line (P05)."""

import copy

import pytest
import yaml

from closeloop.designer import packs
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.engine.refusals import BlueprintInvalid
from closeloop.engine.sla import PolicyInvalid
from closeloop.fields import belonging
from closeloop.identity.actor import SYSTEM
from closeloop.org.models import Unit
from closeloop.process import actions as process
from closeloop.process import blueprints
from closeloop.process.migrating import Plan, preview
from closeloop.records.types import registry
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal, make_record, open_lock

pytestmark = pytest.mark.django_db


def one_rule(field, operator, value):
    return {
        "combinator": "and",
        "rules": [{"field": field, "operator": operator, "value": value}],
    }


def of_units(*units):
    return one_rule("record.units", "in", [str(unit.pk) for unit in units])


def of_line(key):
    return one_rule("product.line", "=", key)


def definition():
    """The standard deal process, free to be changed."""
    text = (packs.PACKS / "standard" / "blueprints" / "deal.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def tried(scope, **item):
    """The deal process that asks, where `scope` holds, for one thing more before the first talk."""
    changed = copy.deepcopy(definition())
    first = next(each for each in changed["stages"] if each["key"] == "first_contact")
    first["exit"].append(
        {
            **{"key": "tried", "kind": "document", "document": "quotation"},
            **{"name": {"zh-CN": "试点：先报价", "en-US": "On trial: quote first"}},
            **item,
            "applies_when": scope,
        }
    )
    return changed


def make_product(owner, line):
    named = {"name": f"产品{line}", "code": f"C-{line}", "family": line}
    return make_record("product", named, owner=owner)


def publish(given):
    return process.publish(given, actor=SYSTEM)


def asked(who, deal):
    """What a move is still asked for, by the API."""
    answer = client_as(who).post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    return [each["item"] for each in answer.json().get("missing", [])]


@pytest.mark.parametrize("level", ["team", "region"])
def test_a_gate_tried_in_a_unit_asks_only_those_within_it(company, level):
    unit = company.teams[0] if level == "team" else company.regions[0]
    publish(tried(of_units(unit)))
    inside, outside = make_deal(company.seller), make_deal(company.stranger)

    assert "tried" in asked(company.seller, inside)
    assert "tried" not in asked(company.stranger, outside)


def test_it_goes_with_the_record_to_another_unit(company):
    publish(tried(of_units(company.teams[0])))
    deal = make_deal(company.seller)
    desk.assign_record("deal", deal, owner_id=company.stranger.pk, actor=actor_of(company.ops))

    assert "tried" not in asked(company.stranger, deal)


def test_a_gate_tried_on_a_line_asks_only_for_its_products(company):
    publish(tried(of_line("imaging")))
    products = {
        line: make_record(
            "product",
            {"name": f"产品{line}", "code": f"C-{line}", "family": line},
            owner=company.seller,
        )
        for line in ("imaging", "surgery", None)
    }
    told = {
        line: "tried" in asked(company.seller, make_deal(company.seller, product=product))
        for line, product in products.items()
    }
    told["no product"] = "tried" in asked(company.seller, make_deal(company.seller))

    assert told == {"imaging": True, "surgery": False, None: False, "no product": False}


def test_migrating_into_a_trial_tells_only_of_those_it_asks(company):
    """Two deals stand behind the lock; the new version would have asked one of them for more."""
    inside, outside = make_deal(company.seller), make_deal(company.stranger)
    for deal in (inside, outside):
        open_lock("deal", deal, "first_talk")
        desk.move_record("deal", deal, MoveAsk(to_stage="first_talk"), actor=SYSTEM)
    old = blueprints.current_of("deal")
    publish(tried(of_units(company.teams[0])))
    new = blueprints.current_of("deal")
    mapping = {stage.key: stage.key for stage in old.stages}

    found = preview(Plan(registry.get("deal"), old=old, new=new, mapping=mapping))

    assert [
        each.id for each in found.records if "tried" in {item.item_key for item in each.missing}
    ] == [str(inside)]


def test_units_and_lines_that_are_not_there_are_refused(company):
    for scope in (
        {
            "combinator": "and",
            "rules": [{"field": "record.units", "operator": "contains", "value": "0"}],
        },
        of_line("nothing"),
        {"combinator": "and", "rules": [{"field": "record.team", "operator": "=", "value": "1"}]},
    ):
        with pytest.raises(BlueprintInvalid) as refusal:
            publish(tried(scope))
        (problem,) = refusal.value.data["problems"]
        assert problem["path"].endswith("/applies_when/rules/0/" + problem["path"].split("/")[-1])


def test_what_was_published_stays_readable_when_its_unit_has_gone(company):
    gone = Unit.objects.create(name="试点组", parent=company.regions[0])
    publish(tried(of_units(gone)))
    Unit.objects.filter(pk=gone.pk).update(is_active=False)
    blueprints.forget()

    assert blueprints.current_of("deal").compiled.problems == ()
    assert "tried" not in asked(company.seller, make_deal(company.seller))


def policy(scope):
    return {
        "key": "tried",
        "name": {"zh-CN": "试点时限", "en-US": "Clock on trial"},
        "about": "deal",
        "opens": [{"verb": "deal.created", "when": scope}],
        "closes": [{"verb": "deal.stage_entered"}],
        "target": {"days": 1},
        "steps": [{"key": "due", "after": {"days": 1}, "to": ["owner"]}],
    }


def test_a_clock_tried_in_a_unit_runs_only_there(company):
    sla.publish(policy(of_units(company.regions[0])), actor=SYSTEM)
    inside, outside = make_deal(company.seller), make_deal(company.stranger)

    assert list(Clock.objects.filter(policy__key="tried").values_list("record_id", flat=True)) == [
        inside
    ]
    assert outside


def test_a_clock_tried_on_a_line_runs_only_for_its_products(company):
    sla.publish(policy(of_line("imaging")), actor=SYSTEM)
    product = make_record(
        "product", {"name": "CT", "code": "CT-1", "family": "imaging"}, owner=company.seller
    )
    deal = make_deal(company.seller, product=product)
    make_deal(company.seller)

    assert list(Clock.objects.filter(policy__key="tried").values_list("record_id", flat=True)) == [
        deal
    ]


def test_a_clock_for_a_unit_that_is_not_there_is_refused(company):
    nowhere = one_rule("record.units", "contains", "0")
    with pytest.raises(PolicyInvalid):
        sla.publish(policy(nowhere), actor=SYSTEM)


def test_the_editor_of_clocks_offers_units_and_lines_by_name(company):
    answer = client_as(company.ops).get("/policies/catalogue?about=deal").json()
    facts = {fact["key"]: fact for fact in answer["facts"]}

    units = {each["name"]["zh-CN"] for each in facts["record.units"]["choices"]}
    assert {"华东大区", "华东大区一组"} <= units
    lines = {each["name"]["zh-CN"] for each in facts["product.line"]["choices"]}
    assert "影像设备" in lines
    of_leads = client_as(company.ops).get("/policies/catalogue?about=lead").json()["facts"]
    assert {"record.units"} == {fact["key"] for fact in of_leads} & {
        "record.units", "product.line", "contacts.roles_covered",
    }  # fmt: skip


def test_only_deals_have_a_line():
    assert set(belonging.catalogue("deal")) == {"record.units", "product.line"}
    assert set(belonging.catalogue("lead")) == {"record.units"}
    assert set(belonging.catalogue("nothing")) == set()
