"""What somebody may do: scopes, several positions, and changes that hold at once everywhere."""

import pytest
from django.db import transaction

from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, queries
from closeloop.org.access import NotAllowed
from closeloop.org.queries import reaches
from tests.builders.people import (
    access_of,
    actor_of,
    grants_of,
    make_role,
    make_unit,
    make_user,
    shipped_role,
)

pytestmark = pytest.mark.django_db
READ = ("deal", "read")


@pytest.fixture
def tree():
    """A region with two teams, and another region."""
    region = make_unit("华东")
    return {
        "region": region,
        "team": make_unit("一组", parent=region),
        "other": make_unit("二组", parent=region),
        "far": make_unit("华西"),
    }


@pytest.mark.parametrize(
    ("scope", "place", "seen", "sees_own"),
    [
        ("none", "region", [], False),
        ("self", "region", [], True),
        ("unit", "region", ["region"], True),
        ("subtree", "region", ["other", "region", "team"], True),
        ("custom", "region", ["far"], True),
        ("subtree", "team", ["team"], True),
    ],
)
def test_a_scope_reaches_its_units(tree, scope, place, seen, sees_own):
    role = make_role({READ: scope}, units=[tree["far"]])
    user = make_user(role=role, unit=tree[place])
    reach = access_of(user).reach(*READ)
    covered = [
        name for name, unit in sorted(tree.items()) if reach.covers(owner_id=None, unit_id=unit.pk)
    ]
    assert covered == seen
    assert reach.covers(owner_id=user.pk, unit_id=None) is sees_own
    assert bool(reach) is sees_own
    assert not reach.everything


def test_the_top_scope_needs_no_predicate(tree):
    user = make_user(role=make_role({READ: "all"}), unit=tree["team"])
    assert access_of(user).reach(*READ).where("r") == ("TRUE", [])


def test_two_positions_add_up(tree):
    user = make_user()
    narrow, wide = make_role({READ: "self"}), make_role({READ: "unit", ("lead", "read"): "all"})
    actions.change_user(
        user.pk,
        wanted={},
        positions=[
            actions.PositionGiven(tree["team"].pk, narrow.pk),
            actions.PositionGiven(tree["far"].pk, wide.pk),
        ],
        actor=SYSTEM,
    )
    access = access_of(user)
    assert access.reach(*READ).unit_ids == {tree["far"].pk}
    assert (access.scope(*READ), access.scope("lead", "read")) == ("unit", "all")
    assert access.home_unit_id == tree["team"].pk


def test_a_grant_on_every_type_widens_that_on_one(tree):
    role = make_role({("*", "read"): "unit", READ: "self"})
    access = access_of(make_user(role=role, unit=tree["team"]))
    assert access.scope(*READ) == "unit"
    assert access.scope("ticket", "read") == "unit"
    with pytest.raises(NotAllowed):
        access.require("deal", "delete")


def test_without_a_position_nothing_is_allowed():
    access = access_of(make_user())
    assert not access.reach(*READ)
    assert access.capabilities == frozenset()


def test_a_changed_role_holds_in_a_process_that_had_cached_it():
    role = make_role({READ: "self"})
    user = make_user(role=role)
    assert access_of(user).scope(*READ) == "self"
    elsewhere = reaches._accesses._held
    actions.change_role(role.pk, wanted={"grants": grants_of({READ: "all"})}, actor=SYSTEM)
    reaches._accesses._held = elsewhere  # what another process still holds
    assert access_of(user).scope(*READ) == "all"


def test_a_moved_unit_is_seen_at_once_by_its_new_superiors(tree):
    manager = make_user(role=make_role({READ: "subtree"}), unit=tree["far"])
    assert access_of(manager).reach(*READ).unit_ids == {tree["far"].pk}
    actions.move_unit(tree["team"].pk, parent_id=tree["far"].pk, actor=SYSTEM)
    assert access_of(manager).reach(*READ).unit_ids == {tree["far"].pk, tree["team"].pk}


def test_what_a_failed_change_computed_is_never_believed():
    role = make_role({READ: "self"})
    user = make_user(role=role)
    with transaction.atomic():
        actions.change_role(role.pk, wanted={"grants": grants_of({READ: "all"})}, actor=SYSTEM)
        assert queries.access_of(actor_of(user)).scope(*READ) == "all"
        transaction.set_rollback(True)
    actions.change_role(role.pk, wanted={"grants": grants_of({READ: "unit"})}, actor=SYSTEM)
    assert access_of(user).scope(*READ) == "unit"


def test_access_costs_no_query_until_the_organisation_changes(django_assert_num_queries):
    user = make_user(role="manager")
    access_of(user)
    revisions.refresh()
    with django_assert_num_queries(0):
        queries.access_of(actor_of(user))


def test_shipped_roles_are_installed_once_and_keep_the_companys_changes():
    role = shipped_role("manager")
    changed = actions.change_role(
        role.pk, wanted={"name": {"zh-CN": "组长", "en-US": "Team lead"}}, actor=SYSTEM
    )
    again = actions.install_roles()
    assert again["manager"].pk == role.pk
    assert again["manager"].name == changed.name
    assert len(again) == 10
