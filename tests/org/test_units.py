"""Units: names, moves, removal, and edits that do not overwrite one another."""

import pytest
from django.db import transaction

from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, errors
from closeloop.org.models import Unit
from tests.builders.activity import entries, verbs
from tests.builders.people import make_unit, make_user

pytestmark = pytest.mark.django_db


def test_a_moved_unit_takes_its_subtree_along():
    east, west = make_unit("华东"), make_unit("华西")
    team = make_unit("一组", parent=east)
    moved = actions.move_unit(team.pk, parent_id=west.pk, actor=SYSTEM)
    assert (moved.parent_id, moved.version) == (west.pk, 2)
    assert entries("unit.moved") == [
        {"unit_id": team.pk, "name": "一组", "changes": {"parent_id": [east.pk, west.pk]}}
    ]


def test_a_unit_cannot_be_moved_below_itself():
    top = make_unit()
    team = make_unit(parent=top)
    with pytest.raises(errors.UnitBelowItself), transaction.atomic():
        actions.move_unit(top.pk, parent_id=team.pk, actor=SYSTEM)
    assert Unit.objects.get(pk=top.pk).parent_id is None
    assert "unit.moved" not in verbs()


def test_two_units_of_one_parent_have_different_names():
    top = make_unit("总部")
    make_unit("销售部", parent=top)
    with pytest.raises(errors.UnitNameTaken), transaction.atomic():
        make_unit("销售部", parent=top)
    with pytest.raises(errors.UnitNameTaken), transaction.atomic():
        make_unit("总部")
    make_unit("销售部", parent=make_unit("分公司"))
    assert Unit.objects.count() == 4


def test_a_unit_with_people_or_units_stays():
    top = make_unit()
    team = make_unit(parent=top)
    make_user(role="salesperson", unit=team)
    with pytest.raises(errors.UnitInUse) as by_units, transaction.atomic():
        actions.delete_unit(top.pk, actor=SYSTEM)
    with pytest.raises(errors.UnitInUse) as by_people, transaction.atomic():
        actions.delete_unit(team.pk, actor=SYSTEM)
    assert (by_units.value.data["holders"], by_people.value.data["holders"]) == (
        ["unit"],
        ["position"],
    )
    assert Unit.objects.count() == 2
    assert "unit.deleted" not in verbs()


def test_an_empty_unit_goes():
    unit = make_unit("华南")
    actions.delete_unit(unit.pk, actor=SYSTEM)
    assert entries("unit.deleted") == [{"unit_id": unit.pk, "name": "华南", "parent_id": None}]


def test_an_edit_of_an_old_version_gets_both_values():
    unit = make_unit("华东")
    actions.change_unit(unit.pk, wanted={"name": "华东区"}, version=1, actor=SYSTEM)
    with pytest.raises(EditConflict) as refused:
        actions.change_unit(unit.pk, wanted={"name": "东部"}, version=1, actor=SYSTEM)
    assert refused.value.data["conflict"] == [
        {"field": "name", "yours": "东部", "theirs": "华东区"}
    ]
    assert verbs().count("unit.changed") == 1


def test_saving_what_is_there_changes_nothing():
    unit = make_unit("华东")
    same = actions.change_unit(unit.pk, wanted={"name": "华东"}, version=1, actor=SYSTEM)
    assert same.version == 1
    assert "unit.changed" not in verbs()
