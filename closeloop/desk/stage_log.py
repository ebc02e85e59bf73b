"""The log of stage changes as a file: who moved what from where to where, when and why (C22)."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.desk.errors import StageLogTooLong
from closeloop.identity import queries as identity
from closeloop.process import blueprints
from closeloop.process.blueprints import Loaded
from closeloop.process.models import VisitKind
from closeloop.records.models import Record
from closeloop.records.types import registry

MOST_ROWS = 100_000
USUAL_DAYS = 30
_AT_ONCE = 2_000
_WIDTHS = (18, 12, 30, 12, 18, 18, 12, 40, 16)
_HEAD = {
    "zh-CN": ("时间", "记录类型", "记录", "动作", "原阶段", "新阶段", "操作人", "原因", "停留天数"),
    "en-US": ("When", "Type", "Record", "Move", "From", "To", "Who", "Why", "Days stayed"),
}
_KINDS = {
    VisitKind.FORWARD: {"zh-CN": "推进", "en-US": "forward"},
    VisitKind.BACK: {"zh-CN": "倒退", "en-US": "back"},
    VisitKind.SKIP: {"zh-CN": "跳过", "en-US": "skipped"},
    VisitKind.CLOSE: {"zh-CN": "关闭", "en-US": "closed"},
    VisitKind.REOPEN: {"zh-CN": "重开", "en-US": "reopened"},
}
_DAY_S = 86_400


@dataclass(frozen=True)
class Asked:
    """Which changes: two days, both counted, in the company's zone; one type; only steps back."""

    since: date | None = None
    until: date | None = None
    record_type: str = ""
    is_back_only: bool = False


@dataclass(frozen=True)
class Change:
    """One stage change."""

    at: datetime
    record_type: str
    record_id: int
    title: str
    kind: str
    from_stage: str
    to_stage: str
    person: str
    reason: str
    outcome: str
    stayed_s: float | None


def changes(asked: Asked) -> Iterator[Change]:
    """Every change, oldest first; raises StageLogTooLong."""
    entries = _entries(asked)
    count = entries[: MOST_ROWS + 1].count()
    if count > MOST_ROWS:
        raise StageLogTooLong({"most": MOST_ROWS})
    held: list[Entry] = []
    for entry in entries.iterator(chunk_size=_AT_ONCE):
        held.append(entry)
        if len(held) == _AT_ONCE:
            yield from _told(held)
            held = []
    yield from _told(held)


def workbook(asked: Asked, language: str) -> bytes:
    """The changes as a workbook, one line each; moments in the company's zone."""
    spoken = "en-US" if language.startswith("en") else "zh-CN"
    found = io.BytesIO()
    book = xlsxwriter.Workbook(
        found, {"in_memory": True, "constant_memory": True, "strings_to_formulas": False}
    )
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("Stage changes" if spoken == "en-US" else "阶段变更")
    sheet.freeze_panes(1, 0)
    for column, (width, text) in enumerate(zip(_WIDTHS, _HEAD[spoken], strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text)
    types = {each.key: dict(each.name) for each in registry}
    versions: dict[str, Loaded | None] = {}
    for line, change in enumerate(changes(asked), start=1):
        if change.record_type not in versions:
            versions[change.record_type] = blueprints.current_of(change.record_type)
        version = versions[change.record_type]
        sheet.write_datetime(line, 0, timezone.localtime(change.at).replace(tzinfo=None), moment)
        told = (
            types.get(change.record_type, {}).get(spoken, change.record_type),
            change.title or f"#{change.record_id}",
            _KINDS.get(VisitKind(change.kind), {}).get(spoken, change.kind),
            _stage(version, change.from_stage, spoken),
            _stage(version, change.to_stage, spoken),
            change.person,
            " · ".join(each for each in (_outcome(version, change, spoken), change.reason) if each),
        )
        for column, text in enumerate(told, start=1):
            sheet.write_string(line, column, text)
        if change.stayed_s is not None:
            sheet.write_number(line, len(told) + 1, round(change.stayed_s / _DAY_S, 2))
    book.close()
    return found.getvalue()


def _entries(asked: Asked) -> QuerySet[Entry]:
    last = asked.until or timezone.localdate()
    first = asked.since or last - timedelta(days=USUAL_DAYS - 1)
    types = [asked.record_type] if asked.record_type else [each.key for each in registry]
    found = Entry.objects.filter(
        verb__in=[f"{key}.stage_entered" for key in types],
        at__gte=_midnight(first),
        at__lt=_midnight(last + timedelta(days=1)),
        data__kind__in=[VisitKind.BACK] if asked.is_back_only else list(_KINDS),
    )
    return found.order_by("at", "id")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone()).astimezone(UTC)


def _told(entries: list[Entry]) -> Iterator[Change]:
    records = {entry.record_id for entry in entries if entry.record_id}
    titles = dict(Record.objects.filter(pk__in=records).values_list("pk", "title"))
    people = identity.names_of({entry.actor_id for entry in entries if entry.actor_id})
    for entry in entries:
        data: Mapping[str, Any] = entry.data
        yield Change(
            at=entry.at,
            record_type=entry.record_type,
            record_id=entry.record_id or 0,
            title=titles.get(entry.record_id or 0, ""),
            kind=str(data["kind"]),
            from_stage=str(data.get("from") or ""),
            to_stage=str(data.get("to") or ""),
            person=people.get(entry.actor_id or 0, ""),
            reason=str(data.get("reason") or ""),
            outcome=str(data.get("outcome_reason") or ""),
            stayed_s=data.get("stayed_s"),
        )


def _stage(version: Loaded | None, key: str, language: str) -> str:
    for stage in version.stages if version else ():
        if stage.key == key:
            return str(stage.name.get(language, key))
    return key


def _outcome(version: Loaded | None, change: Change, language: str) -> str:
    for stage in version.stages if version and change.outcome else ():
        for option in stage.outcome_reasons:
            if stage.key == change.to_stage and option.key == change.outcome:
                return str(option.name.get(language, option.key))
    return change.outcome
