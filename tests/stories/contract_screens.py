"""The screens of an office's people, all of which show the office's time, and what they tell."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from closeloop.identity.models import User
from tests.stories.conftest import Enter
from tests.stories.office import Office
from tests.stories.post import Letter, event_of
from tests.stories.screen import sheet, toast

PHONE = 390
POLL_MS = 31_000
"""A little more than the time after which a page asks again by itself."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
LOOK_AGAIN = "() => window.dispatchEvent(new Event('visibilitychange'))"
READ = """(items) => items.map((item) => ({
  link: item.querySelector('a').getAttribute('href'),
  title: item.querySelector('[class*=title]').lastChild.textContent,
  marks: (item.querySelector('[aria-label="紧急"]') ? ' 红' : '')
    + (item.querySelector('small').textContent === '抄送' ? ' 抄送' : ''),
  at: item.querySelector('time').textContent,
}))"""


class Screens:
    """What the people of an office see; no two clocks differ, the browsers' included."""

    def __init__(self, office: Office, enter: Enter) -> None:
        self.office = office
        self._enter = enter
        self._pages: dict[str, Page] = {}
        company = office.company
        everybody = [*office.people.values(), company.seller, company.manager, company.director]
        self._named = {
            address: person.name
            for person in everybody
            for address in (person.email, person.phone, f"u{person.pk}")
        }

    def open(self, person: User, path: str, *, width: int = 1440) -> Page:
        """The person's screen at a path, now."""
        page = self._enter(person, path, width=width, at=self.office.time.now)
        self._pages[person.name] = page
        return page

    def at(self, moment: str) -> None:
        """Let time pass for everybody; people look at their screens again."""
        before = self.office.time.now
        self.office.at(moment)
        for page in self._pages.values():
            page.clock.set_fixed_time(self.office.time.now)
            page.clock.fast_forward(_ms(self.office.time.now - before))
            page.evaluate(LOOK_AGAIN)

    def work(self) -> None:
        """Let the sweeper and the worker do what waits, and open pages ask again."""
        self.office.work()
        for page in self._pages.values():
            page.clock.fast_forward(POLL_MS)

    def told(self, *deals: str) -> dict[str, list[str]]:
        """What was told about deals: by the providers, and by every open notice centre."""
        outside = [
            (one.title, one.link, _line(at, one.event, self._of(one), one.marks))
            for at, one in self.office.post
        ]
        shown = [told for name, page in self._pages.items() for told in _told_on(page, name)]
        return {
            deal: sorted(
                line
                for title, link, line in outside + shown
                if deal in title and "/approvals/" in link
            )
            for deal in deals
        }

    def _of(self, letter: Letter) -> str:
        return f"{self._named[letter.address]} {letter.channel}"


def submit(seller: Page) -> None:
    """Ask for the approval from the deal's page."""
    seller.get_by_role("button", name="推进到「签约」").click()
    move = sheet(seller, "推进到「签约」")
    move.get_by_label("审批说明").fill("客户周五前要盖章件")
    move.get_by_role("button", name="提交审批").click()
    expect(toast(seller, "已提交审批，通过后自动推进")).to_be_visible()


def notices_of(page: Page, box: str) -> Locator:
    """The notices in a box of the notice centre, opened."""
    assert page.viewport_size is not None
    tab = re.compile(rf"^{box}(?: \d+)?$")
    if page.viewport_size["width"] == PHONE:
        tabs = page.get_by_role("navigation", name="主导航")
        tabs.get_by_role("link", name=re.compile("^通知")).click()
        page.get_by_role("group", name="通知").get_by_role("button", name=tab).click()
        return page.get_by_role("region", name=box).get_by_role("listitem")
    page.get_by_role("button", name=re.compile("^通知")).click()
    drawer = page.get_by_role("dialog", name="通知")
    drawer.get_by_role("button", name=tab).click()
    return drawer.get_by_role("listitem")


def _told_on(page: Page, name: str) -> list[tuple[str, str, str]]:
    """Title, link and line of the table of each notice on a screen."""
    items = notices_of(page, "全部")
    expect(items.or_(page.get_by_text("还没有通知")).first).to_be_visible()
    return [
        (
            one["title"],
            one["link"],
            _line(_moment(one["at"]), event_of(one["title"]), f"{name} in_app", one["marks"]),
        )
        for one in items.evaluate_all(READ)
    ]


def _line(at: datetime, event: str, whom: str, marks: str) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M} {event} {whom}{marks}"


def _moment(shown: str) -> datetime:
    return datetime.strptime(shown, "%Y/%m/%d %H:%M").replace(tzinfo=SHANGHAI)


def _ms(pause: timedelta) -> int:
    return int(pause.total_seconds() * 1000)
