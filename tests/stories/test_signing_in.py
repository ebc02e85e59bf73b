"""Who one is: signing in, being locked out, leaving, and changing the password."""

from playwright.sync_api import Page, expect

from tests.builders.people import PASSWORD
from tests.stories.given import stored, sunli

NEW_PASSWORD = "bright lantern 58"


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def change_password(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="修改密码")
    dialog.get_by_label("当前密码").fill(PASSWORD)
    dialog.get_by_label("新密码", exact=True).fill(NEW_PASSWORD)
    dialog.get_by_label("再次输入新密码").fill(NEW_PASSWORD)
    dialog.get_by_role("button", name="保存").click()


def test_a_wrong_password_is_said_and_the_right_one_opens_the_desk(enter, company):
    stored(sunli, company)
    page = enter(None)
    sign_in(page, "sunli", "not the password")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不正确。忘记密码请联系管理员重设。")
    sign_in(page, "sunli", PASSWORD)
    expect(page.get_by_role("heading", name="孙丽，今天先做这些")).to_be_visible()


def test_five_wrong_passwords_lock_the_account_and_say_for_how_long(enter, company):
    stored(sunli, company)
    page = enter(None)
    for number in range(5):
        with page.expect_response("**/api/session"):
            sign_in(page, "sunli", f"guess number {number}")
    sign_in(page, "sunli", PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("5 分钟")
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_leaving_closes_the_desk_for_the_next_person_at_this_screen(enter, company):
    page = enter(company.seller, "/r/deal")
    page.get_by_role("banner").get_by_role("button", name="张伟").click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.goto("/r/deal")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_a_changed_password_opens_the_desk_and_the_old_one_no_longer(enter, company):
    user = stored(sunli, company)
    page = enter(user)
    page.get_by_role("banner").get_by_role("button", name="孙丽").click()
    page.get_by_role("menuitem", name="修改密码").click()
    change_password(page)
    expect(page.get_by_text("密码已修改")).to_be_visible()

    elsewhere = enter(None)
    sign_in(elsewhere, "sunli", PASSWORD)
    expect(elsewhere.get_by_role("alert")).to_be_visible()
    sign_in(elsewhere, "sunli", NEW_PASSWORD)
    expect(elsewhere.get_by_role("heading", name="孙丽，今天先做这些")).to_be_visible()


def test_signing_in_works_in_english_on_a_phone(enter, company):
    stored(sunli, company, "Sun Li")
    page = enter(None, width=390, language="en-US")
    page.get_by_label("User name").fill("sunli")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Sun Li")).to_be_visible()


def test_the_first_sign_in_goes_on_as_soon_as_the_password_is_ones_own(enter, company):
    stored(sunli, company, must_change_password=True)
    page = enter(None)
    sign_in(page, "sunli", PASSWORD)
    change_password(page)
    expect(page.get_by_role("heading", name="今日待办")).to_be_visible()
    expect(page.get_by_role("link", name="商机", exact=True).first).to_be_visible()
