"""How things stand, counted again in plain Python from an export of raw tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from tests.metrics.recounted import Row, Thing, day_of

DAYS_OF_DORMANCY = timedelta(days=14)
SHORT_TEXT = 8
OPEN_LEADS = ("new", "contacted", "mql", "sql")
LIMITED = (
    "first_contact", "first_talk", "needs_confirmed", "solution_demo", "quotation",
    "contract_approval", "signing",
)  # fmt: skip
ASKED = ("source", "intent_level", "budget_range", "demo_feedback", "competitor")
"""The field that each of the first stages asks for before it is left."""
Raw = Mapping[str, Sequence[Row]]


def things(raw: Raw, now: datetime) -> Iterable[Thing]:
    """Every thing that is told of as it stands."""
    yield from _leads(raw, now)
    yield from _deals(raw, now)
    for customer in raw["customers_customer"]:
        if customer["deleted_at"] is None and customer["level"] is not None:
            yield _now("customers_levelled", customer, customer["level"], None)
            if customer["level"] in ("key_account", "a"):
                yield _now("customers_of_high_value", customer, customer["level"], None)


def is_concrete(followup: Row, raw: Raw) -> bool:
    """Whether a text is long enough, no stock phrase and no copy, or found harmless."""
    return len(followup["text"]) >= SHORT_TEXT and not any(
        doubt["followup_id"] == followup["id"]
        and doubt["kind"] in ("stock_phrase", "copied_text")
        and doubt["verdict"] != "accepted"
        for doubt in raw["fieldwork_followupdoubt"]
    )


def _now(measure: str, row: Row, kind: str, is_met: bool | None) -> Thing:
    return Thing(measure, None, row["owner_id"] or 0, row["unit_id"] or 0, kind, is_met)


def _clocks(raw: Raw, policy: str) -> list[Row]:
    ids = {each["id"] for each in raw["sla_policy"] if each["key"] == policy}
    return [each for each in raw["sla_clock"] if each["policy_id"] in ids]


def _deals(raw: Raw, now: datetime) -> Iterable[Thing]:
    clocks = _clocks(raw, "stage_overstay")
    deals = {each["id"]: each for each in raw["deals_deal"] if each["deleted_at"] is None}
    for deal in deals.values():
        stage = deal["stage"]
        if stage not in LIMITED:
            continue
        held = {**json.loads(deal["extra"]), **{k: v for k, v in deal.items() if v is not None}}
        wanted = ("name", "customer_id", "currency", *ASKED[: LIMITED.index(stage)])
        is_complete = all(held.get(each) is not None for each in wanted)
        yield _now("required_fields", deal, stage, is_complete)
        own = [
            each for each in clocks
            if each["record_id"] == deal["id"] and each["closed_at"] is None
            and each["about_key"] == stage
        ]  # fmt: skip
        if own:
            is_late = any(
                each["state"] == "running"
                and (each["breached_at"] is not None or each["due_at"] <= now)
                for each in own
            )
            yield _now("timed_deals", deal, stage, not is_late)
    for visit in raw["process_visit"]:
        won = deals.get(visit["record_id"])
        if won is None or visit["stage"] != "payment" or visit["left_at"] is not None:
            continue
        if visit["kind"] != "opening" and not won["is_opening"]:
            took = Fraction((visit["entered_at"] - won["created_at"]) // timedelta(microseconds=1))
            yield Thing(
                "won_deals", day_of(visit["entered_at"]), won["owner_id"] or 0,
                won["unit_id"] or 0, "", None, took / 86_400_000_000,
            )  # fmt: skip
            if won["amount"] is not None and won["currency"] == "CNY":
                yield Thing(
                    "won_amounts", day_of(visit["entered_at"]), won["owner_id"] or 0,
                    won["unit_id"] or 0, "", None, Fraction(won["amount"]),
                )  # fmt: skip


def _leads(raw: Raw, now: datetime) -> Iterable[Thing]:
    clocks = _clocks(raw, "first_touch")
    visits, grades = dict[int, set[str]](), dict[int, set[str]]()
    for visit in raw["process_visit"]:
        visits.setdefault(visit["record_id"], set()).add(visit["stage"])
    for entry in raw["activity_entry"]:
        if entry["verb"] == "lead.graded" and entry["data"]["to"]:
            grades.setdefault(entry["record_id"], set()).add(entry["data"]["to"])
    for lead in raw["leads_lead"]:
        if lead["deleted_at"] is not None:
            continue
        pk, kind = lead["id"], lead["source"] or ""
        if lead["stage"] in OPEN_LEADS:
            is_fresh = lead["last_activity_at"] >= now - DAYS_OF_DORMANCY
            yield _now("open_leads", lead, kind, is_fresh)
        own = [each for each in clocks if each["record_id"] == pk]
        been = visits.get(pk, set())
        is_touched = bool(been - {"new"}) or any(
            each["state"] in ("met", "breached") for each in own
        )
        is_waiting = any(
            each["closed_at"] is None and (each["due_at"] is None or each["due_at"] > now)
            for each in own
        )
        if not own:
            is_young = lead["created_at"] > now - DAYS_OF_DORMANCY
            is_waiting = lead["owner_id"] is not None and is_young
        reached = _reached(been, grades.get(pk, set()), _is_won(lead, raw))
        told: dict[str, bool] = {
            "leads_touched": is_touched,
            "leads_wasted": is_touched or is_waiting,
            "funnel_mql": reached >= 1,
        }
        if reached >= 1:
            told["funnel_sql"] = reached >= 2
        if reached >= 2:
            told["funnel_opportunity"] = reached >= 3
        who, where, day = lead["owner_id"] or 0, lead["unit_id"] or 0, day_of(lead["created_at"])
        for measure, is_met in told.items():
            yield Thing(measure, day, who, where, kind, is_met)


def _is_won(lead: Row, raw: Raw) -> bool:
    return any(
        deal["deleted_at"] is None and deal["stage"] == "payment"
        and (deal["lead_id"] == lead["id"] or deal["id"] == lead["deal_id"])
        for deal in raw["deals_deal"]
    )  # fmt: skip


def _reached(been: set[str], grades: set[str], is_won: bool) -> int:
    if is_won or "converted" in been or "opportunity" in grades:
        return 3
    if "sql" in been or "sql" in grades:
        return 2
    return 1 if "mql" in been or "mql" in grades else 0
