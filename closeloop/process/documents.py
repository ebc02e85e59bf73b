"""The risk-diagnosis report (风险诊断报告): why a record stands still, and what to do (C09, L07).

Written by rules from what was recorded; no field's value stands in it, so whoever may read the
record may read the report.
"""

from collections.abc import Mapping
from typing import Any

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
from closeloop.documents.durations import days, duration
from closeloop.documents.kinds import Kind
from closeloop.process import diagnosis, missing
from closeloop.process.diagnosis import Findings, Stay
from closeloop.process.models import VisitKind

SILENT_DAYS = 7
"""C10: more than seven days without any interaction."""
MOST_MOMENTS = 10
DAY_S = 86400


def risk_diagnosis(request: Mapping[str, Any]) -> Content:
    """The report about `record_id`; `days` changes how long is too long (14)."""
    longest_s = float(request.get("days") or diagnosis.LONGEST_STAY_DAYS) * DAY_S
    found = diagnosis.diagnose(int(request["record_id"]), longest_s=longest_s)
    return report(found)


RISK_DIAGNOSIS = Kind(
    key="risk_diagnosis",
    name=said("风险诊断报告", "Risk diagnosis"),
    build=risk_diagnosis,
)


def report(found: Findings) -> Content:
    """The report from its findings (pure)."""
    blocks: list[Block] = [_figures(found), _summary(found), _chart(found), _stays(found)]
    if found.lacking:
        blocks.append(_lacking(found))
    blocks += [_events(found), _advice(found)]
    return Content(
        title=said(f"风险诊断：{found.title}", f"Risk diagnosis: {found.title}"),
        subtitle=said(
            f"{found.stage['zh-CN']} · 负责人 {found.owner or '—'}",
            f"{found.stage['en-US']} · owner {found.owner or '—'}",
        ),
        blocks=tuple(blocks),
    )


def _figures(found: Findings) -> Figures:
    current = found.stays[-1]
    items = [
        Figure(
            said("本阶段停留", "In this stage"),
            duration(current.counted_s),
            _tone(current),
            _against(current),
        ),
        Figure(
            said("距上次动作", "Since anything was done"),
            duration(found.silent_s),
            "bad" if found.silent_s > SILENT_DAYS * DAY_S else "normal",
            said(f"超过 {SILENT_DAYS} 天标红", f"red after {SILENT_DAYS} days"),
        ),
        Figure(
            said("近 30 天被拦下", "Stopped by locks, 30 days"),
            said(f"{len(found.attempts)} 次", f"{len(found.attempts)} times"),
            "warning" if found.attempts else "normal",
        ),
        _last_figure(found),
    ]
    return Figures(tuple(items))


def _last_figure(found: Findings) -> Figure:
    if found.roles_covered is None:
        times = said(f"{found.backs} 次", f"{found.backs} times")
        return Figure(said("退回", "Stepped back"), times, "warning" if found.backs else "normal")
    return Figure(
        said("决策链角色", "Chain roles known"),
        said(f"{found.roles_covered} 类", f"{found.roles_covered} kinds"),
        "normal" if found.roles_covered >= 3 else "warning",
        said("至少 3 类（K04）", "3 at least"),
    )


def _against(stay: Stay) -> Name | None:
    if not stay.expected_s:
        return None
    expected = duration(stay.expected_s)
    waited = duration(stay.waited_s)
    if stay.waited_s:
        return said(
            f"预期 {expected['zh-CN']}，已扣等待 {waited['zh-CN']}",
            f"{expected['en-US']} expected, {waited['en-US']} of waiting apart",
        )
    return said(f"预期 {expected['zh-CN']}", f"{expected['en-US']} expected")


def _tone(stay: Stay) -> Tone:
    if not stay.expected_s or stay.counted_s <= stay.expected_s:
        return "normal"
    return "bad" if stay.counted_s > 2 * stay.expected_s else "warning"


def _summary(found: Findings) -> Text:
    said_so: list[Name] = []
    if found.overstayed:
        first, second = found.overstayed
        one, two = duration(first.counted_s), duration(second.counted_s)
        said_so.append(
            said(
                f"连续两个阶段超期：「{first.name['zh-CN']}」停留 {one['zh-CN']}，"
                f"「{second.name['zh-CN']}」停留 {two['zh-CN']}。",
                f"Two stages in a row took too long: {first.name['en-US']} {one['en-US']}, "
                f"{second.name['en-US']} {two['en-US']}.",
            )
        )
    silent = duration(found.silent_s)
    if found.silent_s > SILENT_DAYS * DAY_S:
        said_so.append(
            said(f"已 {silent['zh-CN']} 没有任何动作。", f"Nothing was done for {silent['en-US']}.")
        )
    if found.lacking and found.next_stage:
        said_so.append(
            said(
                f"离「{found.next_stage['zh-CN']}」还缺 {len(found.lacking)} 项。",
                f"{len(found.lacking)} items are missing before {found.next_stage['en-US']}.",
            )
        )
    if found.waiting:
        said_so.append(
            said(f"正在等待：{found.waiting['zh-CN']}。", f"Waiting for: {found.waiting['en-US']}.")
        )
    if not said_so:
        said_so.append(
            said("未发现超期、缺项或沉默。", "Nothing late, missing or silent was found.")
        )
    calm = not (found.overstayed or found.silent_s > SILENT_DAYS * DAY_S)
    return Text(paragraphs=tuple(said_so), tone="normal" if calm else "bad")


def _chart(found: Findings) -> Bars:
    return Bars(
        title=said("各阶段停留与预期", "Stay per stage against what is expected"),
        unit=said("天", "days"),
        items=tuple(
            Bar(stay.name, days(stay.counted_s), days(stay.expected_s) or None, _tone(stay))
            for stay in found.stays[-8:]
        ),
        limit_name=said("预期", "Expected"),
    )


_ENTERED: Mapping[str, Name] = {
    VisitKind.START: said("新建", "Started"),
    VisitKind.OPENING: said("期初", "Opening entry"),
    VisitKind.FORWARD: said("推进", "Forward"),
    VisitKind.BACK: said("退回", "Back"),
    VisitKind.SKIP: said("跳过", "Skipped to"),
    VisitKind.CLOSE: said("关闭", "Closed"),
    VisitKind.REOPEN: said("重新打开", "Opened again"),
    VisitKind.MIGRATION: said("迁移", "Migrated"),
}


def _stays(found: Findings) -> Table:
    shown = found.stays[-8:]
    return Table(
        title=said("停留明细", "Stays"),
        columns=(
            Column(said("阶段", "Stage")),
            Column(said("进入方式", "Entered by")),
            Column(said("停留", "Stay"), "right"),
            Column(said("其中等待", "Of it waiting"), "right"),
            Column(said("预期", "Expected"), "right"),
        ),
        rows=tuple(
            (
                stay.name,
                _ENTERED.get(stay.kind, plain(stay.kind)),
                duration(stay.stayed_s),
                duration(stay.waited_s) if stay.waited_s else plain("—"),
                duration(stay.expected_s) if stay.expected_s else plain("—"),
            )
            for stay in shown
        ),
        tones=tuple("bad" if stay in found.overstayed else _tone(stay) for stay in shown),
    )


def _lacking(found: Findings) -> Table:
    stage = found.next_stage or plain("")
    return Table(
        title=said(f"进入「{stage['zh-CN']}」的缺少项", f"Missing before {stage['en-US']}"),
        columns=(Column(said("缺少项", "Item")), Column(said("由谁补齐", "Supplied by"))),
        rows=tuple((item.name, _supplier(item.supplier)) for item in found.lacking),
    )


def _supplier(key: str) -> Name:
    return missing.SUPPLIERS.get(key, plain(key or "—"))


def _events(found: Findings) -> Timeline:
    entered = [
        Moment(
            stay.entered_at,
            said(
                f"{_ENTERED.get(stay.kind, plain(stay.kind))['zh-CN']}：{stay.name['zh-CN']}",
                f"{_ENTERED.get(stay.kind, plain(stay.kind))['en-US']}: {stay.name['en-US']}",
            ),
            stay.by,
            "warning" if stay.kind == VisitKind.BACK else "normal",
        )
        for stay in found.stays
    ]
    stopped = [
        Moment(
            attempt.at,
            said(
                f"推进到「{attempt.to['zh-CN']}」被拦下，缺 {attempt.missing} 项",
                f"Stopped on the way to {attempt.to['en-US']}: {attempt.missing} items missing",
            ),
            attempt.by,
            "bad",
        )
        for attempt in found.attempts
    ]
    latest = sorted([*entered, *stopped], key=lambda moment: moment.at)[-MOST_MOMENTS:]
    return Timeline(title=said("最近的经过", "What happened lately"), items=tuple(reversed(latest)))


def _advice(found: Findings) -> Text:
    steps = [*_to_supply(found), *_to_approach(found)]
    steps.append(
        said(
            f"主管与{found.owner or '负责人'}当面过一遍，定下下一步日期；"
            "没有把握就关闭并写明原因。",
            f"Go through it with {found.owner or 'the owner'} and set a date for the next step; "
            "without a prospect, close it and say why.",
        )
    )
    return Text(
        title=said("建议的下一步", "Recommended next steps"), paragraphs=tuple(steps), is_list=True
    )


def _to_supply(found: Findings) -> list[Name]:
    by_supplier: dict[str, list[Name]] = {}
    for item in found.lacking:
        by_supplier.setdefault(item.supplier, []).append(item.name)
    steps = [
        said(
            f"{_supplier(key)['zh-CN']}补齐：{'、'.join(name['zh-CN'] for name in names)}。",
            f"{_supplier(key)['en-US']} to supply: {', '.join(name['en-US'] for name in names)}.",
        )
        for key, names in by_supplier.items()
    ]
    if len(found.attempts) >= 3:
        steps.append(
            said(
                "同一把锁多次被撞：确有困难时申请例外放行，不要退回绕行。",
                "The same lock was tried again and again: ask for an exception, do not step back.",
            )
        )
    return steps


def _to_approach(found: Findings) -> list[Name]:
    steps = []
    if found.waiting:
        since = found.waiting_since or found.now
        waited = duration((found.now - since).total_seconds())
        steps.append(
            said(
                f"催办「{found.waiting['zh-CN']}」，已等 {waited['zh-CN']}。",
                f"Chase “{found.waiting['en-US']}”, awaited for {waited['en-US']}.",
            )
        )
    if found.silent_s > SILENT_DAYS * DAY_S:
        steps.append(
            said(
                "48 小时内约到客户并写下纪要。",
                "Reach the customer within 48 hours; write minutes.",
            )
        )
    if found.roles_covered is not None and found.roles_covered < 3:
        steps.append(
            said(
                f"补齐决策链：目前只认识 {found.roles_covered} 类角色，先找到拍板人。",
                f"Complete the decision chain: {found.roles_covered} kinds of roles are known; "
                "find who decides.",
            )
        )
    if not found.said_lately and not found.files_lately:
        steps.append(
            said(
                "近 30 天没有沟通记录或材料，先核实客户意向是否还在。",
                "No word or file for 30 days: find out whether the customer still wants it.",
            )
        )
    return steps
