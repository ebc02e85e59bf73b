"""The pages of conversations, on the desk and on the phone, and what stands on them."""

from dataclasses import replace

from closeloop.conversations import actions
from closeloop.conversations.actions import NewConversation
from closeloop.conversations.models import ConversationKind
from closeloop.identity.models import User
from closeloop.records.models import Record
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.stories.scene import Scene, press

MINUTES = "王经理：我们下周三前把合同初稿发给陈主任。\n院方负责确认付款方式。"
SAID = "我们下周三前把合同初稿发给陈主任。"
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
    """Minutes with promises at a deal, and a call in the tray; gives the minutes."""
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
    }
    if width < 800:
        found |= {"phone-tray": Scene("/m/conversations"), "phone-talk": Scene(f"/m{one}")}
    return found
