"""The pages of scoring and tracking, and what stands on them."""

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions import Act
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from tests.builders.records import make_lead
from tests.stories.scene import Scene, press

LEAD = "沈主任"
SITE = "公司官网"
TYPED = (LEAD, SITE, "彩页")


def make_scored(seller: User) -> int:
    """A lead that has become an MQL by what its person did; gives it."""
    values = {"name": SITE, "origins": ["https://www.example.com"]}
    behaviour.create_site("www", values, actor=SYSTEM)
    lead = make_lead(seller, LEAD, phone="13912345679")
    acts = [Act("form", {"form": "彩页"}), *[Act("video_play", {"topic": "product"})] * 2]
    behaviour.note(lead, acts, actor=SYSTEM)
    return lead


def scoring_scenes(lead: int) -> dict[str, Scene]:
    """Every page by a short name."""
    return {
        "scoring": Scene("/admin/scoring"),
        "scoring-rule": Scene("/admin/scoring", (press("scoring:add.behaviour"),), "dialog"),
        "scoring-preview": Scene("/admin/scoring", (press("scoring:preview.open"),), "dialog"),
        "scoring-learned": Scene("/admin/scoring?tab=learned"),
        "tracking": Scene("/admin/tracking"),
        "new-site": Scene("/admin/tracking", (press("behaviour:site.add"),), "dialog"),
        "score": Scene(f"/r/lead/{lead}?tab=score"),
        "trail": Scene(f"/r/lead/{lead}?tab=behaviour"),
    }
