"""Roles: what they are made of, and who may give what."""

import pytest
from django.db import transaction

from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, errors
from closeloop.org.actions import GrantGiven
from closeloop.org.models import Grant, Role
from tests.builders.activity import verbs
from tests.builders.people import actor_of, grants_of, make_role, make_user

pytestmark = pytest.mark.django_db
NAME = {"zh-CN": "观察员", "en-US": "Observer"}


def test_every_wrong_grant_is_named():
    grants = [
        GrantGiven("nothing", "read", "all"),
        GrantGiven("deal", "fly", "all"),
        GrantGiven("deal", "read", "galaxy"),
        GrantGiven("deal", "read", "custom"),
        GrantGiven("deal", "edit", "custom", (10**12,)),
    ]
    with pytest.raises(errors.GrantsInvalid) as refused, transaction.atomic():
        actions.create_role(name=NAME, capabilities=["fly"], grants=grants, actor=SYSTEM)
    assert [(error["field"], error["code"]) for error in refused.value.data["errors"]] == [
        ("capabilities.0", "unknown_choice"),
        ("grants.0.record_type", "unknown_choice"),
        ("grants.1.verb", "unknown_choice"),
        ("grants.2.scope", "unknown_choice"),
        ("grants.3", "repeated"),
        ("grants.3.unit_ids", "units_of_custom_scope"),
        ("grants.4.unit_ids", "units_of_custom_scope"),
    ]
    assert Role.objects.count() == 0
    assert "role.created" not in verbs()


def test_grants_are_replaced_as_a_whole():
    role = make_role({("deal", "read"): "self", ("deal", "edit"): "self"})
    actions.change_role(
        role.pk, wanted={"grants": grants_of({("deal", "read"): "unit"})}, version=1, actor=SYSTEM
    )
    assert list(Grant.objects.values_list("verb", "scope")) == [("read", "unit")]
    assert verbs()[-1] == "role.changed"


def test_the_same_grants_in_another_order_are_no_change():
    grants = {("deal", "read"): "self", ("deal", "edit"): "self"}
    role = make_role(grants)
    reordered = grants_of(dict(reversed(grants.items())))
    assert actions.change_role(role.pk, wanted={"grants": reordered}, actor=SYSTEM).version == 1


def test_an_edit_of_an_old_version_is_refused():
    role = make_role()
    actions.change_role(role.pk, wanted={"name": NAME}, version=1, actor=SYSTEM)
    with pytest.raises(EditConflict):
        actions.change_role(role.pk, wanted={"capabilities": []}, version=7, actor=SYSTEM)


def test_nobody_makes_a_role_that_may_more_than_they():
    keeper = actor_of(make_user(role=make_role(capabilities=["roles.manage"])))
    with pytest.raises(errors.BeyondOwnPowers), transaction.atomic():
        actions.create_role(name=NAME, capabilities=["org.manage"], grants=[], actor=keeper)
    strong = make_role(capabilities=["org.manage"])
    with pytest.raises(errors.BeyondOwnPowers), transaction.atomic():
        actions.change_role(strong.pk, wanted={"capabilities": []}, actor=keeper)
    strong.refresh_from_db()
    assert strong.capabilities == ["org.manage"]


def test_the_last_role_that_manages_roles_keeps_doing_so():
    user = make_user(role="administrator")
    role = user.positions.get().role
    with pytest.raises(errors.LastAdministrator), transaction.atomic():
        actions.change_role(role.pk, wanted={"capabilities": []}, actor=actor_of(user))
    role.refresh_from_db()
    assert "roles.manage" in role.capabilities
