"""A company that is set up with each provider's twin in turn."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions
from closeloop.notices.vendors.tokens import tokens
from closeloop.org import actions as org
from tests.builders.people import make_unit, make_user
from tests.twins.accounts import TWINS, furnish, settings_for


@pytest.fixture(autouse=True)
def _no_old_tokens():
    tokens.clear()


@pytest.fixture(params=["dingtalk", "feishu", "wecom"])
def provider(request):
    return request.param


@pytest.fixture
def twin(provider):
    with TWINS[provider]() as running:
        furnish(provider, running)
        yield running


@pytest.fixture
def office(db):
    """The whole company, above everything."""
    return make_unit("成环科技股份")


@pytest.fixture
def admin(office):
    return make_user("管理员", role="administrator", unit=office)


@pytest.fixture
def account(db, provider, twin):
    """The provider, switched on and pointed at its twin."""
    org.install_roles()
    set_up(provider, twin, new_role="salesperson")
    return provider


def set_up(provider, twin, **more):
    """Enter what an administrator enters; sign-in addresses lead to the twin as well."""
    login = {
        "wecom": {"login_url": twin.url, "inner_login_url": twin.url},
        "dingtalk": {"login_url": twin.url},
        "feishu": {},
    }
    actions.change_account(
        provider,
        is_on=True,
        signs_in=True,
        settings={**settings_for(provider, twin.url), **login[provider], **more},
        actor=SYSTEM,
    )
