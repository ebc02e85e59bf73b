"""The day under the thumb: two events and sending; one asks for help, is answered and confirmed."""

import sys

from playwright.sync_api import Page, expect

from closeloop.saleslog.models import DayLog, LogEvent
from closeloop.sla.models import Clock
from closeloop.support.models import Case
from tests.builders.people import make_user
from tests.builders.records import make_customer
from tests.stories import effort
from tests.stories.effort import Effort
from tests.stories.given import stored
from tests.stories.screen import toast

LOG_S = 45
MOST_TAPS = 6


def test_a_log_of_two_events_is_sent_in_six_taps_and_its_problem_has_help(enter, company, capsys):
    customer = stored(make_customer, company.seller, "星海医院")
    stored(make_customer, company.seller, "新区医院")
    expert = stored(make_user, "何工", role="presales", unit=company.head_office)
    phone = enter(company.seller, "/m/log", width=390)
    taps = 0

    def tap(name: str) -> None:
        nonlocal taps
        phone.get_by_role("button", name=name, exact=True).click()
        taps += 1

    tap("新需求")
    tap("星海医院")
    tap("样品被拒收")
    expect(phone.get_by_role("complementary", name="建议").get_by_role("listitem")).to_have_count(3)
    tap("质量不合格")
    tap("确认并发送（2 个事件）")
    expect(phone.get_by_text("之后的事件作为补报")).to_be_visible()
    assert taps <= MOST_TAPS
    log = Effort(taps, decisions=4)
    with capsys.disabled():
        sys.stdout.write("\n" + effort.told("log of two events by the keystroke-level model", log))
    assert effort.seconds(log) <= LOG_S
    assert DayLog.objects.count() == 1
    assert set(LogEvent.objects.values_list("type", "customer_id")) == {
        ("new_need", customer),
        ("sample_rejected", customer),
    }
    report_late_without_network(phone)
    case = Case.objects.get()
    assert Clock.objects.get(about_kind="support_case").owner_id == expert.pk

    helper = enter(expert, f"/m/support/{case.pk}", width=390)
    expect(helper.get_by_text("样品被拒收：质量不合格")).to_be_visible()
    helper.get_by_role("button", name="补发样品或更换").click()
    helper.get_by_label("说明").fill("明早送另一批次到检验科")
    helper.get_by_role("button", name="提交支持").click()
    expect(toast(helper, "已提交支持")).to_be_visible()

    asker = enter(company.seller, "/support?box=asked")
    asker.get_by_role("link", name="样品被拒收：质量不合格").click()
    expect(asker.get_by_text("明早送另一批次到检验科")).to_be_visible()
    asker.get_by_role("button", name="已解决", exact=True).click()
    expect(toast(asker, "已确认解决")).to_be_visible()
    case.refresh_from_db()
    assert case.state == "closed"
    assert Clock.objects.get(about_kind="support_case").state == "met"


def report_late_without_network(phone: Page) -> None:
    """A supplement tapped twice in a cellar, the app closed, two pages opened: it is there once."""
    phone.context.set_offline(True)
    phone.get_by_role("button", name="新需求").first.click()
    phone.get_by_role("button", name="星海医院", exact=True).click()
    phone.get_by_role("button", name="补报 1 个事件").dblclick()
    expect(phone.get_by_text("已保存在本机，联网后自动发送")).to_be_visible()
    context = phone.context
    address = phone.evaluate("location.origin")
    phone.close()
    context.set_offline(False)
    for opened in (context.new_page(), context.new_page()):
        opened.goto(f"{address}/m")
        expect(opened.get_by_role("link", name="记跟进")).to_be_visible()
        expect(opened.get_by_role("link", name="待同步")).to_be_hidden()
    late = LogEvent.objects.order_by("pk")[2:]
    assert [(event.type, event.is_supplement) for event in late] == [("new_need", True)]
