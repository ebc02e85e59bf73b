"""The pages of conversations, on the desk and on the phone, and what stands on them."""

import io
from dataclasses import replace

from closeloop.conversations import actions
from closeloop.conversations.actions import NewConversation
from closeloop.conversations.models import ConversationKind
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.phonecheck import actions as phones
from closeloop.phonecheck.models import Check
from closeloop.phonecheck.set_up import Ways
from closeloop.records.models import Record
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.stories.scene import Scene, press

MINUTES = "王经理：我们下周三前把合同初稿发给陈主任。\n院方负责确认付款方式。"
SAID = "我们下周三前把合同初稿发给陈主任。"
REGISTERED = "企业名称,电话\n星海医院,0512-67891234\n"
TITLE, CALL, UNKNOWN = "需求访谈纪要", "陌生来电录音", "一位女士问价，没有留下单位。"
THEIRS = "院方负责确认付款方式"
TYPED = (
    *MINUTES.split("\n"),
    SAID,
    SAID.rstrip("。"),
    THEIRS,
    "下周三前",
    "王经理",
    TITLE,
    CALL,
    UNKNOWN,
)


def make_conversations(person: User, deal: int) -> int:
    """Minutes with promises at a deal, and a call in the tray; gives the minutes.

    The registry knows the customer, and not the phones of its contacts.
    """
    phones.set_up_sources(Ways(uses_wecom=True, uses_registry=True), key=None, actor=SYSTEM)
    phones.keep_companies(io.BytesIO(REGISTERED.encode()), actor=SYSTEM)
    minutes = NewConversation(
        kind=ConversationKind.MINUTES,
        at=from_now(hours=-3),
        title=TITLE,
        text=MINUTES,
        record=Record.objects.get(pk=deal),
        as_document=False,
    )
    made = actions.add(minutes, actor=actor_of(person))
    call = replace(minutes, kind=ConversationKind.CALL, title=CALL, text=UNKNOWN, record=None)
    actions.add(call, actor=actor_of(person))
    return made.pk


def doubted() -> int:
    """A contact with whose phone the registry disagrees."""
    return Check.objects.filter(is_mismatch=True).values_list("contact_id", flat=True)[0]


def talk_scenes(conversation: int, deal: int, *, width: int) -> dict[str, Scene]:
    """Every page of conversations by a short name."""
    one = f"/conversations/{conversation}"
    found = {
        "tray": Scene("/conversations"),
        "conversations": Scene("/conversations?tab=filed"),
        "conversation": Scene(one),
        "paste-minutes": Scene("/conversations", (press("conversations:add.paste"),)),
        "record-conversations": Scene(f"/r/deal/{deal}?tab=conversations"),
        "talk-sources": Scene("/conversations/sources"),
        "phone-checks": Scene("/phone-checks"),
        "phone-check": Scene(f"/r/contact/{doubted()}", (), "dialog"),
        "phone-check-settings": Scene("/admin/phone-check"),
    }
    if width < 800:
        found |= {"phone-tray": Scene("/m/conversations"), "phone-talk": Scene(f"/m{one}")}
    return found
