"""The pages of approvals, notices, absences and integrations, and what stands on them."""

from datetime import timedelta

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from tests.builders.approvals import agree, persons
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.stories.scene import Scene, press

CASES = ("样机借用两周", "加急发货", "展会物料")
REMARK = "客户周五前答复"
AWAY = "出差"
FLOW = "loan"
TYPED = (*CASES, REMARK, AWAY, FLOW)


def make_approvals(person: User, requester: User, deal: int) -> int:
    """Two cases that wait for the person and one that is answered; gives the first."""
    approvals.publish(_definition(person), actor=SYSTEM)
    first, _second, third = [
        approvals.open_case(
            NewCase(
                flow_key=FLOW,
                record_id=deal,
                record_type="deal",
                title=title,
                form={"days": 14},
                comment=REMARK,
            ),
            actor=actor_of(requester),
        )
        for title in CASES
    ]
    agree(third, person, comment=REMARK)
    now = from_now()
    org.plan_absence(
        AbsencePlanned(
            person_id=person.pk,
            from_at=now + timedelta(days=1),
            to_at=now + timedelta(days=3),
            delegate_id=requester.pk,
            reason=AWAY,
        ),
        actor=actor_of(person),
    )
    return first.pk


def approval_scenes(case: int, deal: int, *, width: int) -> dict[str, Scene]:
    """Every page by a short name."""
    flow = f"/admin/flows/{FLOW}"
    one = f"/approvals/{case}"
    common = {
        "approvals": Scene("/approvals"),
        "approvals-done": Scene("/approvals?box=done"),
        "approval": Scene(one),
        "approval-agree": Scene(one, (press("approvals:action.agree"),), "dialog"),
        "approval-return": Scene(one, (press("approvals:action.return"),), "dialog"),
        "approval-signer": Scene(one, (press("approvals:action.add_signer"),), "dialog"),
        "approval-report": Scene("/approvals/report"),
        "approval-approvers": Scene("/approvals/report?by=approver"),
        "deal-approvals": Scene(f"/r/deal/{deal}?tab=approvals"),
        "approval-request": Scene("/approvals", (press("approvals:request.new"),), "dialog"),
        "flows": Scene("/admin/flows"),
        "flow": Scene(flow),
        "flow-settings": Scene(flow, (press("approvals:flow.settings"),), "dialog"),
        "flow-preview": Scene(flow, (press("approvals:flow.preview"),), "dialog"),
        "flow-versions": Scene(flow, (press("approvals:flow.versions"),), "dialog"),
        "notice-settings": Scene("/me/notices"),
        "absence": Scene("/me/absence"),
        "new-absence": Scene("/me/absence", (press("org:absence.add"),), "dialog"),
        "channels": Scene("/admin/channels"),
        "channel": Scene("/admin/channels", (press("notices:channels.setUp"),), "dialog"),
        "deliveries": Scene("/admin/channels?tab=deliveries"),
        "integrations": Scene("/admin/integrations"),
        "notices": Scene("/approvals", (press("notices:title"),), "dialog"),
    }
    if width >= 800:
        return common
    phone = {"phone-approvals": "/m/approvals", "phone-notices": "/m/notices"}
    phone["phone-request"] = f"/m/approvals/new?type=deal&id={deal}"
    return {
        **common,
        **{name: Scene(path) for name, path in phone.items()},
        "phone-approval": Scene(f"/m{one}"),
        "phone-refusal": Scene(f"/m{one}", (press("approvals:action.refuse"),)),
    }


def _definition(person: User) -> dict:
    def named(zh: str, en: str) -> dict[str, str]:
        return {"zh-CN": zh, "en-US": en}

    def asks(key: str, zh: str, en: str) -> dict:
        return {
            "key": key,
            "kind": "approve",
            "name": named(zh, en),
            "sources": [persons(person)],
            "policy": "contract_approval",
        }

    long = {"combinator": "and", "rules": [{"field": "form.days", "operator": ">", "value": 30}]}
    return {
        "key": FLOW,
        "name": named("样机借用", "Loan of a sample"),
        "record_type": "deal",
        "form": [
            {"key": "amount", "field": "amount"},
            {"key": "days", "name": named("借用天数", "Days"), "type": "number", "required": True},
        ],
        "rules": {"batch": True},
        "nodes": [
            asks("check", "仓库核对", "Stock check"),
            {
                "key": "length",
                "kind": "branch",
                "name": named("借用时长", "How long"),
                "branches": [
                    {
                        "key": "long",
                        "name": named("超过一个月", "Over a month"),
                        "when": long,
                        "nodes": [asks("consent", "负责人同意", "Consent of the head")],
                    },
                    {"key": "short", "name": named("其他", "Otherwise"), "nodes": []},
                ],
            },
            {
                "key": "told",
                "kind": "copy",
                "name": named("抄送", "Told"),
                "sources": [{"kind": "requester"}],
            },
        ],
    }
