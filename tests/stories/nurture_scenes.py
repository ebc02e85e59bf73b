"""The pages of nurture, and what stands on them."""

from playwright.sync_api import Page

from closeloop.identity.models import User
from closeloop.nurture import actions as nurture
from closeloop.nurture.actions import Described
from closeloop.nurture.models import Message
from tests.builders.people import actor_of
from tests.nurture.given import (
    branch,
    mail,
    make_path,
    make_template,
    new_lead,
    wait,
    where,
    work,
)
from tests.stories.scene import Scene, Step, press

LEADS = {"贺院长": "he@clinic.example", "秦主任": "qin@clinic.example"}
PATH, HELLO, NOTE, ITEM, WHY = "新线索问候", "问候邮件", "问候短信", "彩页说明", "来电要求"
SAID = ("您好", "拒收请回复", "给")
TYPED = (
    *LEADS,
    *LEADS.values(),
    "clinic.example",
    "cases.example",
    "greeting",
    PATH,
    HELLO,
    NOTE,
    ITEM,
    WHY,
    *SAID,
)
SITE = "https://cases.example"
HAND_OVER = {"key": "over", "kind": "hand_over", "to": "routing", "role": None, "note": None}


def make_nurtured(person: User) -> int:
    """A path in use with its texts, an item, one who wants nothing, and a lead; gives the lead."""
    actor = actor_of(person)
    nurture.add_link(Described(title=_both(ITEM), tags=("CT",)), SITE, actor=actor)
    make_template("hello", body="{{name}}，您好", name=_both(HELLO))
    make_template("note", "sms", body="{{name}}，您好，拒收请回复R", name=_both(NOTE))
    read = where(("nurture.opened_last", "=", True))
    steps = [mail("first"), wait("pause", 3), branch("read", read, [HAND_OVER], [mail("again")])]
    taken = {"key": "taken", "name": _both(PATH), "on": ["lead.claimed"], "when": None}
    make_path(*steps, key="greeting", leaves=[taken])
    first, _ = [new_lead(name=name, email=email) for name, email in LEADS.items()]
    nurture.add_by_hand("mail", LEADS["秦主任"], is_all=False, note=WHY, actor=actor)
    return first


def walk() -> None:
    """Let leads take what is due of their paths, in transactions of their own."""
    work()


def _both(text: str) -> dict[str, str]:
    return {"zh-CN": text, "en-US": text}


def nurture_scenes(lead_id: int) -> dict[str, Scene]:
    """Every page by a short name."""
    path, lead = "/nurture/paths/greeting", f"/r/lead/{lead_id}?tab=nurture"
    message = Message.objects.filter(record_id=lead_id).latest("pk").pk
    return {
        "nurture": Scene("/nurture"),
        "new-path": Scene("/nurture", (press("nurture:paths.add"),), "dialog"),
        "path": Scene(path),
        "path-start": Scene(path, (_card(0),), "dialog"),
        "path-send": Scene(path, (_card(1),), "dialog"),
        "path-wait": Scene(path, (_card(2),), "dialog"),
        "path-branch": Scene(path, (_card(3),), "dialog"),
        "path-hand-over": Scene(path, (_card(4),), "dialog"),
        "path-leave": Scene(path, (press("nurture:leave.edit"),), "dialog"),
        "path-preview": Scene(path, (press("nurture:preview.title"),), "dialog"),
        "path-versions": Scene(path, (press("nurture:versions.title"),), "dialog"),
        "templates": Scene("/nurture/templates"),
        "new-template": Scene("/nurture/templates", (press("nurture:template.add"),), "dialog"),
        "template": Scene("/nurture/templates/hello"),
        "template-sms": Scene("/nurture/templates/note"),
        "library": Scene("/nurture/library"),
        "new-item": Scene("/nurture/library", (press("nurture:library.add"),), "dialog"),
        "messages": Scene("/nurture/messages"),
        "message": Scene(f"/nurture/messages?open={message}", (), "dialog"),
        "sending-rules": Scene("/nurture/rules"),
        "refusals": Scene("/nurture/refusals"),
        "lift": Scene("/nurture/refusals", (press("nurture:refusal.lift"),), "dialog"),
        "nurtured-lead": Scene(lead),
        "stop-nurture": Scene(lead, (press("nurture:lead.stop"),), "dialog"),
    }


def _card(place: int) -> Step:
    """Open a card of the path: its start is the first."""

    def step(page: Page, _language: str) -> None:
        page.get_by_role("article").nth(place).get_by_role("button").first.click()

    return step
