"""The report on approvals: by node or approver, month on month, opened down to the cases."""

import calendar
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Schema

from closeloop.approvals import flows, presenting, queries, reporting
from closeloop.approvals.api.routing import router
from closeloop.approvals.reporting import Period, Row, Times
from closeloop.approvals.schemas import cases as case_schemas
from closeloop.approvals.schemas import reports as schemas
from closeloop.edge import cursors, problems
from closeloop.edge.moments import Day
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of


class ReportQuery(Schema):
    """Which report: two days, both counted, a flow, by what."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    flow: str = Field("", max_length=63)
    by: Literal["node", "approver"] = "node"
    compare: Literal["month", "none"] = "month"


class DrillQuery(Schema):
    """Which figure's cases."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    flow: str = Field("", max_length=63)
    node: str = Field("", max_length=63)
    approver: int | None = Field(None, ge=1, lt=2**63)
    what: Literal["all", "refused", "returned", "late"] = "all"
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(20, ge=1, le=50)


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BINARY = {SHEET: {"schema": {"type": "string", "format": "binary"}}}
_BYTES = {"responses": {200: {"description": "The workbook", "content": _BINARY}}}


@router.get("/approvals/report", permission=SIGNED_IN, response=schemas.Report)
def read_approval_report(request: HttpRequest, asked: Annotated[ReportQuery, Query()]) -> Any:
    """Times, refusals, returns and lateness; the last 30 days where none are named.

    Whoever manages approvals reads all of it; others what was asked about units within their reach,
    their own requests, and what they were asked: as far as the metrics of approvals tell them.
    """
    period = _period(asked.since, asked.until, asked.flow)
    return _report(period, asked.by, asked.compare == "month", actor_of(request))


@router.get("/approvals/report/cases", permission=SIGNED_IN, response=case_schemas.CasePage)
def list_report_cases(request: HttpRequest, asked: Annotated[DrillQuery, Query()]) -> Any:
    """The cases behind one figure, newest first."""
    actor = actor_of(request)
    period = _period(asked.since, asked.until, asked.flow)
    ids = reporting.cases_of(
        period, node=asked.node, approver=asked.approver, what=asked.what, actor=actor
    )
    if asked.cursor:
        after = cursors.decode(asked.cursor, "bigint")[0]
        ids = [each for each in ids if each < after]
    shown = queries.cases(ids[: asked.limit])
    more = cursors.encode(ids[asked.limit - 1]) if len(ids) > asked.limit else None
    return {"items": presenting.briefs(shown, actor), "next_cursor": more}


@router.get(
    "/approvals/report/file",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=_BYTES,
)
def approval_report_file(
    request: HttpRequest, asked: Annotated[ReportQuery, Query()]
) -> HttpResponse:
    """The report as a workbook; times in hours."""
    period = _period(asked.since, asked.until, asked.flow)
    found = _report(period, asked.by, False, actor_of(request))
    language = problems.language_of(request)
    response = HttpResponse(_workbook(found["rows"], language), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="approvals.xlsx"'
    return response


def _report(period: Period, by: str, is_compared: bool, actor: Actor) -> dict[str, Any]:
    names = _names()
    rows = reporting.rows_by(reporting.found_in(period, actor=actor), by, names)
    before: dict[tuple[str, str], Row] = {}
    whole = _whole(reporting.end_to_end(period, actor=actor))
    previous = None
    if is_compared:
        earlier = Period(_month_before(period.since), _month_before(period.until), period.flow)
        found = reporting.rows_by(reporting.found_in(earlier, actor=actor), by, names)
        before = {(row.flow, row.key): row for row in found}
        previous = _whole(reporting.end_to_end(earlier, actor=actor))
    return {
        "rows": [_row(row, before.get((row.flow, row.key))) for row in rows],
        "end_to_end": {**whole, "previous": previous},
    }


def _row(row: Row, previous: Row | None) -> dict[str, Any]:
    name = row.name if not isinstance(row.name, str) else {"zh-CN": row.name, "en-US": row.name}
    return {
        "key": row.key,
        "flow": row.flow,
        "name": dict(name),
        **_figures(row),
        "previous": _figures(previous) if previous else None,
    }


def _figures(row: Row) -> dict[str, Any]:
    return {
        "cases": row.cases,
        "asks": row.asks,
        **_times(row.natural, ""),
        **_times(row.working, "working_"),
        "refused": row.refused,
        "refused_rate": _share(row.refused, row.asks),
        "returned": row.returned,
        "returned_rate": _share(row.returned, row.asks),
        "timed": row.timed,
        "late": row.late,
        "late_rate": _share(row.late, row.timed),
    }


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in found.items() if key not in ("natural", "working")}
    return {**plain, **_times(found["natural"], ""), **_times(found["working"], "working_")}


def _times(times: Times, prefix: str) -> dict[str, float | None]:
    return {
        f"{prefix}mean_s": times.mean_s,
        f"{prefix}median_s": times.median_s,
        f"{prefix}p90_s": times.p90_s,
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _period(since: Day | None, until: Day | None, flow: str) -> Period:
    last = until or timezone.localdate()
    first = since or last - timedelta(days=29)
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time.min, zone).astimezone(UTC)
    return Period(start, _next_midnight(last).astimezone(UTC), flow)


def _next_midnight(day: date) -> datetime:
    following = day if day == date.max else day + timedelta(days=1)
    return datetime.combine(following, time.min, timezone.get_current_timezone())


def _month_before(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    year, month = (local.year, local.month - 1) if local.month > 1 else (local.year - 1, 12)
    if year < 1:
        return moment
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day)


def _names() -> dict[str, Any]:
    return {
        f"{flow}/{node}": name
        for flow, steps in flows.step_names().items()
        for node, name in steps.items()
    }


_COLUMNS = (
    ("asks", "次数", "Asks"),
    ("mean_s", "平均（小时）", "Mean (h)"),
    ("median_s", "中位数（小时）", "Median (h)"),
    ("p90_s", "P90（小时）", "P90 (h)"),
    ("working_mean_s", "平均工作时间（小时）", "Mean working (h)"),
    ("refused_rate", "拒绝率", "Refused"),
    ("returned_rate", "退回率", "Returned"),
    ("late_rate", "超时率", "Late"),
)


def _workbook(rows: list[dict[str, Any]], language: str) -> bytes:
    is_english = language.startswith("en")
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Report" if is_english else "审批报表")
    sheet.write_string(0, 0, "Step" if is_english else "名称")
    for place, (_, chinese, english) in enumerate(_COLUMNS, start=1):
        sheet.write_string(0, place, english if is_english else chinese)
    for line, row in enumerate(rows, start=1):
        sheet.write_string(line, 0, row["name"].get(language) or row["name"].get("zh-CN", ""))
        for place, (key, _, _) in enumerate(_COLUMNS, start=1):
            value = row[key]
            if value is not None:
                sheet.write_number(line, place, value / 3600 if key.endswith("_s") else value)
    book.close()
    return held.getvalue()
