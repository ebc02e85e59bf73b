"""A stranger on the company's own page becomes a lead with everything they did there."""

from playwright.sync_api import expect

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour import script, sites
from closeloop.behaviour.models import Event, Visitor
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from tests.capture.senders import make_form
from tests.stories.given import stored

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PLAY = "one => void one.play().catch(() => 0)"
IS_A_PERSON = "Object.defineProperty(navigator, 'webdriver', { get: () => false })"
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>化学发光仪</title>
{tracking}</head><body><main data-cl-topic="product"><video title="产品介绍"></video>
<video title="操作演示"></video></main>{form}</body></html>"""


def make_page(address: str) -> str:
    """The company's page with the two snippets that the product gives for it."""
    site = behaviour.create_site("www", {"name": "官网", "origins": [address]}, actor=SYSTEM)
    embedded = f'<script src="{address}/f/{make_form().token}/embed.js"></script>'
    return PAGE.format(tracking=script.snippet_of(site), form=embedded)


def test_what_a_stranger_did_is_the_leads_trail_and_makes_it_an_mql(
    enter, company, live_server, settings
):
    settings.PUBLIC_URL = live_server.url
    html = stored(make_page, live_server.url)
    sites.forget()
    page = enter(None, "about:blank")
    page.context.set_extra_http_headers({"user-agent": BROWSER})
    page.add_init_script(IS_A_PERSON)
    page.route("**/products", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/products")

    assert stored(Event.objects.count) == 0, "nothing is told before a yes"
    consent = page.get_by_role("dialog")
    with page.expect_response("**/api/track/www"):
        consent.get_by_role("button").first.click()
    for title in ("产品介绍", "操作演示"):
        with page.expect_response("**/api/track/www"):
            page.locator(f'video[title="{title}"]').evaluate(
                "one => void one.play().catch(() => 0)"
            )
    form = page.frame_locator("iframe")
    form.get_by_label("联系人姓名").fill("林晓")
    form.get_by_label("手机").fill("13957112345")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="提交").click()
    expect(form.locator(".thanks")).to_be_visible()

    lead = stored(Lead.objects.get)
    assert (lead.name, lead.grade, lead.extra["place"]) == ("林晓", "mql", "浙江省杭州市")
    assert stored(Visitor.objects.exclude(token__startswith="record:").get).record_id == lead.pk

    ops = enter(company.ops, f"/r/lead/{lead.pk}?tab=behaviour")
    for what in ("化学发光仪", "产品介绍", "操作演示"):
        expect(ops.get_by_text(what).first).to_be_visible()
    expect(ops.get_by_text("市场认可 (MQL)").first).to_be_visible()
