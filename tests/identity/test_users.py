"""Accounts: names that stay unique, edits that do not overwrite, everything recorded."""

import pytest
from django.db import transaction

from closeloop.edge.etags import EditConflict
from closeloop.identity import actions, errors
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from tests.builders.activity import entries, verbs
from tests.builders.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_a_sign_in_name_is_taken_whatever_its_case():
    make_user(username="WangFang")
    with pytest.raises(errors.UsernameTaken), transaction.atomic():
        actions.create_user(NewUser(username="wangfang", name="王芳"), actor=SYSTEM)
    assert User.objects.count() == 1
    assert verbs().count("user.created") == 1


def test_a_weak_password_adds_nobody():
    with pytest.raises(errors.PasswordTooWeak) as refused:
        actions.create_user(
            NewUser(username="wangfang", name="王芳"), password="wangfang1", actor=SYSTEM
        )
    codes = [error["code"] for error in refused.value.data["errors"]]
    assert codes == ["password_too_similar", "password_too_short"]
    assert User.objects.count() == 0


def test_a_change_is_recorded_with_both_values():
    user = make_user("王芳")
    changed = actions.change_user(user.pk, changes={"name": "王方", "phone": ""}, actor=SYSTEM)
    assert (changed.initials, changed.version) == ("wf", 2)
    assert entries("user.changed") == [
        {"user_id": user.pk, "name": "王方", "changes": {"name": ["王芳", "王方"]}}
    ]


def test_an_edit_of_an_old_version_gets_both_values():
    user = make_user("王芳")
    actions.change_user(user.pk, changes={"name": "王方"}, actor=SYSTEM, version=1)
    with pytest.raises(EditConflict) as refused:
        actions.change_user(user.pk, changes={"name": "汪芳"}, actor=SYSTEM, version=1)
    assert refused.value.data == {
        "version": 2,
        "conflict": [{"field": "name", "yours": "汪芳", "theirs": "王方"}],
    }
    assert verbs().count("user.changed") == 1


def test_closing_and_opening_an_account_have_their_own_verbs():
    user = make_user()
    actions.change_user(user.pk, changes={"is_active": False}, actor=SYSTEM)
    actions.change_user(user.pk, changes={"is_active": True}, actor=SYSTEM)
    assert verbs()[-2:] == ["user.deactivated", "user.reactivated"]


def test_a_password_set_by_another_must_be_changed():
    user = make_user(password=PASSWORD)
    actions.set_password(user.pk, password="battery staple 9", actor=SYSTEM)
    user.refresh_from_db()
    assert user.must_change_password
    assert user.check_password("battery staple 9")
    assert verbs()[-1] == "user.password_reset"
