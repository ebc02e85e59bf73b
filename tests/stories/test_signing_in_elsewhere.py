"""Entering through WeCom: scanned once, and one is at one's desk, or where the notice led."""

import pytest
from playwright.sync_api import expect

from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions
from tests.builders.people import actor_of
from tests.stories.given import stored
from tests.twins.accounts import settings_for
from tests.twins.wecom import WeComTwin

ENTRANCE = "/accounts/wecom/login/"


@pytest.fixture
def wecom(company):
    """The company's WeCom, in which the salesperson has the id zhang."""
    with WeComTwin() as twin:
        twin.add_department(1, "总部")
        twin.add_member("zhang", "张伟", 1)
        twin.add_member("stranger", "陌生人", 1)
        given = {**settings_for("wecom", twin.url), "login_url": twin.url}
        stored(
            actions.change_account,
            "wecom",
            is_on=True,
            signs_in=True,
            settings=given,
            actor=SYSTEM,
        )
        stored(
            actions.link_by_hand,
            "wecom",
            company.seller.pk,
            external_id="zhang",
            actor=actor_of(company.ops),
        )
        yield twin


def test_who_says_yes_at_wecom_is_at_the_desk(enter, wecom):
    wecom.signs_in = "zhang"
    page = enter(None)
    page.get_by_role("link", name="用企业微信登录").click()
    expect(page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
    assert "code=" not in page.url


def test_a_deep_link_leads_where_it_says(enter, wecom):
    wecom.signs_in = "zhang"
    page = enter(None, "/r/deal")
    page.get_by_role("link", name="用企业微信登录").click()
    expect(page.get_by_role("heading", name="商机")).to_be_visible()


def test_a_stranger_is_told_why_and_the_right_person_comes_in(enter, wecom):
    wecom.signs_in = "stranger"
    page = enter(None, ENTRANCE)
    expect(page.get_by_role("alert")).to_contain_text("这里没有与您对应的账号")
    wecom.signs_in = "zhang"
    page.get_by_role("link", name="用企业微信登录").click()
    expect(page.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
