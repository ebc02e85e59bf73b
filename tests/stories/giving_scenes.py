"""The pages of pools and routing, and what stands on them."""

from playwright.sync_api import Page

from closeloop.identity.models import User
from closeloop.pool.models import Pool
from closeloop.routing.models import RuleSet
from tests.builders.pools import pooled_lead
from tests.routing.given import branch, make_group, new_lead, publish, where
from tests.stories.scene import Scene, press

LEADS = ("郑主任", "何院长")
GROUPS = ("hospitals", "rest")
SKILL = "影像"
TYPED = (*LEADS, *GROUPS, SKILL, "线索分配")


def make_giving(seller: User, colleague: User) -> int:
    """A lead in the pool, rules in use, and a lead that they gave to somebody; gives that lead."""
    make_group(GROUPS[0], seller, colleague, strategy="weighted", cap=9, skills=(SKILL,))
    make_group(GROUPS[1], colleague, cap=9)
    hospitals = where("field.industry", "=", "private_hospital")
    first = {**branch(GROUPS[0], hospitals, *GROUPS), "skills": [SKILL]}
    publish(first, otherwise=[GROUPS[1]])
    RuleSet.objects.update(draft=None)
    pooled_lead(colleague, LEADS[0], phone="13912345678")
    return new_lead(name=LEADS[1], industry="private_hospital")


def giving_scenes(lead: int, *, width: int) -> dict[str, Scene]:
    """Every page by a short name."""
    pool = Pool.objects.get(key="leads").pk
    found = {
        "pools": Scene(f"/pools/{pool}"),
        "pool-rules": Scene("/admin/pools"),
        "pool-editor": Scene(f"/admin/pools/{pool}"),
        "pool-preview": Scene(f"/admin/pools/{pool}", (press("pool:settings.preview"),), "dialog"),
        "new-pool": Scene("/admin/pools", (press("pool:settings.add"),), "dialog"),
        "routing": Scene("/admin/routing"),
        "new-routing": Scene("/admin/routing", (press("routing:add"),), "dialog"),
        "routing-editor": Scene("/admin/routing/leads", (_open_branch,)),
        "routing-test": Scene("/admin/routing/leads", (press("routing:tryOut"),), "dialog"),
        "routing-groups": Scene("/admin/routing-groups"),
        "routing-group": Scene("/admin/routing-groups", (press("routing:addGroup"),), "dialog"),
        "routing-report": Scene("/admin/routing-report?days=7"),
        "routed-lead": Scene(f"/r/lead/{lead}"),
        "why-assigned": Scene(f"/r/lead/{lead}", (press("routing:explain.more"),), "dialog"),
        "release": Scene(f"/r/lead/{lead}", (press("pool:putIn"),), "dialog"),
    }
    if width < 800:
        found["phone-pool"] = Scene(f"/m/pools/{pool}")
    return found


def _open_branch(page: Page, _language: str) -> None:
    page.get_by_role("article").first.locator("button[aria-expanded]").click()
    page.get_by_role("combobox").first.wait_for()
