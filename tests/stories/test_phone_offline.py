"""Work in the field on a phone, with and without network."""

from playwright.sync_api import Page, expect

PHONE = 390
CONTROLLED = """() => new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  else navigator.serviceWorker.addEventListener('controllerchange', () => done());
})"""


def opened_again(page: Page) -> Page:
    """The same phone after the app was closed: a new page of the same browser."""
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/m")
    return again


def test_the_app_opens_without_network_as_the_person_who_was_here(enter, company):
    page = enter(company.seller, "/m", width=PHONE)
    page.evaluate(CONTROLLED)
    expect(page.get_by_role("heading", name="今日待办")).to_be_visible()
    page.context.set_offline(True)
    again = opened_again(page)
    expect(again.get_by_role("heading", name="张伟，今天先做这些")).to_be_visible()
    expect(again.get_by_role("status").get_by_text("当前离线")).to_be_visible()
