"""Who stands above whom, who leads a unit, and who holds a role for it."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, queries
from tests.builders.people import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A company with a region of two teams, another region, and a legal department."""
    top = make_unit("公司")
    region = make_unit("华东", parent=top)
    return {
        "top": top,
        "region": region,
        "one": make_unit("一组", parent=region),
        "two": make_unit("二组", parent=region),
        "far": make_unit("华西", parent=top),
        "legal": make_unit("法务部", parent=top),
    }


def lead(unit, user):
    actions.change_unit(unit.pk, wanted={"head_id": user.pk}, actor=SYSTEM)


def close(user):
    actions.change_user(user.pk, wanted={"is_active": False}, actor=SYSTEM)


def test_the_chain_goes_from_superior_to_superior(tree):
    chief = make_user("总监", role="director", unit=tree["top"])
    manager = make_user("经理", role="manager", unit=tree["region"], superior=chief)
    seller = make_user("销售", role="salesperson", unit=tree["one"])
    lead(tree["region"], manager)
    assert queries.superiors_of(seller.pk) == (manager.pk, chief.pk)
    assert queries.superiors_of(chief.pk) == ()
    assert queries.people_below(chief.pk) == {manager.pk, seller.pk}
    assert queries.people_below(seller.pk) == frozenset()


def test_whoever_has_left_is_nobodys_superior(tree):
    chief = make_user("总监", role="director", unit=tree["top"])
    lead(tree["top"], chief)
    manager = make_user("经理", role="manager", unit=tree["region"], superior=chief)
    seller = make_user("销售", role="salesperson", unit=tree["one"], superior=manager)
    close(manager)
    assert queries.superior_of(seller.pk) == chief.pk
    assert queries.superiors_of(seller.pk) == (chief.pk,)


def test_a_unit_is_led_by_its_head_or_the_nearest_above(tree):
    chief, head = make_user("总监"), make_user("组长")
    lead(tree["top"], chief)
    lead(tree["one"], head)
    assert queries.head_of_unit(tree["one"].pk) == head.pk
    assert queries.head_of_unit(tree["two"].pk) == chief.pk
    close(head)
    assert queries.head_of_unit(tree["one"].pk) == chief.pk


def test_a_role_is_looked_for_in_the_unit_then_above_then_nearby(tree):
    units = {key: unit.pk for key, unit in tree.items()}
    assert queries.people_with_role("sales_bp", units["one"]) == []
    lawyer = make_user("法务", role="legal", unit=tree["legal"]).pk
    assert queries.people_with_role("legal", units["one"]) == [lawyer]
    far = make_user("华西 BP", role="sales_bp", unit=tree["far"]).pk
    assert queries.people_with_role("sales_bp", units["one"]) == [far]
    neighbour = make_user("二组 BP", role="sales_bp", unit=tree["two"]).pk
    assert queries.people_with_role("sales_bp", units["one"]) == [neighbour]
    top = make_user("公司 BP", role="sales_bp", unit=tree["top"]).pk
    assert queries.people_with_role("sales_bp", units["one"]) == [top]
    near = [make_user(name, role="sales_bp", unit=tree["region"]).pk for name in ("甲", "乙")]
    assert queries.people_with_role("sales_bp", units["one"]) == sorted(near)
    assert queries.people_with_role("sales_bp", units["one"], nearest=False) == []
    assert len(queries.people_with_role("sales_bp", None)) == 5


def test_whoever_has_left_holds_no_role(tree):
    bp = make_user("BP", role="sales_bp", unit=tree["top"])
    close(bp)
    assert queries.people_with_role("sales_bp", tree["one"].pk) == []


def test_the_lines_of_several_people_are_those_of_each(tree):
    chief = make_user("总监", role="director", unit=tree["top"])
    manager = make_user("经理", role="manager", unit=tree["region"], superior=chief)
    people = [make_user(role="salesperson", unit=tree[key]) for key in ("one", "two", "far")]
    lead(tree["region"], manager)
    ids = [each.pk for each in (*people, manager, chief)]
    assert queries.lines_above(ids) == {each: queries.superiors_of(each) for each in ids}
    assert queries.lines_above([]) == {}
