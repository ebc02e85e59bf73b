"""The pages of capture and merging, and what stands on them."""

from dataclasses import dataclass

from closeloop.capture import actions as capture
from closeloop.capture.actions import Arrival, ChannelGiven
from closeloop.capture.arrivals import Payload
from closeloop.identity.models import User
from closeloop.leads.merging import actions as merging
from closeloop.leads.merging.actions import MergeAsk
from tests.builders.people import actor_of
from tests.builders.records import make_lead
from tests.stories.scene import Scene, press

NAMES = ("官网预约", "商城推送")
PEOPLE = ("周采购", "吴院长", "郑主任", "冯护士长")
WHY = "名片录了两次"
DERIVED = "江苏省连云港市"
TYPED = (*NAMES, *PEOPLE, WHY, "甲医院", "乙医院", DERIVED, "closeloop")


@dataclass(frozen=True)
class Captured:
    """A form, and a lead that somebody else may be too."""

    form: int
    lead: int


def make_captured(person: User, seller: User) -> Captured:
    """A published form and a webhook, somebody known, somebody who waits, a doubtful merge."""
    actor = actor_of(person)
    form, _ = capture.create_channel(_given("form", NAMES[0]), actor=actor)
    capture.publish_form(form.pk, actor=actor)
    pushes, _ = capture.create_channel(_given("webhook", NAMES[1]), actor=actor)
    lead = make_lead(seller, PEOPLE[0], phone="13812345678", company="甲医院")
    make_lead(seller, PEOPLE[1], company="甲医院")
    for number, values in enumerate(
        (
            {"name": PEOPLE[0], "phone": "138 1234 5678", "company": "乙医院"},
            {"name": PEOPLE[2], "phone": "12"},
        )
    ):
        payload = Payload(key=f"{number}", values=values)
        capture.take(pushes, Arrival(payload, raw=b"{}", content_type="application/json"))
    one = make_lead(seller, PEOPLE[2], phone="13900000001", company="甲医院")
    other = make_lead(seller, PEOPLE[3], phone="13900000002", company="乙医院")
    ask = MergeAsk(winner_id=one, loser_ids=(other,), why=WHY)
    merging.merge(ask, actor=actor_of(seller))
    return Captured(form=form.pk, lead=lead)


def _given(kind: str, name: str) -> ChannelGiven:
    return ChannelGiven(kind=kind, name={"zh-CN": name, "en-US": name})


def capture_scenes(captured: Captured) -> dict[str, Scene]:
    """Every page by a short name."""
    return {
        "capture-channels": Scene("/capture"),
        "capture-new": Scene("/capture", (press("capture:channel.new"),), "dialog"),
        "capture-waiting": Scene("/capture/waiting"),
        "capture-tracking": Scene("/capture/tracking"),
        "capture-merges": Scene("/capture/merges"),
        "capture-form": Scene(f"/capture/forms/{captured.form}"),
        "lead-origin": Scene(f"/r/lead/{captured.lead}?tab=origin"),
    }
