"""The sales log and support: a day with events, cases in their states, figures, rules."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org import queries
from closeloop.saleslog import actions, clock
from closeloop.saleslog.models import LogEvent
from closeloop.support import actions as support
from closeloop.support.models import Case
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.saleslog.given import reported
from tests.stories.scene import Scene, press

TEXTS = ("三批样品都超标", "下半年要装备新院区", "对方报价低一成", "已寄新批次")
PROBLEM = "样品被拒收：质量不合格"
"""What the log says for its writer, in the writer's language, when a case is opened."""
TYPED = (*TEXTS, *(text[:2] for text in TEXTS), PROBLEM)


@dataclass(frozen=True)
class Logged:
    """The cases and the surge that the pages show."""

    case: int
    surge: int


def make_logged(person: User, seller: User, customer: int) -> Logged:
    """What a seller has reported, a case to answer and one answered, a type that jumped."""
    sample = {"reason": "quality", "customer_id": customer}
    asked = reported(seller, "sample_rejected", text=TEXTS[0], **sample)
    answered = reported(seller, "sample_rejected", text=TEXTS[0], **sample)
    reported(person, "new_need", text=TEXTS[1], customer_id=customer)
    Case.objects.filter(pk=asked.case_id).update(what=TEXTS[0])
    Case.objects.filter(pk=answered.case_id).update(what=TEXTS[0])
    support.give_support(
        answered.case_id, kind="replacement", text=TEXTS[3], actor=actor_of(person)
    )
    home = queries.home_unit_of(seller.pk)
    org.change_unit(home, wanted={"head_id": person.pk}, actor=SYSTEM)
    week = clock.monday(clock.today(from_now())) - timedelta(days=7)
    for _ in range(5):
        event = reported(
            seller, "competitor_price", reason="bundle", text=TEXTS[2], customer_id=customer
        )
        LogEvent.objects.filter(pk=event.pk).update(day=week)
    surges = actions.review_surges(week)
    yesterday = clock.today(from_now(days=-1))
    actions.send_log(yesterday, client_id=uuid4(), actor=actor_of(person))
    return Logged(asked.case_id, surges[0].pk)


def log_scenes(logged: Logged, *, width: int) -> dict[str, Scene]:
    """Every page about them."""
    common = {
        "saleslog": Scene("/saleslog"),
        "saleslog-team": Scene("/saleslog?tab=team"),
        "saleslog-surges": Scene("/saleslog?tab=surges"),
        "surge": Scene(f"/saleslog/surges/{logged.surge}"),
        "support": Scene("/support?box=team&state=any"),
        "support-new": Scene("/support", (press("support:new"),), "dialog"),
        "support-figures": Scene("/support?box=figures"),
        "support-case": Scene(f"/support/{logged.case}"),
        "support-rules": Scene("/admin/support"),
        "saleslog-settings": Scene("/admin/saleslog"),
    }
    if width < 800:
        common |= {
            "phone-log": Scene("/m/log"),
            "phone-support": Scene("/m/support?box=team"),
            "phone-case": Scene(f"/m/support/{logged.case}"),
        }
    return common
