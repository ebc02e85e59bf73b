"""The pages of follow-ups, on the desk and on the phone, and what stands on them."""

import uuid

from playwright.sync_api import Page, expect

from closeloop.fieldwork import actions
from closeloop.fieldwork.reports import Report
from closeloop.identity.models import User
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_customer
from tests.stories.field_phone import agree
from tests.stories.scene import Scene, press
from tests.stories.words import word

SAID, VAGUE, OWN = "检验科要更快的报告，下周看方案", "已联系", "城东医院"
TYPED = (SAID, VAGUE, OWN)


def make_follow_ups(person: User, seller: User, deal: int) -> int:
    """A call that counts with a doubt, a draft, a phone that may be used; gives the call."""
    call = Report(
        client_id=uuid.uuid4(),
        kind="call",
        record_type="deal",
        record_id=deal,
        at=from_now(minutes=-20),
        text=VAGUE,
        ticks=("need",),
        next_at=from_now(days=3),
    )
    saved = actions.record_one(call, actor=actor_of(seller)).saved
    assert saved is not None
    draft = Report(
        client_id=uuid.uuid4(),
        kind="visit",
        record_type="deal",
        record_id=deal,
        at=from_now(minutes=-10),
        text=SAID,
    )
    actions.record_one(draft, actor=actor_of(seller))
    make_customer(person, OWN)
    agree(person)
    return saved.id


def follow_up_scenes(followup: int, deal: int, *, width: int) -> dict[str, Scene]:
    """Every page of follow-ups by a short name."""
    common = {
        "deal-follow-ups": Scene(f"/r/deal/{deal}?tab=followups"),
        "follow-ups": Scene("/followups?author=all"),
        "follow-up": Scene(f"/followups/{followup}"),
    }
    if width >= 800:
        return common
    return {
        **common,
        "phone-who": Scene("/m/followup", (_found,)),
        "phone-evidence": Scene("/m/followup", (_found, _choose)),
        "phone-done": Scene(
            "/m/followup", (_found, _choose, _write, press("followups:keepDraft"), _told)
        ),
        "phone-outbox": Scene("/m/outbox"),
        "phone-follow-up": Scene(f"/m/followups/{followup}"),
    }


def _found(page: Page, _language: str) -> None:
    expect(page.get_by_role("button", name=OWN)).to_be_visible()


def _choose(page: Page, _language: str) -> None:
    page.get_by_role("button", name=OWN).click()
    expect(page.get_by_role("heading", name=OWN)).to_be_visible()


def _write(page: Page, _language: str) -> None:
    page.get_by_role("textbox").first.fill(SAID)


def _told(page: Page, language: str) -> None:
    expect(page.get_by_role("heading", name=word(language, "followups:done.draft"))).to_be_visible()
