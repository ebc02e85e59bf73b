"""Every figure of the standard pack counted again in plain Python, from an export of raw tables.

A second implementation, of the words of the definitions: it shares nothing with the product but the
tables themselves. It looks at all of history each time, and knows of no counts that are kept up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import connection

from tests.metrics import recount_approvals, recount_state
from tests.metrics.recounted import Row, Thing
from tests.metrics.recounted import day_of as _day

WEEK = timedelta(days=7)
TABLES = (
    "activity_entry", "sla_clock", "sla_policy", "fieldwork_followup", "fieldwork_followupdoubt",
    "support_case", "support_help", "support_turn", "deals_deal", "records_record", "leads_lead",
    "process_visit", "customers_customer", *recount_approvals.TABLES,
)  # fmt: skip
PROCESS = {
    "approval_step", "contract_approval", "returned_case", "exception_decision",
    "quotation_to_confirm", "feedback_after_demo",
}  # fmt: skip


def export() -> dict[str, list[dict[str, Any]]]:
    """The raw rows of every table that is read."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            names = [column.name for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for entry in found["activity_entry"]:
        entry["data"] = json.loads(entry["data"])
    return found


def things(raw: Mapping[str, Sequence[Row]], *, now: datetime, ended: Iterable[str]) -> list[Thing]:
    """Everything that has counted by now; `ended` are the stages in which a deal is over."""
    due = [*_clocks(raw), *_cases(raw), *_followups(raw), *_agreed(raw, set(ended))]
    found = [thing for falls_at, thing in due if falls_at <= now]
    now_so = [*recount_state.things(raw, now), *recount_approvals.things(raw, now)]
    return [*found, *_entries(raw), *now_so]


def _clocks(raw: Mapping[str, Sequence[Row]]) -> Iterable[tuple[datetime, Thing]]:
    policies = {each["id"]: each["key"] for each in raw["sla_policy"]}
    for clock in raw["sla_clock"]:
        key, due = policies[clock["policy_id"]], clock["due_at"]
        measure = {"stage_overstay": "stage_stays", "first_touch": "first_touches"}.get(key)
        measure = "process_steps" if key in PROCESS else measure
        closed = clock["closed_at"]
        is_cancelled = clock["state"] == "cancelled"
        if measure is None or due is None or (is_cancelled and closed <= due):
            continue
        is_met = closed is not None and closed < due and not is_cancelled
        person, unit = clock["owner_id"], clock["unit_id"]
        if clock["handed_on_at"] is not None:
            person, unit = clock["owed_by_id"], clock["owed_in_id"]
        yield due, Thing(measure, _day(due), person or 0, unit or 0, key, is_met)


def _cases(raw: Mapping[str, Sequence[Row]]) -> Iterable[tuple[datetime, Thing]]:
    for case in raw["support_case"]:
        due = case["due_at"]
        if due is None or (case["state"] == "withdrawn" and case["ended_at"] < due):
            continue
        asked = [
            turn["to_id"] for turn in raw["support_turn"]
            if turn["case_id"] == case["id"] and turn["at"] <= due
            and turn["what"] in ("requested", "assigned")
        ]  # fmt: skip
        is_met = any(
            each["is_substantive"] and each["turned_down_at"] is None and each["at"] <= due
            for each in raw["support_help"]
            if each["case_id"] == case["id"]
        )
        person = asked[-1] or case["requester_id"]
        day = _day(case["opened_at"])
        yield due, Thing("problems", day, person, case["unit_id"] or 0, case["kind"], is_met)


def _standing(raw: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Follow-ups and drafts that no counted correction stands for."""
    followups = raw["fieldwork_followup"]
    replaced = {each["corrects_id"] for each in followups if each["state"] == "counted"}
    return [each for each in followups if each["id"] not in replaced]


def _is_effective(followup: Row, raw: Mapping[str, Sequence[Row]]) -> bool:
    return followup["state"] == "counted" and not any(
        doubt["followup_id"] == followup["id"] and doubt["verdict"] == "confirmed"
        for doubt in raw["fieldwork_followupdoubt"]
    )


def _followups(raw: Mapping[str, Sequence[Row]]) -> Iterable[tuple[datetime, Thing]]:
    for each in _standing(raw):
        at, who, where = each["at"], each["author_id"], each["unit_id"] or 0
        is_met = _is_effective(each, raw)
        yield at, Thing("contacts", _day(at), who, where, each["kind"], is_met)
        if is_met:
            is_concrete = recount_state.is_concrete(each, raw)
            yield at, Thing("followup_texts", _day(at), who, where, each["kind"], is_concrete)


def _agreed(raw: Mapping[str, Sequence[Row]], ended: set[str]) -> Iterable[tuple[datetime, Thing]]:
    lines: dict[int, list[Row]] = {}
    for each in _standing(raw):
        if each["customer_id"] is not None and _is_effective(each, raw):
            lines.setdefault(each["customer_id"], []).append(each)
    begun: dict[int, datetime] = {}
    for deal in raw["deals_deal"]:
        asked_at = deal["created_at"] + WEEK
        is_over = deal["stage"] in ended and deal["stage_entered_at"] <= asked_at
        is_gone = deal["deleted_at"] is not None and deal["deleted_at"] <= asked_at
        if deal["customer_id"] is not None and not is_over and not is_gone:
            since = begun.get(deal["customer_id"], deal["created_at"])
            begun[deal["customer_id"]] = min(since, deal["created_at"])
    moves = [each for each in raw["activity_entry"] if each["verb"] == "customer.assigned"]
    for customer in raw["records_record"]:
        pk = customer["id"]
        line = sorted(lines.get(pk, []), key=lambda each: (each["at"], each["id"]))
        fallen = [
            (each["next_at"] or each["at"] + WEEK, place + 1 < len(line))
            for place, each in enumerate(line)
        ]
        if pk in begun and (not line or line[0]["at"] >= begun[pk]):
            fallen.append((begun[pk] + WEEK, bool(line)))
        for due, is_met in fallen:
            if customer["deleted_at"] is not None and customer["deleted_at"] <= due:
                continue
            person, unit = customer["owner_id"], customer["unit_id"]
            later = [each for each in moves if each["record_id"] == pk and each["at"] > due]
            if later:
                first = min(later, key=lambda each: (each["at"], each["id"]))["data"]
                person, unit = first["from_owner"], first["from_unit"]
            thing = Thing("agreed_followups", _day(due), person or 0, unit or 0, "", is_met)
            yield due, thing


def _entries(raw: Mapping[str, Sequence[Row]]) -> Iterable[Thing]:
    corrected = {each["corrects_id"] for each in raw["activity_entry"]}
    for entry in raw["activity_entry"]:
        if entry["id"] in corrected:
            continue
        for measure, kind in _named(entry["verb"], entry["data"]):
            who, where = entry["actor_id"] or 0, entry["unit_id"] or 0
            much = entry["data"]["stayed_s"] if measure == "stages_left" else 0
            yield Thing(measure, _day(entry["at"]), who, where, kind, None, Fraction(much))


def _named(verb: str, data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    plain = {
        "lead.created": "leads_created", "lead.converted": "leads_converted",
        "customer.created": "customers_created", "deal.created": "deals_created",
    }  # fmt: skip
    if verb in plain:
        yield plain[verb], ""
    if verb == "playbook.used":
        yield ("talk_tracks_used" if data["kind"] == "talk_track" else "materials_used"), ""
    if verb == "process.move_blocked" and data["blueprint"] == "deal":
        yield "moves_blocked", data["to"]
    if verb != "deal.stage_entered":
        return
    way, come, gone = data["kind"], data["to"], data["from"]
    if way == "forward":
        yield "deals_forward", come
        if come == "payment":
            yield "deals_won", ""
    if way in ("forward", "skip"):
        yield "stages_passed", gone
        if gone == "quotation":
            yield "quotations_accepted", ""
    if way in ("forward", "skip", "back", "close"):
        yield "stages_left", gone
        if gone == "quotation":
            yield "quotations_ended", ""
    if way == "back":
        yield "deals_back", gone
    if come == "lost":
        yield "deals_lost", gone


Figure = tuple[Fraction | None, int | Fraction, int | None]
Counting = Callable[[Sequence[Thing]], Figure]


def _met(measure: str, *, missed: bool = False) -> Counting:
    def count(held: Sequence[Thing]) -> Figure:
        due = [each for each in held if each.measure == measure]
        hits = sum(each.is_met is not missed for each in due)
        return (Fraction(hits, len(due)) if due else None, hits, len(due))

    return count


def _share(part: str, *whole: str) -> Counting:
    def count(held: Sequence[Thing]) -> Figure:
        hits = sum(each.measure == part for each in held)
        of = sum(each.measure in whole for each in held)
        return (Fraction(hits, of) if of else None, hits, of)

    return count


def _count(measure: str, *, met: bool | None = None) -> Counting:
    def count(held: Sequence[Thing]) -> Figure:
        found = [each for each in held if each.measure == measure and each.is_met is met]
        return (Fraction(len(found)), len(found), None)

    return count


def _mean(measure: str, *, per: int = 1) -> Counting:
    def count(held: Sequence[Thing]) -> Figure:
        found = [each for each in held if each.measure == measure]
        whole = sum((each.value for each in found), Fraction(0)) / per
        return (whole / len(found) if found else None, whole, len(found))

    return count


METRICS: Mapping[str, Counting] = {
    "penetration": _met("agreed_followups"),
    "process_on_time": _met("process_steps"),
    "problems_solved": _met("problems"),
    "stage_overstay": _met("stage_stays", missed=True),
    "first_touch_on_time": _met("first_touches"),
    "effective_share": _met("contacts"),
    "contacts": _count("contacts", met=True),
    "quotation_conversion": _share("quotations_accepted", "quotations_ended"),
    "step_backs": _share("deals_back", "deals_forward", "deals_back"),
    "blocked_share": _share("moves_blocked", "deals_forward", "moves_blocked"),
    "new_leads": _count("leads_created"),
    "new_customers": _count("customers_created"),
    "new_deals": _count("deals_created"),
    "moves_forward": _count("deals_forward"),
    "win_rate": _share("deals_won", "deals_won", "deals_lost"),
    "deals_won": _count("deals_won"),
    "stage_stay": _mean("stages_left", per=86_400),
    "stage_conversion": _share("stages_passed", "stages_left"),
    "concrete_texts": _met("followup_texts"),
    "deal_cycle": _mean("won_deals"),
    "won_amount": _mean("won_amounts"),
    "talk_tracks_used": _count("talk_tracks_used"),
    "materials_used": _count("materials_used"),
    "stage_updates": _met("timed_deals"),
    "overstaying": _met("timed_deals", missed=True),
    "fields_missing": _met("required_fields", missed=True),
    "high_value_share": _share("customers_of_high_value", "customers_levelled"),
    "dormant_share": _met("open_leads", missed=True),
    "lead_coverage": _met("leads_touched"),
    "lead_waste": _met("leads_wasted", missed=True),
    "lead_to_mql": _met("funnel_mql"),
    "mql_to_sql": _met("funnel_sql"),
    "sql_to_opportunity": _met("funnel_opportunity"),
    "approval_time": _mean("approval_times", per=3600),
    "approval_refusals": _share("approvals_refused", "approval_answers"),
    "approval_timeouts": _met("approvals_due", missed=True),
    "approvals_answered": _count("approval_answers"),
    "approvals_waiting": _count("approvals_waiting"),
}
