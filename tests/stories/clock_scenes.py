"""The pages of clocks, tasks and documents, and how to come there."""

from playwright.sync_api import Page

from closeloop.documents import actions as documents
from closeloop.identity.models import User
from closeloop.metrics.actions import piloting
from closeloop.metrics.actions.piloting import Plan
from closeloop.sla.models import Clock
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.stories.scene import Scene, press

PILOT = "影像报价先审"
TYPED = (PILOT,)


def make_clocks(person: User, deal: int) -> int:
    """Red clocks on a deal, and the report about it; gives the report."""
    Clock.objects.filter(record_id=deal, closed_at=None).update(red_since=from_now())
    actor = actor_of(person)
    written = documents.write_document(
        "risk_diagnosis", {}, record_id=deal, record_type="deal", to=[person.pk], actor=actor
    )
    return written.pk


def make_pilot(person: User) -> None:
    """Something that is tried on one product line."""
    plan = Plan(
        name=PILOT, about={"kind": "blueprint"}, note="", unit_id=None, line="imaging",
        since=from_now(days=-10).date(), until=None, metrics=("step_backs", "moves_forward"),
    )  # fmt: skip
    piloting.begin(plan, actor=actor_of(person))


def clock_scenes(report: int, task: int, deal: int, *, width: int) -> dict[str, Scene]:
    """Every page by a short name."""
    found = {
        "workbench": Scene("/workbench"),
        "supervision": Scene("/supervision"),
        "step-backs": Scene("/step-backs"),
        "self-check": Scene("/self-check"),
        "pilots": Scene("/pilots"),
        "new-pilot": Scene("/pilots", (press("pilots:begin"),), "dialog"),
        "pilot-of-line": Scene("/pilots", (press("pilots:change"),), "dialog"),
        "attribution": Scene("/attribution"),
        "win-touches": Scene("/win-touches"),
        "forecast": Scene("/forecast"),
        "targets": Scene("/targets", (press("targets:edit"),)),
        "targets-of-leads": Scene("/targets?metric=new_leads"),
        "deal-norm": Scene("/supervision?norm=stage_update_share", (), "dialog"),
        "why": Scene("/supervision", (_badge,), "dialog"),
        "deal-clocks": Scene(f"/r/deal/{deal}?tab=clocks"),
        "document": Scene(f"/documents/{report}"),
        "policies": Scene("/admin/policies"),
        "new-policy": Scene("/admin/policies", (press("sla:policy.add"),), "dialog"),
        "policy": Scene("/admin/policies/no_interaction"),
        "rehearsal": Scene(
            "/admin/policies/first_touch", (press("sla:rehearsal.start"), _rehearse), "dialog"
        ),
        "calendars": Scene("/admin/calendars?year=2026"),
        "calendar-day": Scene("/admin/calendars?year=2026", (_holiday,), "dialog"),
        "new-calendar": Scene("/admin/calendars?calendar=new"),
    }
    if width < 800:
        found["phone-task"] = Scene(f"/m/tasks/{task}")
        found["phone-document"] = Scene(f"/m/documents/{report}")
    return found


def _badge(page: Page, _language: str) -> None:
    page.locator("button[data-face]").first.click()


def _holiday(page: Page, _language: str) -> None:
    page.locator("button[data-kind=holiday]").first.click()


def _rehearse(page: Page, language: str) -> None:
    press("sla:rehearsal.run")(page, language)
    page.get_by_role("dialog").locator(".num, [class*=face]").first.wait_for()
