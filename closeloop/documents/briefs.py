"""The timeout brief (超时预警简报): an approval that has waited too long (pure; E04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from closeloop.documents.content import (
    Bar,
    Bars,
    Block,
    Column,
    Content,
    Figure,
    Figures,
    Moment,
    Name,
    Table,
    Text,
    Timeline,
    Tone,
    plain,
    said,
)
from closeloop.documents.durations import duration, hours, in_hours

TITLE = said("超时预警简报", "Timeout brief")


@dataclass(frozen=True)
class BriefNode:
    """A node of the flow: who was asked, how long it took or has taken, what was allowed."""

    name: Name
    people: Sequence[str]
    state: Literal["done", "current", "ahead", "skipped"]
    took_s: float | None = None
    target_s: float | None = None


@dataclass(frozen=True)
class Brief:
    """What the brief is told, in seconds and aware times; `now` is when it is written.

    What was waited, what the nodes took and what was allowed are all of one kind of time: by the
    clock, or working time where the policy counts that.
    """

    case_title: str
    flow: Name
    node: Name
    approver: str
    requester: str
    asked_at: datetime
    now: datetime
    waited_s: float
    target_s: float
    is_working_time: bool = False
    on_behalf_of: str = ""
    superior: str = ""
    unit: str = ""
    record_title: str = ""
    seen_at: datetime | None = None
    opened_at: datetime | None = None
    nodes: Sequence[BriefNode] = ()
    history: Sequence[Moment] = ()
    also_waiting: int = 0
    also_late: int = 0

    @property
    def late_s(self) -> float:
        """How long it has been late."""
        return max(self.waited_s - self.target_s, 0)

    def said(self, seconds: float) -> Name:
        """A length of the time that counts here; working time has no days of 24 hours."""
        return in_hours(seconds) if self.is_working_time else duration(seconds)


def timeout_brief(brief: Brief) -> Content:
    """Who keeps what waiting for how long, what was done about it, and what to do now."""
    blocks: list[Block] = [_figures(brief), _summary(brief)]
    if brief.nodes:
        blocks += [_nodes(brief), *_chart(brief)]
    if brief.history:
        title = said("已经发生的事", "What has happened")
        blocks.append(Timeline(title=title, items=tuple(brief.history)))
    blocks.append(_advice(brief))
    return Content(
        title=said(f"超时预警简报：{brief.case_title}", f"Timeout brief: {brief.case_title}"),
        subtitle=said(
            f"{brief.flow['zh-CN']} · {brief.node['zh-CN']}",
            f"{brief.flow['en-US']} · {brief.node['en-US']}",
        ),
        blocks=tuple(blocks),
    )


def _figures(brief: Brief) -> Figures:
    kind = said("自然时间", "by the clock")
    if brief.is_working_time:
        kind = said("工作时间", "working time")
    allowed = brief.said(brief.target_s)
    limit = said(
        f"应于 {allowed['zh-CN']} 内处理（{kind['zh-CN']}）",
        f"due within {allowed['en-US']} ({kind['en-US']})",
    )
    late, held = brief.said(brief.late_s), plain(brief.also_waiting)
    tone: Tone = "bad" if brief.late_s else "normal"
    return Figures(
        (
            Figure(said("已等待", "Waited"), brief.said(brief.waited_s), "bad", limit),
            Figure(said("已超时", "Late by"), late, tone),
            Figure(said("等待处理人", "Waiting for"), plain(brief.approver), "normal", _for(brief)),
            Figure(said("其名下待办", "Their other items"), held, "normal", _also(brief)),
        )
    )


def _for(brief: Brief) -> Name | None:
    if not brief.on_behalf_of:
        return plain(brief.unit) if brief.unit else None
    return said(f"代 {brief.on_behalf_of} 处理", f"on behalf of {brief.on_behalf_of}")


def _also(brief: Brief) -> Name:
    return said(f"其中 {brief.also_late} 项已超时", f"{brief.also_late} of them late")


def _summary(brief: Brief) -> Text:
    about = f"（{brief.record_title}）" if brief.record_title else ""
    about_english = f" ({brief.record_title})" if brief.record_title else ""
    seen = said("尚未查看", "has not looked at it yet")
    if brief.seen_at is not None:
        after = duration((brief.seen_at - brief.asked_at).total_seconds())
        seen = said(
            f"送达 {after['zh-CN']} 后已查看", f"looked at it {after['en-US']} after it came"
        )
    waited = brief.said(brief.waited_s)
    if brief.is_working_time:
        waited = said(f"{waited['zh-CN']}（工作时间）", f"{waited['en-US']} of working time")
    return Text(
        tone="bad",
        paragraphs=(
            said(
                f"{brief.requester} 发起的「{brief.case_title}」{about}在「{brief.node['zh-CN']}」"
                f"等待 {brief.approver} 已 {waited['zh-CN']}，{seen['zh-CN']}，至今没有结论。",
                f"“{brief.case_title}”{about_english}, asked for by {brief.requester}, has waited "
                f"{waited['en-US']} for {brief.approver} at “{brief.node['en-US']}”, who "
                f"{seen['en-US']}. There is no decision.",
            ),
        ),
    )


_STATES: dict[str, Name] = {
    "done": said("已完成", "Done"),
    "current": said("进行中", "Under way"),
    "ahead": said("未到", "Ahead"),
    "skipped": said("已跳过", "Skipped"),
}


def _nodes(brief: Brief) -> Table:
    return Table(
        title=said("各节点用时", "Time per node"),
        columns=(
            Column(said("节点", "Node")),
            Column(said("处理人", "People")),
            Column(said("状态", "State")),
            Column(said("用时", "Took"), "right"),
            Column(said("时限", "Allowed"), "right"),
        ),
        rows=tuple(
            (
                node.name,
                plain("、".join(node.people) or "—"),
                _STATES[node.state],
                brief.said(node.took_s) if node.took_s is not None else plain("—"),
                brief.said(node.target_s) if node.target_s is not None else plain("—"),
            )
            for node in brief.nodes
        ),
        tones=tuple(_tone(node, brief) for node in brief.nodes),
    )


def _chart(brief: Brief) -> list[Block]:
    bars = tuple(
        Bar(
            node.name,
            hours(node.took_s),
            None if node.target_s is None else hours(node.target_s),
            _tone(node, brief),
        )
        for node in brief.nodes
        if node.took_s is not None
    )
    if not bars:
        return []
    return [
        Bars(
            title=said("用时与时限", "Time against limit"),
            unit=said("工作小时", "working h") if brief.is_working_time else said("小时", "h"),
            items=bars,
            limit_name=said("时限", "Limit"),
        )
    ]


def _tone(node: BriefNode, brief: Brief) -> Tone:
    if node.state == "current":
        return "bad" if brief.late_s else "normal"
    if node.took_s is None or node.target_s is None or node.took_s <= node.target_s:
        return "normal"
    return "warning"


def _advice(brief: Brief) -> Text:
    steps = [
        said(
            f"请立即联系 {brief.approver}，确认今天能否给出结论。",
            f"Call {brief.approver} now and ask whether a decision is possible today.",
        )
    ]
    if brief.superior:
        steps.append(
            said(
                f"若 {brief.approver} 无法处理，由 {brief.superior} 转交他人。",
                f"If {brief.approver} cannot decide, {brief.superior} hands it on.",
            )
        )
    if brief.also_late:
        steps.append(
            said(
                f"{brief.approver} 名下另有 {brief.also_late} 项超时，请一并安排。",
                f"{brief.approver} has {brief.also_late} more late items; settle them together.",
            )
        )
    steps.append(
        said(
            f"告知 {brief.requester} 预计时间，避免客户承诺落空。",
            f"Tell {brief.requester} when to expect it, so that the customer is not let down.",
        )
    )
    return Text(title=said("建议立即处理", "What to do now"), paragraphs=tuple(steps), is_list=True)
