"""The pages of the channel board, and what stands on them."""

from datetime import timedelta
from decimal import Decimal

from closeloop.identity.models import User
from closeloop.leads.channels import actions as channels
from closeloop.leads.channels.actions import NewSpend
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_lead
from tests.stories.scene import Scene

LEADS = ("钱采购", "李设备")
NOTE, WHY = "春季展位", "今年的目标"
TYPED = (*LEADS, NOTE, WHY)


def make_channels(person: User, seller: User) -> None:
    """Leads of two channels, and what one of them cost."""
    for name, source in zip(LEADS, ("search_ad", "referral"), strict=True):
        make_lead(seller, name, source=source)
    today = from_now().date()
    spend = NewSpend("search_ad", today - timedelta(days=9), today, Decimal(3000), "CNY", NOTE)
    channels.enter_spend(spend, actor=actor_of(person))
    channels.set_norm(
        "sql", normal=Decimal("0.3"), abnormal=Decimal("0.2"), note=WHY, actor=actor_of(person)
    )


def channel_scenes() -> dict[str, Scene]:
    """Every page by a short name."""
    return {
        "channel-board": Scene("/channel-board"),
        "channel-funnel": Scene("/channel-board?tab=funnel"),
        "channel-spend": Scene("/channel-board?spend=1", (), "dialog"),
        "channel-norms": Scene("/channel-board?tab=funnel&norms=1", (), "dialog"),
    }
